"""What a page about a thing lists below its facts: what is under it, what it leads, what has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.evidence import BASIS, PREDICATE
from ds2026kg.pages.kind import Visit
from ds2026kg.pages.place import Place
from ds2026kg.pages.rows import (
    CLASSIFICATION,
    LED_BY,
    PRIORITY,
    STATUS,
    SUPPORTED_BY,
    Mention,
    Row,
    mentions,
    rows,
)
from ds2026kg.pages.statements import property_name
from ds2026kg.pages.view import Said, View, term
from ds2026kg.pages.work import Work, by_mission, counts

ACTOR: Final = term("ds:Actor")
STRATEGY: Final = term("ds:Strategy")
_SCHEME: Final = term("skos:inScheme")
_BASIS_CLASS: Final = term("ds:Basis")
_UNDER: Final = {
    "commitment/": Text("Commitments", "Engagements"),
    "mission/": Text("Areas for action", "Domaines d’action"),
}
_MISSIONS: Final = Text("Missions", "Missions")
_PARTS: Final = Text("What is under it", "Ce qui en relève")
_CONCEPTS: Final = Text("How often each is used", "Fréquence d’emploi")
_RESTING: Final = Text("Statements with this basis", "Énoncés qui ont ce fondement")
_HAVING: Final = {
    LED_BY: Text("Leads", "Responsable de"),
    SUPPORTED_BY: Text("Supports", "Appuie"),
    STATUS: Text("Commitments with this status", "Engagements qui ont ce statut"),
    PRIORITY: Text("Commitments with this priority", "Engagements qui ont cette priorité"),
    CLASSIFICATION: Text("Actors of this type", "Acteurs de ce type"),
}


class Children(NamedTuple):
    """Things right under another, under a heading."""

    heading: str
    rows: tuple[Row, ...]


class Tally(NamedTuple):
    """How many there are of something."""

    name: Said
    address: str | None
    total: int


class Tallies(NamedTuple):
    """How many there are of several things, under a heading."""

    heading: str
    rows: tuple[Tally, ...]


def children(visit: Visit, node: NamedNode, place: Place) -> list[Children]:
    """What is right under `node`, each kind of thing under its own heading."""
    view = visit.view
    below_strategy = view.is_a(node, STRATEGY)
    found: dict[Text, list[Row]] = {}
    for each, row in rows(visit, place.under).items():
        kind = view.local(each).partition("/")[0] + "/"
        heading = _UNDER.get(kind, _PARTS)
        if below_strategy and kind == "mission/":
            heading = _MISSIONS
        found.setdefault(heading, []).append(row)
    return [
        Children(heading.in_language(view.language), tuple(each)) for heading, each in found.items()
    ]


def works(visit: Visit, node: NamedNode) -> Iterator[Work]:
    """What an actor leads and supports, even if that is nothing; or what has a concept; by mission."""
    expected = (LED_BY, SUPPORTED_BY) if visit.view.is_a(node, ACTOR) else ()
    for predicate, heading in _HAVING.items():
        nodes = visit.view.subjects(predicate, node)
        if nodes or predicate in expected:
            yield _gathered(visit, heading, predicate, nodes, node)


def _gathered(
    visit: Visit, heading: Text, predicate: NamedNode, nodes: list[NamedNode], node: NamedNode
) -> Work:
    """The work of `node`, without what would be the same in each line."""
    lines = rows(visit, nodes)
    own = mentions(visit, [node])[node]
    if predicate == LED_BY:
        lines = {each: row._replace(leads=_others(row.leads, own)) for each, row in lines.items()}
    elif predicate == STATUS:
        lines = {each: row._replace(status=None) for each, row in lines.items()}
    groups = by_mission(visit, lines)
    name = heading.in_language(visit.view.language)
    return Work(name, len(nodes), groups, jointly=predicate == LED_BY)


def _others(leads: tuple[Mention, ...], own: Mention) -> tuple[Mention, ...]:
    return tuple(lead for lead in leads if lead != own)


def tallies(visit: Visit, node: NamedNode) -> Tallies | None:
    """How many things have each concept of a scheme; of a basis, how many statements of each property."""
    view = visit.view
    if view.is_a(node, _BASIS_CLASS):
        return Tallies(_RESTING.in_language(view.language), _statements_resting_on(visit, node))
    concepts = view.subjects(_SCHEME, node)
    if not concepts:
        return None
    found = _uses(view)
    known = mentions(visit, concepts)
    rows = (Tally(known[each].label, known[each].address, found[each]) for each in concepts)
    return Tallies(_CONCEPTS.in_language(view.language), tuple(rows))


def _uses(view: View) -> Counter[NamedNode]:
    found: Counter[NamedNode] = Counter()
    for predicate in (STATUS, PRIORITY, CLASSIFICATION, BASIS):
        found += counts(view, predicate)
    return found


def _statements_resting_on(visit: Visit, basis: NamedNode) -> tuple[Tally, ...]:
    records = visit.view.subjects(BASIS, basis)
    found = Counter(
        predicate
        for predicates in visit.view.each(records, PREDICATE).values()
        for predicate in predicates
        if isinstance(predicate, NamedNode)
    )
    known: dict[NamedNode, Mention] = mentions(visit, found)
    return tuple(
        Tally(property_name(visit, each, known), known[each].address, found[each])
        for each in sorted(found, key=lambda each: each.value)
    )
