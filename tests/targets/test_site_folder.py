"""A site beside a build: files in folders, all or none, and nothing touched that is not its own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ds2026kg.errors import OutputError
from ds2026kg.targets import Artefact, Entry, write_folder
from ds2026kg.targets.folder import Site

DATA = Artefact("data.nt", "application/n-triples", ("data",))


def site_of(files: Mapping[str, str]) -> Site:
    """A site of these files."""
    return lambda _written: ((name, text.encode()) for name, text in files.items())


def contents(folder: Path) -> dict[str, str | None]:
    """Everything below `folder` but the manifests: files with their text, folders with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") if path.is_file() else None
        for path in sorted(folder.rglob("*"))
        if path.name not in ("manifest.json", "site.sha256")
    }


def test_the_files_of_a_site_are_listed_and_counted(tmp_path: Path) -> None:
    """The list has each file with its sum, and the manifest has the list with its own."""
    told = write_folder(tmp_path, [DATA], {}, site_of({"a.html": "é", "doc/x/b.html": "b"}))
    listed = "".join(
        f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n"
        for name, text in (("a.html", "é"), ("doc/x/b.html", "b"))
    )
    assert (tmp_path / "site.sha256").read_text("utf-8") == listed
    assert told["site"] == {"files": 2, "list": "site.sha256"}
    assert told["files"][1:] == [
        {
            "name": "site.sha256",
            "mediaType": "text/plain",
            "bytes": len(listed),
            "sha256": hashlib.sha256(listed.encode()).hexdigest(),
        }
    ]
    assert contents(tmp_path) == {
        "a.html": "é",
        "data.nt": "data",
        "doc": None,
        "doc/x": None,
        "doc/x/b.html": "b",
    }


def test_a_site_knows_what_it_lies_beside(tmp_path: Path) -> None:
    """The files of the data set come first, and the site is made with their sizes and sums."""
    seen: list[Entry] = []

    def site(written: tuple[Entry, ...]) -> Iterator[tuple[str, bytes]]:
        seen.extend(written)
        yield "a.html", b""

    write_folder(tmp_path, [DATA], {}, site)  # type: ignore[arg-type]
    digest = hashlib.sha256(b"data").hexdigest()
    assert seen == [{"name": "data.nt", "mediaType": DATA.media_type, "bytes": 4, "sha256": digest}]


def test_one_page_is_held_at_a_time(tmp_path: Path) -> None:
    """Each page is on the disk before the next is made."""
    staged: list[int] = []

    def site(_written: object) -> Iterator[tuple[str, bytes]]:
        for number in range(4):
            staged.append(sum(path.is_file() for path in tmp_path.rglob("*.html")))
            yield f"{number}.html", b"page"

    write_folder(tmp_path, [], {}, site)
    assert staged == [0, 1, 2, 3]


def test_what_a_later_site_lacks_goes_with_its_folders(tmp_path: Path) -> None:
    """Pages that are gone are removed, and folders with nothing else in them; all else stays."""
    before = {"doc/a/x.html": "1", "doc/b/y.html": "1", "doc/c/d/z.html": "1", "old.html": "1"}
    write_folder(tmp_path, [], {}, site_of(before))
    (tmp_path / "doc" / "b" / "mine").write_text("mine", encoding="utf-8")
    write_folder(tmp_path, [], {}, site_of({"doc/a/x.html": "2"}))
    assert contents(tmp_path) == {
        "doc": None,
        "doc/a": None,
        "doc/a/x.html": "2",
        "doc/b": None,
        "doc/b/mine": "mine",
    }


def test_a_build_without_a_site_removes_the_former_one(tmp_path: Path) -> None:
    """No page stays that tells of data that are gone."""
    write_folder(tmp_path, [DATA], {}, site_of({"a.html": "1", "doc/x/b.html": "1"}))
    told = write_folder(tmp_path, [DATA], {})
    assert contents(tmp_path) == {"data.nt": "data"}
    assert "site" not in told
    assert not (tmp_path / "site.sha256").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "doc/../../outside",
        "doc/../doc/mine",
        "./doc/mine",
        "doc//mine",
        "/etc/hostname",
        "doc",
        "doc/",
        ".git/config",
        "doc/.hidden",
        "linked/outside",
        "a\0b",
        "x" * 300,
    ],
)
def test_a_hostile_list_is_harmless(tmp_path: Path, name: str) -> None:
    """Whatever a list names, only plain files inside the folder can be removed by it."""
    dist = tmp_path / "dist"
    write_folder(dist, [], {}, site_of({"a.html": "1"}))
    kept = [
        tmp_path / "outside",
        tmp_path / "other" / "outside",
        dist / "doc" / "mine",
        dist / "doc" / ".hidden",
        dist / ".git" / "config",
    ]
    for file in kept:
        file.parent.mkdir(exist_ok=True)
        file.write_text("mine", encoding="utf-8")
    (dist / "linked").symlink_to(tmp_path / "other")
    with (dist / "site.sha256").open("a", encoding="utf-8") as listed:
        listed.write(f"{'0' * 64}  {name}\nnonsense\n{'0' * 64}  \n")
    write_folder(dist, [], {}, site_of({"b.html": "2"}))
    assert [file.read_text("utf-8") for file in kept] == ["mine"] * len(kept)
    assert (dist / "linked").is_symlink()
    assert ((dist / "a.html").exists(), (dist / "b.html").exists()) == (False, True)


def test_a_list_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    """What cannot be read as a list names nothing."""
    write_folder(tmp_path, [], {}, site_of({"a.html": "1"}))
    (tmp_path / "site.sha256").write_bytes(b"\xff\xfe" * 100)
    write_folder(tmp_path, [], {})
    assert contents(tmp_path) == {"a.html": "1"}


@pytest.mark.parametrize("inside", [True, False])
def test_a_link_in_the_place_of_a_folder_is_refused(tmp_path: Path, inside: bool) -> None:
    """Nothing is written through it, wherever it leads; it is named, and nothing has changed."""
    dist = tmp_path / "dist"
    target = dist / "real" if inside else tmp_path / "outside"
    target.mkdir(parents=True)
    (dist).mkdir(exist_ok=True)
    (dist / "doc").symlink_to(target)
    with pytest.raises(OutputError) as caught:
        write_folder(dist, [DATA], {}, site_of({"doc/x.html": "1"}))
    assert caught.value.place == str(dist / "doc")
    assert caught.value.message.en == "this is not a folder"
    assert list(target.iterdir()) == []
    assert not (dist / "data.nt").exists()


@pytest.mark.parametrize("name", ["doc", "doc/x"])
def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    """It is named, and nothing has changed."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(OutputError) as caught:
        write_folder(tmp_path, [DATA], {}, site_of({"doc/x/y.html": "1"}))
    assert caught.value.message.en == "this is not a folder"
    assert contents(tmp_path) == before


@pytest.mark.parametrize("after", range(1, 12))
@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_a_move_that_fails_is_undone_in_all_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, after: int
) -> None:
    """If one of the files cannot be moved, all are as they were, and no folder is new or gone."""
    write_folder(tmp_path, [DATA], {}, site_of({"doc/a/x.html": "1", "doc/old/z.html": "1"}))
    before = contents(tmp_path)
    moved = Path.replace
    left = iter(range(after - 1))
    failed: list[Path] = []

    def fail_once(source: Path, target: Path) -> Path:
        if next(left, None) is None and not failed:
            failed.append(target)
            raise error
        return moved(source, target)

    monkeypatch.setattr(Path, "replace", fail_once)
    try:
        write_folder(tmp_path, [DATA], {}, site_of({"doc/a/x.html": "2", "doc/new/b/y.html": "2"}))
    except (OutputError, KeyboardInterrupt):
        assert contents(tmp_path) == before
    else:
        assert not failed


@pytest.mark.parametrize("after", range(6))
def test_a_disk_that_fills_up_leaves_the_former_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Told while the data set is written, or while pages are brought to the disk: nothing changes."""
    dist = tmp_path / "dist"
    write_folder(dist, [DATA], {}, site_of({"doc/a/x.html": "1"}))
    before = contents(dist)
    synced = os.fsync
    left = iter(range(after))

    def fill_up(descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", fill_up)
    pages = {"doc/a/x.html": "2", "doc/b/y.html": "2", "index.html": "2"}
    with pytest.raises(OutputError) as caught:  # the data, the list, the manifest, then three pages
        write_folder(dist, [DATA], {}, site_of(pages))
    assert caught.value.message.en == "the disk is full"
    assert contents(dist) == before


def test_a_page_that_cannot_be_made_leaves_the_former_site(tmp_path: Path) -> None:
    """Whatever ends the making of pages half-way, the last site is there and nothing else."""

    def broken(_written: object) -> Iterator[tuple[str, bytes]]:
        yield "doc/new/y.html", b"2"
        raise KeyError

    write_folder(tmp_path, [DATA], {}, site_of({"doc/a/x.html": "1"}))
    before = contents(tmp_path)
    with pytest.raises(KeyError):
        write_folder(tmp_path, [DATA], {}, broken)
    assert contents(tmp_path) == before


def test_a_name_that_changes_its_case_alone_stays_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that takes A for a, the page is not removed as the outdated one it replaced."""
    write_folder(tmp_path, [], {}, site_of({"doc/A.html": "1"}))
    monkeypatch.setattr(os.path, "samefile", lambda one, other: str(one).lower() == str(other))
    write_folder(tmp_path, [], {}, site_of({"doc/a.html": "2"}))
    assert contents(tmp_path) == {"doc": None, "doc/A.html": "1", "doc/a.html": "2"}
