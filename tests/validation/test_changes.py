"""Which findings a change is to answer for."""

from __future__ import annotations

from ds2026kg.findings import Finding, Rule, Severity, Span, Text
from ds2026kg.validation.changes import touched

RULE = Rule("r", Severity.WARNING, Text("", ""), Text("", ""))
UNREAD = Rule("u", Severity.WARNING, Text("", ""), Text("", ""), unreadable=True)
A, B, C = (Span.of_file(f"{name}.md") for name in "abc")


def test_a_change_answers_for_what_it_touches_and_what_is_new() -> None:
    """Kept are findings in or related to a changed note, new ones anywhere, and unread notes."""
    findings = {
        "in a changed note": Finding(RULE, A),
        "related to a changed note": Finding(RULE, B, related=(C, A)),
        "new elsewhere": Finding(RULE, B),
        "new without a place": Finding(RULE),
        "unread": Finding(UNREAD, B),
        "old elsewhere": Finding(RULE, B, related=(C,)),
        "old without a place": Finding(RULE),
    }
    names = list(findings)
    before = {name for name in names if not name.startswith("new")}
    kept, others = touched(list(findings.values()), names, before=before, changed={"a.md"})
    assert kept == [findings[name] for name in names[:5]]
    assert others == [findings[name] for name in names[5:]]
