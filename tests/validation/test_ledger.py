"""Judging again what a change can touch finds what judging everything finds."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import Graph
from tests.properties.graph_strategies import RULES, fixture_apart

from ds2026kg.config import Engine
from ds2026kg.graph.statement import Statement
from ds2026kg.resources import resource_folder
from ds2026kg.validation import ledger as module
from ds2026kg.validation.engine import judged
from ds2026kg.validation.ledger import Ledger
from ds2026kg.validation.reach import reach
from ds2026kg.validation.shapes import load_shapes

SHAPES = load_shapes(sorted(resource_folder("shapes").glob("*.ttl"))).graph
ONTOLOGY = [
    quad
    for file in sorted(resource_folder("ontology").glob("*.ttl"))
    for quad in parse(path=file, format=RdfFormat.TURTLE, base_iri=file.as_uri())
]
EVERY_FIXTURE = sorted(
    {quad for kind in ("valid", "invalid") for rule in RULES for quad in fixture_apart(rule, kind)},
    key=str,
)
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <https://example.org/> ."


def changed(quads: list[Quad], any_: Random) -> list[Quad]:
    """Some quads fewer, some with an end of another."""
    kept = [quad for quad in quads if any_.random() > 0.005]
    for _ in range(any_.randrange(6)):
        one, other = any_.sample(quads, 2)
        kept.append(Quad(one.subject, one.predicate, other.object, one.graph_name))
        kept.append(Quad(other.subject, one.predicate, one.object, one.graph_name))
    return kept


@pytest.mark.parametrize("seed", range(4))
def test_what_is_judged_again_is_what_all_would_be(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By our own shapes, in a graph that breaks each of them, through a series of changes."""
    monkeypatch.setattr(module, "_MOST", 9)  # however many are touched, not all are judged
    any_, ledger, quads = Random(seed), Ledger(SHAPES, ONTOLOGY), EVERY_FIXTURE  # noqa: S311
    for _ in range(6):
        stated = [Statement(quad, None) for quad in quads]
        found = ledger.results(stated, Engine.SHACL)
        assert Counter(found) == Counter(judged([*quads, *ONTOLOGY], SHAPES, Engine.SHACL))
        quads = changed(quads, any_)


def test_few_are_judged_again_for_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """A label touches nothing but its own node."""
    ledger = Ledger(SHAPES, ONTOLOGY)
    stated = [Statement(quad, None) for quad in EVERY_FIXTURE]
    ledger.results(stated, Engine.SHACL)
    asked: list[int] = []

    def counting(quads: list[Quad], *_rest: object) -> list[object]:
        asked.append(len(quads) - len(ONTOLOGY))
        return []

    monkeypatch.setattr(module, "judged", counting)
    label = next(s for s in stated if s.quad.predicate.value.endswith("#prefLabel"))
    ledger.results([each for each in stated if each is not label], Engine.SHACL)
    assert len(asked) == 1
    assert asked[0] < 100 < len(stated)


def test_our_shapes_are_all_understood() -> None:
    """So that watching a vault is fast."""
    assert reach(SHAPES) is not None


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("sh:js [ ]", id="a term that is not known"),
        pytest.param(
            "sh:property [ sh:path x:p ; sh:property [ sh:path x:q ] ]", id="values judged"
        ),
        pytest.param("sh:node x:s", id="itself"),
        pytest.param(
            "sh:property [ sh:path [ sh:zeroOrMorePath ( x:p x:q ) ] ; sh:minCount 1 ]",
            id="a sequence repeated",
        ),
        pytest.param(
            "sh:sparql [ sh:select 'SELECT $this { $this ?p ?v OPTIONAL { ?v ?q ?w } }' ]",
            id="what need not hold",
        ),
        pytest.param(
            "sh:sparql [ sh:select 'SELECT $this { $this ?p ?v . ?a ?p ?b }' ]", id="not joined"
        ),
        pytest.param(
            "sh:sparql [ sh:select 'SELECT $this { $this <x:p>/<x:q> ?v }' ]",
            id="a path in a query",
        ),
    ],
)
def test_what_is_not_understood_is_judged_whole(shape: str) -> None:
    """Then nothing is known of how far it looks, and every change may touch every node."""
    graph = Graph().parse(data=f"{PREFIXES} x:s a sh:NodeShape ; sh:targetClass x:C ; {shape} .")
    assert reach(graph) is None


def test_values_that_are_judged_again_as_focus_nodes() -> None:
    """A change of a node that leads to another may make results of the other: all are judged."""
    graph = Graph().parse(
        data=f"""{PREFIXES} x:s a sh:NodeShape ; sh:targetClass x:C ; sh:property
            [ sh:path x:p ; sh:property [ sh:path x:q ; sh:minCount 1 ] ] ."""
    )
    quads = list(
        parse("<x:a> a <https://example.org/C> ; <https://example.org/p> <x:b> .", RdfFormat.TURTLE)
    )
    ledger = Ledger(graph, [])
    found = [
        [str(result.focus) for result in ledger.results(part, Engine.PYSHACL)]
        for part in ([Statement(quad, None) for quad in some] for some in (quads[:1], quads))
    ]
    assert found == [[], ["<x:b>"]]
