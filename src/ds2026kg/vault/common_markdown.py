"""The Markdown that nearly every note is made of, read without a CommonMark parser.

Most of a vault is headings and paragraphs of plain words, links and bold print. What a note holds
from one heading to the next is read here in a fraction of the time where it is nothing else; any
other such section is left to `body`. The tests hold this reading to that one, part for part and
place for place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ds2026kg.findings import Span
from ds2026kg.vault.common_lines import READERS, SPECIAL, Content, read_pieces
from ds2026kg.vault.lines import LONG, heading_source
from ds2026kg.vault.note import Heading, Line
from ds2026kg.vault.prose import Prose

if TYPE_CHECKING:
    from ds2026kg.vault.body import BodyReader

# What may reach from one section into another: code, HTML, comments, and definitions. One byte is
# sought far sooner than three.
_CROSSING = ((b"<", b"<"), (b"`", b"```"), (b"~", b"~~~"), (b"%", b"%%"))
_DEFINITION = re.compile(rb"(?:(?<!\])|(?<=\\\]))\]:")

_ORDINARY = re.sub(rb"[%s]" % SPECIAL.encode(), b"", bytes(range(256)))
_LEVELS = {b"#" * level: level for level in range(1, 7)}
_MAY_BEGIN_BLOCK = frozenset("-+0123456789")
_STRETCH = 1 << 14  # bytes
_ENOUGH = 4096  # bytes
_HASH, _BLANK, _COLON = b"# :"
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


class CommonMarkdown:
    """Reads one body, the common sections of it itself, and enters their parts in `body`.

    `data` is the file's content; the body begins at its byte `start`, on line `line`.
    """

    def __init__(self, body: BodyReader, data: bytes, start: int, line: int) -> None:
        self._body = body
        self._file = body.places.file
        self._data = data
        self._start = start
        self._line = line
        self._in_paragraph = False
        self._ascii = data.isascii()
        self._longest = sys.maxsize if self._ascii else LONG  # bytes of a line without inner marks
        self._ending = b"\r\n" if b"\r\n" in data else b"\n"

    def read(self) -> None:
        """Take the whole body."""
        data = self._data
        if any(sign in data and mark in data for sign, mark in _CROSSING) or (
            b"]:" in data and _DEFINITION.search(data, self._start)
        ):
            self._leave(self._start, len(data))
        else:
            self._read_lines()

    def _leave(self, begin: int, end: int) -> int:
        """Leave what stands between two bytes to the CommonMark parser; how much that is."""
        self._body.read(self._data[begin:end].decode(), begin)
        return end - begin

    def _lines(self) -> Iterator[tuple[bytes, bytes]]:
        """Each line without its end, and its shape: what is left of it without its words."""
        return chain.from_iterable(map(self._split, self._stretches()))

    def _stretches(self) -> Iterator[bytes]:
        """The body in stretches of whole lines, so that not all lines are held at once."""
        data, begin, ending = self._data, self._start, self._ending
        while begin < len(data):
            end = data.rfind(ending, begin, begin + _STRETCH)
            if end < 0:
                end = data.find(ending, begin)
            if end < 0:
                end = len(data)
            yield data[begin:end]
            self._body.parts.settle()
            begin = end + len(ending)

    def _split(self, stretch: bytes) -> Iterator[tuple[bytes, bytes]]:
        shapes = stretch.translate(None, _ORDINARY)
        return zip(stretch.split(self._ending), shapes.split(self._ending), strict=True)

    def _read_lines(self) -> None:
        """Take the body line by line; sections that are not of the common kind are left."""
        body, parts, width = self._body, self._body.parts, len(self._ending)
        byte, line, left = self._start, self._line - 1, 0
        section = byte, body.paragraph, 0
        leaving = False
        for source, shape in self._lines():
            begin, byte = byte, byte + len(source) + width
            line += 1
            if not source or (source[0] <= _BLANK and not source.strip(b" \t")):
                self._in_paragraph = False
                continue
            part: Heading | Line | None = None
            if source[0] == _HASH and (level := _level(source)):
                if leaving:
                    left += self._leave(section[0], begin)
                section = begin, body.paragraph, parts.total
                leaving = self._in_paragraph = False
                body.paragraph += 1
                part = self._read_heading(level, source, shape, begin, line)
            elif not leaving:
                part = self._read_line(source, shape, begin, line)
            if part is not None:
                parts.append(part)
                continue
            line += source.count(b"\n")  # where line ends are mixed
            if not leaving:
                begin, body.paragraph, total = section
                parts.truncate(total)
                leaving = True
                # Where most is of other kinds, going to and fro costs more than it saves.
                if (left >= _ENOUGH and 2 * left >= begin) or self._data.find(b"\n#", begin) < 0:
                    break
        if leaving:
            self._leave(section[0], len(self._data))

    def _read_line(self, source: bytes, shape: bytes, byte: int, line: int) -> Line | None:
        """The line, if it is of the common kind and no heading."""
        body, text = self._body, source.decode()
        if not self._in_paragraph:
            self._in_paragraph = True
            body.paragraph += 1
        byte += body.places.origin
        content: Content | None = None
        read = READERS.get(shape)
        if (
            read is not None
            and text[0] not in _MAY_BEGIN_BLOCK
            and text.strip() == text
            and len(source) <= self._longest
            and not (shape and shape[0] == _COLON and ":/" in text)
        ):
            content = read(text, self._file, byte, line)
        if content is None:
            content = read_pieces(text, self._file, byte, line, ascii_only=self._ascii)
        if content is None:
            return None
        prose, links = content
        return _new(Line, (prose, links, body.paragraph, False, ()))

    def _read_heading(
        self, level: int, source: bytes, shape: bytes, byte: int, line: int
    ) -> Heading | None:
        """The heading that a line is, or None if it is not of the common kind."""
        text, file, lead = source.decode(), self._file, level + 1
        words = text[lead:]
        byte += self._body.places.origin
        if words.strip() != words or not words:
            return None
        span = _new(Span, (file, byte, byte + len(source), line, 1, line, len(text) + 1))
        if _LEVELS.get(shape) == level and len(source) <= self._longest:
            prose = _new(Prose, (words, ((0, byte + lead, line, lead + 1, 0),), file))
            return _new(Heading, (level, prose, (), span, ""))
        content = read_pieces(words, file, byte + lead, line, lead + 1, ascii_only=self._ascii)
        if content is None:
            return None
        prose, links = content
        prose = prose.strip()
        written = heading_source(text)
        return _new(Heading, (level, prose, links, span, "" if written == prose.text else written))


def _level(source: bytes) -> int:
    """The level of the heading that a line is, or 0."""
    rest = source.lstrip(b"#")
    level = len(source) - len(rest)
    return level if level <= len(_LEVELS) and rest.startswith(b" ") else 0
