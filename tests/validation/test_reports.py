"""Every format over one list of findings that has everything, to the byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft7Validator

from ds2026kg.cli.outputs import FORMATS as OFFERED
from ds2026kg.findings import Edit, Finding, Language, Rule, Severity, Span, Standing, Text
from ds2026kg.validation.fingerprints import fingerprints
from ds2026kg.validation.reporters import FORMATS, View, reporter

Judged = Callable[[str, str], list[Finding]]

GOLDEN = Path(__file__).parent / "golden"
SARIF_SCHEMA = Path(__file__).parents[1] / "fixtures" / "sarif" / "sarif-schema-2.1.0.json"
SARIF = Draft7Validator(json.loads(SARIF_SCHEMA.read_bytes()))

LINK = Rule(
    "link-broken",
    Severity.WARNING,
    Text("“{target}” leads nowhere.", "« {target} » ne mène nulle part."),
    Text("Correct the link, or add `{target}.md`.", "Corrigez le lien, ou ajoutez `{target}.md`."),
)
LEAD = Rule(
    "commitment-lead-missing",
    Severity.VIOLATION,
    Text("No actor leads {what}. *All* have [one].", "Personne n’est responsable de {what}."),
    Text("", ""),
)
ORPHAN = Rule("note-orphan", Severity.INFO, Text("It is alone.", "Elle est seule."), Text("", ""))
UNREAD = Rule(
    "note-unreadable",
    Severity.VIOLATION,
    Text("This file cannot be read.", "Ce fichier ne peut pas être lu."),
    Text("", ""),
    unreadable=True,
)
ODD = "100 %, a:b/Été 👩‍👩‍👧‍👦 #1.md"
LINES = {
    (ODD, 2): "👩‍👩‍👧‍👦 𝒳 [[Nobody]]\tend",
    ("Mission 3.1a.md", 6): "Departments will.",
    ("Mission 3.md", 3): "see [x](Y.md)",
}
SHAPES = """
    dsh:C sh:targetClass ds:Commitment ; sh:property dsh:parents .
    dsh:parents sh:path ds:hasParent ; sh:class ds:Mission ; sh:severity sh:Warning ;
        sh:message "No mission."@en , "Pas une mission."@fr .
    dsh:kind sh:targetClass ds:Commitment ; sh:nodeKind sh:Literal ."""


def everything(shacl: list[Finding]) -> list[Finding]:
    """Findings with all that a report may have to bear."""
    odd = Span(ODD, 31, 41, 2, 11, 2, 21)
    here = Span("Mission 3.1a.md", 80, 91, 6, 1, 6, 12)
    return [
        Finding(
            LINK,
            odd,
            {"target": "A\r\nB\x1b[31m\x00\uffff\u202e::error::x%0A"},
            (Span("Été/Other.md", 0, 4, 12, 1, 13, 5), Span.of_file("a.md")),
            edits=(Edit(odd, "[[Someone, 👩]]"), Edit(Span("a.md", 3, 3, 1, 4, 1, 4), "\r\nx")),
        ),
        Finding(LEAD, here, {"what": "3.1a"}),
        Finding(LEAD, here._replace(end=200, end_line=8, end_column=3), {"what": "3.1a"}),
        Finding(LEAD, None, {"what": "[it](1)"}, focus_node="commitment/3.2"),
        *shacl,
        Finding(LINK, Span("Mission 3.md", 9, 18, 3, 5, 3, 14), {"target": "[y](Y.md)"},
                standing=Standing.KNOWN, edits=(Edit(Span("Mission 3.md", 9, 18, 3, 5, 3, 14), ""),)),
        Finding(LINK, Span("Mission 3.md", 9, 18, 3, 5, 3, 14), {"target": "Z"},
                standing=Standing.SILENCED, reason="Not\nours, “yet” <&> \x07"),
        Finding(ORPHAN, Span.of_file("Lone \udc80.md")),
        Finding(UNREAD, Span.of_file("Closed.md")),
    ]  # fmt: skip


@pytest.fixture
def findings(judged: Judged) -> list[Finding]:
    """Findings with all that a report may have to bear, SHACL's among them."""
    return everything(judged(SHAPES, "c:3.1a a ds:Commitment .\nc:3.1a ds:hasParent a:x ."))


def view_in(language: Language) -> View:
    """How a CI system would have the report."""
    return View(
        language, lambda span: LINES.get((span.file, span.line)), root="docs/le coffre, 50 %"
    )


@pytest.mark.parametrize(
    ("form", "language", "file"),
    [
        ("text", "en", "report.en.txt"),
        ("text", "fr", "report.fr.txt"),
        ("json", "en", "report.json"),
        ("sarif", "en", "report.en.sarif"),
        ("sarif", "fr", "report.fr.sarif"),
        ("github", "en", "github.en.txt"),
        ("github", "fr", "github.fr.txt"),
        ("gitlab", "en", "gitlab.json"),
        ("junit", "en", "junit.en.xml"),
        ("junit", "fr", "junit.fr.xml"),
        ("turtle", "en", "report.ttl"),
        ("markdown", "en", "report.en.md"),
        ("markdown", "fr", "report.fr.md"),
    ],
)
def test_a_report_is_the_approved_one(
    findings: list[Finding], form: str, language: Language, file: str
) -> None:
    """Each format says all of it as it was once looked over, in either language."""
    told = reporter(form)(findings, view_in(language)).encode("utf-8")
    assert told.decode("utf-8") == (GOLDEN / file).read_bytes().decode("utf-8")


def test_every_format_is_offered() -> None:
    """The command line offers the formats that there are, and each bears having nothing to say."""
    assert OFFERED == FORMATS
    assert all(reporter(form)([], View()).endswith("\n") for form in FORMATS)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("known", [False, True])
def test_sarif_is_valid_against_the_schema(
    findings: list[Finding], language: Language, known: bool
) -> None:
    """What OASIS's schema asks for is there, with and without a baseline or any finding at all."""
    told = [f for f in findings if known or f.standing is Standing.OPEN]
    for each in (told, []):
        log = json.loads(reporter("sarif")(each, view_in(language)))
        assert [error.message for error in SARIF.iter_errors(log)] == []
    results = json.loads(reporter("sarif")(told, View()))["runs"][0]["results"]
    assert {"baselineState" in result for result in results} == {known}
    assert {"suppressions" in result for result in results} == {known}


def test_sarif_says_why_a_rule_is_there() -> None:
    """The help of a rule has what is wrong, why that matters, and how to mend it."""
    rule = Rule(
        "a-b",
        Severity.WARNING,
        Text("No “{x}”.", "Pas de «\u00a0{x}\u00a0»."),
        Text("Add it.", "Ajoutez-le."),
        why=Text("It is missed.", "Il manque."),
    )

    [run] = json.loads(reporter("sarif")([Finding(rule, values={"x": 1})], View("fr")))["runs"]

    [told] = run["tool"]["driver"]["rules"]
    assert told["fullDescription"]["text"] == "Pas de «\u00a0…\u00a0». Il manque. Ajoutez-le."
    assert "**English**\n\nNo “…”. It is missed. Add it." in told["help"]["markdown"]


def test_the_schema_of_sarif_can_refuse() -> None:
    """The schema is a schema, and a result without a message is not valid."""
    Draft7Validator.check_schema(SARIF.schema)
    log = json.loads(reporter("sarif")([Finding(ORPHAN)], View()))
    del log["runs"][0]["results"][0]["message"]
    assert not SARIF.is_valid(log)


def test_sarif_names_files_so_that_they_are_found(findings: list[Finding]) -> None:
    """A decoded address is the path of the note, from the top of the repository."""
    log = json.loads(reporter("sarif")(findings, view_in("en")))
    first = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(first["artifactLocation"]["uri"]) == f"docs/le coffre, 50 %/{ODD}"
    assert first["region"]["snippet"]["text"] == "[[Nobody]]"


def test_no_line_is_asked_for_where_a_whole_file_is_meant() -> None:
    """A file that could not be read, a pipe it may be, is not opened again for its report."""

    def refuse(span: Span) -> str | None:
        pytest.fail(f"{span} was read")

    for form in FORMATS:
        assert reporter(form)([Finding(UNREAD, Span.of_file("Pipe.md"))], View(source_line=refuse))


def test_reports_agree_on_fingerprints(findings: list[Finding]) -> None:
    """JSON, SARIF and GitLab's report know a finding by the same mark, whether or not it is quoted."""
    view = view_in("en")
    expected = fingerprints(findings, view.source_line)
    unquoted = View(source_line=view.source_line, quote=False)
    for each in (view, unquoted):
        told = json.loads(reporter("json")(findings, each))["findings"]
        log = json.loads(reporter("sarif")(findings, each))["runs"][0]["results"]
        assert [finding["fingerprint"] for finding in told] == expected
        assert [result["partialFingerprints"]["ds2026kg/v1"] for result in log] == expected
    issues = json.loads(reporter("gitlab")(findings, view))
    shown = [
        mark
        for mark, finding in zip(expected, findings, strict=True)
        if finding.standing is not Standing.SILENCED
    ]
    assert [issue["fingerprint"] for issue in issues] == shown


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_quoted_where_it_may_not_be(findings: list[Finding], form: str) -> None:
    """Without leave to quote, no line of a note is in any report."""
    told = reporter(form)(findings, View(source_line=lambda _: "the secret line", quote=False))
    assert "secret" not in told


def test_the_shacl_report_has_what_is_known_and_not_what_is_silenced(
    findings: list[Finding],
) -> None:
    """Of SHACL's two results, each is in the Turtle report unless a note silences it."""
    shacl = [finding for finding in findings if finding.rule.iri is not None]
    results = {}
    for standing in Standing:
        told = reporter("turtle")([replace(shacl[0], standing=standing), shacl[1]], View())
        results[standing] = told.count("a sh:ValidationResult")
    assert results == {Standing.OPEN: 2, Standing.KNOWN: 2, Standing.SILENCED: 1}
    silenced = [replace(finding, standing=Standing.SILENCED) for finding in shacl]
    assert "sh:conforms true" in reporter("turtle")(silenced, View())


def test_sarif_gives_no_context_to_a_whole_line() -> None:
    """A context region holds more than its region, so that a whole line has none."""
    places = []
    for end in (4, 5):
        finding = Finding(LINK, Span("a.md", 0, end - 1, 1, 1, 1, end), {"target": "x"})
        log = json.loads(reporter("sarif")([finding], View(source_line=lambda _: "line")))
        places.append(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"])
    assert [place["region"]["snippet"]["text"] for place in places] == ["lin", "line"]
    assert ["contextRegion" in place for place in places] == [True, False]


def _unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(escape, character)
    return text.replace("%25", "%")


def test_github_reads_back_what_was_meant(findings: list[Finding]) -> None:
    """Each command has the file's own name, and no note can begin a command of its own."""
    lines = reporter("github")(findings, view_in("en")).splitlines()
    commands = [re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line) for line in lines[:-1]]
    assert all(commands)
    assert len(commands) == len(findings) - 1
    first = commands[0]
    assert first is not None
    properties = dict(each.split("=", 1) for each in first[2].split(","))
    assert _unescaped(properties["file"]) == f"docs/le coffre, 50 %/{ODD}"
    assert not any("::" in line for line in lines[-1:])


@pytest.mark.parametrize(
    ("fail_on", "failures"),
    [
        (Severity.VIOLATION, 5),
        (Severity.WARNING, 7),
        (Severity.INFO, 8),
        (None, 1),
    ],
)
def test_junit_fails_what_makes_the_command_fail(
    findings: list[Finding], fail_on: Severity | None, failures: int
) -> None:
    """A case fails from the severity on that is asked for, or if its note could not be read."""
    suite = ET.fromstring(reporter("junit")(findings, View(fail_on=fail_on)))[0]  # noqa: S314 - ours
    cases = suite.findall("testcase")
    assert int(suite.attrib["tests"]) == len(cases) == len(findings)
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure")) == failures
    assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped")) == 2
    names = [(case.attrib["classname"], case.attrib["name"]) for case in cases]
    assert len(set(names)) == len(names)


def test_junit_has_a_case_that_passes_where_nothing_is_wrong() -> None:
    """Jenkins takes a report without cases for a mistake."""
    assert reporter("junit")([], View()) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<testsuites>\n"
        '  <testsuite name="ds2026kg" tests="1" failures="0" skipped="0" errors="0">\n'
        '    <testcase classname="ds2026kg" name="nothing is wrong" time="0" />\n'
        "  </testsuite>\n"
        "</testsuites>\n"
    )
