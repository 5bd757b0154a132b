"""The rules of `shapes/`: each can be named, read, broken and kept, as its fixtures show.

A rule is a shape that reports results under its own IRI. For the rule `dsh:CODE` the folder
`tests/fixtures/shapes/CODE/` holds a graph that keeps it (`valid.ttl`), one that breaks it
(`invalid.ttl`), and the whole report that the latter is known to deserve (`report.json`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.plugins.sparql import prepareQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result
    from rdflib.term import Node

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "shapes"
DSH = Namespace("https://w3id.org/ds2026/shapes#")

# Parameters that only work together are removed together.
CONSTRAINTS = tuple(
    tuple(SH[name] for name in names.split())
    for names in (
        "class",
        "closed ignoredProperties",
        "datatype",
        "disjoint",
        "in",
        "languageIn",
        "lessThanOrEquals",
        "maxCount",
        "minCount",
        "minInclusive",
        "node",
        "nodeKind",
        "or",
        "pattern",
        "qualifiedValueShape qualifiedMinCount qualifiedMaxCount",
        "sparql",
        "uniqueLang",
        "xone",
    )
)
# What a shape may say besides: where it applies, and what it tells people.
DESCRIPTION = {
    *(RDF.type, RDFS.label, RDFS.comment),
    *(SH.targetClass, SH.property, SH.path, SH.severity, SH.name, SH.message),
}


class PreparedGraph(Graph):
    """A graph that parses a SPARQL text once: pyshacl sends it again for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """As `Graph.query`, with the parsed query kept for the next call."""
        prepared = _prepare(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


_prepare = cache(prepareQuery)


def _union(folder: str) -> Graph:
    graph = Graph()
    for file in sorted((ROOT / folder).glob("*.ttl")):
        graph.parse(file)
    return graph


SHAPES = _union("shapes")
ONTOLOGY = _union("ontology")


def _reporting_shapes() -> set[Node]:
    """Every shape that results can name as their source: targeted shapes and their properties."""
    found: set[Node] = set()
    waiting = list(SHAPES.subjects(SH.targetClass, unique=True))
    while waiting:
        shape = waiting.pop()
        if shape not in found:
            found.add(shape)
            waiting.extend(SHAPES.objects(shape, SH.property))
    return found


def _constraints(shape: Node) -> list[tuple[URIRef, ...]]:
    return [group for group in CONSTRAINTS if (shape, group[0], None) in SHAPES]


RULES = sorted(str(shape).removeprefix(DSH) for shape in _reporting_shapes() if _constraints(shape))


def _judge(fixture: Path, shapes: Graph = SHAPES) -> list[dict[str, str | None]]:
    """Judge one fixture with the concept schemes, and put the results in readable form."""
    data = PreparedGraph().parse(fixture)
    for triple in ONTOLOGY:
        data.add(triple)
    _, report, _ = validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    results = [_result(report, result) for result in report.objects(None, SH.result)]
    return sorted(results, key=str)


def _result(report: Graph, result: Node) -> dict[str, str | None]:
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    return {
        "focusNode": str(report.value(result, SH.focusNode)),
        "path": None if path is None else _path(report, path),
        "value": None if value is None else _term(value),
        "severity": _local(report.value(result, SH.resultSeverity)),
        "component": _local(report.value(result, SH.sourceConstraintComponent)),
        "sourceShape": str(report.value(result, SH.sourceShape)),
    }


def _term(term: Node) -> str:
    return str(term) if isinstance(term, URIRef) else term.n3()


def _local(term: Node | None) -> str:
    return str(term).rpartition("#")[2]


def _path(report: Graph, path: Node) -> str:
    """Write a SHACL property path in SPARQL's notation (SHACL §2.3.1)."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    for parameter, form in ((SH.inversePath, "^{}"), (SH.oneOrMorePath, "{}+")):
        if inner := report.value(path, parameter):
            return form.format(_path(report, inner))
    return "/".join(_path(report, step) for step in Collection(report, path))


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
    assert _reporting_shapes() == named
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
    """The folders are named as the rules are, and each holds the same three files."""
    files = {"invalid.ttl", "report.json", "valid.ttl"}
    found = {folder.name: {file.name for file in folder.iterdir()} for folder in FIXTURES.iterdir()}
    assert found == dict.fromkeys(RULES, files)


@pytest.mark.parametrize("rule", RULES)
def test_a_valid_fixture_breaks_no_rule(rule: str) -> None:
    """A graph made to keep the rule keeps all the others too."""
    assert _judge(FIXTURES / rule / "valid.ttl") == []


@pytest.mark.parametrize("rule", RULES)
def test_an_invalid_fixture_gets_the_approved_report(rule: str) -> None:
    """The report names the rule, and holds what was approved: no result more, none less."""
    approved = json.loads((FIXTURES / rule / "report.json").read_text("utf-8"))
    assert _judge(FIXTURES / rule / "invalid.ttl") == approved
    (severity,) = SHAPES.objects(DSH[rule], SH.severity)
    assert (str(DSH[rule]), _local(severity)) in {
        (result["sourceShape"], result["severity"]) for result in approved
    }


@pytest.mark.parametrize("rule", RULES)
def test_no_constraint_can_be_removed_unseen(rule: str) -> None:
    """Without any one constraint of the rule, its invalid fixture gets another report."""
    approved = json.loads((FIXTURES / rule / "report.json").read_text("utf-8"))
    for group in _constraints(DSH[rule]):
        lax = Graph()
        for triple in SHAPES:
            if triple[0] != DSH[rule] or triple[1] not in group:
                lax.add(triple)
        assert _judge(FIXTURES / rule / "invalid.ttl", lax) != approved, group


def test_the_shapes_are_themselves_well_formed() -> None:
    """The W3C's shapes for shapes (SHACL appendix C) find no fault in ours."""
    conforms, _, text = validate(Graph(), shacl_graph=SHAPES, meta_shacl=True, inference="none")
    assert conforms, text


def test_results_carry_the_messages_of_their_rule() -> None:
    """Core and SPARQL rules alike hand over both texts, though pyshacl drops a tag or two."""
    for rule in ("commitment-lead-missing", "statement-missing", "parent-notation-differs"):
        data = PreparedGraph().parse(FIXTURES / rule / "invalid.ttl")
        for triple in ONTOLOGY:
            data.add(triple)
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
