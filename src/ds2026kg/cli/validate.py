"""`ds2026kg validate`: what is wrong, and where."""

from __future__ import annotations

from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.errors import UsageError
from ds2026kg.findings import Text

_DRY_RUN_ALONE = UsageError(
    Text("--dry-run is for --fix alone", "--dry-run ne va qu’avec --fix"),
    place="ds2026kg validate",
    remedy=Text("add --fix, or leave --dry-run out", "ajoutez --fix, ou retirez --dry-run"),
)


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
@click.option(
    "--fix",
    is_flag=True,
    help=described(
        "Mend in the notes what is safe to mend; the diff goes to stderr, the report of what is "
        "left to stdout.",
        "Corrige dans les notes ce qui peut l’être sans risque; le diff va vers stderr, le rapport "
        "de ce qui reste vers stdout.",
    ),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=described(
        "With --fix, write nothing and show only the diff, on stdout, for `git apply`.",
        "Avec --fix, n’écrit rien et ne montre que le diff, sur stdout, pour `git apply`.",
    ),
)
@options.common
def command(
    vault: Path, config_file: Path | None, form: str, fail_on: str, fix: bool, dry_run: bool
) -> int:
    """Run the validation; returns the exit status."""
    from ds2026kg.build import judge, read
    from ds2026kg.cli.findings import report, status
    from ds2026kg.cli.fixing import fix_notes, show_fixes

    settings = options.settings_for(vault, config_file)
    if dry_run and not fix:
        raise _DRY_RUN_ALONE
    if dry_run:
        return status(show_fixes(vault, settings), fail_on)
    if fix:
        fix_notes(vault, settings)
    with CONSOLE.progress() as progress:
        reading = read(vault, settings, progress)
        findings = judge(reading, progress)
    CONSOLE.result(report(findings, reading, form))
    return status(findings, fail_on)
