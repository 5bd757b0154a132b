"""What publishing does to a record, and what stands when it cannot be finished."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.targets.portal.conftest import BASE, IDENTIFIER, package, resource, write_build
from tests.targets.portal.fake_ckan import ORGANIZATION, OTHER_ORGANIZATION, FakeCkan, Fault

from ds2026kg.errors import ConfigurationError, RemoteError
from ds2026kg.targets.portal import Portal, Release, compared, publish, read_release

_CHANGES = ("package_create", "package_revise")


def published(portal: Portal, release: Release) -> dict[str, Any]:
    """The record after the release was published."""
    return publish(portal, release, compared(portal, release)).record


def rebuilt(tmp_path: Path, **others: Any) -> Release:
    """The build made again, with `others` as fields of its package."""
    return read_release(write_build(tmp_path / "dist", package(**others)))


def names(record: dict[str, Any]) -> list[str]:
    """What the resources of a record are called, in order."""
    return [
        str(each.get("unique_identifier", each["id"])).removeprefix(f"{BASE}#")
        for each in record["resources"]
    ]


def test_a_new_record_has_all_its_files_before_anyone_sees_it(
    portal: Portal, ckan: FakeCkan, release: Release
) -> None:
    """It is made private, each file goes with a call of its own, and the last one makes it public."""
    private = []
    outcome = publish(
        portal,
        release,
        compared(portal, release),
        watching=lambda record: private.append((record["private"], len(record["resources"]))),
    )
    assert private == [(True, 1), (True, 2), (False, 3)]
    assert ckan.writes == ["package_create", "package_revise", "package_revise"]
    assert ckan.files == {"a.ttl": b"what a.ttl says", "b.csv": b"what b.csv says"}
    assert (outcome.calls, outcome.kept_otherwise) == (3, ())
    assert names(outcome.record) == ["a.ttl", "b.csv", "sparql"]
    assert outcome.record["owner_org"] == ORGANIZATION


def test_a_record_that_only_links_its_files_is_made_by_one_call(
    portal: Portal, ckan: FakeCkan, tmp_path: Path
) -> None:
    """Where the files lie at addresses of their own, nothing is uploaded or ever half done."""
    linked = [resource("a.ttl", "https://example.org/a.ttl")]
    record = published(portal, rebuilt(tmp_path, resources=linked))
    assert (ckan.writes, ckan.files, record["private"]) == (["package_create"], {}, False)


def test_a_second_run_makes_no_call_that_changes_anything(
    portal: Portal, ckan: FakeCkan, release: Release
) -> None:
    """What is as it should be is left alone."""
    published(portal, release)
    before = ckan.writes
    found = compared(portal, release)
    assert (found.action, found.changes, found.uploads) == ("none", (), ())
    assert publish(portal, release, found).calls == 0
    assert ckan.writes == before


def test_only_what_differs_is_sent(
    portal: Portal, ckan: FakeCkan, release: Release, tmp_path: Path
) -> None:
    """A field that changed goes by itself, and a file that changed with its resource."""
    published(portal, release)
    ckan.sent.clear()
    (tmp_path / "dist" / "b.csv").write_text("new", encoding="utf-8")
    found = compared(portal, rebuilt(tmp_path, frequency="P1M"))
    assert [change.field for change in found.changes] == ["frequency", "resources.b.csv.hash"]
    assert found.uploads == ("b.csv",)
    publish(portal, rebuilt(tmp_path, frequency="P1M"), found)
    assert [sorted(each["update"]) for each in ckan.sent] == [["frequency"], ["resources"]]
    assert ckan.files["b.csv"] == b"new"


def test_what_others_added_stays(
    portal: Portal, ckan: FakeCkan, release: Release, tmp_path: Path
) -> None:
    """Fields and resources that are not ours are neither shown nor changed, and keep their places."""
    published(portal, release)
    record = ckan.records[IDENTIFIER]
    theirs = {"id": "theirs", "url": "https://example.org/x", "format": "PDF"}
    record["credit"] = "somebody"
    record["resources"][0]["note"] = "kept"
    record["resources"].insert(1, theirs)
    again = rebuilt(tmp_path, frequency="P1M", resources=[resource("a.ttl"), resource("c.nt")])
    found = compared(portal, again)
    assert found.removed == ("b.csv", "sparql")
    now = publish(portal, again, found).record
    assert (now["credit"], now["resources"][0]["note"]) == ("somebody", "kept")
    assert names(now) == ["a.ttl", "theirs", "c.nt"]


def test_a_record_changed_since_it_was_seen_is_not_written_over(
    portal: Portal, ckan: FakeCkan, release: Release, tmp_path: Path
) -> None:
    """Only fields that we would change count, and `force` writes over them."""
    seen = json.loads(json.dumps(published(portal, release)))
    ckan.records[IDENTIFIER]["title_translated"] = {"en": "Mine", "fr": "Stratégie"}
    ckan.records[IDENTIFIER]["credit"] = "somebody"
    found = compared(portal, release, seen)
    assert found.contested == ("title_translated.en",)
    before = ckan.writes
    with pytest.raises(RemoteError, match=r"title_translated\.en") as caught:
        publish(portal, release, found)
    assert caught.value.status == 4
    assert "--force" in str(caught.value.remedy)
    assert ckan.writes == before
    assert publish(portal, release, found, force=True).record["credit"] == "somebody"
    ckan.records[IDENTIFIER]["credit"] = "somebody else"
    assert compared(portal, rebuilt(tmp_path, frequency="P1M"), seen).contested == ()


def test_a_record_that_is_gone_since_it_was_seen_is_not_made_again(
    portal: Portal, ckan: FakeCkan, release: Release
) -> None:
    """Who took it away may have had a reason."""
    seen = published(portal, release)
    ckan.records.clear()
    with pytest.raises(RemoteError, match="somebody else"):
        publish(portal, release, compared(portal, release, seen))


def test_a_change_between_looking_and_writing_is_noticed(
    portal: Portal, ckan: FakeCkan, release: Release, tmp_path: Path
) -> None:
    """The portal itself compares, in the same transaction, so that nothing slips in between."""
    published(portal, release)
    again = rebuilt(tmp_path, frequency="P1M")
    found = compared(portal, again)
    ckan.records[IDENTIFIER] = {**ckan.records[IDENTIFIER], "metadata_modified": "later"}
    with pytest.raises(RemoteError, match="somebody else has changed this record"):
        publish(portal, again, found)
    assert ckan.records[IDENTIFIER]["frequency"] == "P1Y"


@pytest.mark.parametrize("action", _CHANGES)
def test_a_call_that_was_heard_counts_though_its_answer_was_lost(
    portal: Portal, ckan: FakeCkan, release: Release, action: str
) -> None:
    """The same call made again is refused by then, but the record is as it was wanted."""
    ckan.faults[action] = [Fault(502, "<h1>Bad gateway</h1>", heard=True)]
    assert names(published(portal, release)) == ["a.ttl", "b.csv", "sparql"]
    assert compared(portal, release).action == "none"


def test_fields_go_back_if_no_file_could_be_sent(
    portal: Portal, ckan: FakeCkan, release: Release, tmp_path: Path
) -> None:
    """A record is not left with a description of files that it does not have."""
    published(portal, release)
    (tmp_path / "dist" / "a.ttl").write_text("new", encoding="utf-8")
    before = {**ckan.records[IDENTIFIER], "metadata_modified": ""}
    again = rebuilt(tmp_path, frequency="P1M")
    ckan.faults["package_revise"] = [None, Fault(413, "<h1>Request Entity Too Large</h1>")]
    seen: list[dict[str, Any]] = []
    with pytest.raises(RemoteError) as caught:
        publish(portal, again, compared(portal, again), watching=seen.append)
    assert compared(portal, again, seen[-1]).contested == ()
    assert {**ckan.records[IDENTIFIER], "metadata_modified": ""} == before
    assert caught.value.message.en == (
        "this is more than the portal takes: Request Entity Too Large\n"
        "  what stands: the record has its former fields back, and no file was sent"
    )
    assert "dataset.download_base" in str(caught.value.remedy)


def test_what_stands_is_told_file_by_file(portal: Portal, ckan: FakeCkan, release: Release) -> None:
    """A new record that lacks a file stays private, and the next run sends only what is missing."""
    ckan.faults["package_revise"] = [
        None,
        Fault(
            403, '{"success": false, "error": {"__type": "Authorization Error", "message": "no"}}'
        ),
    ]
    with pytest.raises(RemoteError) as caught:
        published(portal, release)
    assert caught.value.message.fr == (
        "le portail ne le permet pas avec cette clé\u00a0: no\n"
        "  état\u00a0: les champs sont nouveaux; envoyés\u00a0: a.ttl; non envoyés\u00a0: b.csv; "
        "la nouvelle notice reste privée jusqu’au dernier fichier"
    )
    assert ckan.records[IDENTIFIER]["private"] is True
    del ckan.calls[:]
    assert published(portal, release)["private"] is False
    assert ckan.writes == ["package_revise"]


def test_a_file_that_is_gone_meanwhile_is_told(
    portal: Portal, ckan: FakeCkan, release: Release, tmp_path: Path
) -> None:
    """What was sent before it stands, and is told."""
    found = compared(portal, release)
    (tmp_path / "dist" / "b.csv").unlink()
    with pytest.raises(
        RemoteError, match=r"there is no such file\n.*sent: a\.ttl; not sent: b\.csv"
    ):
        publish(portal, release, found)
    assert ckan.records[IDENTIFIER]["private"] is True


def test_a_run_that_is_interrupted_tells_what_stands(portal: Portal, release: Release) -> None:
    """Ctrl-C between two files leaves nothing untold."""

    def stop(_phase: object, name: str) -> None:
        if name == "b.csv":
            raise KeyboardInterrupt

    with pytest.raises(RemoteError, match=r"sent: a\.ttl; not sent: b\.csv"):
        publish(portal, release, compared(portal, release), telling=stop)


def test_a_field_that_the_portal_refuses_is_told_with_its_setting(
    portal: Portal, ckan: FakeCkan, release: Release
) -> None:
    """The portal's own words, our names of resources, and where to mend it; nothing has changed."""
    ckan.refused = {
        "frequency": ["Value must be one of P1D"],
        "resources": [{}, {}, {"url": ["Bad"], "name_translated": {"fr": ["Missing"]}}],
        "__junk": ["x"],
    }
    linked = [resource(name, f"https://example.org/{name}") for name in ("a", "b", "c")]
    release.package["resources"][:] = linked
    with pytest.raises(RemoteError) as caught:
        published(portal, release)
    assert caught.value.message.en == (
        "the portal does not take these fields:\n"
        "    frequency: Value must be one of P1D (setting dataset.frequency)\n"
        "    resources.c.url: Bad (setting dataset.download_base)\n"
        "    resources.c.name_translated.fr: Missing"
    )
    assert ckan.records == {}


@pytest.mark.parametrize("said", ["File upload too large", "Upload exceeds the allowed size"])
def test_a_portals_limit_on_files_is_told_as_such(
    portal: Portal, ckan: FakeCkan, release: Release, said: str
) -> None:
    """CKAN says it as a fault of the field `upload`, in words that change with its version."""
    ckan.refused = {"upload": [said]}
    with pytest.raises(RemoteError, match=f"more than the portal takes: {said}"):
        published(portal, release)


def test_what_the_portal_keeps_otherwise_is_told(
    portal: Portal, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field that it takes and drops would else be sent again at every run, unnoticed."""
    kept = FakeCkan._kept
    monkeypatch.setattr(
        FakeCkan,
        "_kept",
        lambda self, record, files: kept(
            self, {key: value for key, value in record.items() if key != "keywords"}, files
        ),
    )
    assert publish(portal, release, compared(portal, release)).kept_otherwise == (
        "keywords.en",
        "keywords.fr",
    )


def test_an_unknown_organization_is_told_before_anything_is_sent(
    portal: Portal, ckan: FakeCkan, tmp_path: Path
) -> None:
    """The message names the setting."""
    with pytest.raises(RemoteError, match="no organization “nobody”") as caught:
        compared(portal, rebuilt(tmp_path, owner_org="nobody"))
    assert "portal.owner_org" in str(caught.value.remedy)
    assert ckan.writes == []


def test_an_organization_goes_by_its_name_and_by_its_uuid(
    portal: Portal, ckan: FakeCkan, release: Release
) -> None:
    """A record that belongs to it needs no question, and another's would be moved."""
    published(portal, release)
    ckan.records[IDENTIFIER]["organization"] = {"id": ORGANIZATION, "name": "tbs-sct"}
    del ckan.calls[:]
    assert compared(portal, release).action == "none"
    assert ckan.calls == ["package_show"]
    ckan.records[IDENTIFIER].update(owner_org=OTHER_ORGANIZATION, organization={"name": "other"})
    assert [change.field for change in compared(portal, release).changes] == ["owner_org"]


def test_a_build_without_a_uuid_cannot_be_compared(portal: Portal, tmp_path: Path) -> None:
    """Which record is meant is never guessed."""
    with pytest.raises(ConfigurationError, match="which record") as caught:
        compared(portal, rebuilt(tmp_path, id="", name=""))
    assert caught.value.place == "portal.id"
