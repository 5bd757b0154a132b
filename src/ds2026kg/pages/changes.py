"""The page that lists what changed since an earlier release: things that are new, gone or altered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.history import Change, Changes
from ds2026kg.pages.counting import numeral
from ds2026kg.pages.kind import Content, Kind, Visit
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.rows import NOTATION, Mention, mentions
from ds2026kg.pages.statements import property_name
from ds2026kg.pages.view import LABELS, Said, Term, View

PATH: Final = "changes"
NAME: Final = Text("What changed", "Ce qui a changé")
_SINCE: Final = Text(
    "Since {since}. New: {new}; altered: {altered}; gone: {gone}.",
    "Depuis {since}. Nouveautés\u00a0: {new}; modifications\u00a0: {altered}; "
    "disparitions\u00a0: {gone}.",
)
_WORDS: Final = {
    "new": Text("New", "Nouveautés"),
    "altered": Text("Altered", "Modifications"),
    "gone": Text("Gone", "Disparitions"),
    "none": Text("Nothing has changed.", "Rien n’a changé."),
    "added": Text("Added", "Ajouté"),
    "removed": Text("Removed", "Retiré"),
    "how": Text(
        "Only what is said counts here: a line that moved in its note, or the date of a note, does not.",
        "Seul compte ce qui est dit\u00a0: une ligne déplacée dans sa note ou la date d’une note "
        "n’y figurent pas.",
    ),
}


class Alteration(NamedTuple):
    """A property of a thing: the values that are no longer given for it, and those that are new."""

    name: Said
    removed: tuple[Mention, ...]
    added: tuple[Mention, ...]


class Altered(NamedTuple):
    """A thing of which something else is said than before."""

    thing: Mention
    properties: tuple[Alteration, ...]


def _content(visit: Visit) -> Content | None:
    changes = visit.publication.changes
    if changes is None:
        return None
    language = visit.view.language
    title = NAME.in_language(language)
    altered = [iri for iri in changes.by_iri if iri not in changes.new | changes.gone]
    new = [NamedNode(iri) for iri in changes.by_iri if iri in changes.new]
    gone = [iri for iri in changes.by_iri if iri in changes.gone]
    summary = _SINCE.in_language(
        language,
        since=changes.since,
        new=numeral(len(new), language),
        altered=numeral(len(altered), language),
        gone=numeral(len(gone), language),
    )
    known = mentions(visit, new)
    return Content(
        title=Said(title, language),
        summary=summary,
        values={
            "new": [known[node] for node in new],
            "altered": _altered(visit, changes, altered),
            "gone": [_of_gone(visit.view, iri, changes.by_iri[iri]) for iri in gone],
        },
        structured={"@type": "WebPage", "name": title, "description": summary},
    )


def _altered(visit: Visit, changes: Changes, iris: Sequence[str]) -> list[Altered]:
    """The things that are there before and after, with what is said otherwise."""
    told = {NamedNode(iri): changes.by_iri[iri] for iri in iris}
    named = ((each.property, each.value) for own in told.values() for each in own)
    known = mentions(visit, chain(told, chain.from_iterable(named)))
    return [
        Altered(
            known[node],
            tuple(
                _alteration(visit, predicate, list(own), known)
                for predicate, own in groupby(own, lambda each: each.property)
            ),
        )
        for node, own in told.items()
    ]


def _alteration(
    visit: Visit,
    predicate: NamedNode,
    changes: Sequence[Change],
    known: Mapping[NamedNode, Mention],
) -> Alteration:
    removed, added = (
        tuple(_value(visit.view, each.value, known) for each in changes if each.added is came)
        for came in (False, True)
    )
    return Alteration(property_name(visit, predicate, known), removed, added)


def _value(view: View, value: Term, known: Mapping[NamedNode, Mention]) -> Mention:
    return known[value] if isinstance(value, NamedNode) else Mention(view.label(value), None)


def _of_gone(view: View, iri: str, changes: Iterable[Change]) -> Mention:
    """A thing that is gone, as it was called: no page tells of it any more."""
    said: dict[NamedNode, list[Term]] = {}
    for each in changes:
        said.setdefault(each.property, []).append(each.value)
    labels = chain.from_iterable(view.readable(said.get(naming, ())) for naming in LABELS)
    notations = view.readable(said.get(NOTATION, ()))
    label = next(labels, None) or view.label(NamedNode(iri))
    return Mention(label, None, notations[0].text if notations else "")


def _paths(_view: View, publication: Publication) -> tuple[str, ...]:
    return () if publication.changes is None else (PATH,)


PAGE = Kind(PATH, "changes.html", _content, _paths, NAME, _WORDS, compares=True)
