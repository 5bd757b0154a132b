"""Things as other pages mention them: by name, with a link, and in lists with status and leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from ds2026kg.pages.kind import Visit
from ds2026kg.pages.view import Said, Term, View, term

PARENT: Final = term("ds:hasParent")
LED_BY: Final = term("ds:ledBy")
SUPPORTED_BY: Final = term("ds:supportedBy")
STATUS: Final = term("ds:status")
PRIORITY: Final = term("ds:priority")
CLASSIFICATION: Final = term("org:classification")
NOTATION: Final = term("skos:notation")

_SHAPES: Final = frozenset({"not-started", "in-progress", "behind", "paused", "completed"})
# Those of concepts repeat their names, and that of a strategy its identifier.
_NUMBERED: Final = ("mission/", "commitment/")


class Mention(NamedTuple):
    """What a thing is called, where it is told of (None: nowhere), and its number if it has one."""

    label: Said
    address: str | None
    notation: str = ""


class Mark(NamedTuple):
    """A status: the concept, and the shape that is drawn for it beside its name."""

    concept: Mention
    shape: str


class Row(NamedTuple):
    """A thing in a list, with its status, and those who lead it."""

    thing: Mention
    status: Mark | None
    leads: tuple[Mention, ...]


def mentions(visit: Visit, nodes: Iterable[Term]) -> dict[NamedNode, Mention]:
    """Each IRI among `nodes` as the page mentions it."""
    view = visit.view
    iris = [node for node in dict.fromkeys(nodes) if isinstance(node, NamedNode)]
    names = view.names(iris)
    numbered = [node for node in iris if view.local(node).startswith(_NUMBERED)]
    notations = view.each(numbered, NOTATION)
    return {
        node: Mention(
            names.get(node) or view.label(node),
            _address(visit, node, known=node in names),
            _first_text(notations.get(node, ())),
        )
        for node in iris
    }


def rows(visit: Visit, nodes: Collection[NamedNode]) -> dict[NamedNode, Row]:
    """Each of `nodes` as a line of a list; the store is not asked again for each."""
    statuses = linked(visit.view, nodes, STATUS)
    leads = linked(visit.view, nodes, LED_BY)
    others = [*_all(statuses), *_all(leads)]
    known = mentions(visit, [*nodes, *others])
    return {
        node: Row(
            known[node],
            mark(visit.view, statuses[node][0], known) if node in statuses else None,
            tuple(known[lead] for lead in leads.get(node, ())),
        )
        for node in nodes
    }


def mark(view: View, concept: NamedNode, known: Mapping[NamedNode, Mention]) -> Mark:
    """The mark of a status, of which `known` tells what it is called."""
    return Mark(known[concept], shape(view, concept))


def shape(view: View, concept: Term) -> str:
    """The name of the shape that stands for a status; "other" for one that has none of its own."""
    name = view.local(concept).removeprefix("status/")
    return name if name in _SHAPES else "other"


def linked(
    view: View, nodes: Collection[NamedNode], predicate: NamedNode
) -> dict[NamedNode, list[NamedNode]]:
    """The IRIs that each of `nodes` has for `predicate`; those that have none are left out."""
    found = {
        node: [value for value in values if isinstance(value, NamedNode)]
        for node, values in view.each(nodes, predicate).items()
    }
    return {node: values for node, values in found.items() if values}


def _address(visit: Visit, node: NamedNode, *, known: bool) -> str | None:
    if known and visit.view.is_thing(node):
        return visit.addresses.page(f"doc/{visit.view.local(node)}")
    return visit.view.address(node, visit.addresses)


def _first_text(values: Iterable[Term]) -> str:
    return next((value.value for value in values if isinstance(value, Literal)), "")


def _all(found: Mapping[NamedNode, list[NamedNode]]) -> Iterable[NamedNode]:
    return (value for values in found.values() for value in values)
