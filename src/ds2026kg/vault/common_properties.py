"""The properties that nearly every note has, read without a YAML parser.

What Obsidian itself writes is a small part of YAML: a key to a line, and for its value a word or
sentence, a quoted text, a list in brackets, or a list of one item to a line. Such a block is read
here in a fraction of the time; any other is left to libyaml. The tests hold this reading to
libyaml's, value for value and place for place.
"""

from __future__ import annotations

import re

from ds2026kg.findings import Span
from ds2026kg.vault.columns import Gathering, packed
from ds2026kg.vault.values import Property, Scalar, Sequence, Value

# What YAML 1.1 takes as a line break or does not print (§5.1, §5.4), and tabs; beyond ASCII, in
# UTF-8, it begins with one of three bytes.
_CONTROL = bytes([*range(0x20), 0x7F])
_SUSPECT = b"\xc2\xe2\xef"
_UNPRINTED = re.compile("[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PRINTED = bytes(set(range(256)) - set(_CONTROL + _SUSPECT))

_KEY = re.compile(r"[^\W\d][\w-]*+")
_LONGEST_KEY = 64  # characters; YAML allows 1024 (§7.4.2)
_LONGEST = 1 << 16  # characters of a line
_KEYLESS = frozenset(("", " ", "-"))  # what a line without a key begins with
_INDICATORS = frozenset("-?:,[]{}#&*!|>%@`")  # what no plain scalar begins with (§5.3)
_IN_FLOW = r"[^ \-?:,\[\]{}#&*!|>'\"%@`][^:#,\[\]{}]*+"
_FLOW_ITEM = re.compile(rf" *+(\"[^\"]*+\"|'[^']*+'|{_IN_FLOW}) *+(?:,|\]\Z)")
_LINK = re.compile(rf"\[\[{_IN_FLOW}\]\]")

_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


def read_common(block: str, file: str, line: int, byte: int) -> tuple[Property, ...] | None:
    """The properties of `block`, or None where they are not of the common kinds.

    The block begins at the start of line `line` of `file`, at its byte `byte`.

    >>> read = read_common("up: '[[X]]'\\ntags:\\n  - a\\n", "a.md", 2, 4)
    >>> [(entry.key, str(entry.span)) for entry in read]
    [('up', 'a.md:2:1'), ('tags', 'a.md:3:1')]
    >>> read_common("a: |\\n  folded", "a.md", 2, 4) is None
    True
    """
    lines = _lines(block)
    if lines is None:
        return None
    entries: dict[str, Property] = {}
    listing: _Listing | None = None
    ascii_only = block.isascii()
    width = 2 if "\r\n" in block else 1  # of a line's end
    after = byte
    for line, source in enumerate(lines, line):
        byte = after
        after += (len(source) if ascii_only else len(source.encode())) + width
        if source[:1] in _KEYLESS:
            item = source.lstrip(" ")
            if item and (listing is None or not listing.take(source, item, line, byte)):
                return None
            continue
        if listing is not None:
            entries[listing.key] = listing.done()
            listing = None
        key, colon, rest = source.partition(":")
        if not colon or key in entries or not _is_key(key):
            return None
        column = len(key) + 1
        end = byte + (column - 1 if ascii_only else len(key.encode()))
        span = _new(Span, (file, byte, end, line, 1, line, column))
        text = rest.lstrip(" ")
        if text:
            lead = len(rest) - len(text) + 1
            value = _value(text.rstrip(" "), file, end + lead, line, column + lead)
            if value is None or lead == 1:
                return None
            entries[key] = _new(Property, (key, value, span))
        else:
            listing = _Listing(key, span)
    if listing is not None:
        entries[listing.key] = listing.done()
    return tuple(entries.values())


def _lines(block: str) -> list[str] | None:
    """The lines of a block, if all end alike, none is very long, and all in them is printed."""
    breaks = block.encode().translate(None, _PRINTED)
    if not breaks.isascii():
        if _UNPRINTED.search(block) is not None:
            return None
        breaks = breaks.translate(None, _SUSPECT)
    for end in ("\n", "\r\n", "\r"):
        if not breaks.replace(end.encode(), b""):
            lines = block.split(end)
            long = len(block) > _LONGEST and max(map(len, lines)) > _LONGEST
            return None if long else lines
    return None


def _is_key(text: str) -> bool:
    """Whether a text is a key of the common kind."""
    return len(text) <= _LONGEST_KEY and (text.isidentifier() or _KEY.fullmatch(text) is not None)


def _value(text: str, file: str, byte: int, line: int, column: int) -> Value | None:
    """The value that a text is, from its first character to its last, if it is a common one."""
    length, first = len(text), text[0]
    end = byte + (length if text.isascii() else len(text.encode()))
    span = _new(Span, (file, byte, end, line, column, line, column + length))
    if first in _INDICATORS:
        if first != "[":
            return None
        if _LINK.fullmatch(text) is None:
            return _flow(text, span)
    elif first in "\"'":
        inside = text[1:-1]
        if length < 2 or text[-1] != first or first in inside or (first == '"' and "\\" in inside):
            return None
        return _new(Scalar, (inside, span, False, (), ""))
    elif (":" in text and (": " in text or text[-1] == ":")) or ("#" in text and " #" in text):
        return None
    return _new(Scalar, (text, span, True, (), ""))


def _flow(text: str, span: Span) -> Sequence | None:
    """The list in brackets that a text is, whose place is given, if it is a common one."""
    file, byte, _, line, column, _, _ = span
    ascii_only = text.isascii()
    items: list[Value] = []
    position = 1
    for found in _FLOW_ITEM.finditer(text, 1):
        start, end = found.span(1)
        lead = start if ascii_only else len(text[:start].encode())
        item = _value(text[start:end].rstrip(" "), file, byte + lead, line, column + start)
        if item is None or found.start() != position:
            return None
        items.append(item)
        position = found.end()
    if position < len(text) and text != "[]":
        return None
    return _new(Sequence, (packed(items), span))


class _Listing:
    """A key whose value may be a list of the lines that follow, one item to a line."""

    __slots__ = ("_first", "_indent", "_items", "_span", "key")

    def __init__(self, key: str, span: Span) -> None:
        self.key = key
        self._span = span
        self._items: Gathering[Value] | None = None

    def take(self, source: str, item: str, line: int, byte: int) -> bool:
        """Take a line, without its indentation `item`; False where it is not of the list."""
        indent = len(source) - len(item)
        if self._items is None:
            self._indent, self._first = indent, (byte + indent, line, indent + 1)
            self._items = Gathering()
        text = item[1:].lstrip(" ")
        lead = len(source) - len(text)
        if indent != self._indent or item[:2] != "- " or not text or text[0] == "[":
            return False
        value = _value(text.rstrip(" "), self._span[0], byte + lead, line, lead + 1)
        if value is None:
            return False
        self._items.append(value)
        self._items.settle()
        return True

    def done(self) -> Property:
        """The key with its value: nothing, where no item followed."""
        file, _, end, line, _, _, column = self._span
        value: Value
        if self._items is None:
            place = _new(Span, (file, end + 1, end + 1, line, column + 1, line, column + 1))
            value = _new(Scalar, ("", place, True, (), ""))
        else:
            byte, line, column = self._first
            _, _, end, _, _, end_line, end_column = self._items[-1].span
            span = _new(Span, (file, byte, end, line, column, end_line, end_column))
            value = _new(Sequence, (self._items.done(), span))
        return _new(Property, (self.key, value, self._span))
