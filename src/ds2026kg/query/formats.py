"""Answers written out: the SPARQL 1.1 result formats, RDF, and a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from ds2026kg.errors import QueryError
from ds2026kg.findings import Language, Text
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.query.rdf import graph_as
from ds2026kg.query.run import Result, Rows, Triples, Truth
from ds2026kg.query.table import table

RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS = {"turtle": "ttl", "jsonld": "jsonld"}

# Which formats fit which answer. The CSV and TSV format has no boolean (SPARQL 1.1 CSV/TSV, §1).
FORMATS: Mapping[type[Result], tuple[str, ...]] = MappingProxyType(
    {
        Rows: ("table", "csv", "tsv", "json", "xml"),
        Truth: ("table", "json", "xml"),
        Triples: ("table", "turtle", "jsonld"),
    }
)
_KINDS = {
    Rows: Text("the rows of SELECT", "les lignes d’un SELECT"),
    Truth: Text("the yes or no of ASK", "le oui ou non d’un ASK"),
    Triples: Text("the graph of CONSTRUCT or DESCRIBE", "le graphe d’un CONSTRUCT ou DESCRIBE"),
}


def written(
    result: Result,
    format_name: str,
    *,
    width: int = 80,
    colour: bool = False,
    language: Language = "en",
    base: str = DEFAULT_BASE,
) -> bytes:
    """`result` in the format of that name, as UTF-8.

    "csv", "tsv", "json" and "xml" are the SPARQL 1.1 Query Results formats, written by the engine.
    CSV is the standard's, unchanged: no cell that starts with = is altered for spreadsheets.
    "turtle" and "jsonld" (expanded) are for graphs. `width` (columns), `colour` and `language` are
    for "table". Raises `QueryError`, naming those that fit, for a format that does not fit.

    >>> written(Truth(True), "json")
    b'{"head":{},"boolean":true}'
    """
    fitting = FORMATS[type(result)]
    if format_name not in fitting:
        kind, names = _KINDS[type(result)], ", ".join(fitting)
        raise QueryError(
            Text(
                f"{format_name} is no format for {kind.en}",
                f"{format_name} n’est pas un format pour {kind.fr}",
            ),
            remedy=Text(f"use one of: {names}", f"choisissez parmi\u00a0: {names}"),
        )
    if format_name == "table":
        return table(result, width=width, colour=colour, language=language, base=base).encode()
    if isinstance(result, Triples):
        return graph_as(result.triples, _GRAPHS[format_name])
    return _replayed(result).serialize(format=RESULTS[format_name]) or b""


def _replayed(result: Rows | Truth) -> QuerySolutions | QueryBoolean:
    """`result` as the engine's own results again, which alone it can write.

    Rows go through TSV, whose cells are terms as N-Triples writes them (SPARQL 1.1 CSV/TSV, §4).
    """
    if isinstance(result, Truth):
        value = "true" if result.value else "false"
        return parse_query_results(
            f'{{"head":{{}},"boolean":{value}}}'.encode(), QueryResultsFormat.JSON
        )
    lines = ["\t".join(f"?{variable}" for variable in result.variables)]
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in result.rows]
    return parse_query_results("\n".join([*lines, ""]).encode(), QueryResultsFormat.TSV)
