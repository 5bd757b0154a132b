"""`ds2026kg serve` before it serves: what is wrong with its arguments, settings and data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import Call

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")


@pytest.mark.parametrize(
    ("arguments", "status", "english", "french"),
    [
        (("--host", "nowhere.invalid"), 2, "this host is not known", "cet hôte n’est pas connu"),
        (("--port", "70000"), 2, "70000", "70000"),
        (("--timeout", "0"), 2, "0", "0"),
        (("missing",), 3, "there is no such file or folder", "ce fichier ou dossier n’existe pas"),
        (("empty",), 3, "no notes", "aucune note"),
    ],
)
def test_what_cannot_be_served_is_told(
    call: Call, arguments: tuple[str, ...], status: int, english: str, french: str
) -> None:
    """Each fault ends the command before it listens, with its status and a sentence."""
    Path("empty").mkdir()
    Path("vault").mkdir()
    for language, sentence in (("en", english), ("fr", french)):
        outcome = call("serve", *arguments, "--lang", language)
        assert (outcome.status, outcome.out) == (status, "")
        assert sentence in outcome.err


def test_without_fork_nothing_is_served(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that lacks what the limits rest on is told so, and nothing is served without them."""
    monkeypatch.delattr(os, "fork")
    outcome = call("serve")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("error: this system cannot serve")


def test_settings_of_the_server_are_checked(call: Call, vault: Path) -> None:
    """A limit that makes no sense is told with its key."""
    (vault / "ds2026kg.toml").write_text("[server]\nmemory = 1\n", encoding="utf-8")
    outcome = call("serve", vault)
    assert outcome.status == 2
    assert "server.memory: this must be at least 16777216" in outcome.err
