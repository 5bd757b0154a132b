"""The same RDF terms in pyoxigraph and in rdflib.

Terms keep their lexical forms, which rdflib would rewrite: a report must quote what the note says.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from ds2026kg.validation.result import Term

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LOGGERS = ("pyshacl-validate", "rdflib", "rdflib.term")


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


def triples(quads: Iterable[ox.Quad], terms: Terms) -> Iterator[tuple[Node, Node, Node]]:
    """`quads` of whatever graphs as rdflib's triples.

    Triple terms of RDF 1.2, which SHACL does not know, are left out.
    """
    node = terms.node
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple):
            yield node(subject), node(quad.predicate), node(value)


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
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == _XSD_STRING:  # rdflib keeps "x" and "x"^^xsd:string apart; RDF 1.1 does not
        return Literal(term.value)
    node = Literal(term.value, datatype=URIRef(datatype), normalize=False)
    return IllTyped(node) if node.ill_typed else node


class IllTyped(Literal):
    """A literal whose text is none of its datatype's: nothing is less or more than it.

    So SPARQL 1.1 §17.3 has it, and so SHACL's comparisons (SHACL §4.5.3). rdflib orders such a
    literal by its text, or raises TypeError, which would end pyshacl.

    >>> from rdflib import XSD
    >>> soon = IllTyped(Literal("soon", datatype=XSD.date, normalize=False))
    >>> soon <= Literal("2026-01-01", datatype=XSD.date)
    False
    """

    def __new__(cls, literal: Literal) -> IllTyped:
        """`literal`, its text untouched."""
        node = super().__new__(cls, str(literal), datatype=literal.datatype, normalize=False)
        assert isinstance(node, cls)  # noqa: S101 - what `object.__new__` assures
        return node

    __slots__ = ()

    def _incomparable(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _incomparable


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


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps rdflib and pyshacl from writing to standard error: what they have to say is a result.

    rdflib logs a traceback for each ill-typed literal, which a shape will report.
    """
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
