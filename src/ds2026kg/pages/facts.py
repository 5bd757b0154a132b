"""The main facts about a thing: each with its name, its values and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from ds2026kg.findings import Language, Text
from ds2026kg.pages.evidence import Evidence
from ds2026kg.pages.kind import Visit
from ds2026kg.pages.rows import (
    CLASSIFICATION,
    LED_BY,
    PARENT,
    PRIORITY,
    STATUS,
    SUPPORTED_BY,
    Mention,
    mentions,
    shape,
)
from ds2026kg.pages.view import TYPE, Said, Term, term

COMMITMENT: Final = term("ds:Commitment")
LABEL: Final = term("skos:prefLabel")
TITLE: Final = term("dcterms:title")
DEFINITION: Final = term("skos:definition")
_ALTERNATIVE: Final = term("skos:altLabel")
_OTHER_TONGUE: Mapping[Language, Language] = {"en": "fr", "fr": "en"}
_IN: Final[Mapping[Language, Text]] = {
    "en": Text("In English", "En anglais"),
    "fr": Text("In French", "En français"),
}
_NO_NAME: Final[Mapping[Language, Text]] = {
    "en": Text("The notes give no English name.", "Les notes ne donnent aucun nom en anglais."),
    "fr": Text("The notes give no French name.", "Les notes ne donnent aucun nom en français."),
}
_NAMES: Final[Mapping[NamedNode, Text]] = {
    LED_BY: Text("Led by", "Responsables"),
    SUPPORTED_BY: Text("Supported by", "Avec l’appui de"),
    STATUS: Text("Status", "Statut"),
    PRIORITY: Text("Priority", "Priorité"),
    CLASSIFICATION: Text("Type of actor", "Type d’acteur"),
    PARENT: Text("Part of", "Relève de"),
    term("skos:inScheme"): Text("In the list", "Dans la liste"),
    _ALTERNATIVE: Text("Also called", "Autres noms"),
    term("org:identifier"): Text("GC OrgID", "GC OrgID"),
    TITLE: Text("Title in full", "Titre au long"),
    term("skos:scopeNote"): Text("Note", "Note"),
    term("skos:closeMatch"): Text("Close to", "Proche de"),
    term("skos:broadMatch"): Text("Narrower than", "Plus précis que"),
    term("foaf:isPrimaryTopicOf"): Text("In the public tracker", "Dans l’outil de suivi public"),
    term("dcterms:source"): Text("Sources", "Sources"),
}
_EXPECTED: Final = (LED_BY, STATUS, PRIORITY)
"""What every commitment ought to have, so that it is said if one has it not."""


class Value(NamedTuple):
    """A value of a fact: a thing or words, the shape of its mark, and what the fact rests on."""

    what: Mention
    shape: str = ""
    evidence: Evidence | None = None


class Fact(NamedTuple):
    """What a thing has, by name; no values where it ought to have some."""

    name: str
    values: tuple[Value, ...]
    missing: str = ""


def facts_about(
    visit: Visit,
    said: Mapping[NamedNode, list[Term]],
    evidence: Mapping[tuple[Term, Term], Evidence],
) -> list[Fact]:
    """The facts in what is `said` of a thing, in the order in which people want to know."""
    known = mentions(visit, (value for values in said.values() for value in values))
    expected = _EXPECTED if COMMITMENT in said.get(TYPE, ()) else ()
    facts = []
    for predicate, name in _NAMES.items():
        values = tuple(_values(visit, predicate, said.get(predicate, []), known, evidence))
        if values or predicate in expected:
            facts.append(Fact(name.in_language(visit.view.language), values))
    other = _in_other_language(visit, said)
    return [*facts, other] if other else facts


def _values(
    visit: Visit,
    predicate: NamedNode,
    values: list[Term],
    known: Mapping[NamedNode, Mention],
    evidence: Mapping[tuple[Term, Term], Evidence],
) -> Iterator[Value]:
    view = visit.view
    # Other names count in every language: an acronym is looked for in both.
    readable = [] if predicate == _ALTERNATIVE else view.readable(values)
    for value in values:
        if isinstance(value, NamedNode):
            drawn = shape(view, value) if predicate == STATUS else ""
            yield Value(known[value], drawn, evidence.get((predicate, value)))
        elif not readable or view.label(value) in readable:
            yield Value(Mention(view.label(value), None))


def _in_other_language(visit: Visit, said: Mapping[NamedNode, list[Term]]) -> Fact | None:
    """The name, the title and the definition in the language that the page is not in."""
    language = visit.view.language
    other = _OTHER_TONGUE[language]
    if not any(isinstance(each, Literal) and each.language for each in said.get(LABEL, ())):
        return None
    told = (LABEL, TITLE, DEFINITION)
    # What the page shows in the other language for want of its own is not shown again.
    shown = {each for predicate in told for each in visit.view.readable(said.get(predicate, ()))}
    texts = dict.fromkeys(
        Said(value.value, other)
        for predicate in told
        for value in said.get(predicate, ())
        if isinstance(value, Literal) and value.language == other
    )
    named = any(isinstance(each, Literal) and each.language == other for each in said[LABEL])
    values = tuple(Value(Mention(text, None)) for text in texts if text not in shown)
    if named and not values:
        return None
    missing = "" if named else _NO_NAME[other].in_language(language)
    return Fact(_IN[other].in_language(language), values, missing)
