"""The commands against a real CKAN: what is created, changed, left alone, refused and finished.

Not among the tests that `pytest` finds by itself, since it takes a database: `make portal-test` runs it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.portal.graphs import graph, losses
from tests.portal.publisher import Publisher
from tests.portal.real_ckan import Site, running

ROOT = Path(__file__).resolve().parents[2]
_ALL = """\
[dataset]
landing_page_en = "https://example.org/en"
landing_page_fr = "https://example.org/fr"
download_base = "https://example.org/d/"
endpoint = "https://example.org/sparql"
availability = "STABLE"
version = "1.0"
temporal_start = 2023-04-01
temporal_end = 2026-03-31
"""


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A portal that runs as long as the tests."""
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to PostgreSQL's user
        Path(folder).chmod(0o755)
        with running(Path(os.environ["DS2026KG_CKAN"]).resolve(), Path(folder)) as found:
            yield found


@pytest.fixture
def publisher(site: Site, tmp_path: Path) -> Publisher:
    """One with a build of the project's own vault, and a UUID that no record has yet."""
    found = Publisher(tmp_path, site, str(uuid.uuid4()))
    shutil.copytree(ROOT / "vault", tmp_path / "vault")
    found.settings()
    found.build()
    return found


def files(record: dict[str, Any]) -> dict[str, bytes]:
    """What anyone gets who downloads the resources of a record."""
    found = {}
    for resource in record["resources"]:
        answer = requests.get(resource["url"], timeout=60)
        answer.raise_for_status()
        found[resource["url"].rpartition("/")[2]] = answer.content
    return found


def test_create(publisher: Publisher) -> None:
    """From nothing to a public record with every file, by way of a dry run; then nothing is left."""
    publisher.run("portal", "check")
    assert publisher.difference()["action"] == "create"
    dry = publisher.run("portal", "publish")
    assert "nothing was written" in dry.err
    publisher.publish()
    record = publisher.record()
    assert (record["private"], record["state"]) == (False, "active")
    assert record["title_translated"]["fr"] == "Stratégie relative aux données"
    dist = publisher.folder / "dist"
    found = files(record)
    assert {"ds2026.ttl", "commitments.csv"} < set(found)
    assert found == {name: (dist / name).read_bytes() for name in found}
    assert publisher.difference()["action"] == "none"


def test_a_second_run_changes_nothing(publisher: Publisher) -> None:
    """Not even the date of the record."""
    publisher.publish()
    before = publisher.record()
    assert "nothing was changed" in publisher.publish().err
    assert publisher.record() == before


def test_update(publisher: Publisher) -> None:
    """Only what the notes changed is sent; identifiers, and what others added, stay."""
    publisher.publish()
    before = publisher.record()
    theirs = {"url": "https://example.org/theirs", "name_translated": {"en": "x", "fr": "y"}}
    theirs |= {"format": "HTML", "resource_type": "guide", "language": ["en"]}
    publisher.edit(resources=[theirs, *before["resources"]], audience=["business"])
    publisher.define("Les ministères agiront.")
    assert "have changed since" in publisher.run("portal", "diff", status=1).err
    publisher.build()
    told = publisher.difference()
    assert "ds2026.ttl" in told["uploads"]
    assert "shapes.ttl" not in told["uploads"]
    assert told["contested"] == []
    publisher.publish()
    after = publisher.record()
    assert after["resources"][0]["url"] == "https://example.org/theirs"
    assert after["audience"] == ["business"]
    ids = [[each["id"] for each in record["resources"]] for record in (before, after)]
    assert ids[0] == ids[1][1:]
    assert (
        files({"resources": after["resources"][1:]})["ds2026.ttl"]
        == (publisher.folder / "dist" / "ds2026.ttl").read_bytes()
    )
    assert publisher.difference()["action"] == "none"


def test_another_changed_it_meanwhile(publisher: Publisher) -> None:
    """That is noticed and refused; a look at it, or --force, lets it be published."""
    publisher.publish()
    publisher.edit(frequency="P1M")
    refused = publisher.run("portal", "publish", "--yes", status=4)
    assert "somebody else has changed this record" in refused.err
    assert "frequency" in refused.err
    assert publisher.record()["frequency"] == "P1M"
    publisher.publish("--force")
    assert publisher.record()["frequency"] == "P1Y"
    publisher.edit(frequency="P1M")
    assert publisher.difference()["contested"] == ["frequency"]
    publisher.publish()
    assert publisher.record()["frequency"] == "P1Y"


def test_a_field_is_refused(publisher: Publisher) -> None:
    """The portal's words, our field and our setting are told, and nothing has been made."""
    publisher.settings(email="ê@example.org")
    publisher.build()
    refused = publisher.run("portal", "publish", "--yes", status=4)
    assert "maintainer_email: Email ê@example.org is not a valid format" in refused.err
    assert "publisher.email" in refused.err
    assert publisher.difference()["action"] == "create"


def test_an_organization_is_unknown(publisher: Publisher) -> None:
    """The setting is named."""
    publisher.settings(owner_org="nobody")
    publisher.build()
    assert "portal.owner_org" in publisher.run("portal", "diff", status=4).err


@pytest.mark.parametrize("key", ["wrong", "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJ4In0.x"])
def test_a_key_is_wrong(publisher: Publisher, key: str) -> None:
    """It is refused by the portal, and shown nowhere."""
    refused = publisher.run("portal", "publish", "--yes", "--debug", key=key, status=4)
    assert "DS2026KG_PORTAL_KEY" in refused.err


def test_no_key(publisher: Publisher) -> None:
    """A public record can be looked at without one, and nothing be written."""
    assert (
        "DS2026KG_PORTAL_KEY" in publisher.run("portal", "publish", "--yes", key=None, status=2).err
    )
    publisher.publish()
    told = publisher.run("portal", "diff", "--format", "json", key=None).out
    assert json.loads(told)["action"] == "none"


def test_killed_in_the_middle(publisher: Publisher) -> None:
    """What was cut off between two files is not public, and the next run sends only what is missing."""
    process = subprocess.Popen(
        publisher.command("portal", "publish", "--yes", "--quiet"),
        cwd=publisher.folder,
        env=publisher.environment(),
    )
    while publisher.seen() < 2 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    cut = publisher.record()
    assert cut["private"] is True
    missing = publisher.difference()["uploads"]
    assert missing
    publisher.publish()
    whole = publisher.record()
    assert whole["private"] is False
    assert len(whole["resources"]) == len(cut["resources"]) + len(missing)
    kept = {each["id"]: each["last_modified"] for each in whole["resources"]}
    assert {each["id"]: each["last_modified"] for each in cut["resources"]}.items() <= kept.items()
    assert publisher.difference()["action"] == "none"


def test_a_file_is_too_large(publisher: Publisher) -> None:
    """An update of which no file can be stored leaves the record as it was."""
    publisher.publish()
    before = publisher.record()
    publisher.settings(email="other@example.org")
    publisher.define("Les ministères agiront. " * 50_000)
    publisher.build()
    refused = publisher.run("portal", "publish", "--yes", status=4)
    assert "more than the portal takes" in refused.err
    assert "the record has its former fields back" in refused.err
    after = publisher.record()
    assert after["maintainer_email"] == before["maintainer_email"]
    assert after["resources"] == before["resources"]


def test_files_that_lie_elsewhere_are_linked(publisher: Publisher) -> None:
    """With an address for downloads nothing is uploaded, and an upload may become a link."""
    publisher.publish()
    toml = publisher.folder / "vault" / "ds2026kg.toml"
    text = toml.read_text(encoding="utf-8")
    text = text.replace("[dataset]\n", '[dataset]\ndownload_base = "https://example.org/d/"\n')
    toml.write_text(text, encoding="utf-8")
    publisher.build()
    assert publisher.difference()["uploads"] == []
    publisher.publish()
    found = publisher.record()
    assert {each["url"].rpartition("/")[0] for each in found["resources"]} == {
        "https://example.org/d"
    }
    assert {each["url_type"] or "" for each in found["resources"]} == {""}
    assert publisher.difference()["action"] == "none"


def described(publisher: Publisher) -> None:
    """Build with all that can be told of a data set."""
    publisher.settings()
    toml = publisher.folder / "vault" / "ds2026kg.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("[dataset]\n", _ALL), encoding="utf-8")
    publisher.build()


def test_what_ckans_own_description_loses(publisher: Publisher) -> None:
    """docs/portal.md names every property that is lost or told otherwise, and no other."""
    described(publisher)
    publisher.publish()
    answer = requests.get(
        f"{publisher.site.address}/dataset/{publisher.identifier}.jsonld", timeout=60
    )
    ours, theirs = map(
        graph, ((publisher.folder / "dist" / "dcat.jsonld").read_bytes(), answer.content)
    )
    page = (ROOT / "docs" / "portal.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (dataset|distribution) \| `(\S+)` \| (\w+) \|", page, re.MULTILINE)
    assert {(kind, name): fate for kind, name, fate in rows} == losses(ours, theirs)


def test_a_portal_harvests_our_description(publisher: Publisher) -> None:
    """ckanext-dcat's parser makes one record of `dcat.jsonld`, with every file and its digest."""
    described(publisher)
    dist = publisher.folder / "dist"
    told = subprocess.run(
        [*publisher.site.ckan, "dcat", "consume", "--format", "json-ld", "dist/dcat.jsonld"],
        cwd=publisher.folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    [record] = json.loads(told.stdout)
    manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    digests = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    found = {each["url"].rpartition("/")[2]: each["hash"] for each in record["resources"]}
    assert record["title"] == "Data strategy"
    assert "ds2026.ttl" in found
    assert found == {name: digests[name] for name in found}


def test_the_portal_is_down(publisher: Publisher) -> None:
    """It is told after a few attempts."""
    publisher.settings(url="http://127.0.0.1:9")
    refused = publisher.run("portal", "diff", status=4)
    assert "the portal cannot be reached" in refused.err
