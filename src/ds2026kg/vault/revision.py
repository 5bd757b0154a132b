"""A vault as it was at a revision of git, without a checkout, and what has changed since.

git is asked, never a shell; what it says is taken apart at NULs, so that names may hold anything.
Of the revision's files, notes, canvases and settings are written into a temporary folder; of any
other only the name matters, to links, and it is written empty. Nothing is written as a symbolic
link, and no path may leave the folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from ds2026kg.errors import ConfigurationError, OutputError, reason_of
from ds2026kg.findings import Text
from ds2026kg.vault.listing import printable

_REGULAR = ("100644", "100755", "100664")
_SYMLINK = "120000"
# What git sets for its hooks, whose repository need not be the vault's.
_OF_A_HOOK = frozenset(
    "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_DIR GIT_INDEX_FILE GIT_NAMESPACE "
    "GIT_OBJECT_DIRECTORY GIT_PREFIX GIT_WORK_TREE".split()
)


class _Blob(NamedTuple):
    """A file of a revision: its mode and object, its size in bytes, its path in the vault."""

    mode: str
    object: str
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What a vault was at `name`, a revision of git; `commit` is the name git itself has for it.

    `changed` are the paths, relative to the vault, of files that now differ from it, whether that
    is committed, staged, or neither: changed, new, renamed (both names) or gone. `blobs` are the
    files that it had.
    """

    root: Path
    name: str
    commit: str
    changed: frozenset[str]
    blobs: tuple[_Blob, ...]

    @contextlib.contextmanager
    def files(self, max_bytes: int) -> Iterator[Path | None]:
        """The vault as it was, in a folder of the same name that is gone afterwards.

        None if it had no files. A file of more than `max_bytes` keeps its size and no content.
        Raises `ConfigurationError` if git fails, `OutputError` if the files cannot be written.
        """
        blobs = [blob for blob in self.blobs if blob.mode in _REGULAR and _is_safe(blob.path)]
        if not blobs:
            yield None
            return
        with _temporary_folder() as folder:
            place = folder / Path(os.path.realpath(self.root)).name
            try:
                place.mkdir(exist_ok=True)
                self._write(place, blobs, max_bytes)
            except OSError as error:
                raise _unwritable(error) from error
            yield place

    @property
    def unchanged_symlinks(self) -> frozenset[str]:
        """The paths of the symbolic links that the vault had, and has; they are never written."""
        links = {printable(each.path) for each in self.blobs if each.mode == _SYMLINK}
        return frozenset(links - self.changed)

    def _write(self, place: Path, blobs: list[_Blob], max_bytes: int) -> None:
        with _contents(self.root) as contents:
            for blob in blobs:
                target = place / blob.path
                target.parent.mkdir(parents=True, exist_ok=True)
                with open(target, "wb") as file:
                    if not _is_read(blob.path):
                        continue
                    if blob.size > max_bytes:
                        file.truncate(blob.size)
                    else:
                        file.write(contents.of(blob))


def _blobs(root: Path, commit: str) -> Iterator[_Blob]:
    """The files below `root` in a commit, whatever their kind."""
    for record in filter(None, _ask(root, "ls-tree", "-r", "-l", "-z", commit).split(b"\0")):
        head, _, path = record.partition(b"\t")
        mode, _, name, size = head.decode().split()
        yield _Blob(mode, name, int(size) if size.isdecimal() else 0, os.fsdecode(path))


def open_revision(root: Path, name: str) -> Revision:
    """What the vault at `root` was at the revision `name` (a commit, a branch, a tag).

    Raises `ConfigurationError` if git is missing, the vault lies in no repository, or there is no
    such revision.
    """
    if not name or name.startswith("-") or not name.isprintable():
        raise _unknown(name)
    inside = _run(root, "rev-parse", "--is-inside-work-tree")
    if inside.returncode != 0 or inside.stdout.strip() != b"true":
        raise _no_repository(root, inside)
    found = _run(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if found.returncode != 0:
        shallow = _ask(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        raise _unknown(name, shallow=shallow)
    commit = found.stdout.decode().strip()
    tracked = _ask(
        root,
        "diff",
        "--name-only",
        "-z",
        "--no-renames",
        "--no-ext-diff",
        "--relative",
        commit,
        "--",
    )
    # What git ignores is a note to Obsidian all the same, and was not there at the revision.
    untracked = _ask(root, "ls-files", "--others", "-z")
    changed = {printable(os.fsdecode(path)) for path in (tracked + untracked).split(b"\0") if path}
    return Revision(root, name, commit, frozenset(changed), tuple(_blobs(root, commit)))


class _Contents:
    """The contents of git's objects, one at a time, from one `git cat-file --batch`."""

    def __init__(self, ask: IO[bytes], answer: IO[bytes], root: Path) -> None:
        self._ask, self._answer, self._root = ask, answer, root

    def of(self, blob: _Blob) -> bytes:
        """The bytes of `blob`; raises `ConfigurationError` if the repository lacks it."""
        self._ask.write(blob.object.encode() + b"\n")
        self._ask.flush()
        head = self._answer.readline()
        if not head.endswith(f" blob {blob.size}\n".encode()):
            raise _failed(self._root, head)
        data = self._answer.read(blob.size)
        self._answer.read(1)
        return data


@contextlib.contextmanager
def _contents(root: Path) -> Iterator[_Contents]:
    with subprocess.Popen(  # noqa: S603 - no shell, and no word of it is the user's
        [_git(), "cat-file", "--batch"],
        cwd=root,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as git:
        if git.stdin is None or git.stdout is None:
            raise _failed(root, b"")
        yield _Contents(git.stdin, git.stdout, root)


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    try:
        folder = tempfile.TemporaryDirectory(prefix="ds2026kg-")
    except OSError as error:
        raise _unwritable(error) from error
    with folder:
        yield Path(folder.name)


def _is_read(path: str) -> bool:
    """Whether what a file holds matters, and not only that it is there."""
    read = path.casefold().endswith((".md", ".canvas"))
    return read or path == ".ds2026kgignore" or path.startswith(".obsidian/")


def _is_safe(path: str) -> bool:
    """Whether a path stays below the folder it is joined to, on any system."""
    parts = path.split("/")
    foreign = os.sep == "\\" and any(sign in path for sign in '\\:*?"<>|')
    return not foreign and all(part not in ("", ".", "..") for part in parts)


def _ask(root: Path, *arguments: str) -> bytes:
    """What git prints; raises `ConfigurationError` with its words if it fails."""
    done = _run(root, *arguments)
    if done.returncode != 0:
        raise _failed(root, done.stderr)
    return done.stdout


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - no shell; what the user gives begins with no hyphen
        [_git(), *arguments], cwd=root, env=_environment(), capture_output=True, check=False
    )


def _git() -> str:
    """The program, by its whole path: some systems would look for it in the vault first."""
    program = shutil.which("git")
    if program is None:
        raise ConfigurationError(
            Text(
                "git is not installed, and only git knows what has changed",
                "git n’est pas installé, et lui seul sait ce qui a changé",
            ),
            place="--changed-since",
            remedy=Text(
                "install git, or leave out --changed-since",
                "installez git, ou omettez --changed-since",
            ),
        )
    return program


def _environment() -> dict[str, str]:
    """The environment without what belongs to another repository; git is to write nothing."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    return kept | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _no_repository(root: Path, told: subprocess.CompletedProcess[bytes]) -> ConfigurationError:
    if told.returncode != 0 and b"not a git repository" not in told.stderr:
        return _failed(root, told.stderr)
    return ConfigurationError(
        Text(
            "this vault does not lie in a working tree of git",
            "ce coffre ne se trouve pas dans une copie de travail de git",
        ),
        place=str(root),
        remedy=Text(
            "leave out --changed-since, or validate the vault in a clone of its repository",
            "omettez --changed-since, ou vérifiez le coffre dans un clone de son dépôt",
        ),
    )


def _unknown(name: str, *, shallow: bool = False) -> ConfigurationError:
    if shallow:
        remedy = Text(
            "this clone is shallow: fetch more of its history (git fetch --unshallow; in a GitHub "
            "workflow, fetch-depth: 0)",
            "ce clone est superficiel\u00a0: récupérez plus de son histoire (git fetch --unshallow; "
            "dans un flux de travail GitHub, fetch-depth: 0)",
        )
    else:
        remedy = Text(
            "give a commit, a branch or a tag of this repository, such as HEAD or origin/main",
            "donnez un commit, une branche ou une étiquette de ce dépôt, comme HEAD ou origin/main",
        )
    return ConfigurationError(
        Text("git knows no such revision", "git ne connaît pas cette révision"),
        place=f"--changed-since {name}".rstrip(),
        remedy=remedy,
    )


def _failed(root: Path, words: bytes) -> ConfigurationError:
    said = words.decode("utf-8", "replace").strip().partition("\n")[0] or "?"
    return ConfigurationError(
        Text(
            f"git could not tell what has changed: {said}",
            f"git n’a pas pu dire ce qui a changé\u00a0: {said}",
        ),
        place=str(root),
        remedy=Text(
            "mend what git complains of, or leave out --changed-since",
            "corrigez ce dont git se plaint, ou omettez --changed-since",
        ),
    )


def _unwritable(error: OSError) -> OutputError:
    reason = reason_of(error)
    return OutputError(
        Text(
            f"the notes of the revision cannot be written to a temporary folder: {reason.en}",
            "les notes de la révision ne peuvent pas être écrites dans un dossier temporaire"
            f"\u00a0: {reason.fr}",
        ),
        place=tempfile.gettempdir(),
        remedy=Text(
            "make room there, or name another folder in TMPDIR",
            "libérez-y de l’espace, ou nommez un autre dossier dans TMPDIR",
        ),
    )
