"""How commands show findings, and what exit status they give."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import click

from ds2026kg.build import Reading
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import FAIL_ON
from ds2026kg.findings import Finding, Span
from ds2026kg.targets import write_files
from ds2026kg.validation.reporters import View, reporter
from ds2026kg.validation.summary import exceeds


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


def report(findings: Sequence[Finding], reading: Reading, form: str, fail_on: str) -> str:
    """The findings for stdout, as a report of one of the reporters' `FORMATS`."""
    view = _view(reading, colour=CONSOLE.colour())
    return reporter(form)(findings, replace(view, fail_on=FAIL_ON[fail_on]))


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
