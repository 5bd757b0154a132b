"""What the tests of CI share: a repository of notes, with a base and a change on top of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SOMEBODY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false")

Git = Callable[..., str]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of git's hooks or of this machine's CI reach the commands under test."""
    for name in os.environ:
        if name.startswith(("GIT_", "CI_", "GITHUB_", "RUNNER_", "INPUT_", "PRE_COMMIT")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone with a vault in which nothing is wrong, committed, and one broken note on top."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "tests" / "fixtures" / "vaults" / "small", folder / "vault")
    return folder


@pytest.fixture
def git(repository: Path) -> Git:
    """Runs git in the repository; returns what it prints."""

    def run(*arguments: str) -> str:
        command = ["git", *_SOMEBODY, *arguments]
        done = subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    return run


@pytest.fixture
def base(repository: Path, git: Git) -> str:
    """The commit before a change that brings a broken link and an actor whom nobody knows."""
    (repository / "vault" / "Old.md").write_text("[[Gone]]\n", encoding="utf-8")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "base")
    commit = git("rev-parse", "HEAD")
    (repository / "vault" / "Mission 3.1x.md").write_text("XYZ will | act.\n", encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message", "change")
    return commit


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with `ds2026kg` and a `python` that installs nothing, to stand first on the path."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, text in {
        "ds2026kg": f'exec "{sys.executable}" -m ds2026kg "$@"',
        "python": 'echo "python $*"',
    }.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        program.chmod(0o755)
    return folder
