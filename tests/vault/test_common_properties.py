"""The short way to read common properties agrees with the long one, through libyaml."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ds2026kg.vault import properties
from ds2026kg.vault.common_properties import read_common
from ds2026kg.vault.places import Places
from ds2026kg.vault.properties import Properties, read_properties


def read(text: str, *, briefly: bool = True) -> tuple[Properties, bool]:
    """The properties of a note, and whether `read_common` read them; not asked if not `briefly`."""
    asked: list[object] = []

    def ask(*block: Any) -> Any:
        asked.append(read_common(*block) if briefly else None)
        return asked[-1]

    with patch.object(properties, "read_common", ask):
        data = text.encode()
        mark = len("\ufeff".encode()) if text.startswith("\ufeff") else 0
        found = read_properties(text.removeprefix("\ufeff"), Places("n.md", data[mark:], mark))
    return found, asked != [None] and asked != []


# What Obsidian writes, and people after it.
KEYS = st.sampled_from("tags aliases Été up 数据 due-date a_1 publish x".split())
WORDS = st.sampled_from(
    "a TBS 3.1a 2026-03-01 10:30 no true null 1e3 été 数据 🎉 👩\u200d💻 a#b R&D x-y l’é https://a.b/c?d=e".split()
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NAMES = st.lists(
    st.sampled_from("Mission 3.1a Été 数据 🎉 x-y R&D a/b".split()), min_size=1, max_size=3
).map(" ".join)
INSIDE = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\"'\\\ufeff\ufffe\uffff"
    ),
    max_size=8,
)
QUOTED = st.one_of(
    (INSIDE | NAMES.map("[[{}]]".format)).map('"{}"'.format),
    (INSIDE | NAMES.map("[[{}|l]]".format) | TEXTS.map("{}: #x".format)).map("'{}'".format),
)
LINKS = NAMES.map("[[{}]]".format)
IN_LIST = QUOTED | NAMES


def _listed(items: list[str], indentation: str) -> str:
    return "".join(f"\n{indentation}- {item}" for item in items)


VALUES = st.one_of(
    st.just(""),
    (TEXTS | QUOTED | LINKS).map(" {}".format),
    st.lists(IN_LIST, max_size=3).map(lambda items: f" [{', '.join(items)}]"),
    st.builds(
        _listed,
        st.lists(TEXTS | QUOTED, min_size=1, max_size=3),
        st.sampled_from(("", "  ", "    ")),
    ),
)
ENDS = st.sampled_from(("\n", "\r\n", "\r"))


@st.composite
def notes(draw: DrawFn, values: SearchStrategy[str] = VALUES, *, unique: bool = True) -> str:
    """Notes with properties of one key or more, with blank lines, and blanks at ends of lines."""
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=unique))
    after = st.sampled_from(("\n", "\n", "\n\n", " \n"))
    lines = "".join(f"{key}:{draw(values)}{draw(after)}" for key in keys)
    mark = draw(st.sampled_from(("", "", "\ufeff")))
    return mark + f"---\n{lines}---\né [[x]]\n".replace("\n", draw(ENDS))


@settings(max_examples=1000)
@given(notes())
@example("---\na:  b  \n---\n")
@example("\ufeff---\r\nÉté: '[[🎉|l]]' \r\nb:\r\n  - 'é'\r\n\r\n  - b\r\n---\r\n")
@example("---\na:\n\n- b\nc:\n---\n")
@example("---\na: [b, 'c, d' , \"e\" ]\nb: []\n---\n")
@example("---\na: « l’œuvre »\nb: R&D, l'été\n---\n")
@example("---\ne\u0301te\u0301: e\u0301\na-é:\n-   é  \n-   b\n---\n")
def test_common_properties_are_read_as_by_libyaml(text: str) -> None:
    """Every key, value and place is the same, and none of these notes takes the long way."""
    expected, _ = read(text, briefly=False)
    assert read(text) == (expected, True)
    assert expected.findings == ()


# What may look common and mean something else in YAML, or nothing.
ODD = st.sampled_from(
    "# -  - ? : :: [ ] { } & * ! | > ' \" % @ ` , ~ = << --- ... \\ \t \x85 \u2028 \ufeff \u00a0 a b é "
    "[[ ]] '' \"\" a: a:b #b -1 -b ,c [] {} [a] [a,b] [a]b 'a'b \"a\"b |- >+ !!str".split(" ")
)
ODD_VALUES = st.lists(ODD | WORDS, max_size=4).flatmap(
    lambda pieces: st.sampled_from((" ", "")).map(lambda blank: blank + blank.join(pieces))
)


def _beside(values: SearchStrategy[str]) -> SearchStrategy[str]:
    """Odd values, alone and as items and in brackets, beside common ones."""
    return st.one_of(
        VALUES,
        values,
        values.map("\n  -{}".format),
        values.map("\n  - a\n -{}".format),
        values.map("\n- a\n  {}".format),
        values.map(" [a,{}]".format),
        values.map("\n  b:{}".format),
    )


@settings(max_examples=1000)
@given(notes(_beside(ODD_VALUES), unique=False))
@example("---\na: b\n c\n---\n")
@example("---\na:\n  - b\n  c\n---\n")
@example("---\na: b\na: c\n---\n")
@example("---\na: 'b'\n  - c\n---\n")
@example("---\na:\n  - b\n\n c: d\n---\n")
@example("---\na: [b c, d#e]\n---\n")
@example("---\na: [[b], c]\n---\n")
@example("---\na: [[b]] c\n---\n")
@example("---\na: b #c\n---\n")
@example("---\na:b\n---\n")
@example("---\na: b:\n---\n")
@example("---\na: -\n---\n")
@example("---\n- a\n---\n")
@example("---\na: b\n- c\n---\n")
@example("---\na:\n- b\n - c\n---\n")
@example("---\na: b\rc: d\ne: f\n---\n")
@example("---\na: b\rc\n---\n")
@example("---\na: b\u0085c: d\n---\n")
@example("---\na: b\x0bc\n---\n")
@example("---\na: ''''\n---\n")
@example("---\na: [b,]\n---\n")
@example("---\na: [,b]\n---\n")
@example("---\na: [b, ]\n---\n")
@example("---\na: [ ]\n---\n")
@example("---\na: [b\tc]\n---\n")
@example("---\na: b ---\n---\n")
@example("---\n\na: b\n \nc: d\n---\n")
@example("---\n  a: b\nc: d\n---\n")
@example("---\na: b\r\nc: d\n---\n")
@example("---\na: b\r\nc: d\r---\n")
@example("---\na: «\u0085» c\n---\n")
@example("---\na: 🎉\ufeff\n---\n")
@example("---\na: [\n---\n")
@example("---\na: [b,\n---\n")
@example("---\na: [b, ''\n---\n")
@example("---\na: ['b', 'c]\n---\n")
@example("---\na: ['b]', c]]\n---\n")
@example("---\na: '\n---\n")
@example("---\na:\n  b\n---\n")
@example("---\na:\n  -\n  - b\n---\n")
@example("---\na:\n  - [b]\n---\n")
@example("---\na:\n--- b\n---\n")
@example("---\na: ''\n- b\n---\n")
@example("---\na: []\n- b\n---\n")
@example("---\na::\nb : c\n---\n")
@example(f"---\n{'a' * 64}: b\n{'c' * 2000}: d\n---\n")
def test_what_the_short_way_takes_it_takes_as_libyaml(text: str) -> None:
    """Of any block, it reads what libyaml reads, without a finding, or leaves it alone."""
    expected, _ = read(text, briefly=False)
    found, common = read(text)
    event("short" if common else "long")
    assert found == expected
    assert not (common and expected.findings)


@pytest.mark.parametrize(
    ("block", "common"),
    [
        ("", True),
        ("\n", True),
        ("a: b\n", True),
        ("a:\nb:\n  - '[[c]]'\n", True),
        ("a: [[b]]\n", True),
        ("a: # comment\n", False),
        ("# comment\n", False),
        ("a: |\n  b\n", False),
        ("a:\n  b: c\n", False),
        ("a: b\n  c\n", False),
        ("a: {b: c}\n", False),
        ('a: "b\\"c"\n', False),
        ("a: 'b''c'\n", False),
        ("a: &b c\n", False),
        ("a: b\na: c\n", False),
        ('"a": b\n', False),
        ("1: b\n", False),
        ("a: b: c\n", False),
    ],
)
def test_what_is_not_common_is_left_to_libyaml(block: str, common: bool) -> None:
    """Comments, mappings, escapes, more lines than one, and all that may be a fault."""
    assert read(f"---\n{block}---\n")[1] is common


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_block_of_any_length_is_read_alike(end: str) -> None:
    """Its lines are then read one by one; only a very long line is left to libyaml."""
    lines = "".join(f"k{number}: é\n" for number in range(9000))
    text = f"---\n{lines}a:\n- b\n\n- c\n---\n".replace("\n", end)
    expected, _ = read(text, briefly=False)
    assert read(text) == (expected, True)
    assert read(f"---\n{lines}a: {'b' * 70_000}\n---\n".replace("\n", end))[1] is False
