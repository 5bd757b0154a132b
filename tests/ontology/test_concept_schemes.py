"""The concept schemes beside the ontology: the words that notes and the public tracker use."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
DS = Namespace("https://w3id.org/ds2026/ontology#")
BASE = "https://w3id.org/ds2026/id/"
TRACKER = URIRef("https://open.canada.ca/data/en/dataset/0eaf7a0b-e6a1-40e7-b8f9-99ca1cde27ad")

# Notation -> English, French, former or other words.
WORDS: dict[str, dict[str, tuple[str, str, list[str]]]] = {
    "status": {
        "not-started": ("Not Started", "Non entamée", ["Pas commencé"]),
        "in-progress": ("In Progress", "En cours", []),
        "behind": ("Behind", "En arrière", []),
        "paused": ("Paused", "En pause", ["Blocked", "Bloqué"]),
        "completed": ("Completed", "Terminée", ["Terminé"]),
    },
    "priority": {
        "year-1": ("Year 1 priority", "Année 1 priorité", []),
        "year-2": ("Year 2 priority", "Année 2 priorité", []),
        "year-3": ("Year 3 priority", "Année 3 priorité", []),
    },
    "actor-type": {
        "federal-organization": ("Federal organization", "Organisation fédérale", []),
        "committee": ("Committee", "Comité", ["Groupe de travail", "Working group"]),
        "group": ("Group", "Groupe", []),
    },
    "basis": {
        "asserted": ("Asserted", "Affirmé", []),
        "derived": ("Derived", "Déduit", []),
    },
}
CLASSES = {
    "status": DS.Status,
    "priority": DS.Priority,
    "actor-type": DS.ActorType,
    "basis": DS.Basis,
}


def _scheme(name: str) -> Graph:
    return Graph().parse(ROOT / "ontology" / f"{name}.ttl")


def _text(graph: Graph, subject: URIRef, term: URIRef, language: str) -> str:
    (text,) = (
        str(text)
        for text in graph.objects(subject, term)
        if isinstance(text, Literal) and text.language == language
    )
    return text


@pytest.mark.parametrize("name", WORDS)
def test_a_scheme_holds_the_known_words(name: str) -> None:
    """Each concept has the tracker's words of today as its names, those of old as other names."""
    graph = _scheme(name)
    concepts = {}
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert isinstance(concept, URIRef)
        concepts[str(concept).removeprefix(f"{BASE}{name}/")] = (
            _text(graph, concept, SKOS.prefLabel, "en"),
            _text(graph, concept, SKOS.prefLabel, "fr"),
            sorted(str(label) for label in graph.objects(concept, SKOS.altLabel)),
        )
    assert concepts == WORDS[name]


@pytest.mark.parametrize("name", WORDS)
def test_a_concept_can_be_found_from_its_scheme_and_back(name: str) -> None:
    """Concepts are top concepts of their scheme, typed by our class, known by their notation."""
    graph = _scheme(name)
    scheme = URIRef(BASE + name)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    for notation in WORDS[name]:
        concept = URIRef(f"{scheme}/{notation}")
        kinds = {OWL.NamedIndividual, SKOS.Concept, CLASSES[name]}
        assert set(graph.objects(concept, RDF.type)) == kinds
        assert set(graph.objects(concept, SKOS.notation)) == {Literal(notation)}
        assert set(graph.objects(concept, SKOS.inScheme)) == {scheme}
        assert set(graph.objects(concept, SKOS.topConceptOf)) == {scheme}
        assert (scheme, SKOS.hasTopConcept, concept) in graph


@pytest.mark.parametrize("name", WORDS)
def test_a_scheme_has_a_title_in_both_languages(name: str) -> None:
    """The title tells a reader what the concepts are of."""
    graph = _scheme(name)
    for language in ("en", "fr"):
        title = _text(graph, URIRef(BASE + name), DCTERMS.title, language)
        assert title == _text(graph, URIRef(BASE + name), SKOS.prefLabel, language) != ""


@pytest.mark.parametrize("name", WORDS)
def test_a_word_means_one_concept(name: str) -> None:
    """Whatever the language or the case, no word of a scheme stands for two of its concepts."""
    graph = _scheme(name)
    meanings: dict[str, set[object]] = {}
    for term in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation):
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            for word in graph.objects(concept, term):
                meanings.setdefault(str(word).casefold(), set()).add(concept)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", ["status", "priority"])
def test_the_trackers_words_name_the_tracker(name: str) -> None:
    """Scheme and concepts alike cite the data set that the words come from."""
    graph = _scheme(name)
    described = {URIRef(BASE + name), *graph.subjects(RDF.type, SKOS.Concept)}
    assert {thing: set(graph.objects(thing, DCTERMS.source)) for thing in described} == {
        thing: {TRACKER} for thing in described
    }
