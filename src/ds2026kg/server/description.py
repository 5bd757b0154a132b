"""What the service and its data say of themselves: SPARQL 1.1 Service Description, and VoID."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ds2026kg.query.rdf import RDF_FORMATS
from ds2026kg.server.facts import Facts
from ds2026kg.server.media import GRAPHS

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_PREFIXES = {"sd": _SD, "void": _VOID, "dcterms": _DCTERMS, "foaf": _FOAF, "formats": _FORMATS}
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
    return _written(_dataset(site, base, licence, facts), media_type)


def _service(endpoint: str, facts: Facts) -> Iterator[Triple]:
    service, dataset = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset")
    default = NamedNode(f"{endpoint}#default-graph")
    yield Triple(service, _iri(_RDF, "type"), _iri(_SD, "Service"))
    yield Triple(service, _iri(_SD, "endpoint"), service)
    yield Triple(service, _iri(_SD, "supportedLanguage"), _iri(_SD, _LANGUAGE))
    yield Triple(service, _iri(_SD, "feature"), _iri(_SD, "UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield Triple(service, _iri(_SD, "resultFormat"), _iri(_FORMATS, name))
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
    yield Triple(default, _iri(_VOID, "triples"), _number(facts.triples))
    for number, (name, triples) in numbered:
        named = NamedNode(f"{endpoint}#named-graph-{number}")
        graph = NamedNode(f"{endpoint}#graph-{number}")
        yield Triple(named, _iri(_RDF, "type"), _iri(_SD, "NamedGraph"))
        yield Triple(named, _iri(_SD, "name"), NamedNode(name))
        yield Triple(named, _iri(_SD, "graph"), graph)
        yield Triple(graph, _iri(_RDF, "type"), _iri(_SD, "Graph"))
        yield Triple(graph, _iri(_VOID, "triples"), _number(triples))


def _dataset(site: str, base: str, licence: str, facts: Facts) -> Iterator[Triple]:
    document = NamedNode(f"{site}/.well-known/void")
    dataset = NamedNode(f"{document.value}#dataset")
    yield Triple(document, _iri(_RDF, "type"), _iri(_VOID, "DatasetDescription"))
    yield Triple(document, _iri(_FOAF, "primaryTopic"), dataset)
    yield Triple(dataset, _iri(_RDF, "type"), _iri(_VOID, "Dataset"))
    yield Triple(dataset, _iri(_DCTERMS, "license"), NamedNode(licence))
    yield Triple(dataset, _iri(_VOID, "sparqlEndpoint"), NamedNode(f"{site}/sparql"))
    yield Triple(dataset, _iri(_VOID, "dataDump"), NamedNode(f"{site}/graphs?default"))
    yield Triple(dataset, _iri(_VOID, "uriSpace"), Literal(f"{base}id/"))
    for term, count in (
        ("triples", facts.triples),
        ("distinctSubjects", facts.subjects),
        ("distinctObjects", facts.objects),
        ("classes", len(facts.classes)),
        ("properties", len(facts.properties)),
    ):
        yield Triple(dataset, _iri(_VOID, term), _number(count))
    for vocabulary in sorted({_namespace(iri) for iri, _count in facts.properties}):
        yield Triple(dataset, _iri(_VOID, "vocabulary"), NamedNode(vocabulary))
    parts = [
        ("class", "entities", facts.classes),
        ("property", "triples", facts.properties),
    ]
    for kind, counted, terms in parts:
        for number, (iri, count) in enumerate(terms, 1):
            part = NamedNode(f"{document.value}#{kind}-{number}")
            yield Triple(dataset, _iri(_VOID, f"{kind}Partition"), part)
            yield Triple(part, _iri(_VOID, kind), NamedNode(iri))
            yield Triple(part, _iri(_VOID, counted), _number(count))


def _written(triples: Iterator[Triple], media_type: str) -> bytes:
    form = RDF_FORMATS[GRAPHS[media_type]]
    # The engine groups only subjects that follow each other.
    order = list(triples)
    ranks = {triple.subject: rank for rank, triple in reversed(list(enumerate(order)))}
    grouped = sorted(order, key=lambda triple: ranks[triple.subject])
    prefixes = _PREFIXES if form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML) else {}
    return serialize(grouped, format=form, prefixes=prefixes) or b""


def _iri(namespace: str, name: str) -> NamedNode:
    return NamedNode(namespace + name)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=_iri(_XSD, "integer"))


def _namespace(iri: str) -> str:
    """The IRI up to its last # or slash."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] or iri
