"""Writes the pages of every rule, one in each language, from the rules and their fixtures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from examples import Excerpt, example
from rdflib import SH, URIRef

from ds2026kg import publication_rules
from ds2026kg.findings import Language, Rule, Text
from ds2026kg.pages.shape_words import PROFILES
from ds2026kg.resources import resource_folder
from ds2026kg.strategy import role_rules
from ds2026kg.strategy import rules as meaning
from ds2026kg.validation import shape_rules, silence_rules
from ds2026kg.validation.catalogue import (
    OF_MEANING,
    OF_PUBLICATION,
    OF_READING,
    OF_VALIDATION,
    declared_in,
)
from ds2026kg.validation.shapes import load_shapes
from ds2026kg.vault import canvas_rules, exclusion_rules, link_rules
from ds2026kg.vault import rules as reading

PAGES = Text("rules.md", "regles.md")

_HEAD = Text(
    """# The rules

[Français](regles.md)

Everything that `ds2026kg validate` and `build` can find: what it says, why that matters, a bad
example and a good one. A rule’s code never changes its meaning. In the messages, words in braces
are filled with what was found; in the examples, … stands for what was left out.

This page is made from the code, from [shapes/](../shapes/) and from the
[notes](../tests/fixtures/rules/) on which the tests try each rule. `make docs` makes it again.
""",
    """# Les règles

[English](rules.md)

Tout ce que `ds2026kg validate` et `build` peuvent constater\u00a0: ce qu’ils en disent, pourquoi
c’est important, un mauvais exemple et un bon. Le sens d’un code ne change jamais. Dans les messages,
les mots entre accolades sont remplacés par ce qui a été trouvé; dans les exemples, … remplace ce qui
a été omis.

Cette page est tirée du code, de [shapes/](../shapes/) et des [notes](../tests/fixtures/rules/) sur
lesquelles les tests essaient chaque règle. `make docs` la refait.
""",
)
_TITLES = {
    reading: Text("Notes and properties", "Notes et propriétés"),
    link_rules: Text("Links", "Liens"),
    canvas_rules: Text("Canvases", "Canevas"),
    exclusion_rules: Text("What is not a note", "Ce qui n’est pas une note"),
    meaning: Text("What notes mean", "Sens des notes"),
    role_rules: Text("Who leads and who supports", "Responsables et appuis"),
    silence_rules: Text("What notes silence", "Ce que les notes taisent"),
    shape_rules: Text("Shapes that judge nothing", "Formes qui ne vérifient rien"),
    publication_rules: Text(
        "What a build tells of the settings", "Ce qu’une publication dit des réglages"
    ),
}
_CONTENTS = Text("Contents", "Table des matières")
_UNREADABLE = Text(
    "The command ends with status 3, whatever `--fail-on` says.",
    "La commande se termine avec le code 3, quoi que dise `--fail-on`.",
)
_MENDABLE = Text(
    "[`validate --fix`](validation.md#fixing) mends it, where that is safe.",
    "[`validate --fix`](validation.md#fixing) la corrige là où c’est sans risque.",
)
_WHY = Text("Why", "Pourquoi\u00a0")
_BAD = Text("Bad example", "Mauvais exemple")
_GOOD = Text("Good example", "Bon exemple")
_IN = Text("{title}, in `{file}`:", "{title}, dans `{file}`\u00a0:")
_WITHOUT = Text("{title}: without `{file}`.", "{title}\u00a0: sans `{file}`.")
_IN_GRAPH = Text("{title}, in the graph:", "{title}, dans le graphe\u00a0:")
_GUARDS = Text(
    "No note can lead to this: the rule guards the program that makes the graph, and whoever judges "
    "another graph with these shapes.",
    "Aucune note ne peut y mener\u00a0: la règle surveille le programme qui fait le graphe, et sert "
    "à qui vérifie un autre graphe avec ces formes.",
)


class _Group(NamedTuple):
    """Rules that belong together on the page."""

    title: Text
    rules: list[Rule]


def rules_page(language: Language) -> str:
    """The page in Markdown, in one of the two languages."""
    groups = list(_groups())
    parts = [_HEAD.in_language(language), f"\n## {_CONTENTS.in_language(language)}\n\n"]
    parts += [_contents(group, language) for group in groups]
    for group in groups:
        parts.append(f"\n## {group.title.in_language(language)}\n")
        parts += chain.from_iterable(_entry(rule, language) for rule in group.rules)
    return "".join(parts)


def _groups() -> Iterator[_Group]:
    for module in (*OF_READING, *OF_MEANING, *OF_VALIDATION, *OF_PUBLICATION):
        yield _Group(_TITLES[module], declared_in(module))
    files = {file.stem: file for file in resource_folder("shapes").glob("*.ttl")}
    for name in (*PROFILES, *sorted(set(files) - set(PROFILES))):
        shapes = load_shapes([files[name]])
        told = [
            rule
            for iri, rule in shapes.rules.items()
            if (URIRef(iri), SH.message, None) in shapes.graph
        ]
        yield _Group(PROFILES[name], sorted(told, key=lambda rule: rule.code))


def _contents(group: _Group, language: Language) -> str:
    title = group.title.in_language(language)
    links = " · ".join(f"[{rule.code}](#{rule.code})" for rule in group.rules)
    colon = "\u00a0:" if language == "fr" else ":"
    return f"- [{title}](#{_anchor(title)}){colon} {links}\n"


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")


def _entry(rule: Rule, language: Language) -> Iterator[str]:
    severity = rule.severity.label.in_language(language).capitalize()
    other, page = ("English", PAGES.en) if language == "fr" else ("Français", PAGES.fr)
    notices = ((_UNREADABLE, rule.unreadable), (_MENDABLE, rule.mendable))
    status = "".join(f" {text.in_language(language)}" for text, applies in notices if applies)
    yield f"\n### `{rule.code}`\n\n"
    yield f"**{severity}.**{status} [{other}]({page}#{rule.code})\n\n"
    message, remedy = (text.in_language(language) for text in (rule.message, rule.remedy))
    yield f"{_escaped(f'{message} {remedy}')}\n\n"
    yield f"*{_WHY.in_language(language)}:* {_escaped(rule.why.in_language(language))}\n"
    shown = example(rule.code)
    if not shown.notes:
        yield f"\n{_GUARDS.in_language(language)}\n"
    for title, excerpts in ((_BAD, shown.bad), (_GOOD, shown.good)):
        for excerpt in excerpts:
            yield _shown(title, excerpt, language)


def _shown(title: Text, excerpt: Excerpt, language: Language) -> str:
    """One excerpt under its caption; of a file that is not there, only that it is not."""
    if not excerpt.lines:
        return f"\n{_WITHOUT.in_language(language, title=title, file=excerpt.file)}\n"
    caption = (_IN if excerpt.file else _IN_GRAPH).in_language(
        language, title=title, file=excerpt.file
    )
    text = "\n".join(excerpt.lines)
    return f"\n{caption}\n\n```{excerpt.language}\n{text}\n```\n"


def _escaped(text: str) -> str:
    """Text in which, outside of code, what Markdown would take as markup is escaped."""
    pieces = re.split(r"(`[^`]*`)", text.strip())
    return "".join(
        piece if piece.startswith("`") else re.sub(r"([\\|<>*_])", r"\\\1", piece)
        for piece in pieces
    )
