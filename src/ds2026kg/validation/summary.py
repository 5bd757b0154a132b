"""Findings counted, and held against the severity at which a command fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ds2026kg.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Summary:
    """How many findings there are of each severity, and in how many notes."""

    violations: int
    warnings: int
    infos: int
    notes: int


def summary(findings: Iterable[Finding]) -> Summary:
    """The counts of `findings`; a note counts once, and a finding without a place in none.

    >>> summary([])
    Summary(violations=0, warnings=0, infos=0, notes=0)
    """
    counts: Counter[Severity] = Counter()
    notes = set()
    for finding in findings:
        counts[finding.severity] += 1
        if finding.span is not None:
            notes.add(finding.span.file)
    return Summary(
        violations=counts[Severity.VIOLATION],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        notes=len(notes),
    )


def exceeds(findings: Iterable[Finding], fail_on: Severity | None) -> bool:
    """Whether any of `findings` weighs at least `fail_on`; never, if that is None.

    >>> exceeds([], Severity.INFO)
    False
    """
    return fail_on is not None and any(finding.severity >= fail_on for finding in findings)
