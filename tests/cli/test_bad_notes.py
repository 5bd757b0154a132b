"""Notes that are broken: each is named with place and remedy, and none hides another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Call, contents

ACTING = "# Mission 3.1a\nTBS will act.\n"
DEEP = 20_000

# What is in the note, and the findings and exit status that it must bring.
BROKEN: dict[str, tuple[bytes, list[str], int]] = {
    "utf-8.md": (b"# x \xff\n", ["1:5 note-encoding"], 3),
    "utf-16.md": ("# Mission 3.1b\n".encode("utf-16"), ["1:1 note-encoding"], 3),
    "nul.md": (b"abc\0def\n", ["1:4 note-encoding"], 3),
    "colon.md": (b"---\ntitle: a: b\n---\n", ["2:9 yaml-syntax"], 3),
    "quote.md": (b'---\ntitle: "a\n---\n', ["2:10 yaml-syntax"], 3),
    "tab-indent.md": (b"---\ntitle:\n\t- a\n---\n", ["3:1 yaml-tab"], 3),
    "tab-key.md": (b"---\n\ttitle: a\n---\n", ["2:1 yaml-tab"], 3),
    "bomb.md": (
        b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
        ["2:4 yaml-refused"],
        3,
    ),
    "tag.md": (b"---\na: !!python/object:os.system x\n---\n", ["2:4 yaml-refused"], 3),
    "deep-list.md": (b"---\na: " + b"[" * DEEP + b"\n---\n", ["2:36 yaml-refused"], 3),
    "deep-map.md": (b"---\na: " + b"{a: " * DEEP + b"\n---\n", ["2:129 yaml-refused"], 3),
    "no-mapping.md": (b"---\n- a\n- b\n---\n", ["2:1 yaml-not-mapping"], 3),
    "unclosed.md": (b"---\ntitle: a\n# x\n", ["1:1 yaml-unclosed"], 0),
    "twice.md": (b"---\ntitle: a\ntitle: b\n---\n", ["3:1 yaml-duplicate-key"], 1),
    "Mission 9.9.9.md": (
        b"---\nnotation: 9.9.9\n---\ntext\n",
        ["2:11 notation-invalid"],
        1,
    ),
    "again.md": (
        b"---\nnotation: 3.1a\nledBy: TBS\n---\n",
        ["1:1 duplicate-entity"],
        1,
    ),
    "empty.md": (b"", [], 0),
    "only-fence.md": (b"---", [], 0),
    "empty-properties.md": (b"---\n---\ntext\n", [], 0),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_note_is_named_with_its_place(vault: Path, call: Call, name: str) -> None:
    """Each fault is one finding at its line and column, and gives its exit status."""
    data, expected, status = BROKEN[name]
    (vault / name).write_bytes(data)
    outcome = call("validate", vault, "--format", "json")
    assert outcome.places() == [f"{name}:{place}" for place in expected]
    assert outcome.status == status


def test_every_broken_note_is_named_and_the_sound_ones_are_judged(vault: Path, call: Call) -> None:
    """All faults at once are all listed, beside what SHACL says of the notes that can be read."""
    for name, (data, _, _) in BROKEN.items():
        (vault / name).write_bytes(data)
    (vault / "Mission 3.1b.md").write_text("# Mission 3.1b\nAct!\n", encoding="utf-8")
    found = call("validate", vault, "--format", "json").places()
    expected = {f"{name}:{place}" for name, (_, places, _) in BROKEN.items() for place in places}
    assert expected <= set(found)
    assert "Mission 3.1b.md:1:1 commitment-lead-missing" in found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_finding_says_what_where_and_how_to_mend(vault: Path, call: Call, language: str) -> None:
    """The report for people has place, message and remedy of every fault, in either language."""
    for name, (data, _, _) in BROKEN.items():
        (vault / name).write_bytes(data)
    report = json.loads(call("validate", vault, "--format", "json").out)
    told = " ".join(call("validate", vault, "--lang", language).out.split())
    for found in report["findings"]:
        assert f"{found['note']}:{found['line']}:{found['column']}: " in told
        for part in ("message", "remedy"):
            assert " ".join(found[part][language].split()) in told


def test_a_broken_note_fails_the_whole_build_and_leaves_the_last_one(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """With one unreadable note nothing is written, whatever --fail-on says."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    before = contents(dist)
    (vault / "Mission 3.md").write_text("# Mission 3\nOther words.\n", encoding="utf-8")
    (vault / "bad.md").write_bytes(b"\xff")
    for arguments in ((), ("--fail-on", "never"), ("--no-validate",)):
        outcome = call("build", vault, "-o", dist, *arguments)
        assert outcome.status == 3
        assert "bad.md:1:1: violation note-encoding: " in outcome.err
        assert contents(dist) == before


def test_quiet_still_shows_what_made_the_build_fail(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """--quiet silences warnings, not the findings that stopped the build."""
    (vault / "bad.md").write_bytes(b"---\ntitle: a: b\n---\n")
    (vault / "Mission 3.1b.md").write_text("# Mission 3.1b\nTBS will act.\n", encoding="utf-8")
    outcome = call("build", vault, "-o", tmp_path / "dist", "--quiet")
    assert outcome.status == 3
    assert "bad.md:2:9: violation yaml-syntax: " in outcome.err
    assert "definition-fr-missing" not in outcome.err


MEANING: dict[str, tuple[dict[str, str], list[str], int]] = {
    "a cycle of parents": (
        {
            "Mission 3.1.md": '---\nup: "[[Mission 3.1]]"\nlabel_fr: a\ndefinition_fr: a\n---\nDrive.'
        },
        [
            "Mission 3.1.md:2:5 parent-cycle",
            "Mission 3.1.md:2:5 parent-notation-differs",
        ],
        1,
    ),
    "a link to nothing": (
        {"Mission 3.1a.md": f"---\nlabel_fr: a\ndefinition_fr: a\n---\n{ACTING}[[Nothing]]\n"},
        ["Mission 3.1a.md:7:1 link-broken"],
        0,
    ),
    "an embed of nothing": (
        {"Mission 3.1a.md": f"---\nlabel_fr: a\ndefinition_fr: a\n---\n{ACTING}![[Nothing]]\n"},
        ["Mission 3.1a.md:7:1 embed-broken"],
        0,
    ),
    "an embed of itself": (
        {"Mission 3.1a.md": f"---\nlabel_fr: a\ndefinition_fr: a\n---\n{ACTING}![[Mission 3.1a]]"},
        ["Mission 3.1a.md:7:1 embed-of-itself"],
        1,
    ),
    "an unknown key": (
        {"Mission 3.1a.md": f"---\nlabel_fr: a\ndefinition_fr: a\nstattus: x\n---\n{ACTING}"},
        ["Mission 3.1a.md:4:1 key-unknown"],
        0,
    ),
    "an unknown status and no such day": (
        {
            "Mission 3.1a.md": "---\nlabel_fr: a\ndefinition_fr: a\nstatus: Lost\n"
            f"created: 2024-02-30\n---\n{ACTING}"
        },
        ["Mission 3.1a.md:4:9 concept-unknown", "Mission 3.1a.md:5:10 date-invalid"],
        1,
    ),
    "properties left empty": (
        {
            "Mission 3.1a.md": "---\nlabel_fr: a\ndefinition_fr: a\nnotation:\nid:\ntype:\n"
            f"title:\nstatus:\nledBy:\n---\n{ACTING}"
        },
        [],
        0,
    ),
    "two places that disagree": (
        {"More.md": "# [Mission 3.1a](Mission%203.1a.md)\nTBS will not act.\n"},
        ["More.md:2:1 places-disagree"],
        1,
    ),
    "figures of another script": (
        {"Other.md": "---\nnotation: \u0663\n---\ntext\n"},
        ["Other.md:2:11 notation-invalid"],
        1,
    ),
    "a control character that XML cannot carry": (
        {
            "Mission 3.1a.md": "---\nlabel_fr: a\ndefinition_fr: a\n---\n"
            "# Mission 3.1a\nTBS will \x0bact.\n"
        },
        ["Mission 3.1a.md:6:1 character-forbidden"],
        3,
    ),
}


@pytest.mark.parametrize("case", MEANING)
def test_what_a_note_gets_wrong_is_named_with_its_place(vault: Path, call: Call, case: str) -> None:
    """Each fault in what notes mean is found at the words that are wrong."""
    notes, expected, status = MEANING[case]
    for name, text in notes.items():
        (vault / name).write_text(text, encoding="utf-8", newline="")
    outcome = call("validate", vault, "--format", "json")
    assert outcome.places() == expected
    assert outcome.status == status


@pytest.mark.parametrize(
    "body",
    [
        "".join("#" * min(level, 6) + " x\n" for level in range(1, 201)),
        ">" * 200 + " x\n",
        "".join("  " * level + "- x\n" for level in range(200)),
        "> - " * 100 + "x\n",
        "[" * 5000 + "\n",
        "![" * 1000 + "x" + "](u)" * 1000 + "\n",
        "| a " * 500 + "|\n" + "|---" * 500 + "|\n" + "| b " * 500 + "|\n",
    ],
    ids=["headings", "quotes", "lists", "quoted lists", "brackets", "embeds", "table"],
)
def test_deep_nesting_is_read(vault: Path, call: Call, body: str) -> None:
    """Two hundred levels of anything are read like any other note."""
    (vault / "Deep.md").write_text(body, encoding="utf-8")
    outcome = call("validate", vault, "--format", "json")
    found = {place.partition(" ")[2] for place in outcome.places()}
    assert (outcome.status, found - {"embed-broken"}) == (0, set())


def test_a_line_of_many_links_is_read(vault: Path, call: Call) -> None:
    """A line of twenty thousand links and embeds, after an accent, is read like any other."""
    (vault / "Links.md").write_text("é [[Mission 3]] ![[TBS]] " * 10_000, encoding="utf-8")
    outcome = call("validate", vault, "--format", "json")
    assert (outcome.status, outcome.places()) == (0, [])


def test_a_note_may_be_as_large_as_the_setting_says(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """A note of fifty megabytes is refused by default and read where the setting allows it."""
    with (vault / "Large.md").open("wb") as file:
        file.write(b"---\ntitle: Large\n---\n")
        file.truncate(50_000_000)
    outcome = call("validate", vault, "--format", "json")
    assert (outcome.status, outcome.places()) == (3, ["Large.md:1:1 note-too-large"])
    (vault / "Large.md").write_bytes(b"<!--" + b" " * 1_999_992 + b"-->\n")
    config = tmp_path / "settings.toml"
    for limit, expected in ((1_999_999, ["Large.md:1:1 note-too-large"]), (2_000_000, [])):
        config.write_text(f"[vault]\nmax_note_bytes = {limit}\n", encoding="utf-8")
        outcome = call("validate", vault, "--config", config, "--format", "json")
        assert outcome.places() == expected
