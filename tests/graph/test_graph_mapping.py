"""Which statements an entity becomes, and from where."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from ds2026kg.errors import DataError
from ds2026kg.findings import Span
from ds2026kg.graph.dataset import quads, statements, union
from ds2026kg.graph.mapping import entity_statements, provenance_statements
from ds2026kg.graph.statement import Statement
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import (
    Actor,
    Basis,
    Commitment,
    Entity,
    Fact,
    Kind,
    Mission,
    StrategyGraph,
)

BASE = "https://w3id.org/ds2026/"
NAMESPACES = {
    BASE + "id/": "",
    BASE + "ontology#": "ds:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/ns/org#": "org:",
    "http://www.w3.org/ns/prov#": "prov:",
}


def at(line: int) -> Span:
    """The start of one line."""
    return Span("A.md", line, line + 1, line, 1, line, 2)


def rows(statements: list[Statement]) -> list[tuple[str, str, str, int | None]]:
    """Statements as subject, predicate, object and line, shortened."""
    return [
        (
            short(item.quad.subject),
            short(item.quad.predicate),
            short(item.quad.object),
            item.span.line if item.span else None,
        )
        for item in statements
    ]


def short(term: object) -> str:
    """A term with its namespace shortened."""
    text = str(term)
    for namespace, prefix in NAMESPACES.items():
        text = text.replace(namespace, prefix)
    return text


def commitment() -> Commitment:
    """A commitment with a given lead, a lead from the sentence, and English text alone."""
    return Commitment(
        "commitment/3.1a",
        (
            Fact("ledBy", "actor/tbs", Kind.ENTITY, at(3), None, Basis.DERIVED, "TBS and partners"),
            Fact("definition", "TBS will", Kind.TEXT, at(3), "en"),
            Fact("ledBy", "actor/pco", Kind.ENTITY, at(4)),
            Fact("status", "status/paused", Kind.CONCEPT, at(5)),
            Fact("modified", "2024-08-19", Kind.DATE, at(6)),
        ),
        (at(1), at(9)),
    )


def test_the_strategy_graph_says_what_the_notes_say(vocabulary: Vocabulary) -> None:
    """Each fact is one quad with its line, in the order of the context; no dates are among them."""
    found = list(entity_statements(commitment(), vocabulary))
    subject = "<commitment/3.1a>"
    english = "The notes give no French definition of this entity; none has been invented."
    french = (
        "Les notes ne donnent aucune définition en français de cette entité; "
        "aucune n’a été inventée."
    )
    assert rows(found) == [
        (subject, "<rdf:type>", "<ds:Commitment>", 1),
        (subject, "<skos:definition>", '"TBS will"@en', 3),
        (subject, "<skos:editorialNote>", f'"{english}"@en', 3),
        (subject, "<skos:editorialNote>", f'"{french}"@fr', 3),
        (subject, "<ds:ledBy>", "<actor/pco>", 4),
        (subject, "<ds:ledBy>", "<actor/tbs>", 3),
        (subject, "<ds:status>", "<status/paused>", 5),
    ]
    assert {item.quad.graph_name for item in found} == {NamedNode(BASE + "graph/strategy")}


def test_the_provenance_graph_says_where_it_was_read(vocabulary: Vocabulary) -> None:
    """Dates, passages in file order, and evidence for each relation, with the words if derived."""
    found = list(provenance_statements(commitment(), vocabulary))
    subject, passage = "<commitment/3.1a>", "<passage/commitment/3.1a/"
    assert rows(found)[:9] == [
        (subject, "<dcterms:modified>", '"2024-08-19"^^<xsd:date>', 6),
        (subject, "<prov:wasDerivedFrom>", passage + "1>", 1),
        (subject, "<prov:wasDerivedFrom>", passage + "2>", 9),
        (passage + "1>", "<rdf:type>", "<ds:Passage>", 1),
        (passage + "1>", "<ds:note>", '"A.md"', 1),
        (passage + "1>", "<ds:line>", '"1"^^<xsd:integer>', 1),
        (passage + "2>", "<rdf:type>", "<ds:Passage>", 9),
        (passage + "2>", "<ds:note>", '"A.md"', 9),
        (passage + "2>", "<ds:line>", '"9"^^<xsd:integer>', 9),
    ]
    derived = "<statement/commitment/3.1a/ledBy/tbs>"
    assert [row for row in rows(found) if row[0] == derived] == [
        (derived, "<rdf:type>", "<rdf:Statement>", 3),
        (derived, "<rdf:subject>", subject, 3),
        (derived, "<rdf:predicate>", "<ds:ledBy>", 3),
        (derived, "<rdf:object>", "<actor/tbs>", 3),
        (derived, "<ds:basis>", "<basis/derived>", 3),
        (derived, "<ds:note>", '"A.md"', 3),
        (derived, "<ds:line>", '"3"^^<xsd:integer>', 3),
        (derived, "<prov:value>", '"TBS and partners"', 3),
    ]
    assert [row[0] for row in rows(found) if row[2] == "<rdf:Statement>"] == [
        "<statement/commitment/3.1a/ledBy/pco>",
        derived,
        "<statement/commitment/3.1a/status/paused>",
    ]
    assert {item.quad.graph_name for item in found} == {NamedNode(BASE + "graph/provenance")}


def test_an_assertion_outweighs_a_derivation(vocabulary: Vocabulary) -> None:
    """A relation both given and worked out has one record, which tells where it was given."""
    entity = Commitment(
        "commitment/1.1a",
        (
            Fact("ledBy", "actor/tbs", Kind.ENTITY, at(3), None, Basis.DERIVED, "TBS"),
            Fact("ledBy", "actor/tbs", Kind.ENTITY, at(7)),
        ),
        (),
    )
    evidence = rows(list(provenance_statements(entity, vocabulary)))
    assert [row[2:] for row in evidence if row[1] in {"<ds:basis>", "<prov:value>"}] == [
        ("<basis/asserted>", 7)
    ]


def test_french_alone_is_noted_as_well(vocabulary: Vocabulary) -> None:
    """An entity without an English definition says so in both languages."""
    entity = Mission("mission/9", (Fact("definition", "Texte", Kind.TEXT, at(2), "fr"),), ())
    notes = [
        item.quad.object.value
        for item in entity_statements(entity, vocabulary)
        if isinstance(item.quad.object, Literal) and item.quad.predicate.value.endswith("Note")
    ]
    assert notes == [
        "The notes give no English definition of this entity; none has been invented.",
        (
            "Les notes ne donnent aucune définition en anglais de cette entité; "
            "aucune n’a été inventée."
        ),
    ]


def test_only_a_federal_actor_is_a_formal_organization(vocabulary: Vocabulary) -> None:
    """A federal organization is an org:FormalOrganization as well; a group is not."""
    types = {
        code: [
            short(item.quad.object)
            for item in entity_statements(
                Actor("actor/x", (Fact("classification", code, Kind.CONCEPT, at(1)),), ()),
                vocabulary,
            )
            if item.quad.predicate.value.endswith("#type")
        ]
        for code in ("actor-type/federal-organization", "actor-type/group")
    }
    assert types == {
        "actor-type/federal-organization": ["<ds:Actor>", "<org:FormalOrganization>"],
        "actor-type/group": ["<ds:Actor>"],
    }


def test_the_order_of_facts_does_not_matter(vocabulary: Vocabulary, graph: StrategyGraph) -> None:
    """Facts in any order give the same statements in the same order."""
    turned = [type(e)(e.id, e.facts[::-1], e.sources) for e in graph]
    assert [s.quad for s in statements(StrategyGraph(tuple(turned)), vocabulary)] == [
        s.quad for s in statements(graph, vocabulary)
    ]


def test_values_are_in_natural_order(vocabulary: Vocabulary) -> None:
    """3.2 comes before 3.10 among the values of one term."""
    facts = tuple(Fact("hasParent", f"mission/{n}", Kind.ENTITY, at(1)) for n in ("3.10", "3.2"))
    found = entity_statements(Commitment("commitment/x", facts, ()), vocabulary)
    assert [short(item.quad.object) for item in found][1:] == ["<mission/3.2>", "<mission/3.10>"]


def test_the_union_holds_every_triple_once(vocabulary: Vocabulary, graph: StrategyGraph) -> None:
    """The two graphs share no triple, so their union is as long as both."""
    triples = list(union(graph, vocabulary))
    assert len(triples) == len(set(triples)) == len(set(quads(graph, vocabulary)))


def test_text_is_in_nfc_and_languages_in_lower_case(vocabulary: Vocabulary) -> None:
    """A decomposed letter is composed, as RDF asks, and en-CA is written en-ca."""
    entity = Actor("actor/x", (Fact("label", "e\u0301", Kind.TEXT, at(1), "fr-CA"),), ())
    assert rows(list(entity_statements(entity, vocabulary)))[1:] == [
        ("<actor/x>", "<skos:prefLabel>", '"é"@fr-ca', 1)
    ]


def test_identifiers_are_made_safe(vocabulary: Vocabulary) -> None:
    """An identifier with characters that no IRI holds is percent-encoded."""
    found = entity_statements(Actor('actor/a b"<é>:..', (), ()), vocabulary)
    assert [str(item.quad.subject) for item in found] == [
        f"<{BASE}id/actor/a%20b%22%3C%C3%A9%3E%3A..>"
    ]


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (Fact("source", "no address", Kind.IRI, at(7)), "not an absolute IRI"),
        (Fact("label", "x", Kind.TEXT, at(7), "en_CA"), "not a language tag"),
        (Fact("label", "x\udce9", Kind.TEXT, at(7), "en"), "not valid Unicode"),
    ],
)
def test_what_rdf_cannot_carry_is_placed(vocabulary: Vocabulary, fact: Fact, message: str) -> None:
    """A value that fits into no RDF ends with an error that names the line."""
    entity: Entity = Actor("actor/x", (fact,), ())
    with pytest.raises(DataError, match=message) as raised:
        list(entity_statements(entity, vocabulary))
    assert raised.value.place == "A.md:7:1"
