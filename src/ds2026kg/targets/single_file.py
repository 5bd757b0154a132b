"""One file, whole or not at all: written beside its place, synced, and renamed into it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from ds2026kg.errors import OutputError
from ds2026kg.findings import Text


def write_file(path: Path, text: str) -> None:
    """Write `text` in UTF-8 to `path`; a file that was there gives way to it, or stays as it was.

    Behind a symbolic link, the file that it leads to is written. Raises `OutputError`.
    """
    try:
        place = Path(os.path.realpath(path))
        mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask()
        descriptor, staged = tempfile.mkstemp(prefix=f".{place.name[:32]}-", dir=place.parent)
        try:
            with open(descriptor, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            Path(staged).chmod(mode)
            Path(staged).replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(staged).unlink()
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            Text(
                f"this file cannot be written: {reason}",
                f"ce fichier ne peut pas être écrit\u00a0: {reason}",
            ),
            place=str(path),
            remedy=Text(
                "give a path in a folder that you may write to",
                "donnez un chemin dans un dossier où vous pouvez écrire",
            ),
        ) from error


def _umask() -> int:
    """The process's mask, which can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
