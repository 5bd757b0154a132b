"""What links and names stand for, over a whole vault: the one index that is held whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ds2026kg.strategy.section import Claim, Section
from ds2026kg.vault import Link, LinkIndex, Note, normal_name

_NOT_IN_WIKILINK = re.compile(r"[\[\]|#^\\]")
_ALIAS_KEYS = frozenset({"alias", "aliases"})


class Names:
    """Resolves links to entities, and the names of actors to actors.

    `index` knows the files of the vault; `withheld` are those of its notes that are not read.
    """

    def __init__(self, index: LinkIndex, withheld: Iterable[str]) -> None:
        self._index = index
        self._owners: dict[str, str] = {}
        self._notes: dict[str, str] = {}  # the first note of each entity that has its own
        self._targets: dict[str, str] = {}
        self._private = set(withheld)
        self._actors: dict[str, str] = {}

    def add_note(self, note: Note) -> None:
        """Enter a note: of a private one, that it is private."""
        if note.private:
            self._private.add(note.path)

    def add_section(self, section: Section) -> None:
        """Enter the entity that a section describes under the note that it is or links to."""
        if section.own:
            self._owners.setdefault(section.note, section.id)
            self._notes.setdefault(section.id, section.note)
        elif section.target:
            self._targets.setdefault(section.target, section.id)

    def add_actor(self, name: str, identifier: str) -> None:
        """Enter one name of an actor."""
        self._actors.setdefault(normal_name(name), identifier)

    def entity(self, link: Link, note: str) -> str | None:
        """The entity that `link` in `note` leads to; a link into a private note leads to none."""
        path = self.path(link, note)
        if path is not None:
            return None if path in self._private else self._owners.get(path)
        return None if link.external else self._targets.get(normal_name(link.note_name))

    def link_to(self, identifier: str, note: str) -> str | None:
        """What a wikilink in `note` calls the entity's own note, or None if it has none."""
        path = self._notes.get(identifier)
        if path is None or path in self._private or path == note:
            return None
        target = self._index.name_from(note, path)
        return target if target is not None and not _NOT_IN_WIKILINK.search(target) else None

    def path(self, link: Link, note: str) -> str | None:
        """The file that `link` in `note` leads to, or None."""
        return self._index.destination(link, note).path

    def exists(self, link: Link, note: str) -> bool:
        """Whether `link` in `note` leads to anything: a note, a section, a file, the web."""
        return (
            link.external
            or self.path(link, note) is not None
            or self.entity(link, note) is not None
        )

    def is_private(self, link: Link, note: str) -> bool:
        """Whether `link` in `note` leads to a note that must not be published."""
        return self.path(link, note) in self._private

    def are_private(self, links: Iterable[Link], note: str) -> bool:
        """Whether any of `links` in `note` leads to a note that must not be published."""
        return any(self.is_private(link, note) for link in links)

    def actor(self, name: str) -> str | None:
        """The actor called `name`, whatever its case, or None."""
        return self._actors.get(normal_name(name))


def actor_names(section: Section) -> Iterator[str]:
    """The names under which an actor's note makes it known, apart from its labels."""
    yield section.key
    yield section.note.rpartition("/")[2].removesuffix(".md")
    if section.title is not None:
        yield section.title.text
        yield from title_parts(section)
    yield from _claimed_aliases(section.claims)


def title_parts(section: Section) -> list[str]:
    """The parts of a title `Name EN - Nom FR - ACR EN - ACR FR`, or [] if it has other parts."""
    if section.title is None:
        return []
    parts = [part.strip() for part in section.title.text.split(" - ")]
    return parts if len(parts) == 4 and all(parts) else []


def _claimed_aliases(claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        if claim.key.casefold() in _ALIAS_KEYS:
            for item in claim.items:
                alone = len(claim.items) == 1
                yield from item.text.split(",") if alone else (item.text,)
