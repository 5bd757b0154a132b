"""The W3C's SHACL test suite, put through both engines in the way that `judge` uses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from _pytest.mark import ParameterSet
from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import RDF, SH, Graph, Literal, Namespace
from rdflib.term import Node

from ds2026kg.errors import ConfigurationError
from ds2026kg.validation import shacl_engine
from ds2026kg.validation.agreement import Inapplicable
from ds2026kg.validation.data import DataGraph, data_graph
from ds2026kg.validation.pyshacl_engine import report_graph, results
from ds2026kg.validation.result import Result
from ds2026kg.validation.shapes import load_shapes
from ds2026kg.validation.terms import Terms, pyoxigraph_term, quiet

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

# The suite is no part of the project: it lies beside it, where there is one.
SUITE = Path(__file__).parents[3] / "shared/suites/data-shapes-test-suite/tests"

# pyshacl's own shortcomings. Each is expected to fail: one that passes one day is noticed.
KNOWN_FAILURES = {
    "sparql/pre-binding/shapesGraph-001": "pyshacl does not bind $shapesGraph",
}

# Those of `shacl`. pyshacl judges in its stead wherever shapes are like these.
KNOWN_FAILURES_OF_SHACL = {
    "sparql/pre-binding/unsupported-sparql-004": "shacl runs a subquery that lacks $this",
}


@dataclass(frozen=True)
class Case:
    """One sht:Validate entry: the file that states it, its data and its shapes."""

    name: str
    file: Path
    data: Path
    shapes: Path


def _read(file: Path) -> DataGraph:
    quads = parse(path=file, format=RdfFormat.TURTLE, base_iri=file.as_uri())
    with quiet():
        return data_graph(quads, Terms())


def _quad(subject: Node, predicate: Node, value: Node) -> Quad:
    whose, what = pyoxigraph_term(subject), NamedNode(str(predicate))
    assert not isinstance(whose, OxLiteral)
    return Quad(whose, what, pyoxigraph_term(value))


def _file(iri: Node | None) -> Path:
    return Path(unquote(urlsplit(str(iri)).path))


def _cases() -> list[Case]:
    """The entries of every file: one file is named in no manifest."""
    found = []
    for file in sorted(SUITE.rglob("*.ttl")):
        if b"sht:Validate" not in file.read_bytes():
            continue
        graph = _read(file)
        for entry in graph.subjects(RDF.type, SHT.Validate):
            action = graph.value(entry, MF.action)
            data, shapes = (graph.value(action, SHT[of]) for of in ("dataGraph", "shapesGraph"))
            name = file.relative_to(SUITE).with_suffix("").as_posix()
            found.append(Case(name, file, _file(data), _file(shapes)))
    return found


def _parameters(known_failures: Mapping[str, str]) -> list[ParameterSet]:
    if not SUITE.is_dir():
        absent = pytest.mark.skip(reason="the W3C's SHACL test suite is not at ../shared/suites")
        return [pytest.param(None, id="suite", marks=absent)]
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(strict=True, reason=known_failures[case.name])]
            if case.name in known_failures
            else [],
        )
        for case in _cases()
    ]


def _expected(stated: Graph, terms: Terms) -> list[Result] | None:
    """The results that a case states; None where it states that there must be a failure."""
    (outcome,) = stated.objects(None, MF.result)
    if outcome == SHT.Failure:
        return None
    report = Graph()
    for node in stated.objects(outcome, SH.result):
        report.add((outcome, SH.result, node))
        for predicate, value in stated.predicate_objects(node):
            report.add((node, predicate, value))
    return results(report, stated, terms)


def _comparable(found: list[Result], *, with_constraint: bool) -> Counter[Result]:
    return Counter(r if with_constraint else replace(r, constraint=None) for r in found)


@pytest.mark.parametrize("case", _parameters(KNOWN_FAILURES))
def test_results_are_those_that_the_w3c_states(case: Case) -> None:
    """Every case of the suite gives the report that it states, result for result."""
    shapes = load_shapes([case.shapes]).graph
    terms = Terms()
    # Blank nodes must be the same wherever one file is data, shapes and expectation at once.
    stated = shapes if case.file == case.shapes else _read(case.file)
    data = DataGraph()
    for triple in shapes if case.data == case.shapes else _read(case.data):
        data.add(triple)
    with quiet():
        expected = _expected(stated, terms)
        if expected is None:
            with pytest.raises(ConfigurationError):
                report_graph(data, shapes)
            return
        report = report_graph(data, shapes)
        actual = results(report, shapes, terms)
    # Whether a report says sh:sourceConstraint is left open by the suite.
    told = any(result.constraint is not None for result in expected)
    assert _comparable(actual, with_constraint=told) == _comparable(expected, with_constraint=told)
    assert list(report.objects(None, SH.conforms)) == [Literal(not expected)]


@pytest.mark.parametrize("case", _parameters(KNOWN_FAILURES_OF_SHACL))
def test_shacl_gives_the_results_that_the_w3c_states(case: Case) -> None:
    """What `shacl` is let judge or not: every case gives the results that it states."""
    shapes = load_shapes([case.shapes]).graph
    terms = Terms()
    stated = shapes if case.file == case.shapes else _read(case.file)
    data = [_quad(*triple) for triple in (shapes if case.data == case.shapes else _read(case.data))]
    with quiet():
        expected = _expected(stated, terms)
    if expected is None:
        with pytest.raises(Inapplicable):
            shacl_engine.unchecked(data, shapes)
        return
    actual = shacl_engine.unchecked(data, shapes)
    told = any(result.constraint is not None for result in expected)
    assert _comparable(actual, with_constraint=told) == _comparable(expected, with_constraint=told)


@pytest.mark.parametrize(
    "case", [param for param in _parameters({}) if param.id in KNOWN_FAILURES_OF_SHACL]
)
def test_shacl_never_judges_what_it_is_known_to_judge_wrongly(case: Case) -> None:
    """A case that `shacl` fails is one that it is not let judge."""
    with pytest.raises(Inapplicable):
        shacl_engine.judged([], load_shapes([case.shapes]).graph)
