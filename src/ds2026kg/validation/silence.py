"""Notes silence rules for themselves: what that does to their findings, and what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ds2026kg.findings import Finding, Rule, Standing, Text
from ds2026kg.validation.shape_rules import WITHOUT_FOCUS, WITHOUT_TARGET
from ds2026kg.validation.silence_rules import (
    SILENCE_REFUSED,
    SILENCE_REPEATED,
    SILENCE_UNKNOWN,
    SILENCE_UNNAMED,
    SILENCE_UNUSED,
    SILENCE_WITHOUT_REASON,
)
from ds2026kg.vault.silences import Silence

ABOUT_SILENCES = (
    SILENCE_UNNAMED,
    SILENCE_UNKNOWN,
    SILENCE_REPEATED,
    SILENCE_REFUSED,
    SILENCE_WITHOUT_REASON,
    SILENCE_UNUSED,
)
_ABOUT_SHAPES = (WITHOUT_FOCUS, WITHOUT_TARGET)  # no note has them, so none can silence them
_NEVER_SILENCED = (*ABOUT_SILENCES, *_ABOUT_SHAPES)
_EXAMPLE = Text("link-broken: the page is to come", "link-broken: la page est à venir")


def silenced(
    findings: Iterable[Finding],
    silences: Iterable[Silence],
    rules: Mapping[str, Rule],
    *,
    all_judged: bool = True,
) -> list[Finding]:
    """`findings` with those silenced that their own notes silence, and what is wrong with silences.

    `rules` are the rules by code, those of validation itself apart, which no note can silence. Where
    only those of them were judged by (`all_judged` is false), a code that is none of them is let be:
    what it silences was not looked for. A rule whose findings mean that something was not read
    cannot be silenced, and of a note that has such a finding it cannot be known whether a silence
    is used.
    """
    heard = list(findings)
    codes = [*rules, *(rule.code for rule in _NEVER_SILENCED)]
    refused = {rule.code for rule in (*rules.values(), *_NEVER_SILENCED) if _is_always_heard(rule)}
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
    return rule.unreadable or rule in _NEVER_SILENCED


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
