"""Whether the user's own shapes can be used at all, told before anything is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyshacl.entrypoints import meta_validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text
from ds2026kg.validation.constraint_queries import prepared, prologue
from ds2026kg.validation.shapes import Shapes, all_shapes, unusable_shapes
from ds2026kg.validation.terms import quiet

# Of SHACL Advanced Features and SHACL-JS; whoever wrote them believes that they judge.
_NOT_RUN = tuple(SH[name] for name in ("js", "jsFunctionName", "target", "rule", "expression"))
_QUERIES = (SH.select, SH.ask)
_TO_A_SHAPE = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_TO_SHAPES = (SH["and"], SH["or"], SH.xone)


def check(shapes: Shapes) -> None:
    """Nothing, if the shapes of the user's own files can be used.

    Raises `ConfigurationError`, naming the file, for shapes that SHACL's own shapes find ill-formed
    (SHACL appendix C), that refer to themselves (SHACL §3.4.3 leaves their meaning open), that need
    what is not run here, and for queries and patterns that cannot be read or would leave the data.
    """
    if not shapes.places:
        return
    with quiet():
        _check_features(shapes)
        _check_form(shapes)
        _check_recursion(shapes)
        _check_queries(shapes)
        _check_patterns(shapes)


def _check_features(shapes: Shapes) -> None:
    for feature in _NOT_RUN:
        for node in shapes.graph.subjects(feature):
            if node in shapes.places:
                raise _unusable(
                    shapes,
                    node,
                    f"sh:{str(feature).removeprefix(str(SH))} is not run here",
                    f"sh:{str(feature).removeprefix(str(SH))} n’est pas exécuté ici",
                )


def _check_form(shapes: Shapes) -> None:
    own = Graph(bind_namespaces="none")
    for triple in shapes.graph:
        if triple[0] in shapes.places:
            own.add(triple)
    _, report, _ = meta_validate(own, inference="none")
    if isinstance(report, Graph):
        faults = [_fault(shapes, report, node) for node in report.objects(None, SH.result)]
        for node, told in sorted(faults, key=str):
            raise _unusable(shapes, node, told.en, told.fr)


def _fault(shapes: Shapes, report: Graph, result: Node) -> tuple[Node | None, Text]:
    """The node that `result` of SHACL's own shapes is about, and what is wrong with it."""
    node, path = (report.value(result, SH[name]) for name in ("focusNode", "resultPath"))
    shape = _short(shapes, node)
    if not isinstance(path, URIRef):  # of a whole shape, or of the nodes of a path
        return node, Text(
            f"{shape} is no well-formed shape; look at sh:path",
            f"{shape} n’est pas une forme bien formée; voyez sh:path",
        )
    term = f"sh:{str(path).removeprefix(str(SH))}"
    value = report.value(result, SH.value)
    told = f"{term} {value}" if isinstance(value, Literal | URIRef) else term
    return node, Text(
        f"{shape} is no well-formed shape: {told}",
        f"{shape} n’est pas une forme bien formée\u00a0: {told}",
    )


def _check_recursion(shapes: Shapes) -> None:
    graph = shapes.graph
    for shape in sorted(all_shapes(graph), key=str):
        if shape in shapes.places and _comes_back(graph, shape):
            raise _unusable(
                shapes,
                shape,
                f"{_short(shapes, shape)} refers to itself",
                f"{_short(shapes, shape)} renvoie à elle-même",
            )


def _comes_back(graph: Graph, shape: Node) -> bool:
    seen: set[Node] = set()
    waiting = [shape]
    while waiting:
        for other in _used_by(graph, waiting.pop()):
            if other == shape:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def _used_by(graph: Graph, shape: Node) -> Iterator[Node]:
    for predicate in _TO_A_SHAPE:
        yield from graph.objects(shape, predicate)
    for predicate in _TO_SHAPES:
        for members in graph.objects(shape, predicate):
            yield from graph.items(members)


def _check_queries(shapes: Shapes) -> None:
    for predicate in _QUERIES:
        for node, text in shapes.graph.subject_objects(predicate):
            if node in shapes.places:
                query = str(text).replace("$PATH", f"<{RDF.value}>")
                try:
                    prepared(f"{prologue(shapes.graph, node)}\n{query}")
                except ConfigurationError as error:
                    place = shapes.places[node]
                    raise ConfigurationError(
                        error.message, place=place, remedy=error.remedy
                    ) from error


def _check_patterns(shapes: Shapes) -> None:
    for node, pattern in shapes.graph.subject_objects(SH.pattern):
        if node in shapes.places:
            try:
                re.compile(str(pattern))
            except re.error as error:
                told = f"sh:pattern {pattern}"
                raise _unusable(
                    shapes, node, f"{told}: {error}", f"{told}\u00a0: {error}"
                ) from error


def _unusable(shapes: Shapes, node: Node | None, en: str, fr: str) -> ConfigurationError:
    place = shapes.places.get(node, "") if node is not None else ""
    return unusable_shapes(Text(en, fr), place=place)


def _short(shapes: Shapes, node: Node | None) -> str:
    """What `node` is called, or the nearest shape around it that has a name."""
    name = shapes.name(node) if node is not None else None
    return f"<{name}>" if name is not None else "[]"
