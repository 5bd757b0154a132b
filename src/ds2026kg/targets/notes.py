"""A note written anew in its place: whole or not at all, and only if it is still what was read."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from ds2026kg.findings import Text
from ds2026kg.targets.staging import output_error, sync_folder

_FLAGS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_REMEDIES = {
    0: Text(
        "make the note and its folder writable; it is as it was, and so are those after it",
        "rendez la note et son dossier accessibles en écriture; elle est intacte, comme celles qui "
        "la suivent",
    ),
    errno.ENOSPC: Text(
        "free some space and run again; the note is as it was, and so are those after it",
        "libérez de l’espace et relancez; la note est intacte, comme celles qui la suivent",
    ),
}
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace_note(vault: Path, path: str, before: bytes, after: bytes) -> bool:
    """Give the note at `path` in `vault` the bytes `after`; False if they are no longer `before`.

    The new bytes are written and synced beside the note, then renamed into its place; its
    permissions stay, and its owner where the system allows. What lies outside of the vault or is
    a symbolic link is left alone. Raises `OutputError` if the note cannot be written; it is then
    as it was.
    """
    note = vault / path
    staged = note.with_name(f".ds2026kg-{os.getpid()}.tmp")  # hidden: Obsidian does not see it
    try:
        if not _is_within(vault, note):
            return False
        status = _unchanged(note, before)
        if status is None:
            return False
        try:
            _write(staged, after, status)
            staged.replace(note)
            sync_folder(note.parent)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(note, error, _REMEDIES) from error
    return True


def _is_within(vault: Path, note: Path) -> bool:
    """Whether no symbolic link leads from the vault to the note's folder."""
    relative = note.parent.relative_to(vault)
    return os.path.realpath(note.parent) == os.path.normpath(
        os.path.join(os.path.realpath(vault), relative)  # noqa: PTH118 - as text, to compare
    )


def _unchanged(note: Path, before: bytes) -> os.stat_result | None:
    """The status of the note, if it holds the bytes `before`; it is opened as for writing."""
    try:
        descriptor = os.open(note, _FLAGS)
    except OSError as error:
        if error.errno in (
            errno.ENOENT,
            errno.ENOTDIR,
            errno.ELOOP,
        ):  # gone, or a symbolic link by now
            return None
        raise
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        return status if stat.S_ISREG(status.st_mode) and file.read() == before else None


def _write(staged: Path, data: bytes, status: os.stat_result) -> None:
    staged.unlink(missing_ok=True)  # of a run that was killed
    descriptor = os.open(staged, _NEW, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        if hasattr(os, "fchown"):
            with contextlib.suppress(PermissionError):  # only its owner, or root, may give it away
                os.fchown(descriptor, status.st_uid, status.st_gid)
        staged.chmod(stat.S_IMODE(status.st_mode))
        os.fsync(descriptor)
