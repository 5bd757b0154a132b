"""What the steps of action.yml do: install ds2026kg, validate, and tell GitHub what was found.

Run by GitHub's runner as `python action.py install` and `python action.py validate`; nothing but the
standard library is used. Inputs come as environment variables and go on as arguments, through no
shell. See "Workflow commands for GitHub Actions" in GitHub's documentation.
"""

import json
import os
import secrets
import shlex
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
COUNTS = ("violations", "warnings", "infos", "known", "silenced")
_PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "install")
_NOT_CLONED = {
    "en": "The checkout lacks the base of the pull request, so all of the vault is judged. "
    "Give actions/checkout `fetch-depth: 0` to judge the change alone.",
    "fr": "La copie n’a pas la base de la demande de tirage; tout le coffre est donc vérifié. "
    "Donnez `fetch-depth: 0` à actions/checkout pour ne vérifier que le changement.",
}
_UNQUOTED = {
    "en": "The input `args` cannot be read: a quotation mark is missing. Add it.",
    "fr": "L’entrée `args` ne peut pas être lue\u00a0: il manque un guillemet. Ajoutez-le.",
}


def install() -> int:
    """Make an environment of the locked packages and ds2026kg; its `python` is the output."""
    folder = Path(os.environ["RUNNER_TEMP"]) / "ds2026kg-venv"
    venv.create(folder, clear=True, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    locked = PROJECT / ".ci" / "requirements.txt"
    subprocess.run([python, *_PIP, "--require-hashes", "-r", str(locked)], check=True)
    plain = ("--no-deps", "--no-build-isolation", str(PROJECT))
    subprocess.run([python, *_PIP, *plain], check=True)
    write_outputs({"python": python})
    return 0


def validate() -> int:
    """Validate as the inputs say; returns the exit status of `ds2026kg validate`.

    Annotations go to stdout, the table to the step's summary, status and counts to its outputs.
    """
    with tempfile.TemporaryDirectory(dir=os.environ["RUNNER_TEMP"]) as temporary:
        folder = Path(temporary)
        sarif = os.environ.get("INPUT_SARIF_FILE") or os.environ["RUNNER_TEMP"] + "/ds2026kg.sarif"
        try:
            command = [sys.executable, "-m", "ds2026kg", *arguments(os.environ, folder, sarif)]
        except ValueError:
            annotate("error", in_language(_UNQUOTED))
            write_outputs({"status": "2"})
            return 2
        done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
        told = done.stderr.decode("utf-8", "replace")
        print_harmless(told)
        outputs = {"status": str(done.returncode)}
        report = folder / "report.json"
        if report.exists():  # all reports appear together, or none does
            counts = json.loads(report.read_text("utf-8"))["summary"]
            outputs |= {name: str(counts[name]) for name in COUNTS} | {"sarif-file": sarif}
            append("GITHUB_STEP_SUMMARY", (folder / "summary.md").read_text("utf-8"))
        elif done.returncode != 0:
            annotate("error", told.strip())
    write_outputs(outputs)
    return done.returncode


def arguments(given: Mapping[str, str], folder: Path, sarif: str) -> list[str]:
    """The arguments of `ds2026kg` for the inputs in `given`; reports go to `folder` and `sarif`.

    Further options come first, so that what the action itself needs holds. Raises `ValueError` if
    their quotation marks do not match.
    """
    told = ["validate", *shlex.split(given.get("INPUT_ARGS", ""))]
    for option, name in (
        ("--config", "INPUT_CONFIG"),
        ("--fail-on", "INPUT_FAIL_ON"),
        ("--baseline", "INPUT_BASELINE"),
        ("--lang", "INPUT_LANGUAGE"),
    ):
        if given.get(name):
            told.append(f"{option}={given[name]}")
    since = given.get("INPUT_CHANGED_SINCE", "")
    if since and since == given.get("PULL_REQUEST_BASE") and not is_cloned(since):
        annotate("notice", in_language(_NOT_CLONED))
    elif since:
        told.append(f"--changed-since={since}")
    told += ["--format=github", f"--output=sarif={sarif}"]
    told += [f"--output=json={folder / 'report.json'}"]
    told += [f"--output=markdown={folder / 'summary.md'}"]
    return [*told, "--", given.get("INPUT_VAULT") or "vault"]


def is_cloned(revision: str) -> bool:
    """Whether the repository has the commit."""
    command = ["git", "cat-file", "-e", revision + "^{commit}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def print_harmless(text: str) -> None:
    """Print what is no workflow command, so that the runner takes no line of it for one."""
    if text:
        word = secrets.token_hex(16)
        print(f"::stop-commands::{word}", text.rstrip("\n"), f"::{word}::", sep="\n", flush=True)


def in_language(text: Mapping[str, str]) -> str:
    """The sentence in the language of the input `language`."""
    return text.get(os.environ.get("INPUT_LANGUAGE", ""), text["en"])


def annotate(command: str, text: str) -> None:
    """Show `text` on the page of the run, as an "error" or a "notice"."""
    data = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::{command} title=ds2026kg::{data}", flush=True)


def write_outputs(outputs: Mapping[str, str]) -> None:
    """The outputs of the step, in the form that bears values of any kind."""
    for name, value in outputs.items():
        end = secrets.token_hex(16)
        append("GITHUB_OUTPUT", f"{name}<<{end}\n{value}\n{end}\n")


def append(variable: str, text: str) -> None:
    """Add `text` to the file that the runner names in an environment variable."""
    with open(os.environ[variable], "a", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit({"install": install, "validate": validate}[sys.argv[1]]())
