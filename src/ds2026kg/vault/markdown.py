"""One note's bytes into a `Note`: one pass over the events of a CommonMark parser.

pyromark (pulldown-cmark) gives the events with byte ranges and knows wikilinks. What CommonMark
does not know is added here, on the events and never on the whole text: `%%comments%%`, inline
fields, tags.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

import pyromark
from pyromark import Options

from ds2026kg.findings import Finding, Span
from ds2026kg.vault import rules
from ds2026kg.vault.links import split_destination, split_wikilink
from ds2026kg.vault.note import (
    Heading,
    InlineField,
    Line,
    Link,
    Mapping,
    Mark,
    Note,
    Property,
    Prose,
    Scalar,
    Sequence,
    Value,
)
from ds2026kg.vault.places import Places
from ds2026kg.vault.properties import read_properties

OPTIONS = (
    Options.ENABLE_WIKILINKS
    | Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_MATH
    | Options.ENABLE_STRIKETHROUGH
)
_FIELD_KEY = re.compile(r"[^\W\d_][\w \-]{0,63}")
_TAG = re.compile(r"(?:^|(?<=\s))#([\w/-]*[^\W\d][\w/-]*)")
_NESTING = frozenset({"List", "Item", "BlockQuote", "Table", "FootnoteDefinition"})


def read_note(path: str, data: bytes) -> Note:
    """The note that `data` holds; `path` is its path in the vault, with forward slashes.

    Whatever the bytes, a `Note` comes back: what cannot be read is among its findings.

    >>> read_note("x.md", b"\\xff").findings[0].rule.code
    'note-encoding'
    """
    origin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    body = data[origin:] if origin else data
    places = Places(path, body, origin)
    try:
        text = body.decode()
        fault = body.find(0)
    except UnicodeDecodeError as error:
        fault = error.start
        text = ""
    if fault >= 0:
        values = {"byte": f"{body[fault]:02x}", "offset": fault + origin}
        found = Finding(rules.NOTE_ENCODING, places.span(fault, fault + 1), values)
        return Note(path, (), (), (), (found,))
    properties = read_properties(text, places)
    start = properties.body
    markdown = text[len(body[:start].decode()) :] if start else text
    reading = _Reading(places, body, start)
    reading.read(markdown)
    entries = tuple(_with_links(entry, body, places) for entry in properties.entries)
    tags = (*_property_tags(entries), *reading.tags)
    parts = tuple(reading.parts)
    return Note(path, entries, parts, tags, properties.findings, properties.withheld)


class _Reading:
    """The state of one pass over the events of one note."""

    def __init__(self, places: Places, data: bytes, start: int) -> None:
        self.places = places
        self.data = data
        self.start = start
        self.parts: list[Heading | Line] = []
        self.tags: list[str] = []
        self.paragraph = 0
        self.depth = 0
        self.heading: tuple[int, int, int] | None = None  # level, start, end
        self.in_code = False
        self.in_comment = False
        self.open_links: list[tuple[dict[str, Any], bool, int, int, int, int, bool]] = []
        self.texts: list[str] = []
        self.marks: list[Mark] = []
        self.links: list[Link] = []
        self.length = 0

    def read(self, markdown: str) -> None:
        """Take every event in turn."""
        for event, where in pyromark.events_with_range(markdown, options=OPTIONS):
            start = where["start"] + self.start
            end = where["end"] + self.start
            if isinstance(event, str):
                self._break(event)
                continue
            kind, payload = _named(event)
            if kind == "Text":
                self._text(payload, start)
            elif kind == "Start":
                self._open(payload, start, end)
            elif kind == "End":
                self._close(payload)
            elif kind in ("Code", "InlineMath"):
                self._verbatim(payload, start, end)
        self._flush()

    def _break(self, event: str) -> None:
        if self.heading is not None or self.open_links:
            self._append(" ", None)
        elif event in ("SoftBreak", "HardBreak"):
            self._flush()

    def _open(self, tag: Any, start: int, end: int) -> None:
        name, payload = _named(tag)
        if name in ("Link", "Image"):
            embed = name == "Image"
            place = (start, end, self.length, len(self.texts))
            self.open_links.append((payload, embed, *place, self.in_comment))
        elif name == "Heading":
            self._flush()
            self.heading = (int(payload["level"][1]), start, end)
        elif name == "CodeBlock":
            self._flush()
            self.in_code = True
        elif name in _NESTING:
            self._flush()
            self.paragraph += 1
            self.depth += 1
        elif name in ("Paragraph", "TableCell", "TableHead", "TableRow", "HtmlBlock"):
            self._flush()
            self.paragraph += 1

    def _close(self, tag: Any) -> None:
        name, _ = _named(tag)
        if name in ("Link", "Image"):
            self._close_link()
        elif name == "Heading":
            self._close_heading()
        elif name == "CodeBlock":
            self.in_code = False
        elif name in _NESTING:
            self._flush()
            self.depth -= 1
        elif name in ("Paragraph", "TableCell", "TableHead", "TableRow"):
            self._flush()

    def _text(self, text: str, start: int) -> None:
        if self.in_code:
            return
        if "%%" not in text:
            if not self.in_comment:
                self._append(text, start)
            return
        offset = start
        for index, run in enumerate(text.split("%%")):
            if index:
                self.in_comment = not self.in_comment
                offset += 2
            if run and not self.in_comment:
                self._append(run, offset)
            offset += len(run.encode())

    def _verbatim(self, text: str, start: int, end: int) -> None:
        """Code or mathematics inside a line: read as text, but it holds no link, tag or comment."""
        if not self.in_comment:
            margin = (end - start - len(text.encode())) // 2
            self._append(text, start + max(margin, 0), plain=False)

    def _append(self, text: str, start: int | None, *, plain: bool = True) -> None:
        if start is not None:
            self.marks.append(self.places.mark(start, self.length))
            if plain and "#" in text and not self.open_links:
                self.tags.extend(_TAG.findall(text))
        self.texts.append(text)
        self.length += len(text)

    def _close_link(self) -> None:
        payload, embed, start, end, offset, index, hidden = self.open_links.pop()
        label = "".join(self.texts[index:])
        if embed:
            self._cut(offset, index)
        if hidden:
            return
        link = _link(payload, label, embed, self.places.span(start, end), offset)
        self.links.append(link)

    def _cut(self, offset: int, index: int) -> None:
        """Take back the text from `offset` on: what an embed is called is not running text."""
        del self.texts[index:]
        while self.marks and self.marks[-1].offset >= offset:
            self.marks.pop()
        self.length = offset

    def _take(self) -> tuple[Prose, tuple[Link, ...]]:
        prose = Prose("".join(self.texts), tuple(self.marks), self.places.file)
        links = tuple(self.links)
        self.texts, self.marks, self.links, self.length = [], [], [], 0
        return prose, links

    def _close_heading(self) -> None:
        prose, links = self._take()
        if self.heading is None:
            return
        level, start, end = self.heading
        self.heading = None
        end = start + len(self.data[start:end].rstrip())
        self.parts.append(Heading(level, prose.strip(), links, self.places.span(start, end)))

    def _flush(self) -> None:
        """End the current line."""
        if self.heading is not None or not (self.texts or self.links):
            return
        prose, links = self._take()
        if not prose.text.strip() and not links:
            return
        field = _field(prose, links)
        self.parts.append(Line(prose, links, self.paragraph, self.depth > 0, field))


def _named(tag: Any) -> tuple[str, Any]:
    if isinstance(tag, str):
        return tag, None
    ((name, payload),) = tag.items()
    return name, payload


def _link(payload: dict[str, Any], label: str, embed: bool, span: Span, offset: int) -> Link:
    kind = payload["link_type"]
    destination = payload["dest_url"]
    if isinstance(kind, dict):
        target, fragment = split_wikilink(destination)
        return Link(target, fragment, label, embed, False, span, offset)
    if kind in ("Autolink", "Email"):
        return Link(destination, None, label, embed, True, span, offset)
    target, fragment, external = split_destination(destination)
    return Link(target, fragment, label, embed, external, span, offset)


def _field(prose: Prose, links: tuple[Link, ...]) -> InlineField | None:
    key, mark, _ = prose.text.partition("::")
    name = key.strip()
    if not mark or not _FIELD_KEY.fullmatch(name):
        return None
    start = len(key) + len(mark)
    value = prose.slice(start, len(prose.text)).strip()
    lead = len(key) - len(key.lstrip())
    return InlineField(name, value, links, prose.span(lead, lead + len(name)))


def _property_tags(entries: tuple[Property, ...]) -> list[str]:
    found: list[str] = []
    for entry in entries:
        if entry.key.casefold() in ("tags", "tag"):
            for scalar in entry.scalars():
                found.extend(word.lstrip("#") for word in re.split(r"[\s,]+", scalar.text) if word)
    return found


def _with_links(entry: Property, data: bytes, places: Places) -> Property:
    """The property with the links in its scalars read out of their text."""
    if not any("[" in scalar.text for scalar in entry.scalars()):
        return entry
    return Property(entry.key, _linked(entry.value, data, places), entry.span)


def _linked(value: Value, data: bytes, places: Places) -> Value:
    if isinstance(value, Sequence):
        items = tuple(_linked(item, data, places) for item in value.items)
        return Sequence(items, value.span)
    if isinstance(value, Mapping):
        entries = tuple(_with_links(entry, data, places) for entry in value.items)
        return Mapping(entries, value.span)
    if "[" not in value.text:
        return value
    source = value.text.encode()
    start = value.span.start - places.origin
    # A quoted scalar is traced inside its quotes where it stands there to the letter.
    inner = data.find(source, start, value.span.end - places.origin)
    links = []
    shown = []
    done = 0
    label: list[str] | None = None
    for event, where in pyromark.events_with_range(value.text, options=OPTIONS):
        kind, payload = _named(event)
        name, payload = _named(payload) if kind in ("Start", "End") else (kind, payload)
        if name in ("Link", "Image") and kind == "Start":
            first, last = where["start"], where["end"]
            span = places.span(inner + first, inner + last) if inner >= 0 else value.span
            links.append(_link(payload, payload["dest_url"], name == "Image", span, 0))
            if first >= done:
                shown.append(source[done:first].decode())
                done, label = last, []
        elif name == "Text" and label is not None and where["end"] <= done:
            label.append(payload)
        elif name in ("Link", "Image") and where["end"] == done:
            shown.extend(label or ())
            label = None
    text = "".join((*shown, source[done:].decode()))
    return Scalar(value.text, value.span, value.plain, tuple(links), text)
