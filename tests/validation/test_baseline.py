"""The file of known findings: what it looks like, what it does, and how it is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ds2026kg.errors import ConfigurationError, OutputError
from ds2026kg.findings import Finding, Rule, Severity, Span, Standing, Text
from ds2026kg.validation.baseline import (
    Entry,
    baseline_text,
    check_place,
    parse_baseline,
    read_baseline,
)

RULE = Rule("link-broken", Severity.WARNING, Text("No {x}.", "Pas de {x}."), Text("", ""))
UNREAD = Rule("u", Severity.VIOLATION, Text("", ""), Text("", ""), unreadable=True)
HEAD = """\
# ds2026kg-baseline 1
# Findings that are known and fail nothing: fingerprint, code, note, message.
# A line may be removed, so that its finding counts again; nobody needs to edit one.
"""
ONE, TWO, THREE = (digit * 32 for digit in "123")


def found(file: str, x: str = "x", rule: Rule = RULE) -> Finding:
    """A finding in a note."""
    return Finding(rule, Span.of_file(file), {"x": x})


def test_each_finding_has_a_line_in_the_order_of_notes() -> None:
    """Lines are sorted by note, code and message, in English; what cannot be shown is made visible."""
    findings = [found("b\t.md"), found("a.md", "y\n\x1bz"), Finding(RULE, None, {"x": "é"})]
    assert baseline_text(findings, [ONE, TWO, THREE]) == (
        f"{HEAD}{THREE}\tlink-broken\t\tNo é.\n"
        f"{TWO}\tlink-broken\ta.md\tNo y ␛z.\n"
        f"{ONE}\tlink-broken\tb␉.md\tNo x.\n"
    )


def test_what_is_silenced_or_unread_is_not_written() -> None:
    """A silence already has its reason, and an unread note must be mended."""
    silenced = replace(found("a.md"), standing=Standing.SILENCED)
    assert baseline_text([silenced, found("a.md", rule=UNREAD)], [ONE, TWO]) == HEAD


def test_what_is_written_makes_the_same_findings_known() -> None:
    """Read back, the file makes known what it was made of, and has no line too many."""
    findings, marks = [found("a.md"), found("b.md")], [ONE, TWO]
    known, outdated = parse_baseline(baseline_text(findings, marks), Path("f")).known(
        findings, marks
    )
    assert (known, outdated) == (
        [replace(each, standing=Standing.KNOWN) for each in findings],
        [],
    )


def test_the_fingerprint_alone_counts() -> None:
    """Notes, codes and messages of a line are for people; lines are told by their numbers."""
    text = f"{HEAD}\n# why\n{ONE}\tother\tnote\tsaid\r\n{TWO}\tc\tgone.md\tm\n{ONE}\t\t\t\n"
    findings = [found("a.md"), found("b.md")]
    known, outdated = parse_baseline(text, Path("f")).known(findings, [ONE, THREE])
    assert known == [replace(findings[0], standing=Standing.KNOWN), findings[1]]
    assert outdated == [Entry(7, TWO, "c", "gone.md", "m")]


def test_the_unread_and_the_silenced_are_never_known() -> None:
    """Even if the file lists them: their lines are outdated."""
    findings = [found("a.md", rule=UNREAD), replace(found("a.md"), standing=Standing.SILENCED)]
    text = f"{HEAD}{ONE}\tu\t\t\n{TWO}\tr\t\t\n"
    known, outdated = parse_baseline(text, Path("f")).known(findings, [ONE, TWO])
    assert (known, [entry.line for entry in outdated]) == (findings, [4, 5])


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"", ":1", "no baseline"),
        (b"# Mission 3.1\n", ":1", "no baseline"),
        (b"\xff\xfe", ":1", "no baseline"),
        (b'{"findings": []}', ":1", "no baseline"),
        (b"# ds2026kg-baseline 2\n", ":1", "of version 2"),
        (HEAD.encode() + b"<<<<<<< ours\n", ":4", "this line"),
        (HEAD.encode() + b"\n123\tcode\tnote\tmessage\n", ":5", "this line"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(
    tmp_path: Path, data: bytes, place: str, message: str
) -> None:
    """The error names the file and the line."""
    file = tmp_path / "known.txt"
    file.write_bytes(data)
    with pytest.raises(ConfigurationError, match=message) as raised:
        read_baseline(file)
    assert raised.value.place == f"{file}{place}"
    assert raised.value.remedy is not None


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    """One that is not there, or is a folder, is named."""
    with pytest.raises(ConfigurationError, match="cannot be read: ") as raised:
        read_baseline(tmp_path / name)
    assert raised.value.place == str(tmp_path / name)


def test_a_byte_order_mark_is_let_pass(tmp_path: Path) -> None:
    """Some editors add one."""
    file = tmp_path / "known.txt"
    file.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert read_baseline(file).entries == ()


@pytest.mark.parametrize(
    ("data", "refused"), [(None, False), (b"", False), (HEAD.encode(), False), (b"# Note", True)]
)
def test_no_other_file_is_written_over(tmp_path: Path, data: bytes | None, refused: bool) -> None:
    """A baseline may take the place of nothing, of an empty file and of a baseline."""
    file = tmp_path / "known.txt"
    if data is not None:
        file.write_bytes(data)
    if refused:
        with pytest.raises(OutputError, match="would be lost"):
            check_place(file)
    else:
        check_place(file)
