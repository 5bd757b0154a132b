"""Frontmatter: what is read, what is refused, and where it stood."""

from __future__ import annotations

import pytest

from ds2026kg.vault import Mapping, Scalar, Sequence, Value, read_note


def plain(value: Value) -> object:
    """A property's value without its places."""
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, Sequence):
        return [plain(item) for item in value.items]
    return {entry.key: plain(entry.value) for entry in value.items}


def properties(text: str) -> dict[str, object]:
    """The properties of a note with this text."""
    return {entry.key: plain(entry.value) for entry in read_note("n.md", text.encode()).properties}


def test_scalars_keep_the_form_in_which_they_were_written() -> None:
    """Dates, numbers and words such as `no` are text; nothing is converted on the way."""
    text = "---\na: 2024-08-13\nb: 010\nc: no\nd: 'it''s'\ne:\nf: \"x: y\"\n---\n"
    assert properties(text) == {
        "a": "2024-08-13",
        "b": "010",
        "c": "no",
        "d": "it's",
        "e": "",
        "f": "x: y",
    }


def test_lists_and_mappings_nest() -> None:
    """A list may hold mappings, and a mapping lists."""
    text = "---\na: [x, y]\nb:\n  - c: 1\n    d: [2]\n---\n"
    assert properties(text) == {"a": ["x", "y"], "b": [{"c": "1", "d": ["2"]}]}


def test_an_unquoted_wikilink_is_a_link() -> None:
    """`[[X, Y]]` is a list in a list to YAML, and a link to the note "X, Y" to Obsidian."""
    note = read_note("n.md", b"---\nup: [[Mission 3, new]]\n---\n")
    assert [link.target for link in note.links] == ["Mission 3, new"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a: [[X: Y]]", "[[X: Y]]"),
        ("a: [[X #1]]", "[[X #1]]"),
        ("a: ![[X]]", "![[X]]"),
        ("a: [x](y.md)  ", "[x](y.md)"),
        ("a: |\n  - [[X: Y]]\n  b: [[Z]]", "- [[X: Y]]\nb: [[Z]]\n"),
        ("a: 'b\n  [[X]]\n  c'", "b [[X]] c"),
    ],
)
def test_unquoted_links_are_no_faults_of_yaml(written: str, text: str) -> None:
    """What Obsidian takes as a link is one, though YAML would take it for something else."""
    note = read_note("n.md", f"---\nz: {{}}\n{written}\n---\n".encode())
    entry = note.get("a")
    assert (note.findings, entry and [scalar.text for scalar in entry.scalars()]) == ((), [text])


@pytest.mark.parametrize(
    "written",
    [
        '"[[Mission 3.1|the area]]"',
        "'[[Mission 3.1]]'",
        "[[Mission 3.1]]",
        '"[the area](Mission%203.1.md)"',
        '\n  - "[[Mission 3.1]]"',
        "\n  - [[Mission 3.1]]",
        "[the area](Mission%203.1.md)",
        "\n  - [the area](Mission%203.1.md)",
        "\n  - [[Mission 3.1]]\nx: {a: b}",
    ],
)
def test_links_in_properties_are_read_in_every_form(written: str) -> None:
    """Quoted or not, wikilink or Markdown link, alone or in a list."""
    note = read_note("n.md", f"---\nup: {written}\n---\n".encode())
    assert [link.target.removesuffix(".md") for link in note.links] == ["Mission 3.1"]


@pytest.mark.parametrize(
    ("block", "code", "line", "column"),
    [
        ("a: &x 1\nb: *x", "yaml-refused", 2, 4),
        ("a: 1\nb: *x", "yaml-refused", 3, 4),
        ("a: !!python/object:os.system ls", "yaml-refused", 2, 4),
        ("a: 1\nb: 2\na: 3", "yaml-duplicate-key", 4, 1),
        ("a:\n\t- b", "yaml-tab", 3, 1),
        ("a: [1, 2\nb: 3", "yaml-syntax", 3, 2),
        ("a: b: c", "yaml-syntax", 2, 5),
        ("- a\n- b", "yaml-not-mapping", 2, 1),
        ("just words", "yaml-not-mapping", 2, 1),
        ("a: " + "[" * 40 + "]" * 40, "yaml-refused", 2, 36),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    block: str, code: str, line: int, column: int
) -> None:
    """Each fault in the frontmatter is one finding, at its line and column."""
    note = read_note("n.md", f"---\n{block}\n---\n# Text\n".encode())
    found = [(f.rule.code, f.span.line, f.span.column) for f in note.findings if f.span]
    assert found == [(code, line, column)]


def test_the_body_is_read_although_the_properties_are_broken() -> None:
    """A fault in the frontmatter loses the frontmatter, and nothing else."""
    note = read_note("n.md", b"---\na: [\n---\n# Title\n[[Link]]\n")
    assert [link.target for link in note.links] == ["Link"]


def test_places_hold_behind_a_byte_order_mark_and_crlf() -> None:
    """Offsets count the mark and the carriage returns; columns count neither."""
    data = '\ufeff---\r\ntitre: « é »\r\nup: "[[Ü]]"\r\n---\r\nx [[Y]]'.encode()
    note = read_note("n.md", data)
    title, up = note.properties
    scalar = next(title.scalars())
    assert data[scalar.span.start : scalar.span.end].decode() == "« é »"
    assert (scalar.span.line, scalar.span.column) == (2, 8)
    assert [data[link.span.start : link.span.end].decode() for link in note.links] == [
        "[[Ü]]",
        "[[Y]]",
    ]
    assert (up.span.line, up.span.column) == (3, 1)


@pytest.mark.parametrize("text", ["x\n---\na: 1\n---\n", " ---\na: 1\n---\n", "----\na: 1\n----\n"])
def test_only_a_block_on_the_first_line_holds_properties(text: str) -> None:
    """Obsidian takes `---` as properties on the very first line only."""
    assert properties(text) == {}


def test_a_block_that_is_never_closed_is_text_and_reported() -> None:
    """What looks like properties but is not closed is not lost in silence."""
    note = read_note("n.md", b"---\ntitle: x\n\n# Heading\n")
    assert [finding.rule.code for finding in note.findings] == ["yaml-unclosed"]
    assert note.properties == ()


def test_an_empty_block_has_no_properties() -> None:
    """Two fences with nothing between them are no fault."""
    note = read_note("n.md", b"---\n---\ntext\n")
    assert (note.properties, note.findings) == ((), ())


def test_a_nested_mapping_is_kept_as_one() -> None:
    """Keys inside a value stay keys."""
    note = read_note("n.md", b"---\na:\n  b: 1\n---\n")
    assert isinstance(note.properties[0].value, Mapping)
