"""The data set in VoID (Vocabulary of Interlinked Datasets): what is in it, and where it can be had.

A build writes it as `void.ttl`; the server has it at /.well-known/void. Both are made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ds2026kg.catalog.dataset import UNTOLD, Dataset
from ds2026kg.catalog.facts import Facts
from ds2026kg.catalog.files import data_files, format_of
from ds2026kg.findings import Text
from ds2026kg.graph.namespaces import RDF_TYPE, XSD, XSD_DATE, XSD_INTEGER

VOID: Final = "http://rdfs.org/ns/void#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
FORMATS: Final = "http://www.w3.org/ns/formats/"
PREFIXES: Final = {
    "void": VOID,
    "dcterms": DCTERMS,
    "formats": FORMATS,
    "xsd": XSD,
}
_TYPE: Final = NamedNode(RDF_TYPE)
# https://www.w3.org/ns/formats/ has a name for each of these formats of RDF.
_FEATURES = {
    "RDF_TURTLE": "Turtle",
    "JSON_LD": "JSON-LD",
    "RDF_N_TRIPLES": "N-Triples",
    "RDF_N_QUADS": "N-Quads",
    "RDF_TRIG": "TriG",
    "RDF_XML": "RDF_XML",
}


@dataclass(frozen=True, slots=True)
class Description:
    """A data set by its IRI, and what VoID has to say of it.

    `document` is the IRI of the description itself, "" if it has none; `parts` the IRI that those of
    the partitions begin with. `base` is what the entities are named under.
    """

    iri: str
    document: str
    parts: str
    base: str
    licence: str
    endpoint: str
    dumps: tuple[str, ...]
    facts: Facts
    features: tuple[str, ...] = ()
    title: Text = UNTOLD
    description: Text = UNTOLD
    modified: str = ""


def void(dataset: Dataset, facts: Facts) -> bytes:
    """The description of a build, as Turtle (VoID §1); `facts` are those of the graph alone.

    Where the files can be downloaded, those that hold the graph are its dumps (VoID §3.2).
    """
    told = dataset.settings.dataset
    graphs = [file for file in data_files(dataset.files) if file.name.startswith(f"{told.name}.")]
    features = (_FEATURES.get(format_of(file).file_type, "") for file in graphs)
    described = Description(
        iri=told.base,
        document="",
        parts=f"{told.base}#",
        base=told.base,
        licence=told.licence,
        endpoint=told.endpoint,
        dumps=tuple(f"{told.download_base}{file.name}" for file in graphs if told.download_base),
        facts=facts,
        features=tuple(feature for feature in features if feature),
        title=dataset.title,
        description=dataset.description,
        modified=dataset.modified,
    )
    return written(void_triples(described), RdfFormat.TURTLE, PREFIXES)


def void_triples(told: Description) -> Iterator[Triple]:
    """What VoID has to say of a data set, each node's triples together. No node is blank."""
    dataset = NamedNode(told.iri)
    if told.document:
        document = NamedNode(told.document)
        yield Triple(document, _TYPE, _void("DatasetDescription"))
        yield Triple(document, NamedNode(f"{FOAF}primaryTopic"), dataset)
    yield Triple(dataset, _TYPE, _void("Dataset"))
    yield from _said(dataset, told)
    yield Triple(dataset, _void("uriSpace"), Literal(f"{told.base}id/"))
    facts = told.facts
    for term, count in (
        ("triples", facts.triples),
        ("distinctSubjects", facts.subjects),
        ("distinctObjects", facts.objects),
        ("classes", len(facts.classes)),
        ("properties", len(facts.properties)),
    ):
        yield Triple(dataset, _void(term), integer(count))
    for vocabulary in sorted({_namespace(iri) for iri, _count in facts.properties}):
        yield Triple(dataset, _void("vocabulary"), NamedNode(vocabulary))
    parts = [("class", "entities", facts.classes), ("property", "triples", facts.properties)]
    for kind, counted, terms in parts:
        for position, (iri, count) in enumerate(terms, 1):
            part = NamedNode(f"{told.parts}{kind}-{position}")
            yield Triple(dataset, _void(f"{kind}Partition"), part)
            yield Triple(part, _void(kind), NamedNode(iri))
            yield Triple(part, _void(counted), integer(count))


def _said(dataset: NamedNode, told: Description) -> Iterator[Triple]:
    """Titles, dates, licence, and where the data can be had."""
    for term, text in (("title", told.title), ("description", told.description)):
        for language, words in text._asdict().items():
            if words:
                yield Triple(dataset, _dcterms(term), Literal(words, language=language))
    if told.modified:
        day = Literal(told.modified, datatype=NamedNode(XSD_DATE))
        yield Triple(dataset, _dcterms("modified"), day)
    yield Triple(dataset, _dcterms("license"), NamedNode(told.licence))
    if told.endpoint:
        yield Triple(dataset, _void("sparqlEndpoint"), NamedNode(told.endpoint))
    for dump in told.dumps:
        yield Triple(dataset, _void("dataDump"), NamedNode(dump))
    for feature in told.features:
        yield Triple(dataset, _void("feature"), NamedNode(FORMATS + feature))


def written(triples: Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """`triples` in a format of RDF, those of a subject together where it first stands."""
    order = list(triples)
    # The engine groups only subjects that follow each other.
    ranks = {triple.subject: rank for rank, triple in reversed(list(enumerate(order)))}
    grouped = sorted(order, key=lambda triple: ranks[triple.subject])
    takes = form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML)
    made = serialize(grouped, format=form, prefixes=prefixes if takes else {}) or b""
    return _in_order(made) if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else made


def _in_order(turtle: bytes) -> bytes:
    """`turtle` with its prefixes sorted: the engine declares them in another order each time."""
    lines = turtle.splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join((*sorted(head), *lines[len(head) :]))


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=NamedNode(XSD_INTEGER))


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)


def _dcterms(name: str) -> NamedNode:
    return NamedNode(DCTERMS + name)


def _namespace(iri: str) -> str:
    """The IRI up to its last # or slash."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] or iri
