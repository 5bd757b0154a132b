"""One note's bytes into a `Note`."""

from __future__ import annotations

import codecs
import gc
import re
from itertools import chain

from ds2026kg.findings import Finding
from ds2026kg.vault import rules
from ds2026kg.vault.body import OPTIONS
from ds2026kg.vault.columns import packed
from ds2026kg.vault.common_markdown import CommonMarkdown
from ds2026kg.vault.note import Note
from ds2026kg.vault.places import Places
from ds2026kg.vault.properties import read_properties
from ds2026kg.vault.property_links import PropertyLinks

_CR = re.compile(r"\r(?!\n)")

# With more, and thousands of lines after them, the parser's time grows with the square.
DEEPEST = 1000  # quotes, lists and items, one in the other on one line
_TOO_DEEP = re.compile(
    rb"^(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))){%d}" % (DEEPEST + 1), re.MULTILINE
)

__all__ = ["OPTIONS", "read_note"]


def read_note(path: str, data: bytes) -> Note:
    """The note that `data` holds; `path` is its path in the vault, with forward slashes.

    Whatever the bytes, a `Note` comes back: what cannot be read is among its findings.

    >>> read_note("x.md", b"\\xff").findings[0].rule.code
    'note-encoding'
    """
    with Undisturbed():
        return _note(path, data)


class Undisturbed:
    """Keeps Python's cyclic collector from running, as a context.

    It finds nothing in what is read, and looks at all of it again and again: in a note of a
    megabyte that takes half the time.
    """

    __slots__ = ("_collecting",)

    def __enter__(self) -> None:
        self._collecting = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._collecting:
            gc.enable()


def _has_long_line(content: bytes) -> bool:
    """Whether a line is long enough to open too many blocks."""
    start = 0
    while len(content) - start > DEEPEST:
        start = content.rfind(b"\n", start, start + DEEPEST + 1) + 1
        if not start:
            return True
    return False


def _note(path: str, data: bytes) -> Note:
    origin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    content = data[origin:] if origin else data
    places = Places(path, content, origin)
    try:
        text = content.decode()
        fault = content.find(0)
    except UnicodeDecodeError as error:
        fault = error.start
        text = ""
    if fault >= 0:
        values = {"byte": f"{content[fault]:02x}", "offset": fault + origin}
        span = places.span(fault, fault + 1)
        span = span._replace(end_column=span.column + 1)  # editors show one character for the byte
        return Note(path, findings=(Finding(rules.NOTE_ENCODING, span, values),))
    properties = read_properties(text, places)
    start = properties.body
    findings = properties.findings
    # pyromark does not know a CR alone everywhere; an LF takes as many bytes.
    markdown = _CR.sub("\n", text).encode() if "\r" in text else content
    common = CommonMarkdown(places, content, markdown, start)
    deep = _TOO_DEEP.search(content, start) if _has_long_line(content) else None
    if deep is None:
        common.read()
    else:
        span = places.span(deep.start(), deep.end())
        findings += (Finding(rules.NOTE_TOO_DEEP, span, {"limit": DEEPEST}),)
    reader = PropertyLinks(content, places)
    entries = reader.linked(properties.entries)
    tags = reader.tags(entries)
    parts, body = common.parts.done(), common.body
    if body is None:
        return Note(path, entries, parts, packed(tags), findings, properties.withheld)
    return Note(
        path,
        entries,
        parts,
        packed(chain(tags, body.tags.done())),
        (*findings, *body.findings),
        properties.withheld or body.withheld,
        body.blocks.done(),
        body.references.done(),
        body.lookalikes.done(),
    )
