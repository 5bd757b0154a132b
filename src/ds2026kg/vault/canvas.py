"""A canvas's bytes into its cards, its arrows and the links they hold, each with its place.

The format is JSON Canvas 1.0 (jsoncanvas.org). Python's `json` judges whether the file is JSON and
decodes its strings; where each value stands is read off the tokens. What only matters to drawing
(positions, sizes, colours) is passed over.
"""

from __future__ import annotations

import codecs
import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ds2026kg.findings import Finding, Rule, Span, Text
from ds2026kg.vault.canvas_rules import (
    CANVAS_CHARACTER,
    CANVAS_DUPLICATE_ID,
    CANVAS_DUPLICATE_KEY,
    CANVAS_EDGE,
    CANVAS_ENCODING,
    CANVAS_MORE,
    CANVAS_NOT_OBJECT,
    CANVAS_SHAPE,
    CANVAS_SYNTAX,
)
from ds2026kg.vault.json_source import (
    BLANK,
    BRACE,
    BRACKET,
    TOKEN,
    EscapedText,
    Placed,
    decoded,
    items,
    json_fault,
    non_characters,
    whole,
)
from ds2026kg.vault.link import Link
from ds2026kg.vault.markdown import read_note
from ds2026kg.vault.places import Places

_MISSING = Text("is missing", "est absent")
_EMPTY = Text("is empty", "est vide")
_NOT_STRING = Text("is not a text in quotes", "n’est pas un texte entre guillemets")
_NOT_LIST = Text("is not a list", "n’est pas une liste")
_ITEM_NOT_OBJECT = Text("has an item that is not an object", "a un élément qui n’est pas un objet")
_MAX_FINDINGS = 100  # of one rule in one canvas: a megabyte of `{},` is not a million findings


class CanvasNode(NamedTuple):
    """A card of a canvas. `span` is its JSON object.

    `kind` is its `type` as written: "file", "text", "link", "group" or a plugin's own. `label` is
    a group's title, `text` a text card's Markdown, `target` the path of a file or the address of
    a web page; each is "" where it does not apply.
    """

    id: str
    kind: str
    span: Span
    label: str = ""
    text: str = ""
    target: str = ""


class CanvasEdge(NamedTuple):
    """An arrow from the node whose id is `source` to the one whose id is `target`.

    `span` is its JSON object. Either id may name no node, which is then a finding.
    """

    id: str
    source: str
    target: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Canvas:
    """One canvas. `path` is relative to the vault; nodes and edges are in file order.

    `links` are what the canvas shows or points at: files and background images as embeds, web
    pages as external links, and the links in the Markdown of text cards.
    """

    path: str
    nodes: tuple[CanvasNode, ...] = ()
    edges: tuple[CanvasEdge, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def arrows(self) -> tuple[tuple[str, Link], ...]:
        """Each arrow from the card of a file to that of another, as a link of the first file.

        >>> nodes = [CanvasNode(id, "file", Span.of_file("c"), "", "", id + ".md") for id in "ab"]
        >>> edge = CanvasEdge("e", "a", "b", "leads to", Span.of_file("c"))
        >>> [(source, link.target) for source, link in Canvas("c", tuple(nodes), (edge,)).arrows]
        [('a.md', 'b.md')]
        """
        files = {node.id: node.target for node in self.nodes if node.kind == "file"}
        return tuple(
            (
                files[edge.source],
                Link(target, None, edge.label, False, False, edge.span, 0, "canvas"),
            )
            for edge in self.edges
            if (target := files.get(edge.target)) and files.get(edge.source)
        )


def read_canvas(path: str, data: bytes) -> Canvas:
    r"""The canvas that `data` holds; `path` is its path in the vault, with forward slashes.

    Whatever the bytes, a `Canvas` comes back: what cannot be read is among its findings. Each
    link's span is the source between the quotes, or the part of a card's text that is the link.

    >>> card = b'{"id": "a", "type": "text", "text": "See [[Caf\\u00e9]]"}'
    >>> canvas = read_canvas("plan.canvas", b'{"nodes": [' + card + b"]}")
    >>> canvas.links[0].target, str(canvas.links[0].span)
    ('Café', 'plan.canvas:1:53')
    >>> read_canvas("plan.canvas", b"{").findings[0].message("en")
    'This canvas cannot be read as JSON: the file ends too early.'
    """
    origin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    body = data[origin:]
    report = _Report(Places(path, body, origin))
    reading = _Reading(body, report)
    if _is_json(body, report):
        reading.read()
    nodes, edges, links = tuple(reading.nodes), tuple(reading.edges), tuple(reading.links)
    return Canvas(path, nodes, edges, links, report.findings())


class _Report:
    """The findings of one canvas, a bounded number of each rule."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._findings: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, rule: Rule, start: int, end: int, *others: Span, **values: object) -> None:
        """Note that `rule` is broken between two byte offsets; `others` are further places of it."""
        count = self._counts[rule.code] = self._counts[rule.code] + 1
        if count <= _MAX_FINDINGS:
            self._findings.append(Finding(rule, self.places.span(start, end), values, others))

    def take(self, finding: Finding) -> None:
        """Note a finding that another reader made."""
        self._counts[finding.rule.code] += 1
        if self._counts[finding.rule.code] <= _MAX_FINDINGS:
            self._findings.append(finding)

    def findings(self) -> tuple[Finding, ...]:
        """All that was noted, and of which rules there was more."""
        place = Span.of_file(self.places.file)
        more = (
            Finding(CANVAS_MORE, place, {"code": code, "count": count - _MAX_FINDINGS})
            for code, count in self._counts.items()
            if count > _MAX_FINDINGS
        )
        return (*self._findings, *more)


def _is_json(body: bytes, report: _Report) -> bool:
    """Whether there is JSON to read; what is wrong with it is reported.

    Obsidian makes an empty file when it makes a canvas: it has nothing to read, and no fault.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        start = error.start
        values = {"byte": f"{body[start]:02x}", "offset": start + report.places.origin}
        report.add(CANVAS_ENCODING, start, start + 1, **values)
        return False
    if not text.strip(BLANK):
        return False
    fault = json_fault(body, text)
    if fault:
        start, end, problem = fault
        report.add(CANVAS_SYNTAX, start, end, problem=problem)
    return fault is None


class _Object(NamedTuple):
    """A JSON object between two byte offsets, and where its values stand."""

    start: int
    end: int
    members: dict[str, Placed]


class _Words(NamedTuple):
    """A JSON string: what it says, and the byte offsets of its inside."""

    text: str
    start: int
    end: int


class _Reading:
    """What was made of one canvas so far."""

    def __init__(self, body: bytes, report: _Report) -> None:
        self.nodes: list[CanvasNode] = []
        self.edges: list[CanvasEdge] = []
        self.links: list[Link] = []
        self._body = body
        self._report = report
        self._places = report.places

    def read(self) -> None:
        """Take the nodes, then the edges, in whatever order they stand."""
        tokens = TOKEN.finditer(self._body)
        root = whole(next(tokens), tokens)
        if self._body[root.start] != BRACE:
            self._report.add(CANVAS_NOT_OBJECT, root.start, root.end)
            return
        members = self._object(root).members
        ids: dict[str, Span] = {}
        for node in self._parts(members, "nodes"):
            self._node(node, ids)
        edge_ids: dict[str, Span] = {}
        for edge in self._parts(members, "edges"):
            self._edge(edge, ids, edge_ids)

    def _object(self, place: Placed) -> _Object:
        """The object that stands there; of a key that comes twice, the last value, as in Obsidian."""
        members: dict[str, Placed] = {}
        tokens = TOKEN.finditer(self._body, place.start + 1)
        while (token := next(tokens))[0] != b"}":
            key = decoded(token[0])
            if key in members:
                self._report.add(CANVAS_DUPLICATE_KEY, token.start() + 1, token.end() - 1, key=key)
            members[key] = whole(next(tokens), tokens)
        return _Object(place.start, place.end, members)

    def _parts(self, members: dict[str, Placed], key: str) -> Iterator[_Object]:
        """The objects in the list of that name."""
        parts = members.get(key)
        if parts is None:
            return
        if self._body[parts.start] != BRACKET:
            self._misshapen(parts, _NOT_LIST, key)
            return
        for part in items(self._body, parts.start):
            if self._body[part.start] == BRACE:
                yield self._object(part)
            else:
                self._misshapen(part, _ITEM_NOT_OBJECT, key)

    def _node(self, part: _Object, ids: dict[str, Span]) -> None:
        name = self._identifier(part, ids)
        kind = self._words(part, "type", required=True)
        if kind is None:
            return
        label = text = target = None
        if kind.text == "file":
            target = self._target(part, "file")
            subpath = self._words(part, "subpath")
            below = subpath.text.removeprefix("#") if subpath and subpath.text else None
            self._link(target, fragment=below)
        elif kind.text == "link":
            target = self._target(part, "url")
            self._link(target, external=True)
        elif kind.text == "group":
            label = self._words(part, "label")
            self._link(self._words(part, "background"))
        elif kind.text == "text":
            text = self._words(part, "text", required=True)
            self._markdown(text)
        self.nodes.append(
            CanvasNode(
                name,
                kind.text,
                self._places.span(part.start, part.end),
                label.text if label else "",
                text.text if text else "",
                target.text if target else "",
            )
        )

    def _edge(self, part: _Object, nodes: dict[str, Span], ids: dict[str, Span]) -> None:
        name = self._identifier(part, ids)
        ends = [self._words(part, key, required=True) for key in ("fromNode", "toNode")]
        label = self._words(part, "label")
        source, target = ends
        for end in ends:
            if end and end.text not in nodes:
                self._report.add(CANVAS_EDGE, end.start, end.end, id=end.text)
        if source and target:
            span = self._places.span(part.start, part.end)
            text = label.text if label else ""
            self.edges.append(CanvasEdge(name, source.text, target.text, text, span))

    def _identifier(self, part: _Object, ids: dict[str, Span]) -> str:
        """The id of a node or edge, "" if it has none; `ids` are those already given."""
        name = self._words(part, "id", required=True)
        if name is None:
            return ""
        if name.text in ids:
            other = ids[name.text]
            self._report.add(CANVAS_DUPLICATE_ID, name.start, name.end, other, id=name.text)
        else:
            ids[name.text] = self._places.span(name.start, name.end)
        return name.text

    def _link(
        self, target: _Words | None, *, fragment: str | None = None, external: bool = False
    ) -> None:
        """Note what a card shows. An empty target is none: it would mean the canvas itself."""
        if target and target.text:
            self.links.append(
                Link(
                    target=target.text,
                    fragment=fragment,
                    label=target.text,
                    embed=not external,
                    external=external,
                    span=self._places.span(target.start, target.end),
                    form="canvas",
                )
            )

    def _target(self, part: _Object, key: str) -> _Words | None:
        """The string under that key, without which the card shows nothing."""
        words = self._words(part, key, required=True)
        if words and not words.text:
            self._misshapen(part.members[key], _EMPTY, key)
        return words

    def _markdown(self, words: _Words | None) -> None:
        """Note the links of a text card."""
        if words is None or not words.text.strip():
            return
        # The line end means nothing to Markdown, and no text after it can pass for properties.
        note = read_note(self._places.file, b"\n" + words.text.encode())
        if not (note.links or note.findings):
            return
        source = EscapedText(self._body[words.start : words.end], words.start - 1, self._places)
        self.links.extend(link._replace(span=source.span(link.span)) for link in note.links)
        for finding in note.findings:
            span = source.span(finding.span) if finding.span else None
            related = tuple(source.span(other) for other in finding.related)
            self._report.take(dataclasses.replace(finding, span=span, related=related))

    def _words(self, part: _Object, key: str, *, required: bool = False) -> _Words | None:
        """The string that an object has under that key, if it has one; `null` is none."""
        value = part.members.get(key)
        if value is None or self._body.startswith(b"null", value.start):
            if required:
                self._misshapen(part, _MISSING, key)
            return None
        source = self._body[value.start : value.end]
        if not source.startswith(b'"'):
            self._misshapen(value, _NOT_STRING, key)
            return None
        if b"\\u" in source:
            self._check_characters(source, value.start)
        return _Words(decoded(source), value.start + 1, value.end - 1)

    def _check_characters(self, source: bytes, start: int) -> None:
        for first, last in non_characters(source):
            values = {"escape": source[first:last].decode()}
            self._report.add(CANVAS_CHARACTER, start + first, start + last, **values)

    def _misshapen(self, part: Placed | _Object, fault: Text, key: str) -> None:
        self._report.add(CANVAS_SHAPE, part.start, part.end, key=key, fault=fault)
