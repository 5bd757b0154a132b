"""The terminals of SPARQL 1.1, so that text can be read and changed without touching a string.

This is a lexer, not a parser: it tells comments, strings, IRIs, variables and names apart (SPARQL
1.1 Query §19.8), which is all that headers, parameters and error messages need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TERMINALS = re.compile(
    r"""
      (?P<space>[\x20\t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]{0,98}[\w-])?|_)?:
        (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[^\w\s])(?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*
        (?:[\w:-]|%[0-9A-Fa-f]{2}|\\[^\w\s]))?)?)
    | (?P<word>[^\W\d_]\w*)
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


class Token(NamedTuple):
    """One terminal: its `kind` (a group of the lexer), its `text`, and its offset in characters."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset just past the token."""
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Every terminal of `text`, in order; joined again, they are `text`.

    >>> [token.text for token in tokens('ASK { ?s :p "a # b" } # c') if token.kind != "space"]
    ['ASK', '{', '?s', ':p', '"a # b"', '}', '# c']
    """
    for match in _TERMINALS.finditer(text):
        yield Token(match.lastgroup or "sign", match.group(), match.start())


def meaningful(text: str) -> list[Token]:
    """The terminals of `text` that a parser sees: neither white space nor comments.

    >>> [token.text for token in meaningful("ASK { } # done")]
    ['ASK', '{', '}']
    """
    return [token for token in tokens(text) if token.kind not in ("space", "comment")]


def query_form(text: str) -> str:
    """Which form of query `text` is: SELECT, ASK, CONSTRUCT or DESCRIBE; empty if it is none.

    >>> query_form("PREFIX ask: <urn:a> # SELECT\\nDESCRIBE ask:b")
    'DESCRIBE'
    """
    words = (token.text.upper() for token in meaningful(text) if token.kind == "word")
    return next((word for word in words if word in _FORMS), "")


def position(text: str, offset: int) -> tuple[int, int]:
    r"""The 1-based line and column, in characters, of `offset` in `text`.

    >>> position("ASK\n{ }", 6)
    (2, 3)
    """
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
