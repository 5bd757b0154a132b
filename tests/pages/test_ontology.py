"""The page of the vocabulary: every term where its IRI opens, with its meaning and its use."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse
from tests.pages.publishing import LANGUAGES, NOTES, page, published, tree, words

from ds2026kg.findings import Language
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.resources import resource_folder

DS = f"{DEFAULT_BASE}ontology#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LED_BY = {
    "en": {
        "Permanent address": f"{DS}ledBy",
        "Kind of": "schema:agent",
        "Of": "Commitment",
        "Value": "Actor",
        "Never together with": "supported by",
        "Example": "Commitment 3.3a is led by the Treasury Board of Canada Secretariat and by "
        "Statistics Canada.",
        "Used in these data": "2 times",
    },
    "fr": {
        "Adresse permanente": f"{DS}ledBy",
        "Sorte de": "schema:agent",
        "De": "Engagement",
        "Valeur": "Acteur",
        "Jamais en même temps que": "est appuyé par",
        "Exemple": "L’engagement 3.3a a pour responsables le Secrétariat du Conseil du Trésor du "
        "Canada et Statistique Canada.",
        "Emploi dans ces données": "2 fois",
    },
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


def declared() -> set[str]:
    """The local names of all classes and properties that the files of the ontology declare as ours."""
    kinds = {NamedNode(f"{OWL}{name}") for name in ("Class", "ObjectProperty", "DatatypeProperty")}
    return {
        quad.subject.value.removeprefix(DS)
        for file in resource_folder("ontology").glob("*.ttl")
        for quad in parse(path=file, format=RdfFormat.TURTLE)
        if quad.predicate == TYPE
        and quad.object in kinds
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(DS)
    }


def entries(root: Element) -> dict[str, Element]:
    """The entries of the page by their ids."""
    return {each.get("id", ""): each for each in root.findall(".//section[@class='term']")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_opens_where_its_iri_leads(store: Store, language: Language) -> None:
    """Each class and property has an entry whose id is its local name; each scheme has one too."""
    found = set(entries(tree(page(store, "ontology", language))))
    schemes = {f"scheme-{name}" for name in ("actor-type", "basis", "priority", "status")}

    assert found == declared() | schemes


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_says_what_the_term_means(store: Store, language: Language) -> None:
    """A term has its place among others, an example, and how often it is used, in the reader's words."""
    entry = entries(tree(page(store, "ontology", language)))["ledBy"]
    facts = {words(each.find("dt")): words(each.find("dd")) for each in entry.findall("dl/div")}
    heads = {"en": "led by ds:ledBy", "fr": "a pour responsable ds:ledBy"}

    assert facts == LED_BY[language]
    assert words(entry.find("h3")) == heads[language]


def test_the_shapes_about_a_term_are_named(store: Store) -> None:
    """An entry leads to the shapes that mention its term, also in a part that has no name."""
    found = entries(tree(page(store, "ontology")))
    links = {name: _hrefs(found[name]) for name in ("ledBy", "Mission")}

    assert "shapes.en.html#commitment-lead-missing" in links["ledBy"]
    assert "shapes.en.html#commitment-parent-kind" in links["Mission"]
    assert not links["Mission"] & {"shapes.en.html#commitment-lead-missing"}


def _hrefs(entry: Element) -> set[str]:
    return {each.get("href", "") for each in entry.findall("details//a")}


@pytest.mark.parametrize("name", ["Commitment", "Passage", "note", "status"])
def test_uses_are_those_of_sparql(store: Store, name: str) -> None:
    """A class is counted by its instances, a property by its statements, each once."""
    pattern = f"?s a <{DS}{name}>" if name[0].isupper() else f"?s <{DS}{name}> ?o"
    query = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?o {{ {pattern} }} }}"
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    expected = getattr(next(found)["n"], "value", "")
    entry = entries(tree(page(store, "ontology")))[name]

    assert words(entry.findall("dl/div/dd")[-1]).split()[0] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_concepts_are_told_by_scheme(store: Store, language: Language) -> None:
    """A scheme has its concepts, each with its notation and how many things have it."""
    found = entries(tree(page(store, "ontology", language)))["scheme-status"]
    rows = [[words(cell) for cell in row] for row in found.findall(".//tbody/tr")]
    names = {
        "en": ["Behind", "Completed", "In Progress", "Not Started", "Paused"],
        "fr": ["En arrière", "Terminée", "En cours", "Non entamée", "En pause"],
    }

    assert [row[0] for row in rows] == names[language]
    assert [row[-1] for row in rows] == ["0", "0", "1", "0", "0"]


def test_without_data_the_vocabulary_is_whole() -> None:
    """The terms are told whether or not any data use them."""
    assert set(entries(tree(page(Store(), "ontology")))) >= declared()


def test_search_engines_find_a_set_of_terms(store: Store) -> None:
    """The structured data name the vocabulary and each of its terms by IRI."""
    script = tree(page(store, "ontology", "fr")).find(".//script")
    assert script is not None
    said = json.loads(script.text or "")

    assert {key: said[key] for key in ("@type", "@id", "name")} == {
        "@type": "DefinedTermSet",
        "@id": f"{DEFAULT_BASE}ontology",
        "name": "Vocabulaire de stratégie de ds2026kg",
    }
    assert {each["@id"].removeprefix(DS) for each in said["hasDefinedTerm"]} == declared()
