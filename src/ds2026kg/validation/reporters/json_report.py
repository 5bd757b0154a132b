"""Findings for programs: JSON in both languages, as `validation/report.schema.json` has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pyoxigraph import BlankNode

from ds2026kg.findings import Finding, Span
from ds2026kg.validation.paths import sparql_path
from ds2026kg.validation.reporters import View
from ds2026kg.validation.result import ShapeFinding, Term
from ds2026kg.validation.summary import summary

VERSION = 1  # of the schema; raised when a reader of the last one would misread a report


def render(findings: Sequence[Finding], view: View) -> str:  # noqa: ARG001 - it has both languages
    """The report of `findings` as indented JSON."""
    report = {
        "version": VERSION,
        "summary": asdict(summary(findings)),
        "findings": [_finding(finding) for finding in findings],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    # A file name that is not UTF-8 holds lone surrogates: as \\udc80 they are JSON again.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.rule.code,
        "iri": finding.rule.iri,
        "severity": finding.severity.name.lower(),
        "message": {"en": finding.message("en"), "fr": finding.message("fr")},
        "remedy": {"en": finding.remedy("en"), "fr": finding.remedy("fr")},
        **_place(finding.span),
        **_terms(finding),
        "related": [_place(span) for span in finding.related],
    }


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


def _terms(finding: Finding) -> dict[str, str | None]:
    """Whole IRIs where a SHACL result gives them: short names are for people."""
    if not isinstance(finding, ShapeFinding):
        told = (finding.focus_node, finding.path, finding.value)
    else:
        result = finding.result
        told = (
            _lexical(result.focus),
            sparql_path(result.path) if result.path is not None else None,
            _lexical(result.value) if result.value is not None else None,
        )
    return dict(zip(("focusNode", "path", "value"), told, strict=True))


def _lexical(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value
