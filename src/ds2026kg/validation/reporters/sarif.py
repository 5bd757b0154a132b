"""Findings as SARIF 2.1.0 (OASIS), which GitHub's code scanning and many editors read.

Texts are in the user's language; each result has both under `properties`, each rule in its help.
The fingerprints are our own: GitHub's `primaryLocationLineHash` is left to its upload action, which
works it out itself and warns of any other. Paths begin at the top of the repository, whose address
is nowhere in the report: the same notes give the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ds2026kg import __version__
from ds2026kg.findings import RULES, Edit, Finding, Span, Standing, Text
from ds2026kg.validation.fingerprints import fingerprints
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.sarif_rules import LEVELS, descriptor, rules_of
from ds2026kg.validation.reporters.terminal import LONGEST, visible
from ds2026kg.validation.reporters.wording import encodable
from ds2026kg.validation.result import whole_terms

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_TOP = "%SRCROOT%"
_WHERE = Text(
    "The top of the repository; the vault itself, if it lies elsewhere.",
    "Le sommet du dépôt; le coffre lui-même, s’il se trouve ailleurs.",
)
_FINGERPRINT = "ds2026kg/v1"
# What a reader of a plain text message would take as a link into the report (SARIF §3.11.6).
_EMBEDDED_LINK = re.compile(r"\[(?=[^][]*\]\()")


def render(findings: Sequence[Finding], view: View) -> str:
    """The report of `findings`, with one run, as indented JSON."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(findings, view)]}
    return encodable(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _run(findings: Sequence[Finding], view: View) -> dict[str, Any]:
    rules = rules_of(findings)
    driver = {
        "name": "ds2026kg",
        "version": __version__,
        "informationUri": RULES.removesuffix("#"),
        "language": view.language,
        "rules": [descriptor(rule, view.language) for rule in rules.values()],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not any(f.rule.unreadable for f in findings)}],
        "language": view.language,
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_TOP: {"description": {"text": _WHERE.in_language(view.language)}}},
        "results": list(_results(findings, list(rules), view)),
    }


def _results(
    findings: Sequence[Finding], codes: Sequence[str], view: View
) -> Iterator[dict[str, Any]]:
    """Each finding; whether one is new or silenced is told of all or of none (SARIF §3.27.23-24)."""
    standings = {finding.standing for finding in findings}
    index = {code: number for number, code in enumerate(codes)}
    marks = fingerprints(findings, view.source_line)
    for finding, fingerprint in zip(findings, marks, strict=True):
        result = _result(finding, view)
        result["ruleIndex"] = index[finding.rule.code]
        result["partialFingerprints"] = {_FINGERPRINT: fingerprint}
        if Standing.KNOWN in standings:
            result["baselineState"] = "unchanged" if finding.standing is Standing.KNOWN else "new"
        if Standing.SILENCED in standings:
            result["suppressions"] = _suppressions(finding)
        yield result


def _result(finding: Finding, view: View) -> dict[str, Any]:
    """What a finding says by itself."""
    texts = (finding.message(view.language), finding.remedy(view.language))
    message = " ".join(visible(text) for text in texts if text)
    result: dict[str, Any] = {
        "ruleId": finding.rule.code,
        "level": LEVELS[finding.severity],
        "message": {"text": _EMBEDDED_LINK.sub(r"\\[", message)},
    }
    if finding.span is not None:
        result["locations"] = [_location(finding.span, view)]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(span, view)}
            for number, span in enumerate(finding.related, start=1)
        ]
    if finding.edits:
        result["fixes"] = [_fix(finding, view)]
    terms = zip(("focusNode", "path", "value"), whole_terms(finding), strict=True)
    result["properties"] = {
        "message": {"en": finding.message("en"), "fr": finding.message("fr")},
        "remedy": {"en": finding.remedy("en"), "fr": finding.remedy("fr")},
        **{name: term for name, term in terms if term is not None},
    }
    return result


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    if finding.standing is not Standing.SILENCED:
        return []
    return [{"kind": "inSource", "justification": finding.reason}]


def _location(span: Span, view: View) -> dict[str, Any]:
    """A place in a note, with its words and those around them on its line, if it has but one."""
    region = _region(span)
    place = {"artifactLocation": _artifact(span.file, view), "region": region}
    line = view.quoted_line(span) if span.line == span.end_line else None
    if line is not None:
        words = line[span.column - 1 : span.end_column - 1]
        region["snippet"] = {"text": words}
        # The context must hold more than the region does (SARIF §3.29.5).
        if words != line and len(line) <= LONGEST:
            place["contextRegion"] = {"startLine": span.line, "snippet": {"text": line}}
    return {"physicalLocation": place}


def _region(span: Span) -> dict[str, Any]:
    """A span as a region; a whole file as its first line, since GitHub shows nothing without one."""
    if span == Span.of_file(span.file):
        return {"startLine": 1}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    }


def _artifact(file: str, view: View) -> dict[str, str]:
    return {"uri": quote(encodable(view.path(file))), "uriBaseId": _TOP}


def _fix(finding: Finding, view: View) -> dict[str, Any]:
    """The edits of a finding, file by file."""
    changes: dict[str, list[Edit]] = {}
    for edit in finding.edits:
        changes.setdefault(edit.span.file, []).append(edit)
    told = finding.remedy(view.language) or finding.message(view.language)
    return {
        "description": {"text": visible(told)},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file, view),
                "replacements": [
                    {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
                    for edit in edits
                ],
            }
            for file, edits in changes.items()
        ],
    }
