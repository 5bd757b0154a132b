"""One line of common Markdown: its words, and the links and the bold print in it.

Nearly every line that holds anything but words holds one link, or begins in bold print; it is taken
apart where its signs stand. Lines that hold more are read piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from ds2026kg.findings import Span
from ds2026kg.vault.lines import LONG
from ds2026kg.vault.link import Link
from ds2026kg.vault.link_forms import inline_link
from ds2026kg.vault.note import Line
from ds2026kg.vault.prose import Place, Prose
from ds2026kg.vault.targets import split_wikilink

Content: TypeAlias = tuple[Prose, tuple[Link, ...]]
Reader: TypeAlias = Callable[[str, int, str, int, int, int], Line | None]

# What means something in Markdown, to Obsidian or to Dataview, or ends a line.
SPECIAL = r"\x00-\x1f\x7f\\`*_\[\]<>&~$=^#|!:"
_SPECIAL = SPECIAL + r"%\x85\u2028\u2029"
# Of these, what stands so that it means nothing.
_HARMLESS = r":(?![:/])|!(?!\[)|&(?![#\w])|%(?!%)|(?<=[^\W_])_(?=[^\W_])"
# Up to Python 3.11.4, possessive repeats of groups go wrong (python/cpython#106052); those of single
# characters do not.
_WORDS = rf"(?:[^{_SPECIAL}]|{_HARMLESS})[^{_SPECIAL}]*+(?:(?:{_HARMLESS})[^{_SPECIAL}]*+)*"
_NAME = rf"(?!\s)[^{_SPECIAL}]++(?<!\s)"
_TARGET = rf"(?!\s)(?:[^{_SPECIAL}]|\#)[^{_SPECIAL}]*+(?:\#[^{_SPECIAL}]*+)*(?<!\s)"
# Words, if there are any, and what follows them: the line's end, or a link or bold print; or a
# character that is not of the common kind.
_PIECE = re.compile(
    rf"""
    (?P<words>{_WORDS})?
    (?: (?P<end>(?<!\s)\Z)
      | (?P<embed>!?)\[\[(?P<target>{_TARGET})(?:\|(?P<shown>{_NAME}))?\]\](?![\[(])
      | \[(?P<label>{_NAME})\]\((?P<destination>[\w%./\#:?=,;+@-]++)\)(?![\[(])
      | (?<![^\s(])(?P<stars>\*\*?)(?=[^\W_])(?P<strong>{_WORDS})(?<=[^\W_])(?P=stars)
        (?![^\s.,;:!?)])
    )
  | (?P<other>[\s\S])
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(r"[0-9]{1,9}[.)]|[\s+-]")  # which it may begin
_ENOUGH = 4096  # characters
_LONGEST = 1 << 16  # characters; the expression may take 200 bytes of memory for each
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


def _read_words(
    text: str, _size: int, file: str, byte: int, line: int, paragraph: int
) -> Line | None:
    """A line of nothing but words."""
    prose = _new(Prose, (text, ((0, byte, line, 1, 0),), file))
    return _new(Line, (prose, (), paragraph, False, ()))


def _read_wikilink(
    text: str, size: int, file: str, byte: int, line: int, paragraph: int
) -> Line | None:
    """A line with a wikilink."""
    before, _, rest = text.partition("[[")
    target, closed, after = rest.partition("]]")
    label, lead = target, 2
    if "|" in target:
        target, _, label = target.partition("|")
        lead = len(target) + 3
        if not label.strip() == label != "":
            return None
    if not target.strip() == target != "" or not closed or after.startswith("("):
        return None
    fragment = None
    if "#" in target:
        target, fragment = split_wikilink(target)
    prose, span = _around(text, size, file, byte, line, before, label, after, lead)
    told = (target, fragment, label, False, False, span, len(before), "wikilink", "", False)
    return _new(Line, (prose, (_new(Link, told),), paragraph, False, ()))


def _read_embed(
    text: str, size: int, file: str, byte: int, line: int, paragraph: int
) -> Line | None:
    """A line with an embed of a note or a file, which is no running text."""
    before, _, rest = text.partition("![[")
    target, closed, after = rest.partition("]]")
    if not target.strip() == target != "" or not closed or after.startswith("("):
        return None
    prose, span = _around(text, size, file, byte, line, before, "", after, 0)
    name, fragment = split_wikilink(target)
    told = (name, fragment, target, True, False, span, len(before), "wikilink", "", False)
    return _new(Line, (prose, (_new(Link, told),), paragraph, False, ()))


def _read_inline(
    text: str, size: int, file: str, byte: int, line: int, paragraph: int
) -> Line | None:
    """A line with a link of Markdown's own form."""
    before, _, rest = text.partition("[")
    label, opened, rest = rest.partition("](")
    destination, closed, after = rest.partition(")")
    if not label.strip() == label != "" or " " in destination or "(" in destination:
        return None
    if not (opened and closed and destination) or after.startswith("("):
        return None
    prose, span = _around(text, size, file, byte, line, before, label, after, 1)
    link = inline_link(destination, label, False, span, len(before))
    return _new(Line, (prose, (link,), paragraph, False, ()))


def _read_bold(
    text: str, size: int, file: str, byte: int, line: int, paragraph: int
) -> Line | None:
    """A line with some words in bold print."""
    before, _, rest = text.partition("**")
    strong, closed, after = rest.partition("**")
    if not closed or not (strong[:1].isalnum() and strong[-1].isalnum()):
        return None
    if before[-1:] not in ("", " ", "(") or after[:1] not in "  .,;:!?)":
        return None
    prose, _ = _around(text, size, file, byte, line, before, strong, after, 2)
    return _new(Line, (prose, (), paragraph, False, ()))


def _around(
    text: str,
    size: int,
    file: str,
    byte: int,
    line: int,
    before: str,
    label: str,
    after: str,
    lead: int,
) -> tuple[Prose, Span]:
    """The prose of a line that has one thing with a label in it, and the span of that thing.

    `lead` is the length of what stands of it before the label.
    """
    length = len(text)
    begin, end = len(before), length - len(after)
    first, last = byte + begin, byte + end
    at = first + lead
    if size != length:
        first, last = byte + len(before.encode()), byte + size - len(after.encode())
        at = first + len(text[begin : begin + lead].encode())
    marks: tuple[Place, ...]
    if before and label and after:
        marks = (
            (0, byte, line, 1, 0),
            (begin, at, line, begin + lead + 1, 0),
            (begin + len(label), last, line, end + 1, 0),
        )
    else:
        marks = ((0, byte, line, 1, 0),) if before else ()
        if label:
            marks += ((begin, at, line, begin + lead + 1, 0),)
        if after:
            marks += ((begin + len(label), last, line, end + 1, 0),)
    prose = _new(Prose, (f"{before}{label}{after}", marks, file))
    return prose, _new(Span, (file, first, last, line, begin + 1, line, end + 1))


_SHAPES: dict[bytes, Reader] = {
    b"": _read_words,
    b"[[]]": _read_wikilink,
    b"[[|]]": _read_wikilink,
    b"[[#]]": _read_wikilink,
    b"[[#|]]": _read_wikilink,
    b"![[]]": _read_embed,
    b"![[#]]": _read_embed,
    b"[]": _read_inline,
    b"****": _read_bold,
}
READERS = _SHAPES | {b":" + shape: read for shape, read in _SHAPES.items()}
"""How a line is read, by what is left of it without its words."""


class _Gathered:
    """What is gathered of a line; its next character is the byte `byte` of the file, at `column`."""

    __slots__ = ("byte", "column", "file", "length", "line", "links", "marks", "texts")

    def __init__(self, file: str, byte: int, line: int, column: int) -> None:
        self.file = file
        self.byte = byte
        self.line = line
        self.column = column
        self.length = 0
        self.texts: list[str] = []
        self.marks: list[Place] = []
        self.links: list[Link] = []

    def say(self, words: str, ascii_only: bool, before: int = 0, after: int = 0) -> None:
        """Take running text, with so many characters of markup before and after it."""
        offset, length = self.length, len(words)
        byte, column = self.byte + before, self.column + before
        self.marks.append((offset, byte, self.line, column, 0))
        self.texts.append(words)
        self.length = offset + length
        self.column = column + length + after
        if ascii_only:
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

    def wikilink(self, embed: str, target: str, shown: str | None, ascii_only: bool) -> None:
        """Take a wikilink, or an embed, which has no running text."""
        offset, byte, column = self.length, self.byte, self.column
        label = shown or target
        if embed:
            self.skip(f"![[{target}]]" if shown is None else f"![[{target}|{shown}]]")
        elif shown is None:
            self.say(target, ascii_only, 2, 2)
        else:
            self.skip(target)
            self.say(shown, ascii_only, 3, 2)
        name, fragment = split_wikilink(target)
        span = self.span(byte, column)
        told = (name, fragment, label, bool(embed), False, span, offset, "wikilink", "", False)
        self.links.append(_new(Link, told))

    def markdown(self, label: str, destination: str, ascii_only: bool) -> None:
        """Take a link in Markdown's own form."""
        offset, byte, column = self.length, self.byte, self.column
        self.say(label, ascii_only, 1, 3)
        self.skip(destination)
        span = self.span(byte, column)
        self.links.append(inline_link(destination, label, False, span, offset))

    def span(self, byte: int, column: int) -> Span:
        """The span from a place of this line to where the next character stands."""
        line = self.line
        return _new(Span, (self.file, byte, self.byte, line, column, line, self.column))


def read_pieces(
    text: str, file: str, byte: int, line: int, column: int = 1, *, ascii_only: bool
) -> Content | None:
    """A line of any number of pieces."""
    if len(text) > _LONGEST or (column == 1 and _BLOCK.match(text)):
        return None
    gathered = _Gathered(file, byte, line, column)
    for found in _PIECE.finditer(text):
        words, end, embed, target, shown, label, destination, stars, strong, other = found.groups()
        if words is not None:
            gathered.say(words, ascii_only)
        if target is not None:
            gathered.wikilink(embed, target, shown, ascii_only)
        elif label is not None:
            gathered.markdown(label, destination, ascii_only)
        elif strong is not None:
            gathered.say(strong, ascii_only, len(stars), len(stars))
        if end is not None:
            break
        if other is not None or found.end() > _ENOUGH:  # too much to be read twice
            return None
    texts = gathered.texts
    text = texts[0] if len(texts) == 1 else "".join(texts)
    return _new(Prose, (text, tuple(gathered.marks), file)), tuple(gathered.links)
