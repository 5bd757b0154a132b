"""The formats in which a graph is published, one module each, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ds2026kg.graph.serialization.csv import write_csv
from ds2026kg.graph.serialization.csvw import METADATA_FILE, TABLE_FILE, write_csvw
from ds2026kg.graph.serialization.jsonld import write_context, write_jsonld
from ds2026kg.graph.serialization.merging import merge_turtle
from ds2026kg.graph.serialization.nquads import write_nquads, write_ntriples
from ds2026kg.graph.serialization.rdfxml import write_rdfxml
from ds2026kg.graph.serialization.trig import write_trig
from ds2026kg.graph.serialization.turtle import write_turtle
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import StrategyGraph

__all__ = [
    "FORMATS",
    "METADATA_FILE",
    "TABLE_FILE",
    "Format",
    "merge_turtle",
    "write_context",
    "write_csvw",
]

Writer = Callable[[StrategyGraph, Vocabulary], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name in settings, its media type (IANA), its file in `dist/`, its writer.

    The writer yields the file in chunks of bytes; the same graph always gives the same bytes.
    """

    name: str
    extension: str
    media_type: str
    writer: Writer
    file: str


def _format(name: str, media_type: str, writer: Writer, file: str = "") -> Format:
    return Format(name, name, media_type, writer, file or f"ds2026.{name}")


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        known.name: known
        for known in (
            _format("ttl", "text/turtle", write_turtle),
            _format("jsonld", "application/ld+json", write_jsonld),
            _format("nt", "application/n-triples", write_ntriples),
            _format("nq", "application/n-quads", write_nquads),
            _format("trig", "application/trig", write_trig),
            _format("rdf", "application/rdf+xml", write_rdfxml),
            _format("csv", "text/csv", write_csv, TABLE_FILE),
        )
    }
)
"""Every format that `build --format` knows, by name."""
