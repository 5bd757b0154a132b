"""Notes written anew: whole or not at all, with their permissions, and never another's change."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from ds2026kg.errors import OutputError
from ds2026kg.targets import replace_note


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_a_note_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    """The new bytes are there, the mode is the old one, and nothing lies beside the note."""
    note = tmp_path / "a b.md"
    note.write_bytes(b"old")
    note.chmod(mode)
    assert replace_note(tmp_path, "a b.md", b"old", b"new")
    assert note.read_bytes() == b"new"
    assert stat.S_IMODE(note.stat().st_mode) == mode
    assert names(tmp_path) == ["a b.md"]


def test_a_note_that_has_changed_is_left_alone(tmp_path: Path) -> None:
    """What was written since the note was read is not lost."""
    (tmp_path / "a.md").write_bytes(b"newer")
    assert not replace_note(tmp_path, "a.md", b"old", b"new")
    assert not replace_note(tmp_path, "gone.md", b"old", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"newer"
    assert names(tmp_path) == ["a.md"]


def test_symbolic_links_are_left_alone(tmp_path: Path) -> None:
    """Neither a note nor a folder that has become a symbolic link is written through."""
    vault, outside = tmp_path / "vault", tmp_path / "outside"
    for folder in (vault, outside):
        folder.mkdir()
    (outside / "a.md").write_bytes(b"old")
    (vault / "a.md").symlink_to(outside / "a.md")
    (vault / "folder").symlink_to(outside)
    assert not replace_note(vault, "a.md", b"old", b"new")
    assert not replace_note(vault, "folder/a.md", b"old", b"new")
    assert (outside / "a.md").read_bytes() == b"old"
    assert (vault / "a.md").is_symlink()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "writing is not allowed here"),
        (errno.EIO, "this cannot be written: "),
    ],
)
def test_a_note_that_cannot_be_written_is_named_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    """Where writing fails, the error names the note, and the note is as it was."""

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "a.md").write_bytes(b"old")
    monkeypatch.setattr("ds2026kg.targets.notes.os.fsync", fail)
    with pytest.raises(OutputError) as caught:
        replace_note(tmp_path, "a.md", b"old", b"new")
    assert caught.value.place == str(tmp_path / "a.md")
    assert caught.value.message.en.startswith(said)
    assert (tmp_path / "a.md").read_bytes() == b"old"
    assert names(tmp_path) == ["a.md"]
