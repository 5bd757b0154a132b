"""Blocks: identifiers, tasks, callouts, footnotes, and what else a note is made of."""

from __future__ import annotations

import pytest

from ds2026kg.findings import Span
from ds2026kg.vault import Block, Line, Reference, read_note
from ds2026kg.vault.note import BlockKind

from .reading import Read

# --- Identifiers of blocks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo ^a-1", [("paragraph", "a-1", "", "one\ntwo ^a-1")]),
        ("one\n^a", [("paragraph", "a", "", "one\n^a")]),
        ("one\n\n^a", [("paragraph", "a", "", "one")]),
        ("one %%c%% ^a", [("paragraph", "a", "", "one %%c%% ^a")]),
        ("[k:: v] ^a", [("paragraph", "a", "", "[k:: v] ^a")]),
        ("![[E]] ^a", [("paragraph", "a", "", "![[E]] ^a")]),
        ("> one ^a", [("quote", "a", "", "> one ^a")]),
        ("> one\n\n^a\n\ntwo", [("quote", "a", "", "> one")]),
        ("| a |\n|---|\n\n^a", [("table", "a", "", "| a |\n|---|")]),
        ("```py\nx\n```\n^a", [("code", "a", "py", "```py\nx\n```")]),
        ("$$\nx\n$$\n\n^a", [("math", "a", "", "$$\nx\n$$")]),
        (
            "- one\n  two ^a\n  - three ^b\n- four",
            [
                ("list", "", "", "- one\n  two ^a\n  - three ^b\n- four"),
                ("item", "a", "", "- one\n  two ^a\n  - three ^b"),
                ("item", "b", "", "- three ^b"),
                ("item", "", "", "- four"),
            ],
        ),
        (
            "- [ ] one ^a\n\n^b",
            [("list", "b", "", "- [ ] one ^a"), ("task", "a", " ", "- [ ] one ^a")],
        ),
        (
            "- one\n\ntwo\n\n^a",
            [("list", "", "", "- one"), ("item", "", "", "- one"), ("paragraph", "a", "", "two")],
        ),
        ("# H\n\n^a", []),
        ("^a", []),
    ],
)  # fmt: skip
def test_a_block_has_the_identifier_at_its_end(
    text: str, expected: list[tuple[BlockKind, str, str, str]]
) -> None:
    """At the end of its last line, or alone after it; a paragraph is a block only with one."""
    assert Read(text).blocks() == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one ^a", ["one"]),
        ("one\n^a", ["one"]),
        ("one\n\n^a\n\ntwo", ["one", "two"]),
        ("- one ^a\n- ![[E]] ^b", ["one", ""]),
        ("one `c` ^a", ["one c"]),
        ("k:: v ^a", ["k:: v"]),
    ],
)
def test_an_identifier_is_no_text(text: str, shown: list[str]) -> None:
    """It is cut out of its line; a line of nothing else is none."""
    assert Read(text).lines() == shown


@pytest.mark.parametrize(
    "text", ["one^a", "one ^a_b", "one ^a b", "one \\^a", "one `^a`", "one ^", "one ^é", "one $^a$"]
)
def test_what_is_no_identifier_is_text(text: str) -> None:
    """Identifiers are letters, digits and hyphens behind a blank, at the very end."""
    assert Read(text).blocks() == []


# --- Tasks and callouts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "state", "shown"),
    [
        ("- [ ] one", " ", ["one"]),
        ("- [x] one", "x", ["one"]),
        ("- [X] one", "X", ["one"]),
        ("* [/] one", "/", ["one"]),
        ("+ [-] one", "-", ["one"]),
        ("1. [>] one", ">", ["one"]),
        ("2) [🎉] one", "🎉", ["one"]),
        ("- [?] [[N|one]]", "?", ["one"]),
        ("- [x] one\n  two", "x", ["one", "two"]),
        ("- [ ] [k:: v] one", " ", [" one"]),
        ("- [/] one %%two", "/", ["one "]),
    ],
)
def test_an_item_with_a_box_is_a_task(item: str, state: str, shown: list[str]) -> None:
    """Any one sign is a state; the box is no text."""
    read = Read(item)
    assert read.blocks() == [("list", "", "", item), ("task", "", state, item)]
    assert read.lines() == shown


@pytest.mark.parametrize(
    "item", ["- [] a", "- [ab] a", "- [x]a", "- a [ ] b", "- \\[ ] a", "- `[ ]` a", "- [ ](b.md)"]
)
def test_an_item_without_a_box_is_none(item: str) -> None:
    """A box holds one sign, stands first and has a blank behind it."""
    assert Read(item).blocks() == [("list", "", "", item), ("item", "", "", item)]


def test_tasks_nest() -> None:
    """Each with its own state and source, in text order."""
    text = "- [x] a\n  - [ ] b\n    - c\n> 1. [/] d"
    assert Read(text).blocks() == [
        ("list", "", "", "- [x] a\n  - [ ] b\n    - c"),
        ("task", "", "x", "- [x] a\n  - [ ] b\n    - c"),
        ("task", "", " ", "- [ ] b\n    - c"),
        ("item", "", "", "- c"),
        ("quote", "", "", "> 1. [/] d"),
        ("task", "", "/", "1. [/] d"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("> [!note]\n> a", "note", ["a"]),
        ("> [!WARNING]- T [[N]]\n> a", "warning", ["T N", "a"]),
        ("> [!my type|meta]+ T", "my type", ["T"]),
        (">[!tip] T", "tip", ["T"]),
        ("> [!note] T\na", "note", ["T", "a"]),
    ],
)
def test_a_quote_may_be_a_callout(text: str, kind: str, shown: list[str]) -> None:
    """Its type is in small letters; its title is text, its mark is none."""
    read = Read(text)
    assert read.blocks() == [("callout", "", kind, text)]
    assert read.lines() == shown


@pytest.mark.parametrize(
    "text",
    ["> a [!note]", "> [note] a", "> [!] a", "> [ !note]", "> \\[!note]", "> a\n> [!note] b"],
)
def test_other_quotes_are_none(text: str) -> None:
    """The mark of a callout stands first in its quote."""
    assert Read(text).blocks() == [("quote", "", "", text)]


def test_callouts_nest_in_callouts_and_lists() -> None:
    """An inner callout is a block; an inner quote that is none is not."""
    text = "> [!a]\n> > [!b] x\n> > > y\n\n- > [!c]\n  > z"
    assert Read(text).blocks() == [
        ("callout", "", "a", "> [!a]\n> > [!b] x\n> > > y"),
        ("callout", "", "b", "> [!b] x\n> > > y"),
        ("list", "", "", "- > [!c]\n  > z"),
        ("item", "", "", "- > [!c]\n  > z"),
        ("callout", "", "c", "> [!c]\n  > z"),
    ]


# --- Footnotes ---------------------------------------------------------------------------------


def test_footnotes_are_referred_to_and_defined() -> None:
    """The marks are references, the definitions blocks; neither mark nor label is text."""
    text = "a[^1] b[^é].\n\n[^1]: note [[X]]\n[^é]: two\n    more\n\n    *end*\n"
    read = Read(text)
    assert read.lines() == ["a b.", "note X", "two", "more", "end"]
    assert [(each.label, read.source(each.span)) for each in read.note.references] == [
        ("1", "[^1]"),
        ("é", "[^é]"),
    ]
    assert read.blocks() == [
        ("footnote", "", "1", "[^1]: note [[X]]"),
        ("footnote", "", "é", "[^é]: two\n    more\n\n    *end*"),
    ]


def test_a_mark_without_a_definition_is_text() -> None:
    """As GitHub and Obsidian show it."""
    read = Read("a[^1] `[^2]`\n\n[^2]: b")
    assert (read.lines(), read.note.references) == (["a[^1] [^2]", "b"], ())


def test_an_inline_footnote_is_a_line_of_its_own() -> None:
    """It stands before the line that it is in, and is nested."""
    read = Read("a ^[b [c] *d*] e ^[f]\n")
    lines = [(part.prose.text, part.nested) for part in read.note.body if isinstance(part, Line)]
    assert lines == [("b [c] d", True), ("f", True), ("a  e ", False)]


def test_blocks_and_references_are_plain_values() -> None:
    """With their spans; outermost blocks are listed by their places."""
    note = read_note("n.md", "é[^1]\n\n***\n\n[^1]: x\n".encode())
    assert note.references == (Reference("1", Span("n.md", 2, 6, 1, 2, 1, 6)),)
    assert note.blocks == (
        Block("rule", Span("n.md", 8, 11, 3, 1, 3, 4)),
        Block("footnote", Span("n.md", 13, 20, 5, 1, 5, 8), "", "1"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~~py x\na\n\n~~~\n", [("code", "", "py x", "~~~py x\na\n\n~~~")]),
        ("```\nopen", [("code", "", "", "```\nopen")]),
        ("<div>\nx\n</div>\n", [("html", "", "", "<div>\nx\n</div>")]),
        ("$$\na\n$$\n", [("math", "", "", "$$\na\n$$")]),
        ("x $$a$$ y", []),
        ("a\n\n---\n", [("rule", "", "", "---")]),
        ("%%\n- a\n\n> b\n%%\n", []),
        ("# H\ntext\n", []),
    ],
)
def test_other_outermost_blocks_are_listed(
    text: str, expected: list[tuple[BlockKind, str, str, str]]
) -> None:
    """Code with its language, HTML, mathematics on lines of its own, rules; none from comments."""
    assert Read(text).blocks() == expected
