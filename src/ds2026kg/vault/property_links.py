"""The links and tags in a note's properties."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Iterable, Iterator
from typing import Any

import pyromark

from ds2026kg.findings import Span
from ds2026kg.vault.body import OPTIONS
from ds2026kg.vault.columns import Gathering, packed
from ds2026kg.vault.link import Link
from ds2026kg.vault.link_forms import read_link
from ds2026kg.vault.note import Tag
from ds2026kg.vault.places import Places
from ds2026kg.vault.targets import is_wikilink, split_wikilink
from ds2026kg.vault.values import Mapping, Property, Scalar, Sequence, Value

_TAG = re.compile(rb"[^\s,]+")
_ONE_TAG = re.compile(r"[\w/-]+")
_WIKILINK = re.compile(r"\[\[([^\[\]|\\\n]+)(?:\|([^\[\]|\\\n`*_<&$~]+))?\]\]")

_TAG_KEYS = frozenset({"tags", "tag"})
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


class PropertyLinks:
    """Reads the links and tags in the properties of one note, whose content is `data`."""

    def __init__(self, data: bytes, places: Places) -> None:
        self._data = data
        self._places = places

    def linked(self, entries: Iterable[Property]) -> abc.Sequence[Property]:
        """The properties with the links in their scalars read out of their text."""
        read = self._with_links
        return packed(
            entry if type(entry[1]) is Scalar and "[" not in entry[1][0] else read(entry)
            for entry in entries
        )

    def _with_links(self, entry: Property) -> Property:
        key, value, span = entry
        return _new(Property, (key, self._linked(value), span)) if _opens(value) else entry

    def tags(self, entries: Iterable[Property]) -> Iterator[Tag]:
        """The tags of the properties `tags` and `tag`: a list, or one text with blanks or commas."""
        for entry in entries:
            if entry[0].casefold() in _TAG_KEYS:
                for scalar in entry.scalars():
                    text, span, plain, _, _ = scalar
                    if scalar.is_null:
                        continue
                    if plain and (text.isalnum() or _ONE_TAG.fullmatch(text)):
                        yield _new(Tag, (text, span))
                    else:
                        yield from self._tags(scalar)

    def _tags(self, scalar: Scalar) -> Iterator[Tag]:
        source = scalar.text.encode()
        trace = _Trace(scalar, source, self._data, self._places)
        for found in _TAG.finditer(source):
            if name := found[0].lstrip(b"#"):
                span = trace.span(found.end() - len(name), found.end())
                yield Tag(name.decode(), span)

    def _linked(self, value: Value) -> Value:
        if isinstance(value, Sequence):
            return Sequence(packed(map(self._linked, value.items)), value.span)
        if isinstance(value, Mapping):
            return Mapping(self.linked(value.items), value.span)
        text, span, plain, _, _ = value
        if "[" not in text:
            return value
        whole = _WIKILINK.fullmatch(text)
        if whole is None or not is_wikilink(whole[1]):
            links, shown = self._found(value)
            return value._replace(links=links, shown=shown)
        # By far the most: a property that is a wikilink and nothing else.
        named, label = whole.groups()
        target, fragment = split_wikilink(named)
        label = label or named
        told = (target, fragment, label, False, False, self._inside(value))
        link = _new(Link, (*told, 0, "wikilink", "", False))
        return _new(Scalar, (text, span, plain, (link,), label))

    def _inside(self, value: Scalar) -> Span:
        """The span of a scalar's text, without the quotes around it."""
        text, span, plain, _, _ = value
        file, start, end, line, column, end_line, end_column = span
        quote = 0 if plain else 1
        source = text.encode()
        origin = self._places.origin
        if self._data[start + quote - origin : end - quote - origin] != source:
            return _Trace(value, source, self._data, self._places).span(0, len(source))
        if not quote:
            return span
        return _new(Span, (file, start + 1, end - 1, line, column + 1, end_line, end_column - 1))

    def _found(self, value: Scalar) -> tuple[abc.Sequence[Link], str]:
        """The links in a scalar, and its text as Obsidian shows it, labels for links."""
        source = value.text.encode()
        trace = _Trace(value, source, self._data, self._places)
        links: Gathering[Link] = Gathering()
        shown: list[str] = []
        done = 0  # up to where the text is shown
        opened: list[tuple[dict[str, Any], int, list[str]]] = []
        for event, where in pyromark.events_with_range(value.text, options=OPTIONS):
            kind, detail = _named(event)
            name, inside = _named(detail) if kind in ("Start", "End") else (kind, detail)
            if name in ("Text", "Code", "InlineMath") and opened:
                opened[-1][2].append(inside)
            elif name in ("SoftBreak", "HardBreak") and opened:
                opened[-1][2].append(" ")
            elif name in ("Link", "Image") and kind == "Start":
                opened.append((inside, where["start"], []))
            elif name in ("Link", "Image"):
                payload, start, words = opened.pop()
                end, label = where["end"], "".join(words)
                if isinstance(payload["link_type"], dict) and not is_wikilink(payload["dest_url"]):
                    continue
                links.append(read_link(payload, label, name == "Image", trace.span(start, end), 0))
                links.settle()
                if not opened:
                    shown += (source[done:start].decode(), label)
                    done = end
        shown.append(source[done:].decode())
        return links.done(), "".join(shown)


def _opens(value: Value | Property) -> bool:
    """Whether a bracket opens anywhere in a value."""
    if isinstance(value, Scalar):
        return "[" in value.text
    if isinstance(value, Property):
        return _opens(value.value)
    return any(map(_opens, value.items))


class _Trace:
    """Finds parts of a scalar's text, in order, where they stand in `data`."""

    def __init__(self, scalar: Scalar, source: bytes, data: bytes, places: Places) -> None:
        self._scalar = scalar
        self._source = source
        self._data = data
        self._places = places
        self._next = scalar.span.start - places.origin
        self._end = scalar.span.end - places.origin
        # Most stand to the letter, inside their quotes if they have any.
        self._inner = data.find(source, self._next, self._end)

    def span(self, start: int, end: int) -> Span:
        """The span of the bytes `start` to `end` of the text.

        Where the scalar is folded or has escapes, that is the next place where they stand to the
        letter; and if there is none, the whole scalar.
        """
        if self._inner >= 0:
            return self._places.span(self._inner + start, self._inner + end)
        found = self._data.find(self._source[start:end], self._next, self._end)
        if found < 0:
            return self._scalar.span
        self._next = found + end - start
        return self._places.span(found, self._next)


def _named(event: Any) -> tuple[str, Any]:
    """The name and the content of an event or a tag."""
    if isinstance(event, str):
        return event, None
    ((name, content),) = event.items()
    return name, content
