"""What the placeholders of a message stand for, in one result.

SHACL gives a message the solution's bindings (SHACL §5.3.2): {$this}, {?value}, {$path}, any other
variable that the query selects, and the parameters of a constraint component (SHACL §6.2.3).
pyshacl is not left to fill them in: it takes the text that it puts in for a pattern, so one
backslash in a note ends it, and it drops the language of the message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from pyoxigraph import NamedNode, Quad
from rdflib import SH, Graph, URIRef

from ds2026kg.validation.constraint_queries import prologue
from ds2026kg.validation.paths import sparql_path
from ds2026kg.validation.result import Result, Term
from ds2026kg.validation.shapes import local_name
from ds2026kg.validation.solutions import Solver, solver
from ds2026kg.validation.terms import pyoxigraph_term, rdflib_node

_OWN = frozenset({"this", "value", "path"})  # a result holds these itself


class Bindings:
    """Looks up the variables and parameters that lie behind a result and are not told in it."""

    def __init__(self, quads: Sequence[Quad], shapes: Graph) -> None:
        self._quads, self._shapes = quads, shapes
        self._told: Counter[Result] = Counter()

    def of(self, result: Result, names: frozenset[str]) -> Mapping[str, Term]:
        """The terms that `names` stand for in `result`; a name that nothing binds is left out."""
        wanted = names - _OWN
        if not wanted:
            return {}
        if result.constraint is not None:
            return self._solution(result, wanted)
        return self._parameters(result, wanted)

    @cached_property
    def _solver(self) -> Solver:
        return solver(self._quads)

    def _solution(self, result: Result, wanted: frozenset[str]) -> Mapping[str, Term]:
        """The solution behind `result`, found by asking its query about its focus node alone."""
        solutions = sorted(
            (
                {name: term for name, term in row.items() if name in wanted}
                for row in self._rows(result)
                if _matches(row, result)
            ),
            key=lambda row: sorted((name, str(term)) for name, term in row.items()),
        )
        if not solutions:
            return {}
        # Results that differ only in such a variable take the solutions in turn.
        turn = self._told[result] % len(solutions)
        self._told[result] += 1
        return solutions[turn]

    def _rows(self, result: Result) -> list[dict[str, Term]]:
        constraint = rdflib_node(result.constraint) if result.constraint else None
        select = self._shapes.value(constraint, SH.select)
        text = f"{prologue(self._shapes, constraint)}\n{select}"
        if result.path is not None:
            text = text.replace("$PATH", sparql_path(result.path))
        return [{"this": result.focus, **row} for row in self._solver(text, result.focus)]

    def _parameters(self, result: Result, wanted: frozenset[str]) -> Mapping[str, Term]:
        found: dict[str, Term] = {}
        component, shape = URIRef(result.component.value), rdflib_node(result.shape)
        for parameter in self._shapes.objects(component, SH.parameter):
            path = self._shapes.value(parameter, SH.path)
            value = self._shapes.value(shape, path) if path is not None else None
            if value is not None and local_name(str(path)) in wanted:
                found[local_name(str(path))] = pyoxigraph_term(value)
        return found


def _matches(row: Mapping[str, Term], result: Result) -> bool:
    """Whether a solution is the one that a result was made from (SHACL §5.3.2)."""
    value, path = row.get("value"), row.get("path")
    if value is not None and value != result.value:
        return False
    if path is not None and (not isinstance(path, NamedNode) or result.path != path):
        return False
    return row["this"] == result.focus
