"""Values of properties: what they are to Python, and where properties are and are not."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ds2026kg.findings import Span
from ds2026kg.vault import Heading, Mapping, Note, Property, Scalar, Sequence, Value, read_note
from ds2026kg.vault.values import Native

WHERE = Span.of_file("n.md")


def note(text: str) -> Note:
    """The note with that text."""
    return read_note("n.md", text.encode())


def natives(value: Value) -> object:
    """A value and all in it as Python has them."""
    if isinstance(value, Scalar):
        return value.native
    if isinstance(value, Sequence):
        return [natives(item) for item in value.items]
    return {entry.key: natives(entry.value) for entry in value.items}


def properties(text: str) -> dict[str, object]:
    """The properties of a note with that text, as Python has them."""
    return {entry.key: natives(entry.value) for entry in note(text).properties}


def found(text: str) -> list[tuple[str, str, str]]:
    """Code, place and source of every finding of a note."""
    data = text.encode()
    return [
        (each.rule.code, str(each.span), data[each.span.start : each.span.end].decode())
        for each in read_note("n.md", data).findings
        if each.span
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("tRue", "tRue"),
        ("no", "no"),
        ("on", "on"),
        ("0", 0),
        ("-7", -7),
        ("+5", 5),
        ("010", 10),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("1.5E-2", 0.015),
        (".", "."),
        ("e3", "e3"),
        ("1e", "1e"),
        ("9" * 300, int("9" * 300)),
        ("9" * 301, "9" * 301),
        ("1e999", math.inf),
        ("1e1000", "1e1000"),
        ("٣", "٣"),
        ("2024-03-01", date(2024, 3, 1)),
        ("2024-02-30", "2024-02-30"),
        ("2024-3-1", "2024-3-1"),
        ("20240301", 20240301),
        ("2024-W01-1", "2024-W01-1"),
        ("0000-01-01", "0000-01-01"),
        ("2024-03-01T09:30", datetime(2024, 3, 1, 9, 30)),
        ("2024-03-01 09:30:15", datetime(2024, 3, 1, 9, 30, 15)),
        ("2024-03-01T09:30:15.250", datetime(2024, 3, 1, 9, 30, 15, 250000)),
        ("2024-03-01T09:30Z", datetime(2024, 3, 1, 9, 30, tzinfo=UTC)),
        (
            "2024-03-01T09:30-05:00",
            datetime(2024, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("2024-03-01T24:30", "2024-03-01T24:30"),
        ("2024-03-01T", "2024-03-01T"),
        ("09:30", "09:30"),
        ("３", "３"),
    ],
)
def test_a_plain_scalar_is_what_obsidian_takes_it_for(text: str, expected: Native) -> None:
    """Numbers, dates, booleans and nothing at all; whatever else is text, and so is all in quotes."""
    plain = Scalar(text, WHERE, plain=True).native
    assert (type(plain), plain) == (type(expected), expected)
    assert Scalar(text, WHERE, plain=False).native == text


def test_a_value_with_links_is_text() -> None:
    """Whatever it looks like without them."""
    assert properties("---\na: '[[2024-03-01]]'\nb: [[1]]\n---\n") == {
        "a": "[[2024-03-01]]",
        "b": "[[1]]",
    }


def test_native_values_are_found_at_any_depth() -> None:
    """In lists, in mappings, in the flow and in blocks."""
    text = (
        "---\na: [1, '1', x, null]\nb:\n  c: 2024-03-01\n  d:\n    - true\n    -\n    - e: 1.5\n"
        "f: |\n  1\ng: >-\n  two\n  words\nh: {}\ni: []\n---\n"
    )
    assert properties(text) == {
        "a": [1, "1", "x", None],
        "b": {"c": date(2024, 3, 1), "d": [True, None, {"e": 1.5}]},
        "f": "1\n",
        "g": "two words",
        "h": {},
        "i": [],
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", True), ("~", True), ("null", True), ("''", False), ("'~'", False), ("0", False)],
)
def test_a_property_may_be_nothing(value: str, expected: bool) -> None:
    """Only a plain scalar is none; an empty text in quotes is a text."""
    (entry,) = note(f"---\na: {value}\n---\n").properties
    assert [scalar.is_null for scalar in entry.scalars()] == [expected]


def test_a_whole_property_with_its_places() -> None:
    """Key, list and items, each where it stands."""
    data = "\ufeff---\r\nété: [a, 'é']\r\n---\r\n".encode()
    items = (
        Scalar("a", Span("n.md", 16, 17, 2, 7, 2, 8), plain=True),
        Scalar("é", Span("n.md", 19, 23, 2, 10, 2, 13), plain=False),
    )
    value = Sequence(items, Span("n.md", 15, 24, 2, 6, 2, 14))
    expected = (Property("été", value, Span("n.md", 8, 13, 2, 1, 2, 4)),)
    assert read_note("n.md", data).properties == expected


def test_a_list_or_mapping_without_brackets_ends_where_its_last_value_does() -> None:
    """Not at the line after it, as libyaml has it."""
    data = b"---\na:\n  - b # c\n\n  # d\ne:\n  f: g\n\nh:\n- i:\n---\n"
    values = [entry.value for entry in read_note("n.md", data).properties]
    assert [data[value.span.start : value.span.end] for value in values] == [
        b"- b",
        b"f: g",
        b"- i:",
    ]
    assert isinstance(values[1], Mapping)


def test_names_of_notes_come_from_both_properties_of_aliases() -> None:
    """In order, whatever the case of the key; what is no text is as it was written."""
    text = "---\nAliases: [A b, '', ~, 3.10, 2024-01-01]\nalias: 'C'\ntitle: no\n---\n"
    assert note(text).aliases == ("A b", "3.10", "2024-01-01", "C")
    assert note("---\nalias:\naliases: []\n---\n").aliases == ()


def test_a_property_is_found_whatever_its_case() -> None:
    """The first of that name; None if there is none."""
    read = note("---\nTitle: a\ntitle: b\nÉTÉ: c\n---\n")
    entries = [read.get(key) for key in ("TITLE", "été", "no")]
    assert [entry and entry.key for entry in entries] == ["Title", "ÉTÉ", None]


# --- Keys given twice --------------------------------------------------------------------------


def test_of_a_key_given_twice_the_first_is_taken() -> None:
    """At any depth; each other is a finding at its key, and keys that differ in case are two."""
    text = "---\na: 1\n'a': 2\nA: 3\nb: {c: 1, c: 2}\na:\n  - 4\n---\n"
    assert properties(text) == {"a": 1, "A": 3, "b": {"c": 1}}
    assert found(text) == [
        ("yaml-duplicate-key", "n.md:3:1", "'a'"),
        ("yaml-duplicate-key", "n.md:5:11", "c"),
        ("yaml-duplicate-key", "n.md:6:1", "a"),
    ]


@pytest.mark.parametrize(
    "block",
    ["tags: a\ntags: [private]", "publish: true\npublish: false", "share: yes\nshare: 'no'"],
)
def test_a_key_given_twice_keeps_a_note_private(block: str) -> None:
    """What is passed over is heard where it says that the note must not be published."""
    assert note(f"---\n{block}\n---\n").private is True


# --- Where properties are ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("\n---\na: 1\n---\n", "---\na: 1\n---"),
        ("x\n\n---\na: 1\nb:\n  - c\n# d\n---\ny", "---\na: 1\nb:\n  - c\n# d\n---"),
        ("x\n---\na: 1\n---\n", "---\na: 1\n---"),
        ("# H\r\n---\r\na: 1\r\n\r\n---\r\n", "---\r\na: 1\r\n\r\n---"),
        ("---\na: 1\n---\n\n---\nb: 2\n---\n", "---\nb: 2\n---"),
        ("---\na: 1\n---\n---\nb: 2\n---\n", "---\nb: 2\n---"),
        ("---\n---\n---\nb: 2\n---\n", "---\nb: 2\n---"),
        ("é\n\n---\nété: 1\n---", "---\nété: 1\n---"),
    ],
)
def test_a_block_that_is_not_first_is_text_and_reported(text: str, source: str) -> None:
    """It is read as text, as Obsidian does, and its place is named."""
    line = text[: text.rindex(source)].count("\n") + 1
    assert found(text) == [("yaml-not-first", f"n.md:{line}:1", source)]


@pytest.mark.parametrize(
    "text",
    [
        "x\n\n---\n\ny\n\n---\n",
        "x\n\n---\na: 1\nmore text\n---\n",
        "x\n\n---\nhttps://a.b\n---\n",
        "x\n\n***\na: 1\n***\n",
        "> ---\n> a: 1\n> ---\n",
        "- x\n\n  ---\n  a: 1\n  ---\n",
        "```\n---\na: 1\n---\n```\n",
        "%%\n---\na: 1\n---\n%%\n",
        "    ---\n    a: 1\n    ---\n",
        "x\n\n---\na: 1\n",
        "---\na: 1\n---\n",
    ],
)
def test_what_lies_between_other_lines_is_no_such_block(text: str) -> None:
    """Two rules, a heading underlined, code, comments, quotes and lists."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("block", "private"),
    [
        ("publish: false", True),
        ("share: no", True),
        ("tags: [a, private]", True),
        ("tags:\n  - private", True),
        ("publish: true", False),
        ("tags: a", False),
    ],
)
def test_a_block_that_is_not_first_still_keeps_a_note_private(block: str, private: bool) -> None:
    """Its author meant it; it fails closed."""
    assert note(f"Text.\n\n---\n{block}\n---\n").private is private


def test_a_fence_may_have_blanks_behind_it() -> None:
    """And nothing else, nor before it."""
    assert properties("---  \na: 1\n---\t\nb: 2") == {"a": 1}
    assert properties("--- a\nb: 1\n---\n") == {}
    assert properties("----\nb: 1\n---\n") == {}


# --- Line ends and the byte order mark ---------------------------------------------------------

WHOLE = (
    "---\ntags: [a]\nup:\n  - '[[X]]'\n---\n# H #b\ntext ^id\n\n```\n[[no]]\n```\n\n"
    "- [ ] t [k:: [[Y]]]\n\n> [!note]\n> é\n\n---\n"
)


def shape(read: Note) -> object:
    """All of a note but for byte offsets."""

    def where(span: Span) -> tuple[int, ...]:
        return span[3:]

    return (
        [(entry.key, natives(entry.value), where(entry.span)) for entry in read.properties],
        [(part.prose.text, where(part.prose.span())) for part in read.body],
        [(field.key, field.value.text, where(field.span)) for field in read.fields],
        [(link.target, where(link.span)) for link in read.links],
        [(tag.name, where(tag.span)) for tag in read.tags],
        [(block.kind, block.identifier, block.detail, where(block.span)) for block in read.blocks],
        read.findings,
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_make_no_difference(end: str, mark: str) -> None:
    """But for byte offsets, a note is the same with CR, LF and CRLF, and behind a mark."""
    data = (mark + WHOLE.replace("\n", end)).encode()
    assert shape(read_note("n.md", data)) == shape(note(WHOLE))


def test_a_mark_that_is_not_first_is_text() -> None:
    """Behind anything else it is a character like others, and no properties follow it."""
    read = note("x\ufeff\n\n\ufeff---\na: 1\n---\n")
    assert read.properties == ()
    assert [part.prose.text for part in read.body if isinstance(part, Heading)] == [
        "\ufeff--- a: 1"
    ]


def test_two_marks_are_one_and_a_character() -> None:
    """Only the first is a mark."""
    assert note("\ufeff\ufeff---\na: 1\n---\n").properties == ()
    assert properties("\ufeff---\na: 1\n---\n") == {"a": 1}
