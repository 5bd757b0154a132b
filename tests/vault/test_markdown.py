"""The body of a note: headings, lines, links, fields, comments and tags, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.vault import Heading, Line, read_note


def lines(text: str) -> list[str]:
    """The running text of a note, line by line."""
    return [p.prose.text for p in read_note("n.md", text.encode()).body if isinstance(p, Line)]


def targets(text: str) -> list[tuple[str, str | None, bool]]:
    """Target, fragment and whether it is an embed, of every link of a note."""
    return [(k.target, k.fragment, k.embed) for k in read_note("n.md", text.encode()).links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Note]]", ("Note", None, False)),
        ("[[Note|label]]", ("Note", None, False)),
        ("[[Note#H1#H2]]", ("Note", "H1#H2", False)),
        ("[[Note#^block]]", ("Note", "^block", False)),
        ("[[#Here]]", ("", "Here", False)),
        ("![[Note#Part]]", ("Note", "Part", True)),
        ("[l](Note%20name.md#slug)", ("Note name.md", "slug", False)),
        ("[l](./Note.md)", ("./Note.md", None, False)),
        ("[l](Note%2520name.md)", ("Note name.md", None, False)),
        ("[l](Note.md#)", ("Note.md", "", False)),
        ("[l](<Note name.md>)", ("Note name.md", None, False)),
        ("![A > B](A.md#b)", ("A.md", "b", True)),
        ("| a |\n|---|\n| [[p\\|q]] |", ("p", None, False)),
        ("[l][r]\n\n[r]: Other.md", ("Other.md", None, False)),
        ("<https://example.org/>", ("https://example.org/", None, False)),
    ],
)
def test_every_form_of_link_is_read(text: str, expected: tuple[str, str | None, bool]) -> None:
    """Wikilinks, Markdown links, embeds, references and autolinks give their target."""
    assert targets(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "`[[no]]`",
        "```\n[[no]]\n```",
        "    [[no]]",
        '<a href="[[no]]">x</a>',
        "<!-- [[no]] -->",
        "%% [[no]] %%",
        "%%\n[[no]]\n\n[[no]]\n%%",
        "$[[no]]$",
        "before %% [[no]]\n\nnever closed [[no]]",
        r"\[\[no\]\]",
    ],
)
def test_code_html_mathematics_and_comments_hold_no_links(text: str) -> None:
    """What Obsidian does not show as a link is none."""
    assert targets(text) == []


def test_a_comment_sign_in_code_opens_no_comment() -> None:
    """`%%` inside code is code."""
    assert targets("`%%` [[yes]]\n\n```\n%%\n```\n[[also]]") == [
        ("yes", None, False),
        ("also", None, False),
    ]


def test_text_is_what_a_reader_sees() -> None:
    """Markup, comments and embeds are gone; labels of links stay."""
    assert lines("**TBS** and [[PCO|the *office*]] %%soon%%will &amp; shall ![[E]]act") == [
        "TBS and the office will & shall act"
    ]


def test_headings_know_whether_they_are_one_link() -> None:
    """Only a heading that is nothing but a link to a note opens another entity's section."""
    text = "# [A](A.md)\n## [[B]]\n# C [[D]]\n# [web](https://example.org)\n"
    body = read_note("n.md", text.encode()).body
    found = [part.link.target if part.link else None for part in body if isinstance(part, Heading)]
    assert found == ["A.md", "B", None, None]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("up:: [[Mission 3]]", "up", "Mission 3"),
        ("- down:: [child](Mission%203.1a.md)", "down", "child"),
        ("**status**:: In Progress", "status", "In Progress"),
        ("label_fr:: Libellé", "label_fr", "Libellé"),
        ("key::", "key", ""),
    ],
)
def test_inline_fields_are_read_on_lines_and_items(text: str, key: str, value: str) -> None:
    """`key:: value`, alone on its line or list item, is a field."""
    fields = [p.field for p in read_note("n.md", text.encode()).body if isinstance(p, Line)]
    assert [(field.key, field.value.text) for field in fields if field] == [(key, value)]


@pytest.mark.parametrize("text", ["C++::vector is text", "https://a::b", ":: nothing", "1:: x"])
def test_what_only_looks_like_a_field_is_text(text: str) -> None:
    """A key is a word, not any text before two colons."""
    body = read_note("n.md", text.encode()).body
    assert [part.field for part in body if isinstance(part, Line)] == [None]


def test_tags_come_from_properties_and_text() -> None:
    """Nested and accented tags count; numbers and code do not."""
    text = "---\ntags: [a, '#b']\n---\n#c/d and #été, not #123 nor `#no` nor a#b\n"
    note = read_note("n.md", text.encode())
    assert [tag.name for tag in note.tags] == ["a", "b", "c/d", "été"]


@pytest.mark.parametrize(
    ("head", "private"),
    [
        ("publish: false", True),
        ("share: no", True),
        ("tags: private", True),
        ("tags: [work, private/hr]", True),
        ("publish: true", False),
        ("tags: [privately]", False),
    ],
)
def test_a_note_says_that_it_is_private(head: str, private: bool) -> None:
    """`publish: false`, `share: false` and the tag `private` keep a note from being published."""
    assert read_note("n.md", f"---\n{head}\n---\n".encode()).private is private


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a\0b", b"\x80", "é".encode("latin-1")])
def test_what_is_not_utf8_text_is_one_finding(data: bytes) -> None:
    """A binary file named .md is reported and read no further."""
    note = read_note("n.md", data)
    assert [finding.rule.code for finding in note.findings] == ["note-encoding"]
    assert note.body == ()


@pytest.mark.parametrize(
    "text", ["> " * 200 + "x", "- " * 200 + "x", "[" * 5000, "*" * 5000, "#" * 200 + " x"]
)
def test_deep_nesting_is_read(text: str) -> None:
    """Two hundred levels of quotes or lists, and thousands of brackets, do no harm."""
    assert read_note("n.md", text.encode()).findings == ()


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=12
)
_PIECES = st.one_of(
    _WORDS,
    st.sampled_from(
        "[[|]] ![[ ]] ( ) # ## %% ` ``` $ * _ > - \n \r\n :: key:: [a](b.md) [[N#H|l]] \t 😀 é \\".split(
            " "
        )
    ),
)


@given(st.lists(_PIECES, max_size=30).map("".join), st.booleans())
def test_every_span_lies_in_the_note_and_lines_agree_with_bytes(text: str, mark: bool) -> None:
    """Whatever the note, spans are inside it, and line and column name the same place as offsets."""
    data = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    note = read_note("n.md", data)
    spans = [link.span for link in note.links]
    spans += [part.prose.span() for part in note.body if part.prose.text]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(data)
        before = data[3 if mark else 0 : span.start].decode()
        broken = before.replace("\r\n", "\n").replace("\r", "\n")
        assert span.line == broken.count("\n") + 1
        assert span.column == len(broken) - (broken.rfind("\n") + 1) + 1


@given(st.binary(max_size=200))
def test_any_bytes_give_a_note(data: bytes) -> None:
    """Reading never raises."""
    assert read_note("n.md", data).path == "n.md"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_plain_words_trace_to_themselves(words: str) -> None:
    """Where the text has no markup, every character of the prose is found at its place."""
    note = read_note("n.md", words.encode())
    for part in note.body:
        for index, character in enumerate(part.prose.text):
            span = part.prose.span(index, index + 1)
            source = words.encode()[span.start : span.end].decode()
            assert source == character or not words.isalnum()


@pytest.mark.parametrize("mark", [">", "> - ", "1. ", "  * "])
def test_a_thousand_levels_on_one_line_are_read_and_no_more(mark: str) -> None:
    """What the parser would take too long for is a finding at its place; the properties are read."""
    head = "---\npublish: false\n---\n"
    levels = mark.count(">") + mark.count("-") + mark.count("1") + mark.count("*")
    read, refused = (
        read_note("n.md", f"{head}a\n\n{mark * (count // levels)} x\n".encode())
        for count in (1000, 1002)
    )
    assert [finding.rule.code for finding in read.findings] == []
    assert [(str(each.span), each.rule.code) for each in refused.findings] == [
        ("n.md:6:1", "note-too-deep")
    ]
    assert (len(read.body) > 1, refused.body, refused.private) == (True, (), True)
