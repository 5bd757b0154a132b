"""The files of a vault, by what they are, from one walk through its folders."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ds2026kg.errors import VaultError, reason_of
from ds2026kg.findings import Finding, Rule, Span, Text
from ds2026kg.vault import rules
from ds2026kg.vault.exclusions import Exclusions


@dataclass(slots=True)
class Listing:
    """What lies in a vault; paths are relative to it, in the order of their names.

    `passed_over` are notes that Obsidian's settings or `.ds2026kgignore` leave out, by path, with
    the reason; `hidden` counts hidden files and folders. `findings` are about files that are none.
    """

    notes: list[str] = field(default_factory=list)
    canvases: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    passed_over: dict[str, str] = field(default_factory=dict)
    hidden: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def reasons(self) -> Counter[str]:
        """How many notes were passed over for each reason."""
        return Counter(self.passed_over.values())


def list_vault(root: Path, exclusions: Exclusions) -> Listing:
    """The files of the vault at `root`. Symbolic links are never followed.

    Raises `VaultError` if the folder itself cannot be listed.
    """
    listing = Listing(findings=list(exclusions.findings))
    _Walk(root, exclusions, listing).folder("", None)
    return listing


class _Walk:
    """One walk; the folders of a vault may be nested as deeply as the system allows."""

    def __init__(self, root: Path, exclusions: Exclusions, listing: Listing) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self._exclusions = exclusions
        self._listing = listing

    def folder(self, folder: str, reason: str | None) -> None:
        """Enter what lies in `folder`; `reason` is why it is passed over, or None."""
        for entry in self._entries(folder):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                self._listing.hidden += 1
            elif entry.is_symlink():
                self._symlink(path)
            elif entry.is_dir(follow_symlinks=False):
                self.folder(path, reason or self._exclusions.reason(path, folder=True))
            else:
                self._file(path, reason or self._exclusions.reason(path, folder=False))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._root / folder) as entries:
                return sorted(entries, key=_name)
        except OSError as error:
            if not folder:
                raise VaultError(
                    Text("this folder cannot be listed", "ce dossier ne peut pas être lu"),
                    place=str(self._root),
                    remedy=rules.NOTE_UNREADABLE.remedy,
                ) from error
            self._report(folder, rules.NOTE_UNREADABLE, reason=unread(error))
            return []

    def _file(self, path: str, reason: str | None) -> None:
        listing = self._listing
        extension = path.rpartition(".")[2].casefold()
        if extension == "md":
            if reason is None:
                listing.notes.append(path)
            else:
                listing.passed_over[path] = reason
        elif extension == "canvas" and reason is None:
            listing.canvases.append(path)
        elif extension == "base":
            listing.bases.append(path)
        else:
            listing.attachments.append(path)

    def _symlink(self, path: str) -> None:
        real = os.path.realpath(self._root / path)
        if not (is_note(path) or Path(real).is_dir()):
            self._listing.attachments.append(path)
        elif not os.path.exists(real):  # noqa: PTH110 - False for a loop, where Path raises
            self._report(path, rules.LINK_LEADS_NOWHERE)
        else:
            inside = os.path.commonpath([real, self._real_root]) == self._real_root
            self._report(path, rules.LINK_WITHIN_VAULT if inside else rules.LINK_LEAVES_VAULT)

    def _report(self, path: str, rule: Rule, **values: object) -> None:
        span = Span.of_file(printable(path))
        self._listing.findings.append(Finding(rule, span, values))


def is_note(path: str) -> bool:
    """Whether a file of this name is a note."""
    return path[-3:].casefold() == ".md"


def printable(path: str) -> str:
    """The path as text; bytes that are not UTF-8 show as replacement characters."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "replace")


_VANISHED = Text("it vanished while the vault was read", "il a disparu pendant la lecture")


def unread(error: OSError) -> Text:
    """Why a file that was there cannot be read."""
    return _VANISHED if isinstance(error, FileNotFoundError) else reason_of(error)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def all_paths(listing: Listing) -> Iterator[str]:
    """Every file that a link may lead to."""
    yield from listing.notes
    yield from listing.canvases
    yield from listing.bases
    yield from listing.attachments
    yield from listing.passed_over
