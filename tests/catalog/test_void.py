"""The description in VoID: counts, formats, and where the data are."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ds2026kg.catalog import Dataset, File
from ds2026kg.catalog.facts import Facts, counted
from ds2026kg.catalog.void import VOID, void
from ds2026kg.config import Settings

from .known import FULL

BASE = "https://w3id.org/ds2026/"
FACTS = Facts(3, 2, 3, (), (("urn:A", 1),), (("urn:x#p", 2), ("urn:x#q", 1)))


def values(turtle: bytes, subject: str) -> dict[str, list[str]]:
    """The values that a subject has, by the last part of the property's IRI."""
    found: dict[str, list[str]] = {}
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        if quad.subject == NamedNode(subject):
            assert isinstance(quad.object, (NamedNode, Literal))
            name = quad.predicate.value.replace("#", "/").rpartition("/")[2]
            found.setdefault(name, []).append(quad.object.value)
    return found


def test_a_build_is_described_whole() -> None:
    """Titles, dates, counts, partitions; of the files those that hold the graph."""
    files = (*FULL.files, File("ds2026.nq", "application/n-quads", 1, ""))
    made = void(replace(FULL, files=files), FACTS)
    assert values(made, BASE) == {
        "type": [f"{VOID}Dataset"],
        "title": ["A strategy", "Une stratégie"],
        "description": ["Its commitments.", "Ses engagements."],
        "modified": ["2026-05-01"],
        "license": ["https://open.canada.ca/en/open-government-licence-canada"],
        "sparqlEndpoint": ["https://data.example.org/sparql"],
        "dataDump": [
            "https://data.example.org/files/ds2026.ttl",
            "https://data.example.org/files/ds2026.nq",
        ],
        "feature": ["http://www.w3.org/ns/formats/Turtle", "http://www.w3.org/ns/formats/N-Quads"],
        "uriSpace": [f"{BASE}id/"],
        "triples": ["3"],
        "distinctSubjects": ["2"],
        "distinctObjects": ["3"],
        "classes": ["1"],
        "properties": ["2"],
        "vocabulary": ["urn:x#"],
        "classPartition": [f"{BASE}#class-1"],
        "propertyPartition": [f"{BASE}#property-1", f"{BASE}#property-2"],
    }
    assert values(made, f"{BASE}#property-1") == {"property": ["urn:x#p"], "triples": ["2"]}


def test_what_is_not_known_is_left_out() -> None:
    """Without settings there is no dump, no endpoint and no title."""
    told = values(void(Dataset(Settings(), files=FULL.files), FACTS), BASE)
    assert {"dataDump", "sparqlEndpoint", "title", "description", "modified"} & set(told) == set()


def test_prefixes_are_in_order() -> None:
    """The engine declares them in another order each time; the file does not."""
    lines = void(FULL, FACTS).decode().splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert len(prefixes) > 2
    assert lines[: len(prefixes)] == prefixes


def test_counts_are_those_of_the_quads() -> None:
    """Things, values, classes and properties are each counted once."""
    a, b, kind, p = (NamedNode(f"urn:{name}") for name in ("a", "b", "K", "p"))
    one, two = NamedNode("urn:one"), NamedNode("urn:two")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [
        Quad(a, rdf_type, kind, one),
        Quad(b, rdf_type, kind, one),
        Quad(a, p, Literal("x"), two),
        Quad(a, p, b, two),
    ]
    assert counted(quads) == Facts(
        triples=4,
        subjects=2,
        objects=3,
        graphs=(("urn:one", 2), ("urn:two", 2)),
        classes=(("urn:K", 2),),
        properties=((rdf_type.value, 2), ("urn:p", 2)),
    )
