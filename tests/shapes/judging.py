"""The shapes, their fixtures, and the judge of both: what the tests and `mutation` share.

Reports are approved again by hand, after reading the difference, never by a test:

    PYTHONPATH=src python -m tests.shapes.judging [CODE ...]
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyshacl import validate
from rdflib import SH, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.plugins.sparql import prepareQuery

from ds2026kg.validation.terms import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result
    from rdflib.term import Node

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "shapes"
DSH = Namespace("https://w3id.org/ds2026/shapes#")

_PREFIXES = URIRef("https://w3id.org/ds2026/shapes")

# Parameters that only work together are removed together.
CONSTRAINTS = tuple(
    tuple(SH[name] for name in names.split())
    for names in (
        "class",
        "closed ignoredProperties",
        "datatype",
        "disjoint",
        "in",
        "languageIn",
        "lessThanOrEquals",
        "maxCount",
        "minCount",
        "minInclusive",
        "node",
        "nodeKind",
        "not",
        "or",
        "pattern",
        "qualifiedValueShape qualifiedMinCount qualifiedMaxCount",
        "sparql",
        "uniqueLang",
        "xone",
    )
)


class PreparedGraph(Graph):
    """A graph that parses a SPARQL text once: pyshacl sends it again for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """As `Graph.query`, with the parsed query kept for the next call."""
        prepared = _prepare(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


_prepare = cache(prepareQuery)


def union(folder: str) -> Graph:
    """The Turtle files of a folder of the project, as one graph."""
    graph = Graph()
    for file in sorted((ROOT / folder).glob("*.ttl")):
        graph.parse(file)
    return graph


SHAPES = union("shapes")
ONTOLOGY = union("ontology")


def reporting_shapes() -> set[Node]:
    """Every shape that results can name as their source: targeted shapes and their properties."""
    found: set[Node] = set()
    waiting = list(SHAPES.subjects(SH.targetClass, unique=True))
    while waiting:
        shape = waiting.pop()
        if shape not in found:
            found.add(shape)
            waiting.extend(SHAPES.objects(shape, SH.property))
    return found


def constraints(shape: Node, shapes: Graph = SHAPES) -> list[tuple[URIRef, ...]]:
    """The groups of constraint parameters that a shape has."""
    return [group for group in CONSTRAINTS if (shape, group[0], None) in shapes]


RULES = sorted(str(shape).removeprefix(DSH) for shape in reporting_shapes() if constraints(shape))


def alone(shapes: Graph, rule: URIRef) -> Graph:
    """The shapes without all that does not bear on `rule`."""
    found = Graph()
    waiting: list[Node] = [rule, *shapes.subjects(SH.property, rule), _PREFIXES]
    while waiting:
        node = waiting.pop()
        for triple in shapes.triples((node, None, None)):
            _, predicate, value = triple
            if (node, SH.property, rule) in shapes and predicate == SH.property and value != rule:
                continue
            if triple not in found:
                found.add(triple)
                waiting.append(value)
    return found


@cache
def data_of(fixture: Path) -> PreparedGraph:
    """A fixture together with the concept schemes; not to be changed."""
    data = PreparedGraph()
    with quiet():
        data.parse(fixture)
    for triple in ONTOLOGY:
        data.add(triple)
    return data


def judge(fixture: Path, shapes: Graph = SHAPES) -> list[dict[str, str | None]]:
    """Judge one fixture with the concept schemes, and put the results in readable form."""
    _, report, _ = validate(data_of(fixture), shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    results = [_result(report, result) for result in report.objects(None, SH.result)]
    return sorted(results, key=str)


def _result(report: Graph, result: Node) -> dict[str, str | None]:
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    return {
        "focusNode": str(report.value(result, SH.focusNode)),
        "path": None if path is None else _path(report, path),
        "value": None if value is None else _term(value),
        "severity": local(report.value(result, SH.resultSeverity)),
        "component": local(report.value(result, SH.sourceConstraintComponent)),
        "sourceShape": str(report.value(result, SH.sourceShape)),
    }


def _term(term: Node) -> str:
    return str(term) if isinstance(term, URIRef) else term.n3()


def local(term: Node | None) -> str:
    """What follows the "#" of an IRI."""
    return str(term).rpartition("#")[2]


def _path(report: Graph, path: Node) -> str:
    """Write a SHACL property path in SPARQL's notation (SHACL §2.3.1)."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    for parameter, form in ((SH.inversePath, "^{}"), (SH.oneOrMorePath, "{}+")):
        if inner := report.value(path, parameter):
            return form.format(_path(report, inner))
    return "/".join(_path(report, step) for step in Collection(report, path))


def reports(rule: str) -> Iterator[tuple[Path, list[dict[str, str | None]]]]:
    """The report of each graph of a rule that has one, with the file in which it is approved."""
    folder = FIXTURES / rule
    yield folder / "report.json", judge(folder / "invalid.ttl")
    if (folder / "corners.ttl").is_file():
        yield folder / "corners.json", judge(folder / "corners.ttl", alone(SHAPES, DSH[rule]))


def approve(rules: Sequence[str]) -> None:
    """Write the reports of each rule as they are today."""
    for rule in rules:
        for file, told in reports(rule):
            text = json.dumps(told, ensure_ascii=False, indent=2)
            file.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    approve(sys.argv[1:] or RULES)
