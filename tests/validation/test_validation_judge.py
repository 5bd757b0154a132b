"""Statements against shapes: what is found, where, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from pyshacl import validate
from rdflib import Graph

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Finding, Severity, Span
from ds2026kg.graph.statement import Statement
from ds2026kg.validation.judge import judge
from ds2026kg.validation.pyshacl_engine import results
from ds2026kg.validation.result import Result, ShapeFinding
from ds2026kg.validation.shapes import Shapes, load_shapes
from ds2026kg.validation.terms import Terms, quiet, triples

Shaped = Callable[[str], Shapes]
Stated = Callable[[str], list[Statement]]
Judged = Callable[[str, str], list[Finding]]

PROJECT = Path(__file__).parents[2]
DS = "https://w3id.org/ds2026/ontology#"


def _told(findings: list[Finding]) -> list[tuple[str, str | None, list[str]]]:
    """The code, place and further places of each finding."""
    return [
        (f.rule.code, str(f.span) if f.span else None, [str(s) for s in f.related])
        for f in findings
    ]


def _commitment(rule: str) -> str:
    return f"dsh:C sh:targetClass ds:Commitment ; sh:property dsh:rule . dsh:rule {rule} ."


# Where a result was written.


def test_a_finding_names_all_that_shacl_says(judged: Judged) -> None:
    """Rule, place, focus node, path, value and message come with a result, in short names."""
    shapes = _commitment(
        'sh:path ds:ledBy ; sh:class ds:Actor ; sh:severity sh:Info ; sh:message "No"@en , "Non"@fr'
    )
    (finding,) = judged(shapes, "c:3.1a a ds:Commitment .\nc:3.1a ds:ledBy m:3 .")
    assert (finding.rule.code, finding.rule.iri, finding.severity) == (
        "rule",
        "https://w3id.org/ds2026/shapes#rule",
        Severity.INFO,
    )
    assert finding.span == Span("Data.md", 0, 1, 2, 1, 2, 2)
    assert (finding.focus_node, finding.path, finding.value) == (
        "commitment/3.1a",
        "ds:ledBy",
        "mission/3",
    )
    assert (finding.message("en"), finding.message("fr"), finding.remedy("en")) == ("No", "Non", "")


@pytest.mark.parametrize(
    ("rule", "data", "place", "related"),
    [
        pytest.param(
            "sh:path ds:ledBy ; sh:class ds:Actor",
            "c:1 a ds:Commitment .\nc:1 ds:ledBy a:x .\na:x a ds:Actor .\nc:1 ds:ledBy m:1 .",
            4,
            [],
            id="the statement of the value",
        ),
        pytest.param(
            "sh:path ds:ledBy ; sh:class ds:Actor",
            "c:1 a ds:Commitment .\nc:1 ds:ledBy m:1 .\nc:1 ds:ledBy m:1 .",
            2,
            [3],
            id="both places that state the value",
        ),
        pytest.param(
            "sh:path ds:hasParent ; sh:maxCount 1",
            "c:1 a ds:Commitment .\nc:1 ds:hasParent m:1 .\nc:1 ds:hasParent m:2 .",
            2,
            [3],
            id="every statement of the path, for a count",
        ),
        pytest.param(
            "sh:path ds:ledBy ; sh:minCount 1",
            'c:1 a ds:Commitment .\nc:1 skos:notation "1" .',
            1,
            [],
            id="what is first said of the node, for what is missing",
        ),
        pytest.param(
            "sh:path skos:prefLabel ; sh:uniqueLang true",
            'c:1 a ds:Commitment .\nc:1 skos:prefLabel "a"@en .\nc:1 skos:prefLabel "b"@fr .\n'
            'c:1 skos:prefLabel "c"@fr .',
            3,
            [4],
            id="the labels that share a language",
        ),
        pytest.param(
            "sh:path skos:prefLabel ; sh:qualifiedValueShape [ sh:languageIn ( 'fr' ) ] ;"
            " sh:qualifiedMinCount 1",
            'c:1 a ds:Commitment .\nc:1 skos:prefLabel "a"@en .',
            2,
            [],
            id="the English, for missing French",
        ),
        pytest.param(
            "sh:path [ sh:inversePath ds:hasParent ] ; sh:class ds:Commitment",
            "c:1 a ds:Commitment .\nm:1 a ds:Mission .\nm:1 ds:hasParent c:1 .",
            3,
            [],
            id="the statement that leads to the node, for an inverse path",
        ),
        pytest.param(
            "sh:path ( skos:notation [ sh:inversePath skos:notation ] ) ; sh:maxCount 1",
            'c:1 a ds:Commitment .\nc:1 skos:notation "1" .\nm:1 skos:notation "1" .',
            2,
            [3],
            id="the others that share the value, for a path through it",
        ),
        pytest.param(
            "sh:path ( [ sh:oneOrMorePath ds:hasParent ] skos:notation ) ;"
            " sh:disjoint skos:notation",
            'c:1 a ds:Commitment .\nc:1 skos:notation "1" .\nc:1 ds:hasParent c:1 .',
            3,
            [],
            id="the first step, for a circle",
        ),
        pytest.param(
            "sh:path [ sh:alternativePath ( ds:ledBy ds:supportedBy ) ] ; sh:class ds:Actor",
            "c:1 a ds:Commitment .\nc:1 ds:supportedBy m:1 .",
            2,
            [],
            id="either branch of an alternative",
        ),
    ],
)
def test_a_result_is_traced_to_what_was_written(
    judged: Judged, rule: str, data: str, place: int, related: list[int]
) -> None:
    """The place of a finding is that of the statement nearest to what is wrong."""
    assert _told(judged(_commitment(rule), data)) == [
        ("rule", f"Data.md:{place}:1", [f"Data.md:{line}:1" for line in related])
    ]


def test_a_node_that_nothing_describes_is_traced_to_what_names_it(judged: Judged) -> None:
    """A focus node without statements of its own is found where others point to it."""
    shapes = "dsh:known a sh:NodeShape ; sh:targetObjectsOf ds:ledBy ; sh:class ds:Actor ."
    found = judged(shapes, "c:1 ds:ledBy a:x .\nc:2 ds:ledBy a:x .")
    assert _told(found) == [("known", "Data.md:1:1", ["Data.md:2:1"])]


def test_a_result_without_origin_has_no_place(shapes_of: Shaped) -> None:
    """What only the ontology says, or a statement without a span, gives no place."""
    shapes = shapes_of(_commitment("sh:path ds:ledBy ; sh:minCount 1"))
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [Quad(NamedNode(f"urn:{n}"), rdf_type, NamedNode(f"{DS}Commitment")) for n in "ab"]
    found = judge([Statement(quads[0], None)], shapes, [quads[1]])
    assert [(f.focus_node, f.span, f.related) for f in found] == [
        ("urn:a", None, ()),
        ("urn:b", None, ()),
    ]


def test_results_that_differ_in_value_are_two_findings(judged: Judged) -> None:
    """Two wrong values on one line, with one message, are not taken for one."""
    shapes = _commitment('sh:path ds:ledBy ; sh:class ds:Actor ; sh:message "No"')
    found = judged(shapes, "c:1 a ds:Commitment ; ds:ledBy m:1 , m:2 .")
    assert [f.value for f in found] == ["mission/1", "mission/2"]


# What it says.

LONE = "c:1 a ds:Commitment ."

DUPLICATE = """
dsh:shared a sh:NodeShape ; sh:targetClass ds:Commitment ;
    sh:sparql [ sh:prefixes <https://w3id.org/ds2026/shapes> ;
        sh:message "{?notation} of {$this} is also that of {?other}, {?nobody}"@en ,
            "{?notation} de {$this} est aussi celui de {?other}, {?nobody}"@fr ;
        sh:select '''SELECT $this ?other ?notation WHERE {
            $this skos:notation ?notation . ?other skos:notation ?notation
            FILTER (?other != $this) }''' ] .
"""


def test_the_variables_of_a_query_are_told_in_both_languages(judged: Judged) -> None:
    """{?other} stands for what the query bound; a variable that it did not bind stays one."""
    data = "c:1 a ds:Commitment ." + "".join(f'\nc:{n} skos:notation "1" .' for n in "123")
    found = judged(DUPLICATE, data)
    assert [(f.message("en"), f.message("fr")) for f in found] == [
        (
            f"1 of commitment/1 is also that of commitment/{other}, ?nobody",
            f"1 de commitment/1 est aussi celui de commitment/{other}, ?nobody",
        )
        for other in "23"
    ]


def test_a_query_that_blames_two_things_tells_both_places(judged: Judged) -> None:
    """The value that a query finds beside its focus node is a related place."""
    shapes = DUPLICATE.replace("?other", "?value")
    found = judged(shapes, 'c:1 a ds:Commitment ; skos:notation "1" .\nm:1 skos:notation "1" .')
    assert _told(found) == [("shared", "Data.md:1:1", ["Data.md:2:1"])]


def test_the_value_of_a_query_is_traced_to_its_statement(judged: Judged) -> None:
    """Where a query names a value but no path, the statement of that value is the place."""
    shapes = DUPLICATE.replace("$this ?other ?notation WHERE", "$this (?notation AS ?value) WHERE")
    data = 'c:1 a ds:Commitment .\nc:1 skos:notation "1" .\nc:2 skos:notation "1" .'
    assert _told(judged(shapes, data)) == [("shared", "Data.md:2:1", [])]


def test_each_result_of_a_query_tells_its_own_variables(judged: Judged) -> None:
    """Where a query finds several values, each is told with the variables bound beside it."""
    shapes = """
        dsh:led a sh:NodeShape ; sh:targetClass ds:Commitment ;
            sh:sparql [ sh:prefixes <https://w3id.org/ds2026/shapes> ;
                sh:message "{?value} is called {?name}" ; sh:select
                "SELECT $this ?value ?name { $this ds:ledBy ?value . ?value skos:prefLabel ?name }"
            ] ."""
    data = """
        c:1 a ds:Commitment ; ds:ledBy a:x , a:y .
        a:x skos:prefLabel "Y" .
        a:y skos:prefLabel "X" ."""
    assert [finding.message("en") for finding in judged(shapes, data)] == [
        "actor/x is called Y",
        "actor/y is called X",
    ]


def test_a_path_is_told_as_sparql_has_it(judged: Judged) -> None:
    """{$path} and the finding's path are in the notation of SPARQL, grouped where need be."""
    shapes = _commitment(
        "sh:path ( [ sh:zeroOrMorePath [ sh:alternativePath ( ds:hasParent ds:ledBy ) ] ]"
        " [ sh:inversePath [ sh:oneOrMorePath skos:broader ] ] ) ;"
        ' sh:minCount 1 ; sh:message "no {$path}"'
    )
    (finding,) = judged(shapes, "c:1 a ds:Commitment .")
    assert finding.path == "((ds:hasParent|ds:ledBy)*)/(^(skos:broader+))"
    assert finding.message("en") == f"no {finding.path}"


@pytest.mark.parametrize("text", ["C:\\path", "\\1 {this} {0}", "a\nb", "\x1b[31m"])
def test_no_text_in_a_note_can_break_a_message(judged: Judged, text: str) -> None:
    """Backslashes, braces and control characters of a value reach the message as they are."""
    shapes = DUPLICATE.replace("?other", "?value")
    escaped = str(Literal(text))
    data = f"c:1 a ds:Commitment ; skos:notation {escaped} .\nm:1 skos:notation {escaped} ."
    (finding,) = judged(shapes, data)
    assert finding.message("en") == f"{text} of commitment/1 is also that of mission/1, ?nobody"


def test_a_shape_without_a_name_belongs_to_the_one_around_it(judged: Judged) -> None:
    """A blank property shape breaks the rule of the node shape that holds it, in its own words."""
    shapes = """
        dsh:outer a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:message "Outer"@en ;
            sh:severity sh:Warning ;
            sh:property [ sh:path ds:ledBy ; sh:minCount 1 ; sh:message "Inner"@en ] ,
                [ sh:path ds:status ; sh:minCount 1 ; sh:severity sh:Info ] ."""
    found = judged(shapes, "c:1 a ds:Commitment .")
    assert [(f.rule.code, f.severity, f.message("en")) for f in found] == [
        ("outer", Severity.VIOLATION, "Inner"),
        ("outer", Severity.INFO, "Outer"),
    ]


def test_a_shape_without_any_name_has_a_code_all_the_same(judged: Judged) -> None:
    """Where no shape around it has an IRI, the code is one and the same in every run."""
    (finding,) = judged("[] sh:targetClass ds:Commitment ; sh:nodeKind sh:Literal .", LONE)
    assert (finding.rule.code, finding.rule.iri) == ("unnamed-shape", None)


def test_a_shape_without_a_message_still_says_something(judged: Judged) -> None:
    """Where no sh:message is given, focus node, shape and component are named in both languages."""
    (finding,) = judged(
        "dsh:bare a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:nodeKind sh:Literal .",
        "c:1 a ds:Commitment .",
    )
    assert (finding.message("en"), finding.message("fr")) == (
        "commitment/1 does not conform to the shape bare (sh:NodeKindConstraintComponent).",
        "commitment/1 n’est pas conforme à la forme bare (sh:NodeKindConstraintComponent).",
    )


def test_an_unknown_severity_and_component_are_a_violation(judged: Judged) -> None:
    """A component and a severity of one's own are judged and told like any other."""
    shapes = """
        dsh:Starts a sh:ConstraintComponent ; sh:parameter [ sh:path dsh:start ] ;
            sh:validator [ a sh:SPARQLAskValidator ; sh:message "must start with {$start}" ;
                sh:ask "ASK { FILTER STRSTARTS(STR($value), $start) }" ] .
        dsh:own a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:severity dsh:Grave ;
            dsh:start "urn:" ."""
    (finding,) = judged(shapes, "c:1 a ds:Commitment .")
    assert (finding.severity, finding.message("fr")) == (
        Severity.VIOLATION,
        "must start with urn:",
    )


# How it is judged.


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT $this WHERE {", "Expected"),
        ("SELECT $this WHERE { $this nope:x ?y }", "Unknown namespace prefix : nope"),
        ("SELECT $this FROM <http://localhost:9/g> WHERE { $this ?p ?y }", "FROM"),
        ("SELECT $this WHERE { SERVICE <http://localhost:9/> { $this ?p ?y } }", "SERVICE"),
    ],
)
def test_a_query_that_cannot_be_asked_is_a_fault_of_the_shapes(
    judged: Judged, query: str, reason: str
) -> None:
    """A constraint that is no SPARQL, or would ask the network, ends in a configuration error."""
    shapes = (
        f'dsh:q a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:sparql [ sh:select "{query}" ] .'
    )
    with pytest.raises(ConfigurationError, match=reason):
        judged(shapes, "c:1 a ds:Commitment .")


@pytest.mark.parametrize(
    "rule",
    ["sh:path ds:ledBy ; sh:maxCount 1 , 2", "sh:path ds:ledBy ; sh:minCount 'many'"],
)
def test_ill_formed_shapes_are_a_fault_of_the_shapes(judged: Judged, rule: str) -> None:
    """A shape that pyshacl refuses ends in a configuration error and not in a traceback."""
    with pytest.raises(ConfigurationError, match="cannot be used"):
        judged(_commitment(rule), "c:1 a ds:Commitment .")


def test_an_ill_typed_literal_is_a_finding_and_nothing_else(
    judged: Judged, caplog: pytest.LogCaptureFixture
) -> None:
    """A day that is not in the calendar keeps its form, and rdflib writes no traceback about it."""
    (finding,) = judged(
        _commitment("sh:path ds:status ; sh:datatype xsd:date"),
        'c:1 a ds:Commitment ; ds:status "2024-02-31"^^xsd:date .',
    )
    assert finding.value == "2024-02-31"
    assert caplog.records == []


def test_lexical_forms_are_kept(judged: Judged) -> None:
    """A number is quoted as it was written, not as rdflib would write it."""
    found = judged(
        _commitment("sh:path ds:line ; sh:maxInclusive 0"),
        'c:1 a ds:Commitment ; ds:line "007"^^xsd:integer .',
    )
    assert [finding.value for finding in found] == ["007"]


def test_severity_has_no_part_in_conformance(judged: Judged) -> None:
    """A node that only a warning speaks against does not conform, also within sh:not."""
    shapes = """
        dsh:not a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:not dsh:warned .
        dsh:warned sh:severity sh:Warning ; sh:property
            [ sh:path ds:ledBy ; sh:minCount 1 ; sh:severity sh:Warning ] ."""
    assert judged(shapes, "c:1 a ds:Commitment .") == []


def test_the_ontology_is_known_to_the_judge(shapes_of: Shaped, stated: Stated) -> None:
    """A subclass that only the ontology states makes its instances instances of the class."""
    shapes = shapes_of(
        "dsh:c a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:nodeKind sh:Literal ."
    )
    data = stated("c:1 a ds:Pledge .")
    subclass = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    ontology = [Quad(NamedNode(f"{DS}Pledge"), subclass, NamedNode(f"{DS}Commitment"))]
    assert (len(judge(data, shapes, [])), len(judge(data, shapes, ontology))) == (0, 1)


def test_another_base_shortens_names_alike(shapes_of: Shaped, stated: Stated) -> None:
    """Things under another base IRI are named by what follows its id/."""
    shapes = shapes_of(_commitment("sh:path ds:ledBy ; sh:minCount 1"))
    data = stated("<https://example.org/x/id/commitment/1> a ds:Commitment .")
    (finding,) = judge(data, shapes, [], base="https://example.org/x/")
    assert finding.focus_node == "commitment/1"


BROKEN = """
c:3.1a a ds:Commitment ; skos:notation "3.1a" ; skos:prefLabel "A"@en , "B"@en .
c:3.1a ds:hasParent m:9 , m:8 ; ds:ledBy c:3.1a ; ds:supportedBy c:3.1a ; ds:status "done" .
c:3.1b a ds:Commitment , ds:Mission ; skos:notation "3.1a" ; skos:definition " "@es .
m:3 a ds:Mission ; skos:notation "three" ; ds:hasParent m:3.1 ; skos:altLabel "x" .
m:3.1 a ds:Mission ; skos:notation "3.1" ; ds:hasParent m:3 ; ds:unknown 1 .
a:x a ds:Actor ; skos:notation "x" .
"""


def _pyshacls_own(data: list[Statement], shapes: Graph, ontology: list[Quad]) -> set[Result]:
    """The results of pyshacl, given the shapes as they are."""
    graph, terms = Graph(), Terms()
    with quiet():
        for triple in triples(chain((s.quad for s in data), ontology), terms):
            graph.add(triple)
        _, report, _ = validate(graph, shacl_graph=shapes)
        return set(results(report, shapes, terms))


def _ours(data: list[Statement], shapes: Shapes, ontology: list[Quad]) -> set[Result]:
    return {f.result for f in judge(data, shapes, ontology) if isinstance(f, ShapeFinding)}


def test_the_verdict_is_pyshacls(stated: Stated) -> None:
    """On a graph broken in many ways, results are those of pyshacl given the shapes as they are."""
    shapes = load_shapes(sorted((PROJECT / "shapes").glob("*.ttl")))
    files = sorted((PROJECT / "ontology").glob("*.ttl"))
    ontology = [quad for file in files for quad in parse(path=file, format=RdfFormat.TURTLE)]
    data = stated(BROKEN)
    found = _ours(data, shapes, ontology)
    assert len({result.component for result in found}) > 8
    assert found == _pyshacls_own(data, shapes.graph, ontology)


@pytest.mark.parametrize(
    "shapes",
    [
        "dsh:C a rdfs:Class , sh:NodeShape ; sh:targetNode c:1 ; sh:property dsh:p .",
        "dsh:C sh:path ds:ledBy ; sh:targetClass ds:Commitment ; sh:property dsh:p .",
        "dsh:C sh:targetClass ds:Commitment ; sh:property dsh:p ; sh:deactivated true .",
        "dsh:C sh:targetClass ds:Commitment ; sh:property dsh:p ."
        " dsh:D sh:targetSubjectsOf ds:hasParent ; sh:node dsh:C .",
        "dsh:C sh:targetClass ds:Commitment ; sh:property dsh:p , dsh:q . dsh:q sh:path ds:status ;"
        " sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMaxCount 0 .",
        "dsh:C sh:targetObjectsOf ds:hasParent ; sh:targetNode c:9 ; sh:property dsh:p .",
    ],
)
def test_handing_down_targets_changes_no_verdict(
    shapes_of: Shaped, stated: Stated, shapes: str
) -> None:
    """However a shape with targets and properties is made, its results are pyshacl's own."""
    read = shapes_of(shapes + " dsh:p sh:path ds:supportedBy ; sh:minCount 2 .")
    data = stated(BROKEN + "c:3.1a a dsh:C .")
    assert _ours(data, read, []) == _pyshacls_own(data, read.graph, [])
