"""What the commands share with the terminal: language, colour, width, and where output goes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic

import click

from ds2026kg.errors import OutputError, reason_of
from ds2026kg.findings import Language, Text

_LANGUAGES: tuple[Language, ...] = ("en", "fr")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language to speak: `--lang` if it is given, else that of the locale, else English.

    It is worked out before click parses anything, so that help and usage errors speak it too.

    >>> language_of(["build", "--lang", "fr"], {})
    'fr'
    >>> language_of([], {"LC_ALL": "", "LANG": "fr_CA.UTF-8"})
    'fr'
    """
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            return "fr" if argument == "--lang=fr" else "en"
        if argument == "--lang" and index + 1 < len(arguments):
            return "fr" if arguments[index + 1] == "fr" else "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "fr" if locale.casefold().startswith("fr") else "en"


class Console:
    """Speaks to one user. `language` is set once, by `main`."""

    def __init__(self) -> None:
        self.language: Language = "en"
        self.quiet = False
        self.debug = False

    def say(self, text: Text, **values: object) -> str:
        """`text` in the user's language."""
        return text.in_language(self.language, **values)

    def tell(self, message: str) -> None:
        """A line about the work, on stderr; silent under `--quiet`."""
        if not self.quiet:
            click.echo(message, err=True)

    def fail(self, message: str) -> None:
        """An error, on stderr, quiet or not."""
        label = self.say(Text("error", "erreur"))
        separator = self.say(Text(": ", "\u00a0: "))
        click.echo(f"{label}{separator}{message}", err=True)

    def result(self, text: str | bytes) -> None:
        """What the command was asked for, on stdout, to the byte."""
        stream = sys.stdout.buffer
        try:
            stream.write(text.encode() if isinstance(text, str) else text)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unprintable(error) from error

    @property
    def width(self) -> int:
        """The terminal's width in columns, 100 where there is none."""
        return shutil.get_terminal_size((100, 24)).columns

    def colour(self, stream_name: str = "stdout") -> bool:
        """Whether to colour what goes to that stream (https://no-color.org)."""
        stream = sys.stdout if stream_name == "stdout" else sys.stderr
        wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return wanted and stream.isatty()

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Shows the phase of long work on a terminal, and wipes it at the end."""
        progress = Progress(self)
        try:
            yield progress
        finally:
            progress.close()


def _unprintable(error: OSError) -> OutputError:
    """The error for a stdout that takes no more, such as a file on a full disk."""
    # What could not be written must not be tried again when Python ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OutputError(
        Text(
            f"this cannot be written: {reason_of(error).en}",
            f"écriture impossible\u00a0: {reason_of(error).fr}",
        ),
        place="stdout",
        remedy=Text(
            "make room, or send the output elsewhere",
            "libérez de l’espace, ou envoyez la sortie ailleurs",
        ),
    )


class Progress:
    """One line on stderr that says what goes on; only on a terminal, and only after a second."""

    def __init__(self, console: Console) -> None:
        self._console = console
        # A dumb terminal cannot wipe a line.
        able = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._shown = able and not console.quiet
        self._begun = monotonic()
        self._written = False

    def __call__(self, phase: Text, done: int | None = None) -> None:
        """Show that `phase` is under way, with `done` things behind it."""
        if self._shown and monotonic() - self._begun > 1:
            count = f" {done}" if done is not None else ""
            click.echo(f"\r\x1b[K{self._console.say(phase)}{count}", err=True, nl=False)
            self._written = True

    def close(self) -> None:
        """Wipe the line."""
        if self._written:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._written = False


CONSOLE = Console()
