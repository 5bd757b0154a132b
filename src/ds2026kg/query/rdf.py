"""Triples written out in the formats that graphs are handed over in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pyoxigraph import RdfFormat, Triple, serialize

from ds2026kg.query.prefixes import PREFIXES

RDF_FORMATS: Mapping[str, RdfFormat] = MappingProxyType(
    {
        "ttl": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "nq": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
        "jsonld": RdfFormat.JSON_LD,
        "rdf": RdfFormat.RDF_XML,
    }
)
"""The engine's own name for each format, by the suffix of its files."""

_WITH_PREFIXES = frozenset({"ttl", "trig", "rdf"})


def graph_as(triples: Sequence[Triple], form: str) -> bytes:
    """`triples` in that order as `form`, a key of `RDF_FORMATS`, with those prefixes of ours they use.

    Raises `ValueError` for a predicate that RDF/XML has no name for (RDF 1.1 XML Syntax §7.2.5).

    >>> from pyoxigraph import NamedNode
    >>> graph_as([Triple(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))], "nt")
    b'<urn:a> <urn:b> <urn:c> .\\n'
    """
    text = " ".join(map(str, triples)) if form in _WITH_PREFIXES else ""
    used = {prefix: iri for prefix, iri in PREFIXES.items() if iri in text}
    return serialize(triples, format=RDF_FORMATS[form], prefixes=used) or b""
