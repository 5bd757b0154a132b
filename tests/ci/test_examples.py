"""The files of docs/ci/ and the hooks: valid by their makers' schemas, and run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import ds2026kg

from .conftest import ROOT, Git

EXAMPLES = ROOT / "docs" / "ci"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The end of a command, with what it printed."""
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", "docs/ci/github.yml"),
        ("github-workflows", "docs/ci/github-pages.yml"),
        ("gitlab-ci", "docs/ci/gitlab-ci.yml"),
    ],
)
def test_a_file_is_valid_against_its_schema(schema: str, file: str) -> None:
    """GitHub's and GitLab's schemas find nothing wrong."""
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{schema}",
        file,
    ]
    done = run(command, ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_schema_can_refuse(tmp_path: Path) -> None:
    """An action without a description is not valid."""
    (tmp_path / "action.yml").write_text("name: x\nruns: {using: composite, steps: []}\n")
    check = ["check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]
    assert run([sys.executable, "-m", *check], tmp_path).returncode == 1


def test_the_page_shows_the_files() -> None:
    """What docs/ci.md shows of a file is the file; the one that docs/site.md is about is linked there."""
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    shown = sorted(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    linked = EXAMPLES / "github-pages.yml"
    others = (file for file in EXAMPLES.iterdir() if file != linked)
    assert shown == sorted(file.read_text("utf-8") for file in others)
    assert "(ci/github-pages.yml)" in (ROOT / "docs" / "site.md").read_text("utf-8")


def test_the_workflow_uses_the_action_as_it_is() -> None:
    """The inputs and outputs that the examples name are those of the action; its tag is a release."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    text = (EXAMPLES / "github.yml").read_text("utf-8")
    (step,) = (
        step
        for step in yaml.safe_load(text)["jobs"]["validate"]["steps"]
        if step.get("id") == "notes"
    )
    assert set(step["with"]) <= set(action["inputs"])
    assert set(re.findall(r"steps\.notes\.outputs\.([\w-]+)", text)) <= set(action["outputs"])
    release = f"@v{ds2026kg.__version__}"
    readme = (ROOT / "README.md").read_text("utf-8")
    assert step["uses"].endswith(release)
    assert set(re.findall(r"uses: OWNER/ds2026kg(\S+)", readme)) == {release}


@pytest.mark.parametrize("in_merge_request", [True, False])
def test_the_gitlab_job_does_what_it_says(
    repository: Path, base: str, programs: Path, in_merge_request: bool
) -> None:
    """The report is of all of the vault; the gate, in a merge request, of the change alone."""
    job: dict[str, Any] = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text("utf-8"))["notes"]
    assert f"/ds2026kg-{ds2026kg.__version__}-py3-none-any.whl" in job["variables"]["DS2026KG"]
    environment = {**job["variables"], "PATH": f"{programs}:{os.environ['PATH']}"}
    if in_merge_request:
        environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = base
    script = "\n".join(["set -eo pipefail", *job["before_script"], *job["script"]])
    done = run(["bash", "-c", script], repository, **environment)
    assert done.returncode == 1, done.stderr
    assert f"python -m pip install --quiet {job['variables']['DS2026KG']}" in done.stdout
    assert ("Old.md" in done.stdout) is not in_merge_request
    assert "Mission 3.1x.md:1:1: violation actor-unknown" in done.stdout
    reports = job["artifacts"]["reports"]
    paths = [
        i["location"]["path"]
        for i in json.loads((repository / reports["codequality"]).read_bytes())
    ]
    assert {"vault/Old.md", "vault/Mission 3.1x.md"} <= set(paths)
    assert ("Old.md" in (repository / reports["junit"]).read_text("utf-8")) is not in_merge_request


def test_the_example_for_pre_commit_names_our_hooks() -> None:
    """pre-commit finds both files well formed, and the hooks of one in the other."""
    commands = (
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", "docs/ci/pre-commit-config.yaml"),
    )
    for command in commands:
        assert run([sys.executable, "-m", "pre_commit", *command], ROOT).returncode == 0
    config = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text("utf-8"))
    (source,) = config["repos"]
    assert source["rev"] == f"v{ds2026kg.__version__}"
    assert {hook["id"] for hook in source["hooks"]} == {hook["id"] for hook in HOOKS}


@pytest.fixture
def hooked(
    repository: Path, base: str, git: Git, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The repository with our hooks, as the example has them but for the place they come from.

    `language: python` would have pre-commit install them from a package index; `system` takes the
    program that is there, and all else is as it is.
    """
    config = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text("utf-8"))
    ours = {hook["id"]: hook | {"language": "system"} for hook in HOOKS}
    hooks = [ours[hook["id"]] | hook for hook in config["repos"][0]["hooks"]]
    local = {"repos": [{"repo": "local", "hooks": hooks}]}
    git("checkout", "--quiet", base)
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local), encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message", "hooks")
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(repository.parent / "cache"))
    return repository


def commit(folder: Path) -> tuple[int, str]:
    """The exit status of the hooks for what is staged, and what they print."""
    done = run([sys.executable, "-m", "pre_commit", "run"], folder)
    return done.returncode, done.stdout


def test_a_broken_note_is_not_committed(hooked: Path, git: Git) -> None:
    """A violation stops the commit and is shown; what was there before is not."""
    (hooked / "vault" / "Mission 3.1x.md").write_text("XYZ will act.\n", encoding="utf-8")
    git("add", ".")
    status, told = commit(hooked)
    assert status == 1
    assert ": violation actor-unknown: No note describes “XYZ”" in told
    assert "Old.md" not in told


def test_a_note_that_can_be_mended_is_mended(hooked: Path, git: Git) -> None:
    """The hook changes the note, which stops the commit until the change is added."""
    note = hooked / "vault" / "New.md"
    (hooked / "vault" / "A page.md").write_text("", encoding="utf-8")
    note.write_text("[a](A page.md)\n", encoding="utf-8")
    git("add", ".")
    status, told = commit(hooked)
    assert (status, note.read_text("utf-8")) == (1, "[a](A%20page.md)\n")
    assert "files were modified by this hook" in told
    git("add", ".")
    assert commit(hooked)[0] == 0


@pytest.mark.parametrize(
    ("name", "runs"),
    [("x.MD", True), ("Board.canvas", True), ("ds2026kg.toml", True), ("a.py", False)],
)
def test_hooks_run_for_what_may_change_the_verdict(
    hooked: Path, git: Git, name: str, runs: bool
) -> None:
    """Notes, canvases and settings start the hooks, other files do not."""
    (hooked / "vault" / name).write_text("{}" if name.endswith("canvas") else "", encoding="utf-8")
    git("add", ".")
    status, told = commit(hooked)
    assert (status, told.count("Skipped")) == (0, 0 if runs else 2)
