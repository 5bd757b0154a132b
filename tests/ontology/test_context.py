"""The JSON-LD context: one document, the same triples everywhere, and no term without meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
from rdflib import OWL, RDF, SH, Graph, Namespace, URIRef
from rdflib.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
DS = Namespace("https://w3id.org/ds2026/ontology#")
CONTEXT: dict[str, Any] = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))[
    "@context"
]

DOCUMENT = {
    "@context": CONTEXT,
    "@graph": [
        {
            "id": "commitment/3.3a",
            "type": "Commitment",
            "notation": "3.3a",
            "label": {"en": "TBS and StatCan will develop a framework", "fr": ["Le SCT élaborera"]},
            "altLabel": {"en": "Mission 3.3a"},
            "definition_en": "TBS and StatCan will develop a framework",
            "hasParent": "mission/3.3",
            "ledBy": ["actor/tbs", "actor/statcan"],
            "status": "status/in-progress",
            "source": "https://search.open.canada.ca/datastrategy/record/3.2.a,3",
            "created": "2024-08-13",
            "derivedFrom": {"id": "passage/commitment/3.3a/1"},
        },
        {
            "id": "actor/tbs",
            "type": ["Actor", "FormalOrganization"],
            "label_fr": "Secrétariat du Conseil du Trésor du Canada",
            "acronym_fr": "SCT",
            "gc_orgid": "2242",
            "classification": "actor-type/federal-organization",
        },
        {
            "id": "passage/commitment/3.3a/1",
            "type": "Passage",
            "note": "Mission 3 Enabling data-driven services.md",
            "line": 61,
        },
        {
            "id": "statement/commitment/3.3a/ledBy/tbs",
            "type": "Statement",
            "subject": "commitment/3.3a",
            "predicate": "ledBy",
            "object": "actor/tbs",
            "basis": "basis/derived",
            "note": "Mission 3 Enabling data-driven services.md",
            "line": 62,
            "words": "TBS and StatCan",
        },
    ],
}

# In Turtle with full names, so that no prefix of the context can hide a mistake.
TRIPLES = """
BASE <https://w3id.org/ds2026/id/>
PREFIX o: <https://w3id.org/ds2026/ontology#>
PREFIX s: <http://www.w3.org/2004/02/skos/core#>
PREFIX d: <http://purl.org/dc/terms/>
PREFIX p: <http://www.w3.org/ns/prov#>
PREFIX g: <http://www.w3.org/ns/org#>
PREFIX r: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX x: <http://www.w3.org/2001/XMLSchema#>
<commitment/3.3a> a o:Commitment ;
    s:notation "3.3a" ;
    s:prefLabel "TBS and StatCan will develop a framework"@en , "Le SCT élaborera"@fr ;
    s:altLabel "Mission 3.3a"@en ;
    s:definition "TBS and StatCan will develop a framework"@en ;
    o:hasParent <mission/3.3> ;
    o:ledBy <actor/tbs> , <actor/statcan> ;
    o:status <status/in-progress> ;
    d:source <https://search.open.canada.ca/datastrategy/record/3.2.a,3> ;
    d:created "2024-08-13"^^x:date ;
    p:wasDerivedFrom <passage/commitment/3.3a/1> .
<actor/tbs> a o:Actor , g:FormalOrganization ;
    s:prefLabel "Secrétariat du Conseil du Trésor du Canada"@fr ;
    s:altLabel "SCT"@fr ;
    g:identifier "2242" ;
    g:classification <actor-type/federal-organization> .
<passage/commitment/3.3a/1> a o:Passage ;
    o:note "Mission 3 Enabling data-driven services.md" ;
    o:line "61"^^x:integer .
<statement/commitment/3.3a/ledBy/tbs> a r:Statement ;
    r:subject <commitment/3.3a> ;
    r:predicate o:ledBy ;
    r:object <actor/tbs> ;
    o:basis <basis/derived> ;
    o:note "Mission 3 Enabling data-driven services.md" ;
    o:line "62"^^x:integer ;
    p:value "TBS and StatCan" .
"""


def _by_rdflib(document: str) -> Graph:
    return Graph().parse(data=document, format="json-ld")


def _by_pyoxigraph(document: str) -> Graph:
    quads = pyoxigraph.parse(document, pyoxigraph.RdfFormat.JSON_LD)
    triples = pyoxigraph.serialize(
        (quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    assert triples is not None
    return Graph().parse(data=triples, format="nt")


# rdflib warns of its own parser.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("read", [_by_rdflib, _by_pyoxigraph])
def test_a_document_means_the_same_to_every_reader(read: Callable[[str], Graph]) -> None:
    """Relative addresses, languages, dates, numbers and predicates expand as they should."""
    expected = Graph().parse(data=TRIPLES, format="turtle")
    found = read(json.dumps(DOCUMENT, ensure_ascii=False))
    assert set(found) == set(expected)


def _expand(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(CONTEXT[prefix] + local)


# Prefixes and keywords are the other kinds of entry.
PROPERTIES = {
    term: _expand(entry.get("@id") or entry["@reverse"])
    for term, entry in CONTEXT.items()
    if isinstance(entry, dict)
}
CLASSES = {
    term: _expand(entry)
    for term, entry in CONTEXT.items()
    if term[0].isupper() and isinstance(entry, str)
}


def _union(folder: str) -> Graph:
    graph = Graph()
    for file in sorted((ROOT / folder).glob("*.ttl")):
        graph.parse(file)
    return graph


def test_the_context_names_just_what_the_shapes_allow() -> None:
    """Nothing can be written that no shape knows, and nothing is allowed that cannot be written."""
    shapes = _union("shapes")
    allowed = {
        item
        for members in shapes.objects(None, SH.ignoredProperties)
        for item in Collection(shapes, members)
    }
    assert set(PROPERTIES.values()) == allowed - {RDF.type}
    assert set(CLASSES.values()) == set(shapes.objects(None, SH.targetClass))


def test_our_own_terms_are_declared_as_the_context_uses_them() -> None:
    """A key for our term takes addresses if that is an object property, plain values if not."""
    ontology = _union("ontology")
    for term, meaning in PROPERTIES.items():
        if meaning.startswith(DS):
            linked = CONTEXT[term].get("@type") == "@id"
            kind = OWL.ObjectProperty if linked else OWL.DatatypeProperty
            assert (meaning, RDF.type, kind) in ontology, term
    for meaning in CLASSES.values():
        if meaning.startswith(DS):
            assert (meaning, RDF.type, OWL.Class) in ontology, meaning


def test_every_property_of_ours_has_a_key() -> None:
    """Whatever the ontology coins can be said in a note or in JSON-LD."""
    ontology = _union("ontology")
    coined = {
        term
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(DS)
    }
    assert coined - set(PROPERTIES.values()) == set()


def test_the_first_key_of_a_property_is_its_canonical_one() -> None:
    """The keys that we publish come before the notes' other keys for the same property."""
    canonical: dict[URIRef, str] = {}
    for term, meaning in PROPERTIES.items():
        canonical.setdefault(meaning, term)
    assert sorted(set(PROPERTIES) - set(canonical.values())) == [
        *("acronym_en", "acronym_fr", "child", "children", "definition_en", "definition_fr"),
        *("dept_lead", "down", "label_en", "label_fr", "parent", "title_en", "title_fr", "up"),
    ]
