"""A fake portal, a portal as we speak with it, a clock that nobody waits for, and a build to publish."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.targets.portal.fake_ckan import KEY, FakeCkan, serving

from ds2026kg.config import DatasetSettings, PortalKey, PortalSettings, PublisherSettings
from ds2026kg.publication import publication_digest
from ds2026kg.targets.portal import Portal, Release, read_release
from ds2026kg.targets.portal.retrying import Clock

IDENTIFIER = "6c1d3c1e-1a1b-4c1d-8e1f-000000000001"
BASE = "https://w3id.org/ds2026/"
SETTINGS = publication_digest(DatasetSettings(), PublisherSettings(), PortalSettings())
SOURCE = {"sha256": "5a", "settings": SETTINGS}


@dataclass(slots=True)
class Waited:
    """A clock whose waiting takes no time: what it was asked to wait, in seconds."""

    slept: list[float] = field(default_factory=list)
    now: float = 1_000.0

    def clock(self) -> Clock:
        """The clock."""
        return Clock(lambda: self.now, self.slept.append)


@pytest.fixture
def ckan() -> Iterator[FakeCkan]:
    """A portal without records."""
    with serving() as found:
        yield found


@pytest.fixture
def waited() -> Waited:
    """What the portal of this test has waited for."""
    return Waited()


@pytest.fixture
def portal(ckan: FakeCkan, waited: Waited) -> Iterator[Portal]:
    """The fake portal, called with an editor's key."""
    keys = {"frequency": "dataset.frequency", "url": "dataset.download_base"}
    with Portal(ckan.url, PortalKey(KEY), keys=keys, clock=waited.clock()) as found:
        yield found


def resource(name: str, url: str = "") -> dict[str, Any]:
    """A resource of a package: of the file `name`, uploaded unless it has an address."""
    return {
        "unique_identifier": f"{BASE}#{name}",
        "name_translated": {"en": name, "fr": f"le {name}"},
        "format": "TTL",
        "url": url or name,
    }


def package(**others: Any) -> dict[str, Any]:
    """A record as it ought to be: two files and an endpoint, with `others` as its fields."""
    return {
        "type": "dataset",
        "id": IDENTIFIER,
        "name": IDENTIFIER,
        "owner_org": "tbs-sct",
        "title_translated": {"en": "Strategy", "fr": "Stratégie"},
        "keywords": {"en": ["data"], "fr": ["données"]},
        "frequency": "P1Y",
        "resources": [
            resource("a.ttl"),
            resource("b.csv"),
            resource("sparql", "https://example.org/sparql"),
        ],
        **others,
    }


def write_build(
    folder: Path, told: dict[str, Any], *, violations: int = 0, **manifest: Any
) -> Path:
    """A build in `folder` that has the package `told`, each of its files, and a report."""
    folder.mkdir(exist_ok=True)
    names = [each["url"] for each in told["resources"] if "://" not in each["url"]]
    texts = {name: f"what {name} says" for name in names if not (folder / name).exists()}
    texts["report.json"] = json.dumps({"summary": {"violations": violations}})
    texts["ckan-package.json"] = json.dumps(told)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    files = [
        {"name": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
        for name in {*names, *texts}
    ]
    head = {"files": files, "source": SOURCE, "dataset": {"base": BASE}, **manifest}
    (folder / "manifest.json").write_text(json.dumps(head), encoding="utf-8")
    return folder


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """A build of two files and an endpoint."""
    return read_release(write_build(tmp_path / "dist", package()))
