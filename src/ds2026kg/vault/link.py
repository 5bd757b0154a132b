"""A link or an embed, as written: what it is for, and where it stands."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from ds2026kg.findings import Span

LinkForm: TypeAlias = Literal["wikilink", "markdown", "reference", "autolink", "obsidian", "canvas"]

_SIZE = re.compile(r"(?:.*\|)?\s*(\d{1,6})(?:x(\d{1,6}))?\s*", re.DOTALL)
_PAGE = re.compile(r"(?:.*&)?page=(\d{1,9})(?:&.*)?", re.DOTALL)


class Link(NamedTuple):
    """A link or an embed, in any of Obsidian's forms, or one to the web.

    `target` is the note or file as written, decoded, without fragment and "" for the same note;
    `fragment` is what follows the first "#" ("H1#H2", "^block"), or None. `external` links keep
    their whole address in `target`. `offset` is where the label starts in its line's text.
    `title` is the tooltip of a Markdown link, and `twice_encoded` tells that its destination has
    `%2520` where `%20` would do.
    """

    target: str
    fragment: str | None
    label: str
    embed: bool
    external: bool
    span: Span
    offset: int = 0
    form: LinkForm = "wikilink"
    title: str = ""
    twice_encoded: bool = False

    def moved(self, offset: int) -> Link:
        """The same link, whose label starts at `offset` of its line's text.

        >>> Link("N", None, "N", False, False, Span.of_file("a.md")).moved(3).offset
        3
        """
        return tuple.__new__(Link, (*self[:6], offset, *self[7:]))  # a quarter of `_replace`

    @property
    def note_name(self) -> str:
        """The name of the note that the link is for: the target without folders and `.md`."""
        return self.target.rpartition("/")[2].removesuffix(".md")

    @property
    def block(self) -> str | None:
        """The identifier of the block that the link is for, or None.

        >>> Link("N", "^a1", "N", False, False, Span.of_file("a.md")).block
        'a1'
        """
        if self.external or not (self.fragment or "").startswith("^"):
            return None
        return (self.fragment or "")[1:]

    @property
    def headings(self) -> tuple[str, ...]:
        """The path of headings that the link is for, outermost first.

        >>> Link("N", "H1#H2", "N", False, False, Span.of_file("a.md")).headings
        ('H1', 'H2')
        """
        if self.external or not self.fragment or self.fragment.startswith("^"):
            return ()
        return tuple(part.strip() for part in self.fragment.split("#") if part.strip())

    @property
    def size(self) -> tuple[int, int | None] | None:
        """Width and height, in pixels, that an embed asks for: `![[i.png|100x50]]`, or None.

        >>> Link("i.png", None, "a map|100", True, False, Span.of_file("a.md")).size
        (100, None)
        """
        found = _SIZE.fullmatch(self.label) if self.embed else None
        if found is None:
            return None
        return int(found[1]), int(found[2]) if found[2] else None

    @property
    def page(self) -> int | None:
        """The page of a PDF that the link is for: `![[report.pdf#page=3]]`, or None."""
        found = _PAGE.fullmatch(self.fragment or "")
        return int(found[1]) if found and self.target.casefold().endswith(".pdf") else None
