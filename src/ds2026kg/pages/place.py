"""Where a thing stands in the tree of the strategy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.pages.rows import PARENT, linked
from ds2026kg.pages.view import View, term

_STRATEGY: Final = term("ds:Strategy")


class Place(NamedTuple):
    """What is above a thing, from the strategy down, beside it, and right under it."""

    above: tuple[NamedNode, ...]
    previous: NamedNode | None
    following: NamedNode | None
    under: tuple[NamedNode, ...]


def place_of(view: View, node: NamedNode) -> Place:
    """Where `node` stands. Of several parents the first counts, and no circle is gone round twice."""
    above: list[NamedNode] = []
    parent = _parent(view, node)
    while parent is not None and parent != node and parent not in above:
        above.insert(0, parent)
        parent = _parent(view, parent)
    beside = view.subjects(PARENT, above[-1]) if above else []
    at = beside.index(node) if node in beside else 0
    return Place(
        tuple(above),
        beside[at - 1] if at else None,
        beside[at + 1] if at + 1 < len(beside) else None,
        tuple(view.subjects(PARENT, node)),
    )


def missions_of(view: View, nodes: Collection[NamedNode]) -> dict[NamedNode, NamedNode | None]:
    """The mission that each of `nodes` is under: the last thing on the way up to the strategy."""
    above = _parents(view, nodes)
    strategies = set(view.instances(_STRATEGY))
    return {node: _highest(node, above, strategies) for node in nodes}


def _parents(view: View, nodes: Collection[NamedNode]) -> dict[NamedNode, NamedNode]:
    """The first parent of each of `nodes`, and of all that is above them."""
    above: dict[NamedNode, NamedNode] = {}
    asked: set[NamedNode] = set()
    asking = set(nodes)
    while asking:
        asked |= asking
        found = {node: parents[0] for node, parents in linked(view, asking, PARENT).items()}
        above |= found
        asking = set(found.values()) - asked
    return above


def _highest(
    node: NamedNode, above: Mapping[NamedNode, NamedNode], strategies: Collection[NamedNode]
) -> NamedNode | None:
    passed = [node]
    while (parent := above.get(passed[-1])) and parent not in strategies and parent not in passed:
        passed.append(parent)
    return passed[-1] if passed[1:] else None


def _parent(view: View, node: NamedNode) -> NamedNode | None:
    return next((one for one in view.values(node, PARENT) if isinstance(one, NamedNode)), None)
