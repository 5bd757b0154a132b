"""Shapes that judge nothing: without a focus node in the data (SHACL §2.1.3), or without a target.

Such a shape hides what it was written to find, and most often is misspelt. Our own are not told of
in findings: their targets are tested, and a vault need not have everything they speak of.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Quad
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from ds2026kg.findings import Finding, Rule
from ds2026kg.validation.shape_rules import WITHOUT_FOCUS, WITHOUT_TARGET
from ds2026kg.validation.shapes import Shapes, all_shapes

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_TYPE = str(RDF.type)
_SUBCLASS = str(RDFS.subClassOf)
_LOG = logging.getLogger(__name__)


def idle_shapes(shapes: Shapes, quads: Iterable[Quad]) -> list[Finding]:
    """A finding for each shape of the user's own files that judges nothing in `quads`."""
    if not shapes.places and not _LOG.isEnabledFor(logging.DEBUG):
        return []
    data = _Vocabulary(quads)
    findings = []
    for shape in sorted(all_shapes(shapes.graph), key=str):
        rule = _why_idle(shapes.graph, shape, data)
        if rule is None:
            continue
        if shape in shapes.places:
            values = {"shape": _name(shape), "file": shapes.places[shape]}
            findings.append(Finding(rule, values=values))
        else:
            _LOG.debug("%s: %s", rule.code, shape)
    return findings


def _why_idle(graph: Graph, shape: Node, data: _Vocabulary) -> Rule | None:
    if (shape, SH.deactivated, Literal(True)) in graph:
        return None
    targets = list(_targets(graph, shape))
    if targets:
        return None if any(data.has(*target) for target in targets) else WITHOUT_FOCUS
    # As a member of a list or an object of another shape it is there for that one.
    return None if any(graph.triples((None, None, shape))) else WITHOUT_TARGET


def _targets(graph: Graph, shape: Node) -> Iterator[tuple[URIRef, str]]:
    for predicate in _TARGETS:
        for target in graph.objects(shape, predicate):
            yield predicate, str(target)
    if (shape, RDF.type, RDFS.Class) in graph:  # an implicit class target
        yield SH.targetClass, str(shape)


def _name(shape: Node) -> str:
    return f"<{shape}>" if isinstance(shape, URIRef) else "[]"


class _Vocabulary:
    """The classes and properties that data use."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._properties: set[str] = set()
        self._classes: set[str] = set()
        above: defaultdict[str, set[str]] = defaultdict(set)
        for quad in quads:
            predicate = quad.predicate.value
            self._properties.add(predicate)
            if predicate == _TYPE:
                self._classes.add(_iri(quad.object))
            elif predicate == _SUBCLASS:
                above[_iri(quad.subject)].add(_iri(quad.object))
        waiting = list(self._classes)
        while waiting:  # an instance of a class is one of every class above it
            for superclass in above[waiting.pop()] - self._classes:
                self._classes.add(superclass)
                waiting.append(superclass)

    def has(self, target: URIRef, value: str) -> bool:
        """Whether there is a focus node for a target and its value."""
        if target == SH.targetNode:  # need not be in the data (SHACL §2.1.3.1)
            return True
        return value in (self._classes if target == SH.targetClass else self._properties)


def _iri(term: object) -> str:
    return str(getattr(term, "value", term))
