"""Runs the steps of action.yml as GitHub's runner would: in bash, with the files that it gives.

`python tests/ci/runner.py NAME=VALUE...` runs the action of this project on the current folder, with
these inputs. A step that uses another action sets up Python: the running one is handed over for it.
Of GitHub's expressions only those that action.yml has are known (names, `==`, `||`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
# "shell: bash", as GitHub's documentation of workflows has it.
_BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action left behind: its status, stdout, stderr, outputs and summary."""

    status: int
    out: str
    err: str
    outputs: dict[str, str]
    summary: str


def run_action(
    workspace: Path, temporary: Path, inputs: Mapping[str, str], base: str | None = None
) -> Outcome:
    """The outcome of the action with `inputs`, in a job whose checkout is `workspace`.

    `base` is the commit that a pull request is to be merged into, if the job is for one. An input
    that the action does not have raises `ValueError`, as GitHub warns of one.
    """
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    if unknown := set(inputs) - set(action["inputs"]):
        raise ValueError(unknown)
    event = {"pull_request": {"base": {"sha": base}}} if base else {}
    names: dict[str, Any] = {"github": {"event": event}, "steps": {}}
    names["inputs"] = {
        name: inputs.get(name, filled(said["default"], names))
        for name, said in action["inputs"].items()
    }
    summary = temporary / "summary"
    summary.touch()
    out = err = ""
    status = 0
    for step in action["runs"]["steps"]:
        if status != 0 or ("if" in step and not evaluated(step["if"], names)):
            continue
        if "uses" in step:
            names["steps"][step["id"]] = {"outputs": {"python-path": sys.executable}}
            continue
        outputs = temporary / f"{step['id']}.outputs"
        outputs.touch()
        given = {name: filled(value, names) for name, value in step["env"].items()}
        assert "${{" not in step["run"], "an input could add to the command"
        done = subprocess.run(
            [*_BASH, step["run"]],
            cwd=workspace,
            env={
                **_environment(),
                **given,
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_OUTPUT": str(outputs),
                "GITHUB_STEP_SUMMARY": str(summary),
                "RUNNER_TEMP": str(temporary),
            },
            capture_output=True,
            check=False,
        )
        status = done.returncode
        out, err = out + done.stdout.decode(), err + done.stderr.decode()
        names["steps"][step["id"]] = {"outputs": _outputs(outputs.read_text("utf-8"))}
    told = {name: filled(said["value"], names) for name, said in action["outputs"].items()}
    return Outcome(status, out, err, told, summary.read_text("utf-8"))


def _environment() -> dict[str, str]:
    """The environment without what git sets for hooks, and what says how the terminal speaks."""
    passed_over = ("GIT_", "LC_", "COLUMNS")
    return {k: v for k, v in os.environ.items() if not k.startswith(passed_over)}


def filled(text: str, names: Mapping[str, Any]) -> str:
    """`text`, its expression replaced by the value.

    >>> filled("${{ inputs.python || inputs.other }}", {"inputs": {"python": "", "other": "x"}})
    'x'
    """
    if not text.startswith("${{"):
        return text
    return str(evaluated(text.removeprefix("${{").removesuffix("}}"), names))


def evaluated(expression: str, names: Mapping[str, Any]) -> str | bool:
    """The value of an expression ("Evaluate expressions in workflows", GitHub's documentation).

    >>> evaluated("inputs.python == ''", {"inputs": {"python": ""}})
    True
    """
    if "||" in expression:
        values = [evaluated(part, names) for part in expression.split("||")]
        return next((value for value in values if value), "")
    if "==" in expression:
        left, right = (evaluated(part, names) for part in expression.split("=="))
        return left == right
    word = expression.strip()
    if word.startswith("'"):
        return word.strip("'")
    value: Any = names
    for part in word.split("."):
        value = value.get(part, {})
    return value or ""


def _outputs(text: str) -> dict[str, str]:
    """What a step wrote to its file of outputs, each value between two marks."""
    outputs = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, mark = line.split("<<")
        outputs[name] = "\n".join(iter(lambda: next(lines), mark))
    return outputs


def main() -> int:
    """Run the action here; show what GitHub would, and end as it would."""
    inputs = dict(argument.split("=", 1) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as temporary:
        outcome = run_action(Path.cwd(), Path(temporary), inputs)
    sys.stdout.write(outcome.out + outcome.summary)
    sys.stderr.write(outcome.err)
    return outcome.status


if __name__ == "__main__":
    sys.exit(main())
