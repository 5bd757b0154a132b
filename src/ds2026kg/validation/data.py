"""Statements as the rdflib graph that pyshacl reads.

It judges a graph over rdflib's own memory store; over any other store it is many times slower.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import NamespaceManager
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult

from ds2026kg.validation.constraint_queries import prepared
from ds2026kg.validation.terms import Terms, triples


class DataGraph(Graph):
    """An rdflib graph that reads the text of each SPARQL query once, and shortens no IRI.

    pyshacl asks the same text again for every focus node, and rdflib spends five sixths of the
    time of such a query on parsing it. It also writes a message for every result, with short
    names for which rdflib compares each IRI with all that it has met; nobody reads them.
    """

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self.namespace_manager = _FullNames(self, bind_namespaces="none")
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: object, **options: object) -> QueryResult:
        """As of any rdflib graph."""
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepared(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **options)  # type: ignore[arg-type]


class _FullNames(NamespaceManager):
    """Writes every IRI in full."""

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803 - rdflib's own names
        """`rdfTerm` as SPARQL and Turtle write it without prefixes."""
        return f"<{rdfTerm}>"


def data_graph(quads: Iterable[ox.Quad], terms: Terms) -> DataGraph:
    """The union of all graphs of `quads`, as SHACL judges one graph (SHACL §1.4)."""
    graph = DataGraph()
    for triple in triples(quads, terms):
        # Straight into the store: Graph.add checks again what pyoxigraph's types assure.
        graph.store.add(triple, graph)
    return graph
