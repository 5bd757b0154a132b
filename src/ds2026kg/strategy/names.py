"""What links and names stand for, over a whole vault: the one index that is held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ds2026kg.strategy.section import Claim, Section
from ds2026kg.vault import Link, LinkIndex, Note, normal_name

# What Obsidian takes as a file of its own rather than as the name of a note.
_ATTACHMENTS = frozenset(
    "avif bmp gif jpeg jpg png svg webp flac m4a mp3 ogg wav 3gp mkv mov mp4 ogv webm pdf canvas "
    "base csv excalidraw".split()
)
_ALIAS_KEYS = frozenset({"alias", "aliases"})


class Names:
    """Resolves links to entities, and the names of actors to actors."""

    def __init__(self) -> None:
        self._index = LinkIndex()
        self._owners: dict[str, str] = {}
        self._targets: dict[str, str] = {}
        self._private: set[str] = set()
        self._actors: dict[str, str] = {}

    def add_note(self, note: Note) -> None:
        """Enter a note with its aliases; of a private one no more than that it is there."""
        self._index.add(note.path, _aliases(note))
        if note.private:
            self._private.add(note.path)

    def add_section(self, section: Section) -> None:
        """Enter the entity that a section describes under the note that it is or links to."""
        if section.own:
            self._owners.setdefault(section.note, section.id)
        elif section.target:
            self._targets.setdefault(section.target, section.id)

    def add_actor(self, name: str, identifier: str) -> None:
        """Enter one name of an actor."""
        self._actors.setdefault(normal_name(name), identifier)

    def entity(self, link: Link, note: str) -> str | None:
        """The entity that `link` in `note` leads to; a link into a private note leads to none."""
        if link.external:
            return None
        path = self._index.resolve(link.target, note)
        if path is None:
            return self._targets.get(normal_name(link.target.rpartition("/")[2]))
        return None if path in self._private else self._owners.get(path)

    def path(self, link: Link, note: str) -> str | None:
        """The note that `link` in `note` leads to, or None."""
        return None if link.external else self._index.resolve(link.target, note)

    def exists(self, link: Link, note: str) -> bool:
        """Whether `link` in `note` leads to anything: a note, a section, a file, the web."""
        if link.external or link.target.rpartition(".")[2].casefold() in _ATTACHMENTS:
            return True
        return self.path(link, note) is not None or self.entity(link, note) is not None

    def is_private(self, link: Link, note: str) -> bool:
        """Whether `link` in `note` leads to a note that must not be published."""
        return self.path(link, note) in self._private

    def are_private(self, links: Iterable[Link], note: str) -> bool:
        """Whether any of `links` in `note` leads to a note that must not be published."""
        return any(self.is_private(link, note) for link in links)

    def actor(self, name: str) -> str | None:
        """The actor called `name`, whatever its case, or None."""
        return self._actors.get(normal_name(name))


def _aliases(note: Note) -> list[str]:
    entries = (entry for entry in note.properties if entry.key.casefold() in _ALIAS_KEYS)
    return [scalar.text for entry in entries for scalar in entry.scalars() if scalar.text.strip()]


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
