"""`python -m benchmarks.watching N`: time what saving one note takes while a vault of N is watched.

The note gets another line each time, or another name. Beside it stands a `validate` from the
beginning, without the start of the program, by the same engine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.arguments import say, size_between
from benchmarks.generator import LARGEST, SMALLEST, write_vault
from benchmarks.report import markdown_table
from ds2026kg.checking import check
from ds2026kg.config import Settings, load_settings
from ds2026kg.findings import Text
from ds2026kg.reading import Progress
from ds2026kg.watching import Watch

_SAVES = {
    "a commitment": ("Mission 1.1a.md", "", "\nOne more line, number {}.\n"),
    "a mission": ("Mission 1.1.md", "", "\nOne more line, number {}.\n"),
    "an actor’s name": ("Privy Council Office.md", "\n---\n", "\naliases: [Number {}]\n---\n"),
}
Spent = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the vault, look at it again and again, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.watching", description=__doc__)
    parser.add_argument(
        "notes", type=size_between(SMALLEST, LARGEST), nargs="?", default=1000, metavar="N"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another vault")
    parser.add_argument("--repeat", type=int, default=5, help="take the median of so many saves")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ds2026kg-") as folder:
        vault = Path(folder) / "vault"
        say(f"writing a vault of {options.notes:,} notes")
        write_vault(vault, options.notes, options.seed)
        print(table(saves(vault, options.repeat)))


def saves(vault: Path, repeat: int) -> dict[str, list[Spent]]:
    """What each of `repeat` saves of each kind of note took, and each fresh `validate`."""
    watch = Watch(vault, partial(load_settings, vault))
    settings: Settings = watch.look().seen.reading.settings
    watch.look()
    say("validating")
    spent = {
        "`validate`": [timed(partial(check, vault, settings)) for _ in range(repeat)],
        "nothing saved": [timed(watch.look) for _ in range(repeat)],
    }
    for kind, (name, old, new) in _SAVES.items():
        say(f"saving {kind}")
        note = next(vault.rglob(name))
        text = note.read_text(encoding="utf-8")
        spent[kind] = []
        for turn in range(repeat):
            added = new.format(turn)
            note.write_text(text.replace(old, added, 1) if old else text + added, encoding="utf-8")
            spent[kind].append(timed(watch.look))
    return spent


def timed(work: Callable[..., object]) -> Spent:
    """Processor seconds of `work` by phase, and all of them; `wall` is by the clock."""
    marks: list[tuple[str, float]] = [("settings", time.process_time())]

    def progress(phase: Text) -> None:
        marks.append((phase.en, time.process_time()))

    told: Progress = progress
    begun = time.perf_counter()
    work(progress=told)
    wall = time.perf_counter() - begun
    marks.append(("", time.process_time()))
    phases = {name: end - start for (name, start), (_, end) in pairwise(marks)}
    return {**phases, "CPU": marks[-1][1] - marks[0][1], "wall": wall}


def table(spent: dict[str, list[Spent]]) -> str:
    """The medians, in milliseconds, and how many times a fresh `validate` takes."""
    columns = list(next(iter(spent.values()))[0])
    middle = {
        kind: {column: median(turn[column] for turn in turns) for column in columns}
        for kind, turns in spent.items()
    }
    fresh = next(iter(middle.values()))["CPU"]
    rows = [
        [kind, *(f"{took[column] * 1000:,.0f}" for column in columns), f"{fresh / took['CPU']:.1f}"]
        for kind, took in middle.items()
    ]
    return markdown_table(["saved", *(f"{column}, ms" for column in columns), "times"], rows)


if __name__ == "__main__":
    main()
