"""The W3C's SHACL test suite, put through pyshacl in the way that `judge` uses it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ds2026kg.errors import ConfigurationError
from ds2026kg.validation.data import DataGraph, Terms, data_graph
from ds2026kg.validation.engine import quiet, report_graph, results
from ds2026kg.validation.result import Result

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

# The suite is no part of the project: it lies beside it, where there is one.
SUITE = Path(__file__).parents[3] / "shared/suites/data-shapes-test-suite/tests"

KNOWN_FAILURES: dict[str, str] = {}


@dataclass(frozen=True)
class Case:
    """One sht:Validate entry: its files, and the node of its expected result."""

    name: str
    file: Path
    data: Path
    shapes: Path


def _read(file: Path, terms: Terms) -> DataGraph:
    quads = parse(
        path=file, format=RdfFormat.TURTLE, base_iri=file.as_uri(), rename_blank_nodes=False
    )
    return data_graph(quads, terms)


def _path(iri: Node) -> Path:
    return Path(URIRef(str(iri)).removeprefix("file://"))


def _cases(manifest: Path) -> list[Case]:
    graph = _read(manifest, Terms())
    found = []
    for included in sorted(graph.objects(None, MF.include), key=str):
        found += _cases(_path(included))
    for entry in graph.subjects(RDF.type, SHT.Validate):
        action = graph.value(entry, MF.action)
        files = [graph.value(action, SHT[name]) for name in ("dataGraph", "shapesGraph")]
        data, shapes = (_path(file) for file in files if file is not None)
        name = manifest.relative_to(SUITE).with_suffix("").as_posix()
        found.append(Case(name, manifest, data, shapes))
    return found


def _expected(graph: Graph, terms: Terms) -> list[Result] | None:
    """The results that a case expects; None where it expects a failure."""
    for entry in graph.subjects(RDF.type, SHT.Validate):
        outcome = graph.value(entry, MF.result)
        if outcome is None or outcome == SHT.Failure:
            return None
        report = Graph()
        for node in graph.objects(outcome, SH.result):
            for predicate, value in graph.predicate_objects(node):
                report.add((node, predicate, value))
        return results(report, graph, terms)
    return None


def _params() -> list[object]:
    if not SUITE.is_dir():
        skip = pytest.mark.skip(reason="the W3C SHACL test suite is not at ../shared/suites")
        return [pytest.param(None, id="suite", marks=skip)]
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN_FAILURES[case.name])]
            if case.name in KNOWN_FAILURES
            else [],
        )
        for case in _cases(SUITE / "manifest.ttl")
    ]


def _comparable(found: list[Result], *, constraints: bool) -> Counter[Result]:
    """Results to be counted; the suite leaves it open whether sh:sourceConstraint is told."""
    if constraints:
        return Counter(found)
    return Counter(replace(result, constraint=None) for result in found)


@pytest.mark.parametrize("case", _params())
def test_results_are_those_that_the_w3c_expects(case: Case) -> None:
    """Every test of the suite gives the report it expects, result for result."""
    terms = Terms()
    with quiet():
        graphs = {file: _read(file, terms) for file in {case.file, case.data, case.shapes}}
        shapes = graphs[case.shapes]
        expected = _expected(graphs[case.file], terms)
        if expected is None:
            with pytest.raises(ConfigurationError):
                report_graph(graphs[case.data], shapes)
            return
        report = report_graph(graphs[case.data], shapes)
        actual = results(report, shapes, terms)
    told = any(result.constraint is not None for result in expected)
    assert _comparable(actual, constraints=told) == _comparable(expected, constraints=told)
    assert list(report.objects(None, SH.conforms)) == [Literal(not expected)]
