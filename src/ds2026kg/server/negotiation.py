"""Which of the forms on offer a client would rather have (RFC 9110 §12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ds2026kg.findings import Language

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # what §5.6.2 calls a token
_PARAMETER = rf'\s*;\s*(?:({_WORD})=({_WORD}|"(?:[^"\\]|\\.)*"))?'
_ELEMENT = re.compile(rf"\s*({_WORD}(?:/{_WORD})?)((?:{_PARAMETER})*)\s*(?:,|$)")
_PARAMETERS = re.compile(_PARAMETER)
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
# These say how a form is to be written, not which one; all of ours is UTF-8.
_WITHOUT_MEANING = frozenset({"charset", "profile"})
_LONGEST: Final = 4096  # characters of a header that are looked at
_LANGUAGES: tuple[Language, ...] = ("en", "fr")


class Preference(NamedTuple):
    """One element of a header such as Accept: a range, its parameters, and how much it is wanted.

    `range` is in lower case; `quality` is from 0 (not at all) to 1.
    """

    range: str
    parameters: tuple[tuple[str, str], ...]
    quality: float


def preferences(header: str) -> Iterator[Preference]:
    """The elements of an Accept header that can be read; what cannot is passed over.

    >>> [(p.range, p.quality) for p in preferences('text/*;q=0.5, , ;;, a/b;x="1,2"')]
    [('text/*', 0.5), ('a/b', 1.0)]
    """
    start = 0
    while start < len(header):
        match = _ELEMENT.match(header, start)
        if match is None:
            comma = header.find(",", start)
            start = comma + 1 if comma >= 0 else len(header)
            continue
        start = match.end()
        found = [(name.lower(), value) for name, value in _PARAMETERS.findall(match[2]) if name]
        quality = next((value for name, value in found if name == "q"), "1")
        if _QUALITY.fullmatch(quality):
            told = tuple((n, v) for n, v in found if n != "q" and n not in _WITHOUT_MEANING)
            yield Preference(match[1].lower(), told, float(quality))


def best_media_type(accept: str | None, offers: Sequence[str]) -> str | None:
    """The media type of `offers` that `accept` wants most (§12.5.1); None if it wants none of them.

    The most specific range that fits an offer says how much it is wanted. Of two wanted alike, the
    one offered first is taken. Without a header, or with one in which nothing can be read, anything
    is wanted.

    >>> best_media_type("text/*;q=0.5, text/csv;q=0, */*;q=0.1", ["text/csv", "text/turtle"])
    'text/turtle'
    >>> best_media_type("image/png", ["text/csv"]) is None
    True
    """
    return _best(_looked_at(accept), tuple(offers), _media_type_fit)


def best_language(accept_language: str | None) -> Language:
    """English or French, as `accept_language` wants (§12.5.4); English if it wants neither.

    >>> best_language("fr-CA, en;q=0.8")
    'fr'
    >>> best_language("de")
    'en'
    """
    chosen = _best(_looked_at(accept_language), _LANGUAGES, _language_fit)
    return "fr" if chosen == "fr" else "en"


def accepts_gzip(accept_encoding: str | None) -> bool:
    """Whether content may be sent compressed by gzip (§12.5.3); not without being asked.

    >>> accepts_gzip("br, gzip;q=0"), accepts_gzip("*")
    (False, True)
    """
    if accept_encoding is None:
        return False
    return _best(_looked_at(accept_encoding), ("gzip", "identity"), _coding_fit) == "gzip"


_Fit = Callable[[Preference, str], int]


def _looked_at(header: str | None) -> str:
    """So much of a header as counts."""
    return (header or "")[:_LONGEST]


@lru_cache(maxsize=256)  # clients send the same headers with each request
def _best(header: str, offers: tuple[str, ...], fit: _Fit) -> str | None:
    wanted = list(preferences(header))
    if not wanted:
        return offers[0]
    weighed = [(_quality(wanted, offer, fit), offer) for offer in offers]
    quality, offer = max(weighed, key=lambda pair: pair[0])  # the first of those wanted alike
    return offer if quality > 0 else None


def _quality(wanted: Sequence[Preference], offer: str, fit: _Fit) -> float:
    """How much `offer` is wanted, by the most specific range that fits it."""
    fitting = [(fit(preference, offer), preference.quality) for preference in wanted]
    specific, quality = max(fitting, key=lambda pair: pair[0])
    return quality if specific else 0.0


def _media_type_fit(preference: Preference, offer: str) -> int:
    """How specifically the range fits; 0 if it does not. Our offers have no parameters."""
    if preference.parameters:
        return 0
    ranges = ("*/*", offer.partition("/")[0] + "/*", offer)
    return ranges.index(preference.range) + 1 if preference.range in ranges else 0


def _language_fit(preference: Preference, offer: str) -> int:
    """By lookup (RFC 4647 §3.4): fr-CA is answered in French."""
    if preference.range == "*":
        return 1
    return 2 if preference.range.partition("-")[0] == offer else 0


def _coding_fit(preference: Preference, offer: str) -> int:
    if preference.range == "*":
        return 1 if offer == "gzip" else 0
    return 2 if preference.range in (offer, f"x-{offer}") else 0
