"""The page about one thing of the data set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from ds2026kg.pages.actors import NAME as ACTORS
from ds2026kg.pages.addresses import FORMS
from ds2026kg.pages.entity_words import WORDS
from ds2026kg.pages.evidence import evidence_of, passages_of
from ds2026kg.pages.facts import DEFINITION, facts_about
from ds2026kg.pages.kind import Content, Crumb, Kind, Visit
from ds2026kg.pages.place import Place, place_of
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.rows import STATUS, Mention, mentions
from ds2026kg.pages.sections import ACTOR, children, tallies, works
from ds2026kg.pages.statements import lines, property_name, query_for
from ds2026kg.pages.structured import thing
from ds2026kg.pages.view import TYPE, Said, Term, View, term

_FORM_NAMES: Final = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}
_SCHEME: Final = term("skos:inScheme")
_CREATED: Final = term("dcterms:created")
_MODIFIED: Final = term("dcterms:modified")
_NOTE: Final = term("skos:editorialNote")
_OWN: Final = term("ds:Strategy").value.removesuffix("Strategy")


def _content(visit: Visit) -> Content | None:
    view = visit.view
    try:
        node = view.thing(visit.local)
    except ValueError:  # no IRI
        return None
    said = dict(view.statements(node))
    if not said:
        return None
    place = place_of(view, node)
    near = [node, *place.above, *(each for each in (place.previous, place.following) if each)]
    known = mentions(visit, near)
    title = known[node].label
    definitions = [each for each in view.texts(node, DEFINITION) if each != title]
    return Content(
        title=_numbered(known[node]),
        summary=definitions[0].text if definitions else title.text,
        values={
            "node": node,
            "heading": title,
            "notation": known[node].notation,
            "definitions": definitions,
            "previous": known.get(place.previous) if place.previous else None,
            "following": known.get(place.following) if place.following else None,
            **_sections(visit, node, said, place),
        },
        structured=thing(visit, node, said, place, known),
        forms=tuple(FORMS),
        trail=_trail(visit, node, place, known),
    )


def _sections(
    visit: Visit, node: NamedNode, said: Mapping[NamedNode, list[Term]], place: Place
) -> dict[str, Any]:
    """What is below the title."""
    view, publication = visit.view, visit.publication
    evidence = evidence_of(visit, node)
    passages = passages_of(view, node)
    gathered = list(works(visit, node))
    query = query_for(node)
    asked = f"{visit.addresses.page('query')}?{urlencode({'query': query})}"
    return {
        "kinds": _kinds(visit, said),
        "facts": facts_about(visit, said, evidence),
        "notes": view.readable(said.get(_NOTE, [])),
        "children": children(visit, node, place),
        "works": gathered,
        "tallies": tallies(visit, node),
        "created": view.text(node, _CREATED),
        "modified": view.text(node, _MODIFIED),
        "since": publication.changes.since if publication.changes else "",
        "changes": _changes(visit, node),
        "passages": list(passages.values()),
        "marked": STATUS in said or bool(place.under) or bool(gathered),
        "evident": bool(evidence),
        "lines": lines(visit, said, evidence, passages),
        "query": query,
        "asked": asked if publication.endpoint else None,
        "form_names": _FORM_NAMES,
    }


def _changes(visit: Visit, node: NamedNode) -> list[tuple[bool, Said, Mention]] | None:
    """The statements that came or went since an earlier release; None if that is not known."""
    changes = visit.publication.changes
    if changes is None:
        return None
    own = changes.by_iri.get(node.value, ())
    known = mentions(visit, chain.from_iterable((each.property, each.value) for each in own))
    return [
        (
            each.added,
            property_name(visit, each.property, known),
            known[each.value]
            if isinstance(each.value, NamedNode)
            else Mention(visit.view.label(each.value), None),
        )
        for each in own
    ]


def _kinds(visit: Visit, said: Mapping[NamedNode, list[Term]]) -> list[tuple[Mention, Said | None]]:
    """The classes of a thing, each with its definition: those of our own vocabulary, if it has any."""
    classes = [each for each in said.get(TYPE, ()) if isinstance(each, NamedNode)]
    own = [each for each in classes if each.value.startswith(_OWN)] or classes
    known = mentions(visit, own)
    return [(known[each], visit.view.text(each, DEFINITION)) for each in own]


def _trail(
    visit: Visit, node: NamedNode, place: Place, known: Mapping[NamedNode, Mention]
) -> tuple[Crumb, ...]:
    """What leads to the page: the way from the strategy down, the list of actors, or a scheme."""
    view = visit.view
    if view.is_a(node, ACTOR):
        return (Crumb(Said(ACTORS.in_language(view.language), view.language), "actors"),)
    above = [*place.above, *view.values(node, _SCHEME)]
    return tuple(
        Crumb(_numbered(known[each]) if each in known else view.label(each), _path(view, each))
        for each in above
        if isinstance(each, NamedNode) and view.has_page(each)
    )


def _numbered(mention: Mention) -> Said:
    text = f"{mention.notation} {mention.label.text}" if mention.notation else mention.label.text
    return Said(text, mention.label.language)


def _path(view: View, node: NamedNode) -> str:
    return f"doc/{view.local(node)}"


def _paths(view: View, _publication: Publication) -> Iterable[str]:
    return (_path(view, each) for each in view.things())


ENTITY = Kind("doc/", "entity.html", _content, _paths, words=WORDS)
