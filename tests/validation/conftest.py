"""What these tests share: a tiny data set in which line n of the data is line n of a note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from ds2026kg.findings import Finding, Span
from ds2026kg.graph.statement import Statement
from ds2026kg.validation.judge import judge
from ds2026kg.validation.shapes import Shapes, load_shapes

PREFIXES = """\
@prefix c: <https://w3id.org/ds2026/id/commitment/> .
@prefix m: <https://w3id.org/ds2026/id/mission/> .
@prefix a: <https://w3id.org/ds2026/id/actor/> .
@prefix ds: <https://w3id.org/ds2026/ontology#> .
@prefix dsh: <https://w3id.org/ds2026/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DECLARED = """\
<https://w3id.org/ds2026/shapes> sh:declare
    [ sh:prefix "ds" ; sh:namespace "https://w3id.org/ds2026/ontology#"^^xsd:anyURI ] ,
    [ sh:prefix "skos" ; sh:namespace "http://www.w3.org/2004/02/skos/core#"^^xsd:anyURI ] .
"""


Shaped = Callable[[str], Shapes]
Stated = Callable[[str], list[Statement]]
Judged = Callable[[str, str], list[Finding]]


@pytest.fixture
def stated() -> Stated:
    """Makes each line of a text (Turtle) statements that were read from that line of Data.md."""

    def read(data: str) -> list[Statement]:
        return [
            Statement(quad, Span("Data.md", 0, 1, number, 1, number, 2))
            for number, line in enumerate(data.strip().splitlines(), start=1)
            for quad in parse(PREFIXES + line, format=RdfFormat.TURTLE)
        ]

    return read


@pytest.fixture
def shapes_of(tmp_path: Path) -> Shaped:
    """Reads shapes from a text, with the usual prefixes bound and declared."""

    def read(text: str) -> Shapes:
        file = tmp_path / "shapes.ttl"
        file.write_text(PREFIXES + DECLARED + text, encoding="utf-8")
        return load_shapes([file])

    return read


@pytest.fixture
def judged(shapes_of: Shaped, stated: Stated) -> Judged:
    """The findings of `judge` for data and shapes given as texts."""

    def findings(shapes: str, data: str) -> list[Finding]:
        return judge(stated(data), shapes_of(shapes), [])

    return findings
