"""Statements as the rdflib graph that pyshacl reads.

It judges a graph over rdflib's own memory store; over any other store it is many times slower.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult

from ds2026kg.validation.shapes import unusable_shapes
from ds2026kg.validation.terms import Terms, triples


class DataGraph(Graph):
    """An rdflib graph that reads the text of each SPARQL query once.

    pyshacl asks the same text again for every focus node, and rdflib spends five sixths of the
    time of such a query on parsing it.
    """

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: object, **options: object) -> QueryResult:
        """As of any rdflib graph."""
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = _prepared(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **options)  # type: ignore[arg-type]


def _prepared(text: str) -> Query:
    try:
        query = prepareQuery(text)
    except Exception as error:  # rdflib has no one error for a query that it cannot read
        reason = f"{error}\n{text.strip()}"
        raise unusable_shapes(reason) from error
    if query.algebra.datasetClause:
        raise unusable_shapes(_NO_FROM)
    return query


_NO_FROM = "a constraint judges one graph; FROM would fetch another"


def data_graph(quads: Iterable[ox.Quad], terms: Terms) -> DataGraph:
    """The union of all graphs of `quads`, as SHACL judges one graph (SHACL §1.4)."""
    graph = DataGraph()
    for triple in triples(quads, terms):
        # Straight into the store: Graph.add checks again what pyoxigraph's types assure.
        graph.store.add(triple, graph)
    return graph
