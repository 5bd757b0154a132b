"""Where things and the lines between them stand in a drawing; lengths are in SVG user units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Point(NamedTuple):
    """A place in a drawing."""

    x: float
    y: float


def spread(
    wanted: Sequence[float], sizes: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Centres near the `wanted` ones, in the same order, so that things of `sizes` do not overlap.

    >>> spread([10, 11, 50], [4, 4, 4], 0, 60)
    [10, 14.0, 50]
    >>> spread([58, 59], [4, 4], 0, 60)
    [54.0, 58.0]
    """
    centres = list(wanted)
    edge = top
    for index, size in enumerate(sizes):
        centres[index] = max(centres[index], edge + size / 2)
        edge = centres[index] + size / 2
    edge = bottom
    for index in range(len(sizes) - 1, -1, -1):
        centres[index] = min(centres[index], edge - sizes[index] / 2)
        edge = centres[index] - sizes[index] / 2
    return centres


def ports(
    ends: Sequence[tuple[str, float]], centres: Mapping[str, float], apart: float
) -> list[float]:
    """The height at which each line meets its end, where several stand `apart`.

    `ends` are the end of each line, and the height that it comes from; lines meet an end in the order of
    these heights, so that they do not cross there.

    >>> ports([("a", 9), ("a", 3), ("b", 0)], {"a": 10, "b": 20}, 4)
    [12.0, 8.0, 20.0]
    """
    heights = [0.0] * len(ends)
    for key in {key for key, _ in ends}:
        meeting = [index for index, (name, _) in enumerate(ends) if name == key]
        meeting.sort(key=lambda index: (ends[index][1], index))
        for place, index in enumerate(meeting):
            heights[index] = centres[key] + (place - (len(meeting) - 1) / 2) * apart
    return heights


def curve(start: Point, end: Point) -> str:
    """The data of a path (SVG 2 §9.3) that leaves and arrives level.

    >>> curve(Point(0, 0), Point(10, 4))
    'M0,0.0C5,0.0 5,4.0 10,4.0'
    """
    middle = (start.x + end.x) / 2
    return (
        f"M{start.x:g},{start.y:.1f}C{middle:g},{start.y:.1f} {middle:g},{end.y:.1f} "
        f"{end.x:g},{end.y:.1f}"
    )
