"""Findings as workflow commands of GitHub Actions, which show them beside the lines of a change.

See "Workflow commands for GitHub Actions" in GitHub's documentation; the escapes are those of
`@actions/core`. Every line but the last is a command, and nothing that a note holds can begin
another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ds2026kg.findings import Finding, Severity, Span, Standing, Text
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.terminal import visible
from ds2026kg.validation.reporters.text import totals
from ds2026kg.validation.reporters.wording import encodable

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_KNOWN = Text("{code} (known)", "{code} (connue)")


def render(findings: Sequence[Finding], view: View) -> str:
    """A command for each finding that is not silenced, and a line of counts; known ones are notices."""
    shown = [finding for finding in findings if finding.standing is not Standing.SILENCED]
    lines = [_command(finding, view) for finding in shown]
    return "\n".join([*lines, totals(findings, view.language), ""])


def _command(finding: Finding, view: View) -> str:
    known = finding.standing is Standing.KNOWN
    code = finding.rule.code
    title = _KNOWN.in_language(view.language, code=code) if known else code
    told = [*_place(finding.span, view), ("title", title)]
    properties = ",".join(f"{name}={_property(value)}" for name, value in told)
    texts = (finding.message(view.language), finding.remedy(view.language))
    message = "\n".join(visible(text) for text in texts if text)
    command = "notice" if known else _COMMANDS[finding.severity]
    return f"::{command} {properties}::{_data(message)}"


def _place(span: Span | None, view: View) -> Iterator[tuple[str, str]]:
    """Where it is. GitHub takes columns only within one line, and the end column is in the mark."""
    if span is None:
        return
    yield "file", encodable(view.path(span.file))
    yield "line", str(span.line)
    yield "endLine", str(span.end_line)
    if span.line == span.end_line and span != Span.of_file(span.file):
        yield "col", str(span.column)
        yield "endColumn", str(max(span.end_column - 1, span.column))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
