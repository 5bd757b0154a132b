"""Commitments gathered under their missions: what an actor leads, or what has a status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.pages.kind import Visit
from ds2026kg.pages.place import missions_of
from ds2026kg.pages.rows import Mention, Row, mentions, rows
from ds2026kg.pages.view import View, order


class Group(NamedTuple):
    """The things of one mission; None for those under no mission."""

    mission: Mention | None
    rows: tuple[Row, ...]


class Work(NamedTuple):
    """Things under a heading, by mission, and how many of them there are."""

    heading: str
    total: int
    groups: tuple[Group, ...]


def gathered(visit: Visit, heading: str, nodes: Collection[NamedNode]) -> Work:
    """`nodes` by their missions, in the order in which people count."""
    missions = missions_of(visit.view, nodes)
    own = [mission for mission in set(missions.values()) if mission is not None]
    known, lines = mentions(visit, own), rows(visit, nodes)
    found: dict[NamedNode | None, list[Row]] = {}
    for node in nodes:
        found.setdefault(missions[node], []).append(lines[node])
    ordered = sorted(found, key=lambda mission: (mission is None, mission and order(mission)))
    groups = (
        Group(known[mission] if mission else None, tuple(found[mission])) for mission in ordered
    )
    return Work(heading, len(nodes), tuple(groups))


def counts(view: View, predicate: NamedNode) -> Counter[NamedNode]:
    """How many things have each IRI as their `predicate`."""
    quads = view.store.quads_for_pattern(None, predicate, None)
    pairs = {(quad.subject, quad.object) for quad in quads}
    return Counter(value for _, value in pairs if isinstance(value, NamedNode))
