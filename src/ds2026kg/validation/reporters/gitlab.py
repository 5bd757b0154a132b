"""Findings as a Code Quality report, which GitLab shows in a merge request.

The properties are those that GitLab reads of Code Climate's format ("Code Quality report format" in
its documentation). GitLab itself tells what is new, by the fingerprints of the target branch's
report, so known findings are in it as they are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ds2026kg.findings import Finding, Severity, Span, Standing
from ds2026kg.validation.fingerprints import fingerprints
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.terminal import visible
from ds2026kg.validation.reporters.wording import encodable

_SEVERITIES = {Severity.VIOLATION: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(findings: Sequence[Finding], view: View) -> str:
    """The report of the findings that are not silenced, as indented JSON."""
    marks = fingerprints(findings, view.source_line)
    report = [
        _issue(finding, fingerprint, view)
        for finding, fingerprint in zip(findings, marks, strict=True)
        if finding.standing is not Standing.SILENCED
    ]
    return encodable(json.dumps(report, ensure_ascii=False, indent=2)) + "\n"


def _issue(finding: Finding, fingerprint: str, view: View) -> dict[str, Any]:
    texts = (finding.message(view.language), finding.remedy(view.language))
    return {
        "description": " ".join(visible(text) for text in texts if text),
        "check_name": finding.rule.code,
        "fingerprint": fingerprint,
        "severity": "blocker" if finding.rule.unreadable else _SEVERITIES[finding.severity],
        "location": _location(finding, view),
    }


def _location(finding: Finding, view: View) -> dict[str, Any]:
    """Where it is. GitLab refuses an issue without a place, so the vault stands for one."""
    span = finding.span or (finding.related[0] if finding.related else None)
    if span is None:
        return {"path": encodable(view.root or "."), "lines": {"begin": 1}}
    return {"path": encodable(view.path(span.file)), "lines": _lines(span)}


def _lines(span: Span) -> dict[str, int]:
    return {"begin": span.line, "end": span.end_line}
