"""Mending: whatever the note around a fault, only the fault gives way, and once is enough."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ds2026kg.config import Settings
from ds2026kg.findings import Edit
from ds2026kg.fixing import mended, write
from ds2026kg.vault import Vault, read_note

BOM = b"\xef\xbb\xbf"
_OTHERS = {
    "Mission 3.1.md": "# Mission 3.1\nx\n",
    "dossier/Été (3) 🎉.md": "# Part\n",
}


class Piece(NamedTuple):
    """A line with a fault or without: as it is, and as it ought to be."""

    before: str
    after: str


def _plain(*lines: str) -> list[Piece]:
    return [Piece(line, line) for line in lines]


_PROPERTIES = st.lists(
    st.sampled_from(
        [
            *_plain(
                "# comment é", "x:   [a,  b]   # c", "aliases:\n  - 🎉", "", 'title: "Mission 3.1a"'
            ),
            Piece("created:   2024/3/1 # day", "created:   2024-03-01 # day"),
            Piece("modified: '2024.03.01'", "modified: '2024-03-01'"),
            Piece("Status:  In_Progress", "Status:  in-progress"),
            Piece('source: "[x](Mission%25203.1.md)"', 'source: "[x](Mission%203.1.md)"'),
        ]
    ),
    unique_by=lambda piece: piece.before.partition(":")[0].casefold(),
    max_size=6,
)
_LINES = st.lists(
    st.sampled_from(
        [
            *_plain(
                "",
                "  é 🎉\tx  ",
                "> quote",
                "`[x](Été (3) 🎉.md)`",
                "[x](see below)",
                "[[mission 3.1]]",
            ),
            Piece("- [x](mission%25203.1.md#) y", "- [x](Mission%203.1.md) y"),
            Piece("é [x](Été (3) 🎉.md) 🎉", "é [x](Été%20%283%29%20🎉.md) 🎉"),
            Piece("![[MISSION 3.1|x]]", "![[Mission 3.1|x]]"),
            Piece("[x](<mission 3.1.md> 'é')", "[x](<Mission 3.1.md> 'é')"),
            Piece("a [x](./Mission%25203.1.md) b", "a [x](./Mission%203.1.md) b"),
        ]
    ),
    max_size=6,
)


class Example(NamedTuple):
    """A note as it is, and as it ought to be."""

    before: bytes
    after: bytes


@st.composite
def _examples(draw: DrawFn) -> Example:
    properties, lines = draw(st.none() | _PROPERTIES), draw(_LINES)
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    start = draw(st.sampled_from([b"", BOM]))
    last = draw(st.sampled_from(["", "\n"]))
    up = 'up: "[[Mission 3.1]]"'

    def note(heads: list[str] | None, body: list[str]) -> bytes:
        block = [] if heads is None else ["---", *heads, "---"]
        return start + ("\n".join([*block, *body]) + last).replace("\n", end).encode()

    body = ["# Mission 3.1a", *(piece.before for piece in lines)]
    mended_body = ["# Mission 3.1a", *(piece.after for piece in lines)]
    if properties is None and not lines and not last:
        end = "\n"  # there is no line end to take after
    given_heads = None if properties is None else [piece.before for piece in properties]
    heads = [*(piece.after for piece in properties or ()), up]
    return Example(note(given_heads, body), note(heads, mended_body))


EXAMPLES: SearchStrategy[Example] = _examples()


def _written(folder: Path, note: bytes) -> None:
    for name, text in _OTHERS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "Mission 3.1a.md").write_bytes(note)


@settings(max_examples=60)
@given(EXAMPLES)
def test_only_faults_give_way_and_once_is_enough(example: Example) -> None:
    """Comments, blanks, line ends, BOM and the order of keys stay; a second run has nothing to do."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _written(folder, example.before)
        found = mended(folder, Settings())
        assert all(write(folder, note) for note in found)
        assert (folder / "Mission 3.1a.md").read_bytes() == example.after
        assert mended(folder, Settings()) == []
        for other, text in _OTHERS.items():
            assert (folder / other).read_text("utf-8") == text


@settings(max_examples=40)
@given(EXAMPLES)
def test_a_mended_note_reads_as_before(example: Example) -> None:
    """The parts are the same but for what was mended: as many lines, tags, and links or more."""
    before, after = (read_note("Mission 3.1a.md", each) for each in example)
    assert len(after.headings) == len(before.headings)
    assert [tag.name for tag in after.tags] == [tag.name for tag in before.tags]
    told = [link.label for link in after.links]
    assert all(link.label in told for link in before.links)
    assert {entry.key for entry in after.properties} == {
        *(entry.key for entry in before.properties),
        "up",
    }
    assert after.findings == ()


def _edits(folder: Path) -> list[Edit]:
    return [edit for finding in Vault(folder).findings() for edit in finding.edits]


@settings(max_examples=40)
@given(EXAMPLES)
def test_edits_name_bytes_of_the_note_that_were_read(example: Example) -> None:
    """Each edit has a place within the note, at the start of a character, and changes something."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _written(folder, example.before)
        for edit in _edits(folder):
            source = example.before[edit.span.start : edit.span.end].decode()
            assert source != edit.text
            line = example.before[: edit.span.start].removeprefix(BOM).decode()
            lines = line.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert (edit.span.line, edit.span.column) == (len(lines), len(lines[-1]) + 1)
