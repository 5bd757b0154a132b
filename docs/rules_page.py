"""Writes the page of every rule, from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ds2026kg.findings import Rule, Text
from ds2026kg.resources import resource_folder
from ds2026kg.validation.catalogue import rules_of_meaning, rules_of_reading
from ds2026kg.validation.shapes import load_shapes
from ds2026kg.validation.silence import ABOUT_SILENCES

_HEAD = """# The rules / Les règles

Everything that `ds2026kg validate` can find, in both languages. This page is made from the code and
from `shapes/` by `make docs`. A finding's code never changes its meaning; words in braces are filled
with what was found.

Tout ce que `ds2026kg validate` peut constater, dans les deux langues. Cette page est tirée du code et
de `shapes/` par `make docs`. Le sens d’un code ne change jamais; les mots entre accolades sont
remplacés par ce qui a été trouvé.
"""
_SECTIONS = (
    Text("Reading a note", "Lecture d’une note"),
    Text("What notes mean", "Sens des notes"),
    Text("The graph, judged with SHACL", "Le graphe, vérifié avec SHACL"),
    Text("What notes silence", "Ce que les notes taisent"),
)


def rules_page() -> str:
    """The page in Markdown."""
    shapes = load_shapes(sorted(resource_folder("shapes").glob("*.ttl")))
    told = (rule for rule in shapes.rules.values() if rule.message.en)
    groups = (rules_of_reading(), rules_of_meaning(), told, ABOUT_SILENCES)
    parts = [_HEAD]
    for title, rules in zip(_SECTIONS, groups, strict=True):
        parts.append(f"\n## {title.en} / {title.fr}\n\n{_table(rules)}")
    return "".join(parts)


def _table(rules: Iterable[Rule]) -> str:
    lines = ["| code | severity / gravité | English | Français |", "|---|---|---|---|"]
    lines += [_row(rule) for rule in sorted(rules, key=lambda rule: rule.code)]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    label = rule.severity.label
    severity = " / ".join(dict.fromkeys(label))
    if rule.unreadable:
        severity += "; status 3 / code 3"
    english = _cell(f"{rule.message.en} {rule.remedy.en}")
    french = _cell(f"{rule.message.fr} {rule.remedy.fr}")
    return f"| `{rule.code}` | {severity} | {english} | {french} |"


def _cell(text: str) -> str:
    """Text for a cell; outside of code, what Markdown would take as markup is escaped."""
    pieces = re.split(r"(`[^`]*`)", text.strip())
    escaped = (
        piece if piece.startswith("`") else re.sub(r"([\\|<>*_])", r"\\\1", piece)
        for piece in pieces
    )
    return "".join(escaped)
