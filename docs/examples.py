"""Bad and good examples of each rule: what differs between the two sides of its fixtures.

They are cut from the very files that the tests judge, so a page that shows them cannot be wrong.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

_FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures"
_LANGUAGES = {"canvas": "json", "json": "json", "md": "markdown", "toml": "toml", "ttl": "turtle"}
_WIDEST = 96  # characters of a line
_LONGEST = 14  # lines of a file that only one side has
_GAP = "…"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


class Excerpt(NamedTuple):
    """Some lines of one file; no lines where the file is missing on that side.

    `language` is that of the fenced block.
    """

    file: str
    language: str
    lines: tuple[str, ...]


class Example(NamedTuple):
    """The two sides of a rule; `notes` tells whether they are notes, or Turtle where no note is."""

    bad: tuple[Excerpt, ...]
    good: tuple[Excerpt, ...]
    notes: bool


def example(code: str) -> Example:
    """The example of the rule `code`; `FileNotFoundError` if the rule has no fixtures."""
    folder = _FIXTURES / "rules" / code
    if folder.is_dir():
        made = _made(folder)
        bad, good = (_files(folder / side) | made.get(side, {}) for side in ("invalid", "valid"))
        return Example(*_sides(bad, good, _places(folder / "report.json", code)), notes=True)
    graphs = _FIXTURES / "shapes" / code
    if not graphs.is_dir():
        message = f"{code} has no fixtures; tests/validation/rule_fixtures.py says how they lie"
        raise FileNotFoundError(message)
    bad, good = ({"": _turtle(graphs / f"{side}.ttl")} for side in ("invalid", "valid"))
    return Example(*_sides(bad, good, {}), notes=False)


def _files(vault: Path) -> dict[str, list[str]]:
    """The lines of each file of a vault, by its path in it."""
    paths = sorted(path for path in vault.rglob("*") if path.is_file())
    return {path.relative_to(vault).as_posix(): _lines(path) for path in paths}


def _lines(path: Path) -> list[str]:
    """The lines of a file, with bytes that are not UTF-8 and control characters made visible."""
    text = path.read_bytes().decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), text).split("\n")[:-1]


def _turtle(path: Path) -> list[str]:
    """The lines of a graph, but for the comment at its top."""
    return _lines(path)[1:]


def _made(folder: Path) -> dict[str, dict[str, list[str]]]:
    """What the tests make in a fixture, as a listing would show it, by side and file."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    if (folder / "made.json").is_file():
        for place, wanted in json.loads((folder / "made.json").read_text("utf-8")).items():
            side, _, file = place.partition("/")
            [(kind, value)] = wanted.items()
            found[side][file] = [f"{file} -> {value}" if kind == "symlink" else f"{file} ({kind})"]
    return found


def _places(report: Path, code: str) -> dict[str, set[int]]:
    """The lines that the findings of a rule point at, by file; none where a whole file is meant."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for finding in json.loads(report.read_text("utf-8"))["findings"]:
        if finding["code"] == code:
            for place in (finding, *finding["related"]):
                if place["note"] is not None:
                    found[place["note"]].update(_numbers(place))
    return found


def _numbers(place: Mapping[str, Any]) -> range:
    """The lines of a place, counted from 0; none for a file as a whole (see `Span.of_file`)."""
    return range(place["line"] - 1, place["endLine"] if place["end"] else 0)


def _sides(
    bad: Mapping[str, list[str]], good: Mapping[str, list[str]], told: Mapping[str, set[int]]
) -> tuple[tuple[Excerpt, ...], tuple[Excerpt, ...]]:
    """What to show of each side: the files that differ, and on the bad one those complained of."""
    left: list[Excerpt] = []
    right: list[Excerpt] = []
    for file in sorted(set(bad) | set(good)):
        ours, theirs = bad.get(file), good.get(file)
        if ours is not None and ours == theirs:
            if file in told:
                left.append(_excerpt(file, ours, _around(told[file], ours) or range(_LONGEST)))
        elif ours is None or theirs is None:
            left.append(_excerpt(file, ours or [], range(_LONGEST)))
            right.append(_excerpt(file, theirs or [], range(_LONGEST)))
        else:
            changed, mended = _changed(ours, theirs)
            left.append(_excerpt(file, ours, _around(changed | told.get(file, set()), ours)))
            right.append(_excerpt(file, theirs, _around(mended, theirs)))
    return tuple(left), tuple(right)


def _changed(ours: list[str], theirs: list[str]) -> tuple[set[int], set[int]]:
    """The lines that differ; where one side has none, those on either side of the gap."""
    left: set[int] = set()
    right: set[int] = set()
    for tag, start, end, other_start, other_end in SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            left.update(range(start, end) or (start - 1, start))
            right.update(range(other_start, other_end) or (other_start - 1, other_start))
    return left, right


def _around(numbers: Iterable[int], lines: list[str]) -> set[int]:
    """The lines, the one before and after each, and what an indented one belongs to."""
    shown: set[int] = set()
    for number in numbers:
        shown.update((number - 1, number, number + 1))
        head = min(number, len(lines) - 1)
        while head > 0 and lines[head].startswith(" "):
            head -= 1
        shown.add(head)
    return shown


def _excerpt(file: str, lines: list[str], numbers: Iterable[int]) -> Excerpt:
    """The numbered lines of a file, with a mark where others are left out."""
    chosen = set(numbers) & set(range(len(lines)))
    shown: list[str] = []
    last = -1
    for number in sorted(chosen):
        if not lines[number] and not {number - 1, number + 1} <= chosen:
            continue  # an empty line beside a gap says nothing
        if number > last + 1:
            shown.append(_GAP)
        line = lines[number]
        shown.append(line if len(line) <= _WIDEST else line[: _WIDEST - 1] + _GAP)
        last = number
    if shown and last < len(lines) - 1:
        shown.append(_GAP)
    is_listing = len(lines) == 1 and lines[0].startswith(f"{file} ") and bool(file)
    suffix = file.rpartition(".")[2] if file else "ttl"
    return Excerpt(file, "text" if is_listing else _LANGUAGES[suffix], tuple(shown))
