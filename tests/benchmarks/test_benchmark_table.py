"""How the figures of a benchmark are shown."""

from __future__ import annotations

from benchmarks.measuring import PHASES, Phase, Run
from benchmarks.report import table


def test_the_table_shows_shares_and_how_many_times_longer_the_plain_way_takes() -> None:
    """Phases are compared by processor time; a phase that takes no time has no ratio."""
    ours, plain = (
        Run(
            way,
            tuple(
                Phase(name, seconds, seconds * 2)
                for name, seconds in zip(PHASES, spent, strict=True)
            ),
            peak * 1024 * 1024,
            triples=40_000,
            bytes_written=written,
        )
        for way, spent, peak, written in (
            ("ds2026kg", (1.0, 2.0, 0.0, 1.0, 3.0, 1.0), 50, 2_000_000),
            ("plain", (1.0, 4.0, 0.0, 2.0, 6.0, 3.0), 100, 2_000_000),
        )
    )

    assert table([ours, plain], 1000).splitlines() == [
        "| 1,000 notes | ds2026kg, s | share | plain, s | share | times |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| starting | 1.00 | 12.5% | 1.00 | 6.2% | 1.0 |",
        "| reading | 2.00 | 25.0% | 4.00 | 25.0% | 2.0 |",
        "| gathering | 0.00 | 0.0% | 0.00 | 0.0% |  |",
        "| mapping | 1.00 | 12.5% | 2.00 | 12.5% | 2.0 |",
        "| judging | 3.00 | 37.5% | 6.00 | 37.5% | 2.0 |",
        "| writing | 1.00 | 12.5% | 3.00 | 18.8% | 3.0 |",
        "| **CPU, s** | 8.00 |  | 16.00 |  | 2.0 |",
        "| wall clock, s | 16.00 |  | 32.00 |  | 2.0 |",
        "| peak memory, MiB | 50 |  | 100 |  | 2.0 |",
        "| triples | 40,000 |  | 40,000 |  | 1.0 |",
        "| written, MiB | 1.9 |  | 1.9 |  | 1.0 |",
    ]


def test_a_run_alone_has_no_column_of_ratios() -> None:
    """Without the plain way there is nothing to compare."""
    run = Run("ds2026kg", tuple(Phase(name, 1.0, 1.0) for name in PHASES), 0, 0, 0)

    assert table([run], 100).splitlines()[:3] == [
        "| 100 notes | ds2026kg, s | share |",
        "| --- | ---: | ---: |",
        "| starting | 1.00 | 16.7% |",
    ]
