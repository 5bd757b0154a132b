"""`python -m benchmarks.pathological`: read notes that nobody writes, and say which take too long.

    python -m benchmarks.pathological
    python -m benchmarks.pathological --profile "table columns"

Each note is read in a process of its own. Memory is what reading adds to the process at its peak,
as a multiple of the note; and so is what the Markdown parser alone would add.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from cProfile import Profile
from pathlib import Path
from pstats import Stats
from typing import Any, NamedTuple

from benchmarks.measuring import peak_memory
from benchmarks.report import markdown_table
from benchmarks.shapes import SHAPES, Shape, note_of

LIMIT = 2.0  # processor seconds a megabyte
_MEGABYTE = 1_000_000
_PATIENCE = 120  # seconds
_ROOT = Path(__file__).resolve().parents[1]


class Taken(NamedTuple):
    """What one note took: processor seconds a megabyte, and peak memory as a multiple of it."""

    seconds: float
    memory: float
    parser: float = 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Read a note of each shape, print the table; or what the profile says of each."""
    options = _parser().parse_args(arguments)
    shapes = [shape for shape in SHAPES if shape.name in options.shapes or not options.shapes]
    if options.one:
        print(json.dumps(measure(shapes[0], options.bytes)))
    elif options.parser:
        print(parser_memory(shapes[0], options.bytes))
    elif options.profile:
        for shape in shapes:
            _profile(shape, options.bytes)
    else:
        print(table([(shape, _apart(shape, options.bytes)) for shape in shapes]))


def measure(shape: Shape, size: int) -> Taken:
    """Read a note of that shape and of `size` bytes here and now."""
    from ds2026kg.vault import read_note  # not in the process that starts the others: see `_apart`

    data = note_of(shape, size)
    before, begun = peak_memory(), time.process_time()
    read_note("note.md", data)
    seconds = time.process_time() - begun
    return Taken(seconds * _MEGABYTE / len(data), (peak_memory() - before) / len(data))


def parser_memory(shape: Shape, size: int) -> float:
    """The peak memory of the parser’s events for such a note, as a multiple of it."""
    import pyromark

    from ds2026kg.vault.body import OPTIONS

    data = note_of(shape, size)
    before = peak_memory()
    deque(pyromark.events_with_range(data.decode(), options=OPTIONS), maxlen=0)
    return (peak_memory() - before) / len(data)


def table(taken: Sequence[tuple[Shape, Taken | None]]) -> str:
    """A Markdown table of what each shape took, the slowest first; None is longer than we wait."""
    slowest = sorted(taken, key=lambda each: -each[1].seconds if each[1] else float("-inf"))
    rows = [[shape.name, _code(shape.unit), *_cells(spent)] for shape, spent in slowest]
    heads = ["shape", "unit", "s/MB", "memory, times the note", "the parser’s alone"]
    return markdown_table(heads, rows)


def _cells(spent: Taken | None) -> list[str]:
    if spent is None:
        return [f"**over {_PATIENCE} s**", "", ""]
    seconds = f"{spent.seconds:.2f}"
    marked = f"**{seconds}**" if spent.seconds > LIMIT else seconds
    return [marked, f"{spent.memory:.0f}", f"{spent.parser:.0f}"]


def _code(unit: str) -> str:
    """The unit as a cell of a table can show it."""
    shown = unit.encode("unicode_escape").decode() if not unit.isprintable() else unit
    fence = "``" if "`" in shown else "`"
    blank = " " if "`" in shown else ""
    return f"{fence}{blank}{shown}{blank}{fence}".replace("|", "\\|")


def _apart(shape: Shape, size: int) -> Taken | None:
    """What reading takes in a process of its own, or None if it is longer than we wait.

    Linux counts the peak of the process that starts another as that one's own, so this one is small.
    """
    print(shape.name, file=sys.stderr, flush=True)
    try:
        taken = Taken(*_asked("--one", shape, size))
    except subprocess.TimeoutExpired:
        return None
    return taken._replace(parser=_asked("--parser", shape, size))


def _asked(what: str, shape: Shape, size: int) -> Any:
    """What a process of its own prints; raises `TimeoutExpired` if it takes longer than we wait."""
    command = [sys.executable, "-m", "benchmarks.pathological", what, shape.name]
    command += ["--bytes", str(size)]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, timeout=_PATIENCE)
    return json.loads(done.stdout)


def _profile(shape: Shape, size: int) -> None:
    """Print the functions in which reading a note of that shape spends most time."""
    from ds2026kg.vault import read_note

    profile = Profile()
    profile.runcall(read_note, "note.md", note_of(shape, size))
    print(shape.name)
    Stats(profile).strip_dirs().sort_stats("tottime").print_stats(10)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pathological")
    parser.add_argument(
        "shapes", nargs="*", metavar="SHAPE", help="all unless some are named, as in the table"
    )
    parser.add_argument(
        "--bytes", type=int, default=_MEGABYTE, help="of each note; a megabyte unless told"
    )
    parser.add_argument(
        "--profile", action="store_true", help="show where the time goes, and no table"
    )
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--parser", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
