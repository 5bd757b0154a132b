"""Entities as RDF statements, each with the place it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from ds2026kg.graph.description import (
    Description,
    Property,
    describe,
    describe_evidence,
    describe_record,
)
from ds2026kg.graph.namespaces import RDF_TYPE, XSD_DATE, XSD_INTEGER
from ds2026kg.graph.statement import Statement
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import Entity, Kind

STRATEGY_GRAPH: Final = "strategy"
PROVENANCE_GRAPH: Final = "provenance"

_DATATYPES = {Kind.DATE: NamedNode(XSD_DATE), Kind.INTEGER: NamedNode(XSD_INTEGER)}
_TYPE = NamedNode(RDF_TYPE)


def entity_statements(entity: Entity, vocabulary: Vocabulary) -> Iterator[Statement]:
    """What the strategy graph says of `entity`, in order.

    Raises `DataError` for a value that RDF cannot carry.
    """
    yield from _statements(describe(entity, vocabulary), vocabulary, STRATEGY_GRAPH)


def provenance_statements(entity: Entity, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Where the description of `entity` comes from (PROV-O), and on what each relation rests.

    That is: the dates of its record, the passages of the notes that describe it, and one
    rdf:Statement for each relation that may be asserted or derived.
    """
    yield from _statements(describe_record(entity, vocabulary), vocabulary, PROVENANCE_GRAPH)
    for description in describe_evidence(entity, vocabulary):
        yield from _statements(description, vocabulary, PROVENANCE_GRAPH)


def _statements(
    description: Description, vocabulary: Vocabulary, graph: str
) -> Iterator[Statement]:
    subject = NamedNode(vocabulary.iri(description.id))
    graph_name = _named(vocabulary.graph(graph))
    for name in description.classes:
        quad = Quad(subject, _TYPE, _named(vocabulary.classes[name]), graph_name)
        yield Statement(quad, description.span)
    for value in description.properties:
        predicate = _named(vocabulary.terms[value.term].iri)
        yield Statement(
            Quad(subject, predicate, _object(value, vocabulary), graph_name), value.span
        )


def _object(value: Property, vocabulary: Vocabulary) -> NamedNode | Literal:
    kind = value.kind
    if kind is Kind.ENTITY or kind is Kind.CONCEPT:
        return NamedNode(vocabulary.iri(value.value))
    if kind is Kind.IRI:
        return NamedNode(value.value)
    if value.language:
        return Literal(value.value, language=value.language)
    return Literal(value.value, datatype=_DATATYPES.get(kind))


@lru_cache(maxsize=1024)
def _named(iri: str) -> NamedNode:
    return NamedNode(iri)
