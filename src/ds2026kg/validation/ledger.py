"""The results of the last judging, so that only what a change can touch is judged again.

What shapes read of a node is known (see `reach`). Back along that way from each triple that came or
went lie the nodes whose results may be others now; they are judged again, in a graph of
all that is read of them. The results of all other nodes stand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pyoxigraph import NamedNode, Quad
from rdflib import RDF, RDFS, Graph

from ds2026kg.config import Engine
from ds2026kg.graph.statement import Statement
from ds2026kg.validation.engine import judged
from ds2026kg.validation.reach import Chain, Reach, Step, reach
from ds2026kg.validation.result import Result

_SUBCLASS = NamedNode(str(RDFS.subClassOf))
_TYPE = NamedNode(str(RDF.type))
_BELOW = Step(_SUBCLASS, backwards=True, repeated=True)
_MOST = 0.25  # of the nodes: where more are touched, all are judged, which is no slower then


class Ledger:
    """Judges one data set again and again by the same `shapes`, beside the same `ontology`."""

    def __init__(self, shapes: Graph, ontology: Iterable[Quad]) -> None:
        self._shapes, self._ontology = shapes, tuple(ontology)
        self._results: list[Result] | None = None
        self._web: _Web | None = None  # of what was judged last, once it is needed
        # Statements that are kept from one judging to the next are known by what they are: by id.
        self._statements: dict[int, Statement] = {}

    def results(self, statements: Sequence[Statement], engine: Engine) -> list[Result]:
        """What `judged` finds in `statements` and the ontology, in no particular order.

        Raises `ConfigurationError` as it does.
        """
        before, former = self._results, self._statements
        # If this is interrupted or fails, nothing is known: then the next time all is judged.
        self._results = None
        touched: set[object] | None = None
        self._statements = {id(each): each for each in statements}
        if before is not None and self._reaches is not None:
            touched = self._touched(former)
        if before is None:
            self._web = None
        if before is None or touched is None:
            found = judged(
                [*(statement.quad for statement in statements), *self._ontology],
                self._shapes,
                engine,
            )
        else:
            found = [result for result in before if result.focus not in touched]
            found += self._again(touched, engine)
        self._results = found
        return list(found)

    @cached_property
    def _reaches(self) -> list[Reach] | None:
        return reach(self._shapes)

    def _touched(self, former: Mapping[int, Statement]) -> set[object] | None:
        """The nodes whose results may be others now; None where that is too many, or all."""
        now = self._statements
        if self._web is None:
            self._web = _Web(self._ontology, self._reaches or ())
            self._web.add(statement.quad for statement in former.values())
        web = self._web
        gone = Counter(former[each].quad for each in former.keys() - now.keys())
        come = Counter(now[each].quad for each in now.keys() - former.keys())
        web.add((come - gone).elements())
        changed = {*(come - gone), *(gone - come)}
        touched = web.touched(changed)
        web.remove((gone - come).elements())
        if any(quad.predicate == _SUBCLASS for quad in changed):
            return None
        return touched if len(touched) < _MOST * len(web) else None

    def _again(self, touched: set[object], engine: Engine) -> list[Result]:
        """The results of the nodes `touched`, in a graph of what is read of them."""
        if not touched or self._web is None:
            return []
        quads = list(dict.fromkeys((*self._web.read(touched), *self._ontology)))
        return [each for each in judged(quads, self._shapes, engine) if each.focus in touched]


class _Web:
    """Quads by their ends, and the ways that `reaches` go along them; `base` is always among them."""

    def __init__(self, base: Iterable[Quad], reaches: Iterable[Reach]) -> None:
        self._from: defaultdict[object, list[Quad]] = defaultdict(list)
        self._to: defaultdict[object, list[Quad]] = defaultdict(list)
        self.add(base)
        self._reaches = [
            (about, frozenset(self._ends(about.classes, _BELOW)) | about.classes)
            for about in reaches
        ]

    def __len__(self) -> int:
        return len(self._from)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take `quads`; one that is there is there twice."""
        for quad in quads:
            self._from[quad.subject].append(quad)
            self._to[quad.object].append(quad)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Leave out `quads`, each once."""
        for quad in quads:
            for ends, node in ((self._from, quad.subject), (self._to, quad.object)):
                ends[node].remove(quad)
                if not ends[node]:
                    del ends[node]

    def touched(self, changed: Iterable[Quad]) -> set[object]:
        """The focus nodes of which a shape reads one of `changed`."""
        by_predicate: defaultdict[NamedNode | None, list[Quad]] = defaultdict(list)
        for quad in changed:
            by_predicate[quad.predicate].append(quad)
            by_predicate[None].append(quad)
        touched: set[object] = set()
        for about, classes in self._reaches:
            nodes: set[object] = set()
            for chain in _beginnings(about.chains):
                nodes |= self._back(by_predicate.get(chain[-1].predicate, ()), chain)
            touched |= {node for node in nodes if self._is_focus(node, about, classes)}
        return touched

    def read(self, nodes: set[object]) -> dict[Quad, None]:
        """The quads that shapes read of those of `nodes` that are their focus nodes."""
        found: dict[Quad, None] = {}
        for about, classes in self._reaches:
            ends: dict[Chain, set[object]] = {
                (): {node for node in nodes if self._is_focus(node, about, classes)}
            }
            for chain in sorted(_beginnings(about.chains), key=len):
                ends[chain] = self._ends(ends[chain[:-1]], chain[-1], found)
        return found

    def _is_focus(self, node: object, about: Reach, classes: frozenset[object]) -> bool:
        return (
            about.names
            or any(quad.predicate == _TYPE and quad.object in classes for quad in self._at(node))
            or any(
                _fits(quad, step)
                for step in about.along
                for quad in self._at(node, backwards=step.backwards)
            )
        )

    def _at(self, node: object, *, backwards: bool = False) -> Sequence[Quad]:
        return (self._to if backwards else self._from).get(node, ())

    def _back(self, changed: Iterable[Quad], chain: Chain) -> set[object]:
        """The nodes from which `chain` leads to one of `changed`."""
        *lead, last = chain
        nodes: set[object] = {quad.object if last.backwards else quad.subject for quad in changed}
        if last.repeated:
            nodes |= self._ends(nodes, _turned(last))
        for step in reversed(lead):
            nodes = self._ends(nodes, _turned(step))
        return nodes

    def _ends(
        self, nodes: Iterable[object], step: Step, found: dict[Quad, None] | None = None
    ) -> set[object]:
        """Where `step` leads from `nodes`; `found` gets the quads on the way."""
        ends: set[object] = set()
        waiting = set(nodes)
        while waiting:
            at = waiting.pop()
            for quad in self._at(at, backwards=step.backwards):
                if _fits(quad, step):
                    if found is not None:
                        found[quad] = None
                    far = quad.subject if step.backwards else quad.object
                    if step.repeated and far not in ends:
                        waiting.add(far)
                    ends.add(far)
        return ends


def _fits(quad: Quad, step: Step) -> bool:
    return step.predicate is None or quad.predicate == step.predicate


def _beginnings(chains: Iterable[Chain]) -> set[Chain]:
    """`chains`, and the shorter ones that they begin with: what these lead over is read too."""
    return {chain[: place + 1] for chain in chains for place in range(len(chain))}


def _turned(step: Step) -> Step:
    return step._replace(backwards=not step.backwards)
