"""A vault judged again whenever a note is saved: what is new since the last look, and what is gone.

A look finds what `validate` finds. What it does not do is read and work out again what has not
changed: a `Memory` keeps that from one look to the next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from ds2026kg.checking import Check, judge, shapes_of
from ds2026kg.config import FILE_NAME, Engine, Settings
from ds2026kg.errors import ConfigurationError, Ds2026kgError, InputError
from ds2026kg.findings import Finding, Text
from ds2026kg.memory import Memory
from ds2026kg.reading import Progress, Reading, read, silent
from ds2026kg.validation.baseline import Baseline, read_baseline
from ds2026kg.validation.fingerprints import fingerprints
from ds2026kg.validation.shapes import Shapes
from ds2026kg.vault.markdown import Undisturbed

_POLL = 0.5  # seconds between looks for what a watcher of folders does not tell
_READ = (".md", ".canvas")
_SETTINGS = frozenset(
    (
        FILE_NAME,
        ".ds2026kgignore",
        ".obsidian/app.json",
        ".obsidian/templates.json",
        ".obsidian/plugins/templater-obsidian/data.json",
    )
)
_PASSING = ("~", ".tmp", ".swp", ".swx", ".part", ".crdownload", ".bak")


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found; `new` and `gone` are the open findings that the last look had not, or had.

    `faults` are of settings, shapes and a baseline that cannot be used: the last good ones were.
    """

    seen: Check
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    faults: tuple[Ds2026kgError, ...] = ()


class Watch:
    """Looks at the vault in the folder `vault`, again and again.

    `settings` reads the settings, which may have changed; findings in the file `baseline` are known.
    """

    def __init__(
        self, vault: Path, settings: Callable[[], Settings], baseline: Path | None = None
    ) -> None:
        self.vault, self.baseline = vault, baseline
        self._load = settings
        self._settings: Settings | None = None
        self._shapes: Shapes | None = None
        self._known: Baseline | None = None
        self._memory = Memory()
        self._open: dict[str, Finding] = {}
        self._faults: list[Ds2026kgError] = []

    def look(self, progress: Progress = silent) -> Look:
        """Judge the vault as it is now.

        Raises `VaultError`, `DataError` as `check` does; `ConfigurationError` only where there are
        no settings, shapes or baseline of an earlier look to go on with.
        """
        self._faults = []
        with Undisturbed():
            settings = self._current_settings()
            self._memory.next_round()
            reading = read(self.vault, settings, progress, memory=self._memory)
            seen, marks = self._gated(reading, self._judged(reading, progress))
        now = {
            mark: finding
            for mark, finding in zip(marks, seen.findings, strict=True)
            if finding.is_open
        }
        before, self._open = self._open, now
        new = tuple(now[mark] for mark in now if mark not in before)
        gone = tuple(before[mark] for mark in before if mark not in now)
        return Look(seen, new, gone, tuple(self._faults))

    def files(self) -> list[Path]:
        """The files that are no notes and have a part in the outcome, wherever they lie."""
        own = [Path(file) for file in self._settings.validation.shapes] if self._settings else []
        return [Path(FILE_NAME), *own, *([self.baseline] if self.baseline else [])]

    def _current_settings(self) -> Settings:
        try:
            settings = _for_watching(self._load())
        except ConfigurationError as fault:
            if self._settings is None:
                raise
            self._faults.append(fault)
            return self._settings
        if settings != self._settings:
            self._settings, self._memory = settings, Memory()
        return settings

    def _judged(self, reading: Reading, progress: Progress) -> tuple[Finding, ...]:
        try:
            shapes = shapes_of(reading.settings, self._memory)
            found = judge(reading, progress, shapes)
        except ConfigurationError as fault:
            if self._shapes is None:
                raise
            self._faults.append(fault)
            return judge(reading, progress, self._shapes)
        self._shapes = shapes
        return found

    def _gated(self, reading: Reading, found: tuple[Finding, ...]) -> tuple[Check, list[str]]:
        """The findings, with those of the baseline known, and the fingerprints of all."""
        marks = fingerprints(found, reading.vault.source.line)
        if self.baseline is None:
            return Check(reading, found), marks
        try:
            self._known = read_baseline(self.baseline)
        except ConfigurationError as fault:
            if self._known is None:
                raise
            self._faults.append(fault)
        judged, outdated = self._known.known(found, marks)
        return Check(reading, tuple(judged), outdated=tuple(outdated)), marks


def _for_watching(settings: Settings) -> Settings:
    """`settings` with the faster engine, whatever the size of the graph, unless one is asked for."""
    told = settings.validation
    if told.engine is not Engine.AUTO or find_spec("shacl") is None:
        return settings
    return replace(settings, validation=replace(told, engine=Engine.SHACL))


def wakes(path: str, *, modified: bool) -> bool:
    """Whether a change of the file at `path`, relative to the vault, may change what is found.

    Any file that comes or goes may be one that links lead to; but for notes, canvases and settings,
    what is in it does not matter. Hidden files and those that editors put beside a note never do.

    >>> [wakes(path, modified=True) for path in ("A.md", "map.png", ".obsidian/workspace.json")]
    [True, False, False]
    >>> [wakes(path, modified=False) for path in ("map.png", "A.md~", ".A.md.swp")]
    [True, False, False]
    """
    if path in _SETTINGS:
        return True
    name = path.rpartition("/")[2].casefold()
    if any(part.startswith(".") for part in path.split("/")):
        return False
    if name.endswith(_PASSING) or name.startswith(("#", "~$")):
        return False
    return not modified or name.endswith(_READ)


def changes(
    vault: Path, files: Callable[[], list[Path]], written: Collection[Path] = ()
) -> Iterator[tuple[str, ...]]:
    """The paths that have changed in `vault`, as often as something has that may matter.

    The first time at once, when watching has begun, and with no path for what is not in the vault:
    one of `files`, or the folder itself, which may go and come back. `written` are files that the
    program writes itself. Never ends of itself. Raises `InputError` where nothing can be watched.
    """
    root = os.path.realpath(vault)
    own = {os.path.realpath(file) for file in written}
    while True:
        place = _identity(root)
        if place is None:
            time.sleep(_POLL)
            continue
        yield from _changes_while(root, place, files, own)
        if _identity(root) is None:
            yield ()  # that it is gone is to be told; that it is back, with the next watcher


def _changes_while(
    root: str, place: tuple[int, int], files: Callable[[], list[Path]], own: Collection[str]
) -> Iterator[tuple[str, ...]]:
    """As `changes`, for as long as the folder is the one that it was."""
    from watchfiles import Change, watch

    def matters(change: Change, path: str) -> bool:
        inside = Path(path).relative_to(root).as_posix() if path.startswith(root) else ""
        return path not in own and wakes(inside, modified=change is Change.modified)

    told: tuple[object, ...] | None = None
    try:
        for found in watch(
            root, watch_filter=matters, rust_timeout=int(_POLL * 1000), yield_on_timeout=True
        ):
            if _identity(root) != place:
                return
            stamps = tuple(map(_stamp, files()))
            if found or stamps != told:
                yield tuple(sorted({os.path.relpath(path, root) for _, path in found}))
            told = stamps
    except FileNotFoundError:  # it went before the watcher came
        return
    except (OSError, RuntimeError) as error:
        raise _unwatchable(root, error) from error


def _identity(folder: str) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)  # noqa: PTH116 - it is a name for the watcher, not a Path
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _unwatchable(root: str, error: Exception) -> InputError:
    return InputError(
        Text(
            f"this folder cannot be watched: {error}",
            f"ce dossier ne peut pas être surveillé\u00a0: {error}",
        ),
        place=root,
        remedy=Text(
            "raise the system’s limit of watched folders, or set WATCHFILES_FORCE_POLLING=1",
            "relevez la limite de dossiers surveillés du système, ou définissez "
            "WATCHFILES_FORCE_POLLING=1",
        ),
    )
