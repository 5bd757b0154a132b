"""The media types that answers come in, the preferred ones first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from ds2026kg.server.negotiation import best_media_type

HTML: Final = "text/html"
PROBLEM_JSON: Final = "application/problem+json"

ROWS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/json": "json",
        "application/sparql-results+xml": "xml",
        "application/xml": "xml",
        "text/xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
    }
)
"""For SELECT (SPARQL 1.1 Query Results JSON, XML, CSV and TSV)."""

TRUTH: Mapping[str, str] = MappingProxyType(
    {media_type: form for media_type, form in ROWS.items() if form in ("json", "xml")}
)
"""For ASK: CSV and TSV have no boolean (SPARQL 1.1 CSV/TSV §1)."""

GRAPHS: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "ttl",
        "application/n-triples": "nt",
        "text/plain": "nt",
        "application/n-quads": "nq",
        "application/trig": "trig",
        "application/ld+json": "jsonld",
        "application/json": "jsonld",
        "application/rdf+xml": "rdf",
        "application/xml": "rdf",
    }
)
"""For CONSTRUCT, DESCRIBE and whole graphs."""


class Wanted(NamedTuple):
    """The media type for each kind of answer, since only the parser knows which kind comes.

    It is None where the client takes none that fits.
    """

    rows: str | None
    truth: str | None
    graph: str | None


def wanted(accept: str | None) -> Wanted:
    """What an Accept header says of each kind of answer.

    >>> wanted("text/csv")
    Wanted(rows='text/csv', truth=None, graph=None)
    """
    rows, truth, graph = (best_media_type(accept, list(kind)) for kind in (ROWS, TRUTH, GRAPHS))
    return Wanted(rows, truth, graph)
