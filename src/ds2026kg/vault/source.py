"""The notes' own words, for showing beside a finding; what is private is never shown."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from ds2026kg.findings import Span

_DOT = "."
# O_NONBLOCK: a pipe named .md must not hold up the reading; O_NOFOLLOW: the file may have become
# a symbolic link since the folder was listed.
READ_ONLY = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
    READ_ONLY |= getattr(os, _name, 0)


class Source:
    """The text of the files below `root`, of which no more than `max_bytes` each are read.

    `private` says what must not be shown of a file: None for all of it, or the places.
    """

    def __init__(
        self, root: Path, max_bytes: int, private: Callable[[str], Sequence[Span] | None]
    ) -> None:
        self._root = root
        self._max_bytes = max_bytes
        self._private = lru_cache(maxsize=8)(private)
        # Of this source alone: the same file may hold other words when the vault is opened again.
        self._lines = lru_cache(maxsize=8)(_lines)
        self._line = lru_cache(maxsize=64)(self._shown)

    def line(self, span: Span) -> str | None:
        """The line on which `span` starts, without its line end; None if it cannot be shown.

        Characters that must not be shown are dots, so that columns stay true.
        """
        return self._line(span.file, span.line)

    def _shown(self, file: str, number: int) -> str | None:
        private = self._private(file)
        if private is None:
            return None
        lines = self._lines(str(self._root / file), self._max_bytes)
        if not 0 < number <= len(lines):
            return None
        line = lines[number - 1]
        shown: list[str] = []
        done = 0
        for hidden in sorted(private):  # those of one line, in the order of their columns
            if hidden.line <= number <= hidden.end_line:
                first = hidden.column - 1 if hidden.line == number else 0
                last = hidden.end_column - 1 if hidden.end_line == number else len(line)
                shown += line[done:first], _DOT * len(line[max(first, done) : last])
                done = max(done, last)
        return "".join((*shown, line[done:]))

    def text(self, span: Span) -> str | None:
        """The text of `span` as it lies in its file; None if it cannot be shown."""
        private = self._private(span.file)
        if private is None:
            return None
        data = _bytes(self._root / span.file, span.start, span.end - span.start)
        if data is None:
            return None
        for hidden in private:
            first, last = hidden.start - span.start, hidden.end - span.start
            if first < len(data) and last > 0:
                piece = data[max(first, 0) : last]
                data = data[: max(first, 0)] + _DOT.encode() * len(piece) + data[max(last, 0) :]
        return data.decode("utf-8", "replace")


def _lines(path: str, max_bytes: int) -> list[str]:
    """The lines of a file as `Places` counts them: CR, LF and CRLF end one, and nothing else."""
    data = _bytes(path, 0, max_bytes)
    if data is None:
        return []
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _bytes(path: str | Path, start: int, size: int) -> bytes | None:
    """Some bytes of a file; None if it cannot be read, or is a pipe, a device or a symbolic link."""
    try:
        with open(path, "rb", opener=lambda name, _flags: os.open(name, READ_ONLY)) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            file.seek(start)
            return file.read(size)
    except OSError:
        return None
