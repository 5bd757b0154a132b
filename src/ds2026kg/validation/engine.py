"""pyshacl's verdict on a data graph, as the W3C states it: the report, and each of its results."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import BlankNode, Literal, NamedNode
from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import Node

from ds2026kg.validation.data import DataGraph, Terms
from ds2026kg.validation.result import Result
from ds2026kg.validation.shapes import read_path, unusable_shapes

_LOGGERS = ("pyshacl-validate", "rdflib.term", "rdflib")


def report_graph(data: DataGraph, shapes: Graph) -> Graph:
    """The sh:ValidationReport (SHACL §3.6) of `data` against `shapes`, as pyshacl gives it.

    Nothing is inferred, fetched or changed, and no script is run. Every result of every severity
    is in it, and sh:conforms is false if there is any: severity has no part in conformance
    (SHACL §2.1.4), which is why pyshacl's `allow_warnings` stays off. Messages are left to the
    shapes (see `bindings`). Raises `ConfigurationError` for shapes that pyshacl cannot use.
    """
    with quiet():
        try:
            _, report, reason = validate(
                data,
                shacl_graph=_for_pyshacl(shapes),
                inference="none",
                advanced=False,
                abort_on_first=False,
                allow_infos=False,
                allow_warnings=False,
                meta_shacl=False,
                do_owl_imports=False,
                js=False,
            )
        except (ReportableRuntimeError, NotImplementedError) as error:
            raise unusable_shapes(str(error)) from error
    if not isinstance(report, Graph):  # a failure in the sense of SHACL §3.4.3
        raise unusable_shapes(str(reason))
    return report


def results(report: Graph, shapes: Graph, terms: Terms) -> list[Result]:
    """The results in `report`, in no particular order; `shapes` holds their paths."""
    return [
        _result(report, node, shapes, terms)
        for node in report.subjects(RDF.type, SH.ValidationResult)
    ]


def _result(report: Graph, node: Node, shapes: Graph, terms: Terms) -> Result:
    said = dict(report.predicate_objects(node))
    path, value, constraint = (
        said.get(SH[name]) for name in ("resultPath", "value", "sourceConstraint")
    )
    return Result(
        focus=terms.term(said[SH.focusNode]),
        # pyshacl keeps the names of blank nodes, so that a path can be read where it is whole
        path=read_path(shapes, path) if path is not None else None,
        value=terms.term(value) if value is not None else None,
        shape=_identified(said.get(SH.sourceShape), terms),
        constraint=_identified(constraint, terms) if constraint is not None else None,
        component=NamedNode(str(said[SH.sourceConstraintComponent])),
        severity=NamedNode(str(said[SH.resultSeverity])),
    )


def _identified(node: Node | None, terms: Terms) -> NamedNode | BlankNode:
    term = terms.term(node) if node is not None else BlankNode()
    return BlankNode() if isinstance(term, Literal) else term


def _for_pyshacl(shapes: Graph) -> Graph:
    """`shapes` with the same results, in a form that suits pyshacl.

    Messages are gone: pyshacl breaks on a value with a backslash when it fills them in. The
    property shapes of a node shape with targets have these targets themselves: pyshacl judges all
    focus nodes of a target at once, but those reached through sh:property one at a time, which
    takes twice as long.
    """
    ours = Graph(bind_namespaces="none")
    for triple in shapes:
        if triple[1] != SH.message:
            ours.add(triple)
    for outer, inner in list(ours.subject_objects(SH.property)):
        targets = [(p, o) for p, o in ours.predicate_objects(outer) if p in _TARGETS]
        if targets and _judges_only_targets(ours, outer):
            ours.remove((outer, SH.property, inner))
            for predicate, target in targets:
                ours.add((inner, predicate, target))
    return ours


_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)


def _judges_only_targets(shapes: Graph, shape: Node) -> bool:
    """Whether `shape` is a plain node shape that no other shape leads to and no class implies."""
    apart = (SH.path, SH.deactivated)
    return (
        all((shape, predicate, None) not in shapes for predicate in apart)
        and (shape, RDF.type, RDFS.Class) not in shapes
        and not any(shapes.subjects(None, shape))
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps rdflib and pyshacl from writing to standard error: what they have to say is a result.

    rdflib logs a traceback for each ill-typed literal, which a shape will report.
    """
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
