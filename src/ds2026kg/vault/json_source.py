"""Where the values of a JSON file stand, and what is wrong with one that cannot be read.

Python's `json` judges whether a file is JSON and decodes its strings; places are read off the
tokens. All offsets are byte offsets into UTF-8.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ds2026kg.findings import Span, Text
from ds2026kg.vault.places import Places

_TRAILING_COMMA = Text("a comma follows the last item", "une virgule suit le dernier élément")
_PROBLEMS = {
    "Expecting value": Text(
        "something that is no JSON value stands where one is expected",
        "quelque chose qui n’est pas une valeur JSON se trouve là où il en faut une",
    ),
    "Expecting property name": Text(
        "a key in double quotes is expected", "une clé entre guillemets droits est attendue"
    ),
    "Expecting ':'": Text(
        "a key has no colon after it", "une clé n’est pas suivie d’un deux-points"
    ),
    "Expecting ','": Text(
        "a comma or a closing bracket is missing", "il manque une virgule ou un crochet fermant"
    ),
    "Unterminated string": Text("a quote is not closed", "un guillemet n’est pas fermé"),
    "Invalid control character": Text(
        "a line break or another control character stands between quotes",
        "un saut de ligne ou un autre caractère de commande se trouve entre guillemets",
    ),
    "Invalid \\u": Text(
        "\\u is not followed by four hexadecimal digits",
        "\\u n’est pas suivi de quatre chiffres hexadécimaux",
    ),
    "Invalid \\": Text(
        "a backslash stands before a character that needs none",
        "une barre oblique inverse précède un caractère qui n’en veut pas",
    ),
    "Illegal trailing comma": _TRAILING_COMMA,
    "Extra data": Text(
        "something follows the end of the canvas", "quelque chose suit la fin du canevas"
    ),
}
_OTHER_PROBLEM = Text("the syntax is not understood", "la syntaxe n’est pas comprise")
_TRUNCATED = Text("the file ends too early", "le fichier se termine trop tôt")
_AFTER_COMMA = ("Expecting value", "Expecting property name")  # up to Python 3.12
_NOT_A_NUMBER = Text(
    "NaN and Infinity are not JSON numbers", "NaN et Infinity ne sont pas des nombres JSON"
)
_MAX_DEPTH = 64
_TOO_DEEP = Text(
    f"it is nested more than {_MAX_DEPTH} levels deep",
    f"il est imbriqué sur plus de {_MAX_DEPTH} niveaux",
)
BLANK = " \t\r\n"
_OPENING, _CLOSING = (b"{", b"["), (b"}", b"]")
BRACE, BRACKET = b"{["

_STRING = rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"?+'  # (?>x*), since x*+ goes wrong before 3.11.5
TOKEN = re.compile(_STRING + rb'|[\[\]{}]|[^\s\[\]{}:,"]++', re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)", re.DOTALL)
_ESCAPED_NON_CHARACTER = re.compile(rb"\\u(?:0000|[dD][89a-fA-F]..)")
_NON_CHARACTER = re.compile(r"[\0\ud800-\udfff]")


def json_fault(body: bytes, text: str) -> tuple[int, int, Text] | None:
    """The byte offsets of what makes a file no JSON (RFC 8259), and what that is, or None.

    `text` is `body` decoded.

    >>> start, end, problem = json_fault(b"[1,]", "[1,]") or (0, 0, Text("", ""))
    >>> start, end, problem.en
    (2, 3, 'a comma follows the last item')
    """
    return _refused(body) or _fault(text)


def _refused(body: bytes) -> tuple[int, int, Text] | None:
    """The first place that Python's `json` would take, or fall over, and that is refused here."""
    depth = 0
    for token in TOKEN.finditer(body):
        mark = token[0]
        if mark in _OPENING:
            depth += 1
            if depth > _MAX_DEPTH:
                return (*token.span(), _TOO_DEEP)
        elif mark in _CLOSING:
            depth -= 1
        elif mark.startswith((b"NaN", b"Infinity", b"-Infinity")):
            return (*token.span(), _NOT_A_NUMBER)
    return None


def _fault(text: str) -> tuple[int, int, Text] | None:
    """The byte offsets of what makes `text` no JSON, and what that is; None if it is JSON."""
    try:
        # Numbers are not wanted, and of any length: bool() spares their conversion.
        json.loads(text, parse_int=bool, parse_float=bool)
    except json.JSONDecodeError as error:
        at, problem = _named(text, error)
        start = len(text[:at].encode())
        return start, start + len(text[at : at + 1].encode()), problem
    return None


def _named(text: str, error: json.JSONDecodeError) -> tuple[int, Text]:
    """The character at fault and the fault's name, which not all versions of Python tell alike."""
    at = error.pos
    if not text[at:].strip(BLANK):
        return at, _TRUNCATED
    before = text[:at].rstrip(BLANK)
    if before.endswith(",") and error.msg.startswith(_AFTER_COMMA) and text[at] in "]}":
        return len(before) - 1, _TRAILING_COMMA
    if error.msg.startswith("Invalid \\u"):
        at = text.rfind("\\", 0, at + 1)
    problem = next((_PROBLEMS[key] for key in _PROBLEMS if error.msg.startswith(key)), None)
    return at, problem or _OTHER_PROBLEM


class Placed(NamedTuple):
    """A JSON value between two byte offsets."""

    start: int
    end: int


def whole(token: re.Match[bytes], tokens: Iterator[re.Match[bytes]]) -> Placed:
    """The value that begins with `token`, its inside passed over. The bytes are known to be JSON."""
    start = token.start()
    depth = 0
    while True:
        mark = token[0]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth -= 1
        if not depth:
            return Placed(start, token.end())
        token = next(tokens)


def items(body: bytes, start: int) -> Iterator[Placed]:
    """The values in the list that begins at `start`, one at a time."""
    tokens = TOKEN.finditer(body, start + 1)
    while (token := next(tokens))[0] != b"]":
        yield whole(token, tokens)


def non_characters(source: bytes) -> Iterator[tuple[int, int]]:
    """Where a JSON string has escapes that no text can hold: half a surrogate pair, or U+0000."""
    for escape in _ESCAPE.finditer(source):
        if _ESCAPED_NON_CHARACTER.fullmatch(escape[0]):
            yield escape.span()


class EscapedText:
    """Where each byte of a card's text, as UTF-8 after one line end, stands in the canvas.

    `inside` is the JSON source of the text, and `start` the offset before it, for the line end.
    """

    def __init__(self, inside: bytes, start: int, places: Places) -> None:
        self._places = places
        self._texts = [0]  # byte offsets in the text, after each escape ...
        self._sources = [start]  # ... and of the same place in the canvas
        length, done = 1, 0
        for escape in _ESCAPE.finditer(inside):
            length += escape.start() - done + _width(escape[0])
            done = escape.end()
            self._texts.append(length)
            self._sources.append(start + 1 + done)

    def span(self, span: Span) -> Span:
        """The place in the canvas of a place in the text."""
        return self._places.span(self._offset(span.start), self._offset(span.end))

    def _offset(self, byte: int) -> int:
        run = bisect_right(self._texts, byte) - 1
        return self._sources[run] + byte - self._texts[run]


def _width(escape: bytes) -> int:
    """How many bytes of UTF-8 an escape such as `\\n` or `\\u00e9` stands for."""
    return len(decoded(b'"' + escape + b'"').encode()) if escape[1:2] == b"u" else 1


def decoded(source: bytes) -> str:
    """What a JSON string says; what UTF-8 or Markdown cannot hold becomes U+FFFD."""
    if b"\\" not in source:
        return source[1:-1].decode()
    text: str = json.loads(source)
    return _NON_CHARACTER.sub("\ufffd", text)
