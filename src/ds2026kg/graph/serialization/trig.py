"""RDF 1.1 TriG: the two named graphs, each laid out as Turtle is."""

from __future__ import annotations

from collections.abc import Iterator

from ds2026kg.graph.mapping import PROVENANCE_GRAPH, STRATEGY_GRAPH
from ds2026kg.graph.serialization.names import Names, prefixes_used
from ds2026kg.graph.serialization.turtle import header, provenance_blocks, strategy_blocks
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import StrategyGraph


def write_trig(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The data set as TriG, in UTF-8, the strategy graph before the provenance graph.

    Raises `DataError` for a value that RDF cannot carry.
    """
    prefixes = prefixes_used(graph, vocabulary)
    names = Names(vocabulary, prefixes)
    yield header(vocabulary, prefixes).encode()
    for name, blocks in (
        (STRATEGY_GRAPH, strategy_blocks(graph, vocabulary, names)),
        (PROVENANCE_GRAPH, provenance_blocks(graph, vocabulary, names)),
    ):
        yield f"\n<{vocabulary.graph(name)}> {{\n".encode()
        for block in blocks:
            yield block.encode()
        yield b"}\n"
