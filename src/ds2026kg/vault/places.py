"""From byte offsets to lines and columns, once a note."""

from __future__ import annotations

import re
from bisect import bisect_right

from ds2026kg.findings import Span
from ds2026kg.vault.note import Mark

_LINE_END = re.compile(rb"\r\n?|\n")


class Places:
    """The lines of one file, so that any byte offset can be named as line and column.

    `data` is the file's content after the byte order mark, whose length is `origin`. Offsets
    given are relative to `data`; those in the spans that come out count from the file's first byte.

    >>> Places("a.md", "é\\nàb".encode()).span(5, 6)
    Span(file='a.md', start=5, end=6, line=2, column=2, end_line=2, end_column=3)
    """

    __slots__ = ("_ascii", "_data", "_last", "_starts", "file", "origin")

    def __init__(self, file: str, data: bytes, origin: int = 0) -> None:
        self.file = file
        self.origin = origin
        self._data = data
        self._ascii = data.isascii()
        self._last = (0, 0)  # a byte offset, and the characters before it in its line
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(data))]

    def mark(self, byte: int, offset: int = 0) -> Mark:
        """The place of `byte`, as the mark of a run of text that starts at `offset`."""
        line = bisect_right(self._starts, byte)
        start = self._starts[line - 1]
        width = byte - start if self._ascii else self._characters(start, byte)
        return Mark(offset, byte + self.origin, line, width + 1)

    def _characters(self, start: int, byte: int) -> int:
        """How many characters lie before `byte` in its line, counted on from the last place asked."""
        known, count = self._last if start <= self._last[0] <= byte else (start, 0)
        count += len(self._data[known:byte].decode(errors="ignore"))
        if byte < len(self._data) and self._data[byte] & 0xC0 != 0x80:  # not inside a character
            self._last = (byte, count)
        return count

    def span(self, start: int, end: int) -> Span:
        """The span of `data[start:end]`."""
        first = self.mark(start)
        last = self.mark(end)
        return Span(
            self.file, first.byte, last.byte, first.line, first.column, last.line, last.column
        )
