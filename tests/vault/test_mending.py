"""What is wrong with how links are written, and the edits that mend a note: each form of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ds2026kg.findings import Finding
from ds2026kg.targets import with_edits
from ds2026kg.vault import Vault

_FILES = {
    "Mission 3.1.md": "# A b\n[[Été]] [[Twice]] [[100%25]]",
    "Missions (x).md": "[[Mission 3.1]]",
    "dossier/Été.md": "",
    "100%25.md": "",
    "a/Twice.md": "",
    "b/Twice.md": "",
    "case/Same.md": "[[Same]]",
    "case/SAME.md": "",
    "Secret.md": "---\npublish: false\n---\n",
}


def opened(folder: Path, notes: Mapping[str, str]) -> Vault:
    """A vault of the common files and those given: text by path."""
    for path, text in {**_FILES, **notes}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="")
    return Vault(folder)


def told(vault: Vault, note: str) -> list[Finding]:
    """The findings about the writing of links in a note."""
    codes = ("link-encoding", "link-spelling", "link-empty-fragment", "link-unencoded")
    found = [each for each in vault.findings() if each.rule.code in codes]
    return [each for each in found if each.span is not None and each.span.file == note]


@pytest.mark.parametrize(
    ("before", "codes", "after"),
    [
        ("[x](Mission%25203.1.md)", ["link-encoding"], "[x](Mission%203.1.md)"),
        ("![x](Mission%25203.1.md#a%2520b)", ["link-encoding"], "![x](Mission%203.1.md#a%20b)"),
        ("[x](Mission%203.1.md#)", ["link-empty-fragment"], "[x](Mission%203.1.md)"),
        ("[[Mission 3.1#|x]]", ["link-empty-fragment"], "[[Mission 3.1|x]]"),
        ("[x](MISSION%203.1.md 'T')", ["link-spelling"], "[x](Mission%203.1.md 'T')"),
        ("[x](./mission%203.1.md)", ["link-spelling"], "[x](./Mission%203.1.md)"),
        ("[x](Dossier/e\u0301te\u0301)", ["link-spelling"], "[x](dossier/Été)"),
        ("![[mission\u00a03.1#A b]]", ["link-spelling"], "![[Mission 3.1#A b]]"),
        ("[[mission 3.1|x]]", ["link-spelling"], "[[Mission 3.1|x]]"),
        ("[x](<missions (x).md>)", ["link-spelling"], "[x](<Missions (x).md>)"),
        ("[x](missions%2520(x).md#)", ["link-encoding", "link-empty-fragment", "link-spelling"],
         "[x](Missions%20%28x%29.md)"),
        ("[![a](b.png)](mission%203.1.md)", ["link-spelling"], "[![a](b.png)](Mission%203.1.md)"),
        ("# [M](Mission 3.1.md)", ["link-unencoded"], "# [M](Mission%203.1.md)"),
        ("- [M](Missions (x).md), é", ["link-unencoded"], "- [M](Missions%20%28x%29.md), é"),
        ("![M](Mission 3.1#a b)", ["link-unencoded"], "![M](Mission%203.1#a%20b)"),
        ('---\nk: "[x](mission%25203.1.md)" # c\n---\n', ["link-encoding", "link-spelling"],
         '---\nk: "[x](Mission%203.1.md)" # c\n---\n'),
    ],
)  # fmt: skip
def test_a_link_is_mended(tmp_path: Path, before: str, codes: list[str], after: str) -> None:
    """Only the destination changes, and of the mended note nothing is to be said."""
    found = told(opened(tmp_path, {"n.md": before}), "n.md")
    assert sorted(each.rule.code for each in found) == sorted(codes)
    edits = [edit for each in found for edit in each.edits]
    assert with_edits(before.encode(), edits).decode() == after
    assert told(opened(tmp_path, {"n.md": after}), "n.md") == []


@pytest.mark.parametrize(
    "text",
    [
        "[[mission 3.1]] will act",
        "[x](Mission%203.1.md) [y](Missions%20(x).md) ![[Été]]",
        "[x](#) [[#]] [x](https://example.org/a%2520b#)",
        "[x](see below) [x](Nothing there.md)",
        "`[x](Mission 3.1.md)` $[x](Mission 3.1.md)$",
        "\\[x](Mission 3.1.md) x](Mission 3.1.md)",
        "%% [x](Mission 3.1.md) [x](mission%25203.1.md) %%",
        "[x](twice.md) [x](case/same.md) [x](secret.md#) [x](The secret.md)",
        "[x][r]\n\n[r]: mission%203.1.md",
    ],
)
def test_what_is_well_written_or_anybodys_guess_is_left(tmp_path: Path, text: str) -> None:
    """Words of a sentence, addresses of the web, code, what could mean two files: no edits."""
    found = told(opened(tmp_path, {"n.md": text}), "n.md")
    assert [edit for each in found for edit in each.edits] == []


def test_a_name_that_looks_encoded_is_left(tmp_path: Path) -> None:
    """A destination that would be read as another one is not proposed."""
    (found,) = told(opened(tmp_path, {"n.md": "[x](<100%25.MD>)", "100%.md": ""}), "n.md")
    assert (found.rule.code, found.edits) == ("link-spelling", ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '---\nup: "[[X]]"\n---\n'),
        ("\ufeffé\r\n", '\ufeff---\r\nup: "[[X]]"\r\n---\r\né\r\n'),
        ("---\n---", '---\nup: "[[X]]"\n---'),
        ("---\r\na: 1 # c\r\n\r\n# d\r\n---\r\n", '---\r\na: 1 # c\r\n\r\n# d\r\nup: "[[X]]"\r\n---\r\n'),
        ("---\na:\n- b\n---\n---\n", '---\na:\n- b\nup: "[[X]]"\n---\n---\n'),
        ("---\n  a: |\n    x\n---\n", '---\n  a: |\n    x\n  up: "[[X]]"\n---\n'),
        ("---\nup:\na: 1\n---\n", '---\nup: "[[X]]"\na: 1\n---\n'),
        ("---\nup: # none\n---\n", '---\nup: "[[X]]" # none\n---\n'),
        ("---\nup: ~\n---\n", '---\nup: "[[X]]"\n---\n'),
        ("---\nup: given\n---\n", None),
        ("---\n{a: 1}\n---\n", None),
        ("---\na: [\n---\n", None),
        ("---\na: 1\na: 2\n---\n", None),
    ],
)  # fmt: skip
def test_a_property_is_added_after_the_others(
    tmp_path: Path, before: str, after: str | None
) -> None:
    """It takes the note's own line ends and indentation; where there is no plain place, no edit."""
    vault = opened(tmp_path, {"n.md": before})
    list(vault)
    edits = vault.mending.property("n.md", "up", "[[X]]")
    assert (with_edits(before.encode(), edits).decode() if edits else None) == after


def test_a_note_that_has_changed_since_gives_no_edits(tmp_path: Path) -> None:
    """What was found in a note holds for no other bytes; a file that is no note has none."""
    vault = opened(tmp_path, {"n.md": "[x](mission%203.1.md)"})
    list(vault)
    (tmp_path / "n.md").write_text("x [x](mission%203.1.md)", encoding="utf-8")
    (found,) = told(vault, "n.md")
    assert found.edits == ()
    assert vault.mending.property("n.md", "up", "[[X]]") == ()
    assert vault.as_read("../elsewhere.md") is None
