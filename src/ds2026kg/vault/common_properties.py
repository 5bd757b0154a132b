"""The properties that nearly every note has, read without a YAML parser.

What Obsidian itself writes is a small part of YAML: a key to a line, and for its value a word or
sentence, a quoted text, a list in brackets, or a list of one item to a line. Such a block is read
here in a fraction of the time; any other is left to libyaml. The tests hold this reading to
libyaml's, value for value and place for place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
_LINE_ENDS = (("\n", b"\n"), ("\r\n", b"\r\n"), ("\r", b"\r"))
_BLANK_OR_DASH = frozenset(" -")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")  # what no plain scalar begins with (§5.3)
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
    entry: Property | None = None
    listing: _Listing | None = None
    ascii_only = block.isascii()
    width = 2 if "\r\n" in block else 1  # of a line's end
    for number, source in enumerate(lines, line):
        begin = byte
        byte += (len(source) if ascii_only else len(source.encode())) + width
        if not source or source[0] in _BLANK_OR_DASH:
            if source.strip(" "):
                listing = listing or (_Listing(entry) if entry else None)
                if listing is None or not listing.take(source, number, begin):
                    return None
            continue
        if listing is not None:
            entries[listing.key] = listing.done()
            listing = None
        entry = _property(source, file, begin, number)
        if entry is None or entry[0] in entries:
            return None
        entries[entry[0]] = entry
    if listing is not None:
        entries[listing.key] = listing.done()
    return tuple(entries.values())


def _lines(block: str) -> Iterable[str] | None:
    """The lines of a block, if all end alike, none is very long, and all in them is printed."""
    breaks = block.encode().translate(None, _PRINTED)
    if not breaks.isascii():
        if _UNPRINTED.search(block) is not None:
            return None
        breaks = breaks.translate(None, _SUSPECT)
    for end, ends in _LINE_ENDS:
        # A CR and an LF that are left next to one another may have words between them.
        if not breaks.replace(ends, b"") and block.count(end) * len(end) == len(breaks):
            if len(block) <= _LONGEST:
                return block.split(end)
            too_long = max(map(len, _one_by_one(block, end))) > _LONGEST
            return None if too_long else _one_by_one(block, end)
    return None


def _one_by_one(block: str, end: str) -> Iterator[str]:
    """The same lines, not all of them held at once."""
    start = 0
    while (stop := block.find(end, start)) >= 0:
        yield block[start:stop]
        start = stop + len(end)
    yield block[start:]


def _property(source: str, file: str, byte: int, line: int) -> Property | None:
    """The key of a line and the value behind it, if they are common ones."""
    key, colon, text = source.partition(": ")
    if not colon:
        if source[-1] != ":":
            return None
        key = source[:-1]
    length = len(key)
    if length > _LONGEST_KEY or not (key.isidentifier() or _KEY.fullmatch(key)):
        return None
    end = byte + (length if key.isascii() else len(key.encode()))
    span = _new(Span, (file, byte, end, line, 1, line, length + 1))
    bare = text.strip(" ")
    value: Value | None
    if bare:
        lead = 2 if bare is text else 2 + len(text) - len(text.lstrip(" "))
        value = _value(bare, file, end + lead, line, length + lead + 1)
        if value is None:
            return None
    else:
        place = _new(Span, (file, end + 1, end + 1, line, length + 2, line, length + 2))
        value = _new(Scalar, ("", place, True, (), ""))
    return _new(Property, (key, value, span))


def _value(text: str, file: str, byte: int, line: int, column: int) -> Value | None:
    """The value that a text is, from its first character to its last, if it is a common one."""
    length, first = len(text), text[0]
    end = byte + (length if text.isascii() else len(text.encode()))
    span = _new(Span, (file, byte, end, line, column, line, column + length))
    if first not in _INDICATORS:
        if (":" in text and (": " in text or text[-1] == ":")) or ("#" in text and " #" in text):
            return None
    elif first in "\"'":
        inside = text[1:-1]
        if first in inside or length < 2 or text[-1] != first or (first == '"' and "\\" in inside):
            return None
        return _new(Scalar, (inside, span, False, (), ""))
    elif not text.startswith("[["):
        return _flow(text, span) if first == "[" else None
    elif _LINK.fullmatch(text) is None:
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
    if text != "[]" and (position < len(text) or text[-1] != "]"):
        return None
    return _new(Sequence, (packed(items), span))


class _Listing:
    """A property whose value is a list of the lines that follow, one item to a line."""

    __slots__ = ("_entry", "_first", "_indent", "_items", "key")

    def __init__(self, entry: Property) -> None:
        self.key = entry.key
        self._entry = entry
        self._items: Gathering[Value] = Gathering()

    def take(self, source: str, line: int, byte: int) -> bool:
        """Take a line; False where it is not of the list."""
        indent, _, text = source.partition("- ")
        lead = len(indent)
        if not self._items:
            place = self._entry.value.span
            if place.start < place.end or indent.strip(" "):  # it has a value already
                return False
            self._indent, self._first = indent, (byte + lead, line, lead + 1)
        bare = text.strip(" ")
        if indent != self._indent or not bare or bare[0] == "[":
            return False
        lead += 2 if bare is text else 2 + len(text) - len(text.lstrip(" "))
        value = _value(bare, self._entry[2][0], byte + lead, line, lead + 1)
        if value is None:
            return False
        self._items.append(value)
        self._items.settle()
        return True

    def done(self) -> Property:
        """The property with its list."""
        byte, line, column = self._first
        file, _, end, _, _, end_line, end_column = self._items[-1].span
        span = _new(Span, (file, byte, end, line, column, end_line, end_column))
        key, _, place = self._entry
        return _new(Property, (key, _new(Sequence, (self._items.done(), span)), place))
