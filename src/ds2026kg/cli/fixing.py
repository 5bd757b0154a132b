"""How `validate --fix` shows what it mends: a diff, coloured on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from ds2026kg.cli.console import CONSOLE
from ds2026kg.config import Settings
from ds2026kg.findings import Text
from ds2026kg.fixing import MendedNote, mended, write
from ds2026kg.validation.reporters.terminal import visible

_COLOURS = {"+": "32", "-": "31", "@": "36"}
_BOLD = "1"
_CHANGED = Text(
    "{note}: left alone, since it has changed since it was read; run again",
    "{note}\u00a0: laissée telle quelle, car elle a changé depuis sa lecture; relancez",
)
_FIXED = Text("notes mended: {count}", "notes corrigées\u00a0: {count}")
_REDACTED = Text(
    "{note}: in the diff, dots stand for links to private notes; git cannot apply it, --fix can",
    "{note}\u00a0: dans le diff, des points remplacent des liens vers des notes privées; git ne "
    "peut pas l’appliquer, --fix le peut",
)


def show_fixes(vault: Path, settings: Settings) -> dict[str, bytes]:
    """Print the diff of all that can be mended on stdout; returns the mended notes, by path."""
    with CONSOLE.progress() as progress:
        planned = mended(vault, settings, progress)
    for note in planned:
        CONSOLE.result(_for_people(note, "stdout") or note.diff)
        if note.is_redacted:
            CONSOLE.tell(CONSOLE.say(_REDACTED, note=visible(note.path)))
    return {note.path: note.after for note in planned}


def fix_notes(vault: Path, settings: Settings) -> None:
    """Mend the notes, and show the diff of each on stderr as it is written."""
    with CONSOLE.progress() as progress:
        planned = mended(vault, settings, progress)
    count = 0
    for note in planned:
        if write(vault, note):
            count += 1
            shown = _for_people(note, "stderr") or note.diff.decode("utf-8", "replace")
            CONSOLE.tell(shown.removesuffix("\n"))
        else:
            CONSOLE.fail(CONSOLE.say(_CHANGED, note=visible(note.path)))
    if planned:
        CONSOLE.tell(CONSOLE.say(_FIXED, count=count))


def _for_people(note: MendedNote, stream: str) -> str | None:
    """The diff for a terminal, where no control character acts; None where it goes elsewhere."""
    if not (sys.stdout if stream == "stdout" else sys.stderr).isatty():
        return None
    colour = CONSOLE.colour(stream)
    lines = note.diff.decode("utf-8", "replace").removesuffix("\n").split("\n")
    return "".join(f"{_painted(line, head=n < 3, colour=colour)}\n" for n, line in enumerate(lines))


def _painted(line: str, *, head: bool, colour: bool) -> str:
    """One line of a diff, its tabs and a CR at its end left out of what is made visible."""
    shown = "\t".join(map(visible, line.removesuffix("\r").split("\t")))
    code = _BOLD if head else _COLOURS.get(line[:1])
    return f"\x1b[{code}m{shown}\x1b[0m" if colour and code else shown
