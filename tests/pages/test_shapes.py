"""The page of the shapes: every rule where its IRI opens, with what it demands in words."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from tests.pages.publishing import LANGUAGES, page, tree, words

from ds2026kg.findings import Language
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.resources import resource_folder

DSH = f"{DEFAULT_BASE}shapes#"
SH = "http://www.w3.org/ns/shacl#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LEAD = {
    "en": {
        "Part of": "Commitment",
        "Severity": "violation",
        "Message": "Nobody leads this commitment. Name who leads it with ledBy: in the properties of "
        "its note, or begin its sentence with the actors, as in TBS and departments will.",
        "What it demands": "Along: led by Values, at least: 1",
        "Explained with examples": "commitment-lead-missing",
    },
    "fr": {
        "Fait partie de": "Engagement",
        "Gravité": "violation",
        "Message": "Personne n’est responsable de cet engagement. Nommez les responsables avec ledBy: "
        "dans les propriétés de sa note, ou commencez sa phrase par les acteurs, comme dans TBS and "
        "departments will.",
        "Ce qu’elle exige": "Suivant : a pour responsable Valeurs, au moins : 1",
        "Expliquée par des exemples": "commitment-lead-missing",
    },
}


def declared() -> set[str]:
    """The local names of all shapes that the files have."""
    kinds = {NamedNode(f"{SH}NodeShape"), NamedNode(f"{SH}PropertyShape")}
    return {
        quad.subject.value.removeprefix(DSH)
        for file in resource_folder("shapes").glob("*.ttl")
        for quad in parse(path=file, format=RdfFormat.TURTLE)
        if quad.predicate == TYPE and quad.object in kinds and isinstance(quad.subject, NamedNode)
    }


def entries(language: Language = "en") -> dict[str, Element]:
    """The entries of the page by their ids."""
    found = tree(page(Store(), "shapes", language)).findall(".//section[@class='term']")
    return {each.get("id", ""): each for each in found}


def facts(entry: Element) -> dict[str, str]:
    """What an entry says, by what it calls it."""
    return {words(each.find("dt")): words(each.find("dd")) for each in entry.findall("dl/div")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shape_opens_where_its_iri_leads(language: Language) -> None:
    """Each shape that has an IRI has an entry whose id is its local name."""
    assert set(entries(language)) == declared()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_says_what_the_rule_is(language: Language) -> None:
    """A rule has its message, severity, what it is part of, what it demands, and its explanation."""
    entry = entries(language)["commitment-lead-missing"]
    link = entry.findall("dl/div/dd/a")[-1]

    assert facts(entry) == LEAD[language]
    assert link.get("href") == f"{DEFAULT_BASE}rules#commitment-lead-missing"


@pytest.mark.parametrize(
    ("name", "demands"),
    [
        ("passage-unused", "Along: ^prov:wasDerivedFrom Values, at least: 1"),
        (
            "strategy-several",
            "Along: rdf:type/(^rdf:type) Values that fit: Instance of: Strategy Of these, at most: 1",
        ),
        (
            "federal-name-fr-missing",
            "Along: skos:prefLabel Values that fit: In one of the languages: fr Of these, at least: 1",
        ),
        (
            "actor-type-differs",
            "Exactly one of: Instance of: org:FormalOrganization Along: "
            "org:classification/skos:notation Not: One of: federal-organization",
        ),
        (
            "passage-closed",
            "Nothing beyond what is named Allowed besides: rdf:type, note, line",
        ),
    ],
)
def test_constraints_are_told_in_words(name: str, demands: str) -> None:
    """Paths, counts, lists, alternatives and nested shapes are told, also where they have no name."""
    assert facts(entries()[name])["What it demands"] == demands


def test_a_query_is_shown_without_its_margin() -> None:
    """A rule that is a query shows it, its first line at the left."""
    code = entries()["parent-notation-differs"].find(".//pre/code")
    assert code is not None
    lines = (code.text or "").splitlines()

    assert lines[0] == "SELECT $this ?value WHERE {"
    assert lines[1].startswith("  $this skos:notation")


def test_every_demand_of_a_shape_is_told() -> None:
    """No shape that tells a message is without a demand in words."""
    silent = {
        name
        for name, entry in entries().items()
        if "Message" in facts(entry) and not facts(entry).get("What it demands")
    }

    assert silent == set()
