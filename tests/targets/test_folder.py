"""A build's folder: whole or not at all, and nothing touched that is not the build's."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ds2026kg.errors import OutputError
from ds2026kg.findings import Text
from ds2026kg.targets import Artefact, Entry, write_folder


def artefact(name: str, text: str = "text") -> Artefact:
    """A file of one line."""
    return Artefact(name, "text/plain", (text,))


def contents(folder: Path) -> dict[str, str | None]:
    """The files of a folder with their text, its folders with None."""
    return {
        path.name: path.read_text("utf-8") if path.is_file() else None for path in folder.iterdir()
    }


def manifest_of(*names: Any) -> str:
    """A manifest that names these files."""
    return json.dumps({"files": [{"name": name} for name in names]})


def test_the_manifest_is_true(tmp_path: Path) -> None:
    """Each file is listed with its media type, size in bytes, SHA-256, and triples if it is RDF."""
    chunks = ("é\n", b"\x00\xff", "")
    told = write_folder(
        tmp_path,
        [Artefact("a.bin", "application/x", chunks, triples=3), Artefact("b", "text/plain", ())],
        {"zeta": 1, "alpha": "é"},
    )
    data = b"\xc3\xa9\n\x00\xff"
    expected = {
        "alpha": "é",
        "files": [
            {
                "bytes": 5,
                "mediaType": "application/x",
                "name": "a.bin",
                "sha256": hashlib.sha256(data).hexdigest(),
                "triples": 3,
            },
            {
                "bytes": 0,
                "mediaType": "text/plain",
                "name": "b",
                "sha256": hashlib.sha256(b"").hexdigest(),
            },
        ],
        "zeta": 1,
    }
    text = (tmp_path / "manifest.json").read_text("utf-8")
    assert (tmp_path / "a.bin").read_bytes() == data
    assert told == expected
    assert text == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def test_files_can_be_made_from_what_the_others_are(tmp_path: Path) -> None:
    """What `describe` makes knows size and sum of the others, and is in the manifest after them."""

    def sizes(entries: Sequence[Entry]) -> Iterator[Artefact]:
        yield artefact("sizes", " ".join(f"{each['name']}={each['bytes']}" for each in entries))

    told = write_folder(tmp_path, [artefact("a", "12"), artefact("b", "123")], {}, describe=sizes)
    assert (tmp_path / "sizes").read_text() == "a=2 b=3"
    assert [entry["name"] for entry in told["files"]] == ["a", "b", "sizes"]


def test_folders_above_are_made(tmp_path: Path) -> None:
    """The folder may be missing, and those above it."""
    write_folder(tmp_path / "a" / "b", [artefact("x")], {})
    assert sorted(contents(tmp_path / "a" / "b")) == ["manifest.json", "x"]


def test_outdated_files_go_and_foreign_ones_stay(tmp_path: Path) -> None:
    """Files that the last manifest names and this build lacks are removed; no others."""
    write_folder(tmp_path, [artefact("old"), artefact("both", "1")], {})
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / ".hidden").write_text("mine", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    write_folder(tmp_path, [artefact("both", "2"), artefact("new", "3")], {})
    found = contents(tmp_path)
    del found["manifest.json"]
    assert found == {"both": "2", "new": "3", "mine": "mine", ".hidden": "mine", "folder": None}


@pytest.mark.parametrize(
    "manifest",
    [
        manifest_of("../outside", "/etc/x", "..", ".", "", "folder/inner", "folder", ".hidden"),
        manifest_of("a\0b", "a\ud800", "x" * 300, 7, None, ["mine"], {"name": "mine"}),
        manifest_of("..\\outside", "C:\\x", "mine/", "./mine"),
        '{"files": [1]}',
        '{"files": "abc"}',
        '{"files": {}}',
        "[1]",
        "{",
        "\ufeff{}",
        "",
        "[" * 100_000,
        "1" * 5000,
    ],
    ids=lambda text: str(text)[:24],
)
def test_a_hostile_manifest_is_harmless(tmp_path: Path, manifest: str) -> None:
    """Whatever a manifest names, only plain files of this folder can be removed by it."""
    dist = tmp_path / "dist"
    (dist / "folder").mkdir(parents=True)
    kept = [tmp_path / "outside", dist / "folder" / "inner", dist / ".hidden", dist / "mine"]
    for file in kept:
        file.write_text("mine", encoding="utf-8")
    (dist / "manifest.json").write_text(manifest, encoding="utf-8")
    write_folder(dist, [artefact("x")], {})
    assert [file.read_text("utf-8") for file in kept] == ["mine"] * 4
    assert sorted(contents(dist)) == [".hidden", "folder", "manifest.json", "mine", "x"]


def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    """A symbolic link with a file's name does not lead the build out of its folder."""
    (tmp_path / "outside").write_text("mine", encoding="utf-8")
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "x").symlink_to(tmp_path / "outside")
    write_folder(dist, [artefact("x")], {})
    assert (tmp_path / "outside").read_text("utf-8") == "mine"
    assert ((dist / "x").is_symlink(), (dist / "x").read_text("utf-8")) == (False, "text")


def test_only_what_killed_builds_left_is_cleared(tmp_path: Path) -> None:
    """Staging folders of processes that are gone are removed; all else stays, links unfollowed."""
    gone = 2**22 + 1  # beyond the highest process number that Linux gives
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "mine").write_text("mine", encoding="utf-8")
    dist = tmp_path / "dist"
    kept = [
        f".ds2026kg-staging-{os.getppid()}",
        ".ds2026kg-staging-abc",
        f".ds2026kg-staging-{10**20}",
        ".ds2026kg-staging-0",
    ]
    for name in (*kept, f".ds2026kg-staging-{gone}"):
        (dist / name).mkdir(parents=True)
        (dist / name / "x").write_text("x", encoding="utf-8")
    (dist / f".ds2026kg-staging-{gone + 1}").symlink_to(victim)
    write_folder(dist, [artefact("x")], {})
    left = sorted(contents(dist))
    assert f".ds2026kg-staging-{gone}" not in left
    assert {
        ".ds2026kg-staging-abc",
        f".ds2026kg-staging-{os.getppid()}",
        "x",
        "manifest.json",
    } <= set(left)
    assert contents(victim) == {"mine": "mine"}


def _failing(error: BaseException) -> Iterator[str]:
    yield "half"
    raise error


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(28, "No space left on device"), OutputError),
        (ValueError("a writer's own fault"), ValueError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_writer_that_fails_leaves_the_folder_as_it_was(
    tmp_path: Path, error: BaseException, raised: type[BaseException]
) -> None:
    """Whatever ends the writing half-way, the last build is there and nothing else."""
    write_folder(tmp_path, [artefact("x", "1"), artefact("y", "1")], {})
    before = contents(tmp_path)
    with pytest.raises(raised):
        write_folder(tmp_path, [artefact("x", "2"), Artefact("y", "a/b", _failing(error))], {})
    assert contents(tmp_path) == before


@pytest.mark.parametrize("after", range(1, 7))
@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_a_move_that_fails_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, after: int
) -> None:
    """If one of the files cannot be moved into place, those already moved are moved back."""
    write_folder(tmp_path, [artefact("x", "1"), artefact("old", "1")], {})
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
        write_folder(tmp_path, [artefact("x", "2"), artefact("new", "2")], {})
    except (OutputError, KeyboardInterrupt):
        assert contents(tmp_path) == before
    else:
        assert not failed


def test_a_folder_made_for_a_build_that_fails_goes_again(tmp_path: Path) -> None:
    """Where there was no folder before, none is left by a build that fails."""
    with pytest.raises(OutputError):
        write_folder(tmp_path / "dist", [Artefact("x", "a/b", _failing(OSError(28, "full")))], {})
    assert contents(tmp_path) == {}


def test_the_error_names_place_and_remedy(tmp_path: Path) -> None:
    """What cannot be written is named as the user gave it, in both languages."""
    (tmp_path / "dist").touch()
    with pytest.raises(OutputError) as caught:
        write_folder(tmp_path / "dist", [artefact("x")], {})
    error = caught.value
    assert error.place == str(tmp_path / "dist")
    assert error.message == Text("this is not a folder", "ce n’est pas un dossier")
    assert error.remedy == Text(
        "make the folder writable, or choose another with --output",
        "rendez le dossier accessible en écriture, ou choisissez-en un autre avec --output",
    )
