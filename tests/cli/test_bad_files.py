"""Files and folders that are not as a vault should be, seen from the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Call, Run, contents

ACTING = (
    "---\nlabel_fr: Le SCT agira.\ndefinition_fr: Le SCT agira.\n---\n# Mission 3.1a\nTBS will act."
)
COMMANDS = [
    ("build",),
    ("validate",),
    ("query", "mission-tree", "--vault"),
    ("explain", "3", "--vault"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command[0]))
@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        (
            "missing",
            "there is no such vault\n  remedy: give the path of the folder that holds the notes",
            "ce coffre n’existe pas\n"
            "  remède\u00a0: donnez le chemin du dossier qui contient les notes",
        ),
        (
            "file",
            "this is not a folder\n  remedy: give the folder that holds the notes, not one note",
            "ce n’est pas un dossier\n"
            "  remède\u00a0: donnez le dossier qui contient les notes, et non une note",
        ),
        (
            "empty",
            "this vault has no notes\n  remedy: put at least one .md file into it",
            "ce coffre ne contient aucune note\n  remède\u00a0: mettez-y au moins un fichier .md",
        ),
    ],
)
def test_a_vault_that_is_none_is_said_to_be(
    tmp_path: Path, call: Call, command: tuple[str, ...], name: str, english: str, french: str
) -> None:
    """Missing, a file or empty: every command says so with a remedy, and ends with 3."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    place = tmp_path / name
    outcome = call(*command, place)
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err == f"error: {place}: {english}\n"
    outcome = call(*command, place, "--lang", "fr")
    assert outcome.err == f"erreur\u00a0: {place}: {french}\n"
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("place", ["x" * 300, "x/" * 3000, "\udce9"], ids=["long", "deep", "bytes"])
def test_a_vault_that_cannot_be_named_is_missing(run: Run, place: str) -> None:
    """A path too long for the system, or not of its encoding, is that of a missing vault."""
    outcome = run("validate", place)
    assert outcome.status == 3
    assert "there is no such vault" in outcome.err


def _pipe(vault: Path) -> None:
    os.mkfifo(vault / "x.md")


def _socket(vault: Path) -> None:
    (vault / "x.md").symlink_to("/dev/zero")


def _folder(vault: Path) -> None:
    (vault / "x.md").mkdir()


def _link_out(vault: Path) -> None:
    (vault.parent / "secret.md").write_text("# Mission 3.9\nsecret\n", encoding="utf-8")
    (vault / "x.md").symlink_to(vault.parent / "secret.md")


def _folder_out(vault: Path) -> None:
    (vault.parent / "outside").mkdir()
    (vault.parent / "outside" / "secret.md").write_text("# Mission 3.9\nx\n", encoding="utf-8")
    (vault / "x").symlink_to(vault.parent / "outside")


def _loop(vault: Path) -> None:
    (vault / "x").symlink_to(".")


def _loop_file(vault: Path) -> None:
    (vault / "x.md").symlink_to("x.md")


def _nowhere(vault: Path) -> None:
    (vault / "x.md").symlink_to("nowhere.md")


def _within(vault: Path) -> None:
    (vault / "x.md").symlink_to("Mission 3.md")


def _hidden(vault: Path) -> None:
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "x.md").write_bytes(b"\xff")
    (vault / ".x.md").write_bytes(b"\xff")


def _attachment(vault: Path) -> None:
    (vault / "x.png").symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("make", "expected", "status"),
    [
        (_pipe, ["x.md:1:1 note-unreadable"], 3),
        (_socket, ["x.md:1:1 link-leaves-vault"], 0),
        (_folder, [], 0),
        (_link_out, ["x.md:1:1 link-leaves-vault"], 0),
        (_folder_out, ["x:1:1 link-leaves-vault"], 0),
        (_loop, ["x:1:1 link-within-vault"], 0),
        (_loop_file, ["x.md:1:1 link-leads-nowhere"], 0),
        (_nowhere, ["x.md:1:1 link-leads-nowhere"], 0),
        (_within, ["x.md:1:1 link-within-vault"], 0),
        (_hidden, [], 0),
        (_attachment, [], 0),
    ],
)
def test_what_is_no_file_of_the_vault_is_not_read(
    vault: Path, call: Call, make: Callable[[Path], None], expected: list[str], status: int
) -> None:
    """Pipes, devices, links out and loops: each is one finding, and the vault is read without it."""
    sound = call("query", "mission-tree", "--vault", vault, "--format", "csv").out
    make(vault)
    outcome = call("validate", vault, "--format", "json")
    assert (outcome.places(), outcome.status) == (expected, status)
    assert call("query", "mission-tree", "--vault", vault, "--format", "csv").out == sound


def test_a_note_that_vanishes_is_named(
    vault: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file removed between listing and reading is one finding; the others are judged."""
    (vault / "Gone.md").touch()
    opened = os.open

    def open_too_late(path: object, *arguments: int) -> int:
        if str(path).endswith("Gone.md"):
            (vault / "Gone.md").unlink()
        return opened(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", open_too_late)
    outcome = call("validate", vault)
    assert outcome.status == 3
    assert outcome.out == (
        "Gone.md:1:1: violation note-unreadable: This file cannot be read: "
        "it vanished while the vault was read.\n"
        "      = remedy: Give yourself the right to read it, or take it out of the vault.\n"
        "1 violation, 0 warnings, 0 infos in 1 note\n"
    )


def test_files_that_may_not_be_read_are_all_named(
    vault: Path, run: Run, unprivileged: tuple[str, ...], tmp_path: Path
) -> None:
    """Closed notes and a closed folder are one finding each, and the build writes nothing."""
    for name in ("one.md", "two.md"):
        (vault / name).touch(0o000)
    (vault / "closed").mkdir(0o000)
    expected = [f"{name}:1:1 note-unreadable" for name in ("closed", "one.md", "two.md")]
    outcome = run("validate", vault, "--format", "json", prefix=unprivileged)
    assert (outcome.status, sorted(outcome.places())) == (3, expected)
    outcome = run("build", vault, "-o", tmp_path / "dist", prefix=unprivileged)
    assert (outcome.status, (tmp_path / "dist").exists()) == (3, False)
    (vault / "closed").chmod(0o700)


@pytest.mark.parametrize("mode", [0o000, 0o111, 0o444])
def test_a_vault_that_may_not_be_read_is_said_to_be(
    vault: Path, run: Run, unprivileged: tuple[str, ...], mode: int
) -> None:
    """A vault without the right to list or to enter it is input that cannot be read."""
    vault.chmod(mode)
    outcome = run("validate", vault, prefix=unprivileged)
    vault.chmod(0o700)
    assert outcome.status == 3
    assert str(vault) in outcome.err or "This file cannot be read" in outcome.out
    assert "internal" not in outcome.err
    assert "inside ds2026kg" not in outcome.err


def test_a_vault_below_a_closed_folder_is_said_to_be(
    vault: Path, run: Run, unprivileged: tuple[str, ...]
) -> None:
    """A vault that cannot even be looked for is input that cannot be read."""
    closed = vault.parent / "closed"
    closed.mkdir()
    inner = vault.rename(closed / "vault")
    closed.chmod(0o000)
    outcome = run("validate", inner, prefix=unprivileged)
    closed.chmod(0o700)
    assert outcome.status == 3
    assert outcome.err == (
        f"error: {inner}: this folder cannot be reached\n"
        "  remedy: give yourself the right to read it and the folders above it\n"
    )


def test_settings_that_may_not_be_read_are_named(
    vault: Path, run: Run, unprivileged: tuple[str, ...]
) -> None:
    """A closed ds2026kg.toml is a fault of the configuration."""
    (vault / "ds2026kg.toml").touch(0o000)
    outcome = run("validate", vault, prefix=unprivileged)
    assert outcome.status == 2
    assert outcome.err.startswith(f"error: {vault / 'ds2026kg.toml'}: the settings cannot be read")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Mission 3.1a.md", ACTING.replace("\n", "\r\n").encode()),
        ("Mission 3.1a.md", b"\xef\xbb\xbf" + ACTING.encode()),
        ("Mission\u00a03.1a.md", ACTING.replace("# Mission ", "# Mission\u00a0").encode()),
        ("Mission 3.1a.MD", ACTING.encode()),
    ],
    ids=["CRLF", "BOM", "NBSP", "MD"],
)
def test_the_form_of_a_file_does_not_change_what_it_says(
    vault: Path, call: Call, name: str, data: bytes
) -> None:
    """Line ends, byte order mark, no-break space and case leave the graph as it is."""
    asked = ("query", "commitments-by-actor", "--vault", vault, "--format", "csv")
    expected = call(*asked).out
    (vault / "Mission 3.1a.md").unlink()
    (vault / name).write_bytes(data)
    assert call(*asked).out == expected
    assert "TBS" in expected or "Treasury" in expected


@pytest.mark.parametrize("written", ["R\u00e9gie", "Re\u0301gie"], ids=["NFC", "NFD"])
@pytest.mark.parametrize("linked", ["R\u00e9gie", "Re\u0301gie"], ids=["NFC", "NFD"])
def test_names_are_the_same_in_either_unicode_form(
    vault: Path, call: Call, written: str, linked: str
) -> None:
    """A link in NFC finds a note in NFD, and the other way round."""
    (vault / f"{written}.md").write_text(
        "---\nid: actor/board\nclassification: Group\nlabel_en: Board\nlabel_fr: R\u00e9gie\n"
        "tags: [gc_entity]\n---\n",
        encoding="utf-8",
    )
    note = ACTING.replace("---\nlabel_fr", f'---\nledBy: "[[{linked}]]"\nlabel_fr', 1)
    (vault / "Mission 3.1a.md").write_text(note.replace("TBS", "We"), encoding="utf-8")
    outcome = call("validate", vault, "--format", "json")
    assert (outcome.status, outcome.places()) == (0, [])


def test_names_that_are_no_utf_8_are_shown_as_well_as_can_be(
    vault: Path, run: Run, tmp_path: Path
) -> None:
    """A name of other bytes is read like any other, and is shown with replacement characters."""
    try:
        (vault / os.fsdecode(b"caf\xe9.md")).write_bytes(b"\xff")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    (vault / os.fsdecode(b"th\xe9.md")).write_bytes(b"# Mission 3.1b\nTBS will act.\n")
    outcome = run("validate", vault, "--format", "json", environment={"LC_ALL": "C"})
    assert outcome.places() == [
        "caf\ufffd.md:1:1 note-encoding",
        "th\ufffd.md:2:1 definition-fr-missing",
        "th\ufffd.md:2:1 label-fr-missing",
    ]
    (vault / os.fsdecode(b"caf\xe9.md")).unlink()
    assert run("build", vault, "-o", tmp_path / "dist").status == 0
    assert 'ds:note "th\ufffd.md"' in (tmp_path / "dist" / "ds2026.ttl").read_text("utf-8")


def test_the_longest_name_is_read(vault: Path, call: Call) -> None:
    """A note's name may be as long as the file system takes."""
    (vault / ("x" * 252 + ".md")).write_text("---\nnotation: 3.1a\n---\n", encoding="utf-8")
    outcome = call("validate", vault, "--format", "json")
    assert outcome.places() == ["x" * 252 + ".md:1:1 duplicate-entity"]


def test_the_vault_is_left_as_it_was(vault: Path, call: Call) -> None:
    """No command writes into the vault."""
    before = contents(vault)
    for command in COMMANDS:
        call(*command, vault)
    assert contents(vault) == before
