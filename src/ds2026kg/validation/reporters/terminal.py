"""Text as a terminal shows it: made harmless, measured in columns, cut to fit.

Notes are written by many hands. What they hold must neither move the cursor, nor colour the
screen, nor turn the reading order round, so every control character is shown as a visible sign.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from wcwidth import iter_graphemes, wcswidth

_TAB = 4  # columns between tab stops, as Obsidian shows them
_JOINERS = "\u200c\u200d"  # they shape Persian, Hindi and emoji, and move nothing
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ELLIPSIS = "…"
LONGEST = 2000
"""So many characters of a line are quoted whole; of a longer one, those around what is marked."""
_WIDEST = 200  # columns of such a part


def visible(text: str) -> str:
    r"""`text` on one line with every control, bidirectional and lone surrogate character shown.

    >>> visible("a\x1b[31mb\u202ec")
    'a␛[31mb<U+202E>c'
    """
    return "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # the Control Pictures block
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a reader sees as one character: its text, made harmless, and its columns.

    `index` is the place of its first character in the source line, from 0; `length` how many
    characters of the line it holds; `start` its first column, from 0.
    """

    text: str
    index: int
    length: int
    start: int
    width: int

    @property
    def end(self) -> int:
        """The column after it."""
        return self.start + self.width


def cells(line: str) -> list[Cell]:
    """`line` as cells, its tabs expanded.

    >>> [(cell.text, cell.start, cell.width) for cell in cells("é漢")]
    [('é', 0, 1), ('漢', 1, 2)]
    """
    if line.isascii() and line.isprintable():
        return [Cell(sign, index, 1, index, 1) for index, sign in enumerate(line)]
    return list(_cells(line))


def _cells(line: str) -> Iterator[Cell]:
    index = column = 0
    for cluster in iter_graphemes(line):
        text = " " * (_TAB - column % _TAB) if cluster == "\t" else visible(cluster)
        width = max(wcswidth(text), 0)
        yield Cell(text, index, len(cluster), column, width)
        index += len(cluster)
        column += width


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line, or the part of it that fits, and the columns of it to be marked."""

    text: str
    mark_start: int
    mark_width: int


def excerpt(line: str, first: int, last: int, width: int | None) -> Excerpt:
    """The part of `line` around its characters `first` to `last` (from 0, `last` excluded).

    It takes at most `width` columns, if that is given or the line is very long. At least one
    column is marked, also just after the end of the line.

    >>> excerpt("up: [[Nobody]]", 4, 14, 80)
    Excerpt(text='up: [[Nobody]]', mark_start=4, mark_width=10)
    """
    if len(line) > LONGEST:
        room = min(width or _WIDEST, _WIDEST)
        begin = max(first - room, 0)
        return excerpt(line[begin : first + 2 * room], first - begin, last - begin, room)
    row = cells(line)
    start = _column(row, first)
    end = max(_column(row, last), start + 1)
    total = row[-1].end if row else 0
    if width is None or total <= width:
        return Excerpt(_text(row), start, end - start)
    # A quarter of the width before the mark, and never blank space after the end of the line.
    left = max(min(start - width // 4, total - width), 0)
    head, tail = _ELLIPSIS if left else "", _ELLIPSIS if left + width < total else ""
    shown = [c for c in row if c.start >= left + len(head) and c.end <= left + width - len(tail)]
    offset = (shown[0].start if shown else left) - len(head)
    text = head + _text(shown) + tail
    mark_end = min(end - offset, (shown[-1].end if shown else left) - offset + len(tail))
    return Excerpt(text, start - offset, max(mark_end - (start - offset), 1))


def _column(row: list[Cell], index: int) -> int:
    """The column of the cell that holds the character at `index`, or the end of the row."""
    for cell in row:
        if index < cell.index + cell.length:
            return cell.start
    return row[-1].end if row else 0


def _text(row: list[Cell]) -> str:
    return "".join(cell.text for cell in row)
