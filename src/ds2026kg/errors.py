"""The errors that end a command, in one hierarchy.

    Ds2026kgError                 status 1
    ├── ConfigurationError        status 2   wrong usage or settings
    │   └── UsageError            status 2
    ├── InputError                status 3   input that cannot be read
    │   ├── VaultError            status 3
    │   └── DataError             status 3
    ├── OutputError               status 3   output that cannot be written
    ├── ListeningError            status 3   an address that the server cannot have
    ├── QueryError                status 2   a query that is not SPARQL, or not allowed
    │   └── QueryLimitError       status 1   a query stopped at one of its limits
    └── RemoteError               status 4   a remote system failed

A fault in a note is not an error but a `Finding`: it never stops the other notes from being read.
"""

from __future__ import annotations

import errno
import re
from typing import Any, ClassVar

from ds2026kg.findings import Language, Text

_REASONS = {
    errno.ENOENT: Text("there is no such file", "ce fichier n’existe pas"),
    errno.EACCES: Text("permission denied", "accès refusé"),
    errno.EPERM: Text("permission denied", "accès refusé"),
    errno.EISDIR: Text("it is a folder", "c’est un dossier"),
    errno.ENOTDIR: Text("a folder on the way is a file", "un dossier du chemin est un fichier"),
    errno.ELOOP: Text("its links go round in a circle", "ses liens tournent en rond"),
    errno.ENAMETOOLONG: Text("the name is too long", "le nom est trop long"),
    errno.ENOSPC: Text("the disk is full", "le disque est plein"),
    errno.EDQUOT: Text("the disk quota is used up", "le quota de disque est épuisé"),
    errno.EROFS: Text("the disk is read-only", "le disque est en lecture seule"),
    errno.EIO: Text("the disk does not answer as it should", "le disque ne répond pas bien"),
    errno.EMFILE: Text("too many files are open", "trop de fichiers sont ouverts"),
    errno.ETXTBSY: Text("it is in use", "il est utilisé"),
}


def reason_of(error: OSError) -> Text:
    """What kept a file from being read or written, in both languages where it is a common reason.

    >>> reason_of(PermissionError(errno.EACCES, "Permission denied")).fr
    'accès refusé'
    """
    told = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Text(told, told))


_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_MOST_QUOTED = 300  # characters of a stranger's words that are shown


def without_markup(page: str) -> str:
    """The words of a page of HTML, on one line.

    >>> without_markup("<h1>No such <b>set</b></h1>")
    'No such set'
    """
    return " ".join(_MARKUP.sub(" ", page).split())


def quoted(words: str) -> str:
    r"""What a remote system said, made harmless to a terminal, and not too long.

    >>> quoted("Busy\x1b[31m")
    'Busy\ufffd[31m'
    """
    safe = "".join(letter if letter.isprintable() else "\ufffd" for letter in words)
    return safe if len(safe) <= _MOST_QUOTED else safe[: _MOST_QUOTED - 1] + "…"


class Ds2026kgError(Exception):
    """Base of every error that a user may see: what is wrong, where, and how to mend it.

    `place` names the file, setting or argument at fault, with line and column if there are any.

    >>> print(VaultError(Text("no such folder", "dossier introuvable"), place="vault/",
    ...                  remedy=Text("check the path", "vérifiez le chemin")).render("en"))
    vault/: no such folder
      remedy: check the path
    """

    status: ClassVar[int] = 1

    def __init__(self, message: Text, *, place: str = "", remedy: Text | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.place = place
        self.remedy = remedy

    def render(self, language: Language) -> str:
        """The error as a user reads it, in `language`: place, message, remedy."""
        lead = f"{self.place}: " if self.place else ""
        lines = [lead + self.message.in_language(language)]
        if self.remedy:
            label = Text("remedy: ", "remède\u00a0: ").in_language(language)
            lines.append(f"  {label}{self.remedy.in_language(language)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.render("en")

    def __reduce__(self) -> tuple[Any, ...]:
        """So that an error can come from another process as it is."""
        return _revived, (type(self), self.message, self.place, self.remedy)


def _revived(
    kind: type[Ds2026kgError], message: Text, place: str, remedy: Text | None
) -> Ds2026kgError:
    return kind(message, place=place, remedy=remedy)


class ConfigurationError(Ds2026kgError):
    """A setting that is missing, unknown or of the wrong kind."""

    status = 2


class UsageError(ConfigurationError):
    """A command called in a way it does not understand."""


class InputError(Ds2026kgError):
    """Input that cannot be read at all."""

    status = 3


class VaultError(InputError):
    """A vault that is missing, empty or not a folder."""


class DataError(InputError):
    """RDF data that is missing or cannot be parsed."""


class OutputError(Ds2026kgError):
    """Output that cannot be written."""

    status = 3


class ListeningError(Ds2026kgError):
    """An address at which the server cannot listen."""

    status = 3


class QueryError(Ds2026kgError):
    """A query that is not SPARQL, that asks for what is not allowed, or lacks a parameter."""

    status = 2


class QueryLimitError(QueryError):
    """A query that was stopped at one of its limits."""

    status = 1


class RemoteError(Ds2026kgError):
    """A remote system that cannot be reached, or that refused."""

    status = 4
