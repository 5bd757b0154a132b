"""An answer of two columns, a name and a number, as the bars of a chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.query.run import Result, Rows
from ds2026kg.query.table import cell

if TYPE_CHECKING:
    from ds2026kg.query.run import Term

MOST = 200  # more cannot be taken in, and would be taller than what draws PNG allows
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMERIC = frozenset(
    f"{_XSD}{name}"
    for name in (
        "integer decimal double float long int short byte nonNegativeInteger positiveInteger "
        "nonPositiveInteger negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte"
    ).split()
)  # XPath and XQuery Functions and Operators §4
_LARGEST = 1e300  # what lies beyond cannot be subtracted from its opposite
_REMEDY = Text(
    "SELECT two variables: a name, and a number such as (COUNT(*) AS ?n)",
    "sélectionnez deux variables\u00a0: un nom, et un nombre, p. ex. (COUNT(*) AS ?n)",
)


class Bar(NamedTuple):
    """One bar: its name in one safe line, that name's language if it has one, and its number."""

    name: str
    language: str
    number: float


class Bars(NamedTuple):
    """The bars in the order of the answer, and the variables that they come from."""

    of: str
    number: str
    bars: tuple[Bar, ...]
    truncated: bool = False


def bars_of(result: Result, *, base: str = DEFAULT_BASE, place: str = "") -> Bars:
    """The bars of `result`, in either order of its columns: where both are numbers, names are first.

    Raises `QueryError`, saying which value is at fault, if there are not two columns, no rows or
    more than `MOST`, if neither column holds only numbers, or if a number cannot be drawn.

    >>> from pyoxigraph import Literal
    >>> bars_of(Rows(("n", "who"), ((Literal(3), Literal("TBS")),))).bars
    (Bar(name='TBS', language='', number=3.0),)
    """
    if not isinstance(result, Rows) or len(result.variables) != 2:
        got = ", ".join(result.variables) if isinstance(result, Rows) else "-"
        raise _fault(
            place,
            f"a chart needs rows of two columns, a name and a number, not: {got}",
            f"un graphique demande des lignes de deux colonnes, un nom et un nombre, non\u00a0: {got}",
        )
    if not result.rows:
        raise _fault(place, "there are no rows to draw", "il n’y a aucune ligne à dessiner")
    if len(result.rows) > MOST:
        raise _fault(
            place,
            f"a chart has at most {MOST} bars, and this answer has {len(result.rows)} rows",
            f"un graphique a au plus {MOST} barres, et cette réponse a {len(result.rows)} lignes",
            Text("group the rows, or add LIMIT", "groupez les lignes, ou ajoutez LIMIT"),
        )
    column = _numbers(result.rows, result.variables, base, place)
    bars = tuple(
        Bar(
            cell(row[1 - column], base) or "–",
            _language(row[1 - column]),
            _number(row[column], place),
        )
        for row in result.rows
    )
    return Bars(result.variables[1 - column], result.variables[column], bars, result.truncated)


def _numbers(
    rows: Sequence[Sequence[Term | None]], names: Sequence[str], base: str, place: str
) -> int:
    """The column that holds numbers alone."""
    for column in (1, 0):
        if all(is_number(row[column]) for row in rows):
            return column
    # Of the column that is nearer to numbers, the first value that is none.
    column = max((1, 0), key=lambda each: sum(is_number(row[each]) for row in rows))
    line, row = next((n, row) for n, row in enumerate(rows, 1) if not is_number(row[column]))
    shown = cell(row[column], base) or "–"
    raise _fault(
        place,
        f"no column holds numbers alone: ?{names[column]} is “{shown}” in row {line}",
        f"aucune colonne ne contient que des nombres\u00a0: ?{names[column]} est "
        f"«\u00a0{shown}\u00a0» à la ligne {line}",
    )


def is_number(term: Term | None) -> bool:
    """Whether `term` is a literal of a numeric datatype (XPath and XQuery Functions, §4)."""
    from pyoxigraph import Literal

    return isinstance(term, Literal) and term.datatype.value in _NUMERIC


def _number(term: Term | None, place: str) -> float:
    value = getattr(term, "value", "")
    try:
        number = float(value.replace("INF", "inf"))
    except ValueError:  # "twelve"^^xsd:integer
        number = math.nan
    if abs(number) <= _LARGEST:
        return number
    shown = value if len(value) <= 40 else value[:39] + "…"
    raise _fault(
        place,
        f"this number cannot be drawn: {shown}",
        f"ce nombre ne peut être dessiné\u00a0: {shown}",
        Text("leave it out with FILTER", "écartez-le avec FILTER"),
    )


def _language(term: Term | None) -> str:
    return getattr(term, "language", None) or ""


def _fault(place: str, english: str, french: str, remedy: Text = _REMEDY) -> QueryError:
    return QueryError(Text(english, french), place=place, remedy=remedy)
