"""pyshacl's verdict on a data graph, as the W3C states it: the report, and each of its results."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph
from rdflib.term import Node

from ds2026kg.validation.adaptation import for_pyshacl
from ds2026kg.validation.data import DataGraph, data_graph
from ds2026kg.validation.result import Result
from ds2026kg.validation.shapes import read_path, unusable_shapes
from ds2026kg.validation.terms import Terms, quiet

# Beside its own errors, pyshacl lets through those of what it calls with parts of a shape.
_REFUSALS = (
    ReportableRuntimeError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    re.error,
)


def judged(quads: Iterable[Quad], shapes: Graph) -> list[Result]:
    """What pyshacl finds wrong with `quads`, in no particular order.

    Raises `ConfigurationError` for shapes that cannot be used.
    """
    terms = Terms()
    with quiet():
        data = data_graph(quads, terms)
        return results(report_graph(data, shapes), shapes, terms)


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
                shacl_graph=for_pyshacl(shapes),
                inference="none",
                advanced=False,
                abort_on_first=False,
                allow_infos=False,
                allow_warnings=False,
                meta_shacl=False,
                do_owl_imports=False,
                js=False,
            )
        except _REFUSALS as error:
            raise unusable_shapes(str(error) or type(error).__name__) from error
    if not isinstance(report, Graph):  # a failure in the sense of SHACL §3.4.3
        raise unusable_shapes(str(reason))
    return report


def results(report: Graph, shapes: Graph, terms: Terms) -> list[Result]:
    """The results in `report`, in no particular order; `shapes` holds their paths.

    Those under sh:detail are reasons for a result, not results of their own (SHACL §3.6.2.5).
    """
    return [_result(report, node, shapes, terms) for node in report.objects(None, SH.result)]


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
