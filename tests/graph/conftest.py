"""A small ontology folder and a small strategy, with everything that a writer may meet.

Run as a program, it renews the golden files, to be read before they are kept:
`python tests/graph/conftest.py`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ds2026kg.findings import Span
from ds2026kg.graph.serialization import FORMATS, METADATA_FILE, write_csvw
from ds2026kg.graph.vocabulary import Vocabulary, load_vocabulary
from ds2026kg.strategy.model import (
    Actor,
    Basis,
    Commitment,
    Entity,
    Fact,
    Kind,
    Mission,
    Strategy,
    StrategyGraph,
)

BASE = "https://w3id.org/ds2026/"
GOLDEN = Path(__file__).parent / "golden"
NOTE = "Mission 3.md"

CONTEXT = {
    "@version": 1.1,
    "@base": BASE + "id/",
    "ds": BASE + "ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Strategy": "ds:Strategy",
    "Mission": "ds:Mission",
    "Commitment": "ds:Commitment",
    "Actor": "ds:Actor",
    "Passage": "ds:Passage",
    "FormalOrganization": "org:FormalOrganization",
    "Statement": "rdf:Statement",
    "notation": {"@id": "skos:notation"},
    "label": {"@id": "skos:prefLabel", "@container": "@language"},
    "label_fr": {"@id": "skos:prefLabel", "@language": "fr"},
    "altLabel": {"@id": "skos:altLabel", "@container": ["@language", "@set"]},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "editorialNote": {"@id": "skos:editorialNote", "@container": "@language"},
    "hasParent": {"@id": "ds:hasParent", "@type": "@id"},
    "up": {"@id": "ds:hasParent", "@type": "@id"},
    "ledBy": {"@id": "ds:ledBy", "@type": "@id", "@container": "@set"},
    "supportedBy": {"@id": "ds:supportedBy", "@type": "@id"},
    "status": {"@id": "ds:status", "@type": "@id"},
    "priority": {"@id": "ds:priority", "@type": "@id"},
    "classification": {"@id": "org:classification", "@type": "@id"},
    "gc_orgid": {"@id": "org:identifier"},
    "source": {"@id": "dcterms:source", "@type": "@id"},
    "created": {"@id": "dcterms:created", "@type": "xsd:date"},
    "modified": {"@id": "dcterms:modified", "@type": "xsd:date"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@vocab"},
    "object": {"@id": "rdf:object", "@type": "@id"},
    "basis": {"@id": "ds:basis", "@type": "@id"},
    "note": {"@id": "ds:note"},
    "line": {"@id": "ds:line", "@type": "xsd:integer"},
    "words": {"@id": "prov:value"},
}

PREFIXES = """\
@prefix ds: <https://w3id.org/ds2026/ontology#> .
@prefix id: <https://w3id.org/ds2026/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

ONTOLOGY = (
    PREFIXES
    + """
ds:hasParent rdfs:range [ owl:unionOf ( ds:Mission ds:Strategy ) ] .
ds:ledBy rdfs:range ds:Actor .
ds:status rdfs:range ds:Status .
ds:priority rdfs:range ds:Priority .
ds:basis rdfs:range ds:Basis .
"""
)


def concept(scheme: str, type_: str, slug: str, english: str, french: str, more: str = "") -> str:
    """One concept in Turtle, as the files of the ontology have it."""
    return (
        f"<{BASE}id/{scheme}/{slug}> a owl:NamedIndividual, skos:Concept, ds:{type_} ; "
        f'skos:inScheme id:{scheme} ; skos:prefLabel "{english}"@en, "{french}"@fr {more}.\n'
        f"id:{scheme} a skos:ConceptScheme .\n"
    )


CONCEPTS = (
    concept("status", "Status", "in-progress", "In Progress", "En cours"),
    concept("status", "Status", "paused", "Paused", "En pause", '; skos:altLabel "Bloqué"@fr '),
    concept("priority", "Priority", "year-1", "Year 1 priority", "Année 1 priorité"),
    concept("actor-type", "ActorType", "group", "Group", "Groupe"),
    concept(
        "actor-type",
        "ActorType",
        "federal-organization",
        "Federal organization",
        "Organisation fédérale",
    ),
    concept("basis", "Basis", "asserted", "Asserted", "Affirmé"),
    concept("basis", "Basis", "derived", "Derived", "Déduit"),
)


def write_ontology(folder: Path) -> Path:
    """Writes the small ontology into `folder`."""
    (folder / "context.jsonld").write_text(json.dumps({"@context": CONTEXT}), "utf-8")
    (folder / "ds2026.ttl").write_text(ONTOLOGY, "utf-8")
    (folder / "concepts.ttl").write_text(PREFIXES + "".join(CONCEPTS), "utf-8")
    return folder


def at(line: int, file: str = NOTE) -> Span:
    """The whole of one line."""
    return Span(file, line * 10, line * 10 + 9, line, 1, line, 10)


def text(term: str, value: str, language: str | None, line: int = 1) -> Fact:
    """A text."""
    return Fact(term, value, Kind.TEXT, at(line), language)


def fact(
    term: str,
    value: str,
    kind: Kind = Kind.STRING,
    line: int = 1,
    words: str | None = None,
) -> Fact:
    """A fact without language, derived if `words` are behind it."""
    basis = Basis.DERIVED if words else Basis.ASSERTED
    return Fact(term, value, kind, at(line), None, basis, words)


def build_strategy() -> Strategy:
    """The strategy itself."""
    return Strategy(
        "strategy/ds2026",
        (
            fact("notation", "ds2026"),
            text("label", "Stratégie relative aux données", "fr"),
            text("label", "Data Strategy", "en"),
        ),
        (at(1, "Missions (ds2026).md"),),
    )


def build_missions() -> tuple[Mission, Mission, Mission]:
    """A mission and two of its areas, whose numbers sort otherwise as text."""
    root = Mission(
        "mission/3",
        (
            fact("notation", "3", line=2),
            text("label", "Enabling data-driven\nservices", "en", 2),
            text("label", "Permettre la prestation de services", "fr", 2),
            text("altLabel", "Mission 3", "en", 2),
            text("definition", "Data flows securely", "en", 3),
            fact("hasParent", "strategy/ds2026", Kind.ENTITY, 4, "ds2026"),
            fact("modified", "2024-08-19", Kind.DATE, 5),
            fact("created", "2024-08-13", Kind.DATE, 6),
        ),
        (at(1), at(1, "Mission 3 (draft).md")),
    )
    areas = [
        Mission(
            f"mission/{number}",
            (
                fact("notation", number, line=10),
                text("definition", "Définition", "fr", 11),
                text("definition", "Definition", "en", 11),
                fact("hasParent", "mission/3", Kind.ENTITY, 12),
            ),
            (at(10),),
        )
        for number in ("3.2", "3.10")
    ]
    return root, areas[0], areas[1]


def build_commitments() -> tuple[Commitment, Commitment]:
    """A commitment that has everything, and one whose text is French, and hard to write."""
    full = Commitment(
        "commitment/3.2a",
        (
            fact("supportedBy", "actor/departments", Kind.ENTITY, 21, "with departments"),
            fact("ledBy", "actor/tbs", Kind.ENTITY, 21, "TBS"),
            fact("ledBy", "actor/pco", Kind.ENTITY, 22),
            fact("ledBy", "actor/tbs", Kind.ENTITY, 23),
            fact("hasParent", "mission/3.2", Kind.ENTITY, 20, "3.2a"),
            fact("notation", "3.2a", line=20),
            text("label", "TBS will review", "en", 21),
            text("definition", "TBS will review", "en", 21),
            text("altLabel", "Mission 3.2a", "en", 20),
            fact("status", "status/in-progress", Kind.CONCEPT, 24),
            fact("priority", "priority/year-1", Kind.CONCEPT, 25),
            fact("source", "https://example.org/tracker?q=a b&c=1#x", Kind.IRI, 26),
            fact("created", "2024-08-13", Kind.DATE, 6),
        ),
        (at(20),),
    )
    hard = Commitment(
        "commitment/3.10a",
        (
            fact("notation", "3.10a", line=30),
            text("definition", HARD_TEXT, "fr", 31),
            text("altLabel", "=1+1", None, 31),
            text("label", '=SUM(A1), "quoted"', "en", 31),
            fact("hasParent", "mission/3.10", Kind.ENTITY, 32),
            fact("ledBy", "actor/departments", Kind.ENTITY, 33),
        ),
        (at(30),),
    )
    return full, hard


HARD_TEXT = (
    'Ligne 1\nligne 2\rligne 3\ttab \\ "é" e\u0301 <a>&]]> \U0001f341 \u2028 \u200f\xa0; fin '
)


def build_actors() -> tuple[Actor, Actor, Actor]:
    """A group, and two federal organizations, one of them known by its number."""
    return (
        Actor(
            "actor/departments",
            (
                text("label", "departments", "en", 40),
                fact("classification", "actor-type/group", Kind.CONCEPT, 41),
            ),
            (at(40, "Departments.md"),),
        ),
        Actor("actor/pco", (text("label", "Privy Council Office", "en", 50),), ()),
        Actor(
            "actor/tbs",
            (
                text("label", "Treasury Board of Canada Secretariat", "en", 60),
                text("label", "Secrétariat du Conseil du Trésor du Canada", "fr", 60),
                text("altLabel", "SCT", "fr", 60),
                text("altLabel", "TBS", "en", 60),
                fact("classification", "actor-type/federal-organization", Kind.CONCEPT, 61),
                fact("gc_orgid", "2242", line=62),
            ),
            (at(60, "TBS.md"),),
        ),
    )


def build_graph() -> StrategyGraph:
    """The small strategy, in the order that a `StrategyGraph` has."""
    root, second, tenth = build_missions()
    full, hard = build_commitments()
    entities: tuple[Entity, ...] = (build_strategy(), root, second, full, tenth, hard)
    return StrategyGraph(entities + build_actors())


@pytest.fixture(scope="session")
def ontology_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small ontology."""
    return write_ontology(tmp_path_factory.mktemp("ontology"))


@pytest.fixture(scope="session")
def vocabulary(ontology_folder: Path) -> Vocabulary:
    """The small ontology, loaded."""
    return load_vocabulary(ontology_folder, BASE)


@pytest.fixture(scope="session")
def graph() -> StrategyGraph:
    """The small strategy."""
    return build_graph()


@pytest.fixture(scope="session")
def golden() -> Callable[[str], bytes]:
    """Reads a golden file."""
    return lambda name: (GOLDEN / name).read_bytes()


@pytest.fixture(scope="session")
def one_text() -> Callable[[str, str | None], StrategyGraph]:
    """Makes a strategy of one commitment that has the given text, in the given language."""

    def build(value: str, language: str | None) -> StrategyGraph:
        facts = (text("definition", value, language), text("label", value, language))
        return StrategyGraph((Commitment("commitment/1.1a", facts, (at(1),)),))

    return build


def renew_golden_files() -> None:
    """Writes every golden file anew."""
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = load_vocabulary(write_ontology(Path(folder)), BASE)
    graph = build_graph()
    for known in FORMATS.values():
        (GOLDEN / known.file).write_bytes(b"".join(known.writer(graph, vocabulary)))
    (GOLDEN / METADATA_FILE).write_bytes(b"".join(write_csvw(vocabulary)))


if __name__ == "__main__":
    renew_golden_files()
