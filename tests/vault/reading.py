"""A note with the source of each of its parts, for tables of what is read in it."""

from __future__ import annotations

from ds2026kg.findings import Span
from ds2026kg.vault import Line, Note, read_note
from ds2026kg.vault.note import BlockKind


class Read:
    """A note with that text, and its parts with their sources for spans."""

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self.note: Note = read_note("n.md", self._data)

    def source(self, span: Span) -> str:
        """The source of a span."""
        return self._data[span.start : span.end].decode()

    def lines(self) -> list[str]:
        """The running text, line by line."""
        return [part.prose.text for part in self.note.body if isinstance(part, Line)]

    def fields(self) -> list[tuple[str, str, str, list[str]]]:
        """Key, form, value and targets of links of every inline field."""
        return [
            (each.key, each.form, each.value.text, [link.target for link in each.links])
            for each in self.note.fields
        ]

    def tags(self) -> list[tuple[str, str]]:
        """Name and source of every tag."""
        return [(tag.name, self.source(tag.span)) for tag in self.note.tags]

    def blocks(self) -> list[tuple[BlockKind, str, str, str]]:
        """Kind, identifier, detail and source of every block."""
        return [
            (block.kind, block.identifier, block.detail, self.source(block.span))
            for block in self.note.blocks
        ]
