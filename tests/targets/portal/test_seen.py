"""The record as it was last seen, kept beside the build."""

from __future__ import annotations

from pathlib import Path

import pytest

from ds2026kg.errors import OutputError
from ds2026kg.targets.portal import read_seen, write_seen

URL = "https://portal.example.org"


def test_what_was_seen_is_read_again(tmp_path: Path) -> None:
    """Of the same record of the same portal alone."""
    file = tmp_path / "seen.json"
    assert read_seen(file, URL, "7") is None
    write_seen(file, URL, "7", {"id": "7", "title": "é"})
    assert read_seen(file, URL, "7") == {"id": "7", "title": "é"}
    assert read_seen(file, URL, "8") is None
    assert read_seen(file, "https://other.example.org", "7") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"portal": 1}'])
def test_a_file_that_says_nothing_is_as_none(tmp_path: Path, text: str) -> None:
    """Nobody is kept from publishing by it."""
    (tmp_path / "seen.json").write_text(text, encoding="utf-8")
    assert read_seen(tmp_path / "seen.json", URL, "7") is None


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A run that could not remember must not look as if it had."""
    with pytest.raises(OutputError):
        write_seen(tmp_path / "nowhere" / "seen.json", URL, "7", None)
