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


def in_order(closed: list[Block]) -> tuple[Block, ...]:
    """The blocks of a note as they follow each other in it, the outer of two at one place first.

    `closed` are all of them, in the order in which they were closed.
    """
    blocks = closed[::-1]  # of two at one place, the outer one was closed last
    blocks.sort(key=_place)
    return tuple(blocks)


def _place(block: Block) -> tuple[int, int]:
    return block.span.start, -block.span.end
