"""What a finding is known by from one run to the next, also when its line has moved.

A fingerprint says which rule is broken, in which note, about what, and on a line of which words: not
on which line. Findings that are alike in all that are counted, in the order of the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any

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
    begun = lru_cache(maxsize=64)(_begun)  # one line may have thousands of findings
    for finding in findings:
        span = finding.span
        line = None
        # A whole file has no line of its own, and may be one that cannot even be opened.
        if span is not None and span != Span.of_file(span.file):
            line = source_line(span)
        where = finding.rule.code, span.file if span is not None else "", line or ""
        about = (
            finding.focus_node or "",
            finding.path or "",
            finding.value or finding.message("en"),
        )
        words, digest = begun(*where)
        marks = (*where[:2], words, *about)
        seen[marks] += 1
        whole = digest.copy()
        rest = "\0".join(("", *about, str(seen[marks])))
        whole.update(rest.encode("utf-8", "surrogatepass"))
        told.append(whole.hexdigest()[:_LENGTH])
    return told


def _begun(code: str, file: str, line: str) -> tuple[str, Any]:
    """The words of a line, and the SHA-256 of these three that goes on with what else is told."""
    words = " ".join(line.split())
    return words, sha256(f"{code}\0{file}\0{words}".encode("utf-8", "surrogatepass"))
