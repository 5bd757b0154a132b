"""The Markdown report: a table that no note can break out of, with what weighs most in it."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ds2026kg.findings import Finding, Rule, Severity, Span, Standing, Text
from ds2026kg.validation.reporters import View, reporter
from ds2026kg.validation.reporters.markdown import ROWS
from ds2026kg.validation.reporters.terminal import visible

SAID = Text("{said}", "{said}")
RULE = Rule("a-rule", Severity.WARNING, SAID, Text("{remedy}", "{remedy}"))
# What a note could begin markup with.
SIGNS = st.text(
    st.sampled_from("|\\`*_[](){}<>&~$#!:/.@-+=\n\r\t \x1b\u202e'\"a0é漢") | st.characters()
)


class _Table(HTMLParser):
    """The cells of each row, their texts; `tags` are all tags in the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[str] = []
        self._in_cell = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row or a cell begins; of any other tag only the name is kept."""
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self._in_cell = True
        elif tag == "br":
            self.rows[-1][-1] += "\n"
        elif tag == "a":
            self.rows[-1][-1] += f"<{dict(attrs)['href']}>"

    def handle_endtag(self, tag: str) -> None:
        """A cell ends."""
        self._in_cell = self._in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        """Text; what lies outside the cells is passed over."""
        if self._in_cell:
            self.rows[-1][-1] += data


def shown(findings: list[Finding], view: View | None = None) -> _Table:
    """The report as a page shows it."""
    text = reporter("markdown")(findings, view or View())
    return _Table(MarkdownIt("commonmark").enable(["table"]).render(text))


def said(text: str) -> str:
    """`text` as one cell shows it: HTML makes nothing of blanks around it."""
    line = visible(text)
    return (line[:299] + "…" if len(line) > 300 else line).strip(" \t")


@given(SIGNS, SIGNS, SIGNS)
@example("", "\u00a0", "")
def test_a_cell_shows_the_text_and_nothing_of_it_is_markup(
    message: str, remedy: str, file: str
) -> None:
    """Whatever a note holds, the page has one row of four cells, with its words as they are."""
    finding = Finding(RULE, Span.of_file(f"x{file}"), {"said": f"x{message}x", "remedy": remedy})
    table = shown([finding], View(root="docs"))
    head, row = table.rows
    assert head == ["severity", "rule", "place", "finding"]
    told = [f"x{message}x", remedy] if remedy else [f"x{message}x"]
    assert (row[0], row[1], row[2]) == (
        "warning",
        "<https://w3id.org/ds2026/rules#a-rule>a-rule",
        said(f"docs/x{file}:1:1"),
    )
    # Readers of Markdown strip a cell, some of any blank.
    assert [part.strip() for part in row[3].split("\n")] == [said(text).strip() for text in told]
    assert set(table.tags) <= {
        "h2",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "code",
        "br",
    }


def test_an_address_in_a_note_is_no_link() -> None:
    """What GitHub would make a link of by itself is written so that it does not."""
    finding = Finding(RULE, None, {"said": "https://evil.example www.evil.example", "remedy": ""})
    told = reporter("markdown")([finding], View())
    assert "https\\://evil.example www\\.evil.example" in told


def test_the_code_of_a_rule_cannot_end_its_link() -> None:
    """An office names its own rules as it likes."""
    rule = Rule("a)|[b]<c> d", Severity.INFO, SAID, Text("", ""))
    _, row = shown([Finding(rule, None, {"said": "x"})]).rows
    assert row[1] == "<https://w3id.org/ds2026/rules#a%29%7C%5Bb%5D%3Cc%3E%20d>a)|[b]<c> d"


@pytest.mark.parametrize(
    ("more", "last"),
    [
        (0, None),
        (1, "1 more of the same weight or less is not shown"),
        (7, "7 more of the same weight or less are not shown"),
    ],
)
def test_what_weighs_most_is_kept(more: int, last: str | None) -> None:
    """Of too many findings the heaviest are shown, in the order of every report."""
    heavy = Rule("heavy", Severity.VIOLATION, SAID, Text("", ""))
    light = [
        Finding(RULE, Span.of_file(f"{n:03}.md"), {"said": "light", "remedy": ""})
        for n in range(ROWS - 2 + more)
    ]
    known = Finding(heavy, Span.of_file("y.md"), {"said": "known"}, standing=Standing.KNOWN)
    findings = [*light, known, Finding(heavy, Span.of_file("z.md"), {"said": "heavy"})]
    places = [row[2] for row in shown(findings).rows[1:]]
    assert len(places) == ROWS
    assert all(one < other for one, other in pairwise(places))
    assert places[-1] == "z.md:1:1"
    assert ("y.md:1:1" in places) is (more == 0)
    lines = reporter("markdown")(findings, View()).splitlines()
    assert (lines[-1] == last) if last else lines[-1].startswith("| ")


def test_a_report_stays_under_the_limit_of_a_summary() -> None:
    """Notes with the longest of texts do not make GitHub refuse the summary: 1 MiB."""
    long = "|𝒳" * 100_000
    findings = [
        Finding(RULE, Span.of_file(f"{n}{long}"), {"said": long, "remedy": long})
        for n in range(200)
    ]
    assert len(reporter("markdown")(findings, View()).encode()) < 1_000_000
