"""Statements against shapes: every SHACL result as a finding, traced to the note behind it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from string import Formatter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad

from ds2026kg.config import Engine
from ds2026kg.findings import Finding, Rule, sort_findings
from ds2026kg.memory import FORGETFUL, Memory
from ds2026kg.validation.bindings import Bindings
from ds2026kg.validation.engine import judged
from ds2026kg.validation.idle import idle_shapes
from ds2026kg.validation.names import Names
from ds2026kg.validation.paths import sparql_path
from ds2026kg.validation.result import Result, ShapeFinding
from ds2026kg.validation.shapes import Shapes
from ds2026kg.validation.terms import quiet, rdflib_node
from ds2026kg.validation.trace import Origins

if TYPE_CHECKING:
    from ds2026kg.graph.statement import Statement


def judge(
    statements: Iterable[Statement],
    shapes: Shapes,
    ontology: Iterable[Quad],
    *,
    base: str = "https://w3id.org/ds2026/",
    engine: Engine = Engine.AUTO,
    memory: Memory = FORGETFUL,
) -> list[Finding]:
    """What SHACL finds wrong with `statements`, in report order.

    `ontology` (classes, concept schemes) is judged with them, so that subclasses and concepts are
    known; it has no spans. `base` is the data set's base IRI, by which findings name its things.
    `engine` has no part in what is found, only in how long it takes.
    `memory` keeps what is known of shapes that are the same again, and the results for nodes that
    no change touches.
    Raises `ConfigurationError` for shapes that cannot be used.
    """
    statements, ontology = list(statements), tuple(ontology)
    if shapes.places:
        # It needs pyshacl and a parser of SPARQL, which take most of a second to import.
        from ds2026kg.validation.soundness import check

        memory.recall("soundness", (shapes,), lambda: check(shapes))
    quads = list(chain((statement.quad for statement in statements), ontology))
    with quiet():
        # In one order, whichever engine found them: of findings that read alike, one is kept.
        found = sorted(_results(statements, shapes, ontology, engine, memory), key=str)
        clerk = _Clerk(shapes, Bindings(quads, shapes.graph), Origins(statements, found), base)
        told = [clerk.finding(result) for result in found]
    return sort_findings([*told, *idle_shapes(shapes, quads)])


def _results(
    statements: list[Statement],
    shapes: Shapes,
    ontology: tuple[Quad, ...],
    engine: Engine,
    memory: Memory,
) -> list[Result]:
    if memory is FORGETFUL:
        quads = [*(statement.quad for statement in statements), *ontology]
        return judged(quads, shapes.graph, engine)
    from ds2026kg.validation.ledger import Ledger

    ledger = memory.recall("ledger", (shapes, ontology), lambda: Ledger(shapes.graph, ontology))
    return ledger.results(statements, engine)


class _Clerk:
    """Writes the finding for each result."""

    def __init__(self, shapes: Shapes, bindings: Bindings, origins: Origins, base: str) -> None:
        self._shapes, self._bindings, self._origins = shapes, bindings, origins
        self._names = Names(base, ((p, str(n)) for p, n in shapes.graph.namespaces()))
        self._rules: dict[_Source, Rule] = {}

    def finding(self, result: Result) -> Finding:
        """`result` as a finding: its rule, its place, and its terms in short."""
        rule = self._rule(result)
        span, related = self._origins.place(result)
        shown = self._names.shown
        path = sparql_path(result.path, self._names.iri) if result.path is not None else None
        return ShapeFinding(
            rule=rule,
            span=span,
            values=self._values(result, rule, path),
            related=related,
            focus_node=shown(result.focus),
            path=path,
            value=shown(result.value) if result.value is not None else None,
            result=result,
        )

    def _rule(self, result: Result) -> Rule:
        source = (result.shape, result.constraint, result.component, result.severity)
        if source not in self._rules:
            shape, constraint, component, severity = source
            self._rules[source] = self._shapes.rule_for(
                rdflib_node(shape),
                rdflib_node(constraint) if constraint is not None else None,
                rdflib_node(component),
                rdflib_node(severity),
            )
        return self._rules[source]

    def _values(self, result: Result, rule: Rule, path: str | None) -> dict[str, object]:
        """What the placeholders of `rule` stand for; one that nothing binds stays a variable."""
        names = _placeholders(rule)
        values: dict[str, object] = {name: f"?{name}" for name in names}
        values["this"] = self._names.shown(result.focus)
        values["component"] = self._names.iri(result.component)
        values["shape"] = rule.code
        if path is not None:
            values["path"] = path
        if result.value is not None:
            values["value"] = self._names.shown(result.value)
        for name, term in self._bindings.of(result, names).items():
            values[name] = self._names.shown(term)
        return values


_Source = tuple[
    NamedNode | BlankNode,
    NamedNode | BlankNode | None,
    NamedNode,
    NamedNode,
]


@cache
def _placeholders(rule: Rule) -> frozenset[str]:
    texts = (*rule.message, *rule.remedy)
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
