"""Which engine judges, and what the faster one is kept from."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode, Quad

from ds2026kg.config import Engine
from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Finding
from ds2026kg.graph.statement import Statement
from ds2026kg.validation import engine, pyshacl_engine, shacl_engine
from ds2026kg.validation.agreement import Inapplicable, doubts
from ds2026kg.validation.judge import judge
from ds2026kg.validation.result import Result
from ds2026kg.validation.shapes import Shapes

Shaped = Callable[[str], Shapes]
Stated = Callable[[str], list[Statement]]

DS = "https://w3id.org/ds2026/ontology#"
LED = "dsh:x sh:targetClass ds:Commitment ; sh:property [ sh:path ds:ledBy ; sh:minCount 1 ] ."
C1 = "https://w3id.org/ds2026/id/commitment/1"
PAIR = "dsh:x sh:targetSubjectsOf ds:from ; sh:path ds:from ; sh:lessThanOrEquals ds:to ."


def _quads(statements: list[Statement]) -> list[Quad]:
    return [statement.quad for statement in statements]


@pytest.mark.parametrize(
    ("asked", "statements", "expected"),
    [
        (Engine.AUTO, engine.AUTO_FROM - 1, "pyshacl"),
        (Engine.AUTO, engine.AUTO_FROM, "shacl"),
        (Engine.PYSHACL, engine.AUTO_FROM, "pyshacl"),
        (Engine.SHACL, 1, "shacl"),
    ],
)
def test_large_graphs_are_for_shacl(
    monkeypatch: pytest.MonkeyPatch,
    shapes_of: Shaped,
    asked: Engine,
    statements: int,
    expected: str,
) -> None:
    """Unless told otherwise, pyshacl judges small graphs, and `shacl` large ones."""
    judges: list[str] = []

    def judge_named(name: str) -> Callable[..., list[Result]]:
        def judged(*_: object) -> list[Result]:
            judges.append(name)
            return []

        return judged

    for name, module in (("shacl", shacl_engine), ("pyshacl", pyshacl_engine)):
        monkeypatch.setattr(module, "judged", judge_named(name))
    quad = Quad(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:c"))
    assert engine.judged([quad] * statements, shapes_of(LED).graph, asked) == []
    assert judges == [expected]


def test_without_shacl_pyshacl_judges(
    monkeypatch: pytest.MonkeyPatch, shapes_of: Shaped, stated: Stated
) -> None:
    """Where `shacl` is not installed, "auto" does without; who asks for it is told."""
    monkeypatch.setattr(shacl_engine, "is_installed", lambda: False)
    monkeypatch.setattr(engine, "AUTO_FROM", 0)
    quads, shapes = _quads(stated("c:1 a ds:Commitment .")), shapes_of(LED).graph
    assert len(engine.judged(quads, shapes)) == 1
    with pytest.raises(ConfigurationError, match="not installed"):
        engine.judged(quads, shapes, Engine.SHACL)


@pytest.mark.parametrize(
    ("shapes", "data"),
    [
        pytest.param(
            "dsh:x sh:targetSubjectsOf ds:n ; sh:path ds:n ; sh:datatype xsd:integer .",
            'c:1 ds:n "1_000"^^xsd:integer .',
            id="a number that Python alone can read",
        ),
        pytest.param(
            "dsh:x sh:targetSubjectsOf ds:n ; sh:path ds:n ; sh:datatype xsd:date .",
            'c:1 ds:n "12023-01-01"^^xsd:date .',
            id="a year that Python does not have",
        ),
        pytest.param(
            'dsh:x sh:targetSubjectsOf ds:n ; sh:path ds:n ; sh:pattern "^[0-9]+$" .',
            'c:1 ds:n "3\\n" .',
            id="a line end before the end of a pattern",
        ),
        pytest.param(PAIR, "c:1 ds:from a:z ; ds:to a:z .", id="IRIs that are compared"),
        pytest.param(
            PAIR,
            'c:1 ds:from "2024-01-01"^^xsd:date ; ds:to 3 .',
            id="a date compared with a number",
        ),
        pytest.param(
            "dsh:x sh:targetSubjectsOf ds:n ; sh:path ds:n ; sh:maxInclusive 1 .",
            "c:1 ds:n true .",
            id="a number compared with a truth value",
        ),
    ],
)
def test_where_the_engines_differ_pyshacl_judges(
    shapes_of: Shaped, stated: Stated, shapes: str, data: str
) -> None:
    """What the two are known to judge differently is left to pyshacl, whose verdict stands."""
    graph, quads = shapes_of(shapes).graph, _quads(stated(data))
    reference = pyshacl_engine.judged(quads, graph)
    assert len(shacl_engine.unchecked(quads, graph)) != len(reference)
    assert engine.judged(quads, graph, Engine.SHACL) == reference


@pytest.mark.parametrize(
    ("shape", "doubt"),
    [
        ("sh:js [ sh:jsFunctionName 'f' ]", "<http://www.w3.org/ns/shacl#js>"),
        ("sh:pattern 'a(?=b)'", "sh:pattern a(?=b)"),
        ("sh:pattern '\\\\w'", "sh:pattern \\w"),
        ("sh:hasValue _:b", "a shape names a blank node of the data"),
        ("sh:in ( 1 _:b )", "a shape names a blank node of the data"),
        ("sh:path [ sh:inversePath ds:n ] ; sh:lessThan ds:m", "a comparison without a plain path"),
        ("sh:sparql [ sh:select 'SELECT $this { $this ?p ?o FILTER (?o < now()) }' ]", "now in"),
        (
            "sh:sparql [ sh:select 'SELECT $this { { SELECT ?o { ?s ?p ?o } } }' ]",
            "a query within a query",
        ),
        ("sh:class ds:A . ds:A rdfs:subClassOf ds:B", "the shapes graph has classes of its own"),
        ("sh:hasValue 'x'^^xsd:decimal", '"x"^^'),
    ],
)
def test_what_is_not_known_to_agree_is_doubted(shapes_of: Shaped, shape: str, doubt: str) -> None:
    """A shape with anything beyond what was compared raises a doubt that says what."""
    told = " ".join(doubts([], shapes_of(f"dsh:x sh:targetClass ds:C ; {shape} .").graph))
    assert doubt in told


def test_blank_nodes_keep_their_names(shapes_of: Shaped, stated: Stated) -> None:
    """Shapes without an IRI, compound paths and blank nodes of the data come back as they were."""
    shapes = shapes_of(
        "[] sh:targetSubjectsOf ds:n ; sh:property"
        " [ sh:path ( [ sh:inversePath ds:m ] ds:n ) ; sh:nodeKind sh:IRI ] ."
    ).graph
    data = "_:a ds:n _:b . c:1 ds:n _:b . _:a ds:m c:1 ."
    quads = _quads(stated(data))
    found = shacl_engine.judged(quads, shapes)
    assert found == pyshacl_engine.judged(quads, shapes)
    assert [(found[0].focus, found[0].value)] == [(NamedNode(C1), quads[0].object)]


def test_a_query_that_could_meet_witnesses_has_none(shapes_of: Shaped, stated: Stated) -> None:
    """With SPARQL, a result that names a blank node is left to pyshacl."""
    shapes = shapes_of(
        "dsh:x sh:targetSubjectsOf ds:n ; sh:sparql [ sh:select"
        ' "SELECT $this ?value { $this ds:n ?value }" ; sh:prefixes <https://w3id.org/ds2026/shapes> ] .'
    ).graph
    quads = _quads(stated("c:1 ds:n _:b ."))
    with pytest.raises(Inapplicable, match="blank node"):
        shacl_engine.judged(quads, shapes)
    assert [r.value for r in engine.judged(quads, shapes, Engine.SHACL)] == [quads[0].object]


def test_each_solution_is_a_result_once(shapes_of: Shaped, stated: Stated) -> None:
    """Rows of a query that are alike in all that it selects are one result, in both engines."""
    shapes = shapes_of(
        "dsh:x sh:targetSubjectsOf ds:n ; sh:sparql [ sh:select"
        ' "SELECT $this { $this ds:n ?o }" ; sh:prefixes <https://w3id.org/ds2026/shapes> ] .'
    ).graph
    quads = _quads(stated("c:1 ds:n 1, 2, 3 ."))
    found = [engine.judged(quads, shapes, which) for which in (Engine.SHACL, Engine.PYSHACL)]
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_a_result_is_stated_once_though_two_shapes_lead_to_it(
    shapes_of: Shaped, stated: Stated
) -> None:
    """A property shape that two node shapes share judges a node of both once, in both engines."""
    shapes = shapes_of(
        "dsh:x sh:targetClass ds:A ; sh:property dsh:p . dsh:y sh:targetClass ds:B ;"
        " sh:property dsh:p . dsh:p sh:path ds:n ; sh:minCount 1 ."
    ).graph
    quads = _quads(stated("c:1 a ds:A , ds:B ."))
    found = [engine.judged(quads, shapes, which) for which in (Engine.SHACL, Engine.PYSHACL)]
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_an_ill_typed_date_is_neither_less_nor_more(shapes_of: Shaped, stated: Stated) -> None:
    """A day that never was cannot be compared, which is a result (SHACL §4.5.3), and no crash."""
    quads = _quads(stated('c:1 ds:from "2023-02-29"^^xsd:date ; ds:to "2023-01-01"^^xsd:date .'))
    shapes = shapes_of(PAIR).graph
    found = [engine.judged(quads, shapes, which) for which in (Engine.SHACL, Engine.PYSHACL)]
    assert found[0] == found[1]
    assert [result.focus for result in found[0]] == [NamedNode(C1)]


@pytest.mark.parametrize(
    ("data", "numbers"),
    [("c:1 ds:n 1 , 2 .", ["1", "2"]), ('c:1 ds:n "01"^^xsd:integer .', ["01"])],
)
def test_both_engines_fill_messages_alike(
    shapes_of: Shaped, stated: Stated, data: str, numbers: list[str]
) -> None:
    """Variables behind a result are found again, in the words of the note, whoever judged."""
    shapes = shapes_of(
        'dsh:x sh:targetSubjectsOf ds:n ; sh:message "{?n}" ; sh:sparql [ sh:select'
        ' "SELECT $this ?n { $this ds:n ?n }" ; sh:prefixes <https://w3id.org/ds2026/shapes> ] .'
    )

    def told(which: Engine) -> list[str]:
        findings: list[Finding] = judge(stated(data), shapes, [], engine=which)
        return [finding.message("en") for finding in findings]

    assert told(Engine.SHACL) == told(Engine.PYSHACL) == numbers


def test_an_interrupt_comes_through() -> None:
    """Ctrl-C ends the wait for `shacl` at once, whatever it is at."""
    held = threading.Event()

    def work() -> None:
        signal.raise_signal(signal.SIGINT)
        held.wait()

    with pytest.raises(KeyboardInterrupt):
        shacl_engine._interruptible(work)
    held.set()
