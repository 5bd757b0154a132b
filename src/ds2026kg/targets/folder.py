"""A build into a folder: every file whole or not at all, and the last good build until then."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ds2026kg.errors import OutputError
from ds2026kg.findings import Text

MANIFEST = "manifest.json"
_STAGING = re.compile(r"\.staging-(\d+)")


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of a build. `chunks` are its parts in order; `triples` how many it states, if RDF."""

    name: str
    media_type: str
    chunks: Iterable[str | bytes]
    triples: int | None = None


def write_folder(
    folder: Path, artefacts: Iterable[Artefact], description: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a build and its `manifest.json` into `folder`; returns the manifest.

    All files are first written and synced beside their places, then renamed into them, the
    manifest last. Files of an earlier build that this one no longer has are removed; files
    that no manifest names are left alone. `description` heads the manifest.

    Raises `OutputError` if anything cannot be written; the folder is then as it was.
    """
    staging = folder / f".staging-{os.getpid()}"
    made = _missing(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(folder)
        staging.mkdir()
        try:
            files = [_write(staging, artefact) for artefact in artefacts]
            manifest = {**description, "files": files}
            text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            _write(staging, Artefact(MANIFEST, "application/json", (text,)))
            names = [*(str(entry["name"]) for entry in files), MANIFEST]
            _exchange(staging, folder, names, _former_names(folder) - set(names))
            sync_folder(folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except BaseException as error:
        for each in made:
            with contextlib.suppress(OSError):  # not empty: it is somebody else's by now
                each.rmdir()
        if isinstance(error, OSError):
            raise _output_error(folder, error) from error
        raise
    return manifest


def _missing(folder: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the innermost first."""
    return [each for each in (folder, *folder.parents) if not os.path.lexists(each)]


def _exchange(staging: Path, folder: Path, names: Sequence[str], outdated: Iterable[str]) -> None:
    """Move the staged files into their places, and the former ones out; all of them or none."""
    for name in names:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            raise IsADirectoryError(errno.EISDIR, "a folder", str(folder / name))
    former = staging / "former"
    former.mkdir()
    begun: list[str] = []
    try:
        for name in (*names, *outdated):
            if os.path.lexists(folder / name):
                _keep(folder / name, former / name)
            begun.append(name)
            if name in names:
                (staging / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    except BaseException:
        for name in begun:
            if os.path.lexists(former / name):
                (former / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def _keep(file: Path, place: Path) -> None:
    """Give `file` a second name, so that its own is never without a file."""
    try:
        os.link(file, place, follow_symlinks=False)
    except (OSError, NotImplementedError):  # not every file system has hard links
        shutil.copy2(file, place, follow_symlinks=False)


def _write(staging: Path, artefact: Artefact) -> dict[str, Any]:
    """Write one file; returns its entry in the manifest."""
    digest = hashlib.sha256()
    size = 0
    with open(staging / artefact.name, "wb") as file:
        for chunk in artefact.chunks:
            data = chunk.encode() if isinstance(chunk, str) else chunk
            digest.update(data)
            size += len(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    entry: dict[str, Any] = {
        "name": artefact.name,
        "mediaType": artefact.media_type,
        "bytes": size,
        "sha256": digest.hexdigest(),
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


def _clear_abandoned(folder: Path) -> None:
    """Remove what a build that was killed left behind."""
    for entry in _staging_folders(folder):
        match = _STAGING.fullmatch(entry.name)
        if match and not _is_running(int(match[1])):
            shutil.rmtree(entry, ignore_errors=True)


def _staging_folders(folder: Path) -> Iterator[Path]:
    return (entry for entry in folder.iterdir() if entry.name.startswith(".staging-"))


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def sync_folder(folder: Path) -> None:
    """Make the renames durable, where the system can (Windows cannot open a folder)."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _output_error(folder: Path, error: OSError) -> OutputError:
    # The user knows nothing of the staging folder.
    place = re.sub(r"[\\/]\.staging-\d+", "", str(error.filename or folder))
    remedy = Text(
        "make the folder writable, or choose another with --output",
        "rendez le dossier accessible en écriture, ou choisissez-en un autre avec --output",
    )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message = Text("the disk is full", "le disque est plein")
        remedy = Text(
            "free some space and build again; the last build is untouched",
            "libérez de l’espace et relancez; la dernière publication est intacte",
        )
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        message = Text("writing is not allowed here", "l’écriture n’est pas permise ici")
    elif error.errno in (errno.ENOTDIR, errno.EEXIST):
        message = Text("this is not a folder", "ce n’est pas un dossier")
    elif error.errno == errno.EISDIR:
        message = Text(
            "a folder stands in the place of this file", "un dossier occupe la place de ce fichier"
        )
        remedy = Text(
            "move the folder away, or choose another with --output",
            "déplacez ce dossier, ou choisissez-en un autre avec --output",
        )
    else:
        reason = error.strerror or error
        message = Text(f"this cannot be written: {reason}", f"écriture impossible\u00a0: {reason}")
    return OutputError(message, place=place, remedy=remedy)
