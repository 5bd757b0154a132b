"""The vault's files: which are notes, and what becomes of those that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ds2026kg.errors import VaultError
from ds2026kg.findings import Span
from ds2026kg.vault import LinkIndex, Note, Vault


def read(folder: Path, max_bytes: int = 1000) -> list[tuple[str, list[str]]]:
    """Path and finding codes of every note of a vault, and of what is no plain file in it."""
    vault = Vault(folder, max_bytes=max_bytes)
    found = {note.path: [finding.rule.code for finding in note.findings] for note in vault}
    for finding in vault.listing.findings:
        if finding.span is not None:
            found.setdefault(finding.span.file, []).append(finding.rule.code)
    return sorted(found.items())


def put(folder: Path, *paths: str) -> None:
    """Small notes at these paths."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"text")


def test_notes_are_read_in_path_order_and_hidden_ones_not(tmp_path: Path) -> None:
    """Hidden files and folders, and files that are not Markdown, are no notes."""
    put(tmp_path, "b.md", "a/z.md", "A.MD", ".obsidian/x.md", ".trash/y.md", ".hidden.md", "c.txt")
    assert [path for path, _ in read(tmp_path)] == ["A.MD", "a/z.md", "b.md"]


def _link_out(folder: Path) -> None:
    (folder.parent / "secret.md").write_bytes(b"secret")
    (folder / "x.md").symlink_to(folder.parent / "secret.md")


def _link_folder_out(folder: Path) -> None:
    (folder.parent / "outside").mkdir()
    put(folder.parent / "outside", "secret.md")
    (folder / "x").symlink_to(folder.parent / "outside")


def _loop(folder: Path) -> None:
    (folder / "x").symlink_to(folder)


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "x.md")


def _large(folder: Path) -> None:
    (folder / "x.md").write_bytes(b"a" * 1001)


def _full(folder: Path) -> None:
    (folder / "x.md").write_bytes(b"a" * 1000)


def _dangling(folder: Path) -> None:
    (folder / "x.md").symlink_to("nowhere.md")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (_link_out, [("x.md", ["link-leaves-vault"])]),
        (_link_folder_out, [("x", ["link-leaves-vault"])]),
        (_loop, [("x", ["link-within-vault"])]),
        (_dangling, [("x.md", ["link-leads-nowhere"])]),
        (_pipe, [("x.md", ["note-unreadable"])]),
        (_large, [("x.md", ["note-too-large"])]),
        (_full, [("x.md", [])]),
    ],
)
def test_what_is_no_plain_note_is_reported_and_the_rest_is_read(
    tmp_path: Path, make: Callable[[Path], None], expected: list[tuple[str, list[str]]]
) -> None:
    """Links out, loops, pipes and oversized files are one finding each; the others are read."""
    folder = tmp_path / "vault"
    put(folder, "a.md", "z.md")
    make(folder)
    assert read(folder) == [("a.md", []), *expected, ("z.md", [])]


def test_a_note_that_vanishes_is_one_finding(tmp_path: Path) -> None:
    """A file removed between listing and reading does not stop the others."""
    put(tmp_path, "a.md", "b.md", "c.md")
    notes = Vault(tmp_path).notes()
    first: Note = next(notes)
    (tmp_path / "b.md").unlink()
    rest = [(note.path, [finding.rule.code for finding in note.findings]) for note in notes]
    assert (first.path, rest) == ("a.md", [("b.md", ["note-unreadable"]), ("c.md", [])])


@pytest.mark.parametrize("name", ["missing", "file.md", "empty"])
def test_a_vault_that_is_none_is_an_error(tmp_path: Path, name: str) -> None:
    """A missing folder, a file, an empty folder: the error names the path and a remedy."""
    (tmp_path / "empty").mkdir()
    put(tmp_path, "file.md")
    with pytest.raises(VaultError) as caught:
        list(Vault(tmp_path / name).notes())
    assert caught.value.place == str(tmp_path / name)
    assert caught.value.remedy is not None


def test_the_digest_depends_on_paths_and_bytes_alone(tmp_path: Path) -> None:
    """Two vaults with the same notes have one digest; any other byte or name gives another."""
    digests = []
    for folder, name, text in (("a", "n.md", b"x"), ("b", "n.md", b"x"), ("c", "m.md", b"x")):
        put(tmp_path / folder, name)
        (tmp_path / folder / name).write_bytes(text)
        reader = Vault(tmp_path / folder)
        list(reader.notes())
        digests.append(reader.digest)
    assert digests[0] == digests[1] != digests[2]


def test_a_source_line_is_the_one_that_the_span_names(tmp_path: Path) -> None:
    """Lines end at CR, LF or CRLF, and a byte order mark is none of the first line's characters."""
    (tmp_path / "n.md").write_bytes("\ufeffone\r\ntwo\rthr\u2028ee\nfour".encode())
    reader = Vault(tmp_path)
    lines = [reader.source.line(Span("n.md", 0, 0, line, 1, line, 1)) for line in range(1, 6)]
    assert lines == ["one", "two", "thr\u2028ee", "four", None]


def test_links_to_private_notes_are_dots_in_a_source_line(tmp_path: Path) -> None:
    """Each of them, also one within another; the rest of the line stays where it stood."""
    (tmp_path / "p.md").write_text("#private", "utf-8")
    (tmp_path / "n.md").write_text("a [[p]] b [c ![d](p.md) e](p.md) f\n\n[[p]]", "utf-8")
    source = Vault(tmp_path).source
    lines = [source.line(Span("n.md", 0, 0, line, 1, line, 1)) for line in range(1, 5)]
    assert lines == ["a ..... b ...................... f", "", ".....", None]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_no_line_is_waited_for_or_taken_from_elsewhere(tmp_path: Path) -> None:
    """A pipe has no lines and no text to quote, nor has a link to a file outside of the vault."""
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    folder = tmp_path / "vault"
    folder.mkdir()
    os.mkfifo(folder / "pipe.md")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    source = Vault(folder).source
    spans = [Span(name, 0, 6, 1, 1, 1, 7) for name in ("pipe.md", "link.md")]
    assert [(source.line(span), source.text(span)) for span in spans] == [(None, None)] * 2


@pytest.mark.parametrize(
    ("target", "source", "expected"),
    [
        ("Mission 3.1", "", "a/Mission 3.1.md"),
        ("mission 3.1.MD", "", "a/Mission 3.1.md"),
        ("a/Mission 3.1", "", "a/Mission 3.1.md"),
        ("Twin", "b/x.md", "Twin.md"),
        ("Pair", "b/x.md", "b/Pair.md"),
        ("Pair", "", "a/Pair.md"),
        ("./Twin.md", "a/x.md", "a/Twin.md"),
        ("../Twin", "a/x.md", "Twin.md"),
        ("../../Twin", "a/x.md", None),
        ("b/Twin", "", "b/Twin.md"),
        ("Twin/b", "", None),
        ("the area", "", "a/Mission 3.1.md"),
        ("Cafe\u0301", "", "Café.md"),
        ("", "a/x.md", "a/x.md"),
        ("Gone", "", None),
    ],
)
def test_links_resolve_as_obsidian_resolves_them(
    target: str, source: str, expected: str | None
) -> None:
    """By path, then by name in the own folder or at the shortest path, then by alias."""
    index = LinkIndex()
    index.add("a/Mission 3.1.md", ["The Area"])
    for path in ("a/Twin.md", "b/Twin.md", "Twin.md", "a/Pair.md", "b/Pair.md", "Café.md"):
        index.add(path)
    assert index.resolve(target, source) == expected
