"""How far shapes look: which triples the verdict on a focus node depends on.

A chain is a way from a focus node along predicates. A shape reads the triples at the last step of
each of its chains, and of the shapes that it refers to, and no others (SHACL §4, §5); so a change of
other triples cannot change its verdict on that node. What is not understood has no known reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from ds2026kg.validation.agreement import KNOWN
from ds2026kg.validation.constraint_queries import prepared, prologue
from ds2026kg.validation.paths import Path
from ds2026kg.validation.shapes import all_shapes, read_path


class Step(NamedTuple):
    """One predicate (any, if None) followed forwards or backwards, once or as often as it leads on."""

    predicate: NamedNode | None
    backwards: bool = False
    repeated: bool = False


Chain: TypeAlias = tuple[Step, ...]


class Reach(NamedTuple):
    """What one shape with targets reads of its focus nodes: the last triple of each of `chains`.

    Its focus nodes are the instances of `classes`, and the nodes to which one of the steps `along`
    applies; where it `names` some, they are focus nodes whatever the data say.
    """

    classes: frozenset[NamedNode]
    along: frozenset[Step]
    names: bool
    chains: frozenset[Chain]


_SH = str(SH)
_TYPE = (Step(NamedNode(str(RDF.type))),)
_COMPARED = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_TO_A_SHAPE = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_TO_SHAPES = (SH["and"], SH["or"], SH.xone)
_INNER = frozenset(("SelectQuery", "Project", "Distinct", "Reduced", "Extend", "Filter"))
_THIS = Variable("this")


class _UnknownError(Exception):
    """A shape has something of which it is not known what it reads."""


def reach(shapes: Graph) -> list[Reach] | None:
    """The reach of each of `shapes` that has targets; None if that cannot be told.

    >>> text = '''@prefix sh: <http://www.w3.org/ns/shacl#> .
    ... [] a sh:NodeShape ; sh:targetObjectsOf <x:led> ; sh:property [ sh:path <x:name> ] .'''
    >>> for chain in sorted(reach(Graph().parse(data=text))[0].chains):
    ...     print(*(f"{step.predicate}{' backwards' * step.backwards}" for step in chain))
    <x:led> backwards
    <x:name>
    """
    try:
        _check_terms(shapes)
        found = (_reach(shapes, shape) for shape in sorted(all_shapes(shapes), key=str))
        return [each for each in found if each is not None]
    except _UnknownError:
        return None


def _check_terms(graph: Graph) -> None:
    """Raise for terms of SHACL that are not known here, and for what looks at other shapes."""
    told = {str(term) for term in graph.predicates() if str(term).startswith(_SH)}
    if not {term.removeprefix(_SH) for term in told} <= KNOWN:
        raise _UnknownError
    siblings = (None, SH.qualifiedValueShapesDisjoint, Literal(True))
    if siblings in graph or (None, RDFS.subClassOf, None) in graph:
        raise _UnknownError


def _reach(graph: Graph, shape: Node) -> Reach | None:
    """The reach of `shape`, or None if it has no targets."""
    classes = {_named(each) for each in graph.objects(shape, SH.targetClass)}
    if (shape, RDF.type, RDFS.Class) in graph:
        classes.add(_named(shape))
    along = {
        Step(_named(predicate), backwards)
        for term, backwards in ((SH.targetSubjectsOf, False), (SH.targetObjectsOf, True))
        for predicate in graph.objects(shape, term)
    }
    names = (shape, SH.targetNode, None) in graph
    if not (classes or along or names):
        return None
    reader = _Reader(graph)
    reader.shape(shape, (), ())
    by_target = {(step,) for step in along} | ({_TYPE} if classes else set())
    return Reach(frozenset(classes), frozenset(along), names, frozenset(reader.chains | by_target))


class _Reader:
    """Gathers the chains of shapes."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.chains: set[Chain] = set()

    def shape(self, shape: Node, lead: Chain, above: tuple[Node, ...]) -> None:
        """Take the chains of `shape`, for the nodes at the end of `lead`."""
        if shape in above:
            raise _UnknownError
        graph = self._graph
        self._constraints(shape, lead)
        path = graph.value(shape, SH.path)
        ends = [lead]
        if path is not None:
            read = read_path(graph, path)
            if read is None or (shape, SH.property, None) in graph:
                raise _UnknownError  # the values would be focus nodes of its properties
            ends = [lead + chain for chain in _chains(read)]
        inner = [each for term in _TO_A_SHAPE for each in graph.objects(shape, term)]
        for term in _TO_SHAPES:
            for members in graph.objects(shape, term):
                inner.extend(graph.items(members))
        for end in ends:
            self._take(end)
            if (shape, SH["class"], None) in graph:
                self._take(end + _TYPE)
            if (shape, SH.closed, None) in graph:
                self._take((*end, Step(None)))
            for each in inner:
                self.shape(each, end, (*above, shape))

    def _constraints(self, shape: Node, lead: Chain) -> None:
        """Take what is read from the focus node itself, whatever the path."""
        for term in _COMPARED:
            for predicate in self._graph.objects(shape, term):
                self._take((*lead, Step(_named(predicate))))
        for constraint in self._graph.objects(shape, SH.sparql):
            select = str(self._graph.value(constraint, SH.select))
            if "$PATH" in select:
                raise _UnknownError
            query = prepared(f"{prologue(self._graph, constraint)}\n{select}")
            for chain in _query_chains(query.algebra, ()):
                self._take(lead + chain)

    def _take(self, chain: Chain) -> None:
        if chain:
            self.chains.add(chain)


def _chains(path: Path) -> list[Chain]:
    """The ways that `path` leads."""
    if isinstance(path, NamedNode):
        return [(Step(path),)]
    parts = [_chains(part) for part in path.parts]
    match path.operator:
        case "/":
            return [tuple(s for chain in ways for s in chain) for ways in product(*parts)]
        case "|":
            return [chain for ways in parts for chain in ways]
        case "^":
            return [
                tuple(step._replace(backwards=not step.backwards) for step in reversed(chain))
                for chain in parts[0]
            ]
        case "?":
            return [(), *parts[0]]
        case _:
            if [len(chain) for chain in parts[0]] != [1]:
                raise _UnknownError
            once: list[Chain] = [(parts[0][0][0]._replace(repeated=True),)]
            return once if path.operator == "+" else [(), *once]


_Pattern: TypeAlias = tuple[Node, Node, Node]


def _query_chains(part: CompValue, around: Sequence[_Pattern]) -> Iterator[Chain]:
    """The chains of a query's patterns; those of `around` hold wherever `part` is asked."""
    filters: list[CompValue] = []
    patterns = [*around, *_patterns(part, filters)]
    ways = _ways(patterns)
    for subject, predicate, value in patterns:
        if subject in ways:
            yield (*ways[subject], Step(_predicate(predicate)))
        elif value in ways:
            yield (*ways[value], Step(_predicate(predicate), backwards=True))
        else:
            raise _UnknownError
    for inner in filters:
        yield from _query_chains(inner, patterns)


def _patterns(part: CompValue, filters: list[CompValue]) -> Iterator[_Pattern]:
    """The patterns that hold wherever `part` does; `filters` gets what it asks with EXISTS."""
    if part.name == "BGP":
        yield from part.triples
    elif part.name == "Join":
        yield from _patterns(part.p1, filters)
        yield from _patterns(part.p2, filters)
    elif part.name in _INNER:
        if "expr" in part:
            filters.extend(_asked(part.expr))
        yield from _patterns(part.p, filters)
    else:
        raise _UnknownError


def _asked(expression: object) -> Iterator[CompValue]:
    """The graph patterns of EXISTS and NOT EXISTS in an expression."""
    if isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield expression.graph
            return
        expression = [value for key, value in expression.items() if key != "_vars"]
    if isinstance(expression, list | tuple):
        for inner in expression:
            yield from _asked(inner)


def _ways(patterns: Iterable[_Pattern]) -> dict[Node, Chain]:
    """A way from ?this to each variable that `patterns` join to it."""
    ways: dict[Node, Chain] = {_THIS: ()}
    waiting = list(patterns)
    met = True
    while met:
        met = False
        for subject, predicate, value in waiting:
            for near, far, backwards in ((subject, value, False), (value, subject, True)):
                if near in ways and far not in ways and isinstance(far, Variable):
                    ways[far] = (*ways[near], Step(_predicate(predicate), backwards))
                    met = True
    return ways


def _predicate(term: object) -> NamedNode | None:
    """The predicate of a pattern; None for a variable."""
    if isinstance(term, Variable):
        return None
    return _named(term)


def _named(term: object) -> NamedNode:
    if not isinstance(term, URIRef):  # a path, in a query
        raise _UnknownError
    return NamedNode(str(term))
