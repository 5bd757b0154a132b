"""From byte offsets to lines and columns, once a note."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

from ds2026kg.findings import Span
from ds2026kg.vault.prose import Place

_STRETCH = 256  # bytes
_CONTINUATION = bytes(range(0x80, 0xC0))  # of a character in UTF-8, all but the first
_NEVER = (1 << 64) - 1
_NONE_YET = array("Q")
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


class Places:
    """The lines of one file, so that any byte offset can be named as line and column.

    `data` is the file's content after the byte order mark, whose length is `origin`. Offsets
    given are relative to `data`; those in the spans that come out count from the file's first byte.

    >>> Places("a.md", "é\\nàb".encode()).span(5, 6)
    Span(file='a.md', start=5, end=6, line=2, column=2, end_line=2, end_column=3)
    """

    __slots__ = (
        "_before", "_begins", "_counted", "_data", "_ends", "_line", "_plain", "_starts", "file",
        "origin",
    )  # fmt: skip

    def __init__(self, file: str, data: bytes, origin: int = 0) -> None:
        self.file = file
        self.origin = origin
        self._data = data
        # Where each line begins, and what no byte of the last one reaches; when asked for.
        self._starts = _NONE_YET
        # Which lines are ASCII, in which columns are bytes; None where all are.
        self._plain: bytes | None = None
        self._before = [0]  # the characters before each stretch, as far as asked
        self._counted = (0, 0)  # a line, and the characters before it
        # The line that was last asked for, of which most often the next question is.
        self._line = self._begins = self._ends = 0

    def _find_lines(self) -> None:
        """See where each line begins."""
        data = self._data
        lines = data.splitlines(keepends=True)  # which knows CR, LF and CRLF, and nothing else
        starts = array("Q", accumulate(map(len, lines), initial=0))
        if data and data[-1] not in b"\r\n":
            starts.pop()
        starts.append(_NEVER)
        self._starts = starts
        if not data.isascii():
            self._plain = bytes([*map(bytes.isascii, lines), True])

    def _turn_to(self, byte: int) -> None:
        """Make the line of `byte` the last that was asked for."""
        if self._starts is _NONE_YET:
            self._find_lines()
        starts, line = self._starts, self._line + 1
        if byte < self._ends or byte >= starts[line]:  # it is not the next
            line = bisect_right(starts, byte)
        self._line, self._begins, self._ends = line, starts[line - 1], starts[line]

    def mark(self, byte: int, offset: int = 0, width: int = 0) -> Place:
        """The place of `byte`, as the mark of a run of text that starts at `offset`."""
        if not self._begins <= byte < self._ends:
            self._turn_to(byte)
        column = byte - self._begins + 1
        if self._plain is not None and not self._plain[self._line - 1]:
            column = self._characters(byte) + 1
        return offset, byte + self.origin, self._line, column, width

    def span(self, start: int, end: int) -> Span:
        """The span of `data[start:end]`."""
        if not self._begins <= start < self._ends:
            self._turn_to(start)
        plain, origin = self._plain, self.origin
        line, column = self._line, start - self._begins + 1
        if plain is not None and not plain[line - 1]:
            column = self._characters(start) + 1
        if end >= self._ends:
            self._turn_to(end)
        end_line, end_column = self._line, end - self._begins + 1
        if plain is not None and not plain[end_line - 1]:
            end_column = self._characters(end) + 1
        place = (self.file, start + origin, end + origin, line, column, end_line, end_column)
        return _new(Span, place)

    def _characters(self, byte: int) -> int:
        """How many characters of the last line lie before `byte`."""
        if byte - self._begins < _STRETCH:
            return len(self._data[self._begins : byte].decode("utf-8", "replace"))
        line, count = self._counted
        if line != self._line:
            line, count = self._counted = self._line, self._count(self._begins)
        return self._count(byte) - count

    def _count(self, byte: int) -> int:
        """How many characters lie before `byte`, without counting from the start each time."""
        data, before = self._data, self._before
        while len(before) <= byte // _STRETCH:
            first = (len(before) - 1) * _STRETCH
            stretch = data[first : first + _STRETCH]
            before.append(before[-1] + len(stretch.translate(None, _CONTINUATION)))
        whole = byte // _STRETCH
        return before[whole] + len(data[whole * _STRETCH : byte].translate(None, _CONTINUATION))


class CharacterOffsets:
    """The byte offsets of a text's characters, without counting from its start each time.

    >>> CharacterOffsets("éa").byte(1)
    2
    """

    __slots__ = ("_ascii", "_bytes", "_text")

    _STEP = 128

    def __init__(self, text: str) -> None:
        self._text = text
        self._ascii = text.isascii()
        self._bytes = [0]  # before each _STEP-th character, as far as asked

    def byte(self, index: int) -> int:
        """How many bytes of UTF-8 the text takes before the character at `index`."""
        if self._ascii:
            return index
        step, known = self._STEP, self._bytes
        while len(known) <= index // step:
            first = (len(known) - 1) * step
            known.append(known[-1] + len(self._text[first : first + step].encode()))
        first = index // step
        return known[first] + len(self._text[first * step : index].encode())
