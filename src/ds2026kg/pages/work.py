"""Commitments gathered under their missions: what an actor leads, or what has a status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.pages.kind import Visit
from ds2026kg.pages.place import missions_of
from ds2026kg.pages.rows import Mention, Row, mentions
from ds2026kg.pages.view import View, order


class Group(NamedTuple):
    """The things of one mission; None for those under no mission."""

    mission: Mention | None
    rows: tuple[Row, ...]


class Work(NamedTuple):
    """Things under a heading, by mission, and how many of them there are.

    `jointly` says that whose page it is leads them all, and is not named again with each.
    """

    heading: str
    total: int
    groups: tuple[Group, ...]
    jointly: bool = False


def by_mission(visit: Visit, rows: Mapping[NamedNode, Row]) -> tuple[Group, ...]:
    """Lines of a list by the missions of what they are about, in the order in which people count."""
    missions = missions_of(visit.view, rows)
    own = sorted({each for each in missions.values() if each is not None}, key=order)
    known = mentions(visit, own)
    found: dict[NamedNode | None, list[Row]] = {each: [] for each in (*own, None)}
    for node, row in rows.items():
        found[missions[node]].append(row)
    return tuple(
        Group(known[mission] if mission else None, tuple(several))
        for mission, several in found.items()
        if several
    )


def counts(view: View, predicate: NamedNode) -> Counter[NamedNode]:
    """How many things have each IRI as their `predicate`."""
    quads = view.store.quads_for_pattern(None, predicate, None)
    pairs = {(quad.subject, quad.object) for quad in quads}
    return Counter(value for _, value in pairs if isinstance(value, NamedNode))
