"""The prefixes that the project writes, and the short forms in which people read its IRIs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

DEFAULT_BASE = "https://w3id.org/ds2026/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "ds": f"{DEFAULT_BASE}ontology#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "vann": "http://purl.org/vocab/vann/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
_ENTITY = re.compile(r"(?:strategy|mission|commitment|actor)/([^/]+)")
_LOCAL_NAME = re.compile(r"[\w-]+")


def short_iri(iri: str, base: str = DEFAULT_BASE) -> str:
    """`iri` as people say it: an entity by its key, a term by its prefix, anything else in full.

    >>> short_iri("https://w3id.org/ds2026/id/commitment/3.2a")
    '3.2a'
    >>> short_iri("https://w3id.org/ds2026/id/status/in-progress")
    'status/in-progress'
    >>> short_iri("http://www.w3.org/2004/02/skos/core#prefLabel")
    'skos:prefLabel'
    """
    if iri.startswith(f"{base}id/"):
        local = iri.removeprefix(f"{base}id/")
        entity = _ENTITY.fullmatch(local)
        return entity[1] if entity else local
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
