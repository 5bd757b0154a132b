"""A canvas's bytes into its cards, its arrows and the links they hold, each with its place.

The format is JSON Canvas 1.0 (jsoncanvas.org). Python's `json` judges whether the file is JSON and
decodes its strings; where each value stands is read off the tokens. What only matters to drawing
(positions, sizes, colours) is passed over.
"""

from __future__ import annotations

import codecs
import dataclasses
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ds2026kg.findings import Finding, Rule, Severity, Span, Text
from ds2026kg.vault.link import Link
from ds2026kg.vault.markdown import read_note
from ds2026kg.vault.places import Places

CANVAS_ENCODING = Rule(
    "canvas-encoding",
    Severity.VIOLATION,
    Text(
        "This canvas is not UTF-8 text: byte 0x{byte} at offset {offset}.",
        "Ce canevas n’est pas du texte UTF-8\u00a0: octet 0x{byte} à la position {offset}.",
    ),
    Text(
        "Save it again as UTF-8, or restore an earlier version of the file.",
        "Réenregistrez-le en UTF-8, ou rétablissez une version antérieure du fichier.",
    ),
    unreadable=True,
)
CANVAS_SYNTAX = Rule(
    "canvas-syntax",
    Severity.VIOLATION,
    Text(
        "This canvas cannot be read as JSON: {problem}.",
        "Ce canevas ne peut pas être lu comme du JSON\u00a0: {problem}.",
    ),
    Text(
        "Mend this place in a text editor, or restore an earlier version of the file.",
        "Corrigez cet endroit dans un éditeur de texte, ou rétablissez une version antérieure "
        "du fichier.",
    ),
    unreadable=True,
)
CANVAS_NOT_OBJECT = Rule(
    "canvas-not-object",
    Severity.VIOLATION,
    Text(
        "This canvas is JSON, but not an object with “nodes” and “edges”.",
        "Ce canevas est du JSON, mais pas un objet avec «\u00a0nodes\u00a0» et «\u00a0edges\u00a0».",
    ),
    Text(
        "A file that is not a canvas should not be named .canvas.",
        "Un fichier qui n’est pas un canevas ne doit pas se nommer .canvas.",
    ),
    unreadable=True,
)
CANVAS_SHAPE = Rule(
    "canvas-shape",
    Severity.VIOLATION,
    Text(
        "A part of this canvas is not as it should be: “{key}” {fault}.",
        "Une partie de ce canevas n’est pas comme elle devrait être\u00a0: "
        "«\u00a0{key}\u00a0» {fault}.",
    ),
    Text(
        "Correct it as JSON Canvas 1.0 (jsoncanvas.org) has it, or draw it again in Obsidian.",
        "Corrigez-la comme le veut JSON Canvas 1.0 (jsoncanvas.org), ou redessinez-la dans "
        "Obsidian.",
    ),
)
CANVAS_EDGE = Rule(
    "canvas-edge",
    Severity.WARNING,
    Text(
        "This arrow is tied to “{id}”, but the canvas has no such card.",
        "Cette flèche est attachée à «\u00a0{id}\u00a0», mais le canevas n’a pas de telle carte.",
    ),
    Text(
        "Remove the arrow, or tie it to a card that is there.",
        "Supprimez la flèche, ou attachez-la à une carte qui existe.",
    ),
)
CANVAS_DUPLICATE_ID = Rule(
    "canvas-duplicate-id",
    Severity.VIOLATION,
    Text("The id “{id}” is given twice.", "L’id «\u00a0{id}\u00a0» est donné deux fois."),
    Text(
        "Give one of the two another id, and its arrows too.",
        "Donnez un autre id à l’un des deux, ainsi qu’à ses flèches.",
    ),
)
CANVAS_DUPLICATE_KEY = Rule(
    "canvas-duplicate-key",
    Severity.VIOLATION,
    Text(
        "The key “{key}” is given twice; the last one was taken.",
        "La clé «\u00a0{key}\u00a0» est donnée deux fois; la dernière a été retenue.",
    ),
    Text("Keep one of the two.", "Gardez l’une des deux."),
)
CANVAS_CHARACTER = Rule(
    "canvas-character",
    Severity.WARNING,
    Text(
        "{escape} stands for no character of a text; it was read as U+FFFD.",
        "{escape} ne représente aucun caractère d’un texte; il a été lu comme U+FFFD.",
    ),
    Text("Remove it, or type the character again.", "Supprimez-le, ou retapez le caractère."),
)
CANVAS_MORE = Rule(
    "canvas-more",
    Severity.INFO,
    Text(
        "“{code}” was found {count} more times in this canvas.",
        "«\u00a0{code}\u00a0» a été constaté {count} fois de plus dans ce canevas.",
    ),
    Text("Mend those that are listed first.", "Corrigez d’abord ceux qui sont énumérés."),
)

_TRAILING_COMMA = Text("a comma follows the last item", "une virgule suit le dernier élément")
_PROBLEMS = {
    "Expecting value": Text(
        "something that is no JSON value stands where one is expected",
        "quelque chose qui n’est pas une valeur JSON se trouve là où il en faut une",
    ),
    "Expecting property name": Text(
        "a key in double quotes is expected", "une clé entre guillemets droits est attendue"
    ),
    "Expecting ':'": Text(
        "a key has no colon after it", "une clé n’est pas suivie d’un deux-points"
    ),
    "Expecting ','": Text(
        "a comma or a closing bracket is missing", "il manque une virgule ou un crochet fermant"
    ),
    "Unterminated string": Text("a quote is not closed", "un guillemet n’est pas fermé"),
    "Invalid control character": Text(
        "a line break or another control character stands between quotes",
        "un saut de ligne ou un autre caractère de commande se trouve entre guillemets",
    ),
    "Invalid \\u": Text(
        "\\u is not followed by four hexadecimal digits",
        "\\u n’est pas suivi de quatre chiffres hexadécimaux",
    ),
    "Invalid \\": Text(
        "a backslash stands before a character that needs none",
        "une barre oblique inverse précède un caractère qui n’en veut pas",
    ),
    "Illegal trailing comma": _TRAILING_COMMA,
    "Extra data": Text(
        "something follows the end of the canvas", "quelque chose suit la fin du canevas"
    ),
}
_OTHER_PROBLEM = Text("the syntax is not understood", "la syntaxe n’est pas comprise")
_TRUNCATED = Text("the file ends too early", "le fichier se termine trop tôt")
_AFTER_COMMA = ("Expecting value", "Expecting property name")  # up to Python 3.12
_NOT_A_NUMBER = Text(
    "NaN and Infinity are not JSON numbers", "NaN et Infinity ne sont pas des nombres JSON"
)
_MISSING = Text("is missing", "est absent")
_EMPTY = Text("is empty", "est vide")
_NOT_STRING = Text("is not a text in quotes", "n’est pas un texte entre guillemets")
_NOT_LIST = Text("is not a list", "n’est pas une liste")
_ITEM_NOT_OBJECT = Text("has an item that is not an object", "a un élément qui n’est pas un objet")
_MAX_DEPTH = 64
_TOO_DEEP = Text(
    f"it is nested more than {_MAX_DEPTH} levels deep",
    f"il est imbriqué sur plus de {_MAX_DEPTH} niveaux",
)
_MAX_FINDINGS = 100  # of one rule in one canvas: a megabyte of `{},` is not a million findings
_BLANK = " \t\r\n"
_OPENING, _CLOSING = (b"{", b"["), (b"}", b"]")
_BRACE, _BRACKET = b"{["

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+'
_TOKEN = re.compile(_STRING + rb'|[\[\]{}]|[^\s\[\]{}:,"]++', re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)", re.DOTALL)
_ESCAPED_NON_CHARACTER = re.compile(rb"\\u(?:0000|[dD][89a-fA-F]..)")
_NON_CHARACTER = re.compile(r"[\0\ud800-\udfff]")


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
        if self.has_room(rule):
            self._findings.append(Finding(rule, self.places.span(start, end), values, others))

    def take(self, finding: Finding) -> None:
        """Note a finding that another reader made."""
        if self.has_room(finding.rule):
            self._findings.append(finding)

    def has_room(self, rule: Rule) -> bool:
        """Count one more breach of `rule`, and say whether it is still to be listed."""
        self._counts[rule.code] += 1
        return self._counts[rule.code] <= _MAX_FINDINGS

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
    if not text.strip(_BLANK):
        return False
    fault = _refused(body) or _fault(text)
    if fault:
        start, end, problem = fault
        report.add(CANVAS_SYNTAX, start, end, problem=problem)
    return fault is None


def _refused(body: bytes) -> tuple[int, int, Text] | None:
    """The first place that Python's `json` would take, or fall over, and that is refused here."""
    depth = 0
    for token in _TOKEN.finditer(body):
        if token[0] in _OPENING:
            depth += 1
            if depth > _MAX_DEPTH:
                return (*token.span(), _TOO_DEEP)
        elif token[0] in _CLOSING:
            depth -= 1
        elif token[0].startswith((b"NaN", b"Infinity", b"-Infinity")):
            return (*token.span(), _NOT_A_NUMBER)
    return None


def _fault(text: str) -> tuple[int, int, Text] | None:
    """The byte offsets of what makes `text` no JSON, and what that is; None if it is JSON."""
    try:
        # Numbers are not wanted, and of any length: bool() spares their conversion.
        json.loads(text, parse_int=bool, parse_float=bool)
    except json.JSONDecodeError as error:
        at, problem = _named(text, error)
        start = len(text[:at].encode())
        return start, start + len(text[at : at + 1].encode()), problem
    return None


def _named(text: str, error: json.JSONDecodeError) -> tuple[int, Text]:
    """The character at fault and the fault's name, which not all versions of Python tell alike."""
    at = error.pos
    if not text[at:].strip(_BLANK):
        return at, _TRUNCATED
    before = text[:at].rstrip(_BLANK)
    if before.endswith(",") and error.msg.startswith(_AFTER_COMMA) and text[at] in "]}":
        return len(before) - 1, _TRAILING_COMMA
    if error.msg.startswith("Invalid \\u"):
        at = text.rfind("\\", 0, at + 1)
    problem = next((_PROBLEMS[key] for key in _PROBLEMS if error.msg.startswith(key)), None)
    return at, problem or _OTHER_PROBLEM


class _Placed(NamedTuple):
    """A JSON value between two byte offsets."""

    start: int
    end: int


class _Object(NamedTuple):
    """A JSON object between two byte offsets, and where its values stand."""

    start: int
    end: int
    members: dict[str, _Placed]


def _whole(token: re.Match[bytes], tokens: Iterator[re.Match[bytes]]) -> _Placed:
    """The value that begins with `token`, its inside passed over. The bytes are known to be JSON."""
    start = token.start()
    depth = 0
    while True:
        if token[0] in _OPENING:
            depth += 1
        elif token[0] in _CLOSING:
            depth -= 1
        if not depth:
            return _Placed(start, token.end())
        token = next(tokens)


def _items(body: bytes, start: int) -> Iterator[_Placed]:
    """The values in the list that begins at `start`, one at a time."""
    tokens = _TOKEN.finditer(body, start + 1)
    while (token := next(tokens))[0] != b"]":
        yield _whole(token, tokens)


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
        tokens = _TOKEN.finditer(self._body)
        root = _whole(next(tokens), tokens)
        if self._body[root.start] != _BRACE:
            self._report.add(CANVAS_NOT_OBJECT, root.start, root.end)
            return
        members = self._object(root).members
        ids: dict[str, Span] = {}
        for node in self._parts(members, "nodes"):
            self._node(node, ids)
        edge_ids: dict[str, Span] = {}
        for edge in self._parts(members, "edges"):
            self._edge(edge, ids, edge_ids)

    def _object(self, whole: _Placed) -> _Object:
        """The object that stands there; of a key that comes twice, the last value, as in Obsidian."""
        members: dict[str, _Placed] = {}
        tokens = _TOKEN.finditer(self._body, whole.start + 1)
        while (token := next(tokens))[0] != b"}":
            key = _decoded(token[0])
            if key in members:
                self._report.add(CANVAS_DUPLICATE_KEY, token.start() + 1, token.end() - 1, key=key)
            members[key] = _whole(next(tokens), tokens)
        return _Object(whole.start, whole.end, members)

    def _parts(self, members: dict[str, _Placed], key: str) -> Iterator[_Object]:
        """The objects in the list of that name."""
        whole = members.get(key)
        if whole is None:
            return
        if self._body[whole.start] != _BRACKET:
            self._misshapen(whole, _NOT_LIST, key)
            return
        for part in _items(self._body, whole.start):
            if self._body[part.start] == _BRACE:
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
        source = _Source(self._body[words.start : words.end], words.start - 1, self._places)
        self.links.extend(link._replace(span=source.span(link.span)) for link in note.links)
        for finding in note.findings:
            span = source.span(finding.span) if finding.span else None
            related = tuple(source.span(other) for other in finding.related)
            self._report.take(dataclasses.replace(finding, span=span, related=related))

    def _words(self, part: _Object, key: str, *, required: bool = False) -> _Words | None:
        """The string that an object has under that key, if it has one; `null` is none."""
        value = part.members.get(key)
        source = self._body[value.start : value.end] if value else b"null"
        if value is None or source == b"null":
            if required:
                self._misshapen(part, _MISSING, key)
            return None
        if not source.startswith(b'"'):
            self._misshapen(value, _NOT_STRING, key)
            return None
        if b"\\u" in source:
            self._check_characters(source, value.start)
        return _Words(_decoded(source), value.start + 1, value.end - 1)

    def _check_characters(self, source: bytes, start: int) -> None:
        for escape in _ESCAPE.finditer(source):
            if _ESCAPED_NON_CHARACTER.fullmatch(escape[0]):
                first, last = escape.span()
                values = {"escape": escape[0].decode()}
                self._report.add(CANVAS_CHARACTER, start + first, start + last, **values)

    def _misshapen(self, part: _Placed | _Object, fault: Text, key: str) -> None:
        self._report.add(CANVAS_SHAPE, part.start, part.end, key=key, fault=fault)


class _Source:
    """Where each byte of a card's text, as UTF-8 after one line end, stands in the canvas.

    `inside` is the JSON source of the text, and `start` the offset before it, for the line end.
    """

    def __init__(self, inside: bytes, start: int, places: Places) -> None:
        self._places = places
        self._texts = [0]  # byte offsets in the text, after each escape ...
        self._sources = [start]  # ... and of the same place in the canvas
        length, done = 1, 0
        for escape in _ESCAPE.finditer(inside):
            length += escape.start() - done + _width(escape[0])
            done = escape.end()
            self._texts.append(length)
            self._sources.append(start + 1 + done)

    def span(self, span: Span) -> Span:
        """The place in the canvas of a place in the text."""
        return self._places.span(self._offset(span.start), self._offset(span.end))

    def _offset(self, byte: int) -> int:
        run = bisect_right(self._texts, byte) - 1
        return self._sources[run] + byte - self._texts[run]


def _width(escape: bytes) -> int:
    """How many bytes of UTF-8 an escape such as `\\n` or `\\u00e9` stands for."""
    return len(_decoded(b'"' + escape + b'"').encode()) if escape[1:2] == b"u" else 1


def _decoded(source: bytes) -> str:
    """What a JSON string says; what UTF-8 or Markdown cannot hold becomes U+FFFD."""
    if b"\\" not in source:
        return source[1:-1].decode()
    text: str = json.loads(source)
    return _NON_CHARACTER.sub("\ufffd", text)
