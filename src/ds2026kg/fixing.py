"""Mending: notes with faults in, the same notes with the edits that their findings propose out.

The edits are made in memory until no finding proposes any, so that what is shown beforehand is
what is written, and a second run finds nothing to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ds2026kg.checking import judge_notes
from ds2026kg.config import Settings
from ds2026kg.findings import Edit, Span, Standing
from ds2026kg.reading import Progress, Reading, read, silent
from ds2026kg.targets import patch, replace_note, with_edits
from ds2026kg.vault import Vault

_ROUNDS = 8  # what one edit uncovers the next can mend; in practice there are two
_DOT = b"."


@dataclass(frozen=True, slots=True)
class MendedNote:
    """A note with its bytes as read and as mended; `shown` are both as they may be shown."""

    path: str
    before: bytes
    after: bytes
    shown: tuple[bytes, bytes]

    @property
    def diff(self) -> bytes:
        """The change as a unified diff, in which dots stand for links to private notes."""
        return patch(self.path, *self.shown)

    @property
    def is_redacted(self) -> bool:
        """Whether something in the diff is not shown, so that git cannot apply it."""
        return self.diff != patch(self.path, self.before, self.after)


def mended(vault: Path, settings: Settings, progress: Progress = silent) -> list[MendedNote]:
    """The notes of `vault` that can be mended, by path; nothing is written.

    Silenced findings and private notes are left alone. Raises what `read` raises.
    """
    first = reading = read(vault, settings, progress)
    before: dict[str, bytes] = {}
    drafts: dict[str, bytes] = {}
    for _ in range(_ROUNDS):
        changed = False
        for path, edits in sorted(_edits(reading).items()):
            data = reading.vault.as_read(path)
            if data is None:
                continue  # it was changed while it was read
            before.setdefault(path, data)
            drafts[path] = with_edits(data, edits)
            changed = changed or drafts[path] != data
        if not changed:
            break
        reading = read(vault, settings, progress, drafts)
    return [
        _mended_note(path, before[path], after, first.vault, reading.vault)
        for path, after in sorted(drafts.items())
        if after != before[path]
    ]


def write(vault: Path, note: MendedNote) -> bool:
    """Write one mended note; False if it was changed since it was read, and so left alone.

    Raises `OutputError` if it cannot be written.
    """
    return replace_note(vault, note.path, note.before, note.after)


def _edits(reading: Reading) -> dict[str, list[Edit]]:
    """The edits that the findings propose, by note."""
    by_note: defaultdict[str, list[Edit]] = defaultdict(list)
    for finding in judge_notes(reading):
        if finding.standing is not Standing.SILENCED:
            for edit in finding.edits:
                if not reading.vault.survey.is_private(edit.span.file):
                    by_note[edit.span.file].append(edit)
    return by_note


def _mended_note(path: str, before: bytes, after: bytes, old: Vault, new: Vault) -> MendedNote:
    hidden = old.private_places(path), new.private_places(path)
    return MendedNote(
        path, before, after, (_redacted(before, hidden[0]), _redacted(after, hidden[1]))
    )


def _redacted(data: bytes, hidden: Sequence[Span] | None) -> bytes:
    """The bytes with dots for what is hidden; line ends stay."""
    for span in hidden if hidden is not None else ():
        inside = data[span.start : span.end]
        dots = b"".join(bytes((each,)) if each in b"\r\n" else _DOT for each in inside)
        data = data[: span.start] + dots + data[span.end :]
    return data
