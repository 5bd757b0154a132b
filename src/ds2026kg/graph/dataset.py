"""The whole data set as quads in named graphs, or as the triples of their union."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad, Triple

from ds2026kg.graph.mapping import entity_statements, provenance_statements
from ds2026kg.graph.statement import Statement
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.memory import FORGETFUL, Memory
from ds2026kg.strategy.model import StrategyGraph


def statements(
    graph: StrategyGraph, vocabulary: Vocabulary, memory: Memory = FORGETFUL
) -> Iterator[Statement]:
    """Every statement with its span: the strategy graph first, then the provenance graph.

    `memory` keeps the statements about entities that are the same again.
    """
    for state in (entity_statements, provenance_statements):
        for entity in graph:
            yield from memory.recall(
                (state.__name__, entity.id),
                (entity, vocabulary),
                lambda: tuple(state(entity, vocabulary)),  # noqa: B023 - it is called at once
            )


def quads(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Every quad, in the named graphs `<base>graph/strategy` and `<base>graph/provenance`."""
    return (statement.quad for statement in statements(graph, vocabulary))


def union(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Every triple of both graphs, each once: the graphs share none."""
    return (statement.quad.triple for statement in statements(graph, vocabulary))
