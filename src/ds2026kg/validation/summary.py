"""Findings counted, and held against the severity at which a command fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ds2026kg.findings import Finding, Severity, Standing


@dataclass(frozen=True, slots=True)
class Summary:
    """How many findings are open, by severity and in how many notes; how many are not."""

    violations: int
    warnings: int
    infos: int
    notes: int
    known: int = 0
    silenced: int = 0


def summary(findings: Iterable[Finding]) -> Summary:
    """The counts of `findings`; a note counts once, and a finding without a place in none.

    >>> summary([])
    Summary(violations=0, warnings=0, infos=0, notes=0, known=0, silenced=0)
    """
    counts: Counter[Severity] = Counter()
    standings: Counter[Standing] = Counter()
    notes = set()
    for finding in findings:
        standings[finding.standing] += 1
        if finding.is_open:
            counts[finding.severity] += 1
            if finding.span is not None:
                notes.add(finding.span.file)
    return Summary(
        violations=counts[Severity.VIOLATION],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
        notes=len(notes),
        known=standings[Standing.KNOWN],
        silenced=standings[Standing.SILENCED],
    )


def exceeds(findings: Iterable[Finding], fail_on: Severity | None) -> bool:
    """Whether any open one of `findings` weighs at least `fail_on`; never, if that is None.

    >>> exceeds([], Severity.INFO)
    False
    """
    return fail_on is not None and any(
        finding.is_open and finding.severity >= fail_on for finding in findings
    )
