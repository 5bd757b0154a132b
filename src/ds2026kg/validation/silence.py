"""Notes silence rules for themselves: what that does to their findings, and what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ds2026kg.findings import Finding, Rule, Severity, Standing, Text
from ds2026kg.vault.silences import Silence

SILENCE_UNNAMED = Rule(
    "silence-unnamed",
    Severity.WARNING,
    Text(
        "This item of `ds2026kg-ignore` names no rule; nothing is silenced by it.",
        "Cet élément de `ds2026kg-ignore` ne nomme aucune règle; il ne tait rien.",
    ),
    Text(
        "Write the rule’s code and the reason: “{example}”.",
        "Écrivez le code de la règle et la raison\u00a0: «\u00a0{example}\u00a0».",
    ),
)
SILENCE_UNKNOWN = Rule(
    "silence-unknown",
    Severity.WARNING,
    Text(
        "No rule is called “{code}”; nothing is silenced by it.",
        "Aucune règle ne s’appelle «\u00a0{code}\u00a0»; rien n’est tu.",
    ),
    Text(
        "Correct the code{near}, or remove the item.",
        "Corrigez le code{near}, ou supprimez l’élément.",
    ),
)
SILENCE_REPEATED = Rule(
    "silence-repeated",
    Severity.WARNING,
    Text(
        "This note silences “{code}” twice; the first item was taken.",
        "Cette note tait «\u00a0{code}\u00a0» deux fois; le premier élément a été retenu.",
    ),
    Text("Keep one of the two.", "Gardez l’un des deux."),
)
SILENCE_REFUSED = Rule(
    "silence-refused",
    Severity.WARNING,
    Text(
        "“{code}” can never be silenced.",
        "«\u00a0{code}\u00a0» ne peut jamais être tu.",
    ),
    Text(
        "Remove the item, and mend what the rule reports.",
        "Supprimez l’élément, et corrigez ce que la règle signale.",
    ),
)
SILENCE_WITHOUT_REASON = Rule(
    "silence-without-reason",
    Severity.WARNING,
    Text(
        "“{code}” is named here without a reason, so it is not silenced.",
        "«\u00a0{code}\u00a0» est nommé ici sans raison; il n’est donc pas tu.",
    ),
    Text(
        "Write the reason after the code (“{code}: because …”), or in `ds2026kg-ignore-reason`.",
        "Écrivez la raison après le code («\u00a0{code}: parce que …\u00a0»), ou dans "
        "`ds2026kg-ignore-reason`.",
    ),
)
SILENCE_UNUSED = Rule(
    "silence-unused",
    Severity.WARNING,
    Text(
        "This note silences “{code}”, but nothing of the kind was found in it.",
        "Cette note tait «\u00a0{code}\u00a0», mais rien de tel n’y a été constaté.",
    ),
    Text(
        "Remove the item; the fault that it was for is gone.",
        "Supprimez l’élément; la faute qu’il visait a disparu.",
    ),
)
ABOUT_SILENCES = (
    SILENCE_UNNAMED,
    SILENCE_UNKNOWN,
    SILENCE_REPEATED,
    SILENCE_REFUSED,
    SILENCE_WITHOUT_REASON,
    SILENCE_UNUSED,
)
_EXAMPLE = Text("link-broken: the page is to come", "link-broken: la page est à venir")


def silenced(
    findings: Iterable[Finding],
    silences: Iterable[Silence],
    rules: Mapping[str, Rule],
    *,
    all_judged: bool = True,
) -> list[Finding]:
    """`findings` with those silenced that their own notes silence, and what is wrong with silences.

    `rules` are the rules by code, those about silences apart. Where only those of them were judged
    by (`all_judged` is false), a code that is none of them is let be: what it silences was not
    looked for. A rule whose findings mean that something was not read cannot be silenced, and of a
    note that has such a finding it cannot be known whether a silence is used.
    """
    heard = list(findings)
    codes = [*rules, *(rule.code for rule in ABOUT_SILENCES)]
    refused = {rule.code for rule in (*rules.values(), *ABOUT_SILENCES) if _is_always_heard(rule)}
    reasons: dict[tuple[str, str], Silence] = {}
    faults: list[Finding] = []
    for silence in silences:
        fault = _fault(silence, codes, refused, reasons)
        if fault is None:
            reasons[silence.span.file, silence.code] = silence
        elif all_judged or fault.rule is not SILENCE_UNKNOWN:
            faults.append(fault)
    used: set[tuple[str, str]] = set()
    unread: set[str] = set()
    for position, finding in enumerate(heard):
        if finding.span is None:
            continue
        if finding.rule.unreadable:
            unread.add(finding.span.file)
        place = (finding.span.file, finding.rule.code)
        if place in reasons and not finding.rule.unreadable:
            used.add(place)
            reason = reasons[place].reason
            heard[position] = replace(finding, standing=Standing.SILENCED, reason=reason)
    unused = (
        silence
        for place, silence in reasons.items()
        if place not in used and silence.span.file not in unread
    )
    return [*heard, *faults, *_told(SILENCE_UNUSED, unused)]


def _is_always_heard(rule: Rule) -> bool:
    """Whether a rule is reported whatever a note says."""
    return rule.unreadable or rule in ABOUT_SILENCES


def _fault(
    silence: Silence,
    codes: list[str],
    refused: set[str],
    taken: Mapping[tuple[str, str], Silence],
) -> Finding | None:
    """What is wrong with a silence by itself and beside those `taken` before it."""
    if not silence.code:
        return Finding(SILENCE_UNNAMED, silence.span, {"example": _EXAMPLE})
    values: dict[str, object] = {"code": silence.code}
    if silence.code not in codes:
        near = difflib.get_close_matches(silence.code, codes, 1)
        values["near"] = _suggestion(near[0]) if near else ""
        return Finding(SILENCE_UNKNOWN, silence.span, values)
    if silence.code in refused:
        return Finding(SILENCE_REFUSED, silence.span, values)
    if (silence.span.file, silence.code) in taken:
        return Finding(SILENCE_REPEATED, silence.span, values)
    if not silence.reason:
        return Finding(SILENCE_WITHOUT_REASON, silence.span, values)
    return None


def _suggestion(code: str) -> Text:
    return Text(f" (did you mean “{code}”?)", f" (vouliez-vous dire «\u00a0{code}\u00a0»?)")


def _told(rule: Rule, silences: Iterable[Silence]) -> Iterator[Finding]:
    return (Finding(rule, silence.span, {"code": silence.code}) for silence in silences)
