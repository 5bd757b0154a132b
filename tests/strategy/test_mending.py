"""What notes mean and how they may be mended: parents, dates, names of concepts and keys."""

from __future__ import annotations

import pytest

from ds2026kg.strategy import rules as meaning
from ds2026kg.targets import with_edits
from ds2026kg.validation.catalogue import rules_of_meaning, rules_of_reading

from .conftest import ReadVault

UP = 'up: "[[Mission 3.1]]"\n'


def mended(read_vault: ReadVault, text: str) -> tuple[list[str], str]:
    """The codes of what can be mended in a note about 3.1a, and the note mended."""
    told = read_vault({"Mission 3.1a.md": text})
    found = [
        each
        for each in told.findings
        if each.edits and each.span is not None and each.span.file == "Mission 3.1a.md"
    ]
    assert all(each.rule.mendable for each in found)
    edits = [edit for each in found for edit in each.edits]
    return sorted(each.rule.code for each in found), with_edits(text.encode(), edits).decode()


@pytest.mark.parametrize(
    ("before", "code", "after"),
    [
        ("created: 2024/3/1", "date-invalid", "created: 2024-03-01"),
        ("created: 2024.03.01", "date-invalid", "created: 2024-03-01"),
        ("created: 20240301 # day", "date-invalid", "created: 2024-03-01 # day"),
        ('created: "March 1st, 2024"', "date-invalid", 'created: "2024-03-01"'),
        ("modified: 1er août 2024", "date-invalid", "modified: 2024-08-01"),
        ("status: In_Progress", "concept-unknown", "status: in-progress"),
        ("status: 'Termine'", "concept-unknown", "status: 'terminé'"),
        ("priority: Year-1 priority", "concept-unknown", "priority: year 1 priority"),
        ("led_by: TBS", "key-unknown", "ledBy: TBS"),
        ('"label-fr": x', "key-unknown", '"label_fr": x'),
    ],
)
def test_a_value_of_another_form_is_mended(
    read_vault: ReadVault, before: str, code: str, after: str
) -> None:
    """What can only mean one thing is written so that it means it; quotes and comments stay."""
    text = f"---\n{UP}{{}}\n---\nTBS will act\n"
    assert mended(read_vault, text.format(before)) == ([code], text.format(after))


@pytest.mark.parametrize(
    "line",
    [
        "created: 01/02/2024",
        "created: 2024-02-30",
        "created: 2024/13/01",
        "created: 2024/3-1",
        "created: Mar 1 2024",
        "created: 2024-03-01T09:30",
        "status: Soon",
        "statu: completed",
        "led_by: PCO\nledBy: TBS",
    ],
)
def test_what_needs_judgement_is_left(read_vault: ReadVault, line: str) -> None:
    """Two readings, no such day, a word that is only near, a key that is there: no edits."""
    text = f"---\n{UP}{line}\n---\nTBS will act\n"
    assert mended(read_vault, text) == ([], text)


def test_values_of_inline_fields_are_mended(read_vault: ReadVault) -> None:
    """In the text too, the value alone gives way."""
    text = f"---\n{UP}---\nTBS will act (created:: 2024/3/1) now\n"
    assert mended(read_vault, text) == (["date-invalid"], text.replace("2024/3/1", "2024-03-01"))


def test_a_parent_that_only_the_notation_tells_is_added(read_vault: ReadVault) -> None:
    """The note that is silent about its parent is named, and given a link that leads there."""
    found = mended(read_vault, "---\nstatus: Completed\n---\nTBS will act\n")
    after = f"---\nstatus: Completed\n{UP}---\nTBS will act\n"
    assert found == (["parent-unsaid"], after)
    assert mended(read_vault, after) == ([], after)


@pytest.mark.parametrize(
    "notes",
    [
        {"Mission 3.1.md": "# Mission 3.1\n![[Mission 3.1a]]\n"},
        {"Mission 3.1.md": "---\npublish: false\n---\n"},
        {"Mission 3.1.md": "", "Mission 3.md": "# [Mission 3.1](Mission%203.1.md)\nx\n"},
        {"Root.md": "# [Mission 3.1a](Mission%203.1a.md)\nTBS will act\n", "Mission 3.1a.md": ""},
        {"Mission 3.1a.md": '---\nup: "[[Root]]"\n---\nTBS will act\n'},
    ],
)
def test_no_parent_is_added_where_there_is_no_need_or_no_note(
    read_vault: ReadVault, notes: dict[str, str]
) -> None:
    """The parent embeds it, is private or has no note; it has none itself, or says something else."""
    told = read_vault({"Mission 3.1a.md": "TBS will act\n", **notes})
    named = [each.values["entity"] for each in told.findings if each.rule is meaning.PARENT_UNSAID]
    assert "commitment/3.1a" not in named


def test_the_folder_is_named_where_the_name_is_not_enough(read_vault: ReadVault) -> None:
    """Of two notes of one name the link says which."""
    told = read_vault(
        {
            "Mission 3.1.md": "",
            "areas/Mission 3.1.md": "# Mission 3.1\nDrive\n\nup:: [[Mission 3]]\n",
            "drafts/Mission 3.1.md": "---\npublish: false\n---\n",
            "Mission 3.1a.md": "TBS will act\n",
        }
    )
    (found,) = (each for each in told.findings if each.rule is meaning.PARENT_UNSAID)
    assert found.values == {
        "parent": "mission/3.1",
        "entity": "commitment/3.1a",
        "link": "[[areas/Mission 3.1]]",
    }


def test_rules_say_whether_they_can_be_mended() -> None:
    """Those that the documents mark, and no others."""
    every = (*rules_of_reading(), *rules_of_meaning())
    assert {rule.code for rule in every if rule.mendable} == {
        "concept-unknown",
        "date-invalid",
        "key-unknown",
        "link-empty-fragment",
        "link-encoding",
        "link-spelling",
        "link-unencoded",
        "parent-unsaid",
    }
