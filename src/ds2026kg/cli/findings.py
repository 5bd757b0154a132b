"""How commands show findings, and what exit status they give."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ds2026kg.build import Reading
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import FAIL_ON
from ds2026kg.findings import Finding
from ds2026kg.validation.reporters import text
from ds2026kg.validation.summary import exceeds


def show_findings(findings: Sequence[Finding], reading: Reading) -> None:
    """The findings as text on stderr, beside a command's real result; silent under `--quiet`."""
    if findings and not CONSOLE.quiet:
        report = text_report(findings, reading, colour=CONSOLE.colour("stderr"))
        click.echo(report, err=True, nl=False)


def text_report(findings: Sequence[Finding], reading: Reading, *, colour: bool) -> str:
    """The findings as text, each with the line it stands on."""
    return text.render(
        findings,
        CONSOLE.language,
        source_line=reading.source.source_line,
        color=colour,
        width=CONSOLE.width,
    )


def status(findings: Sequence[Finding], fail_on: str) -> int:
    """3 if a note could not be read, 1 if a finding weighs `fail_on` or more, else 0."""
    if any(finding.rule.unreadable for finding in findings):
        return 3
    return 1 if exceeds(findings, FAIL_ON[fail_on]) else 0
