"""Running text without its markup, from which every character can be traced to the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from ds2026kg.findings import Span


class Mark(NamedTuple):
    """Where one run of a `Prose`'s text stands in its file: text offset -> byte, line, column.

    `width` is 0 where characters of text and source correspond one to one; else the run is one
    unit, such as `&amp;` for "&", and `width` is its length in the source, in (ASCII) bytes.
    """

    offset: int
    byte: int
    line: int
    column: int
    width: int = 0


class Prose(NamedTuple):
    """Plain text as a reader sees it: `**TBS** will` is "TBS will".

    `marks` are in text order; from one mark to the next, characters of the text and of the source
    correspond one to one, unless the mark has a width.
    """

    text: str
    marks: tuple[Mark, ...]
    file: str

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source of `text[start:end]`; offsets count Unicode characters.

        >>> Prose("TBS will", (Mark(0, 2, 1, 3),), "a.md").span(4).column
        7
        """
        stop = len(self.text) if end is None else end
        first = self._locate(start)
        if stop <= start:
            return Span(
                self.file,
                first.byte,
                first.byte,
                first.line,
                first.column,
                first.line,
                first.column,
            )
        last = self._locate(stop - 1)
        width = last.width or len(self.text[stop - 1].encode())
        return Span(
            self.file,
            first.byte,
            last.byte + width,
            first.line,
            first.column,
            last.line,
            last.column + (last.width or 1),
        )

    def _locate(self, offset: int) -> Mark:
        if not self.marks:
            return Mark(offset, 0, 1, 1)
        index = bisect_right(self.marks, offset, key=_offset) - 1
        mark = self.marks[max(index, 0)]
        if mark.width:
            return mark
        length = width = offset - mark.offset
        if not self.text.isascii():
            width = len(self.text[mark.offset : offset].encode())
        return Mark(offset, mark.byte + width, mark.line, mark.column + length)

    def strip(self) -> Prose:
        """The same prose without white space at either end."""
        text = self.text
        if len(text.strip()) == len(text):
            return self
        lead = len(text) - len(text.lstrip())
        return self.slice(lead, max(len(text.rstrip()), lead))

    def slice(self, start: int, end: int) -> Prose:
        """The prose of `text[start:end]`."""
        if start == 0 and end == len(self.text):
            return self
        first = bisect_right(self.marks, start, key=_offset)
        last = bisect_left(self.marks, end, lo=first, key=_offset)
        marks = [self._locate(start), *self.marks[first:last]]
        return Prose(
            self.text[start:end],
            tuple(mark._replace(offset=mark.offset - start) for mark in marks),
            self.file,
        )

    def without(self, ranges: Iterable[tuple[int, int]]) -> Prose:
        """The prose with the text of `ranges`, which are in order, taken out.

        >>> Prose("TBS will ^a", (Mark(0, 0, 1, 1),), "a.md").without([(8, 11)]).text
        'TBS will'
        """
        pieces = []
        done = 0
        for start, end in ranges:
            pieces.append(self.slice(done, start))
            done = end
        pieces.append(self.slice(done, len(self.text)))
        kept = [piece for piece in pieces if piece.text]
        return Prose.join(kept or [self.slice(0, 0)], "")

    @classmethod
    def join(cls, parts: Iterable[Prose], separator: str) -> Prose:
        """One prose of several from the same file, with `separator` between them."""
        texts: list[str] = []
        marks: list[Mark] = []
        offset = 0
        file = ""
        for part in parts:
            if texts:
                offset += len(separator)
            marks.extend(mark._replace(offset=mark.offset + offset) for mark in part.marks)
            texts.append(part.text)
            offset += len(part.text)
            file = part.file
        return cls(separator.join(texts), tuple(marks), file)


def _offset(mark: Mark) -> int:
    return mark.offset
