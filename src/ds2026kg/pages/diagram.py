"""Commitments on the left, actors on the right, and a line for each role: where all of it stands.

The template `diagram.html` writes it as SVG. Lengths are in SVG user units, pixels at full size.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.pages.curves import Point, curve, ports, spread
from ds2026kg.pages.view import Said, View

if TYPE_CHECKING:
    from ds2026kg.pages.matrix import Group, Matrix

WIDTH = 860
_AREA_X, _AREA_END = 4, 250
_PILL_X, _PILL_WIDTH, _PILL_HEIGHT = 290, 78, 26
_ACTOR_X = 560
_ROW, _GAP, _LINE, _PORT = 34, 20, 15, 4.0
_TOP = 10.0
# Letters that fit: the mean letter of common sans-serif fonts is about half as wide as it is high.
_AREA_LETTERS, _ACTOR_LETTERS = 36, 42
_MOST_LINES = 3


class Label(NamedTuple):
    """Words of a thing in lines of `text`, the first at the height `y`; `centre` is its middle."""

    node: NamedNode
    x: float
    y: float
    centre: float
    lines: tuple[str, ...]
    language: str
    reach: float = 0


class Line(NamedTuple):
    """A line: its kind ("leads", "supports" or "tree"), and the data of its path."""

    kind: str
    data: str


class Drawing(NamedTuple):
    """All that is drawn."""

    width: int
    height: float
    areas: tuple[Label, ...]
    commitments: tuple[Label, ...]
    actors: tuple[Label, ...]
    lines: tuple[Line, ...]
    pill: tuple[int, int] = (_PILL_WIDTH, _PILL_HEIGHT)


def draw(matrix: Matrix, view: View) -> Drawing:
    """Where the commitments and the actors of `matrix` stand, and the lines between them."""
    heights, bottom = _heights(matrix.groups)
    roles = [
        (row.node.value, column.node.value, mark)
        for row in matrix.rows
        for column, mark in zip(matrix.columns, row.marks, strict=True)
        if mark
    ]
    wrapped = {
        column.node.value: _wrapped(_names(column.short, column.name), _ACTOR_LETTERS)
        for column in matrix.columns
    }
    centres, end = _centres(roles, heights, wrapped, bottom)
    met = {key: sum(actor == key for _, actor, _ in roles) for key in centres}
    return Drawing(
        WIDTH,
        max(bottom, end) + _TOP,
        tuple(_areas(matrix.groups, heights, view)),
        tuple(
            Label(
                row.node,
                _PILL_X,
                heights[row.node.value] + 4,
                heights[row.node.value],
                (row.short,),
                "",
            )
            for row in matrix.rows
        ),
        tuple(
            _words(
                column.node, _ACTOR_X + 14, centres[key], wrapped[key], column.name.language
            )._replace(reach=max(_LINE * len(wrapped[key]) / 2 - 2, (met[key] - 1) * _PORT / 2))
            for column in matrix.columns
            if (key := column.node.value) in centres
        ),
        (*_branches(matrix.groups, heights), *_roles(roles, heights, centres)),
    )


def _names(short: Said, name: Said) -> str:
    colon = "\u00a0:" if name.language == "fr" else ":"
    return name.text if short.text == name.text else f"{short.text}{colon} {name.text}"


def _wrapped(text: str, letters: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, letters, max_lines=_MOST_LINES, placeholder=" …")) or ("",)


def _heights(groups: Sequence[Group]) -> tuple[dict[str, float], float]:
    """The height of the middle of each commitment, and where the last group ends."""
    heights: dict[str, float] = {}
    y = _TOP
    for group in groups:
        # A group is at least as high as its name.
        room = max(_ROW * len(group.rows), _LINE * (_MOST_LINES + 1))
        start = y + (room - _ROW * len(group.rows)) / 2
        for place, row in enumerate(group.rows):
            heights[row.node.value] = start + _ROW * (place + 0.5)
        y += room + _GAP
    return heights, y - _GAP


def _centres(
    roles: Sequence[tuple[str, str, str]],
    heights: dict[str, float],
    wrapped: dict[str, tuple[str, ...]],
    bottom: float,
) -> tuple[dict[str, float], float]:
    """Where each actor stands, near the middle of its commitments, and where the last one ends."""
    wanted: dict[str, list[float]] = {}
    for commitment, actor, _ in roles:
        wanted.setdefault(actor, []).append(heights[commitment])
    means = {actor: sum(found) / len(found) for actor, found in wanted.items()}
    order = sorted(means, key=lambda actor: (means[actor], actor))
    sizes = [
        max(_LINE * len(wrapped[actor]), _PORT * len(wanted[actor])) + _GAP / 2 for actor in order
    ]
    end = max(bottom, _TOP + sum(sizes))
    placed = spread([means[actor] for actor in order], sizes, _TOP, end)
    return dict(zip(order, placed, strict=True)), end


def _words(
    node: NamedNode, x: float, centre: float, lines: tuple[str, ...], language: str
) -> Label:
    return Label(node, x, centre - _LINE * len(lines) / 2 + 11.5, centre, lines, language)


def _areas(groups: Sequence[Group], heights: dict[str, float], view: View) -> Iterator[Label]:
    for group in groups:
        if group.node is not None:
            name = view.label(group.node)
            text = f"{view.notation(group.node)} {name.text}".strip()
            lines = _wrapped(text, _AREA_LETTERS)
            yield _words(group.node, _AREA_X, _middle(group, heights), lines, name.language)


def _middle(group: Group, heights: dict[str, float]) -> float:
    return (heights[group.rows[0].node.value] + heights[group.rows[-1].node.value]) / 2


def _branches(groups: Sequence[Group], heights: dict[str, float]) -> Iterator[Line]:
    for group in groups:
        start = Point(_AREA_END, _middle(group, heights))
        for row in group.rows if group.node is not None else ():
            yield Line("tree", curve(start, Point(_PILL_X, heights[row.node.value])))


def _roles(
    roles: Sequence[tuple[str, str, str]], heights: dict[str, float], centres: dict[str, float]
) -> Iterator[Line]:
    """A line for each role. Where lines share an end they stand apart, in the order of their others."""
    starts = ports([(each, centres[actor]) for each, actor, _ in roles], heights, _PORT)
    ends = ports([(actor, heights[each]) for each, actor, _ in roles], centres, _PORT)
    for (_, _, mark), start, end in zip(roles, starts, ends, strict=True):
        kind = "supports" if mark == "supports" else "leads"
        yield Line(kind, curve(Point(_PILL_X + _PILL_WIDTH, start), Point(_ACTOR_X, end)))
