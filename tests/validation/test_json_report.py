"""The report for programs, against its own schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ds2026kg.findings import Edit, Finding, Rule, Severity, Span, Standing, Text
from ds2026kg.validation.fingerprints import fingerprints
from ds2026kg.validation.reporters import View, no_source
from ds2026kg.validation.reporters.json_report import render

Judged = Callable[[str, str], list[Finding]]

SCHEMA = json.loads(files("ds2026kg.validation").joinpath("report.schema.json").read_bytes())
VALIDATOR = Draft202012Validator(SCHEMA)
PLACE = ("note", "line", "column", "endLine", "endColumn", "start", "end")
READING = Rule(
    "link-broken",
    Severity.VIOLATION,
    Text("{link} leads nowhere.", "{link} ne mène nulle part."),
    Text("Mend it.", "Corrigez-le."),
    unreadable=False,
)


def test_a_report_holds_all_that_is_known(judged: Judged) -> None:
    """Both languages, the place in lines and bytes, whole IRIs and further places are in it."""
    shapes = """
        dsh:C sh:targetClass ds:Commitment ; sh:property dsh:parents .
        dsh:parents sh:path ds:hasParent ; sh:class ds:Mission ; sh:severity sh:Warning ;
            sh:message "No mission."@en , "Pas une mission."@fr ."""
    found = judged(shapes, "c:3.1a a ds:Commitment .\nc:3.1a ds:hasParent a:x .")
    other = Span("Été.md", 3, 8, 1, 3, 1, 7)
    silenced = Finding(
        READING,
        None,
        {"link": "[[X]]"},
        (other,),
        edits=(Edit(other, "[[Y]]"),),
        standing=Standing.SILENCED,
        reason="Not ours.",
    )
    found.append(silenced)
    marks = fingerprints(found, no_source)
    place = dict.fromkeys(PLACE)
    assert json.loads(render(found, View())) == {
        "version": 1,
        "summary": {
            "violations": 0,
            "warnings": 1,
            "infos": 0,
            "notes": 1,
            "known": 0,
            "silenced": 1,
        },
        "findings": [
            {
                "code": "parents",
                "iri": "https://w3id.org/ds2026/shapes#parents",
                "page": "https://w3id.org/ds2026/rules#parents",
                "severity": "warning",
                "standing": "open",
                "reason": "",
                "fingerprint": marks[0],
                "message": {"en": "No mission.", "fr": "Pas une mission."},
                "remedy": {"en": "", "fr": ""},
                "note": "Data.md",
                "line": 2,
                "column": 1,
                "endLine": 2,
                "endColumn": 2,
                "start": 0,
                "end": 1,
                "focusNode": "https://w3id.org/ds2026/id/commitment/3.1a",
                "path": "<https://w3id.org/ds2026/ontology#hasParent>",
                "value": "https://w3id.org/ds2026/id/actor/x",
                "related": [],
                "edits": [],
            },
            {
                "code": "link-broken",
                "iri": None,
                "page": "https://w3id.org/ds2026/rules#link-broken",
                "severity": "violation",
                "standing": "silenced",
                "reason": "Not ours.",
                "fingerprint": marks[1],
                "message": {"en": "[[X]] leads nowhere.", "fr": "[[X]] ne mène nulle part."},
                "remedy": {"en": "Mend it.", "fr": "Corrigez-le."},
                **place,
                "focusNode": None,
                "path": None,
                "value": None,
                "related": [
                    {
                        "note": "Été.md",
                        "line": 1,
                        "column": 3,
                        "endLine": 1,
                        "endColumn": 7,
                        "start": 3,
                        "end": 8,
                    }
                ],
                "edits": [
                    {
                        "note": "Été.md",
                        "line": 1,
                        "column": 3,
                        "endLine": 1,
                        "endColumn": 7,
                        "start": 3,
                        "end": 8,
                        "text": "[[Y]]",
                    }
                ],
            },
        ],
    }


def _report() -> dict[str, Any]:
    place = Span("a.md", 0, 1, 1, 1, 1, 2)
    report: dict[str, Any] = json.loads(render([Finding(READING, place, {"link": "x"})], View()))
    return report


def test_the_schema_is_a_schema_and_reports_follow_it(judged: Judged) -> None:
    """Reports with and without findings, places and SHACL terms are valid."""
    Draft202012Validator.check_schema(SCHEMA)
    shapes = "dsh:x sh:targetClass ds:Commitment ; sh:nodeKind sh:Literal ."
    shacl = judged(shapes, "c:1 a ds:Commitment .")
    place = Span.of_file("a.md")
    bare = Finding(READING, None, {"link": "x"}, (place,), edits=(Edit(place, "y"),))
    for findings in ([], shacl, [bare], [*shacl, bare]):
        VALIDATOR.validate(json.loads(render(findings, View())))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"extra": 1},
        {
            "summary": {
                "violations": -1,
                "warnings": 0,
                "infos": 0,
                "notes": 0,
                "known": 0,
                "silenced": 0,
            }
        },
    ],
)
def test_the_schema_refuses_another_report(change: dict[str, Any]) -> None:
    """A report of another version, or with what the schema does not know, is not valid."""
    assert VALIDATOR.is_valid(_report())
    assert not VALIDATOR.is_valid(_report() | change)


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "error"},
        {"line": None},
        {"line": 0},
        {"note": None},
        {"message": {"en": "only"}},
        {"extra": 1},
        {"code": ""},
        {"related": [{"note": "a.md"}]},
        {"standing": "closed"},
        {"fingerprint": "x"},
        {"edits": [{"text": "x"}]},
        {"edits": [dict.fromkeys(PLACE) | {"text": "x"}]},
    ],
)
def test_the_schema_refuses_another_finding(change: dict[str, Any]) -> None:
    """A finding with half a place, one language or an unknown severity is not valid."""
    report = _report()
    report["findings"][0] |= change
    assert not VALIDATOR.is_valid(report)


def test_a_file_name_that_is_not_utf_8_gives_json_all_the_same() -> None:
    """A lone surrogate, as the file system gives it, is escaped and comes back."""
    report = render([Finding(READING, Span.of_file("\udc80.md"), {"link": "x"})], View())
    assert json.loads(report.encode("utf-8"))["findings"][0]["note"] == "\udc80.md"
