"""A folder of notes into a stream of `Note`s: the one place that touches the vault's files."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from ds2026kg.errors import VaultError
from ds2026kg.findings import Finding, Rule, Span, Text
from ds2026kg.vault import rules
from ds2026kg.vault.markdown import read_note
from ds2026kg.vault.note import Note

_REASONS = {
    FileNotFoundError: Text(
        "it vanished while the vault was read", "il a disparu pendant la lecture"
    ),
    PermissionError: Text("permission denied", "accès refusé"),
}
_DOT = "."
_NOT_A_FILE = Text("it is not a regular file", "ce n’est pas un fichier ordinaire")


class VaultReader:
    """Reads the notes of one vault, in the order of their paths.

    Hidden files and folders (`.obsidian`, `.trash`, ...) are not notes. Symbolic links are never
    followed. One note that cannot be read is one `Finding`; the others are read all the same.

    `root` is the vault's folder and `max_bytes` the size of the largest note that is taken.
    Raises `VaultError` if the folder is missing, is not a folder, or cannot be listed.
    """

    def __init__(self, root: Path, max_bytes: int = 16 * 1024 * 1024) -> None:
        self.root = root
        self._max_bytes = max_bytes
        self._digest = hashlib.sha256()
        self._private: set[str] = set()
        self._concealed: defaultdict[str, list[Span]] = defaultdict(list)
        try:
            root.stat()
        except PermissionError as error:
            raise VaultError(
                Text("this folder cannot be reached", "ce dossier ne peut pas être atteint"),
                place=str(root),
                remedy=Text(
                    "give yourself the right to read it and the folders above it",
                    "donnez-vous le droit de le lire, ainsi que les dossiers au-dessus",
                ),
            ) from error
        except (OSError, ValueError) as error:
            raise VaultError(
                Text("there is no such vault", "ce coffre n’existe pas"),
                place=str(root),
                remedy=Text(
                    "give the path of the folder that holds the notes",
                    "donnez le chemin du dossier qui contient les notes",
                ),
            ) from error
        self._real_root = os.path.realpath(root)
        if not root.is_dir():
            raise VaultError(
                Text("this is not a folder", "ce n’est pas un dossier"),
                place=str(root),
                remedy=Text(
                    "give the folder that holds the notes, not one note",
                    "donnez le dossier qui contient les notes, et non une note",
                ),
            )

    @property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) over the paths and bytes of the notes read so far."""
        return self._digest.hexdigest()

    def notes(self) -> Iterator[Note]:
        """Every note, one at a time; raises `VaultError` if there is none."""
        empty = True
        for found in self._walk(""):
            empty = False
            note = found if isinstance(found, Note) else self._read(found)
            if note.private:
                self._private.add(note.path)
            yield note
        if empty:
            raise VaultError(
                Text("this vault has no notes", "ce coffre ne contient aucune note"),
                place=str(self.root),
                remedy=Text(
                    "put at least one .md file into it", "mettez-y au moins un fichier .md"
                ),
            )

    def conceal(self, spans: Iterable[Span]) -> None:
        """Never show these places again, as `source_line` and `source_text` never show a private note."""
        for span in spans:
            self._concealed[span.file].append(span)

    def source_line(self, span: Span) -> str | None:
        """The line on which `span` starts, without its line end; None if it cannot be shown.

        Characters that must not be shown are dots, so that columns stay true.
        """
        lines = _lines(str(self.root / span.file), self._max_bytes)
        if span.file in self._private or not 0 < span.line <= len(lines):
            return None
        line = lines[span.line - 1]
        for hidden in self._concealed.get(span.file, ()):
            if hidden.line <= span.line <= hidden.end_line:
                first = hidden.column - 1 if hidden.line == span.line else 0
                last = hidden.end_column - 1 if hidden.end_line == span.line else len(line)
                line = line[:first] + _DOT * len(line[first:last]) + line[last:]
        return line

    def source_text(self, span: Span) -> str | None:
        """The text of `span` as it lies in its file; None if it cannot be shown."""
        if span.file in self._private:
            return None
        try:
            with open(self.root / span.file, "rb") as file:
                file.seek(span.start)
                data = file.read(span.end - span.start)
        except OSError:
            return None
        for hidden in self._concealed.get(span.file, ()):
            first, last = hidden.start - span.start, hidden.end - span.start
            if first < len(data) and last > 0:
                piece = data[max(first, 0) : last]
                data = data[: max(first, 0)] + _DOT.encode() * len(piece) + data[max(last, 0) :]
        return data.decode("utf-8", "replace")

    def _walk(self, folder: str) -> Iterator[str | Note]:
        """Paths of notes below `folder`, and a note that is only a finding for what is none."""
        try:
            entries = sorted(os.scandir(self.root / folder), key=lambda entry: entry.name)
        except OSError as error:
            if not folder:
                raise VaultError(
                    Text("this folder cannot be listed", "ce dossier ne peut pas être lu"),
                    place=str(self.root),
                    remedy=rules.NOTE_UNREADABLE.remedy,
                ) from error
            yield _faulty(folder, rules.NOTE_UNREADABLE, reason=_reason(error))
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            is_note = entry.name.casefold().endswith(".md")
            if entry.is_symlink():
                found = self._symlink(path, is_note)
                if found:
                    yield found
            elif entry.is_dir(follow_symlinks=False):
                yield from self._walk(path)
            elif is_note:
                yield path

    def _symlink(self, path: str, is_note: bool) -> Note | None:
        real = os.path.realpath(self.root / path)
        if not (is_note or Path(real).is_dir()):
            return None
        if not os.path.exists(real):  # noqa: PTH110 - False for a loop, where Path raises
            return _faulty(path, rules.LINK_LEADS_NOWHERE)
        inside = os.path.commonpath([real, self._real_root]) == self._real_root
        return _faulty(path, rules.LINK_WITHIN_VAULT if inside else rules.LINK_LEAVES_VAULT)

    def _read(self, path: str) -> Note:
        try:
            # O_NONBLOCK: a pipe named .md must not hold up the reading; O_NOFOLLOW: the file may
            # have become a symbolic link since the folder was listed.
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            flags |= getattr(os, "O_BINARY", 0)
            with open(os.open(self.root / path, flags), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    return _faulty(path, rules.NOTE_UNREADABLE, reason=_NOT_A_FILE)
                data = file.read(self._max_bytes + 1)
        except OSError as error:
            return _faulty(path, rules.NOTE_UNREADABLE, reason=_reason(error))
        if len(data) > self._max_bytes:
            size = max(status.st_size, len(data))
            return _faulty(path, rules.NOTE_TOO_LARGE, size=size, limit=self._max_bytes)
        name = os.fsencode(path)
        self._digest.update(b"%d %s %d\n" % (len(name), name, len(data)) + data)
        return read_note(_printable(path), data)


def _faulty(path: str, rule: Rule, **values: object) -> Note:
    """A note of which nothing is known but what is wrong with its file."""
    path = _printable(path)
    return Note(path, (), (), (), (Finding(rule, Span.of_file(path), values),))


def _printable(path: str) -> str:
    """The path as text; bytes that are not UTF-8 show as replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(error: OSError) -> Text:
    fallback = Text(str(error.strerror), str(error.strerror))
    return _REASONS.get(type(error), fallback)


@lru_cache(maxsize=8)
def _lines(path: str, max_bytes: int) -> list[str]:
    """The lines of a file as `Places` counts them: CR, LF and CRLF end one, and nothing else."""
    try:
        with open(path, "rb") as file:
            data = file.read(max_bytes).removeprefix(codecs.BOM_UTF8)
    except OSError:
        return []
    text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
