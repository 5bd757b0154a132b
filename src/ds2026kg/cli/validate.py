"""`ds2026kg validate`: what is wrong, and where."""

from __future__ import annotations

from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.cli.outputs import FORMATS, outputs
from ds2026kg.errors import UsageError
from ds2026kg.findings import Text

_PART_OF_A_BASELINE = Text(
    "a baseline is of the whole vault, and --changed-since leaves findings out",
    "une liste de constatations connues porte sur tout le coffre, et --changed-since en omet",
)
_WITHOUT_CHANGED_SINCE = Text("leave out --changed-since", "omettez --changed-since")


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
@options.gates
@click.option(
    "--write-baseline",
    type=options.PATH,
    metavar="FILE",
    help=described(
        "Write what is found to this file, for --baseline.",
        "Écrit ce qui est constaté dans ce fichier, pour --baseline.",
    ),
)
@options.common
def command(
    vault: Path,
    config_file: Path | None,
    form: str,
    outputs: dict[Path, str],
    fail_on: str,
    baseline: Path | None,
    since: str | None,
    write_baseline: Path | None,
) -> int:
    """Run the validation; returns the exit status."""
    from ds2026kg.build import Gates, check, make_known
    from ds2026kg.cli.findings import report, status, tell_gates, write_reports

    if write_baseline is not None and since is not None:
        raise UsageError(
            _PART_OF_A_BASELINE, place="--write-baseline", remedy=_WITHOUT_CHANGED_SINCE
        )
    settings = options.settings_for(vault, config_file)
    with CONSOLE.progress() as progress:
        seen = check(vault, settings, Gates(baseline, since), progress=progress)
    if write_baseline is not None:
        seen = make_known(seen, write_baseline)
    write_reports(seen.findings, seen.reading, outputs, fail_on)
    CONSOLE.result(report(seen.findings, seen.reading, form, fail_on))
    tell_gates(seen, baseline, since)
    return status(seen.findings, fail_on)
