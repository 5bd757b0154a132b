"""Spans: whatever the note, each part of it says exactly where it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings

from ds2026kg.findings import Span
from ds2026kg.vault import (
    Block,
    Heading,
    InlineField,
    Line,
    Link,
    Mapping,
    Note,
    Prose,
    Scalar,
    Sequence,
    Value,
    read_note,
)

from .markdown_strategies import any_bytes, damaged, notes

BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile("\r\n|\r|\n")
# Lines that go on in a list or a quote, where what stands before them is none of theirs.
_SET_IN = re.compile(r"[\r\n][ \t>]")
# Code keeps what stands before its lines, and in a table loses the backslash before a bar.
_VERBATIM = re.compile(r"[`$].*(?:[\r\n]|\\\|)|(?:[\r\n]|\\\|).*[`$]", re.DOTALL)
_YAML_BREAK = re.compile("[\r\n\x85\u2028\u2029]")  # of YAML 1.1 (§4.1.4)
_MARKUP = re.compile(r"[*_`~\\&<>\[\]$%\r\n]")


class Wrong(NamedTuple):
    """A part whose span is not its source: what it is, its source, what was found, what belongs."""

    part: str
    source: str
    found: object
    expected: object


class _Checked:
    """The note that `data` holds, and what is wrong with the spans of its parts."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.note = read_note("n.md", data)
        self._places = _places(data)

    def source(self, span: Span) -> str:
        """What stands there, each byte that is no whole character a backslash escape."""
        return self.data[span.start : span.end].decode(errors="backslashreplace")

    def wrong(self) -> Iterator[Wrong]:
        """Every part whose span is not its source."""
        for name, span in _spans(self.note):
            yield from self._place(name, span)
        for link in self.note.links:
            yield from self._link(link)
        for part in self.note.body:
            if isinstance(part, Heading):
                yield from self._heading(part)
            yield from self._prose(part.prose)
            if isinstance(part, Line):
                for field in part.fields:
                    yield from self._field(field)
        yield from self._tags_and_references()
        for block in self.note.blocks:
            yield from self._block(block)
        for entry in self.note.properties:
            yield from self._key(entry.key, entry.span)
            yield from self._value(entry.value)

    def _place(self, name: str, span: Span) -> Iterator[Wrong]:
        """Line and column, counted anew from the bytes."""
        found = (span.line, span.column), (span.end_line, span.end_column)
        expected = self._places.get(span.start), self._places.get(span.end)
        if found != expected or span.start > span.end or span.file != "n.md":
            yield Wrong(f"place of {name}", self.source(span), span, expected)

    def _link(self, link: Link) -> Iterator[Wrong]:
        """A link's source has the marks of its form and, read alone, gives the same link."""
        source = self.source(link.span)
        whole = [
            scalar.span
            for entry in self.note.properties
            for scalar in entry.scalars()
            if link in scalar.links
        ]
        if link.span in whole and not source.startswith(("[", "![", "<")):
            return  # of a scalar with escapes, or on several lines
        if not _FORMS[link.form].fullmatch(source) or link.embed != source.startswith("!"):
            yield Wrong("form of link", source, link, _FORMS[link.form].pattern)
        if "%%" in source or _SET_IN.search(source) or _VERBATIM.search(source):
            return
        if self._refers(link.span):
            return
        alone = read_note("n.md", source.encode())
        again = [found for found in alone.links if found.span.start == 0]
        if [_meaning(found) for found in again[-1:]] != [_meaning(link)]:
            yield Wrong("link", source, again[-1:], link)

    def _heading(self, heading: Heading) -> Iterator[Wrong]:
        """A heading's source, read alone, gives the same heading."""
        source = self.source(heading.span)
        if source != source.strip(" \t\r\n") or not source:
            yield Wrong("ends of heading", source, heading, source.strip())
        if "%%" in source or _SET_IN.search(source) or self._refers(heading.span):
            return
        if source.startswith("\ufeff"):  # read alone, it would be the mark of the file
            return
        alone = read_note("n.md", source.encode())
        found = [(part.level, part.prose.text) for part in alone.headings]
        if found != [(heading.level, heading.prose.text)]:
            yield Wrong("heading", source, found, heading)

    def _refers(self, span: Span) -> bool:
        """Whether something in there depends on a definition elsewhere."""
        referring = [
            link.span
            for link in self.note.links
            if link.form != "wikilink" and self.source(link.span).endswith("]")
        ]
        referring += [reference.span for reference in self.note.references]
        return any(span.start <= other.start < span.end for other in referring)

    def _prose(self, prose: Prose) -> Iterator[Wrong]:
        """Each character is at its place, or belongs to one such as `&amp;`; a blank may be none."""
        for index, character in enumerate(prose.text):
            source = self.source(prose.span(index, index + 1))
            if character != source and not character.isspace():
                unit = html.unescape(source)
                if character not in unit or not source.startswith("&"):
                    yield Wrong("character", source, character, prose)

    def _field(self, field: InlineField) -> Iterator[Wrong]:
        """The source of a field's key is the key, where it has no markup."""
        yield from self._prose(field.value)
        source = self.source(field.span)
        if source != field.key and not _MARKUP.search(source):
            yield Wrong("field", source, field.key, source)

    def _tags_and_references(self) -> Iterator[Wrong]:
        scalars = [s.span for entry in self.note.properties for s in entry.scalars()]
        body = max((span.end for span in scalars), default=0)
        for tag in self.note.tags:
            source = self.source(tag.span)
            expected = "#" + tag.name if tag.span.start >= body else tag.name
            if source != expected and tag.span not in scalars:
                yield Wrong("tag", source, tag, expected)
        for reference in self.note.references:
            source = self.source(reference.span)
            if source != f"[^{reference.label}]":
                yield Wrong("reference", source, reference, f"[^{reference.label}]")

    def _block(self, block: Block) -> Iterator[Wrong]:
        """A block's source is no more than the block and, read alone, gives the same block."""
        source = self.source(block.span)
        if not source or source[0] in "\r\n" or source[-1] in "\r\n":
            yield Wrong("ends of block", source, block, source.strip())
        if block.span.column != 1 or block.kind == "paragraph" or source[0] == "\ufeff":
            return
        if "%%" in source:
            return
        again = [
            (found.kind, found.detail)
            for found in read_note("n.md", source.encode()).blocks
            if (found.span.start, found.span.end) == (0, block.span.end - block.span.start)
        ]
        if (block.kind, block.detail) not in again:
            yield Wrong("block", source, again, block)

    def _key(self, key: str, span: Span) -> Iterator[Wrong]:
        source = self.source(span)
        if _unquoted(source) not in (key, None):
            yield Wrong("key", source, key, _unquoted(source))

    def _value(self, value: Value) -> Iterator[Wrong]:
        """A value's source is a scalar as written, or begins and ends with its first and last item."""
        source = self.source(value.span)
        if isinstance(value, Scalar):
            if _unquoted(source) not in (value.text, None):
                yield Wrong("scalar", source, value, _unquoted(source))
            return
        for item in value.items:
            if isinstance(item, Scalar | Sequence | Mapping):
                yield from self._value(item)
            else:
                yield from self._key(item.key, item.span)
                yield from self._value(item.value)
        marks = "[]" if isinstance(value, Sequence) else "{}"
        if source[:1] + source[-1:] != marks:
            last = value.items[-1]
            end = (
                last.span.end
                if isinstance(last, Scalar | Sequence | Mapping)
                else last.value.span.end
            )
            if source[:1] in marks or end != value.span.end:
                yield Wrong("list", source, value, end)


_FORMS = {
    "wikilink": re.compile(r"!?\[\[.*\]\]", re.DOTALL),
    "markdown": re.compile(r"!?\[.*\]\(.*\)", re.DOTALL),
    "reference": re.compile(r"!?\[.*\]", re.DOTALL),
    "autolink": re.compile(r"<[^<>\s]*>|[^<>\s]+"),
    "obsidian": re.compile(
        r"<obsidian:[^<>\s]*>|obsidian:\S+|!?\[.*(?:\]\(.*\)|\])", re.DOTALL | re.IGNORECASE
    ),
}


def _meaning(link: Link) -> tuple[object, ...]:
    """The link without its place."""
    return tuple(link._replace(span=Span.of_file(""), offset=0))


def _unquoted(source: str) -> str | None:
    """What a scalar of that source says, or None where that takes a YAML parser to tell."""
    if _YAML_BREAK.search(source) or source[:1] in ("|", ">"):
        return None
    if source[:1] == '"':
        return None if "\\" in source else source[1:-1]
    if source[:1] == "'":
        return source[1:-1].replace("''", "'")
    return source


def _places(data: bytes) -> dict[int, tuple[int, int]]:
    """Line and column of each byte offset where a character begins, or that which ends the text.

    In what is not UTF-8, only up to the byte at fault and the one after it.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data[: error.start].decode()
    found = {}
    offset, line, column = 0, 1, 1
    for character, following in pairwise([*text, ""]):
        found[offset] = (line, column)
        offset += len(character.encode())
        if character == "\n" or (character == "\r" and following != "\n"):
            line, column = line + 1, 1
        elif (character, offset) != ("\ufeff", len(BOM)):  # the mark has no width
            column += 1
    found[offset] = (line, column)
    if offset < len(data):
        found[offset + 1] = (line, column + 1)  # as wide as the U+FFFD that editors show for it
    return found


def _spans(note: Note) -> Iterator[tuple[str, Span]]:
    """Every span of the note, by the name of what it belongs to."""
    for entry in note.properties:
        yield "key", entry.span
        yield from (("value", span) for span in _value_spans(entry.value))
    yield from (("link", link.span) for link in note.links)
    yield from (("tag", tag.span) for tag in note.tags)
    yield from (("block", block.span) for block in note.blocks)
    yield from (("reference", reference.span) for reference in note.references)
    for part in note.body:
        yield "text", part.prose.span()
        if isinstance(part, Heading):
            yield "heading", part.span
        else:
            for field in part.fields:
                yield "field", field.span
                yield "field value", field.value.span()
    yield from (("finding", found.span) for found in note.findings if found.span)


def _value_spans(value: Value) -> Iterator[Span]:
    yield value.span
    if isinstance(value, Sequence):
        for item in value.items:
            yield from _value_spans(item)
    elif isinstance(value, Mapping):
        for entry in value.items:
            yield entry.span
            yield from _value_spans(entry.value)


# The same notes each time: the search for new ones is the fuzzer's (tests/fuzz).
_SLOW = settings(
    max_examples=400,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    deadline=None,
)


@_SLOW
@given(notes())
def test_the_span_of_each_part_is_its_source(text: str) -> None:
    """In whole notes, every part stands where it says, and its source read alone gives it back."""
    assert list(_Checked(text.encode()).wrong()) == []


@_SLOW
@given(damaged(notes()))
def test_the_span_of_each_part_of_a_damaged_note_is_its_source(data: bytes) -> None:
    """The same holds of notes in which bytes were lost, changed or put in."""
    assert list(_Checked(data).wrong()) == []


@_SLOW
@given(any_bytes())
def test_the_span_of_each_part_of_any_bytes_is_its_source(data: bytes) -> None:
    """The same holds of whatever bytes are read as a note."""
    assert list(_Checked(data).wrong()) == []
