"""The list of actors: who there is, of which type, and how much each leads and supports."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.kind import Content, Kind, Visit, alone
from ds2026kg.pages.rows import CLASSIFICATION, LED_BY, SUPPORTED_BY, Mention, linked, mentions
from ds2026kg.pages.structured import item_list
from ds2026kg.pages.view import Said, term
from ds2026kg.pages.work import counts

NAME: Final = Text("Actors", "Acteurs")
_SUMMARY: Final = Text(
    "Who leads the commitments of the strategy and who supports them: {actors} actors.",
    "Qui est responsable des engagements de la stratégie et qui les appuie\u00a0: {actors} acteurs.",
)
_WORDS: Final[Mapping[str, Text]] = {
    "actor": Text("Actor", "Acteur"),
    "type": Text("Type", "Type"),
    "leads": Text("Leads", "Responsable de"),
    "supports": Text("Supports", "Appuie"),
    "total": Text(
        "The figures count commitments; some have several who lead them.",
        "Les nombres sont ceux d’engagements; certains ont plusieurs responsables.",
    ),
    "none": Text("The notes name no actors.", "Les notes ne nomment aucun acteur."),
}


class Actor(NamedTuple):
    """An actor in the list."""

    thing: Mention
    types: tuple[Mention, ...]
    led: int
    supported: int


def _content(visit: Visit) -> Content:
    view = visit.view
    nodes = view.instances(term("ds:Actor"))
    types = linked(view, nodes, CLASSIFICATION)
    known = mentions(visit, [*nodes, *(each for several in types.values() for each in several)])
    led, supported = counts(view, LED_BY), counts(view, SUPPORTED_BY)
    ordered = sorted(nodes, key=lambda node: (_alphabetical(known[node].label.text), node.value))
    summary = _SUMMARY.in_language(view.language, actors=len(nodes))
    title = NAME.in_language(view.language)
    return Content(
        title=Said(title, view.language),
        summary=summary,
        values={"actors": [_actor(node, known, types, led, supported) for node in ordered]},
        structured=item_list(title, ((node, known[node].label) for node in ordered)),
    )


def _actor(
    node: NamedNode,
    known: Mapping[NamedNode, Mention],
    types: Mapping[NamedNode, list[NamedNode]],
    led: Mapping[NamedNode, int],
    supported: Mapping[NamedNode, int],
) -> Actor:
    own = tuple(known[each] for each in types.get(node, ()))
    return Actor(known[node], own, led.get(node, 0), supported.get(node, 0))


def _alphabetical(text: str) -> str:
    """A key to sort names by as dictionaries do: accents and case do not count."""
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


PAGE = Kind("actors", "actors.html", _content, alone("actors"), NAME, _WORDS)
