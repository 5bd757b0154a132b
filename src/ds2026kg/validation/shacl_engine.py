"""The verdict of `shacl`, a validator in Rust, for large graphs: result for result that of pyshacl.

It gets the same shapes and data, in a form that leads its results back to them, for it renames blank
nodes. Those of the shapes that a result can name get IRIs for the while (skolemization, RDF 1.1
§3.5). Those of the data must stay blank: a witness says of each what it was called.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import chain
from typing import TypeVar

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ds2026kg.validation.agreement import Inapplicable, doubts
from ds2026kg.validation.constraint_queries import distinct, prologue
from ds2026kg.validation.result import Result, Term
from ds2026kg.validation.shapes import read_path
from ds2026kg.validation.terms import pyoxigraph_term, rdflib_node

_SH = str(SH)
_GENID = "https://w3id.org/ds2026/.well-known/genid/"
_NAMED_BY_RESULTS = (SH.property, SH.sparql)
_MAKES_A_SHAPE = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf, SH.path)
_WITNESS = ox.NamedNode(f"{_GENID}#witness")
_WITNESSES = (
    ox.Triple(_WITNESS, ox.NamedNode(SH.targetSubjectsOf), _WITNESS),
    ox.Triple(_WITNESS, ox.NamedNode(SH.path), _WITNESS),
    ox.Triple(_WITNESS, ox.NamedNode(SH.nodeKind), ox.NamedNode(SH.Literal)),
)
"""A shape that nothing conforms to: its results bring witnesses and blank nodes together."""
_FORMAT = "ntriples"
_POLL = 0.1  # seconds between looks at whether the user has interrupted

_Done = TypeVar("_Done")


def is_installed() -> bool:
    """Whether there is a `shacl` on this platform."""
    return find_spec("shacl") is not None


def judged(quads: Sequence[ox.Quad], shapes: Graph) -> list[Result]:
    """What `shacl` finds wrong with `quads`, in no particular order.

    Raises `Inapplicable` where it may judge otherwise than pyshacl.
    """
    for doubt in doubts(quads, shapes):
        raise Inapplicable(doubt)
    return unchecked(quads, shapes)


def unchecked(quads: Sequence[ox.Quad], shapes: Graph) -> list[Result]:
    """As `judged`, whether or not pyshacl would say the same.

    Raises `Inapplicable` for shapes that `shacl` refuses and for results that cannot be led back.
    """
    names = _names(shapes)
    # A query could come upon witnesses.
    witnessed = (None, SH.select, None) not in shapes
    triples = dict.fromkeys(_triples(quads))
    asked = _lines(chain(_adapted(shapes, names), _WITNESSES if witnessed else ()))
    data = _lines(chain(triples, _witnesses(triples) if witnessed else ()))
    report = _interruptible(lambda: _report(asked, data))
    return list(_results(report, _Source(shapes, {name: node for node, name in names.items()})))


def _report(shapes: str, data: str) -> bytes:
    import shacl

    try:
        compiled = shacl.Shapes.from_text(shapes, format=_FORMAT)
        report = compiled.validate_text(data, format=_FORMAT)
        text: str = report.serialize(_FORMAT)
    except (
        BaseException
    ) as error:  # a panic in Rust is no Exception; interrupts go to the main thread
        raise Inapplicable(str(error)) from error
    return text.encode()


def _interruptible(work: Callable[[], _Done]) -> _Done:
    """The outcome of `work`, done in a thread: `shacl` itself is deaf to Ctrl-C.

    It leaves Python's lock to others meanwhile, so an interrupt ends the command at once.
    """
    outcome: Future[_Done] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    while not outcome.done():
        wait([outcome], timeout=_POLL)
    return outcome.result()


def _names(shapes: Graph) -> dict[Node, URIRef]:
    """An IRI for each blank node that a result can name: a shape or a SPARQL constraint.

    Paths keep theirs: an IRI in their place would be a predicate.
    """
    nodes: set[Node] = set()
    for predicate in _NAMED_BY_RESULTS:
        nodes.update(shapes.objects(None, predicate))
    for predicate in _MAKES_A_SHAPE:
        nodes.update(shapes.subjects(predicate, None))
    for shape_class in (SH.NodeShape, SH.PropertyShape):
        nodes.update(shapes.subjects(RDF.type, shape_class))
    return {node: URIRef(f"{_GENID}{node}") for node in nodes if isinstance(node, BNode)}


def _adapted(shapes: Graph, names: dict[Node, URIRef]) -> Iterator[ox.Triple]:
    """`shapes` with `names`, without messages, and with queries that are complete."""
    for subject, predicate, value in shapes:
        if predicate in (SH.message, SH.prefixes):
            continue
        if predicate == SH.select:
            select = distinct(str(value))
            if select is None:
                doubt = f"this is not taken for a SELECT query: {value}"
                raise Inapplicable(doubt)
            value = Literal(f"{prologue(shapes, subject)}\n{select}")
        yield ox.Triple(
            pyoxigraph_term(names.get(subject, subject)),  # type: ignore[arg-type]
            ox.NamedNode(str(predicate)),
            pyoxigraph_term(names.get(value, value)),
        )


def _triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """`quads` of whatever graphs, without triple terms of RDF 1.2, which SHACL does not know."""
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple):
            yield ox.Triple(subject, quad.predicate, value)


def _witnesses(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """For each blank node a triple whose subject has the node's name, and whose object is the node."""
    nodes = {node for triple in triples for node in (triple.subject, triple.object)}
    for node in nodes:
        if isinstance(node, ox.BlankNode):
            yield ox.Triple(ox.NamedNode(f"{_GENID}{node.value}"), _WITNESS, node)


def _lines(triples: Iterable[ox.Triple]) -> str:
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None  # noqa: S101 - it is None only where a file was given
    return text.decode()


def _results(report: bytes, source: _Source) -> Iterator[Result]:
    """The results that `report` (N-Triples) has at its top, in terms of `source`."""
    said: defaultdict[object, dict[str, Term]] = defaultdict(dict)
    top = []
    for quad in ox.parse(report, format=ox.RdfFormat.N_TRIPLES):
        assert not isinstance(quad.object, ox.Triple)  # noqa: S101
        name = quad.predicate.value.removeprefix(_SH)
        if name == "result":
            top.append(quad.object)
        said[quad.subject][name] = quad.object
    testimonies = [node for node in top if said[node]["sourceShape"] == _WITNESS]
    for node in testimonies:
        source.blank[said[node]["value"]] = ox.BlankNode(
            _iri(said[node]["focusNode"]).value.removeprefix(_GENID)
        )
    heard = set(testimonies)
    for node in top:
        if node not in heard:
            yield source.result(said[node])


@dataclass(frozen=True, slots=True)
class _Source:
    """What results are led back to: `nodes` of `shapes`, and `blank` nodes of the data."""

    shapes: Graph
    nodes: Mapping[URIRef, Node]
    blank: dict[Term, Term] = field(default_factory=dict)

    def result(self, said: Mapping[str, Term]) -> Result:
        """The result that a report says so of."""
        shape = self._shape(said["sourceShape"])
        constraint, path = said.get("sourceConstraint"), said.get("resultPath")
        if isinstance(path, ox.BlankNode):  # the path of its shape: a query only ever binds an IRI
            path = pyoxigraph_term(self.shapes.value(rdflib_node(shape), SH.path) or BNode())
        return Result(
            focus=self._stated(said["focusNode"]),
            path=read_path(self.shapes, rdflib_node(path)) if path is not None else None,
            value=self._stated(said["value"]) if "value" in said else None,
            shape=shape,
            constraint=self._shape(constraint) if constraint is not None else None,
            component=_iri(said["sourceConstraintComponent"]),
            severity=_iri(said["resultSeverity"]),
        )

    def _shape(self, term: Term) -> ox.NamedNode | ox.BlankNode:
        iri = _iri(term)
        node = self.nodes.get(URIRef(iri.value))
        return ox.BlankNode(str(node)) if node is not None else iri

    def _stated(self, term: Term) -> Term:
        if not isinstance(term, ox.BlankNode):
            return term
        if term not in self.blank:
            doubt = f"a result names a blank node, which cannot be led back to the data: {term}"
            raise Inapplicable(doubt)
        return self.blank[term]


def _iri(term: Term) -> ox.NamedNode:
    if not isinstance(term, ox.NamedNode):
        doubt = f"a result of no shape that has a name: {term}"
        raise Inapplicable(doubt)
    return term
