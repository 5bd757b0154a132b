"""Links and embeds: what each says, where it stands, and in which places there are none."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ds2026kg.findings import Span
from ds2026kg.vault import Line, Link, read_note
from ds2026kg.vault.link import LinkForm
from ds2026kg.vault.targets import VaultAddress, split_destination, vault_address


class Seen(NamedTuple):
    """A link with the source it stands for; its label is its target where none is given."""

    source: str
    target: str
    fragment: str | None = None
    label: str = ""
    form: LinkForm = "wikilink"
    embed: bool = False
    external: bool = False
    title: str = ""


def seen(text: str) -> list[Seen]:
    """Every link of a note with that text."""
    data = text.encode()
    return [
        Seen(
            data[link.span.start : link.span.end].decode(),
            link.target,
            link.fragment,
            link.label,
            link.form,
            link.embed,
            link.external,
            link.title,
        )
        for link in read_note("n.md", data).links
    ]


def link(text: str) -> Link:
    """The one link of a note with that text."""
    (only,) = read_note("n.md", text.encode()).links
    return only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Note]]", Seen("[[Note]]", "Note", label="Note")),
        ("[[Note.md]]", Seen("[[Note.md]]", "Note.md", label="Note.md")),
        ("x [[ Note ]] y", Seen("[[ Note ]]", "Note", label=" Note ")),
        ("[[a/b/Note#H|x]]", Seen("[[a/b/Note#H|x]]", "a/b/Note", "H", "x")),
        ("[[Note#]]", Seen("[[Note#]]", "Note", "", "Note#")),
        ("[[Note|a|b]]", Seen("[[Note|a|b]]", "Note", label="a|b")),
        ("[[Note|]]", Seen("[[Note|]]", "Note")),
        ("[[Note|*a* `b`]]", Seen("[[Note|*a* `b`]]", "Note", label="a b")),
        ("[[#^b]]", Seen("[[#^b]]", "", "^b", "#^b")),
        ("[[50%20]]", Seen("[[50%20]]", "50%20", label="50%20")),
        ("é😀 [[Été 🎉|ß]]", Seen("[[Été 🎉|ß]]", "Été 🎉", label="ß")),
        ("![[i.png|100]]", Seen("![[i.png|100]]", "i.png", None, "100", "wikilink", True)),
    ],
)
def test_a_wikilink_is_read_with_all_that_it_says(text: str, expected: Seen) -> None:
    """Target, fragment and label are as written, without markup and the blanks around a target."""
    assert seen(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[l](a.md "T")', Seen('[l](a.md "T")', "a.md", None, "l", "markdown", title="T")),
        (
            "[*l*](<a b.md#H 1> 'T \"U\"')",
            Seen("[*l*](<a b.md#H 1> 'T \"U\"')", "a b.md", "H 1", "l", "markdown", title='T "U"'),
        ),
        ("[a](#h)", Seen("[a](#h)", "", "h", "a", "markdown")),
        ("[a](b.md#^x)", Seen("[a](b.md#^x)", "b.md", "^x", "a", "markdown")),
        ("[a](b%23c.md)", Seen("[a](b%23c.md)", "b#c.md", None, "a", "markdown")),
        ("[a](50%.md)", Seen("[a](50%.md)", "50%.md", None, "a", "markdown")),
        ("[a](%C3%A9.md)", Seen("[a](%C3%A9.md)", "é.md", None, "a", "markdown")),
        (
            "[a](b%2520c.md#d%2520e)",
            Seen("[a](b%2520c.md#d%2520e)", "b c.md", "d e", "a", "markdown"),
        ),
        ("[a](b(c).md)", Seen("[a](b(c).md)", "b(c).md", None, "a", "markdown")),
        ("[a\nb](c.md)", Seen("[a\nb](c.md)", "c.md", None, "a b", "markdown")),
        ("![c|100](i.png)", Seen("![c|100](i.png)", "i.png", None, "c|100", "markdown", True)),
        (
            "[m](mailto:a@b)",
            Seen("[m](mailto:a@b)", "mailto:a@b", None, "m", "markdown", False, True),
        ),
    ],
)
def test_a_markdown_link_is_read_with_all_that_it_says(text: str, expected: Seen) -> None:
    """Percent-encoding is undone, angle brackets and titles are understood, the web stays apart."""
    assert seen(text) == [expected]


def test_links_of_reference_style_stand_where_they_are_used() -> None:
    """Whatever the order; what has no definition is text."""
    text = "[l][R] [r][] ![r] [no] [no][such]\n\n[r]: a%20b.md#x 'T'\n"
    assert seen(text) == [
        Seen("[l][R]", "a b.md", "x", "l", "reference", title="T"),
        Seen("[r][]", "a b.md", "x", "r", "reference", title="T"),
        Seen("![r]", "a b.md", "x", "r", "reference", embed=True, title="T"),
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("see https://a.b/c_(d).", "https://a.b/c_(d)"),
        ("(https://a.b/c)", "https://a.b/c"),
        ("HTTP://A.B/?c=1#d, and so on", "HTTP://A.B/?c=1#d"),
        ("« ftp://a.b/é »", "ftp://a.b/é"),
        ("**https://a.b/**", "https://a.b/"),
        ("by:: https://a.b::c", "https://a.b::c"),
    ],
)
def test_a_bare_address_is_a_link_to_the_web(text: str, source: str) -> None:
    """Without the full stop or bracket that follows it."""
    assert seen(text) == [Seen(source, source, None, source, "autolink", external=True)]


@pytest.mark.parametrize("address", ["https://a.b/c", "a@b.c", "urn:x:y"])
def test_an_address_in_angle_brackets_is_a_link_to_the_web(address: str) -> None:
    """Of whatever scheme, or of a mailbox."""
    expected = Seen(f"<{address}>", address, None, address, "autolink", external=True)
    assert seen(f"x <{address}>") == [expected]


def test_an_address_in_angle_brackets_is_one_link_also_behind_a_bare_one() -> None:
    """What is found first does not hide that the second is a link already."""
    text = "https://a.b [[N]] <https://x.y> https://c.d"
    expected = ["https://a.b", "[[N]]", "<https://x.y>", "https://c.d"]
    assert [found.source for found in seen(text)] == expected


def test_links_to_obsidian_itself_keep_their_address() -> None:
    """Bare, in angle brackets or behind a label; where they lead, the vault knows."""
    address = "obsidian://open?vault=V&file=A%20b"
    expected = [
        Seen(address, address, None, address, "obsidian", external=True),
        Seen(f"<{address}>", address, None, address, "obsidian", external=True),
        Seen(f"[l]({address})", address, None, "l", "obsidian", external=True),
    ]
    assert seen(f"{address} <{address}> [l]({address})") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[N]]", (None, (), None, None, "N")),
        ("[[a/N.md#A#B C]]", (None, ("A", "B C"), None, None, "N")),
        ("[[N# A ## B ]]", (None, ("A", "B"), None, None, "N")),
        ("[l](N.md#^a-1)", ("a-1", (), None, None, "N")),
        ("![[i.png|100]]", (None, (), (100, None), None, "i.png")),
        ("![[i.png|a map|100x50]]", (None, (), (100, 50), None, "i.png")),
        ("![a map|100x50](i.png)", (None, (), (100, 50), None, "i.png")),
        ("![[i.png|100 miles]]", (None, (), None, None, "i.png")),
        ("[[N|100]]", (None, (), None, None, "N")),
        ("![[r.PDF#page=3&x=1]]", (None, ("page=3&x=1",), None, 3, "r.PDF")),
        ("[[N#page=3]]", (None, ("page=3",), None, None, "N")),
        ("[l](https://a.b/#^c)", (None, (), None, None, "#^c")),
    ],
)
def test_a_link_knows_its_block_headings_size_and_page(
    text: str,
    expected: tuple[str | None, tuple[str, ...], tuple[int, int | None] | None, int | None, str],
) -> None:
    """The parts of a fragment, and the size that an embed asks for in its label."""
    found = link(text)
    assert (found.block, found.headings, found.size, found.page, found.note_name) == expected


_TABLE = "| [[N\\|l]] | ![[i.png\\|9]] |\n|---|---|\n| [m](M.md) | `[[no]]` |"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("# A [[N|l]] ![[E]] #", ["[[N|l]]", "![[E]]"]),
        ("A [[N]]\n===", ["[[N]]"]),
        ("> [!note]- [[N]]\n> > [m](M.md)", ["[[N]]", "[m](M.md)"]),
        ("- [[N]]\n  1. [ ] [[M]]\n     ![[E]]", ["[[N]]", "[[M]]", "![[E]]"]),
        (_TABLE, ["[[N\\|l]]", "![[i.png\\|9]]", "[m](M.md)"]),
        ("x[^1]\n\n[^1]: see [[N]]\n\n    ![[E]]", ["[[N]]", "![[E]]"]),
        ("<div>\n\n[[N]]\n\n</div>\n\n<b>[[M]]</b>", ["[[N]]", "[[M]]"]),
        ("**[[N]]** ~~[m](M.md)~~ *[[M]]*", ["[[N]]", "[m](M.md)", "[[M]]"]),
        ("[[N]][[M]]![[E]]", ["[[N]]", "[[M]]", "![[E]]"]),
        ("%%[[no]]%%[[N]]%%[[no]]%%", ["[[N]]"]),
        ("`[[no]]` [[N]] $[[no]]$ [[M]] $$[[no]]$$", ["[[N]]", "[[M]]"]),
        ("[![i](i.png)](N.md)", ["[![i](i.png)](N.md)", "![i](i.png)"]),
        ("---\nup: '[[N]]'\n---\n[[M]]", ["[[N]]", "[[M]]"]),
        ("\ufeffé\r\n[[N]]\r\n\r\n\t[[no]]\r\n", ["[[N]]"]),
        ("[[N]]  \n[[M]]<br>[[N]]\\\n[[M]]", ["[[N]]", "[[M]]", "[[N]]", "[[M]]"]),
    ],
)
def test_links_are_found_wherever_text_is(text: str, sources: list[str]) -> None:
    """In headings, lists, quotes, tables, footnotes and HTML, in text order, each at its place."""
    assert [found.source for found in seen(text)] == sources


@pytest.mark.parametrize(
    "text",
    [
        "[[]]",
        "![[]]",
        "[[|x]]",
        "[[N]",
        "[ [N]]",
        "[[a\nb]]",
        "[[a\rb|c]]",
        "> [[a\n> b]]",
        "[a](b c.md)",
        "[a] (b.md)",
        "\\[[N]]",
        "[a\\](b.md)",
        "[r]: N.md",
        "`` [[N]] ` [m](M.md) ``",
        "~~~\n[[N]]\n~~~",
        "$$\n[[N]]\n$$",
        "<div>\n[[N]]\n</div>",
        '<img alt="[m](M.md)">',
        "<!-- \n[[N]]\n\n-->",
        "x %%\n\n- [[N]]\n\n# [[N]]\n\n%%",
        "x://[no]",
        "www.example.org",
        "https:/a.b",
        "see http://.",
    ],
)
def test_what_is_no_link_is_none(text: str) -> None:
    """Nothing without a target, over two lines, escaped, or in code, mathematics, HTML, comments."""
    assert seen(text) == []


def test_a_link_knows_where_its_label_is_in_the_line() -> None:
    """The offset counts characters of the line's text; an embed stands before the text after it."""
    (line,) = read_note("n.md", "é **a** [[N|ß 😀]] ![[E]]x [m](M.md)".encode()).body
    assert line.prose.text == "é a ß 😀 x m"
    assert [(each.target, each.offset) for each in line.links] == [("N", 4), ("E", 8), ("M.md", 10)]


def test_offsets_hold_when_fields_and_marks_are_cut_out_before_them() -> None:
    """The mark of a task and fields in brackets are no text of the line."""
    (line,) = read_note("n.md", b"- [ ] a [k:: [[V]]] b [[N|c]] (h:: [[W]]) [[M]]").body
    assert isinstance(line, Line)
    assert line.prose.text == "a  b c  W M"
    found = [(each.label, each.offset) for each in line.links]
    assert found == [("V", 2), ("c", 5), ("W", 8), ("M", 10)]


@pytest.mark.parametrize(
    ("value", "expected", "shown"),
    [
        ("'[[N|l]]'", [("[[N|l]]", "N", "l", False)], "l"),
        ('"[[é#H]]"', [("[[é#H]]", "é", "é#H", False)], "é#H"),
        ("[[N]]", [("[[N]]", "N", "N", False)], "N"),
        (
            "see [[N]], [m](M%20m.md)",
            [("[[N]]", "N", "N", False), ("[m](M%20m.md)", "M m.md", "m", False)],
            "see N, m",
        ),
        ("'![[E]]'", [("![[E]]", "E", "E", True)], "E"),
        ("'[w](https://a.b)'", [("[w](https://a.b)", "https://a.b", "w", False)], "w"),
        ('"[[a\\"b]]"', [('"[[a\\"b]]"', 'a"b', 'a"b', False)], 'a"b'),
        ("'`[[no]]` x'", [], "`[[no]]` x"),
        ("plain [x", [], "plain [x"),
    ],
)
def test_links_in_properties_have_their_places(
    value: str, expected: list[tuple[str, str, str, bool]], shown: str
) -> None:
    """To the letter inside quotes; where the quotes hold escapes, the whole value is the place."""
    data = f"---\nup: {value}\n---\n".encode()
    (entry,) = read_note("n.md", data).properties
    (scalar,) = entry.scalars()
    found = [
        (data[each.span.start : each.span.end].decode(), each.target, each.label, each.embed)
        for each in scalar.links
    ]
    assert (found, scalar.shown or scalar.text) == (expected, shown)


def test_links_in_lists_and_mappings_of_properties_are_found() -> None:
    """In the flow, in blocks and in a list of unquoted wikilinks, in order."""
    text = (
        "---\na: [[[N]], '[[M]]']\nb:\n  - [[O, p]]\n  - c: \"[[Q]]\"\n"
        "d: {e: [[R]]}\nf: |\n  x [[S]]\n---\n"
    )
    assert [found.source for found in seen(text)] == [
        "[[N]]",
        "[[M]]",
        "[[O, p]]",
        "[[Q]]",
        "[[R]]",
        "[[S]]",
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("obsidian://open?vault=V&file=a%2Fb%20c%23H%23I", VaultAddress("V", "a/b c", "H#I")),
        ("OBSIDIAN://OPEN?file=a", VaultAddress("", "a", None)),
        ("obsidian://vault/My%20vault/a/b", VaultAddress("My vault", "a/b", None)),
        ("obsidian://open?vault=V&filepath=a.md", VaultAddress("V", "a.md", None)),
        ("obsidian://open?vault=V", None),
        ("obsidian://search?vault=V&query=x", None),
        ("obsidian://[", None),
        ("https://open?vault=V&file=a", None),
    ],
)
def test_an_address_of_obsidian_names_vault_and_file(
    address: str, expected: VaultAddress | None
) -> None:
    """In both of its forms; other commands, and what is no such address, name no file."""
    assert vault_address(address) == expected


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        ("a%20b.md#c%20d", ("a b.md", "c d", False)),
        ("./a#", ("./a", "", False)),
        ("%C3%A9%2520x", ("é x", None, False)),
        ("100%", ("100%", None, False)),
        ("%25.md", ("%.md", None, False)),
        ("C:/x%20y", ("C:/x%20y", None, True)),
        ("a:b", ("a:b", None, True)),
        ("a b:c", ("a b:c", None, False)),
        ("#x", ("", "x", False)),
    ],
)
def test_a_destination_is_decoded_and_split(
    destination: str, expected: tuple[str, str | None, bool]
) -> None:
    """Once or twice encoded; what has a scheme is left as it is."""
    assert split_destination(destination) == expected


def test_a_link_is_a_plain_value() -> None:
    """Whole: every member of a link, and its place."""
    span = Span("n.md", 3, 20, 1, 3, 1, 19)
    expected = Link("a/N", "H#^b", "lé", True, False, span, 2, "wikilink", "")
    assert link("é ![[a/N#H#^b|lé]]") == expected
