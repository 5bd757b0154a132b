"""The properties that nearly every note has, read without a YAML parser.

What Obsidian itself writes is a small part of YAML: a key to a line, and for its value a word or
sentence, a quoted text, a list in brackets, or a list of one item to a line. Such a block is read
here ten times faster than libyaml's events can be taken; any other is left to it. The tests hold
this reading to libyaml's, value for value and place for place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ds2026kg.findings import Span
from ds2026kg.vault.values import Property, Scalar, Sequence, Value

# What YAML 1.1 takes as a line break or does not print (§5.1, §5.4), and tabs.
_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_FIRST = rf"[^ \-?:,\[\]{{}}#&*!|>'\"%@`{_CONTROL}]"
_PLAIN = rf"{_FIRST}(?:[^:#{_CONTROL}]|:(?=[^ {_CONTROL}])|(?<![ ])[#])*"
_IN_FLOW = rf"{_FIRST}[^:#,\[\]{{}}{_CONTROL}]*"
_QUOTED = rf"\"[^\"\\{_CONTROL}]*\"|'[^'{_CONTROL}]*'"
_ITEM = rf"(?:{_QUOTED}|{_IN_FLOW})"
_LINE = re.compile(
    rf"""(?:
    (?P<key>[^\W\d][\w-]{{0,63}}):(?:\ +(?:
        (?P<plain>{_PLAIN})
      | (?P<quoted>{_QUOTED})\ *
      | (?P<link>\[\[{_IN_FLOW}\]\])\ *
      | (?P<flow>\[\ *(?:{_ITEM}\ *(?:,\ *{_ITEM}\ *)*)?\])\ *
    )|\ *)
    | (?P<dash>\ *-)\ +(?: (?P<item>{_PLAIN}) | (?P<quoted_item>{_QUOTED})\ * )
    | \ *
    )(?:\r\n|\n|\r|\Z)""",
    re.VERBOSE,
)
_FLOW_ITEM = re.compile(_ITEM)

_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost

SpanOf = Callable[[int, int], Span]


def read_common(block: str, span: SpanOf) -> tuple[Property, ...] | None:
    """The properties of `block`, or None where they are not of the common kinds.

    `span` gives the span between two character offsets of the block.

    >>> def span(start, end): return Span("a.md", start, end, 1, start + 1, 1, end + 1)
    >>> [entry.key for entry in read_common("up: '[[X]]'\\ntags:\\n  - a\\n", span)]
    ['up', 'tags']
    >>> read_common("a: |\\n  folded", span) is None
    True
    """
    reading = _Reading(block, span)
    position = 0
    while position < len(block):
        found = _LINE.match(block, position)
        if found is None or not reading.take(found):
            return None
        position = found.end()
    reading.close_list()
    return tuple(reading.entries.values())


class _Reading:
    """The state of one pass over a block's lines."""

    def __init__(self, block: str, span: SpanOf) -> None:
        self.entries: dict[str, Property] = {}
        self._block = block
        self._span = span
        self._key = ""  # the key whose value may still be a list of the lines that follow
        self._items: list[Scalar] = []
        self._dash = (0, 0)  # the indentation of that list, and where its first dash stands

    def take(self, found: re.Match[str]) -> bool:
        """Take one line; False where it does not fit what was before it."""
        kind = found.lastgroup
        if kind is None:  # a blank line
            return True
        if kind in ("item", "quoted_item"):
            return self._take_item(found, kind)
        self.close_list()
        name = found["key"]
        start, end = found.span("key")
        span = self._span
        value: Value
        if kind == "key":
            self._key, value = name, Scalar("", span(end + 1, end + 1), True)
        else:
            self._key, value = "", _value(self._block, kind, *found.span(kind), span)
        known = len(self.entries)
        self.entries[name] = _new(Property, (name, value, span(start, end)))
        return len(self.entries) > known

    def _take_item(self, found: re.Match[str], kind: str) -> bool:
        start, end = found.span("dash")
        if not self._items:
            self._dash = (end - start, end - 1)
        if not self._key or end - start != self._dash[0]:
            return False
        self._items.append(_scalar(self._block, *found.span(kind), self._span))
        return True

    def close_list(self) -> None:
        """Give the items read so far to their key."""
        if self._items:
            dash = self._span(self._dash[1], self._dash[1])
            value = Sequence(tuple(self._items), dash.to(self._items[-1].span))
            self.entries[self._key] = self.entries[self._key]._replace(value=value)
            self._items = []


def _value(block: str, kind: str, start: int, end: int, span: SpanOf) -> Value:
    if kind == "flow":
        items = [
            _scalar(block, *found.span(), span)
            for found in _FLOW_ITEM.finditer(block, start + 1, end - 1)
        ]
        return Sequence(tuple(items), span(start, end))
    if kind == "link":
        return Scalar(block[start:end], span(start, end), True)
    return _scalar(block, start, end, span)


def _scalar(block: str, start: int, end: int, span: SpanOf) -> Scalar:
    if block[start] in "\"'":
        return Scalar(block[start + 1 : end - 1], span(start, end), False)
    text = block[start:end].rstrip(" ")
    return _new(Scalar, (text, span(start, start + len(text)), True, (), ""))
