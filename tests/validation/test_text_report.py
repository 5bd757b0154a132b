"""The report for people: golden texts, aligned marks, and nothing that can harm a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from ds2026kg.findings import Edit, Finding, Language, Rule, Severity, Span, Standing, Text
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.terminal import excerpt
from ds2026kg.validation.reporters.text import render

LEAD = Rule(
    "commitment-lead-missing",
    Severity.VIOLATION,
    Text("No actor leads {what}.", "Aucun acteur n’est responsable de {what}."),
    Text("Name one in `ledBy:`.", "Nommez-en un dans `ledBy:`."),
)
FRENCH = Rule(
    "definition-fr-missing",
    Severity.WARNING,
    Text("There is no French text.", "Il n’y a pas de texte français."),
    Text("", ""),
)
LINES = {
    ("Mission 3.1a.md", 6): "Departments will ensure that they have the means.",
    ("Mission 3.md", 1204): "up: [[Nobody]]",
    ("Actors/TBS.md", 1): "not quoted where a whole file is meant",
}
FINDINGS = [
    Finding(
        LEAD,
        Span("Mission 3.1a.md", 80, 91, 6, 1, 6, 12),
        {"what": "3.1a"},
        (Span("Other.md", 0, 4, 12, 1, 12, 5),),
    ),
    Finding(FRENCH, Span("Mission 3.1a.md", 80, 200, 6, 25, 8, 3)),
    Finding(FRENCH, Span("Mission 3.md", 0, 1, 1204, 5, 1204, 15)),
    Finding(FRENCH, None, focus_node="commitment/3.2"),
    Finding(FRENCH, Span.of_file("Actors/TBS.md")),
]

ENGLISH_REPORT = """\
Mission 3.1a.md:6:1: violation commitment-lead-missing: No actor leads 3.1a.
    6 | Departments will ensure that they have the means.
      | ^^^^^^^^^^^
      = remedy: Name one in `ledBy:`.
      = also: Other.md:12:1
Mission 3.1a.md:6:25: warning definition-fr-missing: There is no French text.
    6 | Departments will ensure that they have the means.
      |                         ^^^^^^^^^^^^^^^^^^^^^^^^^
Mission 3.md:1204:5: warning definition-fr-missing: There is no French text.
 1204 | up: [[Nobody]]
      |     ^^^^^^^^^^
commitment/3.2: warning definition-fr-missing: There is no French text.
Actors/TBS.md:1:1: warning definition-fr-missing: There is no French text.
1 violation, 4 warnings, 0 infos in 3 notes
"""

FRENCH_REPORT = """\
Mission 3.1a.md:6:1: violation commitment-lead-missing : Aucun acteur n’est responsable de 3.1a.
    6 | Departments will ensure that they have the means.
      | ^^^^^^^^^^^
      = remède : Nommez-en un dans `ledBy:`.
      = voir aussi : Other.md:12:1
Mission 3.1a.md:6:25: avertissement definition-fr-missing : Il n’y a pas de texte français.
    6 | Departments will ensure that they have the means.
      |                         ^^^^^^^^^^^^^^^^^^^^^^^^^
Mission 3.md:1204:5: avertissement definition-fr-missing : Il n’y a pas de texte français.
 1204 | up: [[Nobody]]
      |     ^^^^^^^^^^
commitment/3.2: avertissement definition-fr-missing : Il n’y a pas de texte français.
Actors/TBS.md:1:1: avertissement definition-fr-missing : Il n’y a pas de texte français.
1 violation, 4 avertissements, 0 info dans 3 notes
""".replace(" :", "\u00a0:")


def _line_of(span: Span) -> str | None:
    return LINES.get((span.file, span.line))


@pytest.mark.parametrize(("language", "expected"), [("en", ENGLISH_REPORT), ("fr", FRENCH_REPORT)])
def test_the_report_quotes_the_line_and_marks_it(language: Language, expected: str) -> None:
    """Place, message, line, mark, remedy and further places appear in the language asked for."""
    assert render(FINDINGS, View(language=language, source_line=_line_of)) == expected


@pytest.mark.parametrize(
    ("counts", "english", "french"),
    [
        ((0, 0, 0), "0 violations, 0 warnings, 0 infos", "0 violation, 0 avertissement, 0 info"),
        (
            (1, 1, 1),
            "1 violation, 1 warning, 1 info in 1 note",
            "1 violation, 1 avertissement, 1 info dans 1 note",
        ),
        (
            (2, 2, 2),
            "2 violations, 2 warnings, 2 infos in 2 notes",
            "2 violations, 2 avertissements, 2 infos dans 2 notes",
        ),
    ],
)
def test_the_last_line_counts(counts: tuple[int, int, int], english: str, french: str) -> None:
    """Nought is plural in English and singular in French, as each language has it."""
    findings = [
        Finding(Rule("r", severity, Text("", ""), Text("", "")), Span.of_file(f"{number}.md"))
        for severity, count in zip(sorted(Severity, reverse=True), counts, strict=True)
        for number in range(count)
    ]
    last = [render(findings, View(language=of)).splitlines()[-1] for of in ("en", "fr")]
    assert last == [english, french]


def test_colour_is_there_only_when_asked_for() -> None:
    """With colour the text is the same, but for the escape codes and the rule's address."""
    colored = render(FINDINGS, View(source_line=_line_of, color=True))
    linked = (
        "\x1b]8;;https://w3id.org/ds2026/rules#commitment-lead-missing\x1b\\"
        "commitment-lead-missing\x1b]8;;\x1b\\"
    )
    assert colored.startswith(
        f"\x1b[1mMission 3.1a.md:6:1:\x1b[0m \x1b[1;31mviolation {linked}\x1b[0m: No actor"
    )
    plain = re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", colored)
    assert plain == ENGLISH_REPORT


@pytest.mark.parametrize(
    ("known", "silenced", "edits", "english", "french"),
    [
        (1, 0, 0, " (1 known)", " (1 connue)"),
        (2, 2, 0, " (2 known, 2 silenced)", " (2 connues, 2 passées sous silence)"),
        (
            0,
            1,
            1,
            " (1 silenced); `validate --fix` can mend 1",
            " (1 passée sous silence); `validate --fix` peut en corriger 1",
        ),
    ],
)
def test_the_last_line_counts_what_does_not_fail(
    known: int, silenced: int, edits: int, english: str, french: str
) -> None:
    """Known and silenced findings are counted apart, and so are those that can be mended."""
    edit = Edit(Span.of_file("a.md"), "x")
    findings = [
        *(Finding(FRENCH, standing=Standing.KNOWN) for _ in range(known)),
        *(Finding(FRENCH, standing=Standing.SILENCED, edits=(edit,)) for _ in range(silenced)),
        *(Finding(FRENCH, edits=(edit, edit)) for _ in range(edits)),
    ]
    last = [render(findings, View(language=of)).splitlines()[-1] for of in ("en", "fr")]
    warnings = [("warnings", "avertissement"), ("warning", "avertissement")][edits]
    assert last == [
        f"0 violations, {edits} {warnings[0]}, 0 infos{english}",
        f"0 violation, {edits} {warnings[1]}, 0 info{french}",
    ]


def _quoted(line: str, start: int, end: int, width: int | None = None) -> list[str]:
    """The two lines that quote `line`, marked from character `start` to `end` (from 0)."""
    place = Span("a.md", 0, 1, 1, start + 1, 1, end + 1)
    view = View(source_line=lambda _: line, width=width)
    return render([Finding(FRENCH, place)], view).splitlines()[1:3]


@pytest.mark.parametrize(
    ("line", "marked", "shown", "mark"),
    [
        ("\tup:\t[[X]]", "[[X]]", "    up: [[X]]", "        ^^^^^"),
        ("👩‍👩‍👧‍👦 is X", "X", "👩‍👩‍👧‍👦 is X", "      ^"),
        ("🇨🇦 and ❤️ and X", "X", "🇨🇦 and ❤️ and X", "              ^"),
        ("部署は X", "X", "部署は X", "       ^"),
        ("部署は X", "署は", "部署は X", "  ^^^^"),
        ("e\u0301te\u0301 X", "X", "e\u0301te\u0301 X", "    ^"),
        ("مرحبا X", "X", "مرحبا X", "      ^"),
        ("a\u202eb X", "X", "a<U+202E>b X", "           ^"),
        ("a\x1bb X", "X", "a␛b X", "    ^"),
        ("a\x00\x7f\x85\ufeff X", "X", "a␀␡<U+0085><U+FEFF> X", "                    ^"),
        ("", "", "", "^"),
    ],
)
def test_marks_stand_under_what_they_mark(line: str, marked: str, shown: str, mark: str) -> None:
    """Tabs, emoji, wide, combining, right-to-left and hidden characters do not shift the mark."""
    start = line.index(marked)
    assert _quoted(line, start, start + len(marked)) == [f"    1 | {shown}", f"      | {mark}"]


def test_a_mark_may_stand_after_the_end_of_the_line() -> None:
    """Where something is missing at the end of a line, the mark stands just after it."""
    assert _quoted("up:", 3, 3) == ["    1 | up:", "      |    ^"]


@pytest.mark.parametrize(
    ("start", "end", "shown", "mark"),
    [
        (0, 4, "0000 0001 0002 0003 0004 0005…", "^^^^"),
        (50, 54, "… 0009 0010 0011 0012 0013 00…", "       ^^^^"),
        (95, 99, "…0014 0015 0016 0017 0018 0019", "                          ^^^^"),
        (50, 99, "… 0009 0010 0011 0012 0013 00…", "       ^^^^^^^^^^^^^^^^^^^^^^^"),
        (99, 99, "…0014 0015 0016 0017 0018 0019", "                              ^"),
    ],
)
def test_a_long_line_is_cut_around_the_mark(start: int, end: int, shown: str, mark: str) -> None:
    """The part that is shown fits the width of the terminal and holds the beginning of the mark."""
    line = " ".join(f"{number:04}" for number in range(20))
    assert _quoted(line, start, end, width=38) == [f"    1 | {shown}", f"      | {mark}"]


@pytest.mark.parametrize("width", [None, 1000])
@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0000 0001 0002"),
        (5000, "…990 4991 4992 4993"),
        (9999, "…9960 9961 9962"),
    ],
)
def test_of_a_very_long_line_no_more_than_a_part_is_shown(
    number: int, shown: str, width: int | None
) -> None:
    """However wide the terminal, or the file that the report goes into."""
    line = " ".join(f"{number:04}" for number in range(10_000))
    quoted, mark = _quoted(line, 5 * number, 5 * number + 4, width=width)

    assert quoted.startswith(f"    1 | {shown}")
    assert len(quoted) == 208
    assert quoted[mark.index("^") : mark.rindex("^") + 1] == f"{number:04}"


TEXTS = st.text(max_size=120)


@given(
    line=TEXTS | TEXTS.map(lambda text: text * 99),
    first=st.integers(0, 130),
    length=st.integers(0, 130),
    width=st.integers(20, 90),
)
def test_every_excerpt_fits_and_is_marked_within(
    line: str, first: int, length: int, width: int
) -> None:
    """Whatever the line holds, no more than the width is shown, and the mark lies within it."""
    part = excerpt(line, first, first + length, width)
    assert wcswidth(part.text) <= width
    assert 0 <= part.mark_start <= wcswidth(part.text)
    assert 1 <= part.mark_width <= max(wcswidth(part.text) - part.mark_start, 1)


@given(text=st.text(min_size=1, max_size=120))
def test_no_note_can_reach_the_terminal(text: str) -> None:
    """Names, messages, remedies and lines of notes hold no control character in a report."""
    rule = Rule("r", Severity.INFO, Text("{t}", "{t}"), Text("{t}", "{t}"))
    place = Span(text, 0, 1, 2, 1, 2, 2)
    report = render([Finding(rule, place, {"t": text}, (place,))], View(source_line=lambda _: text))
    assert report.count("\n") == 6
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", report
    )
    assert report.encode("utf-8")
