"""The report as the W3C's sh:ValidationReport."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import RdfFormat, parse
from rdflib import SH, Graph
from rdflib.compare import isomorphic

from ds2026kg.findings import Finding, Rule, Severity, Text
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.turtle import render
from ds2026kg.validation.terms import Terms, triples

Judged = Callable[[str, str], list[Finding]]

SHAPES = """
dsh:C sh:targetClass ds:Commitment ; sh:property dsh:parent , dsh:above .
dsh:parent sh:path ds:hasParent ; sh:class ds:Mission ; sh:severity sh:Warning ;
    sh:message "No \\"mission\\"."@en , "Pas une mission."@fr .
dsh:above sh:path ( ds:hasParent [ sh:zeroOrOnePath [ sh:inversePath skos:broader ] ] ) ;
    sh:minCount 2 ; sh:message "Nothing above." .
"""
DATA = 'c:1 a ds:Commitment .\nc:1 ds:hasParent "a\\nb"@en .'

REPORT = """\
@prefix ds: <https://w3id.org/ds2026/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

<https://w3id.org/ds2026/report>
    a sh:ValidationReport ;
    sh:conforms false ;
    sh:result <https://w3id.org/ds2026/report#1> ;
    sh:result <https://w3id.org/ds2026/report#2> .

<https://w3id.org/ds2026/report#1>
    a sh:ValidationResult ;
    sh:focusNode <https://w3id.org/ds2026/id/commitment/1> ;
    sh:resultPath ( <https://w3id.org/ds2026/ontology#hasParent> [ sh:zeroOrOnePath [ sh:inversePath <http://www.w3.org/2004/02/skos/core#broader> ] ] ) ;
    sh:sourceShape <https://w3id.org/ds2026/shapes#above> ;
    sh:sourceConstraintComponent sh:MinCountConstraintComponent ;
    sh:resultSeverity sh:Violation ;
    sh:resultMessage "Nothing above." ;
    ds:note "Data.md" ;
    ds:line 2 .

<https://w3id.org/ds2026/report#2>
    a sh:ValidationResult ;
    sh:focusNode <https://w3id.org/ds2026/id/commitment/1> ;
    sh:resultPath <https://w3id.org/ds2026/ontology#hasParent> ;
    sh:value "a\\nb"@en ;
    sh:sourceShape <https://w3id.org/ds2026/shapes#parent> ;
    sh:sourceConstraintComponent sh:ClassConstraintComponent ;
    sh:resultSeverity sh:Warning ;
    sh:resultMessage "No \\"mission\\"."@en ;
    sh:resultMessage "Pas une mission."@fr ;
    ds:note "Data.md" ;
    ds:line 2 .
"""  # noqa: E501 - a path is on one line


def test_every_result_has_its_properties(judged: Judged) -> None:
    """Results are numbered in report order, with all that SHACL §3.6.2 asks for and the place."""
    assert render(judged(SHAPES, DATA), View()) == REPORT


def test_a_warning_alone_does_not_conform(judged: Judged) -> None:
    """sh:conforms is false for a result of any severity, and true when there is none."""
    shapes = "dsh:w sh:targetClass ds:Commitment ; sh:nodeKind sh:Literal ; sh:severity sh:Info ."
    warned = render(judged(shapes, "c:1 a ds:Commitment ."), View())
    other = Finding(Rule("x", Severity.VIOLATION, Text("x", "x"), Text("", "")))
    assert "sh:conforms false" in warned
    assert render([], View()) == render([other], View())
    assert "sh:conforms true" in render([], View())


def test_other_rooms_findings_are_no_results(judged: Judged) -> None:
    """A broken link is no sh:ValidationResult: no shape found it."""
    other = Finding(Rule("x", Severity.VIOLATION, Text("x", "x"), Text("", "")))
    found = judged(SHAPES, DATA)
    assert render([other, *found], View()) == render(found, View())


def test_a_shape_without_a_name_is_not_named(judged: Judged) -> None:
    """A result of shapes that have no IRI is told without sh:sourceShape, which is optional."""
    shapes = "[] sh:targetClass ds:Commitment ; sh:nodeKind sh:Literal ."
    report = render(judged(shapes, "c:1 a ds:Commitment ."), View())
    assert "sh:conforms false" in report
    assert "sh:sourceShape" not in report


def test_another_base_names_the_report(judged: Judged) -> None:
    """The report and its results are named under the base IRI of the data set."""
    report = render(judged(SHAPES, DATA), View(base="https://example.org/x/"))
    assert "<https://example.org/x/report#2>\n" in report


def test_the_report_reads_back_alike_everywhere(judged: Judged) -> None:
    """Two parsers, rdflib and pyoxigraph, read the same graph, in which no result is lost."""
    report = render(judged(SHAPES, DATA), View())
    ours = Graph().parse(data=report, format="turtle")
    theirs = Graph()
    for triple in triples(parse(report, format=RdfFormat.TURTLE), Terms()):
        theirs.add(triple)
    assert len(list(ours.objects(None, SH.result))) == 2
    assert isomorphic(ours, theirs)
