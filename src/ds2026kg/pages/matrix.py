"""Actors against commitments: who leads what, and who supports it, as a table and as a drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.counting import ACTORS, COMMITMENTS, counted
from ds2026kg.pages.diagram import draw
from ds2026kg.pages.kind import Content, Crumb, Kind, Visit, alone
from ds2026kg.pages.matrix_words import WORDS
from ds2026kg.pages.outline import PARENT, Outline, outline
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.view import Said, View, term

PATH: Final = "matrix"
MOST_ROWS: Final = 150
MOST_COLUMNS: Final = 40
# The commitments that are under no mission, among the parts of a matrix that is too large for one page.
REST: Final = "rest"

_LEADS: Final = term("ds:ledBy")
_SUPPORTS: Final = term("ds:supportedBy")

Mark = Literal["", "leads", "supports", "both"]


class Column(NamedTuple):
    """An actor: what stands at the head of its column, its whole name, how much it leads and supports."""

    node: NamedNode
    short: Said
    name: Said
    leads: int
    supports: int


class Row(NamedTuple):
    """A commitment, with a mark for each column."""

    node: NamedNode
    short: str
    name: Said
    marks: tuple[Mark, ...]


class Group(NamedTuple):
    """The commitments under one thing; None for those under nothing."""

    node: NamedNode | None
    rows: tuple[Row, ...]


class Matrix(NamedTuple):
    """Some commitments against those who lead or support them.

    `all_rows` and `all_columns` are how many there are, of which at most `MOST_ROWS` and `MOST_COLUMNS`
    are shown: the first commitments, and the actors with most to do.
    """

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    all_rows: int
    all_columns: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """The commitments of all groups."""
        return tuple(row for group in self.groups for row in group.rows)


def matrix(view: View, commitments: Sequence[NamedNode]) -> Matrix:
    """`commitments`, as far as they fit, against the actors that lead or support any of them."""
    leads = {node: _actors(view, node, _LEADS) for node in commitments}
    supports = {node: _actors(view, node, _SUPPORTS) for node in commitments}
    led = Counter(actor for found in leads.values() for actor in found)
    supported = Counter(actor for found in supports.values() for actor in found)
    actors = sorted(
        led | supported, key=lambda actor: (-led[actor], -supported[actor], actor.value)
    )
    columns = tuple(
        Column(actor, _short(view, actor), view.label(actor), led[actor], supported[actor])
        for actor in actors[:MOST_COLUMNS]
    )
    rows = (
        Row(
            node,
            _number(view, node),
            view.label(node),
            _marks(columns, leads[node], supports[node]),
        )
        for node in commitments[:MOST_ROWS]
    )
    return Matrix(columns, tuple(_groups(view, rows)), len(commitments), len(actors))


def _actors(view: View, node: NamedNode, role: NamedNode) -> frozenset[NamedNode]:
    return frozenset(each for each in view.values(node, role) if isinstance(each, NamedNode))


def _marks(
    columns: Iterable[Column], leads: frozenset[NamedNode], supports: frozenset[NamedNode]
) -> tuple[Mark, ...]:
    names: dict[tuple[bool, bool], Mark] = {
        (False, False): "",
        (True, False): "leads",
        (False, True): "supports",
        (True, True): "both",
    }
    return tuple(names[each.node in leads, each.node in supports] for each in columns)


def _groups(view: View, rows: Iterable[Row]) -> Iterator[Group]:
    """The rows by what each commitment is under, in the order in which these come up."""
    groups: dict[NamedNode | None, list[Row]] = {}
    for row in rows:
        above = [each for each in view.values(row.node, PARENT) if isinstance(each, NamedNode)]
        groups.setdefault(above[0] if above else None, []).append(row)
    return (Group(node, tuple(found)) for node, found in groups.items())


def _short(view: View, actor: NamedNode) -> Said:
    """Its acronym in the reader's language if it has one, or else its name."""
    spoken = view.all_texts(actor, term("skos:altLabel"))
    mine = [each for each in spoken if each.language == view.language]
    return min(mine, key=lambda each: len(each.text), default=view.label(actor))


def _number(view: View, node: NamedNode) -> str:
    return view.notation(node) or view.local(node).rpartition("/")[2] or node.value


def _content(visit: Visit) -> Content | None:
    view = visit.view
    tree = outline(view)
    if visit.local:
        return _part(visit, tree)
    title = Said(WORDS["title"].in_language(view.language), view.language)
    if len(tree.commitments) <= MOST_ROWS:
        return _page(visit, title, matrix(view, tree.commitments))
    parts = [
        (f"{PATH}/{local}", node, counted(len(found), COMMITMENTS, view.language))
        for local, node, found in _parts(view, tree)
    ]
    return _page(visit, title, Matrix((), (), len(tree.commitments), 0), parts)


def _part(visit: Visit, tree: Outline) -> Content | None:
    """The page of one mission, where there are too many commitments for one page."""
    if len(tree.commitments) <= MOST_ROWS:
        return None
    for local, node, found in _parts(visit.view, tree):
        if local == visit.local:
            rest = Said(WORDS["rest"].in_language(visit.view.language), visit.view.language)
            title = rest if node is None else visit.view.label(node)
            return _page(visit, title, matrix(visit.view, found))
    return None


def _parts(
    view: View, tree: Outline
) -> Iterator[tuple[str, NamedNode | None, tuple[NamedNode, ...]]]:
    """The missions with commitments: what their paths end with, themselves, and the commitments."""
    for node, found in tree.under.items():
        if found:
            yield view.local(node), node, found
    if tree.loose:
        yield REST, None, tree.loose


def _page(
    visit: Visit,
    title: Said,
    shown: Matrix,
    parts: Sequence[tuple[str, NamedNode | None, str]] = (),
) -> Content:
    language = visit.view.language
    return Content(
        title=title,
        summary=WORDS["summary"].in_language(language),
        values={
            "matrix": shown,
            "drawing": draw(shown, visit.view) if shown.rows else None,
            "parts": parts,
            "cut_rows": len(shown.rows) < shown.all_rows and not parts,
            "cut_columns": len(shown.columns) < shown.all_columns,
            "shown_rows": counted(len(shown.rows), COMMITMENTS, language),
            "all_rows": counted(shown.all_rows, COMMITMENTS, language),
            "shown_columns": counted(len(shown.columns), ACTORS, language),
            "all_columns": counted(shown.all_columns, ACTORS, language),
        },
        structured={"@type": "WebPage", "name": title.text, "inLanguage": language},
        trail=(Crumb(Said(WORDS["title"].in_language(language), language), PATH),)
        if visit.local
        else (),
    )


def _part_paths(view: View, _publication: Publication) -> Iterator[str]:
    tree = outline(view)
    if len(tree.commitments) > MOST_ROWS:
        yield from (f"{PATH}/{local}" for local, _, _ in _parts(view, tree))


PAGE = Kind(
    PATH, "matrix.html", _content, alone(PATH), Text("Who does what", "Qui fait quoi"), WORDS
)
PART = Kind(f"{PATH}/", "matrix.html", _content, _part_paths, None, WORDS)
