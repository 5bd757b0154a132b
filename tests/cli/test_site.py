"""`build --site` seen from the command line: what it says, what it refuses, and what stops it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Call, contents

DEADLINE = 60.0
STOPPED = """
import sys, threading
from ds2026kg.targets.staging import Staging
from ds2026kg.cli import main
written = Staging.write
def stop(staging, folder, name, chunks, **how):
    if name == "doc/mission/3.fr.html":
        print("half-way", flush=True)
        threading.Event().wait()
    return written(staging, folder, name, chunks, **how)
Staging.write = stop
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "5 entities from 5 notes: {all} files in {folder}, {site} of them the site\n"),
        (
            "fr",
            "5 entités tirées de 5 notes\u00a0: {all} fichiers dans {folder}, "
            "dont {site} pour le site\n",
        ),
    ],
)
def test_the_number_of_files_is_the_number_of_files(
    vault: Path, call: Call, tmp_path: Path, language: str, expected: str
) -> None:
    """Both numbers are those of what lies in the folder."""
    dist = tmp_path / "dist"
    outcome = call("build", vault, "--site", "-o", dist, "--lang", language)
    found = [path for path in dist.rglob("*") if path.is_file()]
    listed = len((dist / "site.sha256").read_text("utf-8").splitlines())
    data = len(json.loads((dist / "manifest.json").read_bytes())["files"]) + 1
    assert len(found) == data + listed
    last = outcome.err.splitlines(keepends=True)[-1]
    assert last == expected.format(all=len(found), folder=dist, site=listed)


def test_what_changed_can_be_told_of_the_build_that_is_replaced(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """The folder that is written to may be the earlier release: it is read first."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    (vault / "Mission 3.1a.md").unlink()
    assert call("build", vault, "--site", "--since", dist, "-o", dist).status == 0
    page = (dist / "changes.en.html").read_text("utf-8")
    assert "Since 2024-08-19. New: 0; altered: 0; gone: 1." in page


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "error: --since: what has changed is told on pages, and none are written\n"
            "  remedy: add --site\n",
        ),
        (
            "fr",
            "erreur\u00a0: --since: ce qui a changé est dit sur des pages, et aucune n’est écrite\n"
            "  remède\u00a0: ajoutez --site\n",
        ),
    ],
)
def test_changes_without_pages_are_refused(
    vault: Path, call: Call, tmp_path: Path, language: str, expected: str
) -> None:
    """An option that would do nothing is wrong usage."""
    outcome = call("build", vault, "--since", "x", "-o", tmp_path / "dist", "--lang", language)
    assert (outcome.status, outcome.err) == (2, expected)
    assert not (tmp_path / "dist").exists()


def test_an_earlier_release_that_is_missing_is_told_before_all_else(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """Nothing is read, judged or written where there is nothing to compare with."""
    outcome = call("build", vault, "--site", "--since", "gone.nq", "-o", tmp_path / "dist")
    assert (outcome.status, outcome.err) == (
        3,
        "error: gone.nq: there is no such file or folder\n  remedy: check the path\n",
    )
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_site_that_is_stopped_half_way_changes_nothing(
    vault: Path, call: Call, tmp_path: Path, name: str
) -> None:
    """The former site is there to the byte, and what was staged is gone with the next build."""
    dist = tmp_path / "dist"
    assert call("build", vault, "--site", "-o", dist).status == 0
    before = contents(dist)
    (vault / "Mission 3.md").write_text("# Mission 3\nOther words.\n", encoding="utf-8")
    command = ("build", vault, "--site", "-q", "--fail-on", "never", "-o", dist)
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"half-way\n"
            process.send_signal(signal.Signals[name])
            process.communicate(timeout=DEADLINE)
        finally:
            process.kill()
    assert process.returncode == (130 if name == "SIGINT" else -signal.Signals[name])
    left = contents(dist)
    assert {key: data for key, data in left.items() if ".ds2026kg-staging-" not in key} == before
    assert call(*command).status == 0
    assert not any(".ds2026kg-staging-" in key for key in contents(dist))
    assert b"Other words." in (dist / "doc" / "mission" / "3.fr.html").read_bytes()
