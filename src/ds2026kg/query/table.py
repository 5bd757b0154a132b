"""Answers as a table that fits the terminal and cannot upset it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Cell

from ds2026kg.findings import Language, Text
from ds2026kg.query.prefixes import DEFAULT_BASE, short_iri
from ds2026kg.query.run import Result, Rows, Truth

if TYPE_CHECKING:
    from ds2026kg.query.run import Term

_READABLE = 10  # terminal columns below which a long value cannot be read
_GAP = 3  # terminal columns between two columns
_CELL = 500  # characters of a value that are shown
_BREAKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
# Control codes, and marks that reorder the text around them (Unicode Annex 9 §2).
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOTHING = Text("no results", "aucun résultat")
_YES, _NO = Text("yes", "oui"), Text("no", "non")
_CUT = Text("only the first {n} are shown", "seuls les {n} premiers sont affichés")
_CUT_AT_ONE = Text("only the first is shown", "seul le premier est affiché")


def table(
    result: Result,
    *,
    width: int = 80,
    colour: bool = False,
    language: Language = "en",
    base: str = DEFAULT_BASE,
) -> str:
    """`result` for people: in lines of at most `width` terminal columns, with a final line end.

    IRIs are shown short (`short_iri`); long values wrap, very long ones end in an ellipsis; control
    characters are replaced. On a terminal too narrow for the columns, each row becomes a list of
    its values. Says so if there is nothing, or if the answer was cut.

    >>> print(table(Truth(True), language="fr"), end="")
    oui
    """
    if isinstance(result, Truth):
        return (_YES if result.value else _NO).in_language(language) + "\n"
    if isinstance(result, Rows):
        names, rows = result.variables, result.rows
    else:
        names = ("subject", "predicate", "object")
        rows = tuple((part.subject, part.predicate, part.object) for part in result.triples)
    if not rows:
        return _NOTHING.in_language(language) + "\n"
    cells = [[cell(term, base) for term in row] for row in rows]
    width = max(width, 1)
    widths = _widths(names, cells, width)
    drawn = [_grid(names, cells, rows, widths)] if widths else _records(names, cells, width)
    lines = _lines(drawn, width, colour=colour)
    if result.truncated:
        cut = _CUT_AT_ONE if len(rows) == 1 else _CUT
        lines.append(cut.in_language(language, n=len(rows)))
    return "\n".join(lines) + "\n"


def cell(term: Term | None, base: str) -> str:
    """`term` as one safe line of text: IRIs short, control characters replaced."""
    import pyoxigraph

    if term is None:
        return ""
    if isinstance(term, pyoxigraph.NamedNode):
        text = short_iri(term.value, base)
    else:
        text = term.value if isinstance(term, pyoxigraph.Literal) else str(term)
    text = _UNSAFE.sub("\ufffd", _BREAKS.sub(" ", text))
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _grid(
    names: Sequence[str],
    cells: Sequence[Sequence[str]],
    rows: Sequence[Sequence[Term | None]],
    widths: Sequence[int],
) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, (name, columns) in enumerate(zip(names, widths, strict=True)):
        numbers = all(_is_number(row[index]) for row in rows)
        side: Literal["left", "right"] = "right" if numbers else "left"
        grid.add_column(Cell(name), overflow="fold", justify=side, width=columns)
    for row in cells:
        grid.add_row(*(Cell(text) for text in row))
    return grid


def _widths(names: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide each column is: as its longest value, but the widest give way until all fit.

    No column is narrower than its heading, or too narrow to read; None if that cannot be.

    >>> _widths(["a", "long"], [["x" * 90, "y"]], 20)
    [13, 4]
    """
    columns = [[cell_len(text) for text in column] for column in zip(names, *cells, strict=True)]
    wanted = [max(lengths) for lengths in columns]
    least = [max(lengths[0], min(max(lengths), _READABLE)) for lengths in columns]
    room = width - _GAP * (len(names) - 1)
    for limit in range(max(wanted), -1, -1):
        widths = [min(want, max(low, limit)) for want, low in zip(wanted, least, strict=True)]
        if sum(widths) <= room:
            return widths
    return None


def _records(
    names: Sequence[str], cells: Iterable[Sequence[str]], width: int
) -> Iterator[Table | str]:
    """Each row as a list of names and values, with an empty line between rows."""
    whole_names = max(map(len, names)) + _READABLE <= width
    for index, row in enumerate(cells):
        if index:
            yield ""
        record = Table.grid(padding=(0, 1))
        record.add_column(overflow="fold", style="bold", no_wrap=whole_names)
        record.add_column(overflow="fold")
        for name, text in zip(names, row, strict=True):
            record.add_row(Cell(name), Cell(text))
        yield record


def _is_number(term: Term | None) -> bool:
    import pyoxigraph

    if not isinstance(term, pyoxigraph.Literal):
        return term is None
    return term.datatype.value.endswith(("#integer", "#decimal", "#double"))


def _lines(drawn: Iterable[Table | str], width: int, *, colour: bool) -> list[str]:
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as captured:
        for item in drawn:
            console.print(item)
    return [line.rstrip() for line in captured.get().splitlines()]
