"""The shapes as pyshacl wants them: what they say is the same, in a form that it gets right.

Each difference is proved by the W3C's test suite, which is run through it.
"""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal
from rdflib.term import Node

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
_FLAGS = (SH.closed, SH.deactivated, SH.optional, SH.qualifiedValueShapesDisjoint, SH.uniqueLang)


def for_pyshacl(shapes: Graph) -> Graph:
    """A copy of `shapes` that makes pyshacl give the results that `shapes` ought to give."""
    ours = Graph(bind_namespaces="none")
    for subject, predicate, value in shapes:
        # pyshacl fills in messages by pattern: a value with a backslash would end it.
        if predicate != SH.message and not (predicate in _FLAGS and _is_no_flag(value)):
            ours.add((subject, predicate, value))
    _bring_in_imported_prefixes(ours)
    _give_targets_to_property_shapes(ours)
    return ours


def _is_no_flag(value: Node) -> bool:
    """Whether `value` is one that pyshacl takes for true: SHACL means the term `true` alone."""
    return isinstance(value, Literal) and str(value) not in ("true", "false")


def _bring_in_imported_prefixes(shapes: Graph) -> None:
    """Declare what the owl:imports of an sh:prefixes declare (SHACL §5.2.1): pyshacl stops short.

    Only what `shapes` itself holds is followed; nothing is fetched.
    """
    for ontology in set(shapes.objects(None, SH.prefixes)):
        for imported in list(shapes.transitive_objects(ontology, OWL.imports)):
            for declaration in list(shapes.objects(imported, SH.declare)):
                shapes.add((ontology, SH.declare, declaration))


def _give_targets_to_property_shapes(shapes: Graph) -> None:
    """Hand the targets of plain node shapes down to their property shapes.

    pyshacl judges the focus nodes of a target all at once, but those that it reaches through
    sh:property one at a time, which takes nearly twice as long.
    """
    for outer in list(shapes.subjects(SH.property, None, unique=True)):
        targets = [(p, o) for p, o in shapes.predicate_objects(outer) if p in _TARGETS]
        if not targets or not _is_plain(shapes, outer):
            continue
        for inner in list(shapes.objects(outer, SH.property)):
            shapes.remove((outer, SH.property, inner))
            for predicate, target in targets:
                shapes.add((inner, predicate, target))


def _is_plain(shapes: Graph, shape: Node) -> bool:
    """Whether nothing but its targets leads to a node shape, and its properties are no siblings."""
    siblings = any(
        (inner, SH.qualifiedValueShapesDisjoint, None) in shapes
        for inner in shapes.objects(shape, SH.property)
    )
    return not (
        siblings
        or (shape, SH.path, None) in shapes
        or (shape, SH.deactivated, None) in shapes
        or (shape, RDF.type, RDFS.Class) in shapes
        or (None, None, shape) in shapes
    )
