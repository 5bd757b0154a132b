"""What the reader sees in a vault, as one JSON document.

Its shape is documented in `docs/vault.md` and numbered by `VERSION`, which grows when a reader of
the old shape would no longer understand the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any, TypeAlias

import orjson

from ds2026kg.findings import Finding, Span
from ds2026kg.vault.anchors import slugs
from ds2026kg.vault.canvas import Canvas
from ds2026kg.vault.link import Link
from ds2026kg.vault.note import InlineField, Note
from ds2026kg.vault.survey import LinkSurvey
from ds2026kg.vault.values import Mapping, Native, Property, Scalar, Sequence, Value
from ds2026kg.vault.vault import Vault

VERSION = 1
WITHHELD = "[…]"
Record: TypeAlias = dict[str, Any]
_PIECE = 1 << 16  # bytes
_AT_ONCE = 256  # parts of a note


def vault_json(vault: Vault, *, private: bool = False) -> Iterator[bytes]:
    """The document in pieces, so that no more of it is held than a few parts of a note.

    Private notes, and the words of links that lead to them, are in it only if `private` is true.
    """
    held: list[bytes] = []
    size = 0
    for piece in _document(vault, private=private):
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(held)
            held.clear()
            size = 0
    yield b"".join(held)


def _document(vault: Vault, *, private: bool) -> Iterator[bytes]:
    survey = vault.survey
    recorder = Recorder(survey, private=private)
    listing = vault.listing
    head = {
        "version": VERSION,
        "vault": vault.name,
        "counts": {
            **asdict(survey.counts),
            "attachments": len(listing.attachments),
            "bases": len(listing.bases),
            "hidden": listing.hidden,
            "passed_over": dict(sorted(listing.reasons.items())),
        },
    }
    yield orjson.dumps(head).removesuffix(b"}") + b',\n"notes": ['
    notes = (note for note in vault.notes() if private or not note.private)
    yield from _array(recorder.note(note) for note in notes)
    yield b',\n"canvases": ['
    yield from _array(recorder.canvas(canvas) for canvas in vault.canvases())
    yield b',\n"findings": ['
    yield from _array(_finding(each) for each in vault.findings(private=private))
    yield b"}\n"


def _array(records: Iterable[Record]) -> Iterator[bytes]:
    between = b"\n"
    for record in records:
        yield between
        yield from _object(record)
        between = b",\n"
    yield b"]"


def _object(record: Record) -> Iterator[bytes]:
    """A record as JSON; what it has as an iterator becomes an array, some parts at a time."""
    between = b"{"
    for key, value in record.items():
        yield between + orjson.dumps(key) + b":"
        if isinstance(value, Iterator):
            comma = b"["
            while parts := list(islice(value, _AT_ONCE)):
                yield comma + orjson.dumps(parts)[1:-1]
                comma = b","
            yield b"[]" if comma == b"[" else b"]"
        else:
            yield orjson.dumps(value)
        between = b","
    yield b"}"


class Recorder:
    """Turns notes and canvases into records, in which lists of parts are iterators.

    `survey` says where links lead, and what is private.
    """

    def __init__(self, survey: LinkSurvey, *, private: bool) -> None:
        self._survey = survey
        self._private = private

    def note(self, note: Note) -> Record:
        """The parts of a note, each with its place."""
        path = note.path
        texts = [heading.prose.text for heading in note.headings]
        return {
            "path": path,
            "private": note.private,
            "aliases": list(note.aliases),
            "properties": (self._property(entry, path) for entry in note.properties),
            "headings": (
                {
                    "level": each.level,
                    "text": self._shown(each.prose.text, each.links, path),
                    "slug": self._shown(slug, each.links, path),
                    "at": place(each.span),
                }
                for each, slug in zip(note.headings, slugs(texts), strict=True)
            ),
            "links": (self.link(link, path) for link in note.links),
            "fields": (self._field(field, path) for field in note.fields),
            "tags": ({"name": tag.name, "at": place(tag.span)} for tag in note.tags),
            "blocks": (
                {
                    "kind": block.kind,
                    "identifier": block.identifier or None,
                    "detail": block.detail or None,
                    "at": place(block.span),
                }
                for block in note.blocks
            ),
            "footnotes": (
                {"label": each.label, "at": place(each.span)} for each in note.references
            ),
        }

    def canvas(self, canvas: Canvas) -> Record:
        """The nodes, edges and links of a canvas."""
        return {
            "path": canvas.path,
            "nodes": (
                {"id": node.id, "kind": node.kind, "at": place(node.span)} for node in canvas.nodes
            ),
            "edges": (
                {"id": edge.id, "from": edge.source, "to": edge.target, "at": place(edge.span)}
                for edge in canvas.edges
            ),
            "links": (self.link(link, canvas.path) for link in canvas.links),
        }

    def link(self, link: Link, source: str) -> Record:
        """A link in the file `source`, and the file that it leads to."""
        found = self._survey.index.destination(link, source)
        hidden = self._hides(link, source)
        words = (link.target, link.fragment, link.label, link.title or None)
        target, fragment, label, title = (None,) * 4 if hidden else words
        return {
            "form": link.form,
            "embed": link.embed,
            "external": link.external,
            "target": target,
            "fragment": fragment,
            "label": label,
            "title": title,
            "leads_to": None if hidden else found.path,
            "could_lead_to": [each for each in found.others if not self._withholds(each)],
            "withheld": hidden,
            "at": place(link.span),
        }

    def _property(self, entry: Property, source: str) -> Record:
        links = (link for scalar in entry.scalars() for link in scalar.links)
        return {
            "key": entry.key,
            "value": self._shown(_plain(entry.value), links, source),
            "at": place(entry.span),
            "value_at": place(entry.value.span),
        }

    def _field(self, field: InlineField, source: str) -> Record:
        items = [item.target if isinstance(item, Link) else _json(item) for item in field.items]
        hidden = self._hides_any(field.links, source)
        return {
            "key": field.key,
            "text": WITHHELD if hidden else field.value.text,
            "items": [WITHHELD] * len(items) if hidden else items,
            "at": place(field.span),
            "value_at": place(field.value.span()),
        }

    def _shown(self, value: Any, links: Iterable[Link], source: str) -> Any:
        """A value, unless the words of a link to a private note are in it."""
        return WITHHELD if self._hides_any(links, source) else value

    def _hides_any(self, links: Iterable[Link], source: str) -> bool:
        return any(self._hides(link, source) for link in links)

    def _hides(self, link: Link, source: str) -> bool:
        return self._withholds(self._survey.index.destination(link, source).path)

    def _withholds(self, path: str | None) -> bool:
        return not self._private and self._survey.is_private(path)


def place(span: Span) -> Record:
    """A span: bytes from 0, lines and columns from 1, the end behind the last character."""
    return {
        "start": span.start,
        "end": span.end,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _plain(value: Value) -> Any:
    if isinstance(value, Scalar):
        return _json(value.native)
    if isinstance(value, Sequence):
        return [_plain(item) for item in value.items]
    if isinstance(value, Mapping):
        return {entry.key: _plain(entry.value) for entry in value.items}
    raise TypeError(value)


def _json(value: Native) -> Any:
    """JSON has no dates, and no numbers beyond any bound."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return str(value)
    if isinstance(value, int) and not -(2**53) < value < 2**53:
        return str(value)
    return value


def _finding(finding: Finding) -> Record:
    return {
        "code": finding.rule.code,
        "severity": finding.severity.name.lower(),
        "message": {"en": finding.message("en"), "fr": finding.message("fr")},
        "at": place(finding.span) if finding.span else None,
    }
