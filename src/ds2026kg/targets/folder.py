"""A build into a folder: every file whole or not at all, and the last good build until then."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ds2026kg.targets.staging import Staging, output_error, place_of

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of a build. `chunks` are its parts in order; `triples` how many it states, if RDF."""

    name: str
    media_type: str
    chunks: Iterable[str | bytes]
    triples: int | None = None


Entry = dict[str, Any]
"""A file in the manifest: its `name`, `mediaType`, `bytes`, `sha256`, and `triples` if it is RDF."""

Describe = Callable[[Sequence[Entry]], Iterable[Artefact]]
"""What makes further files from the entries of those that are written already."""


def write_folder(
    folder: Path,
    artefacts: Iterable[Artefact],
    description: Mapping[str, Any],
    describe: Describe | None = None,
) -> dict[str, Any]:
    """Write a build and its `manifest.json` into `folder`; returns the manifest.

    All files are first written and synced beside their places, then renamed into them, the
    manifest last. Files of an earlier build that this one no longer has are removed; files
    that no manifest names are left alone. `description` heads the manifest. The files that
    `describe` makes follow the others, whose sizes and sums are known by then.

    Raises `OutputError` if anything cannot be written; the folder is then as it was.
    """
    made = _missing(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with Staging() as staging:
            files = [_write(staging, folder, artefact) for artefact in artefacts]
            described = () if describe is None else describe(tuple(files))
            files += [_write(staging, folder, artefact) for artefact in described]
            manifest = {**description, "files": files}
            text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            staging.write(folder / MANIFEST, (text,))
            names = {*(str(entry["name"]) for entry in files), MANIFEST}
            outdated = sorted(_former_names(folder) - names)
            staging.exchange([folder / name for name in outdated])
    except BaseException as error:
        for each in made:
            with contextlib.suppress(OSError):  # not empty: it is somebody else's by now
                each.rmdir()
        if isinstance(error, OSError):
            raise output_error(place_of(error, folder), error) from error
        raise
    return manifest


def _missing(folder: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the innermost first."""
    return [each for each in (folder, *folder.parents) if not os.path.lexists(each)]


def _write(staging: Staging, folder: Path, artefact: Artefact) -> Entry:
    """Write one file; returns its entry in the manifest."""
    size, digest = staging.write(folder / artefact.name, artefact.chunks)
    entry: Entry = {
        "name": artefact.name,
        "mediaType": artefact.media_type,
        "bytes": size,
        "sha256": digest,
    }
    if artefact.triples is not None:
        entry["triples"] = artefact.triples
    return entry


def _former_names(folder: Path) -> set[str]:
    """The files that the manifest of an earlier build names, if it can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        names = {str(entry["name"]) for entry in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
    # A manifest is data from outside: nothing but plain files of this folder may be removed by it.
    return {name for name in names if not name.startswith(".") and _is_plain_file(folder, name)}


def _is_plain_file(folder: Path, name: str) -> bool:
    try:
        return Path(name).name == name and (folder / name).is_file()
    except (OSError, ValueError):  # too long, a NUL, a lone surrogate: no file has such a name
        return False
