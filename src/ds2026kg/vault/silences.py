"""What a note says must be let pass: the property `ds2026kg-ignore`, rule by rule, with reasons.

An item is a rule's code and, after a colon, the reason, as text or as a mapping of YAML: Obsidian's
property editor writes the one, a text editor the other. An item without a reason of its own takes
that of `ds2026kg-ignore-reason`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ds2026kg.findings import Span
from ds2026kg.vault.link import Link
from ds2026kg.vault.note import Note
from ds2026kg.vault.survey import LinkSurvey
from ds2026kg.vault.values import Mapping, Scalar, Sequence, Value

IGNORE = "ds2026kg-ignore"
REASON = "ds2026kg-ignore-reason"
_WITHHELD = "[…]"
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Silence(NamedTuple):
    """One rule that a note silences for itself, and why.

    `code` is "" where no rule is named, `reason` where none is given. `links` are those in both.
    """

    code: str
    reason: str
    span: Span
    links: tuple[Link, ...] = ()


def read_silences(note: Note) -> Iterator[Silence]:
    """What `note` silences, in the order of its items.

    >>> from ds2026kg.vault import read_note
    >>> note = read_note("a.md", b"---\\nds2026kg-ignore: ['link-broken: not yet written']\\n---\\n")
    >>> [(silence.code, silence.reason) for silence in read_silences(note)]
    [('link-broken', 'not yet written')]
    """
    entry = note.get(IGNORE)
    if entry is None:
        return
    shared = note.get(REASON)
    told = [each for each in shared.scalars() if not each.is_null] if shared is not None else []
    reason = _tidy(" ".join(map(_shown, told)))
    links = tuple(link for scalar in told for link in scalar.links)
    for silence in _items(entry.value):
        if silence.reason or not silence.code:
            yield silence
        else:
            yield silence._replace(reason=reason, links=silence.links + links)


def told(silences: Iterable[Silence], survey: LinkSurvey) -> tuple[Silence, ...]:
    """The silences that may be told of: none of private notes, no words of links into them."""
    return tuple(
        _without_private_words(silence, survey)
        for silence in silences
        if not survey.is_private(silence.span.file)
    )


def _without_private_words(silence: Silence, survey: LinkSurvey) -> Silence:
    source = silence.span.file
    paths = (survey.index.destination(link, source).path for link in silence.links)
    if not any(map(survey.is_private, paths)):
        return silence
    code = silence.code if _CODE.fullmatch(silence.code) else _WITHHELD
    return silence._replace(code=code, reason=_WITHHELD if silence.reason else "")


def _items(value: Value) -> Iterator[Silence]:
    """The silences of the property's value: one, a list of them, or a mapping."""
    if isinstance(value, Sequence):
        for item in value.items:
            yield from _items(item) if not isinstance(item, Sequence) else (_unnamed(item),)
    elif isinstance(value, Mapping):
        for entry in value.items:
            if isinstance(entry.value, Scalar):
                reason = "" if entry.value.is_null else _tidy(_shown(entry.value))
                yield Silence(_code(entry.key), reason, entry.span, tuple(entry.value.links))
            else:
                yield _unnamed(entry.value)
    elif not value.is_null:
        code, _, reason = _shown(value).partition(":")
        yield Silence(_code(code), _tidy(reason), value.span, tuple(value.links))


def _unnamed(value: Value) -> Silence:
    return Silence("", "", value.span)


def _code(text: str) -> str:
    """A code as rules have it; keyboards of telephones begin a text with a capital."""
    return _tidy(text).casefold()


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _shown(scalar: Scalar) -> str:
    return scalar.shown or scalar.text
