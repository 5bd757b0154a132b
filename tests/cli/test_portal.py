"""`ds2026kg portal`: what it asks for, shows and refuses; the portal is a fake in this process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Call, Outcome, Run
from tests.targets.portal.fake_ckan import KEY, FakeCkan, Fault, serving

IDENTIFIER = "6c1d3c1e-1a1b-4c1d-8e1f-3f0d1d1f2a11"
_SETTINGS = """\
[dataset]
title_en = "Strategy"
title_fr = "Stratégie"
description_en = "What is done."
description_fr = "Ce qui est fait."
keywords_en = ["data"]
keywords_fr = ["données"]
issued = 2026-03-31
frequency = "P1Y"

[publisher]
name_en = "Office"
name_fr = "Bureau"
email = "data@example.org"

[portal]
url = "{url}"
id = "{id}"
owner_org = "tbs-sct"
subject = ["government_and_politics"]
imso_approval = true
ready_to_publish = true
"""


@pytest.fixture
def ckan() -> Iterator[FakeCkan]:
    """A portal without records."""
    with serving() as found:
        yield found


@pytest.fixture
def built(vault: Path, ckan: FakeCkan, call: Call, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that has a vault with all that the portal asks, and its build; a key is set."""
    monkeypatch.chdir(vault.parent)
    monkeypatch.setenv("DS2026KG_PORTAL_KEY", KEY)
    settle(vault, ckan.url)
    assert call("build", "--quiet").status == 0
    return vault.parent


def settle(vault: Path, url: str, identifier: str = IDENTIFIER) -> None:
    """Write the settings of the vault."""
    text = _SETTINGS.format(url=url, id=identifier)
    (vault / "ds2026kg.toml").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("built")
def test_from_a_dry_run_to_a_record_and_nothing_more(call: Call, ckan: FakeCkan) -> None:
    """Only `publish --yes` writes, and it writes what `diff` showed; a second time nothing is left."""
    assert call("portal", "check").status == 0
    assert ckan.calls == []
    shown = call("portal", "diff")
    place = f"{ckan.url}/dataset/{IDENTIFIER}"
    assert shown.out.startswith(f"a new record would be made: {place}\n")
    assert "title_translated.fr" in shown.out
    assert "files to be sent: " in shown.out
    dry = call("portal", "publish")
    assert dry == Outcome(
        0, shown.out, "nothing was written; run again with --yes to publish this\n"
    )
    assert ckan.writes == []
    done = call("portal", "publish", "--yes")
    calls = len(ckan.writes)
    assert done == Outcome(0, "", f"the record is published, in {calls} calls: {place}\n")
    assert ckan.files["commitments.csv"] == Path("dist/commitments.csv").read_bytes()
    again = call("portal", "publish", "--yes")
    assert again.err == f"nothing was changed; the record is as the build has it: {place}\n"
    assert len(ckan.writes) == calls
    assert call("portal", "diff", "--lang", "fr").out == (
        f"rien ne changerait; la notice est celle de la publication\u00a0: {place}\n"
    )


@pytest.mark.usefixtures("built")
def test_the_difference_as_json(call: Call, ckan: FakeCkan) -> None:
    """Programs get the fields as they are and as they would be."""
    call("portal", "publish", "--yes")
    ckan.records[IDENTIFIER]["frequency"] = "P1M"
    assert json.loads(call("portal", "diff", "--format", "json").out) == {
        "portal": ckan.url,
        "action": "update",
        "record": f"{ckan.url}/dataset/{IDENTIFIER}",
        "changes": [{"field": "frequency", "before": "P1M", "after": "P1Y"}],
        "uploads": [],
        "removed": [],
        "contested": ["frequency"],
    }


@pytest.mark.usefixtures("built")
def test_what_somebody_else_changed_is_looked_at_first(call: Call, ckan: FakeCkan) -> None:
    """It is refused with status 4 until it was shown, or at once with --force."""
    call("portal", "publish", "--yes")
    for look in (("portal", "diff"), ("portal", "publish")):
        ckan.records[IDENTIFIER]["frequency"] = "P1M"
        ckan.records[IDENTIFIER]["metadata_modified"] += "1"
        refused = call("portal", "publish", "--yes")
        assert refused.status == 4
        assert "changed this record since it was last looked at: frequency" in refused.err
        assert "changed by somebody else since you last looked: frequency\n" in call(*look).out
        assert call("portal", "publish", "--yes").status == 0
        assert ckan.records[IDENTIFIER]["frequency"] == "P1Y"
    ckan.records[IDENTIFIER]["frequency"] = "P1M"
    assert call("portal", "publish", "--yes", "--force").status == 0


@pytest.mark.usefixtures("built")
def test_what_was_seen_may_be_kept_elsewhere(call: Call, ckan: FakeCkan, tmp_path: Path) -> None:
    """So that CI, which begins with an empty folder each time, can keep it."""
    kept = tmp_path / "kept.json"
    call("portal", "publish", "--yes", "--seen", kept)
    assert json.loads(kept.read_text(encoding="utf-8"))["record"] == ckan.records[IDENTIFIER]
    assert not Path("dist/.portal-seen.json").exists()


@pytest.mark.usefixtures("built")
def test_what_cannot_be_kept_is_known_before_anything_is_sent(call: Call, ckan: FakeCkan) -> None:
    """A run that could not remember what it did would mistake it for another's edit."""
    refused = call("portal", "publish", "--yes", "--seen", "nowhere/seen.json")
    assert (refused.status, ckan.writes) == (3, [])
    assert "--seen FILE" in refused.err


def test_a_build_that_is_older_than_its_notes_is_refused(
    built: Path, call: Call, ckan: FakeCkan
) -> None:
    """By each of the commands, with status 1, before the portal is asked anything."""
    (built / "vault" / "Diary.md").write_text("New.\n", encoding="utf-8")
    for command in ("check", "diff", "publish"):
        refused = call("portal", command)
        assert (refused.status, refused.out) == (1, "")
        assert "the notes in vault have changed since this was built" in refused.err
    assert ckan.calls == []
    elsewhere = call("portal", "check", "--vault", built / "nowhere")
    assert elsewhere.status == 3
    (built / "vault").rename(built / "notes")
    assert call("portal", "check", "--vault", built / "notes").status == 1
    unknown = call("portal", "check")
    assert unknown.status == 0
    assert "whether its notes have changed since the build is not known" in unknown.err


def test_a_build_that_was_not_judged_is_refused(built: Path, call: Call, ckan: FakeCkan) -> None:
    """One made with --no-validate, and a folder that is no build."""
    assert call("build", "--no-validate", "--quiet").status == 0
    assert "never checked" in call("portal", "publish", "--yes").err
    assert call("portal", "publish", "--yes", built).status == 3
    assert ckan.calls == []


@pytest.mark.usefixtures("built")
def test_writing_takes_a_key_and_looking_does_not(
    call: Call, ckan: FakeCkan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is taken from the environment; one that cannot be sent is not shown either."""
    monkeypatch.delenv("DS2026KG_PORTAL_KEY")
    refused = call("portal", "publish", "--yes")
    assert (refused.status, ckan.calls) == (2, [])
    assert "DS2026KG_PORTAL_KEY: writing on the portal takes a key" in refused.err
    assert call("portal", "diff").status == 0
    assert set(ckan.keys) == {None}
    monkeypatch.setenv("DS2026KG_PORTAL_KEY", "se cret\x1b")
    refused = call("portal", "diff")
    assert refused.status == 2
    assert "cret" not in refused.err


@pytest.mark.usefixtures("built")
def test_a_refused_key_is_in_no_output(call: Call, ckan: FakeCkan) -> None:
    """Not even if the portal says it back."""
    denied = {"success": False, "error": {"__type": "Authorization Error", "message": f"no {KEY}"}}
    ckan.faults["package_create"] = [Fault(403, json.dumps(denied))] * 2
    refused = call("portal", "publish", "--yes", "--lang", "fr")
    assert refused.status == 4
    assert "le portail ne le permet pas avec cette clé\u00a0: no …" in refused.err
    assert KEY not in refused.err


def test_what_is_not_set_is_named(built: Path, call: Call, ckan: FakeCkan) -> None:
    """Which portal and which record is said in the settings alone."""
    settle(built / "vault", "")
    call("build", "--quiet")
    refused = call("portal", "diff")
    assert refused.status == 2
    assert "portal.url" in refused.err
    assert ckan.calls == []


@pytest.mark.parametrize("command", ["check", "diff", "publish"])
def test_each_command_is_told_in_both_languages(run: Run, command: str) -> None:
    """`portal --help` lists it, its own help has no sentence in the wrong language."""
    shown = {
        language: run("portal", command, "--help", "--lang", language).out.splitlines()
        for language in ("en", "fr")
    }
    sentences = {line.strip() for line in shown["en"] if line.endswith(".")}
    assert sentences
    assert sentences & {line.strip() for line in shown["fr"]} == set()
    assert f"  {command} " in run("portal", "--help", "--lang", "fr").out


def test_a_command_that_is_none_gets_a_suggestion(call: Call) -> None:
    """As for the program itself; without one, the help is named."""
    wrong = call("portal", "pubish")
    assert (wrong.status, "did you mean: publish?" in wrong.err) == (2, True)
    none = call("portal", "--lang", "fr")
    assert (none.status, none.out) == (2, "")
    assert "voyez `ds2026kg portal --help`" in none.err
