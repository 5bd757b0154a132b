"""One way of reading a vault, in a process of its own, so that its peak of memory is its own too.

    python -m benchmarks.readers vault FOLDER

reads the notes below FOLDER and prints a `Reading` as JSON. Of the ways, `bare` takes the bytes and
drops them, `events` is the floor under any reader on the same parser, `vault` is the reading room,
and `plain` is the script of an afternoon: it has no places, and reads links inside code as well.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from cProfile import Profile
from dataclasses import asdict, dataclass
from pathlib import Path
from pstats import Stats
from typing import Any, NamedTuple
from urllib.parse import unquote

import frontmatter
import pyromark

from benchmarks.measuring import peak_memory
from ds2026kg.vault import Vault
from ds2026kg.vault.body import OPTIONS

_EMBED_OR_LINK = re.compile(r"\[\[([^\]|#]*)[^\]]*\]\]|\[[^\]]*\]\(([^)#]*)[^)]*\)")
_BUILT_IN = re.compile(
    r"built-in method (?:builtins\.)?|^method | of type object at 0x\w+| objects"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: seconds of processor time, peak resident memory in bytes, and what was read.

    `links` are those that lead to a note of the vault, embeds among them; 0 where none are sought.
    """

    way: str
    cpu: float
    peak: int
    notes: int
    links: int


class Spent(NamedTuple):
    """What one function took: its own seconds, without those of what it calls, and its calls."""

    function: str
    seconds: float
    calls: int


def bare(folder: Path) -> tuple[int, int]:
    """Read every file, and do nothing with it."""
    return sum(1 for _ in _contents(folder)), 0


def events(folder: Path) -> tuple[int, int]:
    """Take every event of the parser, and do nothing with it."""
    notes = 0
    options: Any = int(OPTIONS)
    for data in _contents(folder):
        body = data.decode().partition("\n---\n")[2]
        deque(pyromark.events_with_range(body, options=options), maxlen=0)
        notes += 1
    return notes, 0


def vault(folder: Path) -> tuple[int, int]:
    """Read every note with every part's place, resolve every link, and say what is wrong."""
    opened = Vault(folder)
    notes = sum(1 for _ in opened)
    found = next(opened.survey.findings(), None)
    if found is not None:
        message = f"{found.span}: {found.message('en')}"
        raise ValueError(message)
    return notes, opened.survey.counts.links + opened.survey.counts.embeds


def plain(folder: Path) -> tuple[int, int]:
    """Read properties with python-frontmatter, and links with a regular expression."""
    found: list[tuple[Path, dict[str, Any], list[str]]] = []
    files = {file.stem: file for file in folder.rglob("*.md")}
    for file in files.values():
        note = frontmatter.load(str(file))
        texts = [note.content, *(str(value) for value in note.metadata.values())]
        names = [
            wikilink or unquote(path).removesuffix(".md")
            for text in texts
            for wikilink, path in _EMBED_OR_LINK.findall(text)
        ]
        found.append((file, note.metadata, [name for name in names if name in files]))
    return len(found), sum(len(names) for _, _, names in found)


WAYS: dict[str, Callable[[Path], tuple[int, int]]] = {
    "bare": bare,
    "events": events,
    "vault": vault,
    "plain": plain,
}


def _contents(folder: Path) -> Iterator[bytes]:
    for parent, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(parent, name), "rb") as file:  # noqa: PTH118 - the barest way
                yield file.read()


def read(way: str, folder: Path) -> Reading:
    """Read the notes below `folder` that way; imports are not counted."""
    begun = time.process_time()
    notes, links = WAYS[way](folder)
    return Reading(way, time.process_time() - begun, peak_memory(), notes, links)


def profiled(folder: Path, count: int = 10) -> list[Spent]:
    """The `count` functions in which the reading room spends most time, and as a last one all."""
    profile = Profile()
    profile.runcall(vault, folder)
    stats: dict[tuple[str, int, str], Any] = Stats(profile).stats  # type: ignore[attr-defined]
    spent = [Spent(_called(place), row[2], row[1]) for place, row in stats.items()]
    spent.sort(key=lambda each: -each.seconds)
    whole = Spent("all", sum(each.seconds for each in spent), sum(each.calls for each in spent))
    return [*spent[:count], whole]


def _called(place: tuple[str, int, str]) -> str:
    """The name of a function as it is known in its module: `body.read`, `str.encode`."""
    file, _, name = place
    if file == "~":
        return _BUILT_IN.sub("", name).strip("<>")
    return f"{Path(file).stem}.{name.strip('<>')}"


def _main(way: str, folder: Path) -> None:
    done = profiled(folder) if way == "profile" else asdict(read(way, folder))
    print(json.dumps(done))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
