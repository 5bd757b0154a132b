"""`python -m benchmarks N`: time the build of a synthetic vault of N notes, beside the plain way."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.arguments import say, size_between
from benchmarks.generator import LARGEST, SMALLEST, write_vault
from benchmarks.measuring import WAYS, Run, measure
from benchmarks.report import record, table


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the vault, build it both ways, print the table."""
    options = _parser().parse_args(arguments)
    if options.keep is not None:
        _run(options, options.keep)
        return
    with tempfile.TemporaryDirectory(prefix="ds2026kg-") as folder:
        _run(options, Path(folder))


def _run(options: argparse.Namespace, folder: Path) -> None:
    vault = folder / "vault"
    say(f"writing a vault of {options.notes:,} notes")
    write_vault(vault, options.notes, options.seed)
    runs: list[Run] = []
    for way in WAYS if options.plain else ("ds2026kg",):
        say(f"building it: {way}")
        runs.append(measure(way, vault, folder / way, options.repeat))
    print(table(runs, options.notes))
    if options.json is not None:
        text = json.dumps(record(runs, options.notes, options.seed), indent=2)
        options.json.write_text(text + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "notes",
        type=size_between(SMALLEST, LARGEST),
        metavar="N",
        help=f"notes, {SMALLEST} to {LARGEST:,}",
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another vault")
    parser.add_argument("--repeat", type=int, default=1, help="take the median of so many builds")
    parser.add_argument(
        "--no-plain", dest="plain", action="store_false", help="time ds2026kg alone"
    )
    parser.add_argument("--keep", type=Path, help="leave the vault and both builds in this folder")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser


if __name__ == "__main__":
    main()
