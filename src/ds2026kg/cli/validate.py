"""`ds2026kg validate`: what is wrong, and where."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.cli.outputs import FORMATS, outputs
from ds2026kg.errors import UsageError
from ds2026kg.findings import Text

_PART_OF_A_BASELINE = UsageError(
    Text(
        "a baseline is of the whole vault, and --changed-since leaves findings out",
        "une liste de constatations connues porte sur tout le coffre, et --changed-since en omet",
    ),
    place="--write-baseline",
    remedy=Text("leave out --changed-since", "omettez --changed-since"),
)
_DRY_RUN_ALONE = UsageError(
    Text("--dry-run is for --fix alone", "--dry-run ne va qu’avec --fix"),
    place="--dry-run",
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
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help=described("How to write the findings.", "La forme des constatations."),
)
@outputs
@options.fail_on
@options.gates
@options.judging
@click.option(
    "--write-baseline",
    type=options.PATH,
    metavar="FILE",
    help=described(
        "Write what is found to this file, for --baseline.",
        "Écrit ce qui est constaté dans ce fichier, pour --baseline.",
    ),
)
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
@click.option(
    "--watch",
    is_flag=True,
    help=described(
        "Judge again whenever a note is saved, and show what is new and what is gone.",
        "Vérifie de nouveau à chaque enregistrement d’une note, et montre ce qui est nouveau et ce "
        "qui a disparu.",
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
    engine: str | None,
    shapes: tuple[Path, ...],
    write_baseline: Path | None,
    fix: bool,
    dry_run: bool,
    watch: bool,
) -> int:
    """Run the validation; returns the exit status."""
    from ds2026kg.checking import Gates, check, make_known
    from ds2026kg.cli.findings import report, status, tell_gates, write_reports
    from ds2026kg.cli.fixing import fix_notes, show_fixes

    if write_baseline is not None and since is not None:
        raise _PART_OF_A_BASELINE
    if dry_run and not fix:
        raise _DRY_RUN_ALONE
    if watch:
        for place, given in (
            ("--fix", fix),
            ("--changed-since", since is not None),
            ("--write-baseline", write_baseline is not None),
        ):
            if given:
                raise _not_with_watch(place)
        from ds2026kg.cli.watching import watch_vault

        load = partial(options.settings_for, vault, config_file, engine, shapes)
        return watch_vault(vault, load, baseline, form, outputs, fail_on)
    settings = options.settings_for(vault, config_file, engine, shapes)
    drafts = show_fixes(vault, settings) if dry_run else None
    if fix and not dry_run:
        fix_notes(vault, settings)
    with CONSOLE.progress() as progress:
        seen = check(vault, settings, Gates(baseline, since), drafts=drafts, progress=progress)
    if dry_run:
        return status(seen.findings, fail_on)
    if write_baseline is not None:
        seen = make_known(seen, write_baseline)
    write_reports(seen.findings, seen.reading, outputs, fail_on)
    CONSOLE.result(report(seen.findings, seen.reading, form, fail_on))
    tell_gates(seen, baseline, since)
    return status(seen.findings, fail_on)


def _not_with_watch(place: str) -> UsageError:
    return UsageError(
        Text(
            "--watch judges again and again, and this is done once",
            "--watch vérifie encore et encore, et ceci ne se fait qu’une fois",
        ),
        place=place,
        remedy=Text(f"leave out {place} or --watch", f"omettez {place} ou --watch"),
    )
