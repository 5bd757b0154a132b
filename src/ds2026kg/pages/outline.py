"""The strategy from above: its missions, and the commitments under each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode

from ds2026kg.pages.view import View, term

MISSION: Final = term("ds:Mission")
COMMITMENT: Final = term("ds:Commitment")
ACTOR: Final = term("ds:Actor")
PARENT: Final = term("ds:hasParent")


class Outline(NamedTuple):
    """Missions and commitments, in the order in which people count.

    `missions` are those that are under no other, `areas` those that are. `under` has the commitments of
    each of `missions`, and `loose` those that are under none of them.
    """

    missions: tuple[NamedNode, ...]
    areas: tuple[NamedNode, ...]
    under: Mapping[NamedNode, tuple[NamedNode, ...]]
    loose: tuple[NamedNode, ...]

    @property
    def commitments(self) -> tuple[NamedNode, ...]:
        """All commitments, by mission."""
        return tuple(each for found in self.under.values() for each in found) + self.loose


_DRAWN: Final[WeakKeyDictionary[View, Outline]] = WeakKeyDictionary()


def outline(view: View) -> Outline:
    """The outline of the strategy that `view` sees; something with several parents is under the first.

    It is worked out once for each view, since every part of a large matrix needs it.

    >>> from pyoxigraph import Store
    >>> outline(View(Store(), "en"))
    Outline(missions=(), areas=(), under={}, loose=())
    """
    if view not in _DRAWN:
        _DRAWN[view] = _outline(view)
    return _DRAWN[view]


def _outline(view: View) -> Outline:
    parents: dict[NamedNode, NamedNode] = {}
    missions = view.instances(MISSION)
    commitments = view.instances(COMMITMENT)
    for node in (*missions, *commitments):
        above = [each for each in view.values(node, PARENT) if isinstance(each, NamedNode)]
        if above:
            parents[node] = above[0]
    known = frozenset(missions)
    tops = tuple(node for node in missions if parents.get(node) not in known)
    under: dict[NamedNode, list[NamedNode]] = {node: [] for node in tops}
    loose: list[NamedNode] = []
    for node in commitments:
        under.get(_top(node, parents, known), loose).append(node)
    return Outline(
        tops,
        tuple(node for node in missions if node not in under),
        {node: tuple(found) for node, found in under.items()},
        tuple(loose),
    )


def _top(
    node: NamedNode, parents: Mapping[NamedNode, NamedNode], missions: frozenset[NamedNode]
) -> NamedNode:
    """The mission furthest above `node`; some other node if there is none, or if they go round."""
    seen = {node}
    while (above := parents.get(node)) in missions and above not in seen:
        assert above is not None  # noqa: S101 - for the type checker: None is no mission
        seen.add(above)
        node = above
    return node
