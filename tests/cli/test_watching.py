"""`validate --watch`: what is printed when notes are saved, and how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from ds2026kg.cli import watching
from ds2026kg.cli.console import CONSOLE

from .conftest import Call, command_line

_DEADLINE = 60  # seconds; most of it is never needed
_BROKEN = """\
A.md:1:1: warning link-broken: This link leads to no note or file: “Nowhere”.
    1 | [[Nowhere]] and [[TBS]]
      | ^^^^^^^^^^^
      = remedy: Correct the link, or add the note.
1 new, 0 gone; 0 violations, 1 warning, 0 infos in 1 note
"""
_MENDED = """\
gone: A.md:1:1: link-broken: This link leads to no note or file: “Nowhere”.
0 new, 1 gone; 0 violations, 0 warnings, 0 infos
"""


class Lines:
    """What a process writes to a pipe, line by line, with a deadline."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: Queue[str] = Queue()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self._lines.put(line)

    def until(self, words: str) -> list[str]:
        """The lines up to the one that has `words`."""
        lines = [self._lines.get(timeout=_DEADLINE)]
        while words not in lines[-1]:
            lines.append(self._lines.get(timeout=_DEADLINE))
        return lines


@contextmanager
def watched(*arguments: object) -> Iterator[tuple[subprocess.Popen[str], Lines]]:
    """The program at work; it is ended whatever happens."""
    with subprocess.Popen(
        command_line("validate", "--watch", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield process, Lines(process)
        finally:
            process.kill()


def test_what_a_save_did_is_told(vault: Path) -> None:
    """From the first report to the end that the user wants: the status is that of the last look."""
    with watched(vault, "--fail-on", "warning") as (process, lines):
        assert lines.until("Ctrl-C ends")[-1] == f"watching {vault}; Ctrl-C ends\n"
        (vault / "A.md").write_text("[[Nowhere]] and [[TBS]]\n", encoding="utf-8")
        assert "".join(lines.until("1 new")).endswith(_BROKEN)
        (vault / "A.md").write_text("[[TBS]]\n", encoding="utf-8")
        assert "".join(lines.until("0 new")).endswith(_MENDED)
        (vault / "ds2026kg.toml").write_text("[", encoding="utf-8")
        assert "this is not TOML" in lines.until("error: ")[-1]
        (vault / "A.md").write_text("[[Nowhere]] and [[TBS]]\n", encoding="utf-8")
        assert "".join(lines.until("1 new")).endswith(_BROKEN)
        process.send_signal(signal.SIGINT)
        assert process.wait(_DEADLINE) == 1


def test_watching_ends_when_it_is_asked_to_terminate(vault: Path) -> None:
    """As it does at Ctrl-C."""
    with watched(vault) as (process, lines):
        lines.until("Ctrl-C ends")
        process.terminate()
        assert process.wait(_DEADLINE) == 0


@pytest.mark.parametrize(
    ("option", "place"),
    [
        (("--fix",), "--fix"),
        (("--changed-since", "HEAD"), "--changed-since"),
        (("--write-baseline", "known.txt"), "--write-baseline"),
    ],
)
def test_what_is_done_once_does_not_go_with_watching(
    call: Call, vault: Path, option: tuple[str, ...], place: str
) -> None:
    """The user is told which of the two to leave out."""
    ended = call("validate", vault, "--watch", *option)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == (
        f"error: {place}: --watch judges again and again, and this is done once\n"
        f"  remedy: leave out {place} or --watch\n"
    )


def test_a_vault_that_is_not_there_is_not_watched(call: Call, tmp_path: Path) -> None:
    """It may be misspelt."""
    assert call("validate", tmp_path / "gone", "--watch").status == 3


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, vault: Path) -> list[tuple[str, ...]]:
    """What is said to have changed, look by look; a new note comes before the second of them."""
    steps: list[tuple[str, ...]] = [(), ("A.md",), ("A.md",)]

    def changes(*_arguments: object) -> Iterator[tuple[str, ...]]:
        for step, paths in enumerate(steps):
            if step == 1:
                (vault / "A.md").write_text("[[Nowhere]] and [[TBS]]\n", encoding="utf-8")
            yield paths
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "changes", changes)
    return steps


@pytest.mark.usefixtures("told")
def test_reports_of_other_formats_are_written_again(call: Call, vault: Path) -> None:
    """On stdout one document follows the other; a file has the last."""
    ended = call("validate", vault, "--watch", "--format", "json", "-o", "report.json")
    decoder, text, counts = json.JSONDecoder(), ended.out, []
    while text.strip():
        document, end = decoder.raw_decode(text.lstrip())
        counts.append(document["summary"]["warnings"])
        text = text.lstrip()[end:]
    assert counts == [0, 1, 1]
    last = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert last["summary"]["warnings"] == 1


@pytest.mark.usefixtures("told")
def test_watching_speaks_french(call: Call, vault: Path) -> None:
    """Whatever it says."""
    ended = call("validate", vault, "--watch", "--lang", "fr")
    assert ended.out.splitlines()[-2:] == [
        "1 nouvelle, 0 disparue; 0 violation, 1 avertissement, 0 info dans 1 note",
        "0 nouvelle, 0 disparue; 0 violation, 1 avertissement, 0 info dans 1 note",
    ]
    assert ended.err.splitlines() == [
        f"surveillance de {vault}; Ctrl-C y met fin",
        "— A.md",
        "— A.md",
    ]


@pytest.mark.usefixtures("told")
def test_watching_may_be_quiet(call: Call, vault: Path) -> None:
    """Then only what was found is told."""
    ended = call("validate", vault, "--watch", "--quiet", "--fail-on", "warning")
    assert (ended.status, ended.err) == (1, "")
    assert ended.out.splitlines()[-1].startswith("0 new, 0 gone; ")
    assert CONSOLE.quiet


def test_a_vault_that_goes_and_comes_back_is_told(
    call: Call, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, however often it is looked for; and so that it is back."""

    def changes(*_arguments: object) -> Iterator[tuple[str, ...]]:
        yield ()
        away = vault.rename(vault.parent / "away")
        yield ()
        yield ()
        away.rename(vault)
        yield ()

    monkeypatch.setattr(watching, "changes", changes)
    ended = call("validate", vault, "--watch")
    assert ended.err.count("there is no such vault") == 1
    assert ended.out.splitlines()[-1] == "0 new, 0 gone; 0 violations, 0 warnings, 0 infos"
    assert ended.status == 0
