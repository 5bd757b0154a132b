"""The blocks of a note while it is read, and their order."""

from __future__ import annotations

from ds2026kg.findings import Span
from ds2026kg.vault.note import Block, BlockKind


class OpenBlock:
    """A block that is not yet closed; `listed` is whether it is to be among the note's blocks."""

    __slots__ = ("detail", "end", "identifier", "kind", "listed", "start")

    def __init__(self, kind: BlockKind, start: int, end: int, detail: str, listed: bool) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.detail = detail
        self.identifier = ""
        self.listed = listed

    def closed(self, span: Span) -> Block:
        """The block as it is in the note."""
        return Block(self.kind, span, self.identifier, self.detail)


def place_of(block: Block) -> tuple[int, int]:
    """What blocks are sorted by: where they start, and of two that start together the longer first."""
    return block.span.start, -block.span.end
