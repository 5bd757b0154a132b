"""Where a build goes, seen from the command line: folders that cannot be written, and signals."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ds2026kg.cli import console
from ds2026kg.reading import READING

from .conftest import Call, Run, command_line, contents

DEADLINE = 30.0


def test_a_file_in_the_place_of_the_folder_is_named(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """`dist` being a file, or below one, is said, and the file stays."""
    (tmp_path / "dist").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "dist", tmp_path / "dist" / "below"):
        outcome = call("build", vault, "-q", "-o", place)
        assert outcome.status == 3
        assert outcome.err == (
            f"error: {place}: this is not a folder\n"
            "  remedy: make the folder writable, or choose another with --output\n"
        )
        assert (tmp_path / "dist").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["ds2026.nq", "shapes.ttl", "manifest.json"])
def test_a_folder_in_the_place_of_a_file_changes_nothing(
    vault: Path, call: Call, tmp_path: Path, name: str
) -> None:
    """Where a file cannot take its place, all the others stay as they were."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    (dist / name).unlink()
    (dist / name / "mine").mkdir(parents=True)
    before = contents(dist)
    (vault / "Mission 3.md").write_text("# Mission 3\nOther words.\n", encoding="utf-8")
    outcome = call("build", vault, "-q", "-o", dist)
    assert outcome.status == 3
    assert outcome.err == (
        f"error: {dist / name}: a folder stands in the place of this file\n"
        "  remedy: move the folder away, or choose another with --output\n"
    )
    assert contents(dist) == before


@pytest.mark.parametrize("mode", [0o000, 0o333, 0o555])
def test_a_folder_that_may_not_be_written_is_named(
    vault: Path, run: Run, unprivileged: tuple[str, ...], tmp_path: Path, mode: int
) -> None:
    """A closed or read-only `dist` is output that cannot be written."""
    dist = tmp_path / "dist"
    dist.mkdir(mode)
    dist.chmod(mode)
    outcome = run("build", vault, "-q", "-o", dist, prefix=unprivileged)
    dist.chmod(0o700)
    assert outcome.status == 3
    assert outcome.err == (
        f"error: {dist}: writing is not allowed here\n"
        "  remedy: make the folder writable, or choose another with --output\n"
    )
    assert contents(dist) == {}


def test_a_full_disk_leaves_the_last_build(
    vault: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up while writing is said to be full, and nothing has changed."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    before = contents(dist)
    (vault / "Mission 3.md").write_text("# Mission 3\nOther words.\n", encoding="utf-8")
    synced = os.fsync
    left = iter(range(5))

    def fill_up(descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", fill_up)
    outcome = call("build", vault, "-q", "-o", dist, "--lang", "fr")
    assert outcome.status == 3
    assert outcome.err == (
        f"erreur\u00a0: {dist}: le disque est plein\n"
        "  remède\u00a0: libérez de l’espace et relancez; les fichiers de la dernière fois sont intacts\n"
    )
    assert contents(dist) == before


def test_a_limit_on_files_leaves_the_last_build(vault: Path, call: Call, tmp_path: Path) -> None:
    """A process that may write only small files ends with 3 and writes none."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    before = contents(dist)
    (vault / "Mission 3.md").write_text("# Mission 3\nOther words.\n", encoding="utf-8")
    ended = subprocess.run(
        command_line("build", vault, "-q", "-o", dist),
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)),
    )
    assert ended.returncode == 3
    assert ended.stderr.decode().startswith(f"error: {dist}: ")
    assert contents(dist) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_that_cannot_be_printed_is_said(vault: Path) -> None:
    """A full disk behind stdout is output that cannot be written, not an internal error."""
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command_line("validate", vault), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 3
    assert ended.stderr.decode() == (
        "error: stdout: this cannot be written: the disk is full\n"
        "  remedy: make room, or send the output elsewhere\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [("validate", "VAULT"), ("explain", "3.1a", "--vault", "VAULT"), ("query",), ("--help",)],
)
def test_a_reader_that_goes_away_is_no_error(vault: Path, arguments: tuple[str, ...]) -> None:
    """Output into a closed pipe ends quietly, with the status of SIGPIPE as shells count it."""
    words = [str(vault) if word == "VAULT" else word for word in arguments]
    process = subprocess.Popen(command_line(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), told) == (141, b"")


@pytest.fixture
def slow_build(vault: Path, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a build that is still writing, its files staged, when it is handed over."""
    code = (
        "import sys, threading\n"
        "from ds2026kg.targets import folder\n"
        "from ds2026kg.cli import main\n"
        "written = folder._write\n"
        "def stop(staging, folder, artefact):\n"
        "    if artefact.name == 'ontology.ttl':\n"
        "        print('half-way', flush=True)\n"
        "        threading.Event().wait()\n"
        "    return written(staging, folder, artefact)\n"
        "folder._write = stop\n"
        "main(sys.argv[1:])\n"
    )
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, "build", vault, "-q", "-o", tmp_path / "dist"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"half-way\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_an_interrupted_build_changes_nothing(
    vault: Path,
    call: Call,
    tmp_path: Path,
    slow_build: Callable[[], subprocess.Popen[bytes]],
) -> None:
    """Ctrl-C half-way ends with 130 and one line; the last build is there to the byte."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    before = contents(dist)
    process = slow_build()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=DEADLINE)
    assert process.returncode == 130
    assert told.decode() == "error: interrupted; nothing was half-written\n"
    assert contents(dist) == before


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM"])
def test_a_killed_build_changes_nothing_and_is_cleared_away(
    vault: Path,
    call: Call,
    tmp_path: Path,
    slow_build: Callable[[], subprocess.Popen[bytes]],
    name: str,
) -> None:
    """What a killed build staged is beside the files, and the next build removes it."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    before = contents(dist)
    process = slow_build()
    process.send_signal(signal.Signals[name])
    process.communicate(timeout=DEADLINE)
    assert process.returncode == -signal.Signals[name]
    files = {key: data for key, data in contents(dist).items() if ".ds2026kg-staging-" not in key}
    assert files == before
    assert call("build", vault, "-o", dist).status == 0
    assert contents(dist) == before


def test_a_running_builds_files_are_left_alone(
    vault: Path,
    call: Call,
    tmp_path: Path,
    slow_build: Callable[[], subprocess.Popen[bytes]],
) -> None:
    """A second build into the same folder neither waits for the first nor disturbs it."""
    dist = tmp_path / "dist"
    process = slow_build()
    staging = dist / f".ds2026kg-staging-{process.pid}"
    staged = contents(staging)
    assert call("build", vault, "-o", dist).status == 0
    assert (contents(staging), bool(staged)) == (staged, True)
    manifest = json.loads((dist / "manifest.json").read_bytes())
    names = {entry["name"] for entry in manifest["files"]} | {"manifest.json"}
    assert {path.name for path in dist.iterdir()} == {*names, staging.name}


def test_a_build_may_go_into_the_vault_and_be_read_past(vault: Path, call: Call) -> None:
    """What is published inside the vault is no note of it."""
    first = call("build", vault, "-o", vault / "dist")
    again = call("build", vault, "-o", vault / "dist")
    assert (first.status, again) == (0, first)


def test_progress_is_for_terminals_only(vault: Path, run: Run, tmp_path: Path) -> None:
    """Into a pipe goes one line at the end, and results never go to stderr nor words to stdout."""
    outcome = run("build", vault, "-o", tmp_path / "dist")
    expected = f"5 entities from 5 notes: 20 files in {tmp_path / 'dist'}\n"
    assert (outcome.out, outcome.err.splitlines()[-1] + "\n") == ("", expected)


@pytest.mark.parametrize(
    ("terminal", "shown"), [("xterm", "\r\x1b[Kreading the notes\r\x1b[K"), ("dumb", "")]
)
def test_progress_is_for_terminals_that_can_wipe_a_line(
    monkeypatch: pytest.MonkeyPatch, terminal: str, shown: str
) -> None:
    """A phase is shown after a second and wiped at the end; a dumb terminal shows none."""
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", terminal)
    clock = iter((0.0, 2.0))
    monkeypatch.setattr(console, "monotonic", lambda: next(clock))

    with console.Console().progress() as progress:
        progress(READING)

    assert stream.getvalue() == shown


@pytest.mark.skipif(shutil.which("sh") is None, reason="this system has no sh")
def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    """Started in a folder that has been removed, the program says what it cannot reach."""
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
    ended = subprocess.run(
        ["sh", "-c", script, "sh", str(gone), *command_line("validate")],
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 3
    assert b"error: vault: there is no such vault" in ended.stderr
