"""The page of the shapes: each rule with what it is about, what it demands, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from ds2026kg.findings import RULES, Language, Severity, Text
from ds2026kg.pages.kind import Content, Crumb, Kind, Visit, alone
from ds2026kg.pages.ontology import PATH as ONTOLOGY_PATH
from ds2026kg.pages.shape_words import CONSTRAINTS, PROFILES, WORDS
from ds2026kg.pages.terms import (
    ONTOLOGY,
    SHAPES,
    called,
    files,
    listed,
    local_name,
    path_text,
    seen,
)
from ds2026kg.pages.view import Node, Said, Term, View, term

PATH: Final = "shapes"
FORMS: Final = ("ttl", "jsonld", "nt", "rdf")

_LISTS: Final = frozenset({"sh:in", "sh:languageIn", "sh:ignoredProperties"})
_ALTERNATIVES: Final = frozenset({"sh:or", "sh:xone", "sh:and"})
_SEVERITIES: Final = {
    term("sh:Violation"): Severity.VIOLATION,
    term("sh:Warning"): Severity.WARNING,
    term("sh:Info"): Severity.INFO,
}
_DEEPEST: Final = 8  # a shape that holds itself is recursive (SHACL §3.4.3); stop somewhere


class Constraint(NamedTuple):
    """A constraint in words: its name, with values, a text in code, or groups of further constraints."""

    name: str
    values: tuple[Term, ...] = ()
    code: str = ""
    groups: tuple[tuple[Constraint, ...], ...] = ()


class Entry(NamedTuple):
    """A shape as its entry shows it; `anchor` is the `id` that its IRI opens at."""

    node: NamedNode
    anchor: str
    label: Said
    comment: Said | None
    message: Said | None
    severity: str
    targets: tuple[Term, ...]
    within: tuple[NamedNode, ...]
    constraints: tuple[Constraint, ...]
    rule: str


class Profile(NamedTuple):
    """A file of shapes, under what it is about."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


def _content(visit: Visit) -> Content:
    language = visit.view.language
    shapes = seen(language)
    title = shapes.label(SHAPES)
    return Content(
        title=title,
        summary=WORDS["summary"].in_language(language),
        values={
            "profiles": tuple(_profiles(shapes)),
            "called": partial(called, shapes),
        },
        structured={"@type": "DefinedTermSet", "@id": SHAPES.value, "name": title.text},
        forms=FORMS,
        trail=(Crumb(called(shapes, ONTOLOGY), ONTOLOGY_PATH),),
    )


def _profiles(shapes: View) -> Iterator[Profile]:
    by_name = {file.name: file.shapes for file in files()}
    for name in (*PROFILES, *sorted(by_name.keys() - PROFILES.keys())):
        said = PROFILES.get(name, Text(name, name)).in_language(shapes.language)
        yield Profile(
            f"profile-{name}", said, tuple(_entry(shapes, node) for node in by_name[name])
        )


def _entry(shapes: View, node: NamedNode) -> Entry:
    anchor = local_name(node.value)
    message = shapes.text(node, term("sh:message"))
    severity = next(iter(shapes.values(node, term("sh:severity"))), None)
    return Entry(
        node,
        anchor,
        label=called(shapes, node),
        comment=shapes.text(node, term("rdfs:comment")),
        message=message,
        severity=_severity(severity, shapes.language) if message else "",
        targets=tuple(shapes.values(node, term("sh:targetClass"))),
        within=tuple(shapes.subjects(term("sh:property"), node)),
        constraints=constraints(shapes, node),
        rule=f"{RULES}{anchor}" if message else "",
    )


def _severity(node: Term | None, language: Language) -> str:
    """The word for a severity; a shape that gives none finds violations (SHACL §2.1.4)."""
    found = next((each for iri, each in _SEVERITIES.items() if iri == node), Severity.VIOLATION)
    return found.label.in_language(language)


def constraints(shapes: View, node: Node, depth: int = 0) -> tuple[Constraint, ...]:
    """What the shape `node` demands, in words, as far as `CONSTRAINTS` has a name for it."""
    told = []
    for key, text in CONSTRAINTS.items() if depth < _DEEPEST else ():
        values = shapes.values(node, term(key))
        if values:
            told.append(_constraint(shapes, key, text.in_language(shapes.language), values, depth))
    return tuple(told)


def _constraint(shapes: View, key: str, name: str, values: list[Term], depth: int) -> Constraint:
    if key == "sh:path":
        plain = [value for value in values if isinstance(value, NamedNode)]
        code = "" if plain else path_text(shapes, values[0])
        return Constraint(name, tuple(plain), code)
    if key == "sh:pattern":
        return Constraint(name, code=" ".join(_lexical(value) for value in values))
    if key == "sh:sparql":
        return Constraint(name, code="\n".join(_select(shapes, value) for value in values))
    if key in _LISTS:
        members = [member for value in values for member in listed(shapes, value)]
        return Constraint(name, tuple(members))
    if key in _ALTERNATIVES:
        values = [member for value in values for member in listed(shapes, value)]
    if all(_true(value) for value in values):
        return Constraint(name)
    nested = [value for value in values if isinstance(value, BlankNode)]
    return Constraint(
        name,
        tuple(value for value in values if not isinstance(value, BlankNode)),
        groups=tuple(constraints(shapes, value, depth + 1) for value in nested),
    )


def _lexical(value: Term) -> str:
    return value.value if isinstance(value, Literal) else str(value)


def _true(value: Term) -> bool:
    return isinstance(value, Literal) and value.value == "true"


def _select(shapes: View, node: Term) -> str:
    """The query of a SPARQL-based constraint (SHACL §5.2), without the margin that it has in its file."""
    if not isinstance(node, (NamedNode, BlankNode)):
        return ""
    said = shapes.text(node, term("sh:select"))
    lines = said.text.strip("\n").splitlines() if said else []
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines).strip()


PAGE = Kind(PATH, "shapes.html", _content, alone(PATH), None, WORDS)
