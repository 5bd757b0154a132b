"""The solutions of a constraint's query for one focus node: many times over, and so with an index.

pyoxigraph answers in microseconds where rdflib takes milliseconds, but its store gives "01" of
xsd:integer back as "1", and a message quotes what the note says. Data that it would rewrite are
left to rdflib.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pyoxigraph as ox
from rdflib.query import ResultRow

from ds2026kg.validation.constraint_queries import prepared
from ds2026kg.validation.data import data_graph
from ds2026kg.validation.result import Term
from ds2026kg.validation.terms import Terms

Row: TypeAlias = dict[str, Term]
Solver: TypeAlias = Callable[[str, Term], list[Row]]
"""Answers a SELECT query (first) with $this bound to a focus node (second; SHACL §5.3.1)."""

_THIS = ox.Variable("this")


def solver(quads: Sequence[ox.Quad]) -> Solver:
    """What answers queries about `quads`, whatever graphs they are in."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    kept = {quad.object for quad in store} == {quad.object for quad in quads}
    return _by_pyoxigraph(store) if kept else _by_rdflib(quads)


def _by_pyoxigraph(store: ox.Store) -> Solver:
    read: set[str] = set()

    def solve(text: str, this: Term) -> list[Row]:
        if text not in read:
            prepared(text)  # refuses what would leave the data graph
            read.add(text)
        answers = store.query(text, substitutions={_THIS: this})
        assert isinstance(answers, ox.QuerySolutions)  # noqa: S101
        names = [variable.value for variable in answers.variables]
        return [
            {name: term for name in names if (term := row[name]) is not None} for row in answers
        ]

    return solve


def _by_rdflib(quads: Sequence[ox.Quad]) -> Solver:
    terms = Terms()
    graph = data_graph(quads, terms)

    def solve(text: str, this: Term) -> list[Row]:
        answers = graph.query(text, initBindings={"this": terms.node(this)})
        return [
            {name: terms.term(node) for name, node in row.asdict().items()}
            for row in answers
            if isinstance(row, ResultRow)
        ]

    return solve
