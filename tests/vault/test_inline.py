"""What Obsidian and Dataview read in running text: fields, tags and addresses."""

from __future__ import annotations

import pytest

from ds2026kg.findings import Span
from ds2026kg.vault import Tag, inline
from ds2026kg.vault.ranges import Ranges

from .reading import Read

# --- Fields ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k:: v", [("k", "", "v", [])]),
        ("k::v", [("k", "", "v", [])]),
        ("k :: v", [("k", "", "v", [])]),
        ("Été clé_2:: x", [("Été clé_2", "", "x", [])]),
        ("due-date:: 2024-03-01", [("due-date", "", "2024-03-01", [])]),
        ("a/b:: v", [("a/b", "", "v", [])]),
        ("数据:: v", [("数据", "", "v", [])]),
        ("🎉:: v", [("🎉", "", "v", [])]),
        ("**Key Two**:: v", [("Key Two", "", "v", [])]),
        ("k:: a, [[B]], [c](D.md), ![[E]]", [("k", "", "a, B, c,", ["B", "D.md", "E"])]),
        ("k:: [[B|*l*]] `c` **d**", [("k", "", "l c d", ["B"])]),
        ("k:: a::b", [("k", "", "a::b", [])]),
        ("k:: [x]", [("k", "", "[x]", [])]),
        ("k:: v %%hidden:: w%%", [("k", "", "v", [])]),
        ("k:: v ^id", [("k", "", "v", [])]),
        ("a [k:: v] b", [("k", "[", "v", [])]),
        ("a (k:: v) b", [("k", "(", "v", [])]),
        ("[ k :: v ]", [("k", "[", "v", [])]),
        ("[k::] (l::)", [("k", "[", "", []), ("l", "(", "", [])]),
        ("[k:: a [b] (c) d]", [("k", "[", "a [b] (c) d", [])]),
        ("(k:: a (b) [c] d)", [("k", "(", "a (b) [c] d", [])]),
        (
            "[k:: [[B]], [[C|d]]](l:: [e](F.md))",
            [("k", "[", "B, d", ["B", "C"]), ("l", "(", "e", ["F.md"])],
        ),
        ("[k:: `]` v]", [("k", "[", "] v", [])]),
        ("a:: b [k:: v]", [("k", "[", "v", [])]),
        ("[k:: v] ^id", [("k", "[", "v", [])]),
        ("one\nk:: v\nthree", [("k", "", "v", [])]),
        ("- k:: v\n  l:: w", [("k", "", "v", []), ("l", "", "w", [])]),
        ("- [ ] x [m:: y]", [("m", "[", "y", [])]),
        ("> k:: v", [("k", "", "v", [])]),
        ("| l:: w | [m:: x] |\n|---|---|", [("l", "", "w", []), ("m", "[", "x", [])]),
    ],
)  # fmt: skip
def test_fields_are_read_as_dataview_reads_them(
    text: str, expected: list[tuple[str, str, str, list[str]]]
) -> None:
    """Alone on a line or item, or any number in brackets; values are text with their links."""
    assert Read(text).fields() == expected


@pytest.mark.parametrize(
    "text",
    [
        "[k:: v",
        ":: v]",
        "a, b:: c",
        "k.x:: v",
        "(see: k:: v)",
        "# k:: v",
        "`k:: v`",
        "$k:: v$",
        "%%k:: v%%",
        "[[k:: v]]",
        "[[x|k:: v]]",
        "[k:: v](x.md)",
        "k: : v",
        "    k:: v",
        "-- k:: v",
    ],
)
def test_what_is_no_field_is_none(text: str) -> None:
    """A key is words before two colons; none in code, links, headings and comments."""
    assert Read(text).fields() == []


@pytest.mark.parametrize(
    ("text", "keys", "values"),
    [
        ("é k2:: v", ["é k2"], ["v"]),
        ("- **k**:: [[X|y]] z", ["k"], ["y]] z"]),
        ("a [😀k:: ß] (l::  w )", ["😀k", "l"], ["ß", "w"]),
        ("> x\r\n> k:: v\r\n", ["k"], ["v"]),
    ],
)
def test_keys_and_values_have_their_places(text: str, keys: list[str], values: list[str]) -> None:
    """The span of a field is its key; that of its value has neither brackets nor blanks."""
    read = Read(text)
    found = [(read.source(each.span), read.source(each.value.span())) for each in read.note.fields]
    assert found == list(zip(keys, values, strict=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a [k:: v] b (l:: w) c", ["a  b  w c"]),
        ("k:: v", ["k:: v"]),
        ("[k:: v]", [""]),
        ("a (k:: (v)) b", ["a  (v) b"]),
    ],
)
def test_fields_in_brackets_are_cut_out_of_the_text(text: str, shown: list[str]) -> None:
    """Of one in round brackets the value stays; that which is the whole line stays as it is."""
    assert Read(text).lines() == shown


# --- Tags --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#a #b/c #été #数据 #A", ["a", "b/c", "été", "数据", "A"]),
        ("#1a #2024-03 #1/2 #a_b-c", ["1a", "2024-03", "1/2", "a_b-c"]),
        ("#a, #b. #c! #d; #e: #f? #g^h", ["a", "b", "c", "d", "e", "f", "g"]),
        ("#a’s #b… #c\u00a0d #e\u200df", ["a", "b", "c", "e"]),
        ("#🎉 #a🎉/b", ["🎉", "a🎉/b"]),
        ("**#a** _#b_ ~~#c~~ <b>#d</b>", ["a", "b", "c", "d"]),
        ("#a*b* #c\\_d #e&amp;f #g<b>h</b>", ["a", "c", "e", "g"]),
        ("#a[[b]] #c`d` #e%%f%%g", ["a", "c", "e"]),
        ("# H #a\n\nx #b\n===\n", ["a", "b"]),
        ("> #a\n\n- #b\n- [ ] #c\n\n| #d |\n|---|\n\n[^1]: #e", ["a", "b", "c", "d", "e"]),
        ("k:: #a [l:: #b] (m:: #c) ^[#d x]", ["a", "b", "c"]),
        ("#a\n#b  \n\t#c", ["a", "b", "c"]),
    ],
)
def test_tags_are_read_as_obsidian_reads_them(text: str, names: list[str]) -> None:
    """Nested, Unicode and emoji; a tag ends at a blank, at most signs, and where markup begins."""
    assert Read(text).tags() == [(name, "#" + name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "#123 #",
        "a#b",
        "##a",
        "#",
        "# a",
        "\\#a",
        "&num;a",
        "&#35;a",
        "`#a`",
        "$#a$",
        "```\n#a\n```",
        "%%#a%%",
        "<!-- #a -->",
        '<a name="#a">x</a>',
        "[#a](b.md)",
        "[[#a]] [[b|#a]] ![[b#a]]",
        "https://a.b/#c <https://a.b/#d>",
        "#\u200ba",
        "#*a*",
        "(#a)",
        "x[^#a]",
    ],
)
def test_what_is_no_tag_is_none(text: str) -> None:
    """Numbers, and what is inside words, code, links, addresses and comments."""
    assert Read(text).tags() == []


def test_tags_of_properties_come_first_with_their_places() -> None:
    """Lists, and texts with blanks or commas, with or without #; escapes give the whole value."""
    text = "---\ntags: [a/b, '#é']\nTag: 'x #y, z'\nkeywords: [no]\n---\n#end\n"
    assert Read(text).tags() == [
        ("a/b", "a/b"),
        ("é", "é"),
        ("x", "x"),
        ("y", "y"),
        ("z", "z"),
        ("end", "#end"),
    ]
    assert Read('---\ntags: ["\\u00e9"]\n---\n').tags() == [("é", '"\\u00e9"')]
    assert Read("---\ntags:\ntag: ~\n---\n").tags() == []


def test_a_tag_is_a_plain_value() -> None:
    """Its name without the #, and where it stands."""
    assert Read("é #ß").note.tags == (Tag("ß", Span("n.md", 3, 6, 1, 3, 1, 5)),)


# --- Addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://a.b", ["https://a.b"]),
        ("(https://a.b/c) https://a.b/(c) https://a.b/c))", ["https://a.b/c", "https://a.b/(c)", "https://a.b/c"]),
        ("ftp://a.b/c?d=e&f=g#h.", ["ftp://a.b/c?d=e&f=g#h"]),
        ("“https://a.b/c”, « https://a.b/d »", ["https://a.b/c", "https://a.b/d"]),
        ("Obsidian://open?file=a", ["Obsidian://open?file=a"]),
        ("xhttps://a.b http:/a.b mailto:a@b //a.b www.a.b", []),
        ("https://a.b/é/数据", ["https://a.b/é/数据"]),
        ("https://a.b<c", ["https://a.b"]),
    ],
)  # fmt: skip
def test_bare_addresses_end_where_the_sentence_goes_on(text: str, found: list[str]) -> None:
    """Stops, quotes and brackets that were not opened in it are no part of an address."""
    assert [text[slice(*each)] for each in inline.addresses(text, ())] == found


def test_nothing_is_found_in_closed_ranges() -> None:
    """Where a line holds code or escapes, no tag, address, field or footnote begins."""
    text = "#a https://a.b [k:: v] ^[n] ^id"
    closed = Ranges([(0, len(text))])
    assert list(inline.tags(text, closed)) == []
    assert list(inline.addresses(text, closed)) == []
    assert list(inline.fields(text, closed)) == []
    assert list(inline.footnotes(text, closed)) == []
    assert inline.block_identifier(text, closed) is None
