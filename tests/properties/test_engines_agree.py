"""`shacl` and pyshacl agree, result for result, wherever `shacl` is let judge.

The graphs break every rule of `shapes/`: together the invalid fixtures do, each by its approved report.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from pyoxigraph import RdfFormat, parse

from ds2026kg.config import Engine
from ds2026kg.graph.statement import Statement
from ds2026kg.resources import resource_folder
from ds2026kg.validation.agreement import doubts
from ds2026kg.validation.engine import judged
from ds2026kg.validation.judge import judge
from ds2026kg.validation.result import Result
from ds2026kg.validation.shapes import load_shapes

from .graph_strategies import RULES, Graph, fixture_apart, graphs

SHAPES = load_shapes(sorted(resource_folder("shapes").glob("*.ttl")))
ONTOLOGY = [
    quad
    for file in sorted(resource_folder("ontology").glob("*.ttl"))
    for quad in parse(path=file, format=RdfFormat.TURTLE, base_iri=file.as_uri())
]


def disagreement(graph: Graph) -> tuple[Counter[Result], Counter[Result]]:
    """The results of `shacl` that pyshacl does not have, and those of pyshacl that `shacl` lacks."""
    quads = [*graph, *ONTOLOGY]
    ours, reference = (
        Counter(judged(quads, SHAPES.graph, engine)) for engine in (Engine.SHACL, Engine.PYSHACL)
    )
    return ours - reference, reference - ours


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # shrinking asks pyshacl for an hour
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(graphs())
def test_the_engines_agree_on_graphs_broken_at_random(graph: Graph) -> None:
    """Fixtures put together and changed get the same results from both."""
    assume(not list(doubts([*graph, *ONTOLOGY], SHAPES.graph)))
    assert disagreement(graph) == (Counter(), Counter())


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_the_engines_find_the_same_in_all_fixtures_at_once(kind: str) -> None:
    """All fixtures as one graph, in which every rule is broken, get the same findings from both."""
    quads = chain.from_iterable(fixture_apart(rule, kind) for rule in RULES)
    stated = [Statement(quad, None) for quad in quads]
    assert list(doubts([*(statement.quad for statement in stated), *ONTOLOGY], SHAPES.graph)) == []
    engines = (Engine.SHACL, Engine.PYSHACL)
    ours, reference = (judge(stated, SHAPES, ONTOLOGY, engine=engine) for engine in engines)
    assert ours == reference
    if kind == "invalid":
        assert set(RULES) - {finding.rule.code for finding in ours} == set()
