"""What of a build may go to a portal, and what is refused before anyone is called."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.targets.portal.conftest import BASE, SETTINGS, package, write_build

from ds2026kg.config import PortalSettings, PublisherSettings, Settings
from ds2026kg.errors import DataError, Ds2026kgError
from ds2026kg.targets.portal import read_release
from ds2026kg.targets.portal.release import check_current


def test_a_release_has_its_package_and_the_digests_of_its_files(tmp_path: Path) -> None:
    """Each file that is uploaded is known by its SHA-256; what lies elsewhere has none."""
    folder = write_build(tmp_path / "dist", package())
    release = read_release(folder)
    expected = package()
    for each in expected["resources"][:2]:
        each["hash"] = hashlib.sha256((folder / each["url"]).read_bytes()).hexdigest()
    assert (release.package, release.owned, release.notes) == (expected, f"{BASE}#", "5a")
    assert release.file(expected["resources"][0]) == folder / "a.ttl"


def failure(folder: Path) -> Ds2026kgError:
    """The error that reading the build ends in."""
    with pytest.raises(Ds2026kgError) as caught:
        read_release(folder)
    assert caught.value.remedy is not None
    return caught.value


def test_a_folder_without_a_build_cannot_be_read(tmp_path: Path) -> None:
    """The remedy is to build."""
    error = failure(tmp_path)
    assert (type(error), error.place) == (DataError, str(tmp_path / "manifest.json"))
    assert "ds2026kg build" in str(error.remedy)


@pytest.mark.parametrize("name", ["manifest.json", "report.json", "ckan-package.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "[" * 100_000, '{"files": 1, "summary": 1}'])
def test_what_no_build_writes_cannot_be_read(tmp_path: Path, name: str, text: str) -> None:
    """The file is named, and there is no traceback."""
    folder = write_build(tmp_path / "dist", package())
    (folder / name).write_text(text, encoding="utf-8")
    if name != "manifest.json":
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        for each in manifest["files"]:
            each["sha256"] = digest if each["name"] == name else each["sha256"]
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    error = failure(folder)
    assert (type(error), error.place) == (DataError, str(folder / name))


def test_a_file_that_was_changed_or_taken_away_is_refused(tmp_path: Path) -> None:
    """What was judged is not what would be published."""
    folder = write_build(tmp_path / "dist", package())
    (folder / "a.ttl").write_text("other", encoding="utf-8")
    error = failure(folder)
    assert (error.status, error.place) == (1, str(folder / "a.ttl"))
    (folder / "a.ttl").unlink()
    assert failure(folder).status == 3


def test_a_build_with_violations_is_refused(tmp_path: Path) -> None:
    """`build --fail-on never` writes one; it is for looking at."""
    error = failure(write_build(tmp_path / "dist", package(), violations=2))
    assert (error.status, error.message.fr) == (1, "ces données comptent 2 violations")


@pytest.mark.parametrize("manifest", [{"validated": False}, {"files": []}])
def test_a_build_that_was_never_judged_is_refused(tmp_path: Path, manifest: dict[str, Any]) -> None:
    """`build --no-validate` writes one."""
    folder = write_build(tmp_path / "dist", package(), **manifest)
    assert "--no-validate" in str(failure(folder).remedy)


def test_a_build_older_than_the_notes_is_refused(tmp_path: Path) -> None:
    """The notes are compared by their digest, which the manifest has."""
    release = read_release(write_build(tmp_path / "dist", package()))
    vault = tmp_path / "vault"
    assert not check_current(release, Settings(), vault, needed=False)
    vault.mkdir()
    (vault / "A.md").write_text("A\n", encoding="utf-8")
    with pytest.raises(Ds2026kgError, match="have changed since") as caught:
        check_current(release, Settings(), vault, needed=True)
    assert caught.value.status == 1
    digest = hashlib.sha256(b"4 A.md 2\nA\n").hexdigest()
    current = write_build(
        tmp_path / "dist", package(), source={"sha256": digest, "settings": SETTINGS}
    )
    assert check_current(read_release(current), Settings(), vault, needed=True)


def test_a_build_older_than_the_settings_is_refused(tmp_path: Path) -> None:
    """What they say of the data set is in the build; to which portal it goes is not."""
    digest = hashlib.sha256(b"4 A.md 2\nA\n").hexdigest()
    source = {"sha256": digest, "settings": SETTINGS}
    release = read_release(write_build(tmp_path / "dist", package(), source=source))
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "A.md").write_text("A\n", encoding="utf-8")
    elsewhere = Settings(portal=PortalSettings(url="https://portal.example.org"))
    assert check_current(release, elsewhere, vault, needed=True)
    other = Settings(publisher=PublisherSettings(email="other@example.org"))
    with pytest.raises(Ds2026kgError, match="settings of the data set have changed"):
        check_current(release, other, vault, needed=True)
