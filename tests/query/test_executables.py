"""The questions as RDF: what any tool reads in `queries.ttl`, judges it by, and runs from it."""

from __future__ import annotations

import pyoxigraph
import pyshacl
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, RdfFormat, Store
from rdflib import RDF, RDFS, SH, XSD, Literal, URIRef

from ds2026kg.findings import Text
from ds2026kg.query.executables import executables
from ds2026kg.query.named import NamedQuery, load_queries
from ds2026kg.query.parameters import Parameter, ParameterType
from ds2026kg.query.run import Rows, run
from ds2026kg.resources import resource_folder

QUERIES = load_queries(resource_folder("queries"))
ROOT = "https://w3id.org/ds2026/query/"
ENDPOINT = "https://example.org/sparql"
SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
# The examples that stand in the slots of what must be given.
EXAMPLES = {"entity": "commitment/3.2a", "since": "2024-01-31"}
SHAPES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix spex: <https://purl.expasy.org/sparql-examples/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

[] a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ;
  sh:nodeKind sh:IRI ;
  sh:property
    [ sh:path [ sh:alternativePath ( sh:select sh:ask sh:construct spex:describe ) ] ;
      sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path rdfs:label ; sh:languageIn ( "en" "fr" ) ; sh:uniqueLang true ;
      sh:minCount 2 ; sh:maxCount 2 ] ,
    [ sh:path rdfs:comment ; sh:languageIn ( "en" "fr" ) ; sh:uniqueLang true ;
      sh:minCount 2 ; sh:maxCount 2 ] ,
    [ sh:path schema:target ; sh:nodeKind sh:IRI ; sh:minCount 1 ] ,
    [ sh:path sh:prefixes ; sh:class owl:Ontology ; sh:minCount 1 ] ,
    [ sh:path sh:parameter ; sh:class sh:Parameter ] .

[] a sh:NodeShape ; sh:targetSubjectsOf sh:select ; sh:class sh:SPARQLSelectExecutable .

[] a sh:NodeShape ; sh:targetObjectsOf sh:declare ;
  sh:property
    [ sh:path sh:prefix ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:namespace ; sh:datatype xsd:anyURI ; sh:minCount 1 ; sh:maxCount 1 ] .

[] a sh:NodeShape ; sh:targetClass sh:Parameter ;
  sh:property
    [ sh:path sh:path ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:optional ; sh:datatype xsd:boolean ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:description ; sh:uniqueLang true ; sh:minCount 2 ; sh:maxCount 2 ] .
"""
# What editors of the YASGUI family ask for, to list the examples of an endpoint.
LISTING = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spex: <https://purl.expasy.org/sparql-examples/ontology#>
SELECT DISTINCT ?query ?comment ?text
{ ?query a sh:SPARQLExecutable ; rdfs:comment ?comment ;
  sh:select|sh:ask|sh:construct|spex:describe ?text }
"""


def published(base: str = "https://w3id.org/ds2026/") -> str:
    """All questions, as a build publishes them."""
    return "".join(executables(QUERIES.values(), base=base, endpoint=ENDPOINT))


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    """What rdflib reads in it."""
    return rdflib.Graph().parse(data=published(), format="turtle")


def made(text: str, *parameters: Parameter) -> rdflib.Graph:
    """A query with this text, published and read."""
    query = NamedQuery("q", Text("One", "Un"), Text("One.", "Un."), parameters, text)
    return rdflib.Graph().parse(data="".join(executables([query])), format="turtle")


def test_two_parsers_read_the_same(graph: rdflib.Graph) -> None:
    """The file is Turtle, and there is no blank node in it."""
    quads = list(pyoxigraph.parse(published().encode(), format=RdfFormat.TURTLE))
    theirs = rdflib.Graph().parse(data="".join(f"{quad} .\n" for quad in quads), format="nt")
    assert set(theirs) == set(graph)
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]


def test_an_editor_lists_each_question_in_both_languages() -> None:
    """Asked as editors ask, an endpoint with this file has each query, each comment and its text."""
    store = Store()
    store.load(published().encode(), format=RdfFormat.TURTLE)
    rows = store.query(LISTING)
    assert isinstance(rows, QuerySolutions)
    assert {tuple(str(term) for term in row) for row in rows} == {
        tuple(
            str(term)
            for term in (
                pyoxigraph.NamedNode(ROOT + query.name),
                pyoxigraph.Literal(comment, language=language),
                pyoxigraph.Literal(query.text),
            )
        )
        for query in QUERIES.values()
        for language, comment in query.description._asdict().items()
    }


def test_the_file_is_what_shacl_asks_of_executables(graph: rdflib.Graph) -> None:
    """Texts, labels, prefixes and parameters are all there; without a label they are not."""
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, meta_shacl=True)
    assert conforms, report
    for subject, predicate in (
        (ROOT + "mission-tree", RDFS.label),
        (ROOT + "mission-tree", SH.select),
        (ROOT + "#skos", SH.namespace),
        (ROOT + "mission-tree#root", SH.path),
    ):
        lacking = rdflib.Graph() + graph
        lacking.remove((URIRef(subject), predicate, None))
        assert not pyshacl.validate(lacking, shacl_graph=shapes)[0], (subject, predicate)


@pytest.mark.parametrize("name", QUERIES)
def test_a_published_query_answers_as_its_file_does(
    name: str, graph: rdflib.Graph, store: Store
) -> None:
    """Run as it stands by the bare engine, the text gives what `query` gives with the defaults."""
    text = graph.value(URIRef(ROOT + name), SH.select)
    found = store.query(str(text), use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    query = QUERIES[name]
    required = [each.name for each in query.parameters if each.default is None]
    answer = run(store, query, parameters={each: EXAMPLES[each] for each in required})
    assert isinstance(answer, Rows)
    assert [tuple(row) for row in found] == list(answer.rows)


def test_declared_prefixes_are_those_of_the_texts(graph: rdflib.Graph) -> None:
    """What `sh:prefixes` leads to is what each text declares."""
    declared = {
        (str(graph.value(each, SH.prefix)), str(graph.value(each, SH.namespace)))
        for each in graph.objects(URIRef(ROOT), SH.declare)
    }
    for query in QUERIES.values():
        lines = [line for line in query.text.splitlines() if line.startswith("PREFIX ")]
        assert {f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in declared} == set(lines)


def test_parameters_have_type_default_and_order() -> None:
    """A parameter says its variable, its values, its default, whether it may be left out, where."""
    limit = Parameter("limit", ParameterType.INTEGER, "5", Text("how many", "combien"))
    of = Parameter("of", ParameterType.ENTITY, None, Text("of what", "de quoi"))
    found = made("SELECT * { VALUES ?limit { 5 } VALUES ?of { <urn:a> } }", limit, of)
    one, two = URIRef(ROOT + "q#limit"), URIRef(ROOT + "q#of")
    assert set(found.predicate_objects(one)) == {
        (RDF.type, SH.Parameter),
        (SH.path, URIRef(ROOT + "parameter/limit")),
        (SH.name, Literal("limit")),
        (SH.description, Literal("how many", lang="en")),
        (SH.description, Literal("combien", lang="fr")),
        (SH.datatype, XSD.integer),
        (SH.optional, Literal(True)),
        (SH.defaultValue, Literal(5)),
        (SH.order, Literal(1)),
    }
    assert found.value(two, SH.nodeKind) == SH.IRI
    assert found.value(two, SH.optional) == Literal(False)
    assert (two, SH.defaultValue, None) not in found


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("PREFIX ask: <urn:a>\nSELECT * { ?s ?p 'ASK' }", SH.SPARQLSelectExecutable, SH.select),
        ("# SELECT\nASK { ?select ?p ?o }", SH.SPARQLAskExecutable, SH.ask),
        ("CONSTRUCT WHERE { ?s ?p ?o }", SH.SPARQLConstructExecutable, SH.construct),
        ("DESCRIBE <urn:a>", URIRef(SPEX + "SPARQLDescribeExecutable"), URIRef(SPEX + "describe")),
    ],
)
def test_each_form_of_query_has_its_own_class(text: str, kind: URIRef, key: URIRef) -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE stand under the terms that tools ask for."""
    found = made(text)
    query = URIRef(ROOT + "q")
    assert set(found.objects(query, RDF.type)) == {SH.SPARQLExecutable, kind}
    assert found.value(query, key) == Literal(text)


def test_another_base_is_in_the_names_and_in_the_examples() -> None:
    """Under another base, queries and example entities have it; terms and concepts do not."""
    base = "https://example.org/plan/"
    graph = rdflib.Graph().parse(data=published(base), format="turtle")
    texts = {str(name): str(text) for name, text in graph.subject_objects(SH.select)}
    assert set(texts) == {f"{base}query/{name}" for name in QUERIES}
    about = texts[f"{base}query/about-entity"]
    assert f"VALUES ?entity {{ <{base}id/commitment/3.2a> }}" in about
    assert "<https://w3id.org/ds2026/id/" not in about
    assert "PREFIX ds: <https://w3id.org/ds2026/ontology#>" in about


@given(st.text(alphabet='"\\\n\r\tné€a'))
def test_any_text_survives(tail: str) -> None:
    """Quotes, backslashes and line ends in a query come back as they were."""
    text = "ASK { } #" + tail
    assert made(text).value(URIRef(ROOT + "q"), SH.ask) == Literal(text)
