"""What the file of a page is called: what a host of files looks for when the page is asked for."""

from __future__ import annotations

import os
import re
import unicodedata
from urllib.parse import unquote

from ds2026kg.errors import OutputError
from ds2026kg.findings import Text

_LONGEST = 255  # bytes, on all file systems in common use
_ENDINGS = len(".en.html")
_NOWHERE = re.compile(r"[\x00-\x1f\x7f/\\]")
# Naming Files, Paths, and Namespaces (Microsoft): characters, endings and devices.
_NOT_ON_WINDOWS = re.compile(
    r"""[<>:"|?*] | [. ]\Z | \A(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:\.|\Z)""",
    re.VERBOSE | re.IGNORECASE,
)


class FileNames:
    """The file of each page, without its ending; no two are one, whatever the file system.

    Hosts decode an address once (RFC 3986 §2.4), so that is what a file is called. Names that differ
    in case alone, or in how an accent is written, are one name to many file systems.

    >>> FileNames().of("doc/actor/a%20b")
    'doc/actor/a b'
    """

    def __init__(self, *, windows: bool = os.name == "nt") -> None:
        self._windows = windows
        self._taken: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The name for the page at `path`, with slashes between folders.

        Raises `OutputError` if no file can have it, or if another page has it.
        """
        try:
            segments = [unquote(segment, errors="strict") for segment in path.split("/")]
        except UnicodeDecodeError as error:
            raise _unfit(path, _UNWRITABLE) from error
        last = len(segments) - 1
        for position, segment in enumerate(segments):
            self._check(path, segment, within=position < last)
        name = "/".join(segments)
        folded = unicodedata.normalize("NFC", name).casefold()
        other = self._taken.setdefault(folded, path)
        if other != path:
            told = Text(
                f"its page would have the file of another page: {other}",
                f"sa page aurait le fichier d’une autre page\u00a0: {other}",
            )
            raise _unfit(path, told)
        return name

    def _check(self, path: str, segment: str, *, within: bool) -> None:
        """Raises `OutputError` unless `segment` can be a file, or a folder if it stands `within`."""
        if not segment or _NOWHERE.search(segment) or (within and segment[0] == "."):
            raise _unfit(path, _UNWRITABLE)
        try:
            length = len(segment.encode())
        except UnicodeEncodeError as error:  # a lone surrogate
            raise _unfit(path, _UNWRITABLE) from error
        if length > _LONGEST - (0 if within else _ENDINGS):
            raise _unfit(path, _TOO_LONG)
        if self._windows and _NOT_ON_WINDOWS.search(segment if within else f"{segment}.html"):
            raise _unfit(path, _UNWRITABLE)


_UNWRITABLE = Text(
    "no file can have the name of this page", "aucun fichier ne peut porter le nom de cette page"
)
_TOO_LONG = Text(
    "the name of this page is too long for a file",
    "le nom de cette page est trop long pour un fichier",
)


def _unfit(path: str, message: Text) -> OutputError:
    return OutputError(
        message,
        place=path,
        remedy=Text(
            "give the entity another id: in its note, or build without --site",
            "donnez à l’entité un autre id: dans sa note, ou publiez sans --site",
        ),
    )
