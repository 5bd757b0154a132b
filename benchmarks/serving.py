"""`python -m benchmarks.serving`: load `ds2026kg serve` and `oxigraph serve` with the same questions.

All servers run at once, over the same data, on the loopback; wrk loads one after the other, and they
take turns, so that what else the machine does falls on all of them alike. All must give the same
answer. A ratio is the median of the ratios within each turn.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.arguments import say, size_between
from benchmarks.load import WRK_MISSING, Load, load, wrk
from benchmarks.report import markdown_table
from benchmarks.servers import (
    OXIGRAPH_MISSING,
    REFERENCE,
    Question,
    Server,
    answered,
    oxigraph,
    running,
    sparql,
)

_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("granian", "pyoxigraph")
_LEDBY = "<https://w3id.org/ds2026/ontology#ledBy>"
_ENTITY = "commitment/3.1a"
_ROWS = "application/sparql-results+json"
QUESTIONS = (
    sparql("SELECT, ten rows", f"SELECT ?c ?a {{ ?c {_LEDBY} ?a }} ORDER BY ?c ?a LIMIT 10", _ROWS),
    sparql("ASK", f"ASK {{ ?c {_LEDBY} <https://w3id.org/ds2026/id/actor/tbs> }}", _ROWS),
    sparql("CONSTRUCT", f"CONSTRUCT WHERE {{ ?c {_LEDBY} ?a }}", "text/turtle"),
    Question("a page", "text/html", f"/doc/{_ENTITY}.en.html", None),
    Question("a document, Turtle", "text/turtle", f"/doc/{_ENTITY}", None),
    Question("a document, JSON-LD", "application/ld+json", f"/doc/{_ENTITY}", None),
)


class Turn(NamedTuple):
    """What one server took for one question in one turn: on one connection, and on many."""

    question: str
    server: str
    alone: Load
    together: Load


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the vault, start the servers, load them, print the table."""
    options = _parser().parse_args(arguments)
    for found, missing in ((wrk(), WRK_MISSING), (oxigraph(), OXIGRAPH_MISSING)):
        if found is None:
            sys.exit(missing)
    with tempfile.TemporaryDirectory(prefix="ds2026kg-") as name:
        folder = Path(name)
        say(f"building {options.vault}")
        command = [sys.executable, "-m", "ds2026kg", "build", options.vault, "-o", folder / "dist"]
        subprocess.run([*command, "--quiet"], cwd=_ROOT, check=True)
        with running(folder / "dist", folder) as servers:
            check(servers)
            turns = [
                turn
                for number in range(1, options.repeat + 1)
                for turn in _turns(servers, options, number)
            ]
    print(f"{machine()}\n\n{table(turns, options.connections)}")


def check(servers: Sequence[Server]) -> None:
    """Raise `ValueError` unless all servers give the same answer to each question."""
    for question in QUESTIONS:
        urls = [url for server in servers if (url := server.url(question))]
        first, *others = [answered(url, question.accept) for url in urls]
        if not first or any(other != first for other in others):
            message = f"the answers differ, or are empty: {question.name}"
            raise ValueError(message)


def table(turns: Sequence[Turn], connections: int) -> str:
    """The medians over all turns: latencies on one connection, and what many at once get."""
    heads = ["", "p50, ms", "p99, ms", f"{connections} at once, req/s", "× `oxigraph serve`"]
    rows = []
    for question in dict.fromkeys(turn.question for turn in turns):
        rows.append([f"**{question}**", *[""] * 6])
        asked = [turn for turn in turns if turn.question == question]
        reference = [turn.together.rate for turn in asked if turn.server == REFERENCE]
        servers = dict.fromkeys(turn.server for turn in asked)
        rows.extend(
            _row([turn for turn in asked if turn.server == server], reference) for server in servers
        )
    return markdown_table([*heads, "p50, ms", "p99, ms"], rows)


def _row(taken: Sequence[Turn], reference: Sequence[float]) -> list[str]:
    alone, together = [turn.alone for turn in taken], [turn.together for turn in taken]
    ratios = [load.rate / rate for load, rate in zip(together, reference, strict=bool(reference))]
    return [
        taken[0].server,
        f"{median(load.median for load in alone):.2f}",
        f"{median(load.p99 for load in alone):.2f}",
        f"{median(load.rate for load in together):,.0f}",
        f"{median(ratios):.2f}" if ratios else "",
        f"{median(load.median for load in together):.2f}",
        f"{median(load.p99 for load in together):.2f}",
    ]


def machine() -> str:
    """The machine and the versions, on a line."""
    packages = [f"{name} {version(name)}" for name in _PACKAGES]
    python = f"Python {platform.python_version()}"
    command = [oxigraph() or "oxigraph", "--version"]
    theirs = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    return ", ".join([f"{os.cpu_count()} cores ({platform.machine()})", python, *packages, theirs])


def _turns(servers: Sequence[Server], options: argparse.Namespace, number: int) -> list[Turn]:
    turns = []
    for question in QUESTIONS:
        say(f"{question.name}, turn {number} of {options.repeat}")
        for server in servers:
            if url := server.url(question):
                alone, together = (
                    load(url, question.accept, connections=many, seconds=options.seconds)
                    for many in (1, options.connections)
                )
                turns.append(Turn(question.name, server.name, alone, together))
    return turns


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("vault", nargs="?", default="vault", help="what is served; default: vault")
    parser.add_argument("--seconds", type=size_between(1, 600), default=3, help="length of a load")
    parser.add_argument(
        "--connections",
        type=size_between(2, 32),  # more than `queue` would be turned away
        default=16,
        help="how many ask at once, beside one alone",
    )
    parser.add_argument("--repeat", type=size_between(1, 100), default=3, help="take so many turns")
    return parser


if __name__ == "__main__":
    main()
