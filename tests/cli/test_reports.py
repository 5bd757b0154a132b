"""`validate --format` and `--output`: every report, on stdout or in files, whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft7Validator

from ds2026kg.validation.reporters import FORMATS

from .conftest import TESTS, Call, Run, contents
from .test_bad_notes import BROKEN

SARIF = Draft7Validator(
    json.loads((TESTS / "fixtures" / "sarif" / "sarif-schema-2.1.0.json").read_bytes())
)


@pytest.fixture
def broken(vault: Path) -> Path:
    """A vault with every broken note there is, some of them below folders of odd names."""
    for number, (name, (data, _, _)) in enumerate(BROKEN.items()):
        folder = vault / ("é 100%, a#b" if number % 2 else "plain")
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (vault / "Mission 3.1b.md").write_text("# Mission 3.1b\nAct!\n[[Nobody]]\n", encoding="utf-8")
    return vault


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sarif_of_broken_vaults_is_valid(broken: Path, call: Call, language: str) -> None:
    """Whatever is wrong with notes, the report follows OASIS's schema and says all of it."""
    outcome = call("validate", broken, "--format", "sarif", "--lang", language)
    log = json.loads(outcome.out)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    told = [result["ruleId"] for result in log["runs"][0]["results"]]
    report = json.loads(call("validate", broken, "--format", "json").out)
    assert told == [finding["code"] for finding in report["findings"]]
    assert {"commitment-lead-missing", "link-broken", "note-encoding"} <= set(told)
    assert outcome.status == 3


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_stdout_would(
    broken: Path, call: Call, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each format can go to a file, to the byte as it would be printed, and the status is the same."""
    monkeypatch.setenv("COLUMNS", "100000")
    printed = call("validate", broken, "--format", form)
    outcome = call("validate", broken, "--format", "turtle", "-o", f"{form}={tmp_path / 'a=b'}")
    assert (tmp_path / "a=b").read_bytes().decode("utf-8") == printed.out
    assert outcome.out.startswith("@prefix")
    assert (outcome.status, printed.status) == (3, 3)


def test_several_reports_come_of_one_run(vault: Path, call: Call, tmp_path: Path) -> None:
    """The suffix of a file says its format, and stdout still gets its own."""
    here = tmp_path / "here"
    names = ["a.sarif", "b.sarif.json", "c.JSON", "d.ttl", "e.xml", "f.txt"]
    outcome = call("validate", vault, *(word for name in names for word in ("--output", name)))
    assert outcome.status == 0
    assert outcome.out == "0 violations, 0 warnings, 0 infos\n"
    assert sorted(path.name for path in here.iterdir()) == names
    assert (here / "a.sarif").read_bytes() == (here / "b.sarif.json").read_bytes()
    assert json.loads((here / "c.JSON").read_bytes())["version"] == 1
    assert (here / "d.ttl").read_text("utf-8").startswith("@prefix ds:")
    assert ET.fromstring((here / "e.xml").read_bytes()).tag == "testsuites"  # noqa: S314 - ours
    assert (here / "f.txt").read_text("utf-8") == outcome.out


@pytest.mark.parametrize(
    ("folder", "argument", "expected"),
    [
        (".", "vault", "vault/Mission 3.1b.md"),
        ("vault", ".", "Mission 3.1b.md"),
        ("here", "../vault", "Mission 3.1b.md"),
        ("here", "../link", "Mission 3.1b.md"),
        (".", "link", "vault/Mission 3.1b.md"),
    ],
)
def test_paths_begin_where_the_command_runs(
    vault: Path,
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: str,
    argument: str,
    expected: str,
) -> None:
    """CI systems find the notes of a vault that lies in the repository, links followed."""
    (vault / "Mission 3.1b.md").write_text("# Mission 3.1b\nAct!\n", encoding="utf-8")
    (tmp_path / "link").symlink_to("vault")
    monkeypatch.chdir(tmp_path / folder)
    issues = json.loads(call("validate", argument, "--format", "gitlab").out)
    assert {issue["location"]["path"] for issue in issues} == {expected}
    assert f"::error file={expected},line=" in call("validate", argument, "--format", "github").out


def test_junit_and_the_status_agree(vault: Path, call: Call) -> None:
    """Warnings are failures exactly where --fail-on makes them so."""
    (vault / "Mission 3.1b.md").write_text("# Mission 3.1b\nTBS will act.\n", encoding="utf-8")
    failures = {}
    for fail_on in ("violation", "warning"):
        outcome = call("validate", vault, "--format", "junit", "--fail-on", fail_on)
        suite = ET.fromstring(outcome.out)[0]  # noqa: S314 - ours
        failures[fail_on] = (outcome.status, suite.attrib["failures"])
    assert failures == {"violation": (0, "0"), "warning": (1, "2")}


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (
            ["report.pdf"],
            "report.pdf: the name does not say which format is meant\n"
            "  remedy: write --output FORM=FILE, with one of "
            "text, json, sarif, github, gitlab, junit, turtle, markdown\n",
        ),
        (
            ["json="],
            "json=: no format and file can be told from this\n"
            "  remedy: write --output FORM=FILE, with one of "
            "text, json, sarif, github, gitlab, junit, turtle, markdown\n",
        ),
        (
            ["sarf=report.sarif"],
            "ds2026kg validate: -o: 'sarf' is not one of "
            "text, json, sarif, github, gitlab, junit, turtle, markdown\n"
            "  remedy: see `ds2026kg validate --help`\n",
        ),
        (
            ["a.json", "text=./sub/../a.json"],
            "./sub/../a.json: two reports would go to this file\n"
            "  remedy: give each --output a file of its own\n",
        ),
    ],
)
def test_an_output_that_cannot_be_meant_is_wrong_usage(
    vault: Path, call: Call, tmp_path: Path, outputs: list[str], message: str
) -> None:
    """A format that is unknown or cannot be told, or one file for two, ends with status 2."""
    (tmp_path / "here" / "sub").mkdir()
    outcome = call("validate", vault, *(word for each in outputs for word in ("--output", each)))
    assert (outcome.status, outcome.out, outcome.err) == (2, "", f"error: {message}")
    assert list((tmp_path / "here").iterdir()) == [tmp_path / "here" / "sub"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_output_without_a_folder_is_said(
    vault: Path, call: Call, tmp_path: Path, language: str
) -> None:
    """No folder is made for a report; the others of the run are not written either."""
    outcome = call("validate", vault, "-o", "a.json", "-o", "none/b.sarif", "--lang", language)
    assert outcome.status == 3
    assert (
        outcome.err
        == {
            "en": "error: none/b.sarif: its folder is not there\n"
            "  remedy: make the folder, or choose another with --output\n",
            "fr": "erreur\u00a0: none/b.sarif: son dossier n’existe pas\n"
            "  remède\u00a0: créez le dossier, ou choisissez-en un autre avec --output\n",
        }[language]
    )
    assert contents(tmp_path / "here") == {}


def test_an_output_that_may_not_be_written_is_said(
    vault: Path, run: Run, unprivileged: tuple[str, ...], tmp_path: Path
) -> None:
    """A folder that is closed to the user is output that cannot be written."""
    closed = tmp_path / "closed"
    closed.mkdir(0o555)
    outcome = run("validate", vault, "-o", closed / "a.json", prefix=unprivileged)
    assert outcome.status == 3
    assert outcome.err == (
        f"error: {closed / 'a.json'}: writing is not allowed here\n"
        "  remedy: make the folder writable, or choose another with --output\n"
    )
    assert (outcome.out, contents(closed)) == ("", {})


def test_a_full_disk_leaves_the_last_reports(
    vault: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second report finds no room, the first is as it was."""
    here = tmp_path / "here"
    (here / "a.json").write_text("old", encoding="utf-8")
    left = iter(range(1))

    def fill_up(_descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill_up)
    outcome = call("validate", vault, "-o", "a.json", "-o", "b.sarif")
    assert outcome.status == 3
    assert outcome.err == (
        "error: b.sarif: the disk is full\n"
        "  remedy: free some space and run again; the files of the last run are untouched\n"
    )
    assert contents(here) == {"a.json": b"old"}


def test_the_published_sarif_quotes_nothing(vault: Path, call: Call, tmp_path: Path) -> None:
    """Of a note, the report beside the data has the place and no words; its marks are validate's."""
    (vault / "Mission 3.1b.md").write_text(
        "# Mission 3.1b\nTBS will act upon [[Ünnamed]].\n", encoding="utf-8"
    )
    assert call("build", vault, "-q", "-o", tmp_path / "dist").status == 0
    text = (tmp_path / "dist" / "report.sarif").read_text("utf-8")
    log = json.loads(text)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    assert ("snippet" in text, "will act upon" in text, str(tmp_path) in text) == (False,) * 3
    published = {_mark(result) for result in log["runs"][0]["results"]}
    told = json.loads(call("validate", vault, "--format", "sarif").out)["runs"][0]["results"]
    assert published
    assert published <= {_mark(result) for result in told}


def _mark(result: dict[str, dict[str, str]]) -> str:
    return result["partialFingerprints"]["ds2026kg/v1"]
