"""Writes an ordinary vault, on which the reading of notes is timed: the same for the same seed.

Its notes are what a reader meets most: properties as Obsidian writes them, six headings, running
text, and ten links in Obsidian's different forms, all of which lead somewhere. Half of them are in
French, so half hold letters that take two bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.generator import NoteFile
from benchmarks.sentences import Bilingual, aim, name

FOLDERS = 50
SMALLEST = 2  # notes: each links to another one
_FIRST_DAY = date(2023, 4, 1)
_TOPICS = 30


class _Words(NamedTuple):
    """What a note says beside its sentences, in one language."""

    topic: str
    alias: str
    status: str
    label: str
    sections: tuple[str, ...]


_ENGLISH = _Words(
    "Data standards",
    "Standards",
    "underway",
    "what is done elsewhere",
    ("Aims", "What is done", "Who leads", "Measures", "Next steps"),
)
_FRENCH = _Words(
    "Intendance des données",
    "Intendance",
    "commencé",
    "ce qui se fait ailleurs",
    ("Buts visés", "Ce qui est fait", "Responsables", "Résultats mesurés", "Étapes suivantes"),
)


def write_ordinary_vault(folder: Path, count: int, size: int = 2000, seed: int = 0) -> None:
    """Write a vault of `count` notes of about `size` bytes each into `folder`.

    Raises `ValueError` if there are to be fewer than 2 notes, `OSError` if one cannot be written.
    """
    for number in range(min(count, FOLDERS)):
        (folder / _folder(number)).mkdir(parents=True, exist_ok=True)
    for note in ordinary_notes(count, size, seed):
        (folder / note.path).write_text(note.text, encoding="utf-8", newline="\n")


def ordinary_notes(count: int, size: int = 2000, seed: int = 0) -> Iterator[NoteFile]:
    """The notes of such a vault, one at a time; raises `ValueError` as `write_ordinary_vault` does.

    >>> first, _ = ordinary_notes(2)
    >>> first.path, first.text.splitlines()[1]
    ('Area 00/Data standards 0.md', 'title: Data standards 0')
    """
    if count < SMALLEST:
        message = f"a vault whose notes link to each other has {SMALLEST} or more, not {count}"
        raise ValueError(message)
    for number in range(count):
        random = Random(f"{seed} ordinary {number}")  # noqa: S311
        text = "\n".join(_lines(number, count, size, random)) + "\n"
        yield NoteFile(f"{_folder(number)}/{_title(number)}.md", text)


def _lines(number: int, count: int, size: int, random: Random) -> Iterator[str]:
    """The lines of one note."""
    words = _words(number)
    properties = _properties(number, _other(number, count, random), random)
    yield from properties
    links = [form(_other(number, count, random)) for form in _FORMS]
    random.shuffle(links)
    headings = [f"# {_title(number)}", *(f"## {section}" for section in words.sections)]
    room = size - _bytes(properties)
    for place, heading in enumerate(headings):
        share = room // (len(headings) - place)
        section = [*_section(heading, words, links[place :: len(headings)], share, random)]
        room -= _bytes(section)
        yield from section


def _properties(number: int, parent: int, random: Random) -> list[str]:
    words = _words(number)
    created, modified = sorted(random.randrange(1000) for _ in range(2))
    return [
        "---",
        f"title: {_title(number)}",
        f'aliases: ["{words.alias} {number}", N{number}]',
        "tags:",
        "  - ds2026",
        f"  - topic/t{number % _TOPICS}",
        f'up: "[[{_title(parent)}]]"',
        f"status: {words.status}",
        f"created: {_FIRST_DAY + timedelta(days=created)}",
        f"modified: {_FIRST_DAY + timedelta(days=modified)}",
        "---",
    ]


def _section(
    heading: str, words: _Words, links: list[str], room: int, random: Random
) -> Iterator[str]:
    """A heading, a paragraph for each link, and sentences while they fit into `room` bytes."""
    lines = [heading, *(f"{_said(name(random), words)}: {link}." for link in links)]
    line = _sentence(words, random)
    while _bytes([*lines, line]) + len(lines) < room:
        lines.append(line)
        line = _sentence(words, random)
    for line in lines:
        yield from ("", line)


def _sentence(words: _Words, random: Random) -> str:
    line = f"{_said(aim(random), words)}."
    if random.random() < 1 / 4:
        first, _, rest = line.partition(" ")
        line = f"**{first}** {rest}"
    return line


def _said(text: Bilingual, words: _Words) -> str:
    return text.fr if words is _FRENCH else text.en


def _bytes(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _words(number: int) -> _Words:
    return _FRENCH if number % 2 else _ENGLISH


def _title(number: int) -> str:
    return f"{_words(number).topic} {number}"


def _folder(number: int) -> str:
    return f"Area {number % FOLDERS:02}"


def _other(number: int, count: int, random: Random) -> int:
    """The number of another note."""
    return (number + random.randrange(1, count)) % count


def _markdown(number: int) -> str:
    return f"[{_words(number).label}]({quote(_title(number))}.md)"


def _section_of(number: int) -> str:
    sections = _words(number).sections
    return sections[number % len(sections)]


# The links of a note's text, by the number of the note that each is for.
_FORMS: tuple[Callable[[int], str], ...] = (
    *(lambda number: f"[[{_title(number)}]]",) * 3,
    *(lambda number: f"[[{_title(number)}|{_words(number).label}]]",) * 2,
    *(lambda number: f"[[{_title(number)}#{_section_of(number)}]]",) * 2,
    *(_markdown,) * 2,
    lambda number: f"![[{_title(number)}]]",
)
