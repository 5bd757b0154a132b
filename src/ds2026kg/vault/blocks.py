"""A block of a note while it is read."""

from __future__ import annotations

from ds2026kg.findings import Span
from ds2026kg.vault.note import Block, BlockKind

TO_COME = Block("rule", Span.of_file(""))
"""What holds the place of a block, among those that begin after it, until it is closed."""


class OpenBlock:
    """A block that is not yet closed; `number` is its place in the list of blocks, if it is listed."""

    __slots__ = ("detail", "end", "identifier", "kind", "number", "start")

    def __init__(
        self, kind: BlockKind, start: int, end: int, detail: str, number: int | None
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.detail = detail
        self.identifier = ""
        self.number = number
