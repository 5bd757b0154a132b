"""The timing of both engines, and its table."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generator import write_vault
from benchmarks.judging import ENGINES, judged, table


def test_both_engines_are_timed_over_the_same(tmp_path: Path) -> None:
    """Each judges the same statements and finds the same, in some time."""
    write_vault(tmp_path, 100, 1)
    runs = [judged(engine, tmp_path) for engine in ENGINES]
    assert [runs[0][key] for key in ("statements", "findings")] == [
        runs[1][key] for key in ("statements", "findings")
    ]
    assert all(run["cpu"] > 0 and run["peak"] > 0 for run in runs)


def test_the_table_has_the_ratio() -> None:
    """How many times as fast as pyshacl an engine is, is its time in pyshacl's."""
    run = {"statements": 50_000.0, "findings": 9.0, "peak": 2.0 * 1024 * 1024}
    assert table({"pyshacl": {**run, "cpu": 12.0}, "shacl": {**run, "cpu": 0.5}}) == (
        "| engine | statements | findings | CPU, s | times as fast | peak, MiB |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| `pyshacl` | 50,000 | 9 | 12.00 | 1.0 | 2 |\n"
        "| `shacl` | 50,000 | 9 | 0.50 | 24.0 | 2 |"
    )
