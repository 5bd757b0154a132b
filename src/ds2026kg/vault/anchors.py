"""The places in a note that a link may name: its headings and its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ds2026kg.vault.note import Note

# What Obsidian passes over when it compares a link's heading with those of the note.
_PASSED_OVER = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def heading_form(text: str) -> str:
    """The form in which a heading and the link to it are the same to Obsidian.

    >>> heading_form("Mission 3.1a: Data [flow]") == heading_form("mission 3 1a data flow")
    True
    """
    return _PASSED_OVER.sub(" ", text).strip().casefold()


def slug(text: str) -> str:
    """The fragment that GitHub gives a heading, before it numbers those that are the same.

    >>> slug("Mission 3.1a")
    'mission-31a'
    """
    return _NOT_IN_SLUG.sub("", text.strip().lower()).replace(" ", "-")


class Anchors:
    """The headings and block identifiers of one note, without their places.

    >>> from ds2026kg.vault import read_note
    >>> anchors = Anchors(read_note("n.md", b"# A\\n## B.1\\ntext ^x1\\n# A\\n"))
    >>> [anchors.has(each) for each in ("A#B.1", "b1", "a-1", "^X1", "B.1#A")]
    [True, True, True, True, False]
    """

    __slots__ = ("_blocks", "_forms", "_headings", "_slugs")

    def __init__(self, note: Note) -> None:
        self._headings = [(each.level, each.prose.text) for each in note.headings]
        self._blocks = {block.identifier.casefold() for block in note.blocks if block.identifier}
        self._forms: list[tuple[int, str]] | None = None
        self._slugs: frozenset[str] = frozenset()

    def has(self, fragment: str) -> bool:
        """Whether the note has what the fragment of a link names; "" is the note itself."""
        if fragment.startswith("^"):
            return fragment[1:].strip().casefold() in self._blocks
        path = [form for part in fragment.split("#") if (form := heading_form(part))]
        if self._forms is None:
            self._forms = [(level, heading_form(text)) for level, text in self._headings]
            self._slugs = frozenset(slugs([text for _, text in self._headings]))
        return self._has_headings(path) or fragment.strip().casefold() in self._slugs

    def _has_headings(self, path: Sequence[str]) -> bool:
        """Whether there are headings of these names, each somewhere below the one before."""
        found = 0
        depth = 0
        for level, form in self._forms or ():
            if found == len(path):
                return True
            if found and level <= depth:
                found, depth = 0, 0  # the section in which we were has ended
            if form == path[found]:
                found, depth = found + 1, level
        return found == len(path)


def slugs(headings: Sequence[str]) -> list[str]:
    """The fragment that GitHub gives each heading of a note: the second of a name gets "-1".

    >>> slugs(["A b", "A b", "C"])
    ['a-b', 'a-b-1', 'c']
    """
    seen: dict[str, int] = {}
    found = []
    for heading in headings:
        base = unique = slug(heading)
        while unique in seen:
            seen[base] += 1
            unique = f"{base}-{seen[base]}"
        seen[unique] = 0
        found.append(unique)
    return found
