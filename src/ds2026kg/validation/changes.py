"""Which findings a change brought: those it touches, and those it caused elsewhere."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ds2026kg.findings import Finding


def touched(
    findings: Sequence[Finding],
    fingerprints: Sequence[str],
    *,
    before: Container[str],
    changed: Container[str],
) -> tuple[list[Finding], list[Finding]]:
    """The findings that a change is to answer for, and the others.

    It answers for those with a place in a note that is in `changed`, and for those whose
    fingerprint is not among those of `before`. Findings that mean that something was not read are
    never among the others: what is published would lack it all the same. `fingerprints` are those
    of `findings`, one for each.
    """
    kept: list[Finding] = []
    others: list[Finding] = []
    for finding, fingerprint in zip(findings, fingerprints, strict=True):
        places = (finding.span, *finding.related) if finding.span is not None else finding.related
        mine = (
            finding.rule.unreadable
            or fingerprint not in before
            or any(place.file in changed for place in places)
        )
        (kept if mine else others).append(finding)
    return kept, others
