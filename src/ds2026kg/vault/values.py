"""The values of a note's properties, as data: scalars, lists and mappings, each with its place."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from ds2026kg.findings import Span
from ds2026kg.vault.link import Link

Native: TypeAlias = bool | int | float | date | datetime | str | None

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {word: word[0] in "tT" for word in "true True TRUE false False FALSE".split()}
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_NUMBER = re.compile(
    r"[-+]?(?:\.[0-9]{1,300}|[0-9]{1,300}(?:\.[0-9]{0,300})?)(?:[eE][-+]?[0-9]{1,3})?"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMED = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?"
)


class Scalar(NamedTuple):
    """One YAML scalar. `plain` tells an unquoted one, whose text may mean a number or null.

    `text` is as written, without quotes; `shown` is the text as Obsidian shows it, labels for
    links, where it holds any.
    """

    text: str
    span: Span
    plain: bool
    links: abc.Sequence[Link] = ()
    shown: str = ""

    @property
    def is_null(self) -> bool:
        """Whether it is no value at all, as Obsidian leaves a property that is not filled in."""
        return self.plain and self.text.strip() in _NULLS

    @property
    def native(self) -> Native:
        """The value as Python knows it.

        Null, booleans and decimal numbers are those of YAML 1.2's core schema (§10.3.2), dates
        those of ISO 8601, with or without a time. Only plain scalars are anything but text; `no`
        and `on` are words, as in Obsidian.

        >>> where = Span.of_file("a.md")
        >>> [Scalar(text, where, True).native for text in ("3.5", "no", "2024-03-01", "~")]
        [3.5, 'no', datetime.date(2024, 3, 1), None]
        """
        return native(self.text) if self.plain and not self.links else self.text


def native(text: str) -> Native:
    """What a plain scalar or the value of an inline field means; text where it means nothing else.

    >>> native("2024-03-01T09:30")
    datetime.datetime(2024, 3, 1, 9, 30)
    """
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    try:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
        if _TIMED.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:  # 2024-02-30: written like a date, and none
        return text
    return text


class Sequence(NamedTuple):
    """A YAML list."""

    items: abc.Sequence[Value]
    span: Span


class Mapping(NamedTuple):
    """A YAML mapping inside the frontmatter."""

    items: abc.Sequence[Property]
    span: Span


Value: TypeAlias = Scalar | Sequence | Mapping


class Property(NamedTuple):
    """One frontmatter key with its value. `span` is the key's."""

    key: str
    value: Value
    span: Span

    def scalars(self) -> Iterator[Scalar]:
        """Every scalar of the value, in order, however deep."""
        if isinstance(self.value, Scalar):
            return iter((self.value,))
        return _scalars(self.value)


def _scalars(value: Sequence | Mapping) -> Iterator[Scalar]:
    for item in value.items:
        inner = item.value if isinstance(item, Property) else item
        if isinstance(inner, Scalar):
            yield inner
        else:
            yield from _scalars(inner)


_PUBLISHING = frozenset({"publish", "share"})
_FALSE = frozenset({"false", "no", "off", "0", "non", "faux"})


def say_private(entries: abc.Sequence[Property]) -> bool:
    """Whether properties say that their note must not be published, the tags in them included."""
    return are_unpublished(entries) or any(
        is_private_tag(name)
        for entry in entries
        if entry.key.casefold() in ("tags", "tag")
        for scalar in entry.scalars()
        for name in re.split(r"[\s,]+", scalar.text)
    )


def are_unpublished(entries: Iterable[Property]) -> bool:
    """Whether properties say `publish: false` or `share: false`, in English or French."""
    for entry in entries:
        if entry.key.casefold() in _PUBLISHING:
            texts = (scalar.text.strip().casefold() for scalar in entry.scalars())
            if not _FALSE.isdisjoint(texts):
                return True
    return False


def is_private_tag(name: str) -> bool:
    """Whether a tag is `private`, or one below it.

    >>> is_private_tag("#Private/plans"), is_private_tag("privately")
    (True, False)
    """
    return name.lstrip("#").casefold().split("/")[0] == "private"
