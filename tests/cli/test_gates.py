"""What makes a command fail: silences, baselines, changes, severities, and all of them together."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import Call, Outcome, command_line

if TYPE_CHECKING:
    from tests.conftest import Repository

WARNED = "# Mission 3.1b\nTBS will act. [[gone]]\n\nup:: [[Mission 3.1]]\n"
CODES = ["definition-fr-missing", "label-fr-missing", "link-broken"]
UNREADABLE = "---\nup: a: b\n---\n# Mission 3.1c\nTBS will act.\n"


def codes(outcome: Outcome) -> list[str]:
    """The note and code of each finding of a JSON report."""
    return [f"{each['note']} {each['code']}" for each in json.loads(outcome.out)["findings"]]


def counts(outcome: Outcome) -> dict[str, int]:
    """What the summary of a JSON report counts, but for nought."""
    summary: dict[str, int] = json.loads(outcome.out)["summary"]
    return {name: count for name, count in summary.items() if count}


def silencing(note: str, *items: str) -> str:
    """`note` with these items in `ds2026kg-ignore`."""
    listed = "".join(f'  - "{item}"\n' for item in items)
    return f"---\nds2026kg-ignore:\n{listed}---\n{note}"


@pytest.fixture
def warned(vault: Path) -> Path:
    """A note with three warnings, in an otherwise faultless vault."""
    note = vault / "Mission 3.1b.md"
    note.write_text(WARNED, encoding="utf-8")
    return note


@pytest.fixture
def tracked(repository: Repository, vault: Path) -> Path:
    """The faultless vault and a note with three warnings, committed in a folder of a repository."""
    place = repository.root / "notes" / "vault"
    place.parent.mkdir()
    vault.rename(place)
    (place / "Mission 3.1b.md").write_text(WARNED, encoding="utf-8")
    repository.commit()
    return place


def test_what_is_silenced_fails_neither_command(
    vault: Path, warned: Path, call: Call, tmp_path: Path
) -> None:
    """Silenced with reasons, every finding is still counted, and both commands end well."""
    warned.write_text(silencing(WARNED, *(f"{code}: to come" for code in CODES)), "utf-8")
    judged = call("validate", vault, "--fail-on", "info", "--format", "json")
    built = call("build", vault, "-o", tmp_path / "dist", "--fail-on", "info")
    assert (judged.status, counts(judged), built.status) == (0, {"silenced": 3}, 0)
    report = json.loads((tmp_path / "dist" / "report.json").read_bytes())
    assert report["summary"]["silenced"] == 3


def test_what_is_wrong_with_silences_counts(vault: Path, warned: Path, call: Call) -> None:
    """Each fault has the place of its item, and fails the command as any warning does."""
    items = ["link-broken: to come", "link-broken: again", "label-fr-mising: x", "label-fr-missing"]
    warned.write_text(silencing(WARNED, *items, "key-unknown: x", "yaml-syntax: x"), "utf-8")
    judged = call("validate", vault, "--fail-on", "warning", "--format", "json")
    assert (judged.status, judged.places()) == (
        1,
        [
            "Mission 3.1b.md:4:5 silence-repeated",
            "Mission 3.1b.md:5:5 silence-unknown",
            "Mission 3.1b.md:6:5 silence-without-reason",
            "Mission 3.1b.md:7:5 silence-unused",
            "Mission 3.1b.md:8:5 silence-refused",
            "Mission 3.1b.md:11:1 definition-fr-missing",
            "Mission 3.1b.md:11:1 label-fr-missing",
            "Mission 3.1b.md:11:15 link-broken",
        ],
    )


def test_the_properties_of_a_silence_are_neither_unknown_nor_published(
    vault: Path, warned: Path, call: Call, tmp_path: Path
) -> None:
    """They are no fault of a strategy note, and no file of the data holds what they say."""
    text = WARNED.replace("# M", "---\nds2026kg-ignore: [link-broken]\nREASON: zebra\n---\n# M")
    warned.write_text(text.replace("REASON", "ds2026kg-ignore-reason"), "utf-8")
    assert "key-unknown" not in call("validate", vault).out
    assert call("build", vault, "-o", tmp_path / "dist").status == 0
    files = [path for path in (tmp_path / "dist").iterdir() if not path.name.startswith("report")]
    assert [path.name for path in files if b"zebra" in path.read_bytes()] == []


def test_without_shacl_its_silences_are_let_be(
    vault: Path, warned: Path, call: Call, tmp_path: Path
) -> None:
    """A build that does not judge with SHACL cannot know whether they are used."""
    warned.write_text(silencing(WARNED, "link-broken: a", "label-fr-missing: b"), "utf-8")
    built = call("build", vault, "-o", tmp_path, "--no-validate", "--fail-on", "warning")
    assert built.status == 0
    assert "silence-" not in built.err


@pytest.mark.parametrize("publish", ["true", "false"])
def test_the_silences_of_private_notes_are_not_told(vault: Path, call: Call, publish: str) -> None:
    """Faulty silences are told only of notes that may be told of."""
    text = f"---\npublish: {publish}\nds2026kg-ignore: [nonsense]\n---\nx\n"
    (vault / "Other.md").write_text(text, encoding="utf-8")
    said = call("validate", vault).out
    assert ("silence-unknown" in said) == (publish == "true")


def test_known_findings_are_shown_and_fail_nothing(
    vault: Path, warned: Path, call: Call, tmp_path: Path
) -> None:
    """A baseline makes them known to both commands, also when their lines have moved."""
    file = tmp_path / "known.txt"
    written = call("validate", vault, "--write-baseline", file, "--fail-on", "info")
    assert (written.status, written.err) == (0, "")
    warned.write_text(f"\n\n{WARNED}", encoding="utf-8")
    judged = call("validate", vault, "--baseline", file, "--fail-on", "info", "--format", "json")
    built = call("build", vault, "-o", tmp_path / "dist", "--baseline", file, "--fail-on", "info")
    assert (judged.status, counts(judged), judged.err) == (0, {"known": 3}, "")
    assert built.status == 0
    assert json.loads((tmp_path / "dist" / "report.json").read_bytes())["summary"]["known"] == 3


def test_a_new_finding_beside_known_ones_counts(
    vault: Path, warned: Path, call: Call, tmp_path: Path
) -> None:
    """A second fault like a known one is another, and the command fails on it."""
    file = tmp_path / "known.txt"
    call("validate", vault, "--write-baseline", file)
    warned.write_text(f"{WARNED}\n[[gone too]]\n", encoding="utf-8")
    judged = call("validate", vault, "--baseline", file, "--fail-on", "warning", "--format", "json")
    assert (judged.status, counts(judged)) == (1, {"warnings": 1, "notes": 1, "known": 3})


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "{file}:6: no longer found: link-broken Mission 3.1b.md\n"
            "remove this line from {file}, or write it anew with --write-baseline\n",
        ),
        (
            "fr",
            "{file}:6\u00a0: n’est plus constaté\u00a0: link-broken Mission 3.1b.md\n"
            "supprimez cette ligne de {file}, ou récrivez-le avec --write-baseline\n",
        ),
    ],
)
def test_what_is_no_longer_found_is_told(
    vault: Path, warned: Path, call: Call, tmp_path: Path, language: str, expected: str
) -> None:
    """On stderr, with the line to remove; and not under `--quiet`."""
    file = tmp_path / "known.txt"
    call("validate", vault, "--write-baseline", file)
    # Findings are known by the words of their line: the link gets one of its own before it goes.
    warned.write_text(WARNED.replace(" [[gone]]", "\n\n[[gone]]"), encoding="utf-8")
    call("validate", vault, "--write-baseline", file)
    warned.write_text(WARNED.replace(" [[gone]]", ""), encoding="utf-8")
    judged = call("validate", vault, "--baseline", file, "--lang", language)
    assert (judged.status, judged.err) == (0, expected.format(file=file))
    assert call("validate", vault, "--baseline", file, "--quiet").err == ""


def test_many_outdated_lines_are_told_in_part(vault: Path, call: Call, tmp_path: Path) -> None:
    """Twenty are named, and all are counted."""
    file = tmp_path / "known.txt"
    lines = "".join(f"{number:032x}\tcode\tnote\tmessage\n" for number in range(30))
    file.write_text(f"# ds2026kg-baseline 1\n{lines}", encoding="utf-8")
    told = call("validate", vault, "--baseline", file).err.splitlines()
    assert told[19:] == [
        f"{file}:21: no longer found: code note",
        "…",
        f"remove these 30 lines from {file}, or write it anew with --write-baseline",
    ]


def test_a_silence_goes_before_the_baseline(
    vault: Path, warned: Path, call: Call, tmp_path: Path
) -> None:
    """A known finding that its note silences is silenced, and its line in the file outdated."""
    file = tmp_path / "known.txt"
    call("validate", vault, "--write-baseline", file)
    warned.write_text(silencing(WARNED, "link-broken: to come"), "utf-8")
    judged = call("validate", vault, "--baseline", file, "--format", "json")
    assert counts(judged) == {"known": 2, "silenced": 1}
    assert "no longer found: link-broken" in judged.err


def test_a_baseline_is_written_anew_from_an_old_one(
    vault: Path, warned: Path, call: Call, tmp_path: Path
) -> None:
    """With both options on one file, it holds what is found now, and nothing is outdated."""
    file = tmp_path / "known.txt"
    call("validate", vault, "--write-baseline", file)
    warned.write_text(WARNED.replace("gone", "gone too"), encoding="utf-8")
    judged = call("validate", vault, "--baseline", file, "--write-baseline", file)
    assert (judged.status, judged.err) == (0, "")
    found = [line.split("\t")[1] for line in file.read_text("utf-8").splitlines()[3:]]
    assert found == CODES
    assert str(tmp_path) not in file.read_text("utf-8")


def test_a_note_is_not_written_over(vault: Path, warned: Path, call: Call) -> None:
    """A slip of the pen loses no note."""
    judged = call("validate", vault, "--write-baseline", warned)
    assert judged.status == 3
    assert judged.err.startswith(f"error: {warned}: this file is no baseline, and would be lost\n")
    assert warned.read_text("utf-8") == WARNED


@pytest.mark.parametrize("command", ["build", "validate"])
def test_a_baseline_that_is_missing_is_wrong_usage(vault: Path, call: Call, command: str) -> None:
    """Status 2, with the file and a remedy, in the user's language."""
    told = call(command, vault, "--baseline", "no.txt", "--lang", "fr")
    assert (told.status, told.out, told.err) == (
        2,
        "",
        "erreur\u00a0: no.txt: la liste des constatations connues ne peut pas être lue\u00a0: "
        "ce fichier n’existe pas\n"
        "  remède\u00a0: donnez le chemin d’un fichier fait par --write-baseline\n",
    )


@pytest.mark.parametrize("gate", ["silence", "baseline", "changes", "all"])
@pytest.mark.parametrize("command", ["build", "validate"])
def test_a_note_that_cannot_be_read_passes_no_gate(
    tracked: Path, repository: Repository, call: Call, tmp_path: Path, command: str, gate: str
) -> None:
    """Status 3, whatever is silenced, known or unchanged, and whatever `--fail-on` says."""
    (tracked / "Mission 3.1c.md").write_text(UNREADABLE, encoding="utf-8")
    file = tmp_path / "known.txt"
    assert call("validate", tracked, "--write-baseline", file).status == 3
    assert "yaml-syntax" not in file.read_text("utf-8")
    repository.commit()
    if gate in ("silence", "all"):
        text = UNREADABLE.replace("up", "ds2026kg-ignore: ['yaml-syntax: x']\nup")
        (tracked / "Mission 3.1c.md").write_text(text, encoding="utf-8")
        repository.commit()
    options = ["--baseline", file] * (gate in ("baseline", "all"))
    options += ["--changed-since", "HEAD"] * (gate in ("changes", "all"))
    output = ["-o", tmp_path / "dist"] * (command == "build")
    told = call(command, tracked, "--fail-on", "never", *options, *output)
    assert told.status == 3
    assert "yaml-syntax" in told.out + told.err
    assert not (tmp_path / "dist").exists()


def test_nothing_changed_is_nothing_found(tracked: Path, call: Call) -> None:
    """What was there before is counted, in both languages, and not shown."""
    judged = call("validate", tracked, "--changed-since", "HEAD", "--fail-on", "info")
    french = call("validate", tracked, "--changed-since", "HEAD", "--lang", "fr")
    assert (judged.status, judged.out, judged.err, french.err) == (
        0,
        "0 violations, 0 warnings, 0 infos\n",
        "3 more were there before (HEAD); they are not shown\n",
        "3 autres étaient là avant (HEAD); elles ne sont pas montrées\n",
    )


def test_all_of_a_changed_note_is_shown(tracked: Path, call: Call) -> None:
    """Whoever touches a note is told of all that is wrong with it, old or new."""
    with open(tracked / "Mission 3.1b.md", "a", encoding="utf-8") as note:
        note.write("\nMore.\n")
    judged = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    assert set(codes(judged)) >= {f"Mission 3.1b.md {code}" for code in CODES}
    assert judged.err == ""


def test_a_renamed_actor_is_told_where_it_is_missed(
    tracked: Path, repository: Repository, call: Call
) -> None:
    """Commitments in unchanged notes that lose their lead are shown, others are not."""
    actor = (tracked / "TBS.md").read_text("utf-8")
    repository.git("rm", "--quiet", "notes/vault/TBS.md")
    text = actor.replace("acronym_en: TBS", "acronym_en: TBX").replace("# TBS", "# TBX")
    (tracked / "TBX.md").write_text(text.replace("actor/tbs", "actor/tbx"), "utf-8")
    judged = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    assert judged.status == 1
    assert {each for each in codes(judged) if "TBX.md" not in each} == {
        f"Mission 3.1{letter}.md {code}"
        for letter in "ab"
        for code in ("actor-unknown", "commitment-lead-missing")
    }
    assert judged.err == "3 more were there before (HEAD); they are not shown\n"


def test_a_vanished_parent_is_told_at_its_children(tracked: Path, call: Call) -> None:
    """Children in unchanged notes are shown when their parent's note is gone."""
    (tracked / "Mission 3.1.md").unlink()
    judged = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    assert judged.status == 1
    assert sorted(codes(judged)) == [
        f"Mission 3.1{letter}.md {code}"
        for letter in "ab"
        for code in ("link-broken", "parent-unknown", "reference-broken")
    ]


def test_a_mended_fault_leaves_its_silence_over(
    tracked: Path, repository: Repository, call: Call
) -> None:
    """A note added elsewhere can make a silence useless: that is new, and shown."""
    text = silencing("# Mission 3.1b\nTBS will act.\n\n[[gone]]\n", "link-broken: to come")
    (tracked / "Mission 3.1b.md").write_text(text, "utf-8")
    repository.commit()
    (tracked / "gone.md").write_text("[[TBS]]", "utf-8")
    judged = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    assert codes(judged) == ["Mission 3.1b.md silence-unused"]


def test_a_second_place_that_changed_is_shown(
    tracked: Path, repository: Repository, call: Call
) -> None:
    """A finding in an unchanged note is shown if it also lies in a changed one."""
    (tracked / "Twin.md").write_text("---\nnotation: 3.1a\n---\nTBS will act.\n", "utf-8")
    repository.commit()
    nothing = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    with open(tracked / "Mission 3.1a.md", "a", encoding="utf-8") as note:
        note.write("\n")
    judged = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    assert codes(nothing) == []
    assert "Twin.md duplicate-entity" in codes(judged)


def test_an_unchanged_symbolic_link_is_not_new(
    tracked: Path, repository: Repository, call: Call
) -> None:
    """Links are not laid out again for the comparison, but are not forgotten either."""
    (tracked / "Link.md").symlink_to("/nowhere/at/all.md")
    fresh = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    repository.commit()
    judged = call("validate", tracked, "--changed-since", "HEAD", "--format", "json")
    assert (codes(fresh), codes(judged)) == (["Link.md link-leads-nowhere"], [])


def test_a_vault_that_was_not_there_is_all_new(
    repository: Repository, vault: Path, warned: Path, call: Call
) -> None:
    """Every finding is shown, whether the folder was missing or had no notes."""
    place = repository.root / "vault"
    repository.commit()
    vault.rename(place)
    missing = call("validate", place, "--changed-since", "HEAD", "--format", "json")
    notes = [*place.iterdir()]
    repository.write("vault/picture.png", "")
    repository.git("add", "vault/picture.png")
    repository.git("commit", "--quiet", "--message", "picture")
    empty = call("validate", place, "--changed-since", "HEAD", "--format", "json")
    expected = [f"{warned.name} {code}" for code in CODES]
    assert (codes(missing), codes(empty), len(notes)) == (expected, expected, 6)


def test_known_findings_of_changed_notes_fail_nothing(
    tracked: Path, call: Call, tmp_path: Path
) -> None:
    """With a baseline and a revision, what is known is known in changed notes too."""
    file = tmp_path / "known.txt"
    call("validate", tracked, "--write-baseline", file)
    with open(tracked / "Mission 3.1b.md", "a", encoding="utf-8") as note:
        note.write("\n[[new]]\n")
    gates = ("--baseline", file, "--changed-since", "HEAD")
    judged = call("validate", tracked, *gates, "--format", "json", "--fail-on", "warning")
    assert (judged.status, counts(judged)) == (1, {"warnings": 1, "notes": 1, "known": 3})


def test_a_baseline_of_a_part_is_refused(tracked: Path, call: Call, tmp_path: Path) -> None:
    """It would call the rest new; nothing is written."""
    told = call(
        "validate", tracked, "--changed-since", "HEAD", "--write-baseline", tmp_path / "known.txt"
    )
    assert (told.status, told.err) == (
        2,
        "error: --write-baseline: a baseline is of the whole vault, and --changed-since leaves "
        "findings out\n  remedy: leave out --changed-since\n",
    )
    assert not (tmp_path / "known.txt").exists()


def test_a_build_asks_the_same_of_a_change(
    tracked: Path, repository: Repository, call: Call, tmp_path: Path
) -> None:
    """Old violations do not stop it, new ones do; the published report has them all."""
    (tracked / "Mission 3.1c.md").write_text("# Mission 3.1c\nAct!\n", encoding="utf-8")
    repository.commit()
    options = ("-o", tmp_path / "dist", "--changed-since")
    assert call("build", tracked, *options, "HEAD~1").status == 1
    assert not (tmp_path / "dist").exists()
    built = call("build", tracked, *options, "HEAD")
    assert built.status == 0
    assert "were there before (HEAD); they are not shown\n" in built.err
    report = json.loads((tmp_path / "dist" / "report.json").read_bytes())
    assert report["summary"]["violations"] > 0


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nonsense", "error: --changed-since nonsense: git knows no such revision\n"),
        ("--help", "error: --changed-since --help: git knows no such revision\n"),
    ],
)
def test_an_unknown_revision_is_wrong_usage(
    tracked: Path, call: Call, revision: str, message: str
) -> None:
    """Status 2 and a remedy; nothing that looks like an option is one to git."""
    told = call("validate", tracked, f"--changed-since={revision}")
    assert (told.status, told.out, told.err.splitlines(keepends=True)[0]) == (2, "", message)


def test_without_a_repository_a_change_is_wrong_usage(
    repository: Repository, vault: Path, call: Call
) -> None:
    """The vault is named; that its repository could be another's does not matter."""
    told = call("validate", vault, "--changed-since", "HEAD", "--lang", "fr")
    assert (told.status, told.err) == (
        2,
        f"erreur\u00a0: {vault}: ce coffre ne se trouve pas dans une copie de travail de git\n"
        "  remède\u00a0: omettez --changed-since, ou vérifiez le coffre dans un clone de son dépôt\n",
    )
    assert repository.git("status", "--porcelain") == ""


def test_a_hook_of_git_can_validate(tracked: Path, repository: Repository) -> None:
    """Run by `git commit`, the comparison is with this repository, and nothing in it changes."""
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    words = command_line("validate", tracked, "--changed-since", "HEAD", "--fail-on", "warning")
    hook.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in words) + "\n")
    hook.chmod(0o755)
    repository.git("commit", "--quiet", "--allow-empty", "--message", "nothing")
    with open(tracked / "Mission 3.1a.md", "a", encoding="utf-8") as note:
        note.write("\n[[nowhere]]\n")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        repository.git("commit", "--quiet", "--all", "--message", "broken")
    # A hook speaks on stderr.
    assert b"Mission 3.1a.md:10:1: warning link-broken: " in refused.value.stderr
