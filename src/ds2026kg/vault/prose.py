"""Running text without its markup, from which every character can be traced to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from ds2026kg.findings import Span
from ds2026kg.vault.columns import Columns, Gathering, packed


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
    marks: Sequence[Place]
    file: str

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source of `text[start:end]`; offsets count Unicode characters.

        >>> Prose("TBS will", (Mark(0, 2, 1, 3),), "a.md").span(4).column
        7
        """
        text = self.text
        stop = len(text) if end is None else end
        lead = _place(text, self._mark(start), start)
        if stop <= start:
            _, first, line, column, _ = lead
            return _new(Span, (self.file, first, first, line, column, line, column))
        return _span(self, lead, self._mark(stop - 1), stop)

    def _mark(self, offset: int) -> Place:
        """The last mark that stands no further on than `offset`."""
        marks = self.marks
        if type(marks) is not Columns and len(marks) < 2:
            return marks[0] if marks else (offset, 0, 1, 1, 0)
        return marks[max(_reach(marks, offset) - 1, 0)]

    def unbroken(self) -> int:
        """Up to where the text stands in one piece in the source.

        >>> Prose("ab", (Mark(0, 0, 1, 1), Mark(1, 3, 1, 4)), "a.md").unbroken()
        1
        """
        text, marks, _ = self
        if len(marks) > 1:
            done, reached = 0, marks[0][1]
            for offset, byte, *_ in islice(marks, 1, None):
                if byte - reached != len(text[done:offset].encode()):
                    return offset
                done, reached = offset, byte
        return len(text)

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
            known = self.marks
            if type(known) is Columns or len(known) > 1:
                known = known[: max(_reach(known, end - 1), 1)]
            return _new(Prose, (self.text[:end], known, self.file))
        lead, rest = self._within(start, end)
        marks: Sequence[Place] = (_moved(lead, start),)
        if rest:
            marks = packed(chain(marks, (_moved(mark, start) for mark in rest)))
        return _new(Prose, (self.text[start:end], marks, self.file))

    def _within(self, start: int, end: int) -> tuple[Place, Sequence[Place]]:
        """The place of the character at `start`, and the marks behind it that are before `end`."""
        marks = self.marks
        lead = _place(self.text, self._mark(start), start)
        if type(marks) is not Columns and len(marks) < 2:
            return lead, marks if marks and start < marks[0][0] < end else ()
        first, last = _reach(marks, start), _reach(marks, end - 1)
        return lead, marks[first:last] if first < last else ()

    def without(self, ranges: Iterable[tuple[int, int]]) -> Prose:
        """The prose with the text of `ranges`, which are in order, taken out.

        >>> Prose("TBS will ^a", (Mark(0, 0, 1, 1),), "a.md").without([(8, 11)]).text
        'TBS will'
        """
        texts: list[str] = []
        marks = packed(self._marks_without(ranges, texts))
        return Prose("".join(texts), marks, self.file) if texts else self.slice(0, 0)

    def _marks_without(
        self, ranges: Iterable[tuple[int, int]], texts: list[str]
    ) -> Iterator[Place]:
        """The marks of what stands outside of `ranges`; its text is appended to `texts`."""
        walk = Walk(self)
        done = cut = 0
        for start, end in chain(ranges, ((len(self.text), 0),)):
            if start > done:
                yield from walk.marks(done, start, cut)
                texts.append(self.text[done:start])
            cut += end - start
            done = end

    @classmethod
    def join(cls, parts: Iterable[Prose], separator: str) -> Prose:
        """One prose of several from the same file, with `separator` between them."""
        texts: list[str] = []
        marks: Gathering[Place] = Gathering()
        offset = 0
        file = ""
        for part in parts:
            if texts:
                offset += len(separator)
            marks += [_moved(mark, -offset) for mark in part.marks]
            marks.settle()
            texts.append(part.text)
            offset += len(part.text)
            file = part.file
        return cls(separator.join(texts), marks.done(), file)


_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost
_offset = itemgetter(0)


def _reach(marks: Sequence[Place], offset: int) -> int:
    """How many of the marks stand no further on than `offset`."""
    if type(marks) is Columns:  # not isinstance, which takes ten times as long
        return marks.reach(offset)
    return bisect_right(marks, offset, key=_offset)


class Walk:
    """Goes through a prose once, for pieces of it in text order, none of which is searched for."""

    __slots__ = ("_following", "_last", "_next", "_prose")

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        self._following = iter(prose.marks)
        self._last = self._next = next(self._following, None)

    def slice(self, start: int, end: int) -> Prose:
        """The prose of `text[start:end]`; `start` is not before that of the piece before."""
        text, _, file = self._prose
        marks = self.marks(start, end, start)
        if type(marks) is not tuple:
            marks = packed(marks)
        return _new(Prose, (text[start:end], marks, file))

    def span(self, start: int, end: int) -> Span:
        """The source of a piece of a few words."""
        lead, *rest = self.marks(start, end, 0)
        return _span(self._prose, lead, rest[-1] if rest else lead, end)

    def marks(self, start: int, end: int, by: int) -> Iterable[Place]:
        """The marks of that piece, to be used up, in a text that begins `by` characters on."""
        last, mark = self._last, self._next
        while mark is not None and mark[0] <= start:
            last, mark = mark, next(self._following, None)
        self._last, self._next = last, mark
        if last is None:
            return ()
        lead = (_place(self._prose.text, last, start, by),)
        return lead if mark is None or mark[0] >= end else chain(lead, self._until(end, by))

    def _until(self, end: int, by: int) -> Iterator[Place]:
        mark = self._next
        while mark is not None and mark[0] < end:
            yield _moved(mark, by)
            self._last = mark
            self._next = mark = next(self._following, None)


def _span(prose: Prose, lead: Place, last: Place, end: int) -> Span:
    """From the place `lead` to where the text up to `end` does, of which `last` is the last mark."""
    text, _, file = prose
    _, first, line, column, _ = lead
    begins, byte, end_line, end_column, unit = last
    if unit:
        width = characters = max(unit, 0)
    else:
        width = characters = end - begins
        if not text.isascii():
            width = len(text[begins:end].encode())
    return _new(Span, (file, first, byte + width, line, column, end_line, end_column + characters))


def _place(text: str, mark: Place, offset: int, by: int = 0) -> Place:
    """The place of the character at `offset` of `text`, as a mark in one that begins `by` on.

    `mark` is the last that stands no further on.
    """
    begins, byte, line, column, width = mark
    if width:
        return begins - by, byte, line, column, width
    length = beyond = offset - begins
    if not text.isascii():
        beyond = len(text[begins:offset].encode())
    return offset - by, byte + beyond, line, column + length, 0


def _moved(mark: Place, by: int) -> Place:
    """The mark of the same place in a text that begins `by` characters further on."""
    offset, byte, line, column, width = mark
    return offset - by, byte, line, column, width
