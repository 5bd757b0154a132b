"""`ds2026kg validate`: what is wrong, and where."""

from __future__ import annotations

from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.cli.outputs import FORMATS, outputs


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
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help=described("How to write the findings.", "La forme des constatations."),
)
@outputs
@options.fail_on
@options.common
def command(
    vault: Path, config_file: Path | None, form: str, outputs: dict[Path, str], fail_on: str
) -> int:
    """Run the validation; returns the exit status."""
    from ds2026kg.build import judge, read
    from ds2026kg.cli.findings import report, status, write_reports

    with CONSOLE.progress() as progress:
        reading = read(vault, options.settings_for(vault, config_file), progress)
        findings = judge(reading, progress)
    write_reports(findings, reading, outputs, fail_on)
    CONSOLE.result(report(findings, reading, form, fail_on))
    return status(findings, fail_on)
