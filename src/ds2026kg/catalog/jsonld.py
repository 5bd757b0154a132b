"""The JSON-LD of DCAT: its context, and nodes that are each stated once (JSON-LD 1.1 §4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ds2026kg.findings import Text

_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_TEXTS = (
    "dcat:keyword dcterms:description dcterms:title foaf:name rdfs:label skos:prefLabel vcard:fn"
).split()
_LINKS = (
    "adms:identifier dcat:accessURL dcat:contactPoint dcat:dataset dcat:distribution "
    "dcat:downloadURL dcat:endpointDescription dcat:endpointURL dcat:landingPage dcat:mediaType "
    "dcat:servesDataset dcat:service dcat:theme dcat:themeTaxonomy dcatap:availability "
    "dcterms:accrualPeriodicity dcterms:conformsTo dcterms:format dcterms:language dcterms:license "
    "dcterms:provenance dcterms:publisher dcterms:spatial dcterms:temporal dcterms:type "
    "foaf:homepage prov:wasDerivedFrom spdx:algorithm spdx:checksum vcard:hasEmail"
).split()
_DATATYPES = {
    "dcat:byteSize": "xsd:nonNegativeInteger",
    "dcat:endDate": "xsd:date",
    "dcat:startDate": "xsd:date",
    "dcterms:issued": "xsd:date",
    "dcterms:modified": "xsd:date",
    "spdx:checksumValue": "xsd:hexBinary",
}
CONTEXT: Final[Mapping[str, Any]] = {
    "@version": 1.1,
    **_PREFIXES,
    **{key: {"@id": key, "@container": "@language"} for key in _TEXTS},
    **{key: {"@id": key, "@type": "@id"} for key in _LINKS},
    **{key: {"@id": key, "@type": datatype} for key, datatype in _DATATYPES.items()},
}
"""What the keys mean. A document carries it within, so that nothing is fetched to read it."""


class Nodes:
    """The nodes of a document in the order in which they are first spoken of.

    >>> nodes = Nodes()
    >>> nodes.add("urn:a", "skos:Concept", {"skos:prefLabel": languages(Text("A", ""))})
    'urn:a'
    >>> nodes.document()["@graph"]
    [{'@id': 'urn:a', '@type': ['skos:Concept'], 'skos:prefLabel': {'en': 'A'}}]
    """

    def __init__(self) -> None:
        self._nodes: dict[str, dict[str, Any]] = {}

    def add(self, iri: str, types: str, properties: Mapping[str, Any] | None = None) -> str:
        """State of the node `iri` its `types`, with blanks between them; returns the IRI.

        Properties without a value are left out; what the node is already said to have stays.
        """
        node = self._nodes.setdefault(iri, {"@id": iri, "@type": []})
        node["@type"] += [each for each in types.split() if each not in node["@type"]]
        for key, value in (properties or {}).items():
            if value not in ("", None, [], {}):
                node.setdefault(key, value)
        return iri

    def document(self) -> dict[str, Any]:
        """All nodes as one JSON-LD document."""
        return {"@context": CONTEXT, "@graph": list(self._nodes.values())}


def languages(text: Text) -> dict[str, str]:
    """`text` as a language map (JSON-LD 1.1 §4.2.4), without the languages that it lacks."""
    return {language: words for language, words in text._asdict().items() if words}
