"""A strategy small enough to know by heart: three missions deep, with French missing in places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse, serialize

from ds2026kg.query.store import open_store

if TYPE_CHECKING:
    from pyoxigraph import Quad

_PREFIXES = """
@base <https://w3id.org/ds2026/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ds: <https://w3id.org/ds2026/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

STRATEGY = (
    _PREFIXES
    + """
<https://w3id.org/ds2026/graph/strategy> {
<strategy/ds2026> a ds:Strategy ; skos:notation "ds2026" ;
  skos:prefLabel "Data Strategy"@en , "Stratégie relative aux données"@fr .
<mission/3> a ds:Mission ; skos:notation "3" ; ds:hasParent <strategy/ds2026> ;
  skos:prefLabel "Services"@en , "Services"@fr .
<mission/3.2> a ds:Mission ; skos:notation "3.2" ; ds:hasParent <mission/3> ;
  skos:prefLabel "Data flow"@en , "Flux de données"@fr .
<mission/3.10> a ds:Mission ; skos:notation "3.10" ; ds:hasParent <mission/3> ;
  skos:prefLabel "Stewardship"@en , "Intendance"@fr .
<mission/4> a ds:Mission ; skos:notation "4" ; ds:hasParent <strategy/ds2026> ;
  skos:prefLabel "Talent"@en , "Talent"@fr .
<commitment/3.2a> a ds:Commitment ; skos:notation "3.2a" ; ds:hasParent <mission/3.2> ;
  skos:prefLabel "PCO and TBS will share data."@en ;
  skos:definition "PCO and TBS will share data."@en ;
  ds:ledBy <actor/pco> , <actor/tbs> ; ds:supportedBy <actor/departments> ;
  ds:status <status/in-progress> ; ds:priority <priority/year-1> ;
  dcterms:source <https://example.org/strategy> .
<commitment/3.2b> a ds:Commitment ; skos:notation "3.2b" ; ds:hasParent <mission/3.2> ;
  skos:prefLabel "Departments will publish."@en , "Les ministères publieront."@fr ;
  ds:ledBy <actor/departments> .
<commitment/3.10a> a ds:Commitment ; skos:notation "3.10a" ; ds:hasParent <mission/3.10> ;
  skos:prefLabel "TBS will guide."@en , "Le SCT guidera."@fr ;
  ds:ledBy <actor/tbs> ; ds:supportedBy <actor/pco> ; ds:status <status/completed> .
<actor/tbs> a ds:Actor , org:FormalOrganization ; org:identifier "2242" ;
  org:classification <actor-type/federal-organization> ;
  skos:prefLabel "Treasury Board Secretariat"@en , "Secrétariat du Conseil du Trésor"@fr .
<actor/pco> a ds:Actor , org:FormalOrganization ; org:identifier "2231" ;
  org:classification <actor-type/federal-organization> ;
  skos:prefLabel "Privy Council Office"@en , "Bureau du Conseil privé"@fr .
<actor/departments> a ds:Actor ; skos:prefLabel "departments"@en .
}
<https://w3id.org/ds2026/graph/provenance> {
<commitment/3.2a> dcterms:created "2023-04-01"^^xsd:date ; dcterms:modified "2024-06-30"^^xsd:date ;
  prov:wasDerivedFrom <passage/commitment/3.2a/1> , <passage/commitment/3.2a/2> .
<passage/commitment/3.2a/1> a ds:Passage ; ds:note "Mission 3.md" ; ds:line 18 .
<passage/commitment/3.2a/2> a ds:Passage ; ds:note "Mission 3.2a.md" ; ds:line 1 .
<commitment/3.10a> dcterms:modified "2024-06-30"^^xsd:date .
<actor/tbs> dcterms:modified "2024-01-31"^^xsd:date .
<mission/3> dcterms:modified "2023-04-01"^^xsd:date .
<statement/commitment/3.2a/ledBy/pco> a rdf:Statement ; rdf:subject <commitment/3.2a> ;
  rdf:predicate ds:ledBy ; rdf:object <actor/pco> ; ds:basis <basis/derived> ;
  ds:note "Mission 3.md" ; ds:line 19 ; prov:value "PCO and TBS" .
<statement/commitment/3.2a/ledBy/tbs> a rdf:Statement ; rdf:subject <commitment/3.2a> ;
  rdf:predicate ds:ledBy ; rdf:object <actor/tbs> ; ds:basis <basis/derived> ;
  ds:note "Mission 3.md" ; ds:line 19 ; prov:value "PCO and TBS" .
<statement/commitment/3.10a/ledBy/tbs> a rdf:Statement ; rdf:subject <commitment/3.10a> ;
  rdf:predicate ds:ledBy ; rdf:object <actor/tbs> ; ds:basis <basis/derived> ;
  ds:note "Mission 3.10a.md" ; ds:line 7 ; prov:value "TBS" .
<statement/commitment/3.2a/status/in-progress> a rdf:Statement ; rdf:subject <commitment/3.2a> ;
  rdf:predicate ds:status ; rdf:object <status/in-progress> ; ds:basis <basis/asserted> ;
  ds:note "Mission 3.2a.md" ; ds:line 4 .
}
"""
)

ONTOLOGY = (
    _PREFIXES
    + """
ds:hasParent rdfs:label "has parent"@en , "a pour parent"@fr .
ds:ledBy rdfs:label "led by"@en , "dirigé par"@fr .
ds:supportedBy rdfs:label "supported by"@en , "appuyé par"@fr .
ds:status rdfs:label "status"@en , "statut"@fr .
ds:priority rdfs:label "priority"@en .
ds:Commitment rdfs:label "Commitment"@en , "Engagement"@fr .
ds:Actor rdfs:label "Actor"@en , "Acteur"@fr .
<status/in-progress> a ds:Status ; skos:prefLabel "In Progress"@en , "En cours"@fr .
<status/completed> a ds:Status ; skos:prefLabel "Completed"@en , "Terminée"@fr .
<priority/year-1> a ds:Priority ; skos:prefLabel "Year 1 priority"@en , "Année 1 priorité"@fr .
<basis/asserted> a ds:Basis ; skos:prefLabel "Asserted"@en , "Affirmé"@fr .
<basis/derived> a ds:Basis ; skos:prefLabel "Derived"@en , "Déduit"@fr .
"""
)


@pytest.fixture(scope="session")
def strategy_quads() -> list[Quad]:
    """The quads of the strategy and provenance graphs."""
    return list(parse(STRATEGY, format=RdfFormat.TRIG))


@pytest.fixture(scope="session")
def store(strategy_quads: list[Quad]) -> Store:
    """The small strategy with its labels, opened as a build's quads are. Tests only read it."""
    return open_store(strategy_quads, parse(ONTOLOGY, format=RdfFormat.TURTLE))


@pytest.fixture(scope="session")
def queries_folder() -> Path:
    """The project's own questions."""
    return Path(__file__).parents[2] / "queries"


@pytest.fixture(scope="session")
def portable(store: Store) -> rdflib.Graph:
    """The union of the store's graphs in rdflib."""
    data = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data, format="nt")
