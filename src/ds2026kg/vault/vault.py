"""An Obsidian vault, open for reading: its notes as a stream, and where its links lead."""

from __future__ import annotations

import gc
import hashlib
import os
import stat
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

from ds2026kg.errors import VaultError
from ds2026kg.findings import Finding, Rule, Span, Text
from ds2026kg.memory import FORGETFUL, Memory
from ds2026kg.vault import rules
from ds2026kg.vault.canvas import Canvas, read_canvas
from ds2026kg.vault.exclusions import read_exclusions
from ds2026kg.vault.index import LinkIndex, Resolution
from ds2026kg.vault.link import Link
from ds2026kg.vault.link_faults import link_faults
from ds2026kg.vault.listing import Listing, all_paths, list_vault, printable, unread
from ds2026kg.vault.markdown import read_note
from ds2026kg.vault.mending import Mending
from ds2026kg.vault.note import Note
from ds2026kg.vault.source import READ_ONLY, Source
from ds2026kg.vault.survey import Arc, Elsewhere, LinkSurvey

MAX_BYTES = 16 * 1024 * 1024
_NOT_A_FILE = Text("it is not a regular file", "ce n’est pas un fichier ordinaire")


class Vault:
    """The vault in the folder `root`; a note of more than `max_bytes` is not read.

    The folders are walked once, here; notes are read as they are asked for, and none is kept.
    Hidden files, and what Obsidian's settings or `.ds2026kgignore` leave out, are not notes.
    Symbolic links are never followed. What cannot be read is a finding of its note; the others are
    read all the same. `drafts` are read in the place of the notes at these paths. `memory`
    keeps what was read of files whose bytes are the same again. Raises
    `VaultError` if the folder is missing, is none, or cannot be listed.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "A.md").write_text("[[B#Part|see]] and [[C]]")
    >>> _ = (folder / "B.md").write_text("# Part")
    >>> vault = Vault(folder)
    >>> [(note.path, len(note.links)) for note in vault]
    [('A.md', 2), ('B.md', 0)]
    >>> [(arc.source, arc.link.label) for arc in vault.backlinks("B")]
    [('A.md', 'see')]
    >>> [str(finding.span) for finding in vault.survey.findings()]
    ['A.md:1:20']
    """

    def __init__(
        self,
        root: str | Path,
        *,
        max_bytes: int = MAX_BYTES,
        drafts: Mapping[str, bytes] | None = None,
        memory: Memory = FORGETFUL,
    ) -> None:
        self.root = Path(root)
        _check(self.root)
        self._prefix = os.path.join(self.root, "")  # noqa: PTH118 - Path drops the last slash
        self.name = Path(os.path.realpath(self.root)).name
        self.source = Source(self.root, max_bytes, self.private_places)
        self._max_bytes = max_bytes
        self._drafts = drafts or {}
        self._memory = memory
        self.listing: Listing = list_vault(self.root, read_exclusions(self.root))
        self.digest = ""
        self._faults: list[tuple[str, Finding]] = []
        self._read_as: dict[str, int] = {}  # the notes, with a hash of the bytes that were read
        self.index = LinkIndex(self.name)
        for path in all_paths(self.listing):
            self.index.add(printable(path))
        self._survey: LinkSurvey | None = None
        self.mending = Mending(self.as_read)

    def __iter__(self) -> Iterator[Note]:
        return self.notes()

    def notes(self) -> Iterator[Note]:
        """Every note, one at a time, read anew; raises `VaultError` if there is none.

        When all have been taken, `survey` is complete and `digest` is the SHA-256 (hexadecimal)
        over the paths and bytes of the notes.
        """
        if not self.listing.notes and not self.listing.findings:
            raise VaultError(
                Text("this vault has no notes", "ce coffre ne contient aucune note"),
                place=str(self.root),
                remedy=Text(
                    "put at least one .md file into it", "mettez-y au moins un fichier .md"
                ),
            )
        survey = LinkSurvey(self.index, self.listing.passed_over)
        digest = hashlib.sha256()
        faults = [("", finding) for finding in self.listing.findings]
        for path in self.listing.notes:
            # What `Undisturbed` does; but to make one would itself set off the collector each time.
            collecting = gc.isenabled()
            gc.disable()
            try:
                data = self._read(path)
                if isinstance(data, Finding):
                    note = Note(printable(path), findings=(data,))
                else:
                    name = os.fsencode(path)
                    digest.update(b"%d %s %d\n" % (len(name), name, len(data)))
                    digest.update(data)
                    self._read_as[path] = hash(data)
                    note = self._note(path, printable(path), data)
                survey.add(note)
                if note.findings:
                    faults.extend((note.path, finding) for finding in note.findings)
            finally:
                if collecting:
                    gc.enable()
            yield note
        for canvas in self.canvases():
            survey.add_canvas(canvas)
            faults.extend((canvas.path, finding) for finding in canvas.findings)
        survey.finish()
        self._faults = faults
        self._survey = survey
        self.digest = digest.hexdigest()

    def canvases(self) -> Iterator[Canvas]:
        """Every canvas, one at a time."""
        for path in self.listing.canvases:
            data = self._read(path)
            if isinstance(data, Finding):
                yield Canvas(printable(path), (), (), (), (data,))
            else:
                yield self._canvas(path, printable(path), data)

    @property
    def survey(self) -> LinkSurvey:
        """What is known of the links of the whole vault; reads it if that has not been done."""
        if self._survey is None:
            deque(self.notes(), maxlen=0)
        return cast("LinkSurvey", self._survey)

    def findings(
        self, elsewhere: Elsewhere | None = None, *, private: bool = False
    ) -> Iterator[Finding]:
        """What is wrong with the files of the vault, their parts and their links.

        `elsewhere` may know better of links. What is wrong in a private note is told only if
        `private` is true, or if it could not be read at all.
        """
        survey = self.survey
        for path, finding in self._faults:
            if private or finding.rule.unreadable or not survey.is_private(path):
                yield finding
        yield from survey.findings(elsewhere, private=private)
        yield from link_faults(survey, self.mending, private=private)

    def as_read(self, path: str) -> bytes | None:
        """The bytes of a note, or None if there is none or it is no longer as it was read."""
        # A name that is not UTF-8 is not shown as it is, and so not found here.
        if path not in self._read_as:
            return None
        data = self._read(path)
        return data if isinstance(data, bytes) and hash(data) == self._read_as[path] else None

    def resolve(self, target: str, source: str = "") -> Resolution:
        """The file that a link to `target` in the note `source` leads to, as Obsidian decides."""
        return self.survey.index.look_up(target, source)

    def links(self) -> Iterator[Arc]:
        """Every link of every note and canvas, with the file it leads to."""
        return self._arcs()

    def backlinks(self, target: str) -> Iterator[Arc]:
        """Every link that leads from elsewhere to the file that `target` names."""
        survey = self.survey
        path = self.resolve(target).path
        if path is None:
            return
        yield from (arc for arc in self._arcs(set(survey.sources(path))) if arc.target == path)

    def _arcs(self, only: set[str] | None = None) -> Iterator[Arc]:
        index = self.survey.index
        for source, links in self._linking(only):
            for link in links:
                yield Arc(source, link, *index.destination(link, source))

    def private_places(self, path: str) -> list[Span] | None:
        """What must not be shown of a file: its links to private notes, or None for all of it."""
        if self.survey.is_private(path):
            return None
        return [arc.link.span for arc in self._arcs({path}) if self.survey.is_private(arc.target)]

    def _linking(self, only: set[str] | None = None) -> Iterator[tuple[str, Sequence[Link]]]:
        """The links of each note and canvas, or of those in `only`."""
        for path, name in self._files if only is None else self._files_named(only):
            data = self._read(path)
            if isinstance(data, Finding):
                continue
            if name[-7:].casefold() != ".canvas":
                yield name, self._note(path, name, data).links
                continue
            canvas = self._canvas(path, name, data)
            yield name, canvas.links
            for source, link in self.survey.arrows(canvas):
                yield source, (link,)

    def _note(self, path: str, name: str, data: bytes) -> Note:
        return self._memory.recall(("note", path), (data,), lambda: read_note(name, data))

    def _canvas(self, path: str, name: str, data: bytes) -> Canvas:
        return self._memory.recall(("canvas", path), (data,), lambda: read_canvas(name, data))

    @cached_property
    def _files(self) -> list[tuple[str, str]]:
        """The path and the printable name of each note and canvas."""
        paths = (*self.listing.notes, *self.listing.canvases)
        return [(path, printable(path)) for path in paths]

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """Where in `_files` each name stands; names that are not UTF-8 may be alike in print."""
        numbers: dict[str, list[int]] = {}
        for number, (_, name) in enumerate(self._files):
            numbers.setdefault(name, []).append(number)
        return numbers

    def _files_named(self, names: set[str]) -> list[tuple[str, str]]:
        """Those of `_files` that have one of `names`, in their order."""
        found = (number for name in names for number in self._numbers.get(name, ()))
        return [self._files[number] for number in sorted(found)]

    def _read(self, path: str) -> bytes | Finding:
        """The bytes of a file, or what keeps it from being read."""
        limit = self._max_bytes
        if path in self._drafts:
            return self._drafts[path]
        try:
            descriptor = os.open(self._prefix + path, READ_ONLY)
            try:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    return _fault(path, rules.NOTE_UNREADABLE, reason=_NOT_A_FILE)
                data = _read_all(descriptor, min(status.st_size, limit) + 1, limit)
            finally:
                os.close(descriptor)
        except OSError as error:
            return _fault(path, rules.NOTE_UNREADABLE, reason=unread(error))
        if len(data) > limit:
            size = max(status.st_size, len(data))
            return _fault(path, rules.NOTE_TOO_LARGE, size=size, limit=limit)
        return data


def _fault(path: str, rule: Rule, **values: object) -> Finding:
    return Finding(rule, Span.of_file(printable(path)), values)


def _read_all(descriptor: int, size: int, limit: int) -> bytes:
    """What a file holds, up to a byte more than `limit`; it may have grown since it was measured."""
    data = os.read(descriptor, size)
    if len(data) < size:  # of a regular file, that is the end
        return data
    pieces = [data]
    while size <= limit and (piece := os.read(descriptor, limit + 1 - size)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _check(root: Path) -> None:
    """Raise `VaultError` unless `root` is a folder that can be reached."""
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
    if not root.is_dir():
        raise VaultError(
            Text("this is not a folder", "ce n’est pas un dossier"),
            place=str(root),
            remedy=Text(
                "give the folder that holds the notes, not one note",
                "donnez le dossier qui contient les notes, et non une note",
            ),
        )
