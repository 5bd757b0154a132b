"""`validate --fix`, seen from the command line: what is written, shown and left alone."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from .conftest import Call, Run, command_line, contents

BEFORE = (
    '---\r\ncreated: "2024/3/1" # day\r\nlabel_fr: a\r\ndefinition_fr: a\r\n---\r\n'
    "# Mission 3.1b\r\nTBS will act on [it](mission%25203.md#).\r\n"
)
AFTER = (
    '---\r\ncreated: "2024-03-01" # day\r\nlabel_fr: a\r\ndefinition_fr: a\r\n'
    'up: "[[Mission 3.1]]"\r\n---\r\n'
    "# Mission 3.1b\r\nTBS will act on [it](Mission%203.md).\r\n"
)
DIFF = (
    "diff --git a/Mission 3.1b.md b/Mission 3.1b.md\n"
    "--- a/Mission 3.1b.md\t\n"
    "+++ b/Mission 3.1b.md\t\n"
    "@@ -1,7 +1,8 @@\n"
    " ---\r\n"
    '-created: "2024/3/1" # day\r\n'
    '+created: "2024-03-01" # day\r\n'
    " label_fr: a\r\n"
    " definition_fr: a\r\n"
    '+up: "[[Mission 3.1]]"\r\n'
    " ---\r\n"
    " # Mission 3.1b\r\n"
    "-TBS will act on [it](mission%25203.md#).\r\n"
    "+TBS will act on [it](Mission%203.md).\r\n"
)


@pytest.fixture
def faulty(vault: Path) -> Path:
    """A note of the vault in which four things can be mended."""
    note = vault / "Mission 3.1b.md"
    note.write_bytes(BEFORE.encode())
    return note


def test_what_can_be_mended_is_mended_and_judged_again(vault: Path, faulty: Path, run: Run) -> None:
    """The diff goes to stderr; the report and the status are those of the mended vault."""
    outcome = run("validate", vault, "--fix", "--format", "json", "--fail-on", "info")
    assert json.loads(outcome.out)["findings"] == []
    assert outcome.status == 0
    assert outcome.err == DIFF + "notes mended: 1\n"
    assert faulty.read_bytes() == AFTER.encode()


def test_a_second_run_changes_nothing(vault: Path, faulty: Path, call: Call) -> None:
    """What is mended needs no mending."""
    call("validate", vault, "--fix", "-q")
    before = contents(vault)
    outcome = call("validate", vault, "--fix")
    assert (outcome.status, outcome.err, contents(vault)) == (0, "", before)
    assert faulty.read_bytes() == AFTER.encode()


def test_a_dry_run_shows_the_diff_alone(vault: Path, faulty: Path, run: Run) -> None:
    """Nothing is written; what git makes of the diff is what --fix would have written."""
    before = contents(vault)
    outcome = run("validate", vault, "--fix", "--dry-run")
    assert (outcome.status, outcome.out, outcome.err) == (0, DIFF, "")
    assert contents(vault) == before
    subprocess.run(["git", "apply", "-"], input=outcome.out.encode(), cwd=vault, check=True)
    assert faulty.read_bytes() == AFTER.encode()


def test_quiet_shows_no_diff(vault: Path, faulty: Path, call: Call) -> None:
    """Under --quiet the notes are mended without a word, and the report is still the result."""
    outcome = call("validate", vault, "--fix", "-q")
    assert (outcome.out, outcome.err) == ("0 violations, 0 warnings, 0 infos\n", "")
    assert faulty.read_bytes() == AFTER.encode()


def test_a_dry_run_is_for_fixing(vault: Path, call: Call) -> None:
    """`--dry-run` without `--fix` is wrong usage, in both languages."""
    assert call("validate", vault, "--dry-run").err == (
        "error: --dry-run: --dry-run is for --fix alone\n"
        "  remedy: add --fix, or leave --dry-run out\n"
    )
    outcome = call("validate", vault, "--dry-run", "--lang", "fr")
    assert outcome.status == 2
    assert outcome.err.startswith("erreur\u00a0: --dry-run: --dry-run ne va qu’avec --fix")


def test_a_day_that_could_be_a_month_is_left(vault: Path, call: Call) -> None:
    """`01/02/2024` is a finding, and nobody’s to mend."""
    note = vault / "Mission 3.md"
    note.write_text(note.read_text("utf-8").replace("2024-08-13", "01/02/2024"), "utf-8")
    before = contents(vault)
    outcome = call("validate", vault, "--fix", "--format", "json")
    assert (outcome.status, outcome.places()) == (1, ["Mission 3.md:5:10 date-invalid"])
    assert contents(vault) == before


def test_private_notes_and_links_to_them_are_left(vault: Path, call: Call) -> None:
    """Neither a private note nor what leads to one is rewritten or named."""
    for name, head in (("Secret plan.md", "publish: false"), ("Mission 3.1b.md", "share: false")):
        text = f"---\n{head}\ncreated: 2024/3/1\n---\n[x](mission%25203.md)\n"
        (vault / name).write_text(text, encoding="utf-8")
    (vault / "Open.md").write_text("[x](secret%2520plan.md) [[Mission 3]]\n", encoding="utf-8")
    before = contents(vault)
    outcome = call("validate", vault, "--fix")
    assert (outcome.err, contents(vault)) == ("", before)


def test_a_diff_shows_no_link_to_a_private_note(vault: Path, call: Call) -> None:
    """Near what is mended, the words of such a link are dots; the note itself keeps them."""
    (vault / "Secret.md").write_text("---\npublish: false\n---\n", encoding="utf-8")
    note = vault / "Open.md"
    note.write_text("[[Secret|the plan]]\n[x](mission%25203.md)\n", encoding="utf-8")
    outcome = call("validate", vault, "--fix", "--dry-run")
    assert " ...................\n-[x](mission%25203.md)\n+[x](Mission%203.md)\n" in outcome.out
    assert "Open.md: in the diff, dots stand for links to private notes" in outcome.err
    assert "Secret" not in outcome.out + outcome.err
    call("validate", vault, "--fix", "-q")
    assert note.read_text("utf-8") == "[[Secret|the plan]]\n[x](Mission%203.md)\n"


@pytest.mark.parametrize("place", ["note", "folder"])
def test_a_note_that_may_not_be_written_is_named(
    vault: Path, faulty: Path, run: Run, unprivileged: tuple[str, ...], place: str
) -> None:
    """A read-only note or folder is said, with status 3, and the note stays as it was."""
    closed = faulty if place == "note" else vault
    mode = closed.stat().st_mode
    closed.chmod(0o444 if place == "note" else 0o555)
    outcome = run("validate", vault, "--fix", "-q", prefix=unprivileged)
    closed.chmod(mode)
    assert outcome.status == 3
    assert outcome.err.startswith(f"error: {faulty}: writing is not allowed here\n  remedy: ")
    assert faulty.read_bytes() == BEFORE.encode()


@pytest.mark.parametrize(("colour", "painted"), [("", True), ("1", False)])
def test_on_a_terminal_nothing_in_a_note_acts(vault: Path, colour: str, painted: bool) -> None:
    """There the diff is coloured, unless NO_COLOR is set, and control characters are signs."""
    (vault / "Open.md").write_bytes(b"x\x1b[2J\n[a](mission%25203.md)\n")
    reader, writer = pty.openpty()
    with open(reader, "rb", buffering=0) as shown:
        subprocess.run(
            command_line("validate", vault, "--fix", "--dry-run"),
            stdout=writer,
            env={**os.environ, "NO_COLOR": colour, "TERM": "xterm"},
            check=True,
        )
        os.close(writer)
        told = shown.read(65536).decode()
    assert " x␛[2J\r\n" in told
    assert ("\x1b[31m-[a](mission%25203.md)\x1b[0m" in told) is painted
    assert ("\x1b" in told) is painted
