"""The examples of the rules' pages are lines of the fixtures, and show what differs."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def examples(root: Path) -> ModuleType:
    """The module that cuts examples."""
    spec = importlib.util.spec_from_file_location("examples", root / "docs" / "examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_an_example_shows_the_lines_that_differ(examples: ModuleType) -> None:
    """Of each side, the line at fault, those beside it that say something, and where more lies."""
    shown = examples.example("link-broken")
    assert shown.notes
    assert [tuple(each) for each in (*shown.bad, *shown.good)] == [
        ("Data strategy.md", "markdown", ("…", "See the [[Glosary]].")),
        ("Data strategy.md", "markdown", ("…", "See the [[Glossary]].")),
    ]


def test_what_git_cannot_hold_is_listed(examples: ModuleType) -> None:
    """A symbolic link is shown as a listing shows it."""
    bad = examples.example("link-leaves-vault").bad
    assert [tuple(each) for each in bad] == [("Plan.md", "text", ("Plan.md -> ../Plan.md",))]


def test_a_file_that_one_side_lacks_is_said_to_be_missing(examples: ModuleType) -> None:
    """It has no lines there, and on the other side it is shown from its top."""
    shown = examples.example("strategy-several")
    assert [(each.file, each.lines[:2]) for each in shown.good] == [("Digital ambition.md", ())]
    assert ("Digital ambition.md", ("---", "id: strategy/ambition")) in [
        (each.file, each.lines[:2]) for each in shown.bad
    ]


def test_what_no_note_can_break_is_shown_in_the_graph(examples: ModuleType) -> None:
    """The lines come with the subject that they belong to, and without the file's comment."""
    shown = examples.example("actor-type-differs")
    assert not shown.notes
    assert [each.lines[1] for each in (*shown.bad, *shown.good)] == [
        "<actor/tbs> a ds:Actor ;",
        "<actor/tbs> a ds:Actor , org:FormalOrganization ;",
    ]


def test_a_rule_without_fixtures_is_named(examples: ModuleType) -> None:
    """Whoever adds a rule is told what its entry lacks."""
    with pytest.raises(FileNotFoundError, match="no-such-rule has no fixtures"):
        examples.example("no-such-rule")
