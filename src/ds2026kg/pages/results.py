"""The answer to a query as a page, for whoever asks without a script or an editor.

A stored query is named by `name` and takes its parameters from the form; any other comes as `query`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.pages.kind import Content, Kind, Visit
from ds2026kg.pages.view import Said, Term
from ds2026kg.query.bars import is_number
from ds2026kg.query.named import NamedQuery, load_queries, parse_query
from ds2026kg.query.prefixes import short_iri
from ds2026kg.query.run import Result, Rows, Triples, Truth, run
from ds2026kg.resources import resource_folder

MOST: Final = 1000
"""Rows that a page shows; the endpoint gives more."""

_WORDS: Mapping[str, Text] = {
    "answer": Text("Answer", "Réponse"),
    "yes": Text("Yes", "Oui"),
    "no": Text("No", "Non"),
    "none": Text("The query has no answer in these data.", "Rien n’y répond dans ces données."),
    "cut": Text(
        f"Only the first {MOST} rows are shown; the endpoint gives more.",
        f"Seules les {MOST} premières lignes sont montrées; le point SPARQL en donne plus.",
    ),
    "asked": Text("What was asked", "Ce qui a été demandé"),
    "change": Text("Change the query", "Modifier la requête"),
}
_TITLE = Text("Answer to a query", "Réponse à une requête")
_TRIPLE = ("subject", "predicate", "object")


class Cell(NamedTuple):
    """A value in the table: its words, what opens under it, and whether it is a number."""

    said: Said
    address: str | None = None
    number: bool = False


def _content(visit: Visit) -> Content | None:
    if not visit.publication.live:
        return None
    sent = {name: value for name, value in (visit.parameters or {}).items() if value.strip()}
    same_question = f"?{urlencode(sent)}"  # the other language is asked the same
    asked = _asked(sent)
    view = visit.view
    result = run(
        view.store,
        asked,
        parameters=sent,
        language=view.language,
        base=view.base,
        timeout=None,  # whoever serves the page has a limit of its own
        max_rows=MOST,
    )
    title = (asked.title if asked.title.en else _TITLE).in_language(view.language)
    names, rows, cut = _table(result)
    shown = {name: said.in_language(view.language) for name, said in asked.columns}
    values = {
        "truth": result.value if isinstance(result, Truth) else None,
        "names": [shown.get(name, name) for name in names],
        "rows": [[_cell(term, visit) for term in row] for row in rows],
        "cut": cut,
        "same_question": same_question,
        "asked": asked,
        "editor": {"name": asked.name} if asked.name else {"query": asked.text},
    }
    return Content(
        title=Said(title, view.language),
        summary=title,
        values=values,
        structured={"@type": "SearchResultsPage", "name": title},
        listed=False,
    )


def _asked(sent: dict[str, str]) -> NamedQuery:
    """The query that a form has sent; what is left in `sent` are its parameters.

    A field that was left empty is as one that was not sent.
    """
    name, text = sent.pop("name", ""), sent.pop("query", "")
    stored = load_queries(resource_folder("queries"))
    if name in stored:
        return stored[name]
    if name or not text.strip():
        raise QueryError(
            Text("no query was sent", "aucune requête n’a été envoyée"),
            remedy=Text("write one, or choose one", "écrivez-en une, ou choisissez-en une"),
        )
    return parse_query("", text)


def _table(result: Result) -> tuple[Sequence[str], Sequence[Sequence[Term | None]], bool]:
    """The names of the columns, the rows, and whether there were more."""
    if isinstance(result, Rows):
        return result.variables, result.rows, result.truncated
    if isinstance(result, Triples):
        rows = [(each.subject, each.predicate, each.object) for each in result.triples]
        return _TRIPLE, rows, result.truncated
    return (), (), False


def _cell(term: Term | None, visit: Visit) -> Cell:
    if term is None:
        return Cell(Said(""))
    if isinstance(term, NamedNode):
        address = visit.view.address(term, visit.addresses)
        return Cell(Said(short_iri(term.value, visit.view.base)), address)
    if isinstance(term, Literal):
        return Cell(Said(term.value, term.language or ""), number=is_number(term))
    return Cell(Said(str(term)))


RESULTS = Kind("results", "results.html", _content, lambda _view, _publication: (), words=_WORDS)
