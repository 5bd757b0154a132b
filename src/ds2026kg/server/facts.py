"""What there is to say of the served data as a whole, counted once when they are loaded."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ds2026kg.catalog.facts import Facts as Facts

_USES = """
SELECT ?term (COUNT(DISTINCT ?s) AS ?count) { ?s a ?term FILTER(isIRI(?term)) } GROUP BY ?term
"""
_PROPERTIES = """
SELECT ?term (COUNT(*) AS ?count) { SELECT DISTINCT ?s ?term ?o { ?s ?term ?o } } GROUP BY ?term
"""
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?count) { ?s ?p ?o }"
_OBJECTS = "SELECT (COUNT(DISTINCT ?o) AS ?count) { ?s ?p ?o }"


def facts_of(store: Store) -> Facts:
    """Count what is in `store`.

    >>> from pyoxigraph import Quad
    >>> a, b, g = NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:g")
    >>> store = Store()
    >>> store.add(Quad(a, b, a, g))
    >>> facts_of(store)  # doctest: +NORMALIZE_WHITESPACE
    Facts(triples=1, subjects=1, objects=1, graphs=(('urn:g', 1),), classes=(),
          properties=(('urn:b', 1),))
    """
    graphs = sorted(
        (graph.value, sum(1 for _ in store.quads_for_pattern(None, None, None, graph)))
        for graph in store.named_graphs()
        if isinstance(graph, NamedNode)
    )
    properties = _counts(store, _PROPERTIES)
    return Facts(
        triples=sum(count for _, count in properties),
        subjects=_count(store, _SUBJECTS),
        objects=_count(store, _OBJECTS),
        graphs=tuple(graphs),
        classes=_counts(store, _USES),
        properties=properties,
    )


def _solutions(store: Store, query: str) -> QuerySolutions:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - for the type checker: SELECT gives rows
    return found


def _counts(store: Store, query: str) -> tuple[tuple[str, int], ...]:
    rows = ((row["term"], row["count"]) for row in _solutions(store, query))
    return tuple(sorted((_value(term), int(_value(count))) for term, count in rows))


def _count(store: Store, query: str) -> int:
    return sum(int(_value(row["count"])) for row in _solutions(store, query))


def _value(term: Any) -> str:
    assert isinstance(term, (NamedNode, Literal))  # noqa: S101 - for the type checker
    return term.value
