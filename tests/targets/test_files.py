"""Single files: all of them whole, or none at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ds2026kg.errors import OutputError
from ds2026kg.findings import Text
from ds2026kg.targets import write_files


def files(folder: Path) -> dict[str, str]:
    """Every file below `folder` with its text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_in_several_folders_are_written_and_replaced(tmp_path: Path) -> None:
    """New files appear, old ones are replaced, and nothing else is left behind."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("old", encoding="utf-8")
    write_files({tmp_path / "former": "one é", tmp_path / "sub" / "b.txt": "two"})
    assert files(tmp_path) == {"former": "one é", "sub/b.txt": "two"}


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    """A file that only its owner may read stays so."""
    (tmp_path / "a").touch(0o600)
    write_files({tmp_path / "a": "new"})
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    """What is written through a symbolic link ends up in the file that it leads to."""
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("a.txt")
    write_files({tmp_path / "link": "new"})
    link = tmp_path / "link"
    assert (link.readlink(), files(tmp_path)["a.txt"]) == (Path("a.txt"), "new")


def _folder(place: Path) -> Path:
    place.mkdir()
    return place


def _pipe(place: Path) -> Path:
    os.mkfifo(place)
    return place


def _below_file(place: Path) -> Path:
    place.touch()
    return place / "report"


@pytest.mark.parametrize(
    ("prepare", "named", "message"),
    [
        (_folder, "x", "a folder stands in the place of this file"),
        (_pipe, "x", "this cannot be written: not a file"),
        (_below_file, "x", "this is not a folder"),
        (lambda place: place / "report", "x/report", "its folder is not there"),
    ],
    ids=["folder", "pipe", "below a file", "no folder"],
)
def test_one_that_cannot_be_written_keeps_all_from_changing(
    tmp_path: Path, prepare: Callable[[Path], Path], named: str, message: str
) -> None:
    """The place at fault is named, and the files before it stay as they were."""
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    bad = prepare(tmp_path / "x")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError) as caught:
        write_files({tmp_path / "a.txt": "new", bad: "new"})
    assert (caught.value.place, caught.value.message.en) == (str(tmp_path / named), message)
    assert (tmp_path / "a.txt").read_text("utf-8") == "old"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the second file finds no room, the first is not there either."""
    left = iter(range(1))

    def fill_up(_descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill_up)
    with pytest.raises(OutputError) as caught:
        write_files({tmp_path / "a": "1", tmp_path / "b": "2"})
    assert (caught.value.place, caught.value.message) == (
        str(tmp_path / "b"),
        Text("the disk is full", "le disque est plein"),
    )
    assert list(tmp_path.iterdir()) == []


def test_a_move_that_fails_is_undone_in_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the last file cannot be moved into place, those of other folders are moved back."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text("old", encoding="utf-8")
    moved = Path.replace

    def fail(source: Path, target: Path) -> Path:
        if target.parent.name == "two" and "next" in source.parts:
            raise OSError(5, "Input/output error", str(target))
        return moved(source, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError) as caught:
        write_files({tmp_path / "one" / "a": "new", tmp_path / "two" / "a": "new"})
    assert caught.value.place == str(tmp_path / "two" / "a")
    assert files(tmp_path) == {"one/a": "old", "two/a": "old"}
