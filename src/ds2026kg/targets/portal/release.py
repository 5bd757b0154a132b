"""What a build has for the portal: its package and its files, whole, judged and up to date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ds2026kg.config import Settings
from ds2026kg.errors import DataError, Ds2026kgError, reason_of
from ds2026kg.findings import Text
from ds2026kg.publication import publication_digest
from ds2026kg.targets.folder import MANIFEST
from ds2026kg.targets.portal.record import Record, identifier_of, is_upload
from ds2026kg.vault import Vault

PACKAGE = "ckan-package.json"
_REPORT = "report.json"
_BUILD_AGAIN = Text("build it again: ds2026kg build", "refaites-la\u00a0: ds2026kg build")


@dataclass(frozen=True, slots=True)
class Release:
    """A build that may go to a portal.

    `package` is the record as it ought to be; each of its resources has the SHA-256 of its file as
    `hash`. `owned` is what the identifiers of all resources that builds of this data set make begin
    with. `notes` and `settings` are the SHA-256 of what it was made of.
    """

    folder: Path
    package: Record
    owned: str
    notes: str
    settings: str

    @property
    def identifier(self) -> str:
        """The UUID of the record; empty where the settings give none."""
        return str(self.package.get("id") or "")

    def file(self, resource: Mapping[str, Any]) -> Path:
        """The file that is to be uploaded for a resource of the package."""
        return self.folder / str(resource["url"])


def read_release(folder: Path) -> Release:
    """The build in `folder`, as it may go to the portal.

    Raises `DataError` if there is no build or a part of it cannot be read, and `Ds2026kgError` if a
    file is not as it was written, or the data were found wanting or never judged.
    """
    manifest = _read(folder / MANIFEST)
    try:
        files = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
        source = manifest["source"]
        notes, told = str(source["sha256"]), str(source["settings"])
        base = str(manifest["dataset"]["base"])
    except (KeyError, TypeError) as error:
        raise _malformed(folder / MANIFEST) from error
    for name, digest in files.items():
        _check_file(folder / str(name), str(digest))
    _check_judged(folder, manifest, files)
    if PACKAGE not in files:
        raise _unfit(
            folder,
            Text(f"this build has no {PACKAGE}", f"cette publication n’a pas de {PACKAGE}"),
            _BUILD_AGAIN,
        )
    package = _read(folder / PACKAGE)
    try:
        resources = [_with_hash(resource, files) for resource in package["resources"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise _malformed(folder / PACKAGE) from error
    return Release(folder, {**package, "resources": resources}, f"{base}#", notes, told)


def _read(file: Path) -> dict[str, Any]:
    """A JSON object of the build."""
    try:
        document = json.loads(file.read_bytes())
    except OSError as error:
        raise DataError(reason_of(error), place=str(file), remedy=_BUILD_AGAIN) from error
    except (ValueError, RecursionError) as error:
        raise _malformed(file) from error
    if not isinstance(document, dict):
        raise _malformed(file)
    return document


def _with_hash(resource: Mapping[str, Any], files: Mapping[str, str]) -> Record:
    """The resource with the digest of its file, by which the portal’s copy is known to be the same."""
    name = str(resource["url"]).rpartition("/")[2]
    if not identifier_of(resource) or (is_upload(resource) and name != resource["url"]):
        raise KeyError(name)
    return {**resource, "hash": files[name]} if name in files else dict(resource)


def _check_file(file: Path, digest: str) -> None:
    """Raise where a file is gone, or is not the one that was built."""
    try:
        with open(file, "rb") as data:
            found = hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise DataError(reason_of(error), place=str(file), remedy=_BUILD_AGAIN) from error
    if found != digest:
        raise _unfit(
            file,
            Text("this file was changed after the build", "ce fichier a changé après coup"),
            _BUILD_AGAIN,
        )


def _check_judged(folder: Path, manifest: Mapping[str, Any], files: Mapping[str, str]) -> None:
    """Raise where the data were not judged, or break a rule."""
    if _REPORT not in files or manifest.get("validated") is False:
        raise _unfit(
            folder,
            Text("these data were never checked", "ces données n’ont pas été vérifiées"),
            Text(
                "build them again without --no-validate",
                "refaites la publication sans --no-validate",
            ),
        )
    try:
        violations = int(_read(folder / _REPORT)["summary"]["violations"])
    except (KeyError, TypeError, ValueError) as error:
        raise _malformed(folder / _REPORT) from error
    if violations:
        raise _unfit(
            folder,
            Text(
                f"these data have {violations} violations",
                f"ces données comptent {violations} violations",
            ),
            Text(
                "mend what `ds2026kg validate` finds, then build again",
                "corrigez ce que `ds2026kg validate` constate, puis refaites la publication",
            ),
        )


def check_current(release: Release, settings: Settings, vault: Path, *, needed: bool) -> bool:
    """Whether the notes in `vault`, and their `settings`, are still those that the build was made of.

    False where there is no such folder to compare with, unless it is `needed`. Raises `Ds2026kgError`
    where they are others by now, and `VaultError` as reading notes does.
    """
    if not needed and not vault.is_dir():
        return False
    notes = Vault(vault, max_bytes=settings.vault.max_note_bytes)
    if release.settings != publication_digest(
        settings.dataset, settings.publisher, settings.portal
    ):
        raise _unfit(
            release.folder,
            Text(
                "the settings of the data set have changed since this was built",
                "les réglages du jeu de données ont changé depuis cette publication",
            ),
            _BUILD_AGAIN,
        )
    for _ in notes:  # the digest is complete with the last one
        pass
    if release.notes != notes.digest:
        raise _unfit(
            release.folder,
            Text(
                f"the notes in {vault} have changed since this was built",
                f"les notes de {vault} ont changé depuis cette publication",
            ),
            _BUILD_AGAIN,
        )
    return True


def _malformed(file: Path) -> DataError:
    return DataError(
        Text("this is not what a build writes", "ce n’est pas ce qu’écrit une publication"),
        place=str(file),
        remedy=_BUILD_AGAIN,
    )


def _unfit(place: Path, message: Text, remedy: Text) -> Ds2026kgError:
    return Ds2026kgError(message, place=str(place), remedy=remedy)
