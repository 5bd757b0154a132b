"""Shapes files as rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Rule, Severity, Text
from ds2026kg.validation.shapes import Shapes, load_shapes

DSH = "https://w3id.org/ds2026/shapes#"
PROJECT = Path(__file__).parents[2]

LEAD = """
dsh:Commitment sh:targetClass ds:Commitment ; sh:property dsh:lead-missing .
dsh:lead-missing sh:path ds:ledBy ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "No lead {so far}."@en , "Aucun responsable {à ce jour}."@fr ;
    dsh:remedy "Name one."@en , "Nommez-en un."@fr .
"""


def test_a_named_shape_is_a_rule(shapes_of: Callable[[str], Shapes]) -> None:
    """A shape's local name, severity and messages make a rule; braces in it stay braces."""
    rule = shapes_of(LEAD).rules[f"{DSH}lead-missing"]
    assert rule == Rule(
        code="lead-missing",
        severity=Severity.WARNING,
        message=Text("No lead {{so far}}.", "Aucun responsable {{à ce jour}}."),
        remedy=Text("Name one.", "Nommez-en un."),
        iri=f"{DSH}lead-missing",
    )


def test_every_named_shape_is_listed(shapes_of: Callable[[str], Shapes]) -> None:
    """Node shapes, property shapes and the parts of shapes are rules if they have an IRI."""
    text = LEAD + "dsh:part sh:node dsh:whole . dsh:whole sh:nodeKind sh:IRI . [] a sh:NodeShape ."
    assert [rule.code for rule in shapes_of(text).rules.values()] == [
        "Commitment",
        "lead-missing",
        "whole",
    ]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ('"One"@en , "Un"@fr', Text("One", "Un")),
        ('"One"@en-CA , "Un"@fr-CA', Text("One", "Un")),
        ('"One"', Text("One", "One")),
        ('"Un"@fr', Text("Un", "Un")),
        ('"Uno"@es', Text("Uno", "Uno")),
        ('"A"@en , "B"@en , "Un"@fr', Text("A B", "Un")),
        ('"{$this} {?value} {$path}"', Text(*["{this} {value} {path}"] * 2)),
        ('"{other} {$1} {} {?}"', Text(*["{{other}} {{$1}} {{}} {{?}}"] * 2)),
    ],
)
def test_messages_are_read_in_both_languages(
    shapes_of: Callable[[str], Shapes], messages: str, expected: Text
) -> None:
    """A language that is missing is filled from the other; SHACL's placeholders become ours."""
    rules = shapes_of(f"dsh:x a sh:NodeShape ; sh:message {messages} .").rules
    assert rules[f"{DSH}x"].message == expected


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    """Shapes that are not Turtle end in an error that tells the file, the line and the reason."""
    file = tmp_path / "broken.ttl"
    file.write_text("@prefix a: <http://a/> .\na:b a:c\na:d a:e .\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_shapes([file])
    assert caught.value.place == f"{file}:3"
    assert caught.value.message.fr.startswith(
        "ces formes SHACL ne peuvent pas servir\u00a0: Parser error at line 3 "
    )


@pytest.mark.parametrize("content", [None, b'<http://a/> <http://b/> "\xff" .'])
def test_an_unreadable_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    """Shapes that are missing or not UTF-8 end in an error that tells the file."""
    file = tmp_path / "absent.ttl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        load_shapes([file])
    assert caught.value.place.split(":")[0] == str(file)


def test_imports_are_not_followed(shapes_of: Callable[[str], Shapes]) -> None:
    """An owl:imports of another document is a statement like any other: nothing is fetched."""
    text = "<> <http://www.w3.org/2002/07/owl#imports> <http://localhost:9/other.ttl> ."
    assert shapes_of(text).rules == {}


def test_the_projects_own_shapes_speak_both_languages() -> None:
    """Every rule of ours that can be broken has its message in English and in French."""
    shapes = load_shapes(sorted((PROJECT / "shapes").glob("*.ttl")))
    told = {code for code, rule in shapes.rules.items() if "{component}" not in rule.message.en}
    one_language = {code for code in told if len(set(shapes.rules[code].message)) == 1}
    assert told
    assert one_language == set()
