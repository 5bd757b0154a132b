"""The blocks of a note while it is read, and the identifiers at their ends."""

from __future__ import annotations

import re

from ds2026kg.findings import Span
from ds2026kg.vault.columns import Gathering
from ds2026kg.vault.lines import LineReader
from ds2026kg.vault.note import Block, BlockKind, Line
from ds2026kg.vault.places import Places

TO_COME = Block("rule", Span.of_file(""))
"""What holds the place of a block, among those that begin after it, until it is closed."""
_INK = re.compile(rb"\S")
_BLANKS = b" \t\n\r\x0b\x0c"
_TAIL = 64  # bytes
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


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


class BlockReader(LineReader):
    """The blocks that are open in one note, and those that were."""

    __slots__ = (
        "_trimmed_end", "before", "blocks", "depth", "fresh", "identifier", "open_blocks",
        "paragraph_place",
    )  # fmt: skip

    def __init__(self, places: Places, data: bytes) -> None:
        super().__init__(places, data)
        self.blocks: Gathering[Block] = Gathering()
        self.depth = 0
        self.open_blocks: list[OpenBlock] = []
        self.fresh: OpenBlock | None = None  # an item or a quote of which no line has been read
        self.identifier: tuple[str, int] | None = None  # what ends the last line, and where
        self.paragraph_place = (0, 0)
        # What an identifier that stands alone is for: a block, by its number, or a paragraph that
        # is not one yet.
        self.before: int | tuple[int, int] | None = None
        self._trimmed_end = (-1, -1)  # the end of the last block, and without the blanks before it

    def settle(self) -> None:
        """Keep what has been read in less memory, if it is much."""
        super().settle()
        self.blocks.settle()

    def open_block(
        self, kind: BlockKind, start: int, end: int, detail: str = "", *, listed: bool = True
    ) -> None:
        """A block begins, of which `end` is where the parser sees its end."""
        number = self.blocks.hold(TO_COME) if listed and not self.in_comment else None
        self.open_blocks.append(OpenBlock(kind, start, end, detail, number))

    def close_block(self) -> None:
        """The innermost block ends."""
        block = self.open_blocks.pop()
        self.fresh = None
        if block.number is None:
            return
        start = block.start
        if self.data[start] in _BLANKS and block.kind != "code":  # in code they count
            ink = _INK.search(self.data, start, block.end)
            start = ink.start() if ink else start
        span = self.trimmed(start, block.end)
        closed = _new(Block, (block.kind, span, block.identifier, block.detail))
        self.blocks.replace(block.number, closed)
        if not self.depth:
            self.before = block.number

    def close_identified(self) -> None:
        """End an outermost paragraph of which the last line ends in an identifier."""
        (identifier, end), self.identifier = self.identifier or ("", 0), None
        before = self.parts[-2] if len(self.parts) > 1 else None
        if self._cut_identifier(end) or (
            isinstance(before, Line) and before.paragraph == self.paragraph
        ):
            self.before = self.paragraph_place
        if isinstance(self.before, int):
            named = self.blocks.row(self.before)._replace(identifier=identifier)
            self.blocks.replace(self.before, named)
        elif self.before is not None:
            named = _new(Block, ("paragraph", self.trimmed(*self.before), identifier, ""))
            self.before = self.blocks.hold(named)

    def settle_identifier(self) -> None:
        """Give the innermost block the identifier at the end of its last line."""
        if self.identifier is None:
            return
        (identifier, end), self.identifier = self.identifier, None
        self._cut_identifier(end)
        if self.open_blocks:
            self.open_blocks[-1].identifier = identifier

    def _cut_identifier(self, end: int) -> bool:
        """Take the identifier that begins at `end` out of the last line; whether any is left of it."""
        line = self.parts[-1]
        if not isinstance(line, Line):
            return False
        if line.prose.text[:end].strip() or line.links or line.fields:
            self.parts[-1] = _new(Line, (line.prose.slice(0, end), *line[1:]))
            return True
        del self.parts[-1]
        return False

    def trimmed(self, start: int, end: int) -> Span:
        """The span of a block, without the line ends behind it."""
        last, trimmed = self._trimmed_end
        if end != last:  # blocks in blocks end together, and none of them is gone through twice
            trimmed, tail = end, b""
            while trimmed > start and not tail:
                begins = trimmed - _TAIL if trimmed - start > _TAIL else start
                tail = self.data[begins:trimmed].rstrip()
                trimmed = begins + len(tail)
            self._trimmed_end = end, trimmed
        elif trimmed < start:
            trimmed = start
        return self.places.span(start, trimmed)
