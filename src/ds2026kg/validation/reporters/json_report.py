"""Findings for programs: JSON in both languages, as `validation/report.schema.json` has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ds2026kg.findings import Edit, Finding, Span
from ds2026kg.validation.fingerprints import fingerprints
from ds2026kg.validation.reporters import View
from ds2026kg.validation.result import whole_terms
from ds2026kg.validation.summary import summary

VERSION = 1  # of the schema; raised when a reader of the last one would misread a report


def render(findings: Sequence[Finding], view: View) -> str:
    """The report of `findings` as indented JSON."""
    marks = fingerprints(findings, view.source_line)
    report = {
        "version": VERSION,
        "summary": asdict(summary(findings)),
        "findings": [
            _finding(finding, fingerprint)
            for finding, fingerprint in zip(findings, marks, strict=True)
        ],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    # A file name that is not UTF-8 holds lone surrogates: as \\udc80 they are JSON again.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    focus_node, path, value = whole_terms(finding)
    return {
        "code": finding.rule.code,
        "iri": finding.rule.iri,
        "page": finding.rule.page,
        "severity": finding.severity.name.lower(),
        "standing": finding.standing.value,
        "reason": finding.reason,
        "fingerprint": fingerprint,
        "message": {"en": finding.message("en"), "fr": finding.message("fr")},
        "remedy": {"en": finding.remedy("en"), "fr": finding.remedy("fr")},
        **_place(finding.span),
        "focusNode": focus_node,
        "path": path,
        "value": value,
        "related": [_place(span) for span in finding.related],
        "edits": [_edit(edit) for edit in finding.edits],
    }


def _edit(edit: Edit) -> dict[str, str | int | None]:
    return {**_place(edit.span), "text": edit.text}


def _place(span: Span | None) -> dict[str, str | int | None]:
    if span is None:
        return dict.fromkeys(_PLACE)
    values = (
        span.file,
        span.line,
        span.column,
        span.end_line,
        span.end_column,
        span.start,
        span.end,
    )
    return dict(zip(_PLACE, values, strict=True))


_PLACE = ("note", "line", "column", "endLine", "endColumn", "start", "end")
