"""RDF 1.1 N-Quads and N-Triples, sorted by bytes.

The lines are in canonical form, and the data set has no blank nodes, so the sorted N-Quads are the
canonical form of the data set (RDFC-1.0 §5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ds2026kg.graph.description import (
    Description,
    Property,
    describe,
    describe_evidence,
    describe_record,
)
from ds2026kg.graph.mapping import PROVENANCE_GRAPH, STRATEGY_GRAPH
from ds2026kg.graph.namespaces import RDF_TYPE, XSD_DATE, XSD_INTEGER
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import Kind, StrategyGraph

# What canonical N-Triples escapes: quotes, backslashes, and what XML 1.1 has no character for.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
_SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}
_DATATYPES = {Kind.DATE: f"^^<{XSD_DATE}>", Kind.INTEGER: f"^^<{XSD_INTEGER}>"}


def write_nquads(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The data set with its named graphs as N-Quads, held whole because it is sorted.

    Raises `DataError` for a value that RDF cannot carry.
    """
    lines = _Lines(vocabulary)
    strategy, provenance = (
        f" <{vocabulary.graph(name)}>" for name in (STRATEGY_GRAPH, PROVENANCE_GRAPH)
    )
    yield _sorted(lines.of_graph(graph, strategy, provenance))


def write_ntriples(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The union of both graphs as N-Triples, held whole because it is sorted.

    Raises `DataError` for a value that RDF cannot carry.
    """
    yield _sorted(_Lines(vocabulary).of_graph(graph, "", ""))


class _Lines:
    """Writes descriptions as lines, with the terms of the vocabulary written once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._predicates = {name: f" <{term.iri}> " for name, term in vocabulary.terms.items()}
        self._thing = lru_cache(maxsize=65536)(self._written_thing)

    def of_graph(
        self, graph: StrategyGraph, strategy_end: str, provenance_end: str
    ) -> Iterator[str]:
        """Every line, ended by the name of the graph it belongs to, if that is given."""
        for entity in graph:
            yield from self._of(describe(entity, self._vocabulary), strategy_end)
            yield from self._of(describe_record(entity, self._vocabulary), provenance_end)
            for description in describe_evidence(entity, self._vocabulary):
                yield from self._of(description, provenance_end)

    def _of(self, description: Description, end: str) -> Iterator[str]:
        subject = self._written_thing(description.id)
        for name in description.classes:
            yield f"{subject} <{RDF_TYPE}> <{self._vocabulary.classes[name]}>{end} .\n"
        for value in description.properties:
            yield f"{subject}{self._predicates[value.term]}{self._object(value)}{end} .\n"

    def _object(self, value: Property) -> str:
        kind = value.kind
        if kind is Kind.ENTITY or kind is Kind.CONCEPT:
            return self._thing(value.value)
        if kind is Kind.IRI:
            return f"<{value.value}>"
        text = _ESCAPED.sub(_escape, value.value)
        if value.language:
            return f'"{text}"@{value.language}'
        return f'"{text}"{_DATATYPES.get(kind, "")}'

    def _written_thing(self, local_id: str) -> str:
        return f"<{self._vocabulary.iri(local_id)}>"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _sorted(lines: Iterable[str]) -> bytes:
    """The lines by code point, which is the order of their bytes too."""
    return "".join(sorted(lines)).encode()
