"""Writes a synthetic vault of this strategy's shape: of any size, and the same for the same seed.

The strategy and the actors are the real notes of `vault/`. Under them stand invented missions, each
with areas for action and commitments, written as note keepers write: one note each, and a tenth of all
notes, each of a mission or an area, repeat what is under them in sections of their own, as
the real note of Mission 3 does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.sentences import Bilingual, Sentence, aim, name, sentence

SMALLEST, LARGEST = 100, 1_000_000
_REAL = Path(__file__).resolve().parents[1] / "vault"
_STRATEGY = "Missions (ds2026)"
_AREAS = range(2, 9)
# Commitments in an area: few mostly, now and then as many as there are letters.
_COMMITMENTS = (1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 8, 12, 26)
_IN_FOLDER, _IN_OUTER_FOLDER = 20, 1000  # missions
_STATUSES = ("Not Started", "In Progress", "Completed", "Paused", "Behind", "En cours", "Terminée")
_PRIORITIES = ("Year 1 priority", "Year 2 priority", "Year 3 priority", "Année 2 priorité")
_TRACKER = "https://search.open.canada.ca/datastrategy/record"
_REPORT = "https://www.canada.ca/en/treasury-board-secretariat/corporate/reports/2023-2026-data-strategy.html"
_FIRST_DAY = date(2023, 4, 1)
_DAYS = 1000


class NoteFile(NamedTuple):
    """One note: its path in the vault, with forward slashes, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment before it is written down."""

    notation: str
    sentence: Sentence
    body: str


@dataclass(frozen=True, slots=True)
class Area:
    """An area for action with its commitments. `gathers`: its note repeats them as sections."""

    notation: str
    text: Bilingual
    commitments: tuple[Commitment, ...]
    gathers: bool


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission with its areas. `gathers`: its note repeats everything under it as sections."""

    notation: str
    name: Bilingual
    text: Bilingual
    areas: tuple[Area, ...]
    gathers: bool

    @property
    def title(self) -> str:
        """The name of its note."""
        return f"Mission {self.notation} {self.name.en}"

    @property
    def notes(self) -> int:
        """How many notes it takes to write it down."""
        return 1 + sum(1 + len(area.commitments) for area in self.areas)


def write_vault(folder: Path, count: int, seed: int = 0) -> None:
    """Write a vault of `count` notes into `folder`, one note at a time.

    Raises `ValueError` if `count` is not from 100 to 1,000,000, `OSError` if a note cannot be
    written.
    """
    for note in notes(count, seed):
        file = folder / note.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(note.text, encoding="utf-8", newline="\n")


def notes(count: int, seed: int = 0) -> Iterator[NoteFile]:
    """The notes of a vault, `count` of them; raises `ValueError` as `write_vault` does."""
    if not SMALLEST <= count <= LARGEST:
        message = f"a vault has {SMALLEST:,} to {LARGEST:,} notes, not {count:,}"
        raise ValueError(message)
    given = list(_real_notes())
    yield from given
    for mission in missions(count - len(given), seed):
        yield from _mission_notes(mission, Random(f"{seed} notes {mission.notation}"))  # noqa: S311


def missions(count: int, seed: int = 0) -> Iterator[Mission]:
    """Missions that take `count` notes together."""
    number = 0
    while count:
        number += 1
        # Each mission has chance of its own, so that larger vaults begin like smaller ones.
        mission = _mission(number, count, Random(f"{seed} mission {number}"))  # noqa: S311
        yield mission
        count -= mission.notes


def _real_notes() -> Iterator[NoteFile]:
    """The notes of the strategy itself and of the actors."""
    strategy = (_REAL / f"{_STRATEGY}.md").read_text(encoding="utf-8")
    yield NoteFile(f"{_STRATEGY}.md", strategy.partition("\n## ")[0])
    for file in sorted((_REAL / "actors").glob("*.md")):
        yield NoteFile(f"actors/{file.name}", file.read_text(encoding="utf-8"))


def _mission(number: int, room: int, random: Random) -> Mission:
    """A mission that takes at most `room` notes."""
    gathers = random.random() < 1 / 4
    areas: list[Area] = []
    room -= 1
    for place in range(1, random.choice(_AREAS) + 1):
        if not room:
            break
        letters = ascii_lowercase[: min(random.choice(_COMMITMENTS), room - 1)]
        notation = f"{number}.{place}"
        commitments = tuple(_commitment(f"{notation}{letter}", random) for letter in letters)
        area_gathers = not gathers and random.random() < 9 / 10
        areas.append(Area(notation, aim(random), commitments, area_gathers))
        room -= 1 + len(letters)
    return Mission(str(number), name(random), aim(random), tuple(areas), gathers)


def _commitment(notation: str, random: Random) -> Commitment:
    said = sentence(random)
    body, chance = said.text.en, random.random()
    first = body[: len(said.lead.en)]
    if chance < 1 / 10:
        body = f"[[{said.lead.note}|{first}]]{body[len(first) :]}"
    elif chance < 2 / 10:
        body = f"**{first}**{body[len(first) :]}"
    return Commitment(notation, said, body)


def _mission_notes(mission: Mission, random: Random) -> Iterator[NoteFile]:
    """The note of a mission, and those of everything under it."""
    folder = _folder(int(mission.notation))
    properties = {
        "title": mission.title,
        **_dates(random),
        "up": _link(_STRATEGY),
        "label_fr": mission.name.fr,
        "definition_fr": mission.text.fr,
        "source": _REPORT,
    }
    below = [
        line
        for area in mission.areas
        for line in (_area_sections(area) if mission.gathers else _pointer(area.notation, random))
    ]
    lines = [f"# {mission.title}", mission.text.en, "", *below]
    yield _note(folder, mission.title, properties, "ds2026_mission", lines)
    for area in mission.areas:
        yield _area_note(folder, mission, area, random)
        for commitment in area.commitments:
            yield _commitment_note(folder, area, commitment, random)


def _area_note(folder: str, mission: Mission, area: Area, random: Random) -> NoteFile:
    title = f"Mission {area.notation}"
    properties = {
        "title": title,
        "up": _link(mission.title),
        "definition_fr": area.text.fr,
        "source": _REPORT,
    }
    lines = [f"# {title}", area.text.en, ""]
    for commitment in area.commitments:
        lines += _section(commitment) if area.gathers else _pointer(commitment.notation, random)
    return _note(folder, title, properties, "ds2026_mission", lines)


def _commitment_note(folder: str, area: Area, commitment: Commitment, random: Random) -> NoteFile:
    title, parent = f"Mission {commitment.notation}", f"Mission {area.notation}"
    properties: dict[str, str | list[str]] = {"title": title}
    if random.random() < 1 / 2:
        properties |= _dates(random)
    properties["up"] = [_link(parent)] if random.random() < 1 / 8 else _link(parent)
    if random.random() < 1 / 8:
        # A code names an actor as well as a link does.
        properties["ledBy"] = list(commitment.sentence.leads)
    if random.random() < 9 / 10:
        properties["definition_fr"] = commitment.sentence.text.fr
    if random.random() < 3 / 4:
        properties["status"] = random.choice(_STATUSES)
        properties["priority"] = random.choice(_PRIORITIES)
        properties["source"] = (
            f"{_TRACKER}/{area.notation}.{title[-1]},{area.notation.split('.')[0]}"
        )
    breadcrumb = [f"{_markdown_link(parent)} ↑", ""] if random.random() < 1 / 10 else []
    lines = [f"# {title}", *breadcrumb, commitment.body]
    return _note(folder, title, properties, "ds2026_commitment", lines)


def _area_sections(area: Area) -> list[str]:
    """An area and its commitments as sections of another note."""
    title = f"Mission {area.notation}"
    lines = [f"# {_markdown_link(title)}", "", area.text.en]
    lines += [_embed(f"Mission {commitment.notation}") for commitment in area.commitments]
    for commitment in area.commitments:
        lines += _section(commitment)
    return lines


def _section(commitment: Commitment) -> list[str]:
    return [f"# {_markdown_link(f'Mission {commitment.notation}')}", commitment.body, ""]


def _pointer(notation: str, random: Random) -> list[str]:
    """A line by which a parent's note leads to one of its children."""
    title = f"Mission {notation}"
    forms = (_embed(title), f"![[{title}]]", f"- down:: [[{title}]]", f"- {_markdown_link(title)}")
    return [random.choice(forms)]


def _note(
    folder: str, title: str, properties: Mapping[str, str | list[str]], tag: str, lines: list[str]
) -> NoteFile:
    head = [line for key, value in properties.items() for line in _property(key, value)]
    head += _property("tags", [tag, "ds2026"])
    return NoteFile(f"{folder}/{title}.md", "\n".join(["---", *head, "---", *lines]) + "\n")


def _property(key: str, value: str | list[str]) -> list[str]:
    if isinstance(value, str):
        return [f"{key}: {value}"]
    return [f"{key}:", *(f"  - {item}" for item in value)]


def _dates(random: Random) -> dict[str, str]:
    first, last = sorted(random.randrange(_DAYS) for _ in range(2))
    return {
        "created": (_FIRST_DAY + timedelta(days=first)).isoformat(),
        "modified": (_FIRST_DAY + timedelta(days=last)).isoformat(),
    }


def _link(title: str) -> str:
    return f'"[[{title}]]"'


def _markdown_link(title: str) -> str:
    return f"[{title}]({quote(title)}.md)"


def _embed(title: str) -> str:
    slug = title.casefold().replace(" ", "-").replace(".", "")
    return f"![{title} > {title}]({quote(title)}.md#{slug})"


def _folder(mission: int) -> str:
    """The folder of a mission: none holds more than some thousands of notes, or fifty folders."""

    def span(size: int) -> str:
        first = (mission - 1) // size * size + 1
        return f"{first}-{first + size - 1}"

    return f"missions/{span(_IN_OUTER_FOLDER)}/{span(_IN_FOLDER)}"
