"""The places in a note that a link may name: its headings and its blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ds2026kg.vault.note import Note

# What Obsidian passes over when it compares a link's heading with those of the note.
_PASSED_OVER = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
_FEW = 32  # headings, which are gone through sooner than they are entered in a set


def heading_form(text: str) -> str:
    """The form in which a heading and the link to it are the same to Obsidian.

    >>> heading_form("Mission 3.1a: Data [flow]") == heading_form("mission 3 1a data flow")
    True
    """
    return _PASSED_OVER.sub(" ", _composed(text)).strip().casefold()


def slug(text: str) -> str:
    """The fragment that GitHub gives a heading, before it numbers those that are the same.

    >>> slug("Mission 3.1a")
    'mission-31a'
    """
    return _NOT_IN_SLUG.sub("", _composed(text).strip().lower()).replace(" ", "-")


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Anchors:
    """The headings, as levels, texts and sources, and the block identifiers of one note.

    >>> from ds2026kg.vault import read_note
    >>> anchors = Anchors.of(read_note("n.md", b"# A\\n## B.1\\ntext ^x1\\n# A\\n"))
    >>> [anchors.has(each) for each in ("A#B.1", "b1", "a-1", "^X1", "B.1#A")]
    [True, True, True, True, False]
    """

    __slots__ = ("_all_forms", "_blocks", "_forms", "_headings", "_slugs", "_texts")

    def __init__(self, headings: Sequence[tuple[int, str, str]], blocks: Iterable[str]) -> None:
        self._headings = headings
        self._blocks = frozenset(map(str.casefold, blocks))
        # Worked out when they are asked for: most links name a heading as it is written.
        self._forms: list[tuple[int, set[str]]] | None = None
        self._all_forms: frozenset[str] = frozenset()
        self._slugs: frozenset[str] | None = None
        self._texts: frozenset[str] | None = None

    @classmethod
    def of(cls, note: Note) -> Anchors:
        """Those of `note`."""
        headings = [(each.level, each.prose.text, each.source) for each in note.headings]
        return cls(headings, [block.identifier for block in note.blocks if block.identifier])

    def has(self, fragment: str) -> bool:
        """Whether the note has what the fragment of a link names; "" is the note itself."""
        if fragment.startswith("^"):
            return fragment[1:].strip().casefold() in self._blocks
        if not fragment.strip() or self._is_written(fragment):
            return True
        if self._forms is None:
            self._forms = [
                (level, {heading_form(each) for each in (text, source) if each})
                for level, text, source in self._headings
            ]
            self._all_forms = frozenset(form for _, forms in self._forms for form in forms)
        path = [form for part in fragment.split("#") if (form := heading_form(part))]
        if path and self._has_headings(path):
            return True
        if self._slugs is None:
            self._slugs = frozenset(slugs([text for _, text, _ in self._headings]))
        return _composed(fragment).strip().casefold() in self._slugs

    def _is_written(self, fragment: str) -> bool:
        """Whether a heading is written so, to the letter, and not only with what is passed over."""
        if not fragment[0].isalnum():
            return False
        if len(self._headings) <= _FEW:
            return any(fragment == text for _, text, _ in self._headings)
        if self._texts is None:
            self._texts = frozenset(text for _, text, _ in self._headings)
        return fragment in self._texts

    def _has_headings(self, path: Sequence[str]) -> bool:
        """Whether there are headings of these names, each somewhere below the one before."""
        if len(path) == 1:
            return path[0] in self._all_forms
        levels: list[int] = []  # of the headings found, whose sections we are in
        for level, forms in self._forms or ():
            while levels and level <= levels[-1]:
                levels.pop()
            if path[len(levels)] in forms:
                levels.append(level)
                if len(levels) == len(path):
                    return True
        return False


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
