"""The titles and notations by which missions and commitments are known."""

from __future__ import annotations

import re
from typing import NamedTuple

from ds2026kg.strategy.model import Commitment, Entity, Mission

_NOTATION = re.compile(r"(\d+)(?:\.(\d+)(?:\.?([a-z]))?)?", re.ASCII)


class Title(NamedTuple):
    """A title such as "Mission 3 Enabling data-driven services", taken apart."""

    notation: str
    name_end: int
    rest_start: int


def normal_notation(text: str) -> str | None:
    """The notation in its one form, or None: the tracker's "3.1.a" is our "3.1a".

    >>> normal_notation("3.1.A"), normal_notation("3"), normal_notation("3.1.2")
    ('3.1a', '3', None)
    """
    match = _NOTATION.fullmatch(text.strip().casefold())
    if match is None:
        return None
    mission, area, letter = match.groups()
    return mission + (f".{area}" if area else "") + (letter or "")


class TitleReader:
    """Recognises the titles of missions and commitments.

    >>> TitleReader(("Mission",)).read("mission 3.1.a").notation
    '3.1a'
    >>> TitleReader(("Mission",)).read("Mission statement") is None
    True
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        alternatives = "|".join(re.escape(word) for word in words)
        self._pattern = re.compile(
            rf"\s*(?:{alternatives})\s+(\d[\w.]*?)\.?(?=[\s:–—-]|$)[\s:–—-]*", re.IGNORECASE
        )

    def read(self, text: str) -> Title | None:
        """The title's parts, or None if it is no such title; a notation may still be malformed."""
        match = self._pattern.match(text)
        if match is None:
            return None
        notation = normal_notation(match[1]) or match[1]
        return Title(notation, match.end(1), match.end())


def kind_of(notation: str) -> type[Entity]:
    """What a notation names: a letter at its end makes a commitment."""
    return Commitment if notation[-1:].isalpha() else Mission
