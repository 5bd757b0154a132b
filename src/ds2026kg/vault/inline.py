"""What Obsidian and Dataview read in a line of text that CommonMark does not know.

Each function takes the text of a line without its markup. `closed` has the places in it where
nothing is to be found: code, mathematics, escaped characters, labels of links. All take time in
proportion to the line.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias

from ds2026kg.vault.ranges import Range, Ranges

Closed: TypeAlias = Ranges | tuple[()]
Form: TypeAlias = Literal["", "[", "("]

# All but white space, ASCII punctuation other than - / _, and general punctuation; not all digits.
_TAG = re.compile(
    r"(?:^|(?<=\s))#([^\s!-,.:-@\[-^`{-~\u2000-\u206f\u2e00-\u2e7f]+)"
)  # - / _ are what is left of ASCII punctuation
_ADDRESS = re.compile(r"(?<![\w+.-])(?:https?|ftp|obsidian)://[^\s<>\"`]+", re.IGNORECASE)
_NOT_LAST = "?!.,:;*_~'\"”’»"
_EMOJI = r"\u2600-\u27bf\ufe0f\U0001f300-\U0001faff"
_KEY = rf"((?:[^\W\d_]|[{_EMOJI}])[\w{_EMOJI} /-]{{0,63}}?)\s*::"
_LINE_KEY = re.compile(rf"\s*{_KEY}")
_BRACKET_KEY = re.compile(rf"([\[(])\s*{_KEY}")
_BRACKETS = {"[": re.compile(r"[\[\]]"), "(": re.compile(r"[()]")}
_BREAKS_OFF = re.compile(r"[ ()]")
_CLOSING_BRACKETS = 4  # of which one may be meant to close a link
_LONGEST_DESTINATION = 512  # characters
_HIGHLIGHT = re.compile(r"(?<!=)==(?!=)")
_BLOCK_IDENTIFIER = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)\s*$")
_CALLOUT = re.compile(r"\s*\[!([^\[\]\n|]+)(?:\|[^\[\]\n]*)?\][+-]?[ \t]*")
_TASK = re.compile(r"\s*\[(\S| )\](?:\s|$)")
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


class Field(NamedTuple):
    """An inline field in a text: its key, and the ranges of key, value and the whole of it.

    `form` is "" for a field that is the whole line, else the bracket that opens it.
    """

    key: str
    at: Range
    value: Range
    whole: Range
    form: Form


def tags(text: str, closed: Closed) -> Iterator[Range]:
    """The range of what may be a tag, the "#" included.

    >>> list(tags("a #b/c, d#e", ()))
    [(2, 6)]
    """
    for found in _TAG.finditer(text):
        if found.start() not in closed:
            yield found.span()


def addresses(text: str, closed: Closed) -> Iterator[Range]:
    """The range of each web address that stands bare in the text, as GFM's autolinks (§6.9).

    >>> list(addresses("see https://a.b/c_(d).", ()))
    [(4, 21)]
    """
    for found in _ADDRESS.finditer(text):
        if found.start() in closed:
            continue
        end = found.end()
        brackets = text.count("(", found.start(), end) - text.count(")", found.start(), end)
        while text[end - 1] in _NOT_LAST or (text[end - 1] == ")" and brackets < 0):
            brackets += text[end - 1] == ")"
            end -= 1
        yield found.start(), end


def fields(text: str, closed: Closed) -> Iterable[Field]:
    """The inline fields of a line, as Dataview finds them: those in brackets, else the whole line.

    >>> [(f.key, f.form) for f in fields("Done (on:: 2024-03-01) [by:: [[TBS]]].", ())]
    [('on', '('), ('by', '[')]
    >>> [text[slice(*f.value)] for text in ["ledBy:: TBS, PCO"] for f in fields(text, ())]
    [' TBS, PCO']
    """
    if "[" in text or "(" in text:
        bracketed = _bracketed_fields(text, closed)
        for field in bracketed:
            return chain((field,), bracketed)
    line = _LINE_KEY.match(text)
    if line is None or line.end() - 1 in closed:
        return ()
    key, end = line.span(1), len(text)
    return (_new(Field, (line[1], key, (line.end(), end), (key[0], end), "")),)


def _bracketed_fields(text: str, closed: Closed) -> Iterator[Field]:
    done = 0
    pairs: dict[str, Sequence[int]] = {}
    for opening in _BRACKET_KEY.finditer(text):
        start = opening.start()
        if start < done or start in closed:
            continue
        bracket = opening[1]
        if bracket not in pairs:
            pairs[bracket] = _pairs(text, bracket, closed)
        end = pairs[bracket][start]
        if end:
            done = end + 1
            value, whole = (opening.end(), end), (start, done)
            yield _new(Field, (opening[2], opening.span(2), value, whole, bracket))


def _pairs(text: str, bracket: str, closed: Closed) -> Sequence[int]:
    """For each place of the text, where the bracket of that kind that it opens is closed, or 0."""
    pairs = array("I", bytes(array("I").itemsize * len(text)))
    opened: list[int] = []
    for found in _BRACKETS[bracket].finditer(text):
        at = found.start()
        if at in closed:
            continue
        if found[0] == bracket:
            opened.append(at)
        elif opened:
            pairs[opened.pop()] = at
    return pairs


def footnotes(text: str, closed: Closed) -> Iterator[Range]:
    """The range of each inline footnote, `^[text]`, with its brackets."""
    done = 0
    pairs = _pairs(text, "[", closed)
    start = text.find("^[")
    while start >= 0:
        end = pairs[start + 1]
        if end and start >= done and start not in closed:
            yield start, end + 1
            done = end + 1
        start = text.find("^[", start + 1)


def highlights(text: str, closed: Closed) -> Iterator[Range]:
    """The ranges of the marks around each highlight, `==text==`.

    >>> list(highlights("a ==b== c", ()))
    [(2, 4), (5, 7)]
    """
    opened: Range | None = None
    for found in _HIGHLIGHT.finditer(text):
        start, end = found.span()
        if start in closed:
            continue
        if opened is not None and not text[start - 1].isspace() and start > opened[1]:
            yield from (opened, (start, end))
            opened = None
        elif not text[end : end + 1].isspace() and end < len(text):
            opened = start, end


def lookalikes(text: str, closed: Closed) -> Iterator[Range]:
    """The ranges that may be meant as destinations, in what looks like a Markdown link and is none.

    CommonMark (§6.3) allows a destination neither blanks nor brackets without their fellows. Where
    it ends is for those to say who know the files, so each bracket that may close it gives a range.

    >>> text = "see [x](Missions (ds2026).md)"
    >>> [text[start:end] for start, end in lookalikes(text, ())]
    ['Missions (ds2026', 'Missions (ds2026).md']
    """
    opening = text.find("](")
    while opening > 0:
        start = end = opening + 2
        before = max(opening - _LONGEST_DESTINATION, 0), opening
        label = text.rfind("[", *before)
        labelled = label > text.rfind("]", *before) and label not in closed
        for _ in range(_CLOSING_BRACKETS if labelled and opening not in closed else 0):
            end = text.find(")", end + 1, start + _LONGEST_DESTINATION)
            if end < 0:
                break
            if _BREAKS_OFF.search(text, start, end):
                yield start, end
        opening = text.find("](", start)


def block_identifier(text: str, closed: Closed) -> tuple[str, int] | None:
    """The identifier that ends the text, `^a1`, and where the text before it ends."""
    found = _BLOCK_IDENTIFIER.search(text)
    if found is None or found.start(1) - 1 in closed:
        return None
    return found[1], found.start()


def callout(text: str, closed: Closed) -> tuple[str, int] | None:
    """The type of the callout that the first line of a quote opens, and where its title begins.

    >>> callout("[!Note]- A title", ())
    ('note', 9)
    """
    found = _CALLOUT.match(text)
    if found is None or found.start(1) - 2 in closed:
        return None
    return found[1].strip().casefold(), found.end()


def task(text: str, closed: Closed) -> tuple[str, int] | None:
    """The state of the task that the first line of an item is, and where its text begins.

    >>> task("[/] half done", ())
    ('/', 4)
    """
    found = _TASK.match(text)
    if found is None or found.start(1) - 1 in closed:
        return None
    return found[1], found.end()
