"""Findings counted, and held against a severity."""

from __future__ import annotations

import pytest

from ds2026kg.findings import Finding, Rule, Severity, Span, Text
from ds2026kg.validation.summary import Summary, exceeds, summary


def _finding(severity: Severity, file: str | None) -> Finding:
    rule = Rule("r", severity, Text("", ""), Text("", ""))
    return Finding(rule, Span.of_file(file) if file else None)


def test_findings_are_counted_by_severity_and_notes_once() -> None:
    """A note with two findings counts once, and a finding without a place in no note."""
    findings = [
        _finding(Severity.WARNING, "a.md"),
        _finding(Severity.VIOLATION, "a.md"),
        _finding(Severity.VIOLATION, "b.md"),
        _finding(Severity.INFO, None),
    ]
    assert summary(findings) == Summary(violations=2, warnings=1, infos=1, notes=2)


@pytest.mark.parametrize(
    ("worst", "fail_on", "expected"),
    [
        (Severity.WARNING, Severity.VIOLATION, False),
        (Severity.WARNING, Severity.WARNING, True),
        (Severity.WARNING, Severity.INFO, True),
        (Severity.VIOLATION, Severity.WARNING, True),
        (Severity.VIOLATION, None, False),
    ],
)
def test_a_command_fails_at_or_above_a_severity(
    worst: Severity, fail_on: Severity | None, expected: bool
) -> None:
    """The worst finding decides, and "never" never fails."""
    findings = [_finding(Severity.INFO, None), _finding(worst, None)]
    assert exceeds(findings, fail_on) is expected
