"""How commands show findings, and what exit status they give."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import click

from ds2026kg.checking import Check
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import FAIL_ON
from ds2026kg.findings import Finding, Span, Text
from ds2026kg.reading import Reading
from ds2026kg.targets import write_files
from ds2026kg.validation.reporters import View, reporter
from ds2026kg.validation.reporters.terminal import visible
from ds2026kg.validation.summary import exceeds

_LEFT_OUT = Text(
    "{count} more were there before ({since}); they are not shown",
    "{count} autres étaient là avant ({since}); elles ne sont pas montrées",
)
_ONE_LEFT_OUT = Text(
    "1 more was there before ({since}); it is not shown",
    "1 autre était là avant ({since}); elle n’est pas montrée",
)
_OUTDATED = Text(
    "{file}:{line}: no longer found: {code} {note}",
    "{file}:{line}\u00a0: n’est plus constaté\u00a0: {code} {note}",
)
_REMOVE = Text(
    "remove {count} from {file}, or write it anew with --write-baseline",
    "supprimez {count} de {file}, ou récrivez-le avec --write-baseline",
)
_ONE_LINE = Text("this line", "cette ligne")
_LINES = Text("these {count} lines", "ces {count} lignes")
_MOST = 20  # lines of a baseline that are told of one by one


def show_findings(
    findings: Sequence[Finding], reading: Reading, failed_on: str | None = None
) -> None:
    """The findings as text on stderr, beside a command's real result.

    Under `--quiet` only those that made the command fail, if it failed on some severity.
    """
    if CONSOLE.quiet:
        findings = [each for each in findings if failed_on and status([each], failed_on)]
    if findings:
        view = _view(reading, colour=CONSOLE.colour("stderr"))
        click.echo(reporter("text")(findings, view), err=True, nl=False)


def tell_gates(seen: Check, baseline: Path | None, since: str | None) -> None:
    """Say on stderr which findings were left out, and what of the baseline is outdated."""
    if seen.left_out:
        text = _ONE_LEFT_OUT if len(seen.left_out) == 1 else _LEFT_OUT
        CONSOLE.tell(CONSOLE.say(text, count=len(seen.left_out), since=since))
    if not seen.outdated:
        return
    for entry in seen.outdated[:_MOST]:
        about = {"line": entry.line, "code": visible(entry.code), "note": visible(entry.note)}
        CONSOLE.tell(CONSOLE.say(_OUTDATED, file=baseline, **about))
    lines = len(seen.outdated)
    if lines > _MOST:
        CONSOLE.tell("…")
    count = CONSOLE.say(_ONE_LINE if lines == 1 else _LINES, count=lines)
    CONSOLE.tell(CONSOLE.say(_REMOVE, count=count, file=baseline))


def report(findings: Sequence[Finding], reading: Reading, form: str, fail_on: str) -> str:
    """The findings for stdout, as a report of one of the reporters' `FORMATS`."""
    view = _view(reading, colour=CONSOLE.colour())
    return reporter(form)(findings, replace(view, fail_on=FAIL_ON[fail_on]))


def change_report(new: Sequence[Finding], gone: Sequence[Finding], seen: Check) -> str:
    """For stdout: the findings that are new, those that are gone, and the counts of all."""
    # It has no name of its own on the command line, so it is not among the reporters.
    from ds2026kg.validation.reporters.text import render_change

    return render_change(new, gone, seen.findings, _view(seen.reading, colour=CONSOLE.colour()))


def write_reports(
    findings: Sequence[Finding], reading: Reading, outputs: Mapping[Path, str], fail_on: str
) -> None:
    """Write the findings to each file in its format; raises `OutputError`, and then writes none."""
    view = replace(_view(reading, colour=False), width=None, fail_on=FAIL_ON[fail_on])
    write_files({file: reporter(form)(findings, view) for file, form in outputs.items()})


def findings_report(findings: Sequence[Finding], source_line: Callable[[Span], str | None]) -> str:
    """The findings as text for stdout, where there is no strategy that they are about."""
    view = View(CONSOLE.language, source_line, CONSOLE.width, CONSOLE.colour())
    return reporter("text")(findings, view)


def _view(reading: Reading, *, colour: bool) -> View:
    return View(
        language=CONSOLE.language,
        source_line=cache(reading.vault.source.line),  # several reports ask for the same
        width=CONSOLE.width,
        color=colour,
        base=reading.vocabulary.base,
        root=_root(reading.vault.root),
    )


def _root(vault: Path) -> str:
    """The path of the vault from the current folder, if it lies in it; else nothing.

    CI systems start commands at the top of the repository.
    """
    try:
        path = Path(os.path.realpath(vault)).relative_to(os.path.realpath(Path.cwd())).as_posix()
    except (ValueError, OSError):  # elsewhere; or there is no current folder any more
        return ""
    return "" if path == "." else path


def status(findings: Sequence[Finding], fail_on: str) -> int:
    """3 if a note could not be read, 1 if a finding weighs `fail_on` or more, else 0."""
    if any(finding.rule.unreadable for finding in findings):
        return 3
    return 1 if exceeds(findings, FAIL_ON[fail_on]) else 0
