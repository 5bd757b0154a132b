"""What the service and its data say of themselves: SPARQL 1.1 Service Description, and VoID."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode, Triple

from ds2026kg.catalog.facts import Facts
from ds2026kg.catalog.void import (
    DCTERMS,
    FOAF,
    FORMATS,
    VOID,
    Description,
    integer,
    void_triples,
    written,
)
from ds2026kg.query.rdf import RDF_FORMATS
from ds2026kg.server.media import GRAPHS

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_PREFIXES = {"sd": _SD, "void": VOID, "dcterms": DCTERMS, "foaf": FOAF, "formats": FORMATS}
# https://www.w3.org/ns/formats/ has a name for each format.
_RESULT_FORMATS = tuple(
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV"
    " Turtle N-Triples N-Quads TriG JSON-LD RDF_XML".split()
)
_LANGUAGE = "SPARQL11Query"


@lru_cache(maxsize=64)
def service_description(endpoint: str, facts: Facts, media_type: str) -> bytes:
    """The description of the service at `endpoint` (SPARQL 1.1 Service Description §3).

    Its default graph is the union of all graphs. No node is blank, so that it is the same each time.
    """
    return _written(_service(endpoint, facts), media_type)


@lru_cache(maxsize=64)
def void_description(site: str, base: str, licence: str, facts: Facts, media_type: str) -> bytes:
    """The description of the data set at `site` (VoID §6, found at /.well-known/void, §7.2).

    `base` is what its entities are named under, `licence` the IRI of its licence.
    """
    document = f"{site}/.well-known/void"
    told = Description(
        iri=f"{document}#dataset",
        document=document,
        parts=f"{document}#",
        base=base,
        licence=licence,
        endpoint=f"{site}/sparql",
        dumps=(f"{site}/graphs?default",),
        facts=facts,
    )
    return _written(void_triples(told), media_type)


def _service(endpoint: str, facts: Facts) -> Iterator[Triple]:
    service, dataset = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset")
    default = NamedNode(f"{endpoint}#default-graph")
    yield Triple(service, _iri(_RDF, "type"), _iri(_SD, "Service"))
    yield Triple(service, _iri(_SD, "endpoint"), service)
    yield Triple(service, _iri(_SD, "supportedLanguage"), _iri(_SD, _LANGUAGE))
    yield Triple(service, _iri(_SD, "feature"), _iri(_SD, "UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield Triple(service, _iri(_SD, "resultFormat"), _iri(FORMATS, name))
    yield Triple(service, _iri(_SD, "defaultDataset"), dataset)
    yield Triple(service, _iri(_SD, "availableGraphs"), dataset)
    yield Triple(dataset, _iri(_RDF, "type"), _iri(_SD, "Dataset"))
    yield Triple(dataset, _iri(_RDF, "type"), _iri(_SD, "GraphCollection"))
    yield Triple(dataset, _iri(_SD, "defaultGraph"), default)
    numbered = list(enumerate(facts.graphs, 1))
    for number, _graph in numbered:
        yield Triple(
            dataset, _iri(_SD, "namedGraph"), NamedNode(f"{endpoint}#named-graph-{number}")
        )
    yield Triple(default, _iri(_RDF, "type"), _iri(_SD, "Graph"))
    yield Triple(default, _iri(VOID, "triples"), integer(facts.triples))
    for number, (name, triples) in numbered:
        named = NamedNode(f"{endpoint}#named-graph-{number}")
        graph = NamedNode(f"{endpoint}#graph-{number}")
        yield Triple(named, _iri(_RDF, "type"), _iri(_SD, "NamedGraph"))
        yield Triple(named, _iri(_SD, "name"), NamedNode(name))
        yield Triple(named, _iri(_SD, "graph"), graph)
        yield Triple(graph, _iri(_RDF, "type"), _iri(_SD, "Graph"))
        yield Triple(graph, _iri(VOID, "triples"), integer(triples))


def _written(triples: Iterator[Triple], media_type: str) -> bytes:
    return written(triples, RDF_FORMATS[GRAPHS[media_type]], _PREFIXES)


def _iri(namespace: str, name: str) -> NamedNode:
    return NamedNode(namespace + name)
