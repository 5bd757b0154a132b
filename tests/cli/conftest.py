"""What the tests of the commands share: a small vault without fault, and two ways to run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from ds2026kg.cli import main
from ds2026kg.cli.console import CONSOLE

TESTS = Path(__file__).resolve().parents[1]
# Root may read anything; without these two capabilities it is bound like anyone else.
_BOUND = (
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
_ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "COLUMNS", "SOURCE_DATE_EPOCH")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left behind: its exit status, stdout and stderr."""

    status: int
    out: str
    err: str

    def places(self) -> list[str]:
        """Each finding of a JSON report as "note:line:column code", but for what is no fault."""
        report: dict[str, Any] = json.loads(self.out)
        return [
            f"{found['note']}:{found['line']}:{found['column']} {found['code']}"
            for found in report["findings"]
            if found["code"] not in {"note-orphan", "parent-unsaid"}
        ]


class Call(Protocol):
    """Runs a command in this process."""

    def __call__(self, *arguments: object) -> Outcome:
        """Status, stdout and stderr of `ds2026kg ARGUMENTS`."""


class Run(Protocol):
    """Runs a command in a process of its own."""

    def __call__(
        self,
        *arguments: object,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        prefix: tuple[str, ...] = (),
    ) -> Outcome:
        """Status, stdout and stderr of `PREFIX ds2026kg ARGUMENTS`."""


def command_line(*arguments: object) -> list[str]:
    """The words that start the program with `arguments`."""
    return [sys.executable, "-m", "ds2026kg", *map(str, arguments)]


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Commands speak English, see no settings of this machine, and start in an empty folder."""
    for name in _ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(CONSOLE, "quiet", False)
    monkeypatch.setattr(CONSOLE, "language", "en")
    monkeypatch.setattr(CONSOLE, "debug", False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault of five notes, of which nothing is to be said."""
    return Path(shutil.copytree(TESTS / "fixtures" / "vaults" / "small", tmp_path / "vault"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs the program here: quick, for all that does not depend on a process of its own."""

    def run(*arguments: object) -> Outcome:
        CONSOLE.quiet = False
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, told.out, told.err)

    return run


@pytest.fixture
def run() -> Run:
    """Runs the program in a process of its own."""

    def start(
        *arguments: object,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        prefix: tuple[str, ...] = (),
    ) -> Outcome:
        ended = subprocess.run(
            [*prefix, *command_line(*arguments)],
            capture_output=True,
            check=False,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            timeout=60,
        )
        out, err = ended.stdout.decode(), ended.stderr.decode()
        assert "Traceback" not in err
        return Outcome(ended.returncode, out, err)

    return start


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file below `folder` with its bytes, every folder with None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture(scope="session")
def unprivileged(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """What to put before a command so that the permissions of files hold for it."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no POSIX permissions")
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may read anything, and there is no setpriv to forbid it")
        prefix = (setpriv, *_BOUND)
    closed = tmp_path_factory.mktemp("closed") / "file"
    closed.touch(0o000)
    if subprocess.run([*prefix, "cat", closed], capture_output=True, check=False).returncode == 0:
        pytest.skip("permissions cannot be made to hold here")
    return prefix
