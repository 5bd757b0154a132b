"""The properties that nearly every note has, read without a YAML parser.

What Obsidian itself writes is a small part of YAML: a key to a line, and for its value a word or
sentence, a quoted text, a list in brackets, or a list of one item to a line. Such a block is read
here in less than half the time; any other is left to libyaml. The tests hold this reading to
libyaml's, value for value and place for place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ds2026kg.findings import Span
from ds2026kg.vault.columns import Gathering, packed
from ds2026kg.vault.values import Property, Scalar, Sequence, Value

# What YAML 1.1 takes as a line break or does not print (§5.1, §5.4), and tabs.
_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_FIRST = rf"[^ \-?:,\[\]{{}}#&*!|>'\"%@`{_CONTROL}]"
_WORDS = rf"[^:#{_CONTROL}]*"
_PLAIN = rf"{_FIRST}{_WORDS}(?:(?::(?=[^ {_CONTROL}])|(?<![ ])[#]){_WORDS})*"
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
_LONGEST = 1 << 16  # characters of a line; the expression takes 200 bytes of memory for each item

_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost


def read_common(
    block: str, file: str, line: int, byte: Callable[[int], int]
) -> tuple[Property, ...] | None:
    """The properties of `block`, or None where they are not of the common kinds.

    The block begins at the start of line `line` of `file`; `byte` gives the byte offset in the file
    of each character of it.

    >>> read = read_common("up: '[[X]]'\\ntags:\\n  - a\\n", "a.md", 2, lambda index: index + 4)
    >>> [(entry.key, str(entry.span)) for entry in read]
    [('up', 'a.md:2:1'), ('tags', 'a.md:3:1')]
    >>> read_common("a: |\\n  folded", "a.md", 2, lambda index: index + 4) is None
    True
    """
    if len(block) > _LONGEST and max(map(len, block.splitlines())) > _LONGEST:
        return None
    reading = _Reading(block, file, line, byte)
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

    def __init__(self, block: str, file: str, line: int, byte: Callable[[int], int]) -> None:
        self.entries: dict[str, Property] = {}
        self._block = block
        self._file = file
        self._line = line - 1  # the line that is read, and where it starts
        self._start = 0
        self._byte = byte
        self._shift = byte(0)  # from a character of this line to its byte in the file,
        self._plain = self._ascii = block.isascii()  # if the line is ASCII,
        self._beyond = 0  # and so many bytes more that it has than characters
        self._key = ""  # the key whose value may still be a list of the lines that follow
        self._items: Gathering[Scalar] = Gathering()
        self._indent = 0  # of that list
        self._dash = Span.of_file(file)  # where its first dash stands

    def take(self, found: re.Match[str]) -> bool:
        """Take one line; False where it does not fit what was before it."""
        self._line += 1
        start = self._start = found.start()
        if not self._ascii:
            self._shift += self._beyond  # of the line before
            text = found[0]
            self._beyond = len(text.encode()) - len(text)
            self._plain = not self._beyond
        kind = found.lastgroup
        if kind is None:  # a blank line
            return True
        if kind in ("item", "quoted_item"):
            return self._take_item(found, kind)
        if self._items:
            self.close_list()
        name, source = found.group("key", kind)
        if name in self.entries:
            return False
        self._key = name if kind == "key" else ""
        end = start + len(name)
        span = self._span(start, end)
        value: Value
        if kind in ("plain", "quoted"):
            value = self._scalar(source, found.start(kind))
        elif kind == "key":
            value = Scalar("", self._span(end + 1, end + 1), True)
        elif kind == "link":
            value = self._verbatim(source, found.start(kind))
        else:
            value = self._flow(source, found.start(kind))
        self.entries[name] = _new(Property, (name, value, span))
        return True

    def _take_item(self, found: re.Match[str], kind: str) -> bool:
        start, end = found.span("dash")
        if not self._items:
            self._indent = end - start
            self._dash = self._span(end - 1, end)
        if not self._key or end - start != self._indent:
            return False
        self._items.append(self._scalar(found[kind], found.start(kind)))
        self._items.settle()
        return True

    def close_list(self) -> None:
        """Give the items read so far to their key."""
        if self._items:
            span = self._dash.to(self._items[-1].span)
            value = _new(Sequence, (self._items.done(), span))
            entry = self.entries[self._key]
            self.entries[self._key] = _new(Property, (self._key, value, entry.span))
            self._items = Gathering()

    def _flow(self, source: str, start: int) -> Value:
        """A list in brackets."""
        items = _FLOW_ITEM.finditer(self._block, start + 1, start + len(source) - 1)
        scalars = packed(self._scalar(found[0], found.start()) for found in items)
        return _new(Sequence, (scalars, self._span(start, start + len(source))))

    def _scalar(self, source: str, start: int) -> Scalar:
        """A plain or quoted scalar; blanks behind a plain one are not of it."""
        if source[0] in "\"'":
            whole = self._span(start, start + len(source))
            return _new(Scalar, (source[1:-1], whole, False, (), ""))
        return self._verbatim(source.rstrip(" "), start)

    def _verbatim(self, text: str, start: int) -> Scalar:
        """A plain scalar of that text."""
        return _new(Scalar, (text, self._span(start, start + len(text)), True, (), ""))

    def _span(self, start: int, end: int) -> Span:
        line, column, shift = self._line, 1 - self._start, self._shift
        if self._plain:
            first, last = start + shift, end + shift
        else:
            first, last = self._byte(start), self._byte(end)
        place = (self._file, first, last, line, start + column, line, end + column)
        return _new(Span, place)
