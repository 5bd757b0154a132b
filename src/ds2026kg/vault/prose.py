"""Running text without its markup, from which every character can be traced to the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from ds2026kg.findings import Span


class Mark(NamedTuple):
    """Where one run of a `Prose`'s text stands in its file: text offset -> byte, line, column.

    `width` is 0 where characters of text and source correspond one to one; else the run is one
    unit, such as `&amp;` for "&", and `width` is its length in the source, in (ASCII) bytes. It is
    -1 for the blank that a line break is, which has no width at all.
    """

    offset: int
    byte: int
    line: int
    column: int
    width: int = 0


# A `Mark` by its values alone. There is one for every word or two that a vault has in bold print or
# in links, and a plain tuple takes a third of the time, and the garbage collector passes over it.
Place: TypeAlias = tuple[int, int, int, int, int]


class Prose(NamedTuple):
    """Plain text as a reader sees it: `**TBS** will` is "TBS will".

    `marks` are in text order, each a `Mark` or a plain tuple equal to one; from one to the next,
    characters of the text and of the source correspond one to one, unless the mark has a width.
    """

    text: str
    marks: tuple[Place, ...]
    file: str

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source of `text[start:end]`; offsets count Unicode characters.

        >>> Prose("TBS will", (Mark(0, 2, 1, 3),), "a.md").span(4).column
        7
        """
        stop = len(self.text) if end is None else end
        _, first, line, column, _ = self._locate(start)
        if stop <= start:
            return Span(self.file, first, first, line, column, line, column)
        _, last, end_line, end_column, unit = self._locate(stop - 1)
        if unit:
            width = characters = max(unit, 0)
        else:
            width, characters = len(self.text[stop - 1].encode()), 1
        end_place = (end_line, end_column + characters)
        return Span(self.file, first, last + width, line, column, *end_place)

    def _locate(self, offset: int) -> Place:
        """The place of the character at `offset`, as a mark of its own."""
        return self._place(offset, bisect_right(self.marks, offset, key=_offset))

    def _place(self, offset: int, index: int) -> Place:
        """The same, where it is known that `index` marks stand no further on than `offset`."""
        if not self.marks:
            return offset, 0, 1, 1, 0
        mark = begins, byte, line, column, width = self.marks[max(index - 1, 0)]
        if width:
            return mark
        length = beyond = offset - begins
        if not self.text.isascii():
            beyond = len(self.text[begins:offset].encode())
        return offset, byte + beyond, line, column + length, 0

    def unbroken(self, start: int, end: int) -> int:
        """Up to where `text[start:end]` stands in one piece in the source.

        >>> Prose("ab", (Mark(0, 0, 1, 1), Mark(1, 3, 1, 4)), "a.md").unbroken(0, 2)
        1
        """
        _, begins, *_ = self._locate(start)
        first = bisect_right(self.marks, start, key=_offset)
        last = bisect_left(self.marks, end, lo=first, key=_offset)
        for offset, byte, *_ in self.marks[first:last]:
            if byte - begins != len(self.text[start:offset].encode()):
                return offset
        return end

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
        if start == 0:
            known = self.marks[: bisect_left(self.marks, end, key=_offset)]
            return Prose(self.text[:end], known or self.marks[:1], self.file)
        first = bisect_right(self.marks, start, key=_offset)
        last = bisect_left(self.marks, end, lo=first, key=_offset)
        marks = [_moved(self._place(start, first), start)]
        marks += [_moved(mark, start) for mark in self.marks[first:last]]
        return Prose(self.text[start:end], tuple(marks), self.file)

    def without(self, ranges: Iterable[tuple[int, int]]) -> Prose:
        """The prose with the text of `ranges`, which are in order, taken out.

        >>> Prose("TBS will ^a", (Mark(0, 0, 1, 1),), "a.md").without([(8, 11)]).text
        'TBS will'
        """
        texts: list[str] = []
        marks: list[Place] = []
        known = self.marks
        done = cut = index = 0
        for start, end in (*ranges, (len(self.text), 0)):
            if start > done:
                while index < len(known) and known[index][0] <= done:
                    index += 1
                marks.append(_moved(self._place(done, index), cut))
                while index < len(known) and known[index][0] < start:
                    marks.append(_moved(known[index], cut))
                    index += 1
                texts.append(self.text[done:start])
            cut += end - start
            done = end
        return Prose("".join(texts), tuple(marks), self.file) if texts else self.slice(0, 0)

    @classmethod
    def join(cls, parts: Iterable[Prose], separator: str) -> Prose:
        """One prose of several from the same file, with `separator` between them."""
        texts: list[str] = []
        marks: list[Place] = []
        offset = 0
        file = ""
        for part in parts:
            if texts:
                offset += len(separator)
            marks += [_moved(mark, -offset) for mark in part.marks]
            texts.append(part.text)
            offset += len(part.text)
            file = part.file
        return cls(separator.join(texts), tuple(marks), file)


_offset = itemgetter(0)


def _moved(mark: Place, by: int) -> Place:
    """The mark of the same place in a text that begins `by` characters further on."""
    offset, byte, line, column, width = mark
    return offset - by, byte, line, column, width
