"""Files that appear together: written beside their places, then moved into them, all or none."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import TracebackType

from ds2026kg.errors import OutputError, reason_of
from ds2026kg.findings import Text

_NAME = ".ds2026kg-staging-{}"
_STAGING = re.compile(r"\.ds2026kg-staging-(\d+)")
_NEXT, _FORMER = "next", "former"

Place = tuple[Path, str]
"""A file: the folder that it is written for, and its name in there."""


class Staging:
    """Takes files until `exchange` moves all of them into their places.

    In each folder that files are for it has a hidden folder of its own, which is gone when the context
    ends. What runs that were killed left in such folders is removed. Every method may raise `OSError`;
    no file in its place has then changed.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> with Staging() as staging:
    ...     _ = staging.write(place, "sub/a.txt", ["one ", b"two"])
    ...     staging.exchange()
    >>> [(file.name, file.read_text()) for file in (place / "sub").iterdir()]
    [('a.txt', 'one two')]
    """

    def __init__(self) -> None:
        self._staged: dict[Place, None] = {}
        self._unsynced: list[Place] = []
        self._folders: list[Path] = []

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for folder in self._folders:
            shutil.rmtree(_beside(folder), ignore_errors=True)

    def names(self, folder: Path) -> set[str]:
        """The files that are staged for `folder`."""
        return {name for place, name in self._staged if place == folder}

    def write(
        self, folder: Path, name: str, chunks: Iterable[str | bytes], *, one_of_many: bool = False
    ) -> tuple[int, str]:
        """Write what the file `name` of `folder` is to hold; returns its size in bytes and its SHA-256.

        `name` may lead through folders, with slashes between them. A file that is `one_of_many` is
        brought safely to the disk together with the others of its kind, which is far quicker.
        """
        file, place = folder / name, self._folder(folder) / _NEXT / name
        if "/" in name:
            place.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        size = 0
        with open(place, "wb") as staged:
            for chunk in chunks:
                data = chunk.encode() if isinstance(chunk, str) else chunk
                digest.update(data)
                size += len(data)
                staged.write(data)
            staged.flush()
            if one_of_many:
                self._unsynced.append((folder, name))
            else:
                os.fsync(staged.fileno())
        if file.is_file():
            shutil.copymode(file, place)  # who may read the old file may read the new one
        self._staged[folder, name] = None
        return size, digest.hexdigest()

    def exchange(self, outdated: Sequence[Place] = ()) -> None:
        """Move the staged files into their places, and remove `outdated` ones; all or none.

        Folders on the way are made, and those that nothing is left in are removed.
        """
        self._sync()
        ways = self._ways()
        made: list[Path] = []
        begun: list[Place] = []
        try:
            for folder, way in ways:
                _make(folder / way, made)
            for place in (*self._staged, *outdated):
                self._exchange(place, begun)
        except BaseException:
            for place in begun:
                _restore(place)
            for each in reversed(made):
                with contextlib.suppress(OSError):  # not empty: it is somebody else's by now
                    each.rmdir()
            raise
        for folder, name in outdated:
            _remove_emptied(folder, name)
        for folder, way in ways:
            sync_folder(folder / way)

    def _ways(self) -> list[Place]:
        """The folders that the staged files go to; `OSError` if something stands in their place."""
        ways = list(dict.fromkeys((each, name.rpartition("/")[0]) for each, name in self._staged))
        for folder, way in ways:
            there = os.path.lexists(folder / way)
            if not is_below(folder, way) or (there and not (folder / way).is_dir()):
                raise NotADirectoryError(errno.ENOTDIR, "a link or a file", str(folder / way))
        for folder, name in self._staged:
            file = folder / name
            if file.is_dir() and not file.is_symlink():
                raise IsADirectoryError(errno.EISDIR, "a folder", str(file))
        return ways

    def _sync(self) -> None:
        """Bring to the disk what was left for now: all at once, then each, which tells of faults."""
        if self._unsynced and hasattr(os, "sync"):  # not on Windows
            os.sync()
        for folder, name in self._unsynced:
            with open(_beside(folder) / _NEXT / name, "rb+") as staged:
                os.fsync(staged.fileno())
        self._unsynced.clear()

    def _exchange(self, place: Place, begun: list[Place]) -> None:
        folder, name = place
        file = folder / name
        if os.path.lexists(file):
            _keep(file, _beside(folder) / _FORMER / name)
        begun.append(place)
        if place in self._staged:
            (_beside(folder) / _NEXT / name).replace(file)
        else:
            file.unlink(missing_ok=True)

    def _folder(self, folder: Path) -> Path:
        """The hidden folder below `folder`, which is made for the first file."""
        staging = _beside(folder)
        if folder not in self._folders:
            _clear_abandoned(folder)
            staging.mkdir()
            self._folders.append(folder)
            for part in (_NEXT, _FORMER):
                (staging / part).mkdir()
        return staging


def is_below(folder: Path, way: str) -> bool:
    """Whether the folders `way` ("doc/mission") lie in `folder`: no link on the way leads elsewhere."""
    if not way:
        return True
    real = os.path.normcase(os.path.realpath(folder))
    return os.path.normcase(os.path.realpath(folder / way)) == os.path.normcase(Path(real) / way)


def _make(folder: Path, made: list[Path]) -> None:
    """Make `folder` and those above it that are missing; `made` gets each of them."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _restore(place: Place) -> None:
    """Put the file that was at `place` back."""
    folder, name = place
    former = _beside(folder) / _FORMER / name
    if os.path.lexists(former):
        former.replace(folder / name)
    else:
        (folder / name).unlink(missing_ok=True)


def _remove_emptied(folder: Path, name: str) -> None:
    """Remove those folders on the way to `name` in which nothing is left."""
    for parent in PurePosixPath(name).parents[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # it has other files
            break


_ELSEWHERE = Text(
    "make the folder writable, or choose another with --output",
    "rendez le dossier accessible en écriture, ou choisissez-en un autre avec --output",
)
_REMEDIES = {
    errno.ENOSPC: Text(
        "free some space and run again; the files of the last run are untouched",
        "libérez de l’espace et relancez; les fichiers de la dernière fois sont intacts",
    ),
    errno.ENOENT: Text(
        "make the folder, or choose another with --output",
        "créez le dossier, ou choisissez-en un autre avec --output",
    ),
    errno.EISDIR: Text(
        "move the folder away, or choose another with --output",
        "déplacez ce dossier, ou choisissez-en un autre avec --output",
    ),
}
_FULL = Text("the disk is full", "le disque est plein")
_FORBIDDEN = Text("writing is not allowed here", "l’écriture n’est pas permise ici")
_NO_FOLDER = Text("this is not a folder", "ce n’est pas un dossier")
_MESSAGES = {
    errno.ENOSPC: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOENT: Text("its folder is not there", "son dossier n’existe pas"),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.EISDIR: Text(
        "a folder stands in the place of this file", "un dossier occupe la place de ce fichier"
    ),
}
_ALIKE = {errno.EDQUOT: errno.ENOSPC, errno.EPERM: errno.EACCES}


def output_error(
    place: Path, error: OSError, remedies: Mapping[int, Text] | None = None
) -> OutputError:
    """What kept the file or folder `place` from being written, and how to mend it.

    `remedies` are those for errors by number, with one for any other under 0.
    """
    number = _ALIKE.get(error.errno or 0, error.errno or 0)
    remedies = _REMEDIES if remedies is None else remedies
    reason = reason_of(error)
    other = Text(f"this cannot be written: {reason.en}", f"écriture impossible\u00a0: {reason.fr}")
    remedy = remedies.get(number) or remedies.get(0, _ELSEWHERE)
    return OutputError(_MESSAGES.get(number, other), place=str(place), remedy=remedy)


def place_of(error: OSError, otherwise: Path) -> Path:
    """The file or folder that `error` is about; the user knows nothing of staging folders."""
    name = os.fsdecode(error.filename or otherwise)
    name = re.sub(rf"[\\/]{_STAGING.pattern}([\\/]({_NEXT}|{_FORMER}))?", "", name)
    return Path(name)


def sync_folder(folder: Path) -> None:
    """Make the renames durable, where the system can (Windows cannot open a folder)."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _beside(folder: Path) -> Path:
    return folder / _NAME.format(os.getpid())


def _keep(file: Path, place: Path) -> None:
    """Give `file` a second name, so that its own is never without a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, place, follow_symlinks=False)
    except (OSError, NotImplementedError):  # not every file system has hard links
        shutil.copy2(file, place, follow_symlinks=False)


def _clear_abandoned(folder: Path) -> None:
    """Remove what a run that was killed left behind."""
    for entry in folder.iterdir():
        match = _STAGING.fullmatch(entry.name)
        if match and not _is_running(int(match[1])):
            shutil.rmtree(entry, ignore_errors=True)


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
