"""The vocabulary of `ontology/ds2026.ttl`: complete for its readers, consistent for reasoners."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics  # type: ignore[import-untyped]
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VANN, XSD, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
DS = Namespace("https://w3id.org/ds2026/ontology#")
ID = Namespace("https://w3id.org/ds2026/id/")
SCHEMA = Namespace("https://schema.org/")
ONTOLOGY = URIRef("https://w3id.org/ds2026/ontology")
# owlrl reports each contradiction as a triple with this predicate.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")

CLASSES = [
    *("Strategy", "Mission", "Commitment", "Actor", "Passage"),
    *("Status", "Priority", "ActorType", "Basis"),
]
OBJECT_PROPERTIES = ["hasParent", "ledBy", "supportedBy", "status", "priority", "basis"]
DATATYPE_PROPERTIES = ["note", "line"]
TERMS = [DS[name] for name in CLASSES + OBJECT_PROPERTIES + DATATYPE_PROPERTIES]


def _vocabulary() -> Graph:
    return Graph().parse(ROOT / "ontology" / "ds2026.ttl")


def _closure(*changes: tuple[URIRef, URIRef, URIRef]) -> Graph:
    """Everything that OWL 2 RL entails from the ontology, a small strategy and `changes`."""
    graph = Graph()
    for file in sorted((ROOT / "ontology").glob("*.ttl")):
        graph.parse(file)
    graph.parse(ROOT / "tests" / "fixtures" / "shapes" / "lead-also-supports" / "valid.ttl")
    for change in changes:
        graph.add(change)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return graph


@pytest.fixture(scope="module")
def closure() -> Graph:
    """Work out the closure of the ontology and a small strategy, once."""
    return _closure()


def test_only_the_agreed_terms_are_coined() -> None:
    """A term of our own needs a reason, so none appears beyond the ones agreed on."""
    coined = {
        subject for subject in _vocabulary().subjects(unique=True) if str(subject).startswith(DS)
    }
    assert coined == set(TERMS)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (CLASSES, OWL.Class),
        (OBJECT_PROPERTIES, OWL.ObjectProperty),
        (DATATYPE_PROPERTIES, OWL.DatatypeProperty),
    ],
)
def test_each_term_is_of_one_kind(names: list[str], kind: URIRef) -> None:
    """A term is a class, an object property or a datatype property, as OWL 2 DL demands."""
    vocabulary = _vocabulary()
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    for name in names:
        assert kinds.intersection(vocabulary.objects(DS[name], RDF.type)) == {kind}, name


@pytest.mark.parametrize("term", TERMS)
def test_each_term_is_explained_in_both_languages(term: URIRef) -> None:
    """Label, definition and example are each given once in English and once in French."""
    vocabulary = _vocabulary()
    for explanation in (RDFS.label, SKOS.definition, SKOS.example):
        texts = [
            text for text in vocabulary.objects(term, explanation) if isinstance(text, Literal)
        ]
        assert sorted(str(text.language) for text in texts) == ["en", "fr"], explanation
    assert list(vocabulary.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]


@pytest.mark.parametrize("name", OBJECT_PROPERTIES + DATATYPE_PROPERTIES)
def test_each_property_has_domain_and_range_or_says_why_not(name: str) -> None:
    """Where a domain or range is left out, a scope note tells the reason in both languages."""
    vocabulary = _vocabulary()
    ends = {end for end in (RDFS.domain, RDFS.range) if (DS[name], end, None) in vocabulary}
    notes = [str(note) for note in vocabulary.objects(DS[name], SKOS.scopeNote)]
    if ends != {RDFS.domain, RDFS.range}:
        assert len(notes) == 2
        assert any(note.startswith("No domain") for note in notes)


def test_the_header_says_what_a_catalogue_asks() -> None:
    """The ontology names itself, its version, licence, maker, dates, prefix and purpose."""
    vocabulary = _vocabulary()
    header = dict(vocabulary.predicate_objects(ONTOLOGY))
    bilingual = {
        term: sorted(
            str(text.language)
            for text in vocabulary.objects(ONTOLOGY, term)
            if isinstance(text, Literal)
        )
        for term in (DCTERMS.title, DCTERMS.abstract)
    }
    assert bilingual == {DCTERMS.title: ["en", "fr"], DCTERMS.abstract: ["en", "fr"]}
    for term in (*bilingual, RDFS.seeAlso):
        del header[term]
    assert header == {
        RDF.type: OWL.Ontology,
        OWL.versionIRI: URIRef(f"{ONTOLOGY}/0.1.0"),
        OWL.versionInfo: Literal("0.1.0"),
        DCTERMS.creator: ID["agent/ds2026kg"],
        DCTERMS.issued: Literal("2026-11-22", datatype=XSD.date),
        DCTERMS.modified: Literal("2026-11-22", datatype=XSD.date),
        DCTERMS.license: URIRef("https://spdx.org/licenses/MIT"),
        VANN.preferredNamespacePrefix: Literal("ds"),
        VANN.preferredNamespaceUri: Literal(str(DS)),
    }


@pytest.mark.parametrize(
    "file", sorted((ROOT / "ontology").glob("*.ttl")), ids=lambda file: file.name
)
def test_texts_are_normalized_and_typeset(file: Path) -> None:
    """Text is in Unicode's NFC, with typographic apostrophes and French guillemets kept apart."""
    for text in Graph().parse(file).objects():
        if isinstance(text, Literal) and text.language:
            assert text == Literal(unicodedata.normalize("NFC", text), lang=text.language)
            assert "'" not in text
            assert "« " not in text
            assert " »" not in text


def test_the_closure_has_no_contradiction(closure: Graph) -> None:
    """The ontology, its concepts and a small strategy are consistent under OWL 2 RL."""
    assert list(closure.objects(None, ERROR)) == []
    assert list(closure.subjects(RDF.type, OWL.Nothing)) == []


@pytest.mark.parametrize(
    "entailed",
    [
        (ID["commitment/3.1a"], DCTERMS.isPartOf, ID["mission/3.1"]),
        (ID["commitment/3.1a"], SCHEMA.agent, ID["actor/tbs"]),
        (ID["commitment/3.1a"], SCHEMA.participant, ID["actor/departments"]),
        (ID["commitment/3.1a"], RDF.type, SCHEMA.Action),
        (ID["strategy/ds2026"], RDF.type, PROV.Plan),
        (ID["actor/departments"], RDF.type, PROV.Agent),
        (ID["actor/departments"], RDF.type, URIRef("http://xmlns.com/foaf/0.1/Agent")),
        (ID["status/paused"], RDF.type, SKOS.Concept),
    ],
)
def test_other_vocabularies_can_be_used_to_ask(
    closure: Graph, entailed: tuple[URIRef, URIRef, URIRef]
) -> None:
    """Whoever knows DCMI Terms, schema.org, PROV-O or FOAF finds our data with their terms."""
    assert entailed in closure


def test_nothing_foreign_is_made_a_concept(closure: Graph) -> None:
    """Only concepts are concepts: placing a mission makes none of it, nor of the strategy."""
    for name in ("strategy/ds2026", "mission/3", "mission/3.1", "commitment/3.1a"):
        assert (ID[name], RDF.type, SKOS.Concept) not in closure


@pytest.mark.parametrize(
    "change",
    [
        (ID["mission/3"], DS.hasParent, ID["mission/3"]),
        (ID["mission/3"], DS.hasParent, ID["mission/3.1"]),
        (ID["commitment/3.1a"], DS.supportedBy, ID["actor/tbs"]),
        (ID["mission/3"], RDF.type, DS.Commitment),
        (ID["commitment/3.1a"], DS.ledBy, ID["mission/3"]),
        (ID["commitment/3.1a"], DS.status, ID["priority/year-1"]),
    ],
)
def test_a_contradiction_is_noticed(change: tuple[URIRef, URIRef, URIRef]) -> None:
    """Own parent, two-way parents, lead and supporter in one, two kinds: a reasoner objects."""
    assert list(_closure(change).objects(None, ERROR)) != []
