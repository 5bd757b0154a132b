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
from rdflib import RDFS, Graph

from ds2026kg.config import Engine
from ds2026kg.graph.statement import Statement
from ds2026kg.validation.engine import judged
from ds2026kg.validation.reach import Chain, Step, reach
from ds2026kg.validation.result import Result

_SUBCLASS = NamedNode(str(RDFS.subClassOf))
_MOST = 0.25  # of the nodes: where more are touched, all are judged, which is no slower then


class Ledger:
    """Judges one data set again and again by the same `shapes`, beside the same `ontology`."""

    def __init__(self, shapes: Graph, ontology: Iterable[Quad]) -> None:
        self._shapes, self._ontology = shapes, tuple(ontology)
        self._results: list[Result] | None = None
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
        if before is not None and self._chains is not None:
            touched = self._touched(former, self._chains)
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
    def _chains(self) -> frozenset[Chain] | None:
        return reach(self._shapes)

    @cached_property
    def _web(self) -> _Web:
        """What was judged last, from when it is first asked for on."""
        return _Web(self._ontology)

    def _touched(
        self, former: Mapping[int, Statement], chains: frozenset[Chain]
    ) -> set[object] | None:
        """The nodes whose results may be others now; None where that is too many, or all."""
        now, web = self._statements, self._web
        if web.is_bare:
            web.add(statement.quad for statement in former.values())
        gone = Counter(former[each].quad for each in former.keys() - now.keys())
        come = Counter(now[each].quad for each in now.keys() - former.keys())
        web.add((come - gone).elements())
        changed = {*(come - gone), *(gone - come)}
        touched = web.touched(changed, chains)
        web.remove((gone - come).elements())
        if any(quad.predicate == _SUBCLASS for quad in changed):
            return None
        return touched if len(touched) < _MOST * len(web) else None

    def _again(self, touched: set[object], engine: Engine) -> list[Result]:
        """The results of the nodes `touched`, in a graph of what is read of them."""
        if not touched:
            return []
        read = self._web.read(touched, self._chains or ())
        quads = list(dict.fromkeys((*read, *self._ontology)))
        return [each for each in judged(quads, self._shapes, engine) if each.focus in touched]


class _Web:
    """Quads by their ends."""

    def __init__(self, base: Iterable[Quad]) -> None:
        self._from: defaultdict[object, list[Quad]] = defaultdict(list)
        self._to: defaultdict[object, list[Quad]] = defaultdict(list)
        self.add(base)
        self.is_bare = True  # it has nothing but its base

    def __len__(self) -> int:
        return len(self._from)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take `quads`; one that is there is there twice."""
        self.is_bare = False
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

    def touched(self, changed: Iterable[Quad], chains: Iterable[Chain]) -> set[object]:
        """The nodes from which a chain reads one of `changed`."""
        changed = list(changed)
        nodes: set[object] = set()
        for lead, step in {
            (chain[:place], each) for chain in chains for place, each in enumerate(chain)
        }:
            met = {_near(quad, step) for quad in changed if _fits(quad, step)}
            if step.repeated:
                met |= self._ends(met, _turned(step))
            for back in reversed(lead):
                if not met:
                    break
                met = self._ends(met, _turned(back))
            nodes |= met
        return nodes

    def read(self, nodes: set[object], chains: Iterable[Chain]) -> dict[Quad, None]:
        """The quads that `chains` read from `nodes`."""
        found: dict[Quad, None] = {}
        ends: dict[Chain, set[object]] = {(): nodes}
        steps = {chain[: place + 1] for chain in chains for place in range(len(chain))}
        for chain in sorted(steps, key=len):
            ends[chain] = self._ends(ends[chain[:-1]], chain[-1], found)
        return found

    def _ends(
        self, nodes: set[object], step: Step, found: dict[Quad, None] | None = None
    ) -> set[object]:
        """Where `step` leads from `nodes`; `found` gets the quads on the way."""
        ends: set[object] = set()
        waiting = set(nodes)
        while waiting:
            at = waiting.pop()
            for quad in (self._to if step.backwards else self._from).get(at, ()):
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


def _near(quad: Quad, step: Step) -> object:
    return quad.object if step.backwards else quad.subject


def _turned(step: Step) -> Step:
    return step._replace(backwards=not step.backwards)
