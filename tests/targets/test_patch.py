"""Diffs of notes: git takes each of them, and makes the same bytes of the note."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ds2026kg.targets import patch

_LINES = st.lists(
    st.sampled_from([b"a", b"b\r", b"", b"\xc3\xa9 \xf0\x9f\x8e\x89", b"- x", b"\x0c", b"c\rd"]),
    max_size=12,
)
_FILES = st.builds(
    lambda lines, end: b"\n".join(lines) + end, _LINES, st.sampled_from([b"", b"\n"])
)


def applied(folder: Path, path: str, before: bytes, after: bytes) -> bytes:
    """What git makes of the note with the diff."""
    note = folder / path
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_bytes(before)
    subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"],
        input=patch(path, before, after),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return note.read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "a.md",
        "Mission 3.1.md",
        "dossier é/Été (x).md",
        "数据 🎉.md",
        'a"b.md',
        "a\tb.md",
        "a\\b.md",
    ],
)
def test_git_finds_the_note_whatever_its_name(tmp_path: Path, path: str) -> None:
    """Blanks, accents, quotes and tabs in a name lead git to the note."""
    assert applied(tmp_path, path, b"x\ny\n", b"x\nz\n") == b"x\nz\n"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_FILES.filter(bool), after=_FILES.filter(bool))
def test_git_makes_the_same_of_the_note(tmp_path: Path, before: bytes, after: bytes) -> None:
    """CR, CRLF, form feeds and a missing line end come out as they went in."""
    if before != after:
        assert applied(tmp_path, "a.md", before, after) == after


def test_no_change_has_no_diff() -> None:
    """A note that stays as it is has an empty diff."""
    assert patch("a.md", b"x", b"x") == b""
