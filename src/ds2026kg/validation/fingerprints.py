"""What a finding is known by from one run to the next, also when its line has moved.

A fingerprint says which rule is broken, in which note, about what, and on a line of which words: not
on which line. Findings that are alike in all that are counted, in the order of the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256

from ds2026kg.findings import Finding, Span

_LENGTH = 32  # hexadecimal digits, half of SHA-256


def fingerprints(
    findings: Iterable[Finding], source_line: Callable[[Span], str | None]
) -> list[str]:
    """The fingerprint of each of `findings`, which are in report order.

    `source_line` gives the line on which a span begins, or None where it must not be shown. The
    same findings always have the same fingerprints; no two of one report have the same.

    >>> from ds2026kg.findings import Rule, Severity, Text
    >>> rule = Rule("link-broken", Severity.WARNING, Text("", ""), Text("", ""))
    >>> place, moved = Span("a.md", 0, 5, 1, 1, 1, 6), Span("a.md", 9, 14, 4, 1, 4, 6)
    >>> one, other = (fingerprints([Finding(rule, s)], lambda _: "[[X]]") for s in (place, moved))
    >>> one == other
    True
    """
    seen: Counter[tuple[str, ...]] = Counter()
    told = []
    for finding in findings:
        marks = _marks(finding, source_line)
        seen[marks] += 1
        text = "\0".join((*marks, str(seen[marks])))
        told.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH])
    return told


def _marks(
    finding: Finding, source_line: Callable[[Span], str | None]
) -> tuple[str, str, str, str, str, str]:
    span = finding.span
    line = None
    # A whole file has no line of its own, and may be one that cannot even be opened.
    if span is not None and span != Span.of_file(span.file):
        line = source_line(span)
    return (
        finding.rule.code,
        span.file if span is not None else "",
        " ".join((line or "").split()),
        finding.focus_node or "",
        finding.path or "",
        finding.value or finding.message("en"),
    )
