"""Whether the fixtures would notice a shape that lost a part of what it demands.

    PYTHONPATH=src python -m tests.shapes.mutation [CODE ...]

makes mutants of every shape of `shapes/`, or of those named. Each lacks one part: a constraint, of
the shape or of a nameless one within it; a branch of sh:or or sh:xone; a member of sh:in,
sh:languageIn or sh:ignoredProperties; an end of a pattern; a filter, or a choice of one, of a query;
a target; its place among the properties of one of several shapes. A mutant is killed if a graph in
the folder of its rule, in `tests/fixtures/shapes/`, then gets other results. The command prints the
mutants that live, and how many do not; its status is 1 if one lives.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from .judging import (
    CONSTRAINTS,
    DSH,
    FIXTURES,
    RULES,
    SHAPES,
    alone,
    judge,
    local,
    reporting_shapes,
)

_LISTS = (SH["in"], SH.languageIn, SH.ignoredProperties, SH["or"], SH.xone)


class Mutant(NamedTuple):
    """The shapes with one part of one of them taken out, and which part it is."""

    shape: str
    lost: str
    shapes: Graph


def mutants(shapes: Graph, rule: URIRef) -> Iterator[Mutant]:
    """Every mutant of one rule in `shapes`, judged by itself."""
    only = alone(shapes, rule)
    for lost, removed, added in _changes(only, rule):
        mutant = Graph()
        for triple in only:
            if triple not in removed:
                mutant.add(triple)
        for triple in added:
            mutant.add(triple)
        yield Mutant(local(rule), lost, mutant)


_Triple = tuple[Node, Node, Node]
_Change = tuple[str, set[_Triple], set[_Triple]]


def _changes(shapes: Graph, rule: URIRef) -> Iterator[_Change]:
    for node in _parts(shapes, rule):
        where = "" if node == rule else _name(shapes, node)
        changes = (_dropped, _shortened, _loosened, _unfiltered)
        for lost, removed, added in chain.from_iterable(each(shapes, node) for each in changes):
            yield where + lost, removed, added
    yield from _targets(shapes, rule)


def _dropped(shapes: Graph, node: Node) -> Iterator[_Change]:
    """A shape without each of its constraints."""
    for group in CONSTRAINTS:
        if (node, group[0], None) in shapes:
            removed: set[_Triple] = {
                triple for term in group for triple in shapes.triples((node, term, None))
            }
            yield f"sh:{local(group[0])}", removed, set()


def _shortened(shapes: Graph, node: Node) -> Iterator[_Change]:
    """A list without each of its members; one that has a single member is lost as a whole."""
    for term in _LISTS:
        for head in shapes.objects(node, term):
            members = list(Collection(shapes, head))
            for number, member in enumerate(members if len(members) > 1 else ()):
                added, start = Graph(), BNode()
                Collection(added, start, members[:number] + members[number + 1 :])
                added.add((node, term, start))
                lost = f"sh:{local(term)} {_shown(shapes, member)}"
                yield lost, {(node, term, head)}, set(added)


def _loosened(shapes: Graph, node: Node) -> Iterator[_Change]:
    """A pattern without each of its ends."""
    for pattern in shapes.objects(node, SH.pattern):
        for looser in (str(pattern).removeprefix("^"), str(pattern).removesuffix("$")):
            if looser != str(pattern):
                yield _replaced(node, SH.pattern, pattern, looser, f"sh:pattern {looser}")


def _unfiltered(shapes: Graph, node: Node) -> Iterator[_Change]:
    """A query without each of its parts that can be left out."""
    for query in shapes.objects(node, SH.select):
        for part, text in _queries(str(query)):
            yield _replaced(node, SH.select, query, text, part)


def _parts(shapes: Graph, rule: Node) -> list[Node]:
    """The rule, and every nameless shape and query that belongs to it."""
    found, waiting = [], [rule]
    while waiting:
        node = waiting.pop()
        found.append(node)
        for term, value in shapes.predicate_objects(node):
            inner = Collection(shapes, value) if term in (SH["or"], SH.xone) else [value]
            own = (each for each in inner if term == SH.sparql or isinstance(each, BNode))
            waiting += [
                each for each in own if term != SH.path and (each, RDF.first, None) not in shapes
            ]
    return found


def _name(shapes: Graph, node: Node) -> str:
    """A nameless shape, as what it says: steady, where the names of blank nodes are not."""
    said = sorted(
        f"sh:{local(term)} {_shown(shapes, value)}"
        for term, value in shapes.predicate_objects(node)
    )
    return "" if isinstance(node, URIRef) else f"[ {' ; '.join(said)} ] "


def _shown(shapes: Graph, value: Node) -> str:
    if (value, RDF.first, None) in shapes:
        return f"( {' '.join(_shown(shapes, each) for each in Collection(shapes, value))} )"
    if isinstance(value, BNode):
        return _name(shapes, value).strip()
    return local(value) if isinstance(value, URIRef) else str(value)


def _replaced(node: Node, term: URIRef, old: Node, new: str, lost: str) -> _Change:
    return lost, {(node, term, old)}, {(node, term, Literal(new))}


def _queries(text: str) -> Iterator[tuple[str, str]]:
    """A query without each of its filters, each choice of a filter, each member of an IN."""
    for match in re.finditer(r"\bFILTER\b[^({]*", text):
        end = _closing(text, match.end())
        whole = text[match.start() : end]
        yield _flat(whole), text[: match.start()] + text[end:]
        choices = text[match.end() + 1 : end - 1].split("||")
        for number in range(len(choices) if len(choices) > 1 else 0):
            rest = "||".join(choices[:number] + choices[number + 1 :])
            changed = text[: match.end() + 1] + rest + text[end - 1 :]
            yield f"{_flat(whole)} without {_flat(choices[number])}", changed
    for match in re.finditer(r"\bIN \(([^)]*)\)", text):
        members = match[1].split(",")
        for member in members:
            rest = ",".join(each for each in members if each is not member)
            yield (
                f"IN without {member.strip()}",
                f"{text[: match.start(1)]}{rest}{text[match.end(1) :]}",
            )


def _closing(text: str, start: int) -> int:
    """Where the bracket at `start` ends, which may hold others."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in "({") - (text[place] in ")}")
        if not depth:
            return place + 1
    message = f"no bracket closes the one at {start}: {text}"
    raise ValueError(message)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _targets(shapes: Graph, shape: URIRef) -> Iterator[_Change]:
    """The shape without each class that it is for, and out of each of several that hold it."""
    for target in sorted(shapes.objects(shape, SH.targetClass), key=str):
        yield f"sh:targetClass {local(target)}", {(shape, SH.targetClass, target)}, set()
    holders = sorted(shapes.subjects(SH.property, shape), key=str)
    for holder in holders if len(holders) > 1 else ():
        yield f"sh:property of {local(holder)}", {(holder, SH.property, shape)}, set()


@cache
def _usual(rule: str, fixture: Path) -> list[dict[str, str | None]]:
    """What the rule as it is says of a graph."""
    return judge(fixture, alone(SHAPES, DSH[rule]))


def is_killed(mutant: Mutant) -> bool:
    """Whether a graph of its rule gets other results from the mutant."""
    return any(
        judge(file, mutant.shapes) != _usual(mutant.shape, file) for file in _graphs(mutant.shape)
    )


def _graphs(shape: str) -> Iterator[Path]:
    """The fixtures of a rule, or of all the rules that a shape holds."""
    if shape in RULES:
        yield from sorted((FIXTURES / shape).glob("*.ttl"))
        return
    for rule in sorted(SHAPES.objects(DSH[shape], SH.property), key=str):
        yield from _graphs(local(rule))


def main(shapes: Sequence[str]) -> int:
    """Judge the mutants of `shapes`; returns the exit status."""
    made = [mutant for shape in shapes for mutant in mutants(SHAPES, DSH[shape])]
    alive = [mutant for mutant in made if not is_killed(mutant)]
    for mutant in alive:
        sys.stdout.write(f"lives: {mutant.shape}: {mutant.lost}\n")
    killed = len(made) - len(alive)
    sys.stdout.write(f"{killed} of {len(made)} mutants of {len(shapes)} shapes killed\n")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or sorted(map(local, reporting_shapes()))))
