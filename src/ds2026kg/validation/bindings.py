"""What the placeholders of a message stand for, in one result.

SHACL gives a message the solution's bindings (SHACL §5.3.2): {$this}, {?value}, {$path}, any other
variable that the query selects, and the parameters of a constraint component (SHACL §6.2.3).
pyshacl is not left to fill them in: it takes the text that it puts in for a pattern, so one
backslash in a note ends it, and it drops the language of the message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.query import ResultRow
from rdflib.term import Node

from ds2026kg.validation.data import DataGraph
from ds2026kg.validation.paths import sparql_path
from ds2026kg.validation.result import Result
from ds2026kg.validation.shapes import local_name
from ds2026kg.validation.terms import Terms, rdflib_node

_OWN = frozenset({"this", "value", "path"})  # a result holds these itself
_ALWAYS = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}  # as pyshacl binds them


class Bindings:
    """Looks up the variables and parameters that lie behind a result and are not told in it."""

    def __init__(self, data: DataGraph, shapes: Graph, terms: Terms) -> None:
        self._data, self._shapes, self._terms = data, shapes, terms
        self._told: Counter[Result] = Counter()

    def of(self, result: Result, names: frozenset[str]) -> Mapping[str, Node]:
        """The nodes that `names` stand for in `result`; a name that nothing binds is left out."""
        wanted = names - _OWN
        if not wanted:
            return {}
        if result.constraint is not None:
            return self._solution(result, wanted)
        return self._parameters(result, wanted)

    def _solution(self, result: Result, wanted: frozenset[str]) -> Mapping[str, Node]:
        """The solution behind `result`, found by asking its query about its focus node alone."""
        solutions = sorted(
            (
                {name: node for name, node in row.items() if name in wanted}
                for row in self._rows(result)
                if _matches(row, result)
            ),
            key=lambda row: sorted((name, str(node)) for name, node in row.items()),
        )
        if not solutions:
            return {}
        # Results that differ only in such a variable take the solutions in turn.
        turn = self._told[result] % len(solutions)
        self._told[result] += 1
        return solutions[turn]

    def _rows(self, result: Result) -> list[dict[str, Node]]:
        constraint = rdflib_node(result.constraint) if result.constraint else None
        select = self._shapes.value(constraint, SH.select)
        text = f"{self._prefixes(constraint)}\n{select}"
        if result.path is not None:
            text = text.replace("$PATH", sparql_path(result.path))
        this = self._terms.node(result.focus)
        answers = self._data.query(text, initBindings={"this": this})
        return [{"this": this, **row.asdict()} for row in answers if isinstance(row, ResultRow)]

    def _prefixes(self, constraint: Node | None) -> str:
        bound = dict(_ALWAYS)
        for ontology in self._shapes.objects(constraint, SH.prefixes):
            for imported in self._shapes.transitive_objects(ontology, OWL.imports):
                for declaration in self._shapes.objects(imported, SH.declare):
                    prefix = self._shapes.value(declaration, SH.prefix)
                    bound[str(prefix)] = str(self._shapes.value(declaration, SH.namespace))
        return "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in sorted(bound.items()))

    def _parameters(self, result: Result, wanted: frozenset[str]) -> Mapping[str, Node]:
        found: dict[str, Node] = {}
        component, shape = URIRef(result.component.value), rdflib_node(result.shape)
        for parameter in self._shapes.objects(component, SH.parameter):
            path = self._shapes.value(parameter, SH.path)
            value = self._shapes.value(shape, path) if path is not None else None
            if value is not None and local_name(str(path)) in wanted:
                found[local_name(str(path))] = value
        return found


def _matches(row: Mapping[str, Node], result: Result) -> bool:
    """Whether a solution is the one that a result was made from (SHACL §5.3.2)."""
    value, path = row.get("value"), row.get("path")
    if value is not None and (result.value is None or value != rdflib_node(result.value)):
        return False
    if path is not None and result.path != NamedNode(str(path)):
        return False
    return row["this"] == rdflib_node(result.focus)
