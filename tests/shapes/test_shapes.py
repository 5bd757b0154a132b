"""The rules of `shapes/`: each can be named, read, broken and kept, as its fixtures show.

A rule is a shape that reports results under its own IRI. For the rule `dsh:CODE` the folder
`tests/fixtures/shapes/CODE/` holds a graph that keeps it (`valid.ttl`), one that breaks it
(`invalid.ttl`), and the whole report that the latter is known to deserve (`report.json`). Some have
the cases at the edge of the rule besides (`corners.ttl`), with what the rule alone says of them
(`corners.json`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

from .judging import (
    CONSTRAINTS,
    DSH,
    FIXTURES,
    ROOT,
    RULES,
    SHAPES,
    data_of,
    judge,
    local,
    reporting_shapes,
    reports,
)
from .mutation import is_killed, mutants

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a shape may say besides: where it applies, and what it tells people.
DESCRIPTION = {
    *(RDF.type, RDFS.label, RDFS.comment),
    *(SH.targetClass, SH.property, SH.path, SH.severity, SH.name, SH.message),
}


def _texts(rule: str) -> Iterator[tuple[URIRef, dict[str | None, str]]]:
    """Yield the rule's title, message and reason, each by language."""
    shape = DSH[rule]
    title = SH.name if (shape, RDF.type, SH.PropertyShape) in SHAPES else RDFS.label
    for term in (title, SH.message, RDFS.comment):
        texts = [text for text in SHAPES.objects(shape, term) if isinstance(text, Literal)]
        assert len(texts) == 2, (term, texts)
        yield term, {text.language: str(text) for text in texts}


def test_every_shape_that_reports_has_an_iri_and_is_reached() -> None:
    """A result never comes from a nameless shape, and no named shape lies idle."""
    kinds = (SH.NodeShape, SH.PropertyShape)
    named = {shape for kind in kinds for shape in SHAPES.subjects(RDF.type, kind)}
    assert reporting_shapes() == named
    assert [shape for shape in named if not str(shape).startswith(DSH)] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_only_what_these_tests_understand(rule: str) -> None:
    """No constraint escapes the tests by being unknown to them."""
    known = DESCRIPTION.union(*CONSTRAINTS)
    assert set(SHAPES.predicates(DSH[rule])) - known == set()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_stable_code_and_one_severity(rule: str) -> None:
    """The code is kebab-case, and the severity is one of SHACL's three."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule)
    (severity,) = SHAPES.objects(DSH[rule], SH.severity)
    assert severity in {SH.Violation, SH.Warning, SH.Info}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_speaks_both_official_languages(rule: str) -> None:
    """Title, message and reason are each given once in English and once in French, well typed."""
    for _, texts in _texts(rule):
        assert set(texts) == {"en", "fr"}
        for text in texts.values():
            assert text.strip() == text == unicodedata.normalize("NFC", text) != ""
            assert "'" not in text, "a typewriter apostrophe"
        prose = re.sub(r"`[^`]*`|\w+:(?=[\w/])", "", texts["fr"])
        assert re.findall(r"(?<!\u00a0):|«(?!\u00a0)|(?<!\u00a0)»", prose) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_message_says_what_is_wrong_and_then_how_to_mend_it(rule: str) -> None:
    """A first sentence tells the fault, the rest the remedy: reports may show the two apart."""
    message = dict(_texts(rule))[SH.message]
    for text in message.values():
        fault, _, remedy = text.partition(". ")
        assert fault
        assert remedy.endswith(".")


@pytest.mark.parametrize("rule", RULES)
def test_a_message_names_keys_that_notes_may_have(rule: str) -> None:
    """Nobody is sent to a key that the reader of the vault does not know; both languages agree."""
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    message = dict(_texts(rule))[SH.message]
    keys = {language: set(re.findall(r"`(\w+)::?`", text)) for language, text in message.items()}
    assert keys["en"] == keys["fr"]
    assert keys["en"] - set(context) - {"down"} == set()


def test_every_rule_has_fixtures_and_every_fixture_a_rule() -> None:
    """The folders are named as the rules are, and each holds the same three files or five."""
    files = {"invalid.ttl", "report.json", "valid.ttl"}
    corners = {"corners.ttl", "corners.json"}
    found = {folder.name: {file.name for file in folder.iterdir()} for folder in FIXTURES.iterdir()}
    assert sorted(found) == RULES
    assert [rule for rule in RULES if found[rule] not in (files, files | corners)] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_valid_fixture_breaks_no_rule(rule: str) -> None:
    """A graph made to keep the rule keeps all the others too."""
    assert judge(FIXTURES / rule / "valid.ttl") == []


@pytest.mark.parametrize("rule", RULES)
def test_an_invalid_fixture_gets_the_approved_report(rule: str) -> None:
    """The report names the rule, and holds what was approved: no result more, none less."""
    approved = json.loads((FIXTURES / rule / "report.json").read_text("utf-8"))
    assert {file.name: told for file, told in reports(rule)} == {
        file.name: json.loads(file.read_text("utf-8")) for file in (FIXTURES / rule).glob("*.json")
    }
    (severity,) = SHAPES.objects(DSH[rule], SH.severity)
    assert (str(DSH[rule]), local(severity)) in {
        (result["sourceShape"], result["severity"]) for result in approved
    }


@pytest.mark.parametrize("shape", sorted(local(shape) for shape in reporting_shapes()))
def test_no_part_of_a_shape_can_be_lost_unseen(shape: str) -> None:
    """Every mutant of the shape is killed by the fixtures of its rules (see `mutation`)."""
    alive = [mutant.lost for mutant in mutants(SHAPES, DSH[shape]) if not is_killed(mutant)]
    assert alive == []


def test_the_shapes_are_themselves_well_formed() -> None:
    """The W3C's shapes for shapes (SHACL appendix C) find no fault in ours."""
    conforms, _, text = validate(Graph(), shacl_graph=SHAPES, meta_shacl=True, inference="none")
    assert conforms, text


def test_results_carry_the_messages_of_their_rule() -> None:
    """Core and SPARQL rules alike hand over both texts, though pyshacl drops a tag or two."""
    for rule in ("commitment-lead-missing", "statement-missing", "parent-notation-differs"):
        data = data_of(FIXTURES / rule / "invalid.ttl")
        _, report, _ = validate(data, shacl_graph=SHAPES, inference="none")
        assert isinstance(report, Graph)
        (result,) = report.subjects(SH.sourceShape, DSH[rule])
        messages = {str(message) for message in report.objects(result, SH.resultMessage)}
        assert messages == {str(message) for message in SHAPES.objects(DSH[rule], SH.message)}


def test_blank_nodes_never_name_a_result() -> None:
    """Every approved result can be cited: its focus node, value and source shape have names."""
    for file in FIXTURES.glob("*/report.json"):
        for result in json.loads(file.read_text("utf-8")):
            assert result["sourceShape"].startswith(DSH), file
            assert result["focusNode"].startswith("https://"), file
            assert not str(result["value"]).startswith("_:"), file


_TINY = """
@prefix : <https://w3id.org/ds2026/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:Thing sh:targetClass :Class ; sh:property :rule , :other .
:Second sh:property :rule .
:rule sh:path :path ; sh:minCount 1 ; sh:pattern "^a$" ; sh:in ( "a" "b" ) ;
    sh:or ( [ sh:class :Class ] [ sh:not [ sh:datatype :type ] ] ) ; sh:sparql :query .
:query sh:select "SELECT $this { $this a ?c FILTER (?c IN (:x, :y) || !(?c)) }" .
:other sh:minCount 2 .
"""


def test_a_mutant_lacks_one_part() -> None:
    """There is a mutant for each part of a rule, however deep, and for nothing of other rules."""
    shapes = Graph().parse(data=_TINY)
    found = list(mutants(shapes, DSH["rule"]))
    whole = "FILTER (?c IN (:x, :y) || !(?c))"
    assert sorted(mutant.lost for mutant in found) == sorted(
        [
            "sh:in",
            "sh:in a",
            "sh:in b",
            "sh:minCount",
            "sh:or",
            "sh:or [ sh:class Class ]",
            "sh:or [ sh:not [ sh:datatype type ] ]",
            "sh:pattern",
            "sh:pattern a$",
            "sh:pattern ^a",
            "sh:property of Second",
            "sh:property of Thing",
            "sh:sparql",
            "[ sh:class Class ] sh:class",
            "[ sh:datatype type ] sh:datatype",
            "[ sh:not [ sh:datatype type ] ] sh:not",
            whole,
            f"{whole} without ?c IN (:x, :y)",
            f"{whole} without !(?c)",
            "IN without :x",
            "IN without :y",
        ]
    )
    assert {mutant.shapes.value(DSH["other"], SH.minCount) for mutant in found} == {None}
    assert [m.lost for m in mutants(shapes, DSH["Thing"])] == ["sh:targetClass Class"]
