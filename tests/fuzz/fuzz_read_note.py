"""Coverage-guided fuzzing of the reader: any bytes in, a `Note` out, each of its places right.

Run by hand and in CI as `README.md` beside this file says. A failure is an exception: atheris
writes the bytes that led to it to a file, which this program takes as its argument to run again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import atheris  # type: ignore[import-untyped]

from ds2026kg.findings import Span

with atheris.instrument_imports(include=["ds2026kg.vault"]):
    from ds2026kg.vault import Mark, Note, Prose, body, columns, lines, read_note

PROJECT = Path(__file__).resolve().parents[2]
SPECIFICATION = PROJECT.parent / "shared/suites/commonmark-spec.txt"
DICTIONARY = Path(__file__).with_name("obsidian.dict")
NAME = "fuzz.md"
MARK = "\ufeff".encode()
SHORT = 256  # bytes of an input that is also read into columns, which takes ten times as long
AT_ONCE = (
    (columns, "FEW", 2),
    (columns, "_LEFT", 2),
    (columns, "_BATCH", 2),
    (columns, "_FEW_OF_BATCH", 1),
    (lines, "FEW", 2),
    (body, "_OFTEN", 1),
)
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n", re.MULTILINE | re.DOTALL)


def places(data: bytes) -> dict[int, tuple[int, int]]:
    """Line and column of each byte at which a character starts or the data ends.

    They are counted character by character, as an editor does, up to the first byte that is not
    UTF-8. A byte order mark has no width; CRLF is one line end, and its LF the last of its line.
    """
    found = {}
    offset, line, column = 0, 1, 1
    text = readable(data)
    for index, character in enumerate(text):
        found[offset] = (line, column)
        offset += len(character.encode())
        if offset == len(MARK) and data.startswith(MARK):
            continue
        column += 1
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            line, column = line + 1, 1
    found[offset] = (line, column)
    return found


def readable(data: bytes) -> str:
    """The text of `data`, up to the first byte that is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        return data[: error.start].decode()


def parts(value: object) -> Iterator[Span | Mark | Prose]:
    """Every span, mark and prose in a note, at any depth."""
    if isinstance(value, (Span, Prose)):
        yield value
    if isinstance(value, Prose):
        yield from (Mark(*mark) for mark in value.marks)
    elif isinstance(value, (tuple, columns.Columns)):
        for item in value:
            yield from parts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from parts(getattr(value, field.name))


def check(note: Note, data: bytes) -> None:
    """Raise AssertionError if any place in `note` is not one in `data`."""
    known = places(data)
    whole = len(readable(data).encode()) == len(data)
    for part in parts(note):
        if isinstance(part, Mark):
            where = [(part.byte, part.line, part.column)]
        else:
            span = part.span() if isinstance(part, Prose) else part
            assert (span.file, span.start <= span.end) == (NAME, True), part
            where = [
                (span.start, span.line, span.column),
                (span.end, span.end_line, span.end_column),
            ]
        for offset, line, column in where:
            assert 0 <= offset <= len(data), part
            if whole or offset in known:
                assert known.get(offset) == (line, column), (part, known.get(offset))


@contextmanager
def columns_at_once() -> Iterator[None]:
    """Puts parts into columns as soon as there are three, as otherwise those of long notes alone."""
    usual = [(room, name, getattr(room, name)) for room, name, _ in AT_ONCE]
    try:
        for room, name, value in AT_ONCE:
            setattr(room, name, value)
        yield
    finally:
        for room, name, value in usual:
            setattr(room, name, value)


def test_one_input(data: bytes) -> None:
    """What atheris calls with each input."""
    note = read_note(NAME, data)
    assert type(note) is Note, note
    check(note, data)
    if len(data) <= SHORT:
        with columns_at_once():
            assert read_note(NAME, data) == note


def seed(corpus: Path) -> None:
    """Write the project's own notes and CommonMark's examples into `corpus`, as what to start from."""
    corpus.mkdir(parents=True, exist_ok=True)
    inputs = [note.read_bytes() for note in (PROJECT / "vault").rglob("*.md")]
    if SPECIFICATION.is_file():
        text = SPECIFICATION.read_text(encoding="utf-8").replace("→", "\t")
        inputs += [example.encode() for example in _EXAMPLE.findall(text)]
    for data in inputs:
        (corpus / hashlib.sha256(data).hexdigest()).write_bytes(data)


def main() -> None:
    """Fuzz from the corpora, the folders named as arguments; an empty one is given its seeds."""
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    for folder in folders[:1]:
        if not folder.is_file() and not any(folder.glob("*")):
            seed(folder)
    atheris.Setup([*sys.argv, f"-dict={DICTIONARY}"], test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
