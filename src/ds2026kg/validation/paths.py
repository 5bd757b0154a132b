"""SHACL property paths (SHACL §2.3.1), as data, and written as SPARQL or as Turtle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias

from pyoxigraph import NamedNode

Operator: TypeAlias = Choice["/", "|", "^", "*", "+", "?"]

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
