"""Writes the page of every rule, from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import ModuleType

from ds2026kg.findings import Rule, Text
from ds2026kg.resources import resource_folder
from ds2026kg.strategy import rules as meaning
from ds2026kg.validation import idle
from ds2026kg.validation.shapes import load_shapes
from ds2026kg.vault import canvas_rules, exclusions
from ds2026kg.vault import rules as reading

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
)


def rules_page() -> str:
    """The page in Markdown."""
    shapes = load_shapes(sorted(resource_folder("shapes").glob("*.ttl")))
    told = [rule for rule in shapes.rules.values() if rule.message.en] + _rules_in(idle)
    about_files = [rule for room in (reading, canvas_rules, exclusions) for rule in _rules_in(room)]
    groups = (about_files, _rules_in(meaning), told)
    parts = [_HEAD]
    for title, rules in zip(_SECTIONS, groups, strict=True):
        parts.append(f"\n## {title.en} / {title.fr}\n\n{_table(rules)}")
    return "".join(parts)


def _rules_in(module: ModuleType) -> list[Rule]:
    return [value for value in vars(module).values() if isinstance(value, Rule)]


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
