"""`python -m benchmarks.judging N`: time the judging of a synthetic vault of N notes by each engine.

Each engine has a process of its own, so that its peak of memory is its own too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median_low

from benchmarks.arguments import say, size_between
from benchmarks.generator import LARGEST, SMALLEST, write_vault
from benchmarks.measuring import peak_memory
from benchmarks.report import markdown_table

ENGINES = ("pyshacl", "shacl")
_ROOT = Path(__file__).resolve().parents[1]
_MEBIBYTE = 1024 * 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the vault, have it judged, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judging", description=__doc__)
    parser.add_argument("notes", type=size_between(SMALLEST, LARGEST), metavar="N")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another vault")
    parser.add_argument("--repeat", type=int, default=1, help="take the median of so many runs")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ds2026kg-") as folder:
        vault = Path(folder) / "vault"
        say(f"writing a vault of {options.notes:,} notes")
        write_vault(vault, options.notes, options.seed)
        print(table({engine: _median(engine, vault, options.repeat) for engine in ENGINES}))


def table(runs: Mapping[str, Mapping[str, float]]) -> str:
    """Processor seconds of each engine, the first one's divided by them, and peak memory."""
    slowest = runs[ENGINES[0]]["cpu"]
    rows = [
        [
            f"`{engine}`",
            f"{run['statements']:,.0f}",
            f"{run['findings']:,.0f}",
            f"{run['cpu']:.2f}",
            f"{slowest / run['cpu']:.1f}",
            f"{run['peak'] / _MEBIBYTE:,.0f}",
        ]
        for engine, run in runs.items()
    ]
    heads = ["engine", "statements", "findings", "CPU, s", "times as fast", "peak, MiB"]
    return markdown_table(heads, rows)


def judged(engine: str, vault: Path) -> dict[str, float]:
    """What `engine` took to judge `vault`, the tracing of its results included."""
    from ds2026kg.config import Engine, Settings
    from ds2026kg.reading import read
    from ds2026kg.resources import resource_folder

    # Imported before the clock starts, as judging itself does it late.
    from ds2026kg.validation import pyshacl_engine  # noqa: F401
    from ds2026kg.validation.judge import judge
    from ds2026kg.validation.shapes import load_shapes

    reading = read(vault, Settings())
    statements = list(reading.statements())
    shapes = load_shapes(sorted(resource_folder("shapes").glob("*.ttl")))
    begun = time.process_time()
    found = judge(statements, shapes, reading.vocabulary.ontology, engine=Engine(engine))
    cpu = time.process_time() - begun
    return {
        "statements": len(statements),
        "findings": len(found),
        "cpu": cpu,
        "peak": peak_memory(),
    }


def _median(engine: str, vault: Path, repeat: int) -> dict[str, float]:
    runs = []
    code = "import sys; from benchmarks import judging; judging.print_judged(*sys.argv[1:])"
    for turn in range(1, repeat + 1):
        say(f"judging it by {engine}, turn {turn} of {repeat}")
        command = [sys.executable, "-c", code, engine, str(vault)]
        done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE)
        runs.append(json.loads(done.stdout))
    middle = median_low(run["cpu"] for run in runs)
    return next(run for run in runs if run["cpu"] == middle)


def print_judged(engine: str, vault: str) -> None:
    """`judged` as JSON, for the process that asked."""
    print(json.dumps(judged(engine, Path(vault))))


if __name__ == "__main__":
    main()
