"""Text cut into words and marks: the only regular expression that sees a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# A letter or digit, with the marks that Unicode may write after it.
_LETTER = r"[^\W_]|[\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]"
_APOSTROPHE = "['’ʼ]"

# Every alternative is decided by its first characters and none repeats a repetition, so that the
# time is linear in the text.
_PATTERN = re.compile(
    rf"""
      (?P<elided>(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu){_APOSTROPHE}(?=\w|\Z))
    | (?P<dotted>(?:[^\W\d_]\.){{2,}})
    | (?P<number>\d+(?:[.,/-]\d+)*(?:{_LETTER})*)
    | (?P<word>(?:{_LETTER})+(?:[-‐‑](?:{_LETTER})+)*(?:(?<=n){_APOSTROPHE}t(?!\w))?)
    | (?P<clitic>{_APOSTROPHE}(?:s|ll)(?!\w))
    | (?P<quote>{_APOSTROPHE}|‘)
    | (?P<break>\n[^\S\n]*(?:\n|(?:[-*+•·▪◦–—]|\d{{1,3}}[.)])[^\S\n]))
    | (?P<mark>[,;:.!?…()\[\]&/–—―-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_PLAIN = str.maketrans("’ʼ‐‑", "''--")


class Word(NamedTuple):
    """A word or a mark: its kind (a group of the tokeniser), offsets, and normal form."""

    kind: str
    start: int
    end: int
    norm: str


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words and marks of `text[start:end]`, in order; white space and symbols yield nothing.

    >>> [word.norm for word in words("L’OCDE, TBS's and Crown-Indigenous")]
    ["l'", 'ocde', ',', 'tbs', "'s", 'and', 'crown-indigenous']
    """
    for match in _PATTERN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or ""
        yield Word(kind, match.start(), match.end(), _normal(kind, match.group()))


def _normal(kind: str, written: str) -> str:
    if kind == "break":
        return "\n"
    if kind == "dotted":
        written = written.replace(".", "")
    if not written.isascii():
        written = written.translate(_INVISIBLE).translate(_PLAIN)
        written = unicodedata.normalize("NFC", unicodedata.normalize("NFC", written).casefold())
    return written.casefold()


def looks_like_acronym(written: str) -> bool:
    """Whether a word is written as acronyms are: TBS, StatCan, CIRNAC, TBS-OCHRO, CDOs, G7.

    >>> [word for word in ("CSPS", "StatCan", "G7", "Departments", "will") if looks_like_acronym(word)]
    ['CSPS', 'StatCan', 'G7']
    """
    capitals = sum(letter.isupper() for letter in written)
    if capitals == 1:
        return len(written) > 1 and written[0].isupper() and written[1:].isdigit()
    # A hyphenated word has a capital a part ("Crown-Indigenous") without being an acronym.
    parts = written.replace("‑", "-").replace("‐", "-").split("-")
    return capitals > 1 and any(sum(letter.isupper() for letter in part) > 1 for part in parts)
