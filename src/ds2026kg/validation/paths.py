"""SHACL property paths (SHACL §2.3.1), read from a shapes graph and written as SPARQL or Turtle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias

from pyoxigraph import NamedNode
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

Operator: TypeAlias = Choice["/", "|", "^", "*", "+", "?"]

_UNARY: dict[URIRef, Operator] = {
    SH.inversePath: "^",
    SH.zeroOrMorePath: "*",
    SH.oneOrMorePath: "+",
    SH.zeroOrOnePath: "?",
}
_TURTLE_TERMS = {
    "^": "sh:inversePath",
    "*": "sh:zeroOrMorePath",
    "+": "sh:oneOrMorePath",
    "?": "sh:zeroOrOnePath",
}


@dataclass(frozen=True, slots=True)
class Compound:
    """A path made of `parts` by one operator of SPARQL 1.1 §9.1."""

    operator: Operator
    parts: tuple[Path, ...]


Path: TypeAlias = NamedNode | Compound


def read_path(graph: Graph, node: Node, _depth: int = 0) -> Path | None:
    """The path that `node` stands for in `graph`; None if it is not a well-formed path."""
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if _depth > _DEEPEST:
        return None
    operator, members = _members(graph, node)
    parts = [read_path(graph, member, _depth + 1) for member in members]
    whole = tuple(part for part in parts if part is not None)
    return Compound(operator, whole) if whole and len(whole) == len(parts) else None


_DEEPEST = 32  # a path that holds itself is ill-formed; stop somewhere


def _members(graph: Graph, node: Node) -> tuple[Operator, list[Node]]:
    if (node, RDF.first, None) in graph:
        return "/", list(graph.items(node))
    for alternatives in graph.objects(node, SH.alternativePath):
        return "|", list(graph.items(alternatives))
    for predicate, operator in _UNARY.items():
        for inner in graph.objects(node, predicate):
            return operator, [inner]
    return "/", []


def sparql_path(path: Path, name: Callable[[NamedNode], str] = str) -> str:
    """`path` in the notation of SPARQL 1.1 property paths; `name` writes each IRI.

    >>> parent = NamedNode("https://w3id.org/ds2026/ontology#hasParent")
    >>> sparql_path(Compound("^", (parent,)), name=lambda iri: "ds:hasParent")
    '^ds:hasParent'
    """
    if isinstance(path, NamedNode):
        return name(path)
    parts = [_grouped(part, name) for part in path.parts]
    match path.operator:
        case "/" | "|":
            return path.operator.join(parts)
        case "^":
            return f"^{parts[0]}"
        case _:
            return f"{parts[0]}{path.operator}"


def _grouped(path: Path, name: Callable[[NamedNode], str]) -> str:
    text = sparql_path(path, name)
    return text if isinstance(path, NamedNode) else f"({text})"


def turtle_path(path: Path) -> str:
    """`path` as Turtle, with `sh:` bound; only a compound path needs blank nodes."""
    if isinstance(path, NamedNode):
        return str(path)
    parts = " ".join(turtle_path(part) for part in path.parts)
    if path.operator == "/":
        return f"( {parts} )"
    if path.operator == "|":
        return f"[ sh:alternativePath ( {parts} ) ]"
    return f"[ {_TURTLE_TERMS[path.operator]} {parts} ]"


def first_steps(path: Path) -> Iterator[tuple[NamedNode, bool]]:
    """The predicates by which `path` may leave its focus node; True for one followed backwards.

    >>> parent = NamedNode("https://w3id.org/ds2026/ontology#hasParent")
    >>> [backwards for _, backwards in first_steps(Compound("^", (parent,)))]
    [True]
    """
    if isinstance(path, NamedNode):
        yield path, False
    elif path.operator == "/":
        yield from first_steps(path.parts[0])
    else:
        for part in path.parts:
            for predicate, backwards in first_steps(part):
                yield predicate, backwards is not (path.operator == "^")
