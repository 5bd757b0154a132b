"""The Markdown that nearly every note is made of, read without a CommonMark parser.

Most of a vault is headings and paragraphs of plain words, links and bold print. What a note holds
from one heading to the next is read here in a fraction of the time where it is nothing else; any
other such section is left to `body`. The tests hold this reading to that one, part for part and
place for place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from ds2026kg.findings import Span
from ds2026kg.vault.body import BodyReader
from ds2026kg.vault.columns import Gathering
from ds2026kg.vault.common_lines import READERS, SPECIAL, read_pieces
from ds2026kg.vault.lines import LONG, heading_source
from ds2026kg.vault.note import Heading, Line
from ds2026kg.vault.places import Places
from ds2026kg.vault.prose import Prose

# What may reach from one section into another: code, HTML, comments, and definitions. One byte is
# sought far sooner than three, and as a number sooner than as bytes.
_CROSSING = tuple((mark[0], mark) for mark in (b"<", b"```", b"~~~", b"%%"))
_DEFINITION = re.compile(rb"(?:(?<!\])|(?<=\\\]))\]:")

_ORDINARY = re.sub(rb"[%s]" % SPECIAL.encode(), b"", bytes(range(256)))
_LEVELS = {"#" * level: level for level in range(1, 7)}
_MAY_BEGIN_BLOCK = frozenset("# \t-+0123456789")
_STRETCH = 1 << 14  # bytes
_ENOUGH = 4096  # bytes
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost

_Source: TypeAlias = tuple[str, int, bytes]
"""A line without its end, how many bytes it has, and its shape: what is left without its words."""


class CommonMarkdown:
    """Reads one body, the common sections of it itself; `body` reads the others, if there are any.

    `data` is the file's content, and `markdown` the same with no CR alone in it; the body begins at
    its byte `start`.
    """

    def __init__(self, places: Places, data: bytes, markdown: bytes, start: int) -> None:
        self.parts: Gathering[Heading | Line] = Gathering()
        self.body: BodyReader | None = None
        self._places = places
        self._data = data
        self._markdown = markdown
        self._start = start
        self._ascii = markdown.isascii()
        self._longest = sys.maxsize if self._ascii else LONG  # bytes of a line without inner marks
        self._ending = "\r\n" if 0x0D in markdown and markdown.find(b"\r\n") >= 0 else "\n"
        # What has been read: up to this byte of the file, so many lines and paragraphs.
        self._byte = start + places.origin
        self._line = markdown.count(b"\n", 0, start)
        self._paragraph = 0
        # Where the last section begins, after so many paragraphs and parts.
        self._section = self._byte, 0, 0

    def read(self) -> None:
        """Take the whole body."""
        data = self._markdown
        for sign, mark in _CROSSING:
            if sign in data and data.find(mark) >= 0:
                self.leave()
                return
        if data.find(b"]:") >= 0 and _DEFINITION.search(data, self._start):
            self.leave()
        else:
            self._read_sections()

    def leave(self) -> None:
        """Leave the whole body to the CommonMark parser."""
        self._leave(self._byte, self._end, 0, 0)

    @property
    def _end(self) -> int:
        return len(self._markdown) + self._places.origin

    def _leave(self, begin: int, end: int, paragraph: int, part: int) -> None:
        """Leave what stands between two bytes of the file, after so many paragraphs and parts."""
        body, origin = self.body, self._places.origin
        if body is None:
            body = self.body = BodyReader(self._places, self._data)
            body.parts = self.parts
        self.parts.truncate(part)
        body.paragraph = paragraph
        body.read(self._markdown[begin - origin : end - origin].decode(), begin - origin)
        self._paragraph = body.paragraph

    def _lines(self) -> Iterator[_Source]:
        """Each line of the body."""
        return chain.from_iterable(map(self._split, self._stretches()))

    def _stretches(self) -> Iterator[bytes]:
        """The body in stretches of whole lines, so that not all lines are held at once."""
        data, begin, ending = self._markdown, self._start, self._ending.encode()
        while begin < len(data):
            end = data.rfind(ending, begin, begin + _STRETCH)
            if end < 0:
                end = data.find(ending, begin)
            if end < 0:
                end = len(data)
            yield data[begin:end]
            self.parts.settle()
            begin = end + len(ending)

    def _split(self, stretch: bytes) -> Iterator[_Source]:
        ending = self._ending.encode()
        texts = stretch.decode().split(self._ending)
        lines = texts if self._ascii else stretch.split(ending)
        shapes = stretch.translate(None, _ORDINARY).split(ending)
        return zip(texts, map(len, lines), shapes, strict=True)

    def _read_sections(self) -> None:
        """Take the body section by section; those that are not of the common kind are left."""
        lines = self._lines()
        pending: tuple[_Source, ...] = ()
        left = 0
        while not self._read_lines(chain(pending, lines)):
            begin, *before = self._section
            # Where most is of other kinds, going to and fro costs more than it saves.
            if left >= max(_ENOUGH, begin // 2) or self._is_last:
                self._leave(begin, self._end, *before)
                return
            pending = self._skip(lines)
            end = min(self._byte, self._end)
            self._leave(begin, end, *before)
            left += end - begin

    @property
    def _is_last(self) -> bool:
        """Whether no heading follows what has been read."""
        return self._markdown.find(b"\n#", self._byte - self._places.origin - 1) < 0

    def _skip(self, lines: Iterator[_Source]) -> tuple[_Source, ...]:
        """Pass over the lines up to the next heading, whose line comes out, if there is one."""
        byte, line, width = self._byte, self._line, len(self._ending)
        pending: tuple[_Source, ...] = ()
        for text, size, shape in lines:
            if text.startswith("#") and text.partition(" ")[0] in _LEVELS:
                pending = ((text, size, shape),)
                break
            byte += size + width
            line += 1 + text.count("\n")  # where line ends are mixed
        self._byte, self._line = byte, line
        return pending

    def _read_lines(self, lines: Iterable[_Source]) -> bool:
        """Take lines up to the first that is not of the common kind; False if there is one."""
        byte, line, paragraph, width = self._byte, self._line, self._paragraph, len(self._ending)
        file, longest, parts = self._places.file, self._longest, self.parts
        in_paragraph = False
        for text, size, shape in lines:
            begin, byte = byte, byte + size + width
            line += 1
            if not text:
                in_paragraph = False
                continue
            unlike = text[0] in _MAY_BEGIN_BLOCK
            part: Heading | Line | None = None
            if unlike and (level := _LEVELS.get(text.partition(" ")[0])):
                self._section = begin, paragraph, parts.set_aside + len(parts)
                in_paragraph = False
                paragraph += 1
                part = self._read_heading(level, text, size, shape, begin, line)
            elif unlike and not text.strip(" \t"):
                in_paragraph = False
                continue
            else:
                if not in_paragraph:
                    in_paragraph = True
                    paragraph += 1
                if not (unlike or size > longest or text.strip() != text):
                    if not shape:
                        prose = _new(Prose, (text, ((0, begin, line, 1, 0),), file))
                        part = _new(Line, (prose, (), paragraph, False, ()))
                    elif shape in READERS and ":/" not in text:
                        part = READERS[shape](text, size, file, begin, line, paragraph)
                part = part or self._read_pieces(text, begin, line, paragraph)
            if part is None:
                self._byte, self._line = byte, line + text.count("\n")
                return False
            parts.append(part)
        return True

    def _read_pieces(self, text: str, byte: int, line: int, paragraph: int) -> Line | None:
        """The line, piece by piece."""
        content = read_pieces(text, self._places.file, byte, line, ascii_only=self._ascii)
        return None if content is None else _new(Line, (*content, paragraph, False, ()))

    def _read_heading(
        self, level: int, text: str, size: int, shape: bytes, byte: int, line: int
    ) -> Heading | None:
        """The heading that a line is, or None if it is not of the common kind."""
        file, lead = self._places.file, level + 1
        words = text[lead:]
        if words.strip() != words or not words:
            return None
        span = _new(Span, (file, byte, byte + size, line, 1, line, len(text) + 1))
        if len(shape) == level and size <= self._longest:
            prose = _new(Prose, (words, ((0, byte + lead, line, lead + 1, 0),), file))
            return _new(Heading, (level, prose, (), span, ""))
        content = read_pieces(words, file, byte + lead, line, lead + 1, ascii_only=self._ascii)
        if content is None:
            return None
        prose, links = content
        prose = prose.strip()
        source = heading_source(text)
        return _new(Heading, (level, prose, links, span, "" if source == prose.text else source))
