"""`ds2026kg validate`: what is wrong, and where."""

from __future__ import annotations

from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described


@click.command(
    "validate",
    cls=Command,
    help=described(
        "Say what is wrong with the notes in VAULT, and where.",
        "Dit ce qui ne va pas dans les notes de VAULT, et où.",
    ),
)
@options.vault
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help=described("How to write the findings.", "La forme des constatations."),
)
@options.fail_on
@options.judging
@options.common
def command(
    vault: Path,
    config_file: Path | None,
    form: str,
    fail_on: str,
    engine: str | None,
    shapes: tuple[Path, ...],
) -> int:
    """Run the validation; returns the exit status."""
    from ds2026kg.build import judge, read
    from ds2026kg.cli.findings import report, status

    settings = options.settings_for(vault, config_file, engine, shapes)
    with CONSOLE.progress() as progress:
        reading = read(vault, settings, progress)
        findings = judge(reading, progress)
    CONSOLE.result(report(findings, reading, form))
    return status(findings, fail_on)
