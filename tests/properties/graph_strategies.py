"""Graphs of a strategy, valid and broken: fixtures of the shapes put together, then changed at random."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

FIXTURES = Path(__file__).parents[1] / "fixtures" / "shapes"
RULES = sorted(folder.name for folder in FIXTURES.iterdir())

_DS = "https://w3id.org/ds2026/ontology#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_THINGS = re.compile(r".*/id/(strategy|mission|commitment|actor|passage|statement)/")
_PARENT = NamedNode(f"{_DS}hasParent")
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CLASSES = [NamedNode(_DS + name) for name in ("Strategy", "Mission", "Commitment", "Actor")]
_TEXTS = ("", " ", "\u00a0", "\t", "x", "3.1a", "3.1", "0", "-1", "l’été", 'a "b" \\c', "😀")
_PLAIN = {
    "string": _TEXTS,
    "anyURI": ("https://a.example/b", "a b"),
    "integer": ("1", "01", "-7", "0"),
    "date": ("2024-02-29", "1999-12-31", "2031-01-01", "2023-02-29"),
    "boolean": ("true", "false"),
}

Subject = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
Graph = list[Quad]
Change = Callable[[Graph], Graph]


@cache
def fixture(rule: str, kind: str) -> tuple[Quad, ...]:
    """The statements of one fixture; `kind` is "valid" or "invalid"."""
    file = FIXTURES / rule / f"{kind}.ttl"
    return tuple(parse(path=file, format=RdfFormat.TURTLE, base_iri=file.as_uri()))


def fixture_apart(rule: str, kind: str) -> Graph:
    """The same about things of its own, so that no other fixture says what this one must not."""
    return [
        Quad(_apart(_subject(quad), rule), quad.predicate, _apart(_object(quad), rule))
        for quad in fixture(rule, kind)
    ]


_AnyTerm = TypeVar("_AnyTerm", bound=NamedNode | BlankNode | Literal)


def _apart(term: _AnyTerm, rule: str) -> _AnyTerm:
    if isinstance(term, NamedNode) and _THINGS.match(term.value):
        return type(term)(term.value.replace("/id/", f"/{rule}/id/", 1))
    return term


def _subject(quad: Quad) -> Subject:
    assert not isinstance(quad.subject, Triple)
    return quad.subject


def _object(quad: Quad) -> Term:
    assert not isinstance(quad.object, Triple)
    return quad.object


def literals() -> st.SearchStrategy[Literal]:
    """Literals of any kind that the data may have, most of them where they do not belong."""
    typed = [
        Literal(text, datatype=NamedNode(_XSD + name))
        for name, texts in _PLAIN.items()
        for text in texts
    ]
    spoken = [Literal(text, language=tag) for text in _TEXTS for tag in ("en", "fr", "en-CA", "es")]
    return st.sampled_from(typed + spoken)


def graphs(changes: int = 8) -> st.SearchStrategy[Graph]:
    """The statements of one to three fixtures, with up to `changes` changes."""
    chosen = st.lists(
        st.tuples(st.sampled_from(RULES), st.sampled_from(("valid", "invalid", "invalid"))),
        min_size=1,
        max_size=3,
    )
    return st.builds(_changed, chosen, st.lists(_changes(), max_size=changes))


def _changed(chosen: list[tuple[str, str]], changes: list[Change]) -> Graph:
    graph = list(dict.fromkeys(quad for rule, kind in chosen for quad in fixture(rule, kind)))
    for change in changes:
        graph = change(graph) or graph
    return graph


def _changes() -> st.SearchStrategy[Change]:
    place = st.integers(0, 10_000)
    return st.one_of(
        st.builds(_drop, place),
        st.builds(_drop_all_of, place),
        st.builds(_swap_subjects, place, place),
        st.builds(_state, place, place, place),
        st.builds(_state_literal, place, place, literals()),
        st.builds(_replace_literal, place, literals()),
        st.builds(_classify, place, st.sampled_from(_CLASSES)),
        st.builds(_close_a_circle, place, place),
    )


def _drop(at: int) -> Change:
    return lambda graph: [quad for i, quad in enumerate(graph) if i != at % len(graph)]


def _drop_all_of(at: int) -> Change:
    return lambda graph: [q for q in graph if q.subject != graph[at % len(graph)].subject]


def _swap_subjects(at: int, other: int) -> Change:
    def change(graph: Graph) -> Graph:
        one, two = graph[at % len(graph)], graph[other % len(graph)]
        swapped = {
            one: Quad(_subject(two), one.predicate, one.object),
            two: Quad(_subject(one), two.predicate, two.object),
        }
        return [swapped.get(quad, quad) for quad in graph]

    return change


def _state(whose: int, which: int, what: int) -> Change:
    """Say of one thing with the predicate of another what a third statement has as its object."""

    def change(graph: Graph) -> Graph:
        said = [graph[at % len(graph)] for at in (whose, which, what)]
        return [*graph, Quad(_subject(said[0]), said[1].predicate, _object(said[2]))]

    return change


def _state_literal(whose: int, which: int, literal: Literal) -> Change:
    def change(graph: Graph) -> Graph:
        subject = _subject(graph[whose % len(graph)])
        return [*graph, Quad(subject, graph[which % len(graph)].predicate, literal)]

    return change


def _replace_literal(at: int, literal: Literal) -> Change:
    def change(graph: Graph) -> Graph:
        places = [i for i, quad in enumerate(graph) if isinstance(quad.object, Literal)]
        if not places:
            return graph
        chosen = places[at % len(places)]
        old = graph[chosen]
        return [*graph[:chosen], Quad(old.subject, old.predicate, literal), *graph[chosen + 1 :]]

    return change


def _classify(at: int, name: NamedNode) -> Change:
    return lambda graph: [*graph, Quad(_subject(graph[at % len(graph)]), _TYPE, name)]


def _close_a_circle(at: int, other: int) -> Change:
    def change(graph: Graph) -> Graph:
        one, two = _subject(graph[at % len(graph)]), _subject(graph[other % len(graph)])
        return [*graph, Quad(one, _PARENT, two), Quad(two, _PARENT, one)]

    return change
