"""A build into a folder: every file whole or not at all, and the last good build until then."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ds2026kg.targets.staging import Staging, is_below, output_error, place_of

MANIFEST = "manifest.json"
SITE_SUMS = "site.sha256"
"""The files of a site with their SHA-256, a line each, as `sha256sum --check` reads them."""

_SUM = re.compile(r"[0-9a-f]{64}  (.+)")


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of a build. `chunks` are its parts in order; `triples` how many it states, if RDF.

    The name may lead through folders, with slashes between them.
    """

    name: str
    media_type: str
    chunks: Iterable[str | bytes]
    triples: int | None = None


Entry = dict[str, Any]
"""A file in the manifest: its `name`, `mediaType`, `bytes`, `sha256`, and `triples` if it is RDF."""

Describe = Callable[[Sequence[Entry]], Iterable[Artefact]]
"""What makes further files from the entries of those that are written already."""

Site = Callable[[Sequence[Entry]], Iterable[tuple[str, bytes]]]
"""What makes the files of a site by name, given those of the data set that are written already."""


def write_folder(
    folder: Path,
    artefacts: Iterable[Artefact],
    description: Mapping[str, Any],
    site: Site | None = None,
    *,
    describe: Describe | None = None,
) -> dict[str, Any]:
    """Write a build and its `manifest.json` into `folder`; returns the manifest.

    All files are first written and synced beside their places, then renamed into them, the
    manifest last. Files of an earlier build that this one no longer has are removed; files
    that no manifest names are left alone. `description` heads the manifest. The files that
    `describe` makes follow the others, whose sizes and sums are known by then.

    The files of a `site` are taken one at a time. They may be very many: the manifest has their number,
    and they are listed in `site.sha256`.

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
            if site is not None:
                pages = _Pages(staging, folder, site(tuple(files)))
                files.append(_write(staging, folder, Artefact(SITE_SUMS, "text/plain", pages)))
                manifest["site"] = {"files": pages.count, "list": SITE_SUMS}
            text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            staging.write(folder, MANIFEST, (text,))
            staging.exchange([(folder, name) for name in _outdated(folder, staging)])
    except BaseException as error:
        for each in made:
            with contextlib.suppress(OSError):  # not empty: it is somebody else's by now
                each.rmdir()
        if isinstance(error, OSError):
            raise output_error(place_of(error, folder), error) from error
        raise
    return manifest


class _Pages:
    """The lines of `site.sha256`, each given once its file is written: one is held at a time."""

    def __init__(self, staging: Staging, folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
        self._staging = staging
        self._folder = folder
        self._files = files
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for name, content in self._files:
            _size, digest = self._staging.write(self._folder, name, (content,), one_of_many=True)
            self.count += 1
            yield f"{digest}  {name}\n"


def _missing(folder: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the innermost first."""
    return [each for each in (folder, *folder.parents) if not os.path.lexists(each)]


def _write(staging: Staging, folder: Path, artefact: Artefact) -> Entry:
    """Write one file; returns its entry in the manifest."""
    size, digest = staging.write(folder, artefact.name, artefact.chunks)
    entry: Entry = {
        "name": artefact.name,
        "mediaType": artefact.media_type,
        "bytes": size,
        "sha256": digest,
    }
    if artefact.triples is not None:
        entry["triples"] = artefact.triples
    return entry


def _outdated(folder: Path, staging: Staging) -> list[str]:
    """The files of an earlier build that this one does not have, in order."""
    names = staging.names(folder)
    former = {*_former_names(folder), *_former_pages(folder)} - names
    # Manifests are data from outside: nothing but plain files of this folder may be removed by them.
    gone = sorted(name for name in former if _is_plain_file(folder, name))
    alike = {name.casefold(): name for name in names} if gone else {}
    return [name for name in gone if not _same(folder, name, alike.get(name.casefold()))]


def _same(folder: Path, name: str, other: str | None) -> bool:
    """Whether both names are those of one file, as on a disk that takes A for a."""
    try:
        return other is not None and os.path.samefile(folder / name, folder / other)  # noqa: PTH121
    except OSError:
        return False


def _former_names(folder: Path) -> set[str]:
    """The files that the manifest of an earlier build names, if it can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        names = {str(entry["name"]) for entry in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
    return {name for name in names if "/" not in name}


def _former_pages(folder: Path) -> Iterator[str]:
    """The files that the site of an earlier build has, if its list can be read."""
    if SITE_SUMS not in _former_names(folder):
        return
    with (
        contextlib.suppress(OSError, ValueError),
        open(folder / SITE_SUMS, encoding="utf-8") as listed,
    ):
        for line in listed:
            found = _SUM.fullmatch(line.rstrip("\n"))
            if found:
                yield found[1]


def _is_plain_file(folder: Path, name: str) -> bool:
    """Whether `name` is that of a file inside `folder`, none on the way hidden or a link elsewhere."""
    way = PurePosixPath(name)
    if str(way) != name or way.is_absolute() or any(part[0] == "." for part in way.parts):
        return False
    try:
        inside = (
            Path(name).parts == way.parts
        )  # on Windows a name may have a drive, and backslashes
        return inside and (folder / name).is_file() and is_below(folder, name.rpartition("/")[0])
    except (OSError, ValueError):  # too long, a NUL, a lone surrogate: no file has such a name
        return False
