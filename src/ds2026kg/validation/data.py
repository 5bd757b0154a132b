"""Statements as the rdflib graph that pyshacl reads, and its terms back again.

pyshacl judges an rdflib graph over rdflib's own memory store; over any other store it is many
times slower. Terms keep their lexical forms: a report must quote what the note says.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from ds2026kg.validation.result import Term
from ds2026kg.validation.shapes import unusable_shapes

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Terms:
    """The same RDF terms in pyoxigraph and in rdflib, each made once."""

    def __init__(self) -> None:
        self._nodes: dict[Term, Node] = {}
        self._terms: dict[Node, Term] = {}

    def node(self, term: Term) -> Node:
        """`term` of pyoxigraph in rdflib, its lexical form untouched."""
        node = self._nodes.get(term)
        if node is None:
            node = self._nodes[term] = rdflib_node(term)
            self._terms[node] = term
        return node

    def term(self, node: Node) -> Term:
        """`node` of rdflib in pyoxigraph: the very term it was made from, if there was one."""
        return self._terms.get(node) or pyoxigraph_term(node)


def rdflib_node(term: Term) -> Node:
    """The rdflib node that equals a pyoxigraph term.

    >>> rdflib_node(ox.Literal("01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#int")))
    rdflib.term.Literal('01', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#int'))
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language is not None:
        return Literal(term.value, lang=term.language, normalize=False)
    datatype = term.datatype.value
    if datatype == _XSD_STRING:  # rdflib keeps "x" and "x"^^xsd:string apart; RDF 1.1 does not
        return Literal(term.value, normalize=False)
    return Literal(term.value, datatype=URIRef(datatype), normalize=False)


def pyoxigraph_term(node: Node) -> Term:
    """The pyoxigraph term that equals an rdflib node."""
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        datatype = str(node.datatype) if node.datatype else _XSD_STRING
        return ox.Literal(str(node), datatype=ox.NamedNode(datatype))
    return ox.BlankNode(str(node))


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
    """The union of all graphs of `quads`, as SHACL judges one graph (SHACL §1.4).

    Triple terms of RDF 1.2, which SHACL does not know, are left out.
    """
    graph = DataGraph()
    store, node = graph.store, terms.node
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            continue
        # Straight into the store: Graph.add checks again what pyoxigraph's types assure.
        store.add((node(subject), node(quad.predicate), node(value)), graph)
    return graph
