"""`python -m benchmarks.reading N`: time the reading of an ordinary vault of N notes, in four ways.

Each reading has a process of its own; the ways take turns, so that what else the machine does
falls on all of them alike. A ratio is the median of the ratios within each turn.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.arguments import say, size_between
from benchmarks.ordinary import SMALLEST, write_ordinary_vault
from benchmarks.report import markdown_table

WAYS = {
    "bare": "files read, nothing done",
    "events": "the parser’s events, thrown away",
    "vault": "`ds2026kg.vault`",
    "plain": "python-frontmatter and regular expressions",
}
_ROOT = Path(__file__).resolve().parents[1]
_MEBIBYTE = 1024 * 1024
_SIZES = (2000, 8000)  # bytes of a note
_LARGEST = 1_000_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the vaults, read them, print the tables."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ds2026kg-") as folder:
        vault = Path(folder) / "vault"
        say(f"writing a vault of {options.notes:,} notes")
        write_ordinary_vault(vault, options.notes, _SIZES[0], options.seed)
        print(speed_table(turns(vault, options.repeat)))
        if options.profile:
            print("\n" + profile_table(_run("profile", vault), options.notes))
    if options.memory:
        print("\n" + memory_table(list(_held(options.notes, options.seed))))


def turns(vault: Path, repeat: int) -> list[dict[str, dict[str, float]]]:
    """What each way took, by its name, in each of `repeat` turns."""
    taken = []
    for turn in range(1, repeat + 1):
        say(f"reading it, turn {turn} of {repeat}")
        taken.append({way: _run(way, vault) for way in WAYS})
    return taken


def speed_table(taken: Sequence[dict[str, dict[str, float]]]) -> str:
    """Notes a second, processor seconds, the ratios, and peak memory: the medians over all turns."""
    heads = [f"{taken[0]['bare']['notes']:,.0f} notes", "notes/s", "CPU, s"]
    heads += ["× bare loop", "× floor", "peak, MiB"]
    rows = []
    for way, name in WAYS.items():
        cpu = median(turn[way]["cpu"] for turn in taken)
        ratios = [
            median(turn[way]["cpu"] / turn[other]["cpu"] for turn in taken)
            for other in ("bare", "events")
        ]
        peak = median(turn[way]["peak"] for turn in taken) / _MEBIBYTE
        speed = taken[0][way]["notes"] / cpu
        cells = [f"{speed:,.0f}", f"{cpu:.2f}", *(f"{each:.1f}" for each in ratios), f"{peak:.0f}"]
        rows.append([name, *cells])
    return markdown_table(heads, rows)


def profile_table(spent: Sequence[Sequence[Any]], notes: int) -> str:
    """Where the time goes: the share of each function's own time, and its calls for each note."""
    *functions, (_, whole, _) = spent
    rows = [
        [f"`{name}`", f"{seconds / whole:.1%}", f"{calls / notes:.1f}"]
        for name, seconds, calls in functions
    ]
    return markdown_table(["function", "own time", "calls a note"], rows)


def memory_table(held: Sequence[tuple[int, int, float, float]]) -> str:
    """What the reading room holds, beyond the bare loop, for each number and size of notes."""
    rows = [
        [f"{notes:,}", f"{size:,}", f"{mebibytes:.0f}", f"{mebibytes * _MEBIBYTE / links:.0f}"]
        for notes, size, mebibytes, links in held
    ]
    return markdown_table(["notes", "bytes a note", "memory, MiB", "bytes a link"], rows)


def _held(notes: int, seed: int) -> Iterator[tuple[int, int, float, float]]:
    """Notes, bytes of each, the memory that reading them takes in MiB, and links."""
    for size in _SIZES:
        for count in (notes, 2 * notes):
            say(f"memory: {count:,} notes of {size:,} bytes")
            with tempfile.TemporaryDirectory(prefix="ds2026kg-") as folder:
                write_ordinary_vault(Path(folder), count, size, seed)
                least, most = (_run(way, Path(folder)) for way in ("bare", "vault"))
            yield count, size, (most["peak"] - least["peak"]) / _MEBIBYTE, most["links"]


def _run(way: str, vault: Path) -> Any:
    """What `benchmarks.readers` says of one reading; `CalledProcessError` if it fails."""
    command = [sys.executable, "-m", "benchmarks.readers", way, str(vault)]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument(
        "notes",
        type=size_between(SMALLEST, _LARGEST),
        nargs="?",
        default=10_000,
        metavar="N",
        help="10,000 unless told",
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another vault")
    parser.add_argument("--repeat", type=int, default=5, help="how many turns to take")
    parser.add_argument(
        "--profile", action="store_true", help="show the functions that take most time"
    )
    parser.add_argument(
        "--no-memory", dest="memory", action="store_false", help="leave the second table out"
    )
    return parser


if __name__ == "__main__":
    main()
