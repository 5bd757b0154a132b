"""The Markdown that nearly every note is made of, read without a CommonMark parser.

Most of a vault is headings and paragraphs of plain words, links and bold print. What a note holds
from one heading to the next is read here in a fraction of the time where it is nothing else; any
other such section is left to `body`. The tests hold this reading to that one, part for part and
place for place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ds2026kg.findings import Span
from ds2026kg.vault.columns import FEW
from ds2026kg.vault.lines import LONG, heading_source
from ds2026kg.vault.link import Link
from ds2026kg.vault.link_forms import inline_link
from ds2026kg.vault.note import Heading, Line
from ds2026kg.vault.prose import Place, Prose
from ds2026kg.vault.targets import split_wikilink

if TYPE_CHECKING:
    from ds2026kg.vault.body import BodyReader

# What may reach from one section into another: code, HTML, comments, and definitions.
_CROSSING = ("```", "~~~", "<", "%%")
_DEFINITION = re.compile(r"(?:(?<!\])|(?<=\\\]))\]:")
_SECTION = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)

# What means something in Markdown, to Obsidian or to Dataview, or ends a line.
_SPECIAL = r"\x00-\x1f\x7f\x85\u2028\u2029\\`*_\[\]<>&~$%=^#|!:"
# Of these, what stands so that it means nothing.
_HARMLESS = r":(?![:/])|!(?!\[)|&(?![#\w])|%(?!%)|(?<=[^\W_])_(?=[^\W_])"
# Up to Python 3.11.4, possessive repeats of groups go wrong (python/cpython#106052); those of single
# characters do not.
_WORDS = rf"(?:[^{_SPECIAL}]|{_HARMLESS})[^{_SPECIAL}]*+(?:(?:{_HARMLESS})[^{_SPECIAL}]*+)*"
_NAME = rf"(?!\s)[^{_SPECIAL}]++(?<!\s)"
_TARGET = rf"(?!\s)(?:[^{_SPECIAL}]|\#)[^{_SPECIAL}]*+(?:\#[^{_SPECIAL}]*+)*(?<!\s)"
_END = r"(?<!\s)(?:\r?\n(?:[ \t]*+\r?\n)*|\Z)"
# Words, if there are any, and what follows them: the line's end; or a link or bold print, and the
# words and the line's end behind it; or a character that is not of the common kind.
_PIECE = re.compile(
    rf"""
    (?: ^(?P<level>\#{{1,6}})[ ](?=\S) | ^(?![0-9]{{1,9}}[.)]|[\s+-]) | (?!^) )
    (?P<words>{_WORDS})?
    (?: (?P<end>{_END})
      | (?: (?P<embed>!?)\[\[(?P<target>{_TARGET})(?:\|(?P<shown>{_NAME}))?\]\](?![\[(])
          | \[(?P<label>{_NAME})\]\((?P<destination>[\w%./\#:?=,;+@-]++)\)(?![\[(])
          | (?<![^\s(])(?P<stars>\*\*?)(?=[^\W_])(?P<strong>{_WORDS})(?<=[^\W_])(?P=stars)
            (?![^\s.,;:!?)])
        )
        (?P<more>{_WORDS})? (?P<last>{_END})?
    )
  | (?P<other>[\s\S])
    """,
    re.VERBOSE | re.MULTILINE,
)
_ENOUGH = 4096  # characters
_BLANK = re.compile(r"(?:[ \t]*+\r?\n)*")
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


class _Gathered:
    """The line of a file that is being gathered.

    `byte` of the file and `column` of line `line` are where its next character stands.
    """

    __slots__ = ("ascii", "byte", "column", "file", "length", "line", "links", "marks", "texts")

    def __init__(self, file: str, ascii_only: bool) -> None:
        self.file = file
        self.ascii = ascii_only

    def begin(self, line: int, byte: int, level: str | None) -> None:
        """Begin a line at its first character, or a heading behind its mark."""
        lead = 0 if level is None else len(level) + 1
        self.line = line
        self.byte = byte + lead
        self.column = 1 + lead
        self.length = 0
        self.texts: list[str] = []
        self.marks: list[Place] = []
        self.links: list[Link] = []

    def say(self, words: str, before: int = 0, after: int = 0) -> None:
        """Take running text, with so many characters of markup before and after it."""
        offset, length = self.length, len(words)
        byte, column = self.byte + before, self.column + before
        self.marks.append((offset, byte, self.line, column, 0))
        self.texts.append(words)
        self.length = offset + length
        self.column = column + length + after
        if self.ascii:
            self.byte = byte + length + after
        else:
            self.byte = byte + len(words.encode()) + after
            if length > LONG:
                self._mark_within(words, offset, byte, column)

    def _mark_within(self, words: str, offset: int, byte: int, column: int) -> None:
        """Marks inside a long text that may not be ASCII, so that no place in it is far from one."""
        for first in range(LONG, len(words), LONG):
            byte += len(words[first - LONG : first].encode())
            self.marks.append((offset + first, byte, self.line, column + first, 0))

    def skip(self, text: str) -> None:
        """Pass over text that is not running text."""
        self.column += len(text)
        self.byte += len(text.encode())

    def wikilink(self, embed: str, target: str, shown: str | None) -> None:
        """Take a wikilink, or an embed, which has no running text."""
        offset, byte, column = self.length, self.byte, self.column
        label = shown or target
        if embed:
            self.skip(f"![[{target}]]" if shown is None else f"![[{target}|{shown}]]")
        elif shown is None:
            self.say(target, 2, 2)
        else:
            self.skip(target)
            self.say(shown, 3, 2)
        name, fragment = split_wikilink(target)
        span = self.span(byte, column)
        told = (name, fragment, label, bool(embed), False, span, offset, "wikilink", "", False)
        self.links.append(_new(Link, told))

    def markdown(self, label: str, destination: str) -> None:
        """Take a link in Markdown's own form."""
        offset, byte, column = self.length, self.byte, self.column
        self.say(label, 1, 3)
        self.skip(destination)
        span = self.span(byte, column)
        self.links.append(inline_link(destination, label, False, span, offset))

    def span(self, byte: int, column: int) -> Span:
        """The span from a place of this line to where the next character stands."""
        line = self.line
        return _new(Span, (self.file, byte, self.byte, line, column, line, self.column))


class CommonMarkdown:
    """Reads one body, the common sections of it itself, and enters their parts in `body`.

    `text` is the file's content; the body begins at its character `position`, on line `line`, and
    at the byte `byte` of the content.
    """

    def __init__(self, body: BodyReader, text: str, position: int, byte: int, line: int) -> None:
        self._body = body
        self._file = body.places.file
        self._origin = body.places.origin
        self._text = text
        self._ascii = text.isascii()
        self._gathered = _Gathered(self._file, self._ascii)
        self._position = position
        self._shift = byte + self._origin - position  # from characters to bytes of the file
        self._line = line

    def read(self) -> None:
        """Take the whole body."""
        text, end = self._text, len(self._text)
        if any(mark in text for mark in _CROSSING) or (
            "]:" in text and _DEFINITION.search(text, self._position)
        ):
            self._leave(end)
        self._pass_blanks()
        left = 0  # characters
        while self._position < end and self._take():
            # In a text that is mostly of other kinds, going to and fro costs more than it saves.
            mixed = left < _ENOUGH or 2 * left < self._position
            following = _SECTION.search(text, self._position + 1) if mixed else None
            begin = self._position
            self._leave(following.start() if following else end)
            left += self._position - begin

    def _leave(self, end: int) -> None:
        """Leave the text up to `end` to the CommonMark parser."""
        section = self._text[self._position : end]
        self._body.read(section, self._position + self._shift - self._origin)
        self._line += section.count("\n")
        self._shift += self._beyond(section)
        self._position = end

    def _pass_blanks(self) -> None:
        blank = _BLANK.match(self._text, self._position)
        if blank is not None:
            self._line += blank[0].count("\n")
            self._position = blank.end()

    def _beyond(self, text: str) -> int:
        """How many bytes more than characters `text` has."""
        return 0 if self._ascii or text.isascii() else len(text.encode()) - len(text)

    def _take(self) -> bool:
        """Take sections up to one that is not of the common kind; whether there is one."""
        body, position, end = self._body, self._position, len(self._text)
        section = position, self._shift, self._line, body.paragraph, body.parts.total
        in_paragraph = False
        pieces = _PIECE.finditer(self._text, position)
        for found in pieces:
            level, words, ends = found.group(1, 2, 3)
            if level is not None:
                section = position, self._shift, self._line, body.paragraph, body.parts.total
                in_paragraph = False
            elif not in_paragraph:
                in_paragraph = True
                body.paragraph += 1
            if ends is not None and (self._ascii or len(words) <= LONG):
                self._plain(level, words, position)
                position = found.end()
            else:
                position, ends = self._pieced(found, pieces)
                if ends is None:
                    break
            self._line += ends.count("\n")
            if level is not None:
                body.paragraph += 1
            elif len(ends) > 2 or ends == "\n\n":
                in_paragraph = False
            if len(body.parts) > FEW:
                body.parts.settle()
            if position == end:
                self._position = position
                return False
        self._position, self._shift, self._line, body.paragraph, total = section
        body.parts.truncate(total)
        return True

    def _plain(self, level: str | None, words: str, start: int) -> None:
        """Take a line, or a heading, that is nothing but words."""
        line, file, byte, body = self._line, self._file, start + self._shift, self._body
        self._shift += self._beyond(words)
        if level is None:
            prose = _new(Prose, (words, ((0, byte, line, 1, 0),), file))
            body.parts.append(_new(Line, (prose, (), body.paragraph, False, ())))
            return
        lead = len(level) + 1
        width = lead + len(words)
        prose = _new(Prose, (words, ((0, byte + lead, line, lead + 1, 0),), file))
        span = _new(Span, (file, byte, start + width + self._shift, line, 1, line, width + 1))
        body.parts.append(_new(Heading, (lead - 1, prose, (), span, "")))

    def _pieced(
        self, first: re.Match[str], pieces: Iterator[re.Match[str]]
    ) -> tuple[int, str | None]:
        """Take a line, or a heading, of several pieces, of which `first` is the first.

        Returns where it ends, and its line end, or None if it is not of the common kind.
        """
        begins, level = first.start(), first[1]
        gathered = self._gathered
        gathered.begin(self._line, begins + self._shift, level)
        for found in chain((first,), pieces):
            _, words, end, embed, target, shown, label, destination, *rest = found.groups()
            stars, strong, more, last, other = rest
            if words is not None:
                gathered.say(words)
            if target is not None:
                gathered.wikilink(embed, target, shown)
            elif label is not None:
                gathered.markdown(label, destination)
            elif strong is not None:
                gathered.say(strong, len(stars), len(stars))
            if more is not None:
                gathered.say(more)
            ends = last if end is None else end
            if ends is not None:
                position = found.end()
                self._enter(level, begins, position - len(ends))
                self._shift = gathered.byte - position + len(ends)
                return position, ends
            if other is not None or found.end() - begins > _ENOUGH:  # too much to be read twice
                break
        return begins, None

    def _enter(self, level: str | None, begins: int, end: int) -> None:
        """Enter what is gathered, which stands from the character `begins` up to `end`."""
        gathered = self._gathered
        texts, links, parts = gathered.texts, tuple(gathered.links), self._body.parts
        text = texts[0] if len(texts) == 1 else "".join(texts)
        prose = _new(Prose, (text, tuple(gathered.marks), self._file))
        if level is None:
            parts.append(_new(Line, (prose, links, self._body.paragraph, False, ())))
            return
        prose = prose.strip()
        source = heading_source(self._text[begins:end])
        source = "" if source == prose.text else source
        span = gathered.span(begins + self._shift, 1)
        parts.append(_new(Heading, (len(level), prose, links, span, source)))
