"""The edits that mend a note, for whoever finds a fault in it: each proved against its bytes.

A fault is found long after its note was read, and the note's text is not kept. So it is read again
here, and where it is no longer what was read, there are no edits.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ds2026kg.findings import Edit, Span
from ds2026kg.vault.link import Link
from ds2026kg.vault.places import Places
from ds2026kg.vault.properties import Properties, read_properties
from ds2026kg.vault.spelling import encoded, mended
from ds2026kg.vault.targets import split_destination
from ds2026kg.vault.values import Property, Scalar

_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(rb"(?P<quote>[\"'])(?P<text>.*)(?P=quote)", re.DOTALL)
_NOT_IN_QUOTES = re.compile(r"[\"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
Edits = tuple[Edit, ...]


class _Content(NamedTuple):
    """What a note holds after its byte order mark, and where its characters stand."""

    text: str
    data: bytes
    places: Places

    @classmethod
    def of(cls, path: str, file: bytes) -> _Content | None:
        origin = len(codecs.BOM_UTF8) if file.startswith(codecs.BOM_UTF8) else 0
        data = file[origin:]
        try:
            return cls(data.decode(), data, Places(path, data, origin))
        except UnicodeDecodeError:
            return None

    def edit(self, start: int, end: int, text: str) -> Edit:
        """The characters from `start` to `end` give way to `text`."""
        first = len(self.text[:start].encode())
        last = first + len(self.text[start:end].encode())
        return Edit(self.places.span(first, last), text)

    def source(self, span: Span) -> bytes:
        """The bytes of a span."""
        return self.data[span.start - self.places.origin : span.end - self.places.origin]


class Mending:
    """Proposes edits of the notes that `read` gives: their bytes, or None if they have changed."""

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._last = lru_cache(maxsize=1)(self._content)

    def words(self, span: Span, written: str, text: str) -> Edits:
        """`text` for `written`, which stands at `span` to the letter, or there in quotes."""
        content = self._last(span.file)
        if content is None or _NOT_IN_QUOTES.search(text):
            return ()
        source = content.source(span)
        quoted = _QUOTED.fullmatch(source)
        if source == written.encode():
            start = span.start
        elif quoted is not None and quoted["text"] == written.encode() and "'" not in text:
            start = span.start + 1
        else:
            return ()
        first = start - content.places.origin
        return (Edit(content.places.span(first, first + len(written.encode())), text),)

    def link(self, link: Link, path: str) -> Edits:
        """The destination of `link`, which leads to the file at `path`, as it ought to be written."""
        content = self._last(link.span.file)
        if content is None:
            return ()
        source = content.source(link.span).decode(errors="replace")
        found = mended(link, source, path)
        if found is None:
            return ()
        before = link.span.start - content.places.origin
        first = before + len(source[: found.start].encode())
        last = before + len(source[: found.end].encode())
        return (Edit(content.places.span(first, last), found.text),)

    def lookalike(self, link: Link) -> Edits:
        """What looks like a Markdown link made one: the blanks and brackets in it are encoded."""
        path, mark, fragment = link.label.partition("#")
        blanks = str.maketrans({each: encoded(each) for each in " ()<>"})
        text = path.strip().translate(blanks) + mark + fragment.strip().translate(blanks)
        if split_destination(text) != (link.target, link.fragment, False):
            return ()
        return self.words(link.span, link.label, text)

    def property(self, path: str, key: str, value: str) -> Edits:
        """A property `key: "value"` for a note that has none of that name, after all its others.

        A key that has no value yet is given it; a note without properties gets a block of them.
        """
        content = self._last(path)
        if content is None or _NOT_IN_QUOTES.search(value):
            return ()
        read = read_properties(content.text, content.places)
        if read.findings or read.withheld:
            return ()
        edit = _added(content, read, key, f'"{value}"')
        if edit is None:
            return ()
        known = [_plain(entry) for entry in read.entries if entry.key != key]
        after = _edited(content, edit)
        again = read_properties(after.text, after.places)
        told = [_plain(entry) for entry in again.entries]
        same_body = after.data[again.body :] == content.data[read.body :]
        if sorted(told) != sorted([*known, (key, (value,))]) or not same_body or again.findings:
            return ()
        return (edit,)

    def _content(self, path: str) -> _Content | None:
        file = self._read(path)
        return _Content.of(path, file) if file is not None else None


def _added(content: _Content, read: Properties, key: str, value: str) -> Edit | None:
    """The edit that adds a property, if there is a plain place for it."""
    text = content.text
    ending = _LINE_END.search(text)
    end = ending[0] if ending else "\n"
    if not read.body:
        return content.edit(0, 0, f"---{end}{key}: {value}{end}---{end}")
    given = next((entry for entry in read.entries if entry.key == key), None)
    if given is not None:
        return _filled_in(content, given, value)
    # The closing fence is the last line before the body.
    fence = text.rindex("---", 0, read.body_character)
    indent = " " * (read.entries[0].span.column - 1) if read.entries else ""
    return content.edit(fence, fence, f"{indent}{key}: {value}{end}")


def _filled_in(content: _Content, given: Property, value: str) -> Edit | None:
    """The edit that gives an empty property its value."""
    if not isinstance(given.value, Scalar) or not given.value.is_null:
        return None
    origin = content.places.origin
    start, end = given.value.span.start - origin, given.value.span.end - origin
    if start == end:
        start = end = content.data.index(b":", given.span.end - origin) + 1
        value = " " + value
    return Edit(content.places.span(start, end), value)


def _edited(content: _Content, edit: Edit) -> _Content:
    """The content with the edit made."""
    origin = content.places.origin
    start, end = edit.span.start - origin, edit.span.end - origin
    data = content.data[:start] + edit.text.encode() + content.data[end:]
    return _Content(data.decode(), data, Places(edit.span.file, data, origin))


def _plain(entry: Property) -> tuple[str, tuple[str, ...]]:
    return entry.key, tuple(scalar.text for scalar in entry.scalars())
