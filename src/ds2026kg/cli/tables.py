"""Tables that commands print, drawn by the query room's table writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal

from ds2026kg.cli.console import CONSOLE
from ds2026kg.findings import Text
from ds2026kg.graph.explanation import Explanation
from ds2026kg.query.named import NamedQuery
from ds2026kg.query.run import Rows
from ds2026kg.query.table import table
from ds2026kg.strategy import Basis

_BASIS = {
    Basis.ASSERTED: Text("asserted", "affirmé"),
    Basis.DERIVED: Text("derived", "déduit"),
}


def explanation_table(entity: str, rows: Sequence[Explanation]) -> str:
    """Every statement about `entity`, one a row, with note, line and words."""
    names = (
        Text("statement", "énoncé"),
        Text("value", "valeur"),
        Text("basis", "origine"),
        Text("where", "où"),
        Text("words", "mots"),
    )
    cells = []
    for row in rows:
        about = row.term if row.subject == entity else f"{row.subject} {row.term}"
        value = f"{row.value} [{row.language}]" if row.language else row.value
        basis = CONSOLE.say(_BASIS[row.basis])
        # The words behind an asserted text are that text: no need to print it twice.
        words = "=" if row.words == row.value else row.words or ""
        cells.append((about, value, basis, str(row.span or ""), words))
    return _drawn([CONSOLE.say(name) for name in names], cells)


def queries_table(queries: Mapping[str, NamedQuery]) -> str:
    """The named queries, with what each answers and its parameters."""
    names = (Text("query", "requête"), Text("answers", "réponse"), Text("parameters", "paramètres"))
    cells = [
        (
            name,
            CONSOLE.say(query.title),
            ", ".join(parameter.name for parameter in query.parameters),
        )
        for name, query in queries.items()
    ]
    return _drawn([CONSOLE.say(name) for name in names], cells)


def _drawn(names: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    rows = tuple(tuple(Literal(cell) for cell in row) for row in cells)
    return table(
        Rows(tuple(names), rows),
        width=CONSOLE.width,
        colour=CONSOLE.colour(),
        language=CONSOLE.language,
    )
