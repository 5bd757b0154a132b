"""One file, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ds2026kg.errors import OutputError
from ds2026kg.targets import write_file


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    """Nothing but the file is left, in UTF-8 and with the line ends given."""
    write_file(tmp_path / "a.txt", "one\n")
    write_file(tmp_path / "a.txt", "é\r\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.txt": "é\r\n".encode()
    }


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_modes_are_as_any_program_leaves_them(tmp_path: Path) -> None:
    """A new file has what the mask leaves; one that was there keeps its own."""
    file, plain = tmp_path / "a", tmp_path / "b"
    plain.touch()
    write_file(file, "")
    fresh = file.stat().st_mode
    file.chmod(0o640)
    write_file(file, "x")
    assert (fresh, file.stat().st_mode & 0o777) == (plain.stat().st_mode, 0o640)


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    """The file that it leads to is written."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real" / "a")
    write_file(tmp_path / "link", "x")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "real" / "a").read_text()) == (True, "x")


@pytest.mark.parametrize("name", ["missing/a", "folder"])
def test_what_cannot_be_written_is_an_error(tmp_path: Path, name: str) -> None:
    """It names the file, and leaves nothing behind."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="cannot be written") as raised:
        write_file(tmp_path / name, "x")
    assert raised.value.place == str(tmp_path / name)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old words stay, and nothing is left beside them."""

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_file(tmp_path / "a", "new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}
