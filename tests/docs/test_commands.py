"""Commands and code shown in the documents are run, and print what the documents say.

A `console` block shows commands after "$ " (continued after "> ") and what they print; "..." stands
for any words in a line, and alone on a line for any lines. `sh` blocks show commands only. A command
ends with status 0, unless `echo $?` comes next and shows another.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.targets.portal.fake_ckan import KEY, FakeCkan

import ds2026kg

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_ENDPOINT = "https://example.org/sparql"
_PORTAL = "https://portal.example.org"  # a fake of one takes its place
_WHEEL = re.compile(r"python3 -m pip install (\S+\.whl)")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the line of its first line of text, and its text."""

    language: str
    line: int
    text: str


@dataclass(slots=True)
class Command:
    """One command of a block, and the lines it is said to print."""

    text: str
    output: list[str]
    shown: bool


def blocks(document: Path) -> Iterator[Block]:
    """The fenced blocks of a document."""
    language, start, lines = "", 0, list[str]()
    inside = False
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            if inside:
                yield Block(language, start, "\n".join(lines))
            inside = not inside
            language, start, lines = line[3:].strip(), number + 1, []
        elif inside:
            lines.append(line)


def commands(block: Block) -> list[Command]:
    """The commands of a `console` or `sh` block."""
    if block.language == "sh":
        return [Command(line, [], shown=False) for line in block.text.splitlines()]
    found: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], [], shown=True))
        elif line.startswith("> ") and not found[-1].output:
            found[-1].text += "\n" + line[2:]
        else:
            found[-1].output.append(line)
    return found


def pattern(lines: list[str]) -> re.Pattern[str]:
    """What the lines match: "..." is any words, and alone on a line any lines."""
    parts = []
    for line in lines:
        if line == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            plain = line.replace("\u00a0", " ")
            words = (re.escape(part.rstrip() if part else "") for part in plain.split("..."))
            parts.append(r".*".join(words) + r" *\n")
    return re.compile("".join(parts))


# What would change the output, from the shell or from the `make` that runs the tests.
_NOT_PASSED_ON = frozenset(
    "COLUMNS LC_ALL LC_MESSAGES MAKEFLAGS MAKELEVEL MFLAGS SOURCE_DATE_EPOCH".split()
)


class Shell:
    """Runs commands in one folder, as a reader would."""

    def __init__(self, folder: Path, endpoint: str, portal: FakeCkan) -> None:
        self._folder = folder
        self._endpoint = endpoint
        self._portal = portal.url
        self._environment = {
            key: value for key, value in os.environ.items() if key not in _NOT_PASSED_ON
        } | {
            "DS2026KG_PORTAL_KEY": KEY,
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "PATH": f"{folder}/.venv/bin:{os.environ['PATH']}",
        }
        self.status = 0

    def run(self, command: str) -> str:
        """What `command` prints on stdout and stderr; sets `status`."""
        command = command.replace(_ENDPOINT, self._endpoint).replace(_PORTAL, self._portal)
        # The environment is taken as installed: a test must not make another inside itself.
        command = re.sub(r"\bmake publish$", "make -o .venv/.installed publish", command)
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        self.status = done.returncode
        printed = done.stdout.decode().replace("\r\n", "\n").replace(self._portal, _PORTAL)
        return printed.replace("\u00a0", " ")  # no reader of a document can tell the two apart


def check(shell: Shell, command: Command, previous: int) -> None:
    """Run one command and compare what it prints with what is shown."""
    if command.text == "echo $?":
        assert command.output == [str(previous)]
        shell.status = 0
    elif wheel := _WHEEL.fullmatch(command.text):
        assert wheel[1] == f"ds2026kg-{ds2026kg.__version__}-py3-none-any.whl"
    elif command.text == "make test":
        # It runs this test; that its target exists is what can be seen from inside.
        assert "pytest" in shell.run("make -n -o .venv/.installed-test test")
    else:
        printed = shell.run(command.text)
        if command.shown:
            found = pattern(command.output).fullmatch(printed) is not None
            assert found, f"{command.text}\n{printed}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_print_what_the_document_shows(
    document: Path,
    checkout: Path,
    endpoint: str,
    portal: FakeCkan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Run in order, the commands and the Python of a document do what it says."""
    monkeypatch.chdir(checkout)
    shell = Shell(checkout, endpoint, portal)
    if document.name != "README.md" and any(b.language == "pycon" for b in blocks(document)):
        shell.run("ds2026kg build --quiet")
    names: dict[str, object] = {}
    for block in blocks(document):
        place = f"{document.relative_to(ROOT)}:{block.line}"
        if block.language in {"console", "sh"}:
            told = commands(block)
            for index, command in enumerate(told):
                previous = shell.status
                check(shell, command, previous)
                awaited = index + 1 < len(told) and told[index + 1].text == "echo $?"
                assert awaited or shell.status == 0, f"{place}: {command.text}"
        elif block.language == "pycon":
            example = doctest.DocTestParser().get_doctest(block.text + "\n", names, place, place, 0)
            failed = doctest.DocTestRunner(verbose=False).run(example, clear_globs=False).failed
            names.update(example.globs)
            assert failed == 0, place


def test_only_known_kinds_of_block_are_shown() -> None:
    """Every fenced block says what it is, so that none that could be run is passed over."""
    known = {"console", "sh", "pycon", "markdown", "turtle", "toml", "text", "json", "yaml"}
    known |= {"nginx", "caddyfile"}  # judged in test_proxies.py
    unknown = [
        f"{document.name}:{block.line}: {block.language}"
        for document in DOCUMENTS
        for block in blocks(document)
        if block.language not in known
    ]
    assert unknown == []
