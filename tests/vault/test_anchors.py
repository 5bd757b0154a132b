"""What the part of a link after "#" finds in a note: headings, by their path or slug, and blocks."""

from __future__ import annotations

import pytest

from ds2026kg.vault import Anchors, read_note, slug
from ds2026kg.vault.anchors import heading_form, slugs


def found(text: str, *fragments: str) -> list[str]:
    """Those of the fragments that name something in a note of that text."""
    anchors = Anchors.of(read_note("n.md", text.encode()))
    return [fragment for fragment in fragments if anchors.has(fragment)]


def test_a_path_of_headings_leads_down() -> None:
    """Each heading lies somewhere below the one before, in the section that is still open."""
    text = "# A\n## B\n### C\n# D\n## B\n"
    yes = ["A", "B", "A#B", "A#B#C", "A#C", "D#B", "C"]
    no = ["B#A", "D#C", "A#D", "A#B#D", "B#B", "E"]
    assert found(text, *yes, *no) == yes


def test_a_path_may_begin_anew_in_a_later_section() -> None:
    """Of headings that are called the same, any may be the one that the path goes through."""
    assert found("# A\n# A\n## B\n", "A#B", "A#A") == ["A#B"]
    assert found("## B\n# A\n## B\n### C\n", "A#B#C") == ["A#B#C"]
    assert found("# A\n## X\n## A\n### B\n", "A#A#B", "A#B", "X#B") == ["A#A#B", "A#B"]
    assert found("# X\n## A\n## A\n### B\n", "X#A#B", "A#B") == ["X#A#B", "A#B"]


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("Mission 3.1a", ["Mission 3.1a", "mission 3 1A", "mission-31a"], ["mission 31a", "3.1a"]),
        ("A: B", ["A: B", "A B", "A  B", "a-b"], ["AB", "A:"]),
        ("C#", ["C#", "C", "c"], ["C++ 2"]),
        ("Été à l’œuvre", ["Été à l’œuvre", "été à L’ŒUVRE", "été-à-lœuvre"], ["Ete a l’œuvre"]),
        ("STRASSE", ["straße"], []),
        ("数据 🎉", ["数据 🎉", "数据-"], ["数据"]),
        ("e\u00a0b", ["e b"], ["e-b"]),
        ("**Bold** `code` [[N]]", ["Bold code N", "bold-code-n"], ["Bold"]),
        ("[[N|label]] x", ["label x", "N label x", "label-x"], ["N x"]),
        ("[M 3](M%203.md)", ["M 3", "M 3 (M%203.md)"], ["M%203.md"]),
        ("Cafe\u0301", ["Café", "Cafe\u0301"], ["Cafe"]),
        ("Ends ##", ["Ends"], ["Ends ## x"]),
        ("a / b", ["a / b", "a b", "a--b"], ["a-b"]),
    ],
)
def test_headings_are_compared_as_obsidian_and_github_write_them(
    heading: str, yes: list[str], no: list[str]
) -> None:
    """Case and the signs that Obsidian passes over make no difference; GitHub's slug is as good."""
    assert found(f"# {heading}\n", *yes, *no) == yes


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("A\nb\n===\n", "A b"),
        ("> # In quote\n", "In quote"),
        ("- # In list\n", "In list"),
        ("text\n\n###### Six\n", "six"),
        ("---\na: 1\n---\n# After\r\nx", "After"),
        ("# [Mission 3](Mission%203.md)\n", "Mission 3"),
    ],
)
def test_every_heading_is_an_anchor(text: str, fragment: str) -> None:
    """Setext or ATX, nested or not, of any level, under properties or without."""
    assert found(text, fragment) == [fragment]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "H\n\n!!!",
        "```\n# H\n```",
        "%%\n# H\n%%",
        "<div>\n# H\n</div>",
        "    # H",
        "\\# H",
        "#H",
    ],
)
def test_what_is_no_heading_is_no_anchor(text: str) -> None:
    """Code, comments, HTML and text have no headings; the note itself is always there."""
    assert found(text, "H", "h", "!!!", "") == [""]


def test_blocks_are_found_by_their_identifiers() -> None:
    """Whatever the block and the case; a heading is no block, nor a block a heading."""
    text = "text ^id\n\n- item ^ID2\n\n| a |\n|---|\n\n^table-3\n\n# id4\n"
    yes = ["^id", "^ID", "^id2", "^Table-3"]
    assert found(text, *yes, "^", "^id4", "id", "^no", "^id#x") == yes


def test_slugs_are_numbered_as_github_numbers_them() -> None:
    """The second heading of a name gets -1, unless another one has that already."""
    assert slugs(["A b", "A b", "a B", "C"]) == ["a-b", "a-b-1", "a-b-2", "c"]
    assert slugs(["a", "a-1", "a"]) == ["a", "a-1", "a-2"]
    assert found("# A\n# A\n", "a", "a-1", "a-2") == ["a", "a-1"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Mission 3.1a", "mission-31a"),
        (" R&D: «\u00a0Été\u00a0» ", "rd-été"),
        ("a_b c-d", "a_b-c-d"),
        ("A  /  B", "a----b"),
        ("", ""),
    ],
)
def test_a_slug_is_githubs(heading: str, expected: str) -> None:
    """Small letters, hyphens for blanks, and of signs only - and _."""
    assert slug(heading) == expected


def test_the_form_of_a_heading_has_no_signs() -> None:
    """What Obsidian passes over becomes one blank; all else stays."""
    assert heading_form(' [A]: "b_c" (d) -- e’f ') == "a b_c d -- e’f"


def test_headings_of_a_long_note_are_found_as_those_of_a_short_one() -> None:
    """However many there are, the last is found as it is written, and no other."""
    text = "".join(f"# Part {number}\n" for number in range(100))
    assert found(text, "Part 99", "part-99", "Part 100", "part 0", "") == [
        "Part 99",
        "part-99",
        "part 0",
        "",
    ]
