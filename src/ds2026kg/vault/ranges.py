"""Ranges of a text, as two columns of numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]


class Ranges:
    """Half-open ranges of a text, in order and apart; a position is in them or not.

    >>> 5 in Ranges([(2, 4), (5, 7)]), 4 in Ranges([(2, 4), (5, 7)])
    (True, False)
    """

    __slots__ = ("ends", "starts")

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self.starts = array("Q")
        self.ends = array("Q")
        for start, end in ranges:
            self.append(start, end)

    def append(self, start: int, end: int) -> None:
        """Add a range behind the others."""
        self.starts.append(start)
        self.ends.append(end)

    def cut(self, offset: int) -> None:
        """Take out those that begin at `offset` or further on."""
        if self.starts and self.starts[-1] >= offset:
            left = bisect_left(self.starts, offset)
            del self.starts[left:], self.ends[left:]

    def __contains__(self, position: int) -> bool:
        index = bisect_right(self.starts, position) - 1
        return index >= 0 and position < self.ends[index]

    def __iter__(self) -> Iterator[Range]:
        return zip(self.starts, self.ends, strict=True)


def united(several: Iterable[Iterable[Range]]) -> Ranges:
    """All of the ranges, each series of which is in order; those that overlap are made one.

    >>> list(united([[(0, 2), (5, 6)], [(1, 3), (3, 4)]]))
    [(0, 3), (3, 4), (5, 6)]
    """
    ranges = Ranges()
    ends = ranges.ends
    for start, end in merge(*several):
        if ends and start < ends[-1]:
            ends[-1] = max(end, ends[-1])
        else:
            ranges.append(start, end)
    return ranges
