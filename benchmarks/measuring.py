"""One build in a process of its own, so that its peak of memory is its own too.

    python -m benchmarks.measuring ds2026kg VAULT FOLDER

builds VAULT into FOLDER and prints a `Run` as JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median_low

PHASES = ("starting", "reading", "gathering", "mapping", "judging", "writing")
"""Starting is the interpreter, its imports, and the ontology; the others are those of the build."""

_ROOT = Path(__file__).resolve().parents[1]
_BEGUN = time.perf_counter()


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a build: seconds of processor time, and seconds that passed."""

    name: str
    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Run:
    """One build: its phases in order, its peak resident memory in bytes, and what came out."""

    way: str
    phases: tuple[Phase, ...]
    peak: int
    triples: int
    bytes_written: int

    @property
    def cpu(self) -> float:
        """Seconds of processor time in all."""
        return sum(phase.cpu for phase in self.phases)

    @property
    def wall(self) -> float:
        """Seconds that passed in all."""
        return sum(phase.wall for phase in self.phases)


class Stopwatch:
    """Takes the time of phases that follow one another."""

    def __init__(self) -> None:
        self._current = PHASES[0]
        # Processor time counts from the start of the process, as nearly does the other.
        self._cpu, self._wall = 0.0, _BEGUN
        self.phases: list[Phase] = []

    def begin(self, name: str) -> None:
        """End the phase that runs and begin the phase `name`."""
        cpu, wall = time.process_time(), time.perf_counter()
        self.phases.append(Phase(self._current, cpu - self._cpu, wall - self._wall))
        self._current, self._cpu, self._wall = name, cpu, wall


def measure(way: str, vault: Path, folder: Path, repeat: int = 1) -> Run:
    """Build `vault` into `folder` `repeat` times; the run whose processor time is the median.

    Raises `subprocess.CalledProcessError` if a build fails.
    """
    command = [sys.executable, "-m", "benchmarks.measuring", way, str(vault), str(folder)]
    runs = []
    for _ in range(repeat):
        done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE)
        said = json.loads(done.stdout)
        said["phases"] = tuple(Phase(**phase) for phase in said["phases"])
        runs.append(Run(**said))
    middle = median_low(run.cpu for run in runs)
    return next(run for run in runs if run.cpu == middle)


def _ds2026kg(vault: Path, folder: Path, begin: Callable[[str], None]) -> int:
    # Judging imports rdflib and pyshacl when it is called: that is starting, for both ways.
    import ds2026kg.validation.judge
    import ds2026kg.validation.pyshacl_engine  # noqa: F401
    from ds2026kg import build, checking, reading
    from ds2026kg.config import Settings

    names = {
        reading.READING: "reading",
        reading.UNDERSTANDING: "gathering",
        checking.MAPPING: "mapping",
        checking.JUDGING: "judging",
        build.WRITING: "writing",
    }
    done = build.build(vault, folder, Settings(), progress=lambda phase: begin(names[phase]))
    if done.manifest is None:
        message = f"{vault} has violations: {done.findings[0]}"
        raise ValueError(message)
    return sum(1 for _ in done.reading.statements())


def _plain(vault: Path, folder: Path, begin: Callable[[str], None]) -> int:
    from benchmarks import plain

    return plain.build(vault, folder, _ROOT, begin)


WAYS: dict[str, Callable[[Path, Path, Callable[[str], None]], int]] = {
    "ds2026kg": _ds2026kg,
    "plain": _plain,
}


def peak_memory() -> int:
    """The most memory this process has held, in bytes; Linux counts it in KiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _main(way: str, vault: Path, folder: Path) -> None:
    watch = Stopwatch()
    triples = WAYS[way](vault, folder, watch.begin)
    watch.begin("")
    written = sum(file.stat().st_size for file in folder.iterdir())
    run = Run(way, tuple(watch.phases), peak_memory(), triples, written)
    print(json.dumps(asdict(run)))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
