"""JSON Canvas: the cards, arrows and links of a canvas, each with its place, whatever the file."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.findings import Rule, Severity, Span
from ds2026kg.vault import canvas_rules
from ds2026kg.vault.canvas import Canvas, CanvasEdge, CanvasNode, read_canvas
from ds2026kg.vault.canvas_rules import CANVAS_ENCODING, CANVAS_SYNTAX
from ds2026kg.vault.link import Link

BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile("\r\n|\r|\n")


def read(source: str | bytes) -> Canvas:
    """The canvas with that source."""
    return read_canvas("c.canvas", source if isinstance(source, bytes) else source.encode())


def written(source: str | bytes, span: Span) -> str:
    """The source that a span stands for."""
    data = source if isinstance(source, bytes) else source.encode()
    return data[span.start : span.end].decode("utf-8", "backslashreplace")


def place(data: bytes, start: int, end: int) -> Span:
    """The span of `data[start:end]`, counted from the start of the file in the plainest way."""
    first, last = (
        _LINE_END.split(data[:byte].decode().removeprefix("\ufeff")) for byte in (start, end)
    )
    lines = (len(first), len(first[-1]) + 1, len(last), len(last[-1]) + 1)
    return Span("c.canvas", start, end, *lines)


def find(data: bytes, piece: str) -> Span:
    """The span of the first place where `piece` stands."""
    start = data.index(piece.encode())
    return place(data, start, start + len(piece.encode()))


def text_card(inside: str) -> str:
    """A canvas with one text card, whose text is that JSON source."""
    return '{"nodes": [{"id": "t", "type": "text", "text": "' + inside + '"}]}'


def found(source: str | bytes) -> list[tuple[str, str, str]]:
    """Code, source and message of every finding of a canvas."""
    return [
        (
            finding.rule.code,
            written(source, finding.span or Span.of_file("")),
            finding.message("en"),
        )
        for finding in read(source).findings
    ]


WHOLE = """{
\t"nodes":[
\t\t{"id":"g","type":"group","label":"Défense","background":"img/carte.png","x":0,"y":-9.5e3},
\t\t{"id":"f","type":"file","file":"areas/Mission 3.1.md","subpath":"#Who","width":250},
\t\t{"id":"t","type":"text","text":"😀 *see* [[PCO|the \\"office\\"]]\\n![](a.png)","color":"1"},
\t\t{"id":"l","type":"link","url":"https://example.org/é#b"},
\t\t{"id":"p","type":"plugin","styleAttributes":{"a":[{"b":"}"}]}}
\t],
\t"edges":[
\t\t{"id":"1","fromNode":"f","fromSide":"right","toNode":"t","toEnd":"arrow","label":"feeds"},
\t\t{"id":"2","fromNode":"t","toNode":"l"}
\t]
}"""


def test_every_kind_of_card_and_its_links_are_read() -> None:
    """Nodes, edges and links come with their spans; what only matters to drawing is passed over."""
    data = WHOLE.encode()
    lines = [line.strip().removesuffix(",") for line in WHOLE.splitlines()]
    group, file, text, link, plugin = (find(data, line) for line in lines[2:7])
    one, two = (find(data, line) for line in lines[9:11])
    markdown = '😀 *see* [[PCO|the "office"]]\n![](a.png)'
    wikilink, image = find(data, '[[PCO|the \\"office\\"]]'), find(data, "![](a.png)")
    url = "https://example.org/é#b"
    canvas = read(data)
    assert canvas == Canvas(
        "c.canvas",
        nodes=(
            CanvasNode("g", "group", group, label="Défense"),
            CanvasNode("f", "file", file, target="areas/Mission 3.1.md"),
            CanvasNode("t", "text", text, text=markdown),
            CanvasNode("l", "link", link, target=url),
            CanvasNode("p", "plugin", plugin),
        ),
        edges=(
            CanvasEdge("1", "f", "t", "feeds", one),
            CanvasEdge("2", "t", "l", "", two),
        ),
        links=(
            shown("img/carte.png", find(data, "img/carte.png")),
            shown("areas/Mission 3.1.md", find(data, "areas/Mission 3.1.md"), fragment="Who"),
            *canvas.links[2:4],
            shown(url, find(data, url), external=True),
        ),
    )
    assert [(k.target, k.label, k.embed, k.span) for k in canvas.links[2:4]] == [
        ("PCO", 'the "office"', False, wikilink),
        ("a.png", "", True, image),
    ]


def shown(target: str, span: Span, *, fragment: str | None = None, external: bool = False) -> Link:
    """The link of a card that is not text."""
    return Link(
        target=target,
        fragment=fragment,
        label=target,
        embed=not external,
        external=external,
        span=span,
        form="canvas",
    )


@pytest.mark.parametrize(
    ("subpath", "fragment"),
    [
        ("", None),
        (', "subpath": null', None),
        (', "subpath": ""', None),
        (', "subpath": "#"', ""),
        (', "subpath": "#Heading"', "Heading"),
        (', "subpath": "#H1#H\\u00e9"', "H1#Hé"),
        (', "subpath": "#^block"', "^block"),
    ],
)
def test_a_subpath_is_a_fragment(subpath: str, fragment: str | None) -> None:
    """A file card may show one heading or block of the file."""
    canvas = read('{"nodes": [{"id": "f", "type": "file", "file": "A.md"' + subpath + "}]}")
    assert [(link.target, link.fragment) for link in canvas.links] == [("A.md", fragment)]
    assert canvas.findings == ()


@pytest.mark.parametrize(
    ("inside", "links"),
    [
        ("[[A]]", ["[[A]]"]),
        ("😀 [[A]] é[[B😀]]!", ["[[A]]", "[[B😀]]"]),
        ("a\\n\\n- [[A]]\\r\\n- [[B]]", ["[[A]]", "[[B]]"]),
        ('\\"[[A|\\"b\\"]]\\"', ['[[A|\\"b\\"]]']),
        ("\\u00e9 [[\\u00E9t\\u00e9]]\\u00e9", ["[[\\u00E9t\\u00e9]]"]),
        ("\\ud83d\\ude00 [[\\uD83D\\uDE00 A]]", ["[[\\uD83D\\uDE00 A]]"]),
        ("\\u005b[A]\\u005d\\ud83d\\ude00[[B]]", ["\\u005b[A]\\u005d", "[[B]]"]),
        ("[a](b\\/c.md) \\\\\\\\[[A]]", ["[a](b\\/c.md)", "[[A]]"]),
        ("\\ufeff[[A]]", ["[[A]]"]),
        ("\\uD83D[[A]]\\uDE00[[B]]\\u0000[[C]]", ["[[A]]", "[[B]]", "[[C]]"]),
    ],
)
def test_links_in_text_are_traced_through_escapes(inside: str, links: list[str]) -> None:
    """However the text is written in JSON, a link's span is its very source."""
    source = text_card(inside)
    canvas = read(source)
    assert [written(source, link.span) for link in canvas.links] == links
    assert [link.span for link in canvas.links] == [find(source.encode(), link) for link in links]


@pytest.mark.parametrize("bom", [b"", BOM])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places_count_characters_and_the_byte_order_mark(bom: bytes, line_end: str) -> None:
    """Bytes count from the file's start, columns in characters, with any line ends."""
    lines = ["{", '"é": 1, "nodes": [', '{"id": "😀", "type": "file", "file": "Été.md"}]}']
    data = bom + line_end.join(lines).encode()
    (link,) = read(data).links
    assert link.span == find(data, "Été.md")
    assert (link.span.line, link.span.column, link.span.end_column) == (3, 38, 44)


@pytest.mark.parametrize("start", ["---\\n", "---\\r\\n", "\\ufeff---\\n", "\\u002d--\\n"])
def test_a_text_card_has_no_properties(start: str) -> None:
    """A rule at the head of a card is a rule; what follows it is text, even where it says private."""
    source = text_card(start + "publish: false\\nup: [[A]]\\n---\\n[[B]]")
    assert [written(source, link.span) for link in read(source).links] == ["[[A]]", "[[B]]"]


@pytest.mark.parametrize("data", [b"", BOM, b" \r\n\t", b"{}", b'{"nodes":[],"edges":[]}'])
def test_an_empty_canvas_is_no_fault(data: bytes) -> None:
    """Obsidian makes a new canvas as an empty file."""
    assert read(data) == Canvas("c.canvas")


@pytest.mark.parametrize(
    ("source", "at", "problem"),
    [
        ("{", "", "the file ends too early"),
        ('{"nodes": [ ', "", "the file ends too early"),
        ('{"nodes": tru}', "t", "something that is no JSON value stands where one is expected"),
        ("{'nodes': []}", "'", "a key in double quotes is expected"),
        ('{"nodes" []}', "[", "a key has no colon after it"),
        ('{"é": 1 "b": 2}', '"', "a comma or a closing bracket is missing"),
        ('{"é": [1,\n]}', ",", "a comma follows the last item"),
        ('{"a": 1, }', ",", "a comma follows the last item"),
        ('{"é', '"', "a quote is not closed"),
        ('{"é": "a\nb"}', "\n", "a line break or another control character stands between quotes"),
        ('{"a": "\0"}', "\0", "a line break or another control character stands between quotes"),
        ('{"a": "\\x"}', "\\", "a backslash stands before a character that needs none"),
        ('{"é": "\\u00g9"}', "\\", "\\u is not followed by four hexadecimal digits"),
        ('{"a": "\\u', "\\", "\\u is not followed by four hexadecimal digits"),
        ("{} é", "é", "something follows the end of the canvas"),
        ("\ufeff\ufeff{}", "\ufeff", "the syntax is not understood"),
        ('{"é": NaN}', "NaN", "NaN and Infinity are not JSON numbers"),
        ('{"x": [1, -Infinity]}', "-Infinity", "NaN and Infinity are not JSON numbers"),
        ('{"é": ' + "[" * 64, "[", "it is nested more than 64 levels deep"),
    ],
)
def test_what_is_not_json_is_named_and_placed(source: str, at: str, problem: str) -> None:
    """Of the usual faults each has its words, and the span is the character or word at fault."""
    message = f"This canvas cannot be read as JSON: {problem}."
    assert found(source) == [("canvas-syntax", at, message)]
    assert read(source) == Canvas("c.canvas", findings=read(source).findings)


def test_a_fault_in_json_is_placed_to_the_character() -> None:
    """Line, column and offsets of a syntax fault are right after accents and a byte order mark."""
    data = BOM + '{\r\n "é": 1,\r\n "😀" 2}'.encode()
    assert [finding.span for finding in read(data).findings] == [find(data, "2")]


@pytest.mark.parametrize("bom", [b"", BOM])
def test_what_is_not_utf8_is_one_finding(bom: bytes) -> None:
    """The first byte at fault is named, with its offset in the file."""
    data = bom + '{"é": "'.encode() + b'\xff"}'
    (finding,) = read(data).findings
    at = len(data) - 3
    assert (finding.rule, finding.values) == (CANVAS_ENCODING, {"byte": "ff", "offset": at})
    assert finding.span == Span("c.canvas", at, at + 1, 1, 8, 1, 9)


def test_numbers_of_any_length_are_json() -> None:
    """A number of five thousand digits is odd, and no fault."""
    assert read('{"nodes": [], "x": [' + "9" * 5000 + ", -1e999999]}") == Canvas("c.canvas")


@pytest.mark.parametrize("source", ["[]", "null", '"a"', "12", " [{}] "])
def test_a_canvas_is_an_object(source: str) -> None:
    """Other JSON than an object is one finding."""
    canvas = read(source)
    assert [finding.rule.code for finding in canvas.findings] == ["canvas-not-object"]
    assert written(source, canvas.findings[0].span or Span.of_file("")) == source.strip()


NO_NODE = "“nodes” has an item that is not an object"


@pytest.mark.parametrize(
    ("part", "at", "fault"),
    [
        ('"nodes": {"a": []}', '{"a": []}', "“nodes” is not a list"),
        ('"edges": null', "null", "“edges” is not a list"),
        ('"nodes": [7]', "7", NO_NODE),
        ('"nodes": [["{"]]', '["{"]', NO_NODE),
        ('"edges": ["é"]', '"é"', "“edges” has an item that is not an object"),
        ('"nodes": [{"id": "a"}]', '{"id": "a"}', "“type” is missing"),
        ('"nodes": [{"type": "x"}]', '{"type": "x"}', "“id” is missing"),
        ('"nodes": [{"id": 1, "type": "x"}]', "1", "“id” is not a text in quotes"),
        (
            '"nodes": [{"id": "a", "type": "file"}]',
            '{"id": "a", "type": "file"}',
            "“file” is missing",
        ),
        (
            '"nodes": [{"id": "a", "type": "file", "file": {"x": 1}}]',
            '{"x": 1}',
            "“file” is not a text in quotes",
        ),
        (
            '"nodes": [{"id": "a", "type": "link", "url": null}]',
            '{"id": "a", "type": "link", "url": null}',
            "“url” is missing",
        ),
        (
            '"nodes": [{"id": "a", "type": "text"}]',
            '{"id": "a", "type": "text"}',
            "“text” is missing",
        ),
        (
            '"nodes": [{"id": "a", "type": "group", "background": true}]',
            "true",
            "“background” is not a text in quotes",
        ),
        (
            '"nodes": [{"id": "a", "type": "x"}], "edges": [{"id": "e", "fromNode": "a"}]',
            '{"id": "e", "fromNode": "a"}',
            "“toNode” is missing",
        ),
    ],
)
def test_what_has_another_shape_is_reported(part: str, at: str, fault: str) -> None:
    """A value that JSON Canvas does not allow is a finding at its place, and makes no link."""
    message = f"A part of this canvas is not as it should be: {fault}."
    source = "{" + part + "}"
    assert found(source) == [("canvas-shape", at, message)]
    assert read(source).links == ()


def test_one_bad_card_does_not_hide_the_others() -> None:
    """What is wrong is reported; the rest is read."""
    source = '{"nodes": [3, {"id": "a"}, {"type": "file", "file": "A.md"}], "edges": 5}'
    canvas = read(source)
    assert [node.target for node in canvas.nodes] == ["A.md"]
    assert [link.target for link in canvas.links] == ["A.md"]
    assert [at for _, at, _ in found(source)] == [
        "3",
        '{"id": "a"}',
        '{"type": "file", "file": "A.md"}',
        "5",
    ]


def test_a_card_without_a_target_makes_no_link() -> None:
    """An empty path is not a link: as one it would mean the canvas itself."""
    source = (
        '{"nodes": [{"id": "a", "type": "file", "file": ""}, {"id": "b", "type": "link", "url": ""},'
        ' {"id": "c", "type": "group", "background": ""}, {"id": "d", "type": "text", "text": ""}]}'
    )
    canvas = read(source)
    assert (len(canvas.nodes), canvas.links) == (4, ())
    said = "A part of this canvas is not as it should be: “{}” is empty."
    assert found(source) == [
        ("canvas-shape", '""', said.format("file")),
        ("canvas-shape", '""', said.format("url")),
    ]


def test_an_arrow_to_no_card_is_reported() -> None:
    """Each end that names no card is a finding; the arrow is kept, wherever the edges stand."""
    source = (
        '{"edges": [{"id": "1", "fromNode": "a", "toNode": "é"},'
        ' {"id": "2", "fromNode": "x", "toNode": "y"}],'
        ' "nodes": [{"id": "a", "type": "x"}]}'
    )
    said = "This arrow is tied to “{}”, but the canvas has no such card."
    assert found(source) == [("canvas-edge", name, said.format(name)) for name in ("é", "x", "y")]
    assert [(e.source, e.target) for e in read(source).edges] == [("a", "é"), ("x", "y")]


def test_an_id_given_twice_is_reported_with_both_places() -> None:
    """Nodes have their ids for themselves, and so have edges; an edge may be called as a node."""
    node = '{"id": "a", "type": "x"}'
    edge = '{"id": "a", "fromNode": "a", "toNode": "a"}'
    source = f'{{"nodes": [{node}, {node}], "edges": [{edge}, {edge}, {edge}]}}'
    data = source.encode()
    ids = [place(data, m.end() - 2, m.end() - 1) for m in re.finditer(b'"id": "a"', data)]
    findings = read(source).findings
    assert [(f.rule.code, f.span, f.related) for f in findings] == [
        ("canvas-duplicate-id", ids[1], (ids[0],)),
        ("canvas-duplicate-id", ids[3], (ids[2],)),
        ("canvas-duplicate-id", ids[4], (ids[2],)),
    ]


def test_of_a_key_given_twice_the_last_value_counts() -> None:
    """So JavaScript reads JSON, and Obsidian with it; in a plugin's own values nobody looks."""
    source = (
        '{"nodes": 1, "nodes": [{"id": "a", "type": "file", "file": "A.md", "x": {"y": 1, "y": 2},'
        ' "f\\u0069le": "B.md"}]}'
    )
    assert [link.target for link in read(source).links] == ["B.md"]
    assert [(code, at) for code, at, _ in found(source)] == [
        ("canvas-duplicate-key", "nodes"),
        ("canvas-duplicate-key", "f\\u0069le"),
    ]


def test_escapes_that_are_no_characters_are_replaced_and_reported() -> None:
    """Half a surrogate pair and U+0000 can stand in JSON, and in no text, path or RDF literal."""
    source = '{"nodes": [{"id": "a", "type": "file", "file": "\\ud83dA\\u0000\\ude00\\ufffd.md"}]}'
    (link,) = read(source).links
    assert link.target == "\ufffdA\ufffd\ufffd\ufffd.md"
    assert [(code, at) for code, at, _ in found(source)] == [
        ("canvas-character", "\\ud83d"),
        ("canvas-character", "\\u0000"),
        ("canvas-character", "\\ude00"),
    ]


def test_a_flood_of_findings_is_counted_and_not_listed() -> None:
    """A hundred of a kind are listed; of the others the number is told."""
    findings = read('{"nodes": [' + "0," * 149 + "0]}").findings
    assert [finding.rule.code for finding in findings] == ["canvas-shape"] * 100 + ["canvas-more"]
    assert findings[-1].message("en") == "“canvas-shape” was found 50 more times in this canvas."


def test_every_rule_speaks_both_languages() -> None:
    """No French sentence is the English one, and French punctuation has its no-break spaces."""
    rules = [value for value in vars(canvas_rules).values() if isinstance(value, Rule)]
    assert len({rule.code for rule in rules}) == len(rules) == 9
    assert not any(rule.unreadable or rule.severity > Severity.WARNING for rule in rules)
    for rule in rules:
        for text in (rule.message, rule.remedy):
            assert text.en != text.fr
            assert "'" not in text.fr
            assert not re.search("[^\u00a0][:»]|«[^\u00a0]", text.fr)


values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["nodes", "edges", "id", "type", "text", "file", "fromNode", "x"]),
            inner | st.sampled_from(["a", "text", "file", "link", "group", "[[A]] \ud800"]),
            max_size=6,
        )
    ),
    max_leaves=24,
)
cards = st.fixed_dictionaries(
    {
        "id": values | st.sampled_from("ab"),
        "type": st.sampled_from(["text", "file", "link", "group", "x"]),
    },
    optional=dict.fromkeys(("text", "file", "subpath", "url", "label", "background"), values),
)
arrows = st.fixed_dictionaries(
    {}, optional={key: values | st.sampled_from("ab") for key in ("id", "fromNode", "toNode")}
)
canvases = st.fixed_dictionaries(
    {}, optional={"nodes": values | st.lists(cards), "edges": values | st.lists(arrows)}
)


def sound(data: bytes) -> None:
    """Read `data`, and see that all that comes back can be shown, and lies within the file."""
    canvas = read(data)
    for finding in canvas.findings:
        for language in ("en", "fr"):
            assert finding.message(language).encode()
            assert finding.remedy(language).encode()
    parts: list[CanvasNode | CanvasEdge | Link] = [*canvas.nodes, *canvas.edges, *canvas.links]
    spans = [part.span for part in parts]
    places = [finding.span for finding in canvas.findings if finding.span]
    for span in (*spans, *places):
        assert 0 <= span.start <= span.end <= len(data)
    if not any(finding.rule in (CANVAS_ENCODING, CANVAS_SYNTAX) for finding in canvas.findings):
        assert spans == [place(data, span.start, span.end) for span in spans]
    for part in parts:
        assert [word.encode() for word in part if isinstance(word, str)]
    for node in canvas.nodes:
        assert data[node.span.start : node.span.end].decode().startswith("{")


@given(st.binary() | st.text('{}[]",:\\u0dnodes \ufeff').map(str.encode))
def test_any_bytes_give_a_canvas(data: bytes) -> None:
    """No bytes make the reader fail."""
    sound(data)


@given(values | canvases, st.booleans(), st.sampled_from([None, 1]), st.randoms())
def test_any_json_gives_a_canvas(
    value: Any, ascii_only: bool, indent: int | None, chance: random.Random
) -> None:
    """No JSON makes the reader fail, whole, or with a byte changed or its end cut off."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    data = bytearray(text.encode("utf-8", "replace"))
    sound(bytes(data))
    at = chance.randrange(len(data))
    sound(bytes(data[:at]))
    data[at] = chance.choice(b'{}[]",:\\u\0\xffN ')
    sound(bytes(data))


def as_json(text: str, chance: random.Random) -> str:
    """The inside of a JSON string that says `text`, each character written in one of its ways."""
    parts = []
    for character in text:
        plain = json.dumps(character, ensure_ascii=False)[1:-1]
        units = character.encode("utf-16-be").hex()
        escaped = "".join("\\u" + units[at : at + 4] for at in range(0, len(units), 4))
        parts.append(chance.choice([plain, escaped, escaped.upper().replace("\\U", "\\u")]))
    return "".join(parts)


words = st.text('aé中😀"\u0301', min_size=1, max_size=4)
links = st.one_of(
    words.map("[[{}]]".format),
    st.tuples(words, words).map(lambda pair: "![[{}#{}]]".format(*pair)),
    words.map("[{}](b.md)".format),
    st.just("<https://example.org/>"),
)
# The word before each link keeps it out of code that is indented.
texts = st.lists(st.tuples(st.text('aé😀"\n/', max_size=5), links), max_size=4)


@given(
    st.lists(st.tuples(st.sampled_from(["text", "file", "link", "group"]), texts, words)),
    st.sampled_from(["", " ", "\n\t", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.randoms(),
)
def test_every_link_of_a_generated_canvas_is_traced_to_its_source(
    nodes: list[tuple[str, list[tuple[str, str]], str]],
    gap: str,
    bom: str,
    chance: random.Random,
) -> None:
    """The bytes at a link's span are what was written there, with any escapes and line ends."""
    expected: list[str] = []
    parts: list[str] = []
    for number, (kind, pieces, word) in enumerate(nodes):
        key = {"text": "text", "file": "file", "link": "url", "group": "background"}[kind]
        inside = as_json(word, chance)
        if kind == "text":
            inside = ""
            for noise, link in pieces:
                source = as_json(link, chance)
                inside += as_json(noise + "x ", chance) + source
                expected.append(source)
        else:
            expected.append(inside)
        members = [f'"id":{gap}"{number}"', f'"type":"{kind}"', f'"{key}":{gap}"{inside}"']
        chance.shuffle(members)
        parts.append("{" + f",{gap}".join(members) + gap + "}")
    data = (bom + '{"nodes":[' + gap + f",{gap}".join(parts) + "]}").encode()
    canvas = read(data)
    assert [written(data, link.span) for link in canvas.links] == expected
    assert [written(data, node.span) for node in canvas.nodes] == parts
    spans = [link.span for link in canvas.links] + [node.span for node in canvas.nodes]
    assert spans == [place(data, span.start, span.end) for span in spans]
    assert canvas.findings == ()
