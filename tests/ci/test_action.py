"""action.yml, its steps run in bash as GitHub's runner runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import ROOT
from .runner import Outcome, run_action

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALLED = {"python": sys.executable}


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The runner's temporary folder; its name has what a shell would trip over."""
    folder = tmp_path / "the runner's $temp"
    folder.mkdir()
    return folder


def counts(outcome: Outcome) -> dict[str, str]:
    """The outputs but for the SARIF file."""
    return {name: value for name, value in outcome.outputs.items() if name != "sarif-file"}


def codes(sarif: str) -> list[str]:
    """The rules broken, as a SARIF file has them."""
    log = json.loads(Path(sarif).read_bytes())
    return sorted({result["ruleId"] for result in log["runs"][0]["results"]})


def test_a_pull_request_is_judged_by_what_it_changes(
    repository: Path, temporary: Path, base: str
) -> None:
    """Annotations, table, outputs and SARIF tell of the change alone; violations fail the step."""
    outcome = run_action(repository, temporary, INSTALLED, base)
    assert (outcome.status, outcome.outputs["status"]) == (1, "1")
    assert "::error file=vault/Mission 3.1x.md,line=1," in outcome.out
    assert "Old.md" not in outcome.out + outcome.summary
    assert "2 more were there before" in outcome.out
    assert outcome.summary.startswith("## ds2026kg\n\n")
    assert "<code>vault/Mission 3.1x.md:1:1</code>" in outcome.summary
    assert outcome.outputs["sarif-file"] == f"{temporary}/ds2026kg.sarif"
    told = codes(outcome.outputs["sarif-file"])
    assert "actor-unknown" in told
    assert "link-broken" not in told
    violations = re.findall("^::error file", outcome.out, re.MULTILINE)
    assert outcome.outputs["violations"] == str(len(violations))


def test_all_of_the_vault_is_judged_without_a_base(
    repository: Path, temporary: Path, base: str
) -> None:
    """On a push, for an empty input, or where the checkout lacks the base, nothing is left out."""
    lacking = "0123456789012345678901234567890123456789"
    cases: list[tuple[dict[str, str], str | None]] = [
        ({}, None), ({"changed-since": ""}, base), ({}, lacking),
    ]  # fmt: skip
    outcomes = [
        run_action(repository, temporary, INSTALLED | inputs, commit) for inputs, commit in cases
    ]
    assert {outcome.status for outcome in outcomes} == {1}
    assert len({json.dumps(counts(outcome)) for outcome in outcomes}) == 1
    assert all("vault/Old.md:1:1" in outcome.summary for outcome in outcomes)
    notices = ["::notice title=ds2026kg::The checkout lacks" in each.out for each in outcomes]
    assert notices == [False, False, True]


@pytest.mark.usefixtures("base")
def test_inputs_reach_the_program(repository: Path, temporary: Path) -> None:
    """Vault, severity, language, baseline, settings, file and further options are those asked for."""
    (repository / "vault").rename(repository / "les notes")
    (repository / "other.toml").write_text(
        '[dataset]\nbase = "https://example.org/"\n', encoding="utf-8"
    )
    make_known = ("-m", "ds2026kg", "validate", "les notes", "--write-baseline", "known.txt")
    subprocess.run([sys.executable, *make_known], cwd=repository, check=True, capture_output=True)
    (repository / "les notes" / "New.md").write_text("[[Lost]]\n", encoding="utf-8")
    inputs = {
        "vault": "les notes",
        "fail-on": "never",
        "language": "fr",
        "baseline": "known.txt",
        "config": "other.toml",
        "sarif-file": "le rapport.sarif",
        "args": "--engine 'pyshacl' --output=\"a b.json\"",
    }
    outcome = run_action(repository, temporary, INSTALLED | inputs)
    assert (outcome.status, outcome.outputs["status"], outcome.err) == (0, "0", "")
    assert "| gravité | règle | endroit | constatation |" in outcome.summary
    assert outcome.outputs["sarif-file"] == "le rapport.sarif"
    assert codes(str(repository / "le rapport.sarif"))
    summary = json.loads((repository / "a b.json").read_bytes())["summary"]
    assert (summary["violations"], summary["known"] > 0) == (0, True)
    told = {name: str(summary[name]) for name in counts(outcome) if name != "status"}
    assert counts(outcome) == {"status": "0", **told}


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("name", sorted(set(ACTION["inputs"]) - {"python", "python-version"}))
def test_no_input_becomes_a_command(repository: Path, temporary: Path, name: str) -> None:
    """Whatever an input holds, nothing of it is run: it is refused, or taken for what it says."""
    attack = "$(touch hacked) `touch hacked`; touch hacked\n::error::hacked"
    outcome = run_action(repository, temporary, INSTALLED | {name: attack})
    assert not (repository / "hacked").exists()
    assert not re.search(
        "^::error::",
        re.sub(r"(?s)::stop-commands::(\w+)\n.*?::\1::", "", outcome.out),
        re.MULTILINE,
    )
    assert "Traceback" not in outcome.out + outcome.err
    # A file may have any name; everything else is no vault, revision, language or option.
    assert outcome.status == {"sarif-file": 1, "vault": 3}.get(name, 2)
    assert outcome.outputs["status"] == str(outcome.status)


def test_an_error_is_shown_on_the_page_of_the_run(repository: Path, temporary: Path) -> None:
    """Where nothing could be judged, an annotation says why, and no output or report is made up."""
    outcome = run_action(repository, temporary, INSTALLED | {"vault": "nowhere"})
    assert outcome.status == int(outcome.outputs["status"]) > 1
    assert re.search(
        "^::error title=ds2026kg::error: nowhere: .*%0A  remedy: ", outcome.out, re.MULTILINE
    )
    assert set(outcome.outputs.values()) == {outcome.outputs["status"], ""}
    assert outcome.summary == ""


def test_args_that_cannot_be_read_are_an_error(repository: Path, temporary: Path) -> None:
    """A missing quotation mark is told in the language asked for."""
    outcome = run_action(repository, temporary, INSTALLED | {"args": "'x", "language": "fr"})
    assert (outcome.status, outcome.outputs["status"]) == (2, "2")
    assert "il manque un guillemet" in outcome.out


def test_private_notes_stay_private(repository: Path, temporary: Path) -> None:
    """A word of a private note is in no annotation, summary, output or report."""
    vault = repository / "vault"
    (vault / "Secret zebrafish.md").write_text(
        "---\npublish: false\naliases: zebrafish\nup: '[[zebrafish gone]]'\n---\n[[zebrafish lost]]\n"
    )
    (vault / "Mission 3.1x.md").write_text("TBS will [[Secret zebrafish|zebrafish]] [[gone]].\n")
    outcome = run_action(repository, temporary, INSTALLED)
    assert "vault/Mission 3.1x.md" in outcome.summary
    report = Path(outcome.outputs["sarif-file"]).read_text("utf-8")
    assert "Mission%203.1x" in report
    said = outcome.out + outcome.err + outcome.summary + report + "".join(outcome.outputs.values())
    assert "zebrafish" not in said.casefold()


def test_everything_is_documented() -> None:
    """Each input and output has a row in docs/ci.md, with its default, and a description."""
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    inputs, outputs = page.split("| output |")
    for name, told in ACTION["inputs"].items():
        default = told["default"]
        (row,) = re.findall(rf"^\| `{name}` \| (.*?) ?\|", inputs, re.MULTILINE)
        assert told["description"].strip()
        assert row == f"`{default}`" or not default or default.startswith("${{")
    rows = "".join(re.findall(r"^\| (`.*?) \|", outputs, re.MULTILINE))
    assert [name for name in ACTION["outputs"] if f"`{name}`" not in rows] == []


def test_other_actions_are_pinned() -> None:
    """What the action itself uses is named by a full commit, with its version beside it."""
    used = re.findall(r"uses: (.*)", (ROOT / "action.yml").read_text("utf-8"))
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in used)


def test_the_install_step_installs_what_is_locked() -> None:
    """The lock file lies where the step looks, and it has the build backend, for which it looks."""
    locked = (ROOT / ".ci" / "requirements.txt").read_text("utf-8")
    assert "--hash=sha256:" in locked
    assert re.search("^hatchling==", locked, re.MULTILINE)
