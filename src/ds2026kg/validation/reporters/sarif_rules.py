"""The rules of a SARIF report (SARIF §3.49): what each means, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Formatter
from typing import Any

from ds2026kg.findings import Finding, Language, Rule, Severity
from ds2026kg.validation.reporters.wording import first_sentence

LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_NAMES: dict[Language, str] = {"en": "English", "fr": "Français"}


def rules_of(findings: Iterable[Finding]) -> dict[str, Rule]:
    """The rules that `findings` break, by code and in its order.

    A shape may have several messages under its one code; then the first found stands for it.
    """
    rules: dict[str, Rule] = {}
    for finding in findings:
        rules.setdefault(finding.rule.code, finding.rule)
    return dict(sorted(rules.items()))


def descriptor(rule: Rule, language: Language) -> dict[str, Any]:
    """A rule as a reportingDescriptor, its texts in `language` and its help in both.

    >>> from ds2026kg.findings import Text
    >>> rule = Rule("link-broken", Severity.WARNING, Text("No “{x}”.", ""), Text("", ""))
    >>> told = descriptor(rule, "en")
    >>> told["name"], told["shortDescription"]
    ('LinkBroken', {'text': 'No “…”.'})
    """
    message = _general(rule.message.in_language(language))
    told = {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in re.split(r"[^0-9A-Za-z]+", rule.code)),
        "shortDescription": {"text": first_sentence(message)},
        "fullDescription": {"text": _whole(rule, language)},
        "help": {
            "text": f"{_whole(rule, language)}\n\n{rule.page}",
            "markdown": _markdown(rule, language),
        },
        "helpUri": rule.page,
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }
    if rule.iri is not None:
        told["properties"] = {"iri": rule.iri}
    return told


def _whole(rule: Rule, language: Language) -> str:
    """What is wrong, why that matters and how to mend it, of no finding in particular."""
    texts = (each.in_language(language) for each in (rule.message, rule.why, rule.remedy))
    return " ".join(_general(text) for text in texts if text)


def _general(text: str) -> str:
    """`text` with an ellipsis for each of its placeholders."""
    parts = Formatter().parse(text)
    return "".join(words + ("…" if name is not None else "") for words, name, _, _ in parts)


def _markdown(rule: Rule, language: Language) -> str:
    """Both languages, that of the user first, and the rule's entry in the documents."""
    order: tuple[Language, Language] = ("fr", "en") if language == "fr" else ("en", "fr")
    told = [f"**{_NAMES[each]}**\n\n{_escaped(_whole(rule, each))}" for each in order]
    return "\n\n".join([*told, f"[{rule.code}]({rule.page})"])


def _escaped(text: str) -> str:
    """Text in which Markdown sees no markup, but for code in backticks."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(
        piece if piece.startswith("`") else re.sub(r"([\\|<>*_#\[\]])", r"\\\1", piece)
        for piece in pieces
    )
