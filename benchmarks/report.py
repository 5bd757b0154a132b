"""The figures of a benchmark: as a table for people, as JSON for programs."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from benchmarks.measuring import PHASES, Run

_PACKAGES = ("pyoxigraph", "pyromark", "pyshacl", "python-frontmatter", "rdflib")
_MEBIBYTE = 1024 * 1024


def record(runs: Sequence[Run], notes: int, seed: int) -> dict[str, Any]:
    """All that is known of `runs` over a vault of `notes` notes, ready for JSON.

    Times are in seconds, memory in bytes.
    """
    return {
        "notes": notes,
        "seed": seed,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "packages": {name: version(name) for name in _PACKAGES},
        "runs": [{**asdict(run), "cpu": run.cpu, "wall": run.wall} for run in runs],
    }


def table(runs: Sequence[Run], notes: int) -> str:
    """A Markdown table: processor seconds and their share by phase, a pair of columns for each run.

    With two runs, a last column says how many times longer the second one takes.
    """
    return "\n".join(_rows(runs, notes))


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are figures.

    >>> print(markdown_table(["notes", "seconds"], [["10", "0.1"]]))
    | notes | seconds |
    | --- | ---: |
    | 10 | 0.1 |
    """
    return "\n".join(map(_row, [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]))


def _rows(runs: Sequence[Run], notes: int) -> Iterator[str]:
    ratios = len(runs) == 2
    heads = [f"{notes:,} notes", *(head for run in runs for head in (f"{run.way}, s", "share"))]
    yield _row([*heads, "times"] if ratios else heads)
    yield _row(["---", *["---:"] * (len(heads) - 1 + ratios)])
    for name in PHASES:
        spent = [sum(phase.cpu for phase in run.phases if phase.name == name) for run in runs]
        shares = [f"{cpu / run.cpu:.1%}" for cpu, run in zip(spent, runs, strict=True)]
        cells = [
            cell for cpu, share in zip(spent, shares, strict=True) for cell in (f"{cpu:.2f}", share)
        ]
        yield _row([name, *cells, *([_times(spent)] if ratios else [])])
    for name, values, form in (
        ("**CPU, s**", [run.cpu for run in runs], ".2f"),
        ("wall clock, s", [run.wall for run in runs], ".2f"),
        ("peak memory, MiB", [run.peak / _MEBIBYTE for run in runs], ".0f"),
        ("triples", [float(run.triples) for run in runs], ",.0f"),
        ("written, MiB", [run.bytes_written / _MEBIBYTE for run in runs], ".1f"),
    ):
        cells = [cell for value in values for cell in (format(value, form), "")]
        yield _row([name, *cells, *([_times(values)] if ratios else [])])


def _times(values: Sequence[float]) -> str:
    first, second = values
    return f"{second / first:.1f}" if first else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
