"""What notes silence, and what is wrong with how they do it."""

from __future__ import annotations

from ds2026kg.findings import Finding, Rule, Severity, Span, Standing, Text
from ds2026kg.validation.catalogue import by_code, rules_of_validation
from ds2026kg.validation.silence import ABOUT_SILENCES, silenced
from ds2026kg.vault.silences import Silence

LINK = Rule("link-broken", Severity.WARNING, Text("a", "b"), Text("", ""))
KEY = Rule("key-unknown", Severity.VIOLATION, Text("a", "b"), Text("", ""))
UNREAD = Rule("yaml-syntax", Severity.VIOLATION, Text("a", "b"), Text("", ""), unreadable=True)
RULES = by_code([LINK, KEY, UNREAD])


def found(rule: Rule, file: str = "a.md") -> Finding:
    """A finding on line 5 of a note."""
    return Finding(rule, Span(file, 40, 41, 5, 1, 5, 2))


def silence(code: str, reason: str = "to come", file: str = "a.md", line: int = 2) -> Silence:
    """A silence on one line of a note."""
    return Silence(code, reason, Span(file, line, line + 1, line, 1, line, 2))


def told(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    """Note and line, code, standing and reason of each finding."""
    return [
        (f"{each.span.file}:{each.span.line}", each.rule.code, each.standing.value, each.reason)
        for each in findings
        if each.span is not None
    ]


def test_a_note_silences_its_own_findings_alone() -> None:
    """Findings of the rule in that note are silenced, each with the reason; no others."""
    findings = [found(LINK), found(KEY), found(LINK, "b.md"), found(LINK)]
    assert told(silenced(findings, [silence("link-broken")], RULES)) == [
        ("a.md:5", "link-broken", "silenced", "to come"),
        ("a.md:5", "key-unknown", "open", ""),
        ("b.md:5", "link-broken", "open", ""),
        ("a.md:5", "link-broken", "silenced", "to come"),
    ]


def test_what_has_no_place_cannot_be_silenced() -> None:
    """A finding about the whole vault stays open."""
    heard = silenced([Finding(LINK)], [silence("link-broken")], RULES)
    assert [each.standing for each in heard if each.rule is LINK] == [Standing.OPEN]


def test_a_silence_without_use_is_a_finding() -> None:
    """Where nothing of the rule is found in the note, its item is told."""
    heard = silenced([found(LINK, "b.md")], [silence("link-broken", line=3)], RULES)
    assert told(heard)[1:] == [("a.md:3", "silence-unused", "open", "")]


def test_of_a_note_that_was_not_read_no_silence_is_called_unused() -> None:
    """What could not be read may hold what the silence is for."""
    heard = silenced([found(UNREAD)], [silence("link-broken")], RULES)
    assert told(heard) == [("a.md:5", "yaml-syntax", "open", "")]


def test_a_silence_without_a_reason_silences_nothing() -> None:
    """The finding stays open, and the item is told, not as unused."""
    heard = silenced([found(LINK)], [silence("link-broken", "")], RULES)
    assert told(heard) == [
        ("a.md:5", "link-broken", "open", ""),
        ("a.md:2", "silence-without-reason", "open", ""),
    ]


def test_a_rule_about_unread_notes_cannot_be_silenced() -> None:
    """The finding stays open, and the item is told."""
    heard = silenced([found(UNREAD)], [silence("yaml-syntax")], RULES)
    assert told(heard) == [
        ("a.md:5", "yaml-syntax", "open", ""),
        ("a.md:2", "silence-refused", "open", ""),
    ]


def test_the_rules_about_silences_cannot_be_silenced() -> None:
    """No note can hide what is wrong with its own silences."""
    asked = [silence(rule.code) for rule in ABOUT_SILENCES]
    heard = silenced([], asked, RULES)
    assert told(heard) == [("a.md:2", "silence-refused", "open", "")] * len(ABOUT_SILENCES)


def test_the_rules_about_shapes_cannot_be_silenced() -> None:
    """They are known, but no note breaks them, so none can silence them."""
    heard = silenced([], [silence(rule.code) for rule in rules_of_validation()], RULES)
    assert {each.rule.code for each in heard} == {"silence-refused"}


def test_an_unknown_code_is_told_with_the_nearest_known_one() -> None:
    """The remedy names a code that is nearly the same, in both languages, and none if none is."""
    near, far = silenced([], [silence("link-brokn"), silence("zzz", line=3)], RULES)
    assert [near.message("en"), near.remedy("en"), near.remedy("fr"), far.remedy("en")] == [
        "No rule is called “link-brokn”; nothing is silenced by it.",
        "Correct the code (did you mean “link-broken”?), or remove the item.",
        "Corrigez le code (vouliez-vous dire «\u00a0link-broken\u00a0»?), ou supprimez l’élément.",
        "Correct the code, or remove the item.",
    ]


def test_a_code_given_twice_is_told_at_its_second_place() -> None:
    """The first item that has a reason counts; another note may silence the same rule."""
    asked = [
        silence("link-broken", ""),
        silence("link-broken", "first", line=3),
        silence("link-broken", "second", line=4),
        silence("link-broken", "there", "b.md"),
    ]
    assert told(silenced([found(LINK), found(LINK, "b.md")], asked, RULES)) == [
        ("a.md:5", "link-broken", "silenced", "first"),
        ("b.md:5", "link-broken", "silenced", "there"),
        ("a.md:2", "silence-without-reason", "open", ""),
        ("a.md:4", "silence-repeated", "open", ""),
    ]


def test_an_item_that_names_no_rule_is_told() -> None:
    """The remedy shows in each language what an item looks like."""
    (heard,) = silenced([], [silence("", "")], RULES)
    assert (heard.rule.code, heard.remedy("en"), heard.remedy("fr")) == (
        "silence-unnamed",
        "Write the rule’s code and the reason: “link-broken: the page is to come”.",
        "Écrivez le code de la règle et la raison\u00a0: "
        "«\u00a0link-broken: la page est à venir\u00a0».",
    )


def test_where_not_all_was_judged_unknown_codes_are_let_be() -> None:
    """Without SHACL nobody knows its codes; what was judged is told all the same."""
    asked = [silence("label-fr-missing"), silence("link-broken", line=3)]
    heard = silenced([], asked, RULES, all_judged=False)
    assert told(heard) == [("a.md:3", "silence-unused", "open", "")]
