"""The DCAT of a build against DCAT-AP 3.0.0: all that it demands, and all that it recommends."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Triple, parse, serialize
from pyshacl import validate
from rdflib import RDF, SH, Graph
from tests.catalog.known import FULL

from ds2026kg.build import build
from ds2026kg.config import Settings, load_settings

SHAPES = Path(__file__).parent / "dcat-ap-3.0.0.ttl"
VAULT = Path(__file__).parents[2] / "vault"
PREFIXES = {
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/ns/dcat#": "dcat:",
    "http://data.europa.eu/r5r/": "dcatap:",
    "http://xmlns.com/foaf/0.1/": "foaf:",
    "http://spdx.org/rdf/terms#": "spdx:",
}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """What the profile demands and recommends."""
    return Graph().parse(SHAPES)


def described(folder: Path, settings: Settings) -> dict[str, Any]:
    """The DCAT that a build of the real vault writes."""
    assert build(VAULT, folder, settings, validate=False).manifest is not None
    document: dict[str, Any] = json.loads((folder / "dcat.jsonld").read_bytes())
    return document


def results(document: dict[str, Any], shapes: Graph) -> Counter[tuple[str, str]]:
    """The results of judging a document, counted by severity and path."""
    data = Graph().parse(data=serialize(triples(document), format=RdfFormat.N_TRIPLES), format="nt")
    _conforms, report, _text = validate(data, shacl_graph=shapes, advanced=False)
    assert isinstance(report, Graph)
    return Counter(
        (
            str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
            short(str(report.value(result, SH.resultPath))),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def triples(document: dict[str, Any]) -> list[Triple]:
    """What a document states."""
    return [quad.triple for quad in parse(json.dumps(document), format=RdfFormat.JSON_LD)]


def short(iri: str) -> str:
    """An IRI with the prefix that the profile gives it."""
    space = next(space for space in PREFIXES if iri.startswith(space))
    return PREFIXES[space] + iri.removeprefix(space)


def test_a_full_description_conforms_in_full(tmp_path: Path, shapes: Graph) -> None:
    """Where the publisher has said all there is to say, nothing demanded or recommended is lacking."""
    told = replace(FULL.settings.dataset, availability="STABLE", version="1.2.0")
    publisher = replace(FULL.settings.publisher)
    real = load_settings(VAULT)
    told = replace(
        told, description_en=real.dataset.description_en, description_fr=real.dataset.description_fr
    )
    settings = replace(real, dataset=told, publisher=publisher, portal=FULL.settings.portal)
    assert results(described(tmp_path, settings), shapes) == {}


def test_the_real_build_has_all_that_is_demanded(tmp_path: Path, shapes: Graph) -> None:
    """What is published today lacks only what only a publisher can say, and it is all recommended."""
    document = described(tmp_path, load_settings(VAULT))
    files = sum("dcat:Distribution" in node["@type"] for node in document["@graph"])
    assert results(document, shapes) == {
        ("Warning", "foaf:homepage"): 1,
        ("Warning", "dcterms:issued"): 1,
        ("Warning", "dcterms:type"): 1,
        ("Warning", "dcterms:temporal"): 1,
        ("Warning", "dcat:contactPoint"): 1,
        ("Warning", "dcatap:availability"): files,
    }


def test_what_is_not_known_is_left_out_though_demanded(tmp_path: Path, shapes: Graph) -> None:
    """Without settings no publisher and no description are made up, and the profile says so."""
    found = results(described(tmp_path, Settings()), shapes)
    assert {key: count for key, count in found.items() if key[0] == "Violation"} == {
        ("Violation", "dcterms:publisher"): 1,
        ("Violation", "dcterms:description"): 1,
    }


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("dcat:accessURL", "dcat:accessURL"),
        ("spdx:checksumValue", "spdx:checksumValue"),
        ("foaf:name", "foaf:name"),
        ("dcat:endpointURL", "dcat:endpointURL"),
        ("dcterms:title", "dcterms:title"),
    ],
)
def test_a_description_that_lacks_something_does_not_conform(
    tmp_path: Path, shapes: Graph, key: str, path: str
) -> None:
    """The shapes notice each mandatory property that is taken out."""
    settings = replace(
        load_settings(VAULT),
        dataset=replace(load_settings(VAULT).dataset, endpoint="https://data.example.org/sparql"),
    )
    document = described(tmp_path, settings)
    for node in document["@graph"]:
        node.pop(key, None)
    assert ("Violation", path) in results(document, shapes)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own
def test_two_parsers_read_the_same(tmp_path: Path) -> None:
    """Both rdflib and pyoxigraph find the same number of triples, and no blank node."""
    document = described(tmp_path, load_settings(VAULT))
    read = triples(document)
    assert len(Graph().parse(data=json.dumps(document), format="json-ld")) == len(set(read))
    assert "_:" not in "".join(map(str, read))
