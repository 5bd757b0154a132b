"""What tests of several rooms share: real repositories of git, and the same examples each time.

`HYPOTHESIS_PROFILE=default pytest` looks for new examples instead.
"""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run, unless others are looked for. Nothing is timed: machines are busy.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# A run in the background may have been started with Ctrl-C ignored, which what it starts inherits.
signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of git whose working tree is `root`."""

    root: Path

    def git(self, *arguments: object) -> str:
        """What `git ARGUMENTS` prints, run there by somebody who has no settings."""
        done = subprocess.run(
            ["git", *_WHO, *map(str, arguments)],
            cwd=self.root,
            check=True,
            capture_output=True,
        )
        return done.stdout.decode()

    def write(self, path: str, text: str) -> None:
        """Write one file of the working tree."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def commit(self) -> str:
        """Commit all that is there; returns the name of the commit."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", "all")
        return self.git("rev-parse", "HEAD").strip()


_WHO = (
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@example.org",
    "-c",
    "commit.gpgSign=false",
    "-c",
    "init.defaultBranch=main",
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """An empty repository; neither the user's settings nor those of a hook hold in it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    made = Repository(tmp_path / "repository")
    made.root.mkdir()
    made.git("init", "--quiet")
    return made
