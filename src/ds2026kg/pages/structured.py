"""Things as schema.org describes them, for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from ds2026kg.pages.addresses import Addresses
from ds2026kg.pages.kind import Visit
from ds2026kg.pages.place import Place
from ds2026kg.pages.rows import LED_BY, STATUS, SUPPORTED_BY, Mention
from ds2026kg.pages.view import LABELS, TYPE, Said, Term, View, term

_SCHEMA: Final = "https://schema.org/"
# The first class that a thing has says what it is there; an actor may be a mere group.
_TYPES: Final[Mapping[NamedNode, str | list[str]]] = {
    term("ds:Strategy"): "CreativeWork",
    term("ds:Mission"): "CreativeWork",
    term("ds:Commitment"): ["Action", "CreativeWork"],
    term("org:FormalOrganization"): "GovernmentOrganization",
    term("ds:Actor"): "Organization",
    term("skos:Concept"): "DefinedTerm",
    term("skos:ConceptScheme"): "DefinedTermSet",
}
_TEXTS: Final = {
    "alternateName": term("skos:altLabel"),
    "headline": term("dcterms:title"),
    "description": term("skos:definition"),
    "identifier": term("org:identifier"),
    "dateCreated": term("dcterms:created"),
    "dateModified": term("dcterms:modified"),
}
_LINKS: Final = {
    "agent": LED_BY,
    "participant": SUPPORTED_BY,
    "inDefinedTermSet": term("skos:inScheme"),
    "hasDefinedTerm": term("skos:hasTopConcept"),
}
_OF_WORKS: Final = ("headline", "dateCreated", "dateModified")
_MATCHES: Final = (term("skos:closeMatch"), term("skos:broadMatch"))


def breadcrumb(addresses: Addresses, trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A BreadcrumbList of the names and paths that lead to a page, the first page first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": addresses.page(path),
            }
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }


def in_languages(said: Sequence[Said]) -> list[dict[str, str] | str]:
    """Texts as JSON-LD values, each with its language if that is known."""
    return [
        {"@value": each.text, "@language": each.language} if each.language else each.text
        for each in said
    ]


def item_list(name: str, items: Iterable[tuple[NamedNode, Said]]) -> dict[str, Any]:
    """An ItemList of things and what they are called, in order."""
    entries = [
        {
            "@type": "ListItem",
            "position": position,
            "item": {"@id": node.value, "name": in_languages([label])},
        }
        for position, (node, label) in enumerate(items, start=1)
    ]
    return {
        "@type": "ItemList",
        "name": name,
        "numberOfItems": len(entries),
        "itemListElement": entries,
    }


def thing(
    visit: Visit,
    node: NamedNode,
    said: Mapping[NamedNode, list[Term]],
    place: Place,
    known: Mapping[NamedNode, Mention],
) -> dict[str, Any]:
    """What is `said` of `node`, in the terms of schema.org, under its permanent IRI."""
    classes = said.get(TYPE, [])
    own = next((name for each, name in _TYPES.items() if each in classes), "Thing")
    named = next((each for each in LABELS if each in said), None)
    names = _texts(said[named]) if named else [known[node].label]
    told: dict[str, Any] = {"@type": own, "@id": node.value, "name": in_languages(names)}
    if known[node].notation:
        told["identifier"] = known[node].notation
    if "CreativeWork" in own:
        told |= _parts(place)
    for name, predicate in _TEXTS.items():
        texts = _texts(said.get(predicate, []))
        if texts and ("CreativeWork" in own or name not in _OF_WORKS):
            told[name] = in_languages(texts)
    for name, predicate in _LINKS.items():
        nodes = [each for each in said.get(predicate, ()) if isinstance(each, NamedNode)]
        if nodes:
            told[name] = [{"@id": each.value} for each in nodes]
    status = _action_status(visit.view, said.get(STATUS, []))
    return told | ({"actionStatus": {"@id": status}} if status else {})


def _parts(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if place.above:
        found["isPartOf"] = {"@id": place.above[-1].value}
    if place.under:
        found["hasPart"] = [{"@id": each.value} for each in place.under]
    return found


def _texts(values: Iterable[Term]) -> list[Said]:
    return [Said(each.value, each.language or "") for each in values if isinstance(each, Literal)]


def _action_status(view: View, statuses: Sequence[Term]) -> str | None:
    """The ActionStatusType of schema.org that a status says it is close to, or a kind of."""
    matches = (
        match
        for status in statuses
        if isinstance(status, NamedNode)
        for predicate in _MATCHES
        for match in view.values(status, predicate)
        if isinstance(match, NamedNode)
    )
    return next((each.value for each in matches if each.value.startswith(_SCHEMA)), None)
