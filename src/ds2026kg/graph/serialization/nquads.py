"""RDF 1.1 N-Quads and N-Triples, sorted by bytes.

The data set has no blank nodes, so its sorted N-Quads are its canonical form (RDFC-1.0 §5).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import RdfFormat

from ds2026kg.graph.canonical import sorted_lines
from ds2026kg.graph.dataset import quads
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import StrategyGraph


def write_nquads(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The data set with its named graphs as N-Quads, held whole because it is sorted.

    Raises `DataError` for a value that RDF cannot carry.
    """
    yield sorted_lines(quads(graph, vocabulary), RdfFormat.N_QUADS)


def write_ntriples(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The union of both graphs as N-Triples, held whole because it is sorted.

    Raises `DataError` for a value that RDF cannot carry.
    """
    yield sorted_lines(quads(graph, vocabulary), RdfFormat.N_TRIPLES)
