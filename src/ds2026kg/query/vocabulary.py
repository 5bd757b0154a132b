"""The vocabulary as documents: the ontology and the shapes that travel with the program."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, get_args

from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from ds2026kg.graph.canonical import canonical_dataset
from ds2026kg.graph.serialization import merge_turtle
from ds2026kg.query.prefixes import DEFAULT_BASE, PREFIXES
from ds2026kg.query.rdf import RDF_FORMATS
from ds2026kg.resources import resource_folder

Vocabulary = Literal["ontology", "shapes"]
VOCABULARIES: Final[tuple[Vocabulary, ...]] = get_args(Vocabulary)

_VERSION_IRI: Final = NamedNode("http://www.w3.org/2002/07/owl#versionIRI")


@lru_cache(maxsize=32)
def vocabulary(name: Vocabulary, form: str) -> bytes:
    """All of the ontology, or of the shapes, as `form`; "ttl" is their files as they were written.

    Raises `ConfigurationError` if the installation lacks them.
    """
    text = b"".join(merge_turtle(sorted(resource_folder(name).glob("*.ttl"))))
    if form == "ttl":
        return text
    # The parser names blank nodes at random, and these bytes are to be always the same.
    quads = canonical_dataset(parse(text, format=RdfFormat.TURTLE))
    triples = sorted((quad.triple for quad in quads), key=str)
    prefixes = PREFIXES if form == "rdf" else {}
    return serialize(triples, format=RDF_FORMATS[form], prefixes={**prefixes}) or b""


@lru_cache(maxsize=2)
def version(name: Vocabulary) -> str:
    """The version of the ontology, or of the shapes, as the last part of their version IRI.

    >>> version("ontology").count(".")
    2
    """
    root = NamedNode(f"{DEFAULT_BASE}{name}")
    found = parse(vocabulary(name, "ttl"), format=RdfFormat.TURTLE)
    versions = (q.object for q in found if (q.subject, q.predicate) == (root, _VERSION_IRI))
    return next(str(iri.value).rpartition("/")[2] for iri in versions if isinstance(iri, NamedNode))
