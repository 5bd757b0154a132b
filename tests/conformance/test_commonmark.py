"""The examples of the CommonMark specification, through the events that the reader takes.

Each is read as what follows a note's properties. At the head of a note two of them, 96 and 98,
would be properties themselves, since they open with a block between --- lines.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyromark import Options

from ds2026kg.vault.markdown import OPTIONS

from .rendering import html

# The specification is no part of the project: it lies beside it, where it is.
SPECIFICATION = Path(__file__).parents[3] / "shared/suites/commonmark-spec.txt"
pytestmark = pytest.mark.skipif(
    not SPECIFICATION.is_file(), reason="the CommonMark specification is not at ../shared/suites"
)

PLAIN = Options(0)
_PART = re.compile(
    r"^`{32} example\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$|^#+ (?P<section>[^\n]*)$",
    re.MULTILINE | re.DOTALL,
)


class Example(NamedTuple):
    """One example of the specification: Markdown, and the HTML that it means."""

    section: str
    markdown: str
    html: str


class Difference(NamedTuple):
    """An example that Obsidian reads otherwise: why, the extension at work, and what it means."""

    section: str
    why: str
    extension: Options
    html: str


# Each is Obsidian's own doing. None is the parser's fault: it reads every example as CommonMark
# does when its extensions are off.
DIFFERENCES = {
    550: Difference(
        "Links",
        "CommonMark knows no label with brackets in it, and shows text; "
        "to Obsidian the inner [[foo]] is a wikilink, in the definition too",
        Options.ENABLE_WIKILINKS,
        '<p>[<a href="foo">foo</a>]</p>\n<p>[<a href="foo">foo</a>]: /url</p>\n',
    ),
    561: Difference(
        "Links",
        "CommonMark reads a reference link between brackets; "
        "to Obsidian it is a wikilink to the note “*foo* bar”, whose name holds no emphasis",
        Options.ENABLE_WIKILINKS,
        '<p><a href="*foo*%20bar">*foo* bar</a></p>\n',
    ),
    592: Difference(
        "Images",
        "CommonMark shows text; to Obsidian ![[foo]] embeds the note “foo”, "
        "and the [[foo]] of the definition is a wikilink to it",
        Options.ENABLE_WIKILINKS,
        '<p><img src="foo" alt="foo" /></p>\n'
        '<p><a href="foo">foo</a>: /url &quot;title&quot;</p>\n',
    ),
}


@cache
def examples() -> dict[int, Example]:
    """The specification's examples by their number, with tabs where it shows arrows."""
    found: list[Example] = []
    section = ""
    for part in _PART.finditer(SPECIFICATION.read_text(encoding="utf-8").replace("→", "\t")):
        section = part["section"] or section
        if part["section"] is None:
            found.append(Example(section, part["markdown"], part["html"]))
    return dict(enumerate(found, 1))


def disagreeing(options: Options) -> dict[int, tuple[str, str]]:
    """Section and HTML of the examples that do not mean with `options` what they should."""
    made = {number: html(example.markdown, options) for number, example in examples().items()}
    return {
        number: (example.section, made[number])
        for number, example in examples().items()
        if made[number] != example.html
    }


def test_only_what_obsidian_adds_makes_a_difference() -> None:
    """The examples that the reader takes otherwise than CommonMark are those listed above."""
    listed = {number: (known.section, known.html) for number, known in DIFFERENCES.items()}
    assert disagreeing(OPTIONS) == listed


@pytest.mark.parametrize(
    "extension",
    sorted({known.extension for known in DIFFERENCES.values()}),
    ids=lambda extension: extension.name,
)
def test_each_difference_comes_from_the_extension_it_names(extension: Options) -> None:
    """With one extension alone, the examples that differ are those said to differ by it."""
    listed = {
        number: (known.section, known.html)
        for number, known in DIFFERENCES.items()
        if known.extension == extension
    }
    assert disagreeing(extension) == listed


def test_the_parser_alone_agrees_with_every_example() -> None:
    """Without extensions the events mean, to the letter, what CommonMark says they mean."""
    assert disagreeing(PLAIN) == {}


def test_how_many_examples_agree() -> None:
    """Of the specification's 655 examples the reader takes 652 as CommonMark does."""
    assert (len(examples()) - len(disagreeing(OPTIONS)), len(examples())) == (652, 655)
