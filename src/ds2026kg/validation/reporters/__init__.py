"""The reporters: all findings, of every room, as one text for people or for machines.

Each module of `FORMATS` has a function `render(findings, view) -> str` and keeps the order it is
given (that of `findings.sort_findings`), so that the same findings always give the same bytes. What
is silenced is in `json` and `sarif`, which can say so, and as a skipped test in `junit`; the others
leave it out.

    text.py           for people; terminal.py makes it fit a terminal and harmless to one
    json_report.py    for programs, in both languages
    sarif.py          SARIF 2.1.0; sarif_rules.py: the rules in it
    github.py, gitlab.py, junit.py    for CI systems
    turtle.py         a W3C SHACL validation report
    markdown.py       a table for the summary of a CI run
    wording.py        texts cut down to what a format bears
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from ds2026kg.findings import Finding, Language, Severity, Span

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "turtle", "markdown")
_MODULES = {name: name for name in FORMATS} | {"json": "json_report"}


def no_source(_span: Span) -> str | None:
    """Knows no line of any note: a report made with it quotes nothing."""
    return None


@dataclass(frozen=True, slots=True)
class View:
    """How a report is to look; each reporter takes from it what it needs.

    `source_line` gives the line (without its end) on which a span begins, or None; it goes into
    fingerprints, and `quote` says whether it may be shown as well. `width` is that of the terminal
    in columns, None for no limit. `color` asks for ANSI colours and links. `base` is the data set's
    base IRI, under which a Turtle report names itself. `root` is the path of the vault from the top
    of the repository, with forward slashes; CI systems need it to find the notes. `fail_on` is the
    severity from which on a finding makes the command fail, None for never.
    """

    language: Language = "en"
    source_line: Callable[[Span], str | None] = no_source
    width: int | None = None
    color: bool = False
    base: str = "https://w3id.org/ds2026/"
    quote: bool = True
    root: str = ""
    fail_on: Severity | None = Severity.VIOLATION

    def path(self, file: str) -> str:
        """The path of a note from the top of the repository.

        >>> View(root="docs/vault").path("Mission 3.md")
        'docs/vault/Mission 3.md'
        """
        return f"{self.root}/{file}" if self.root else file

    def quoted_line(self, span: Span) -> str | None:
        """The line on which `span` begins; None if it stands for a file, or must not be shown."""
        if not self.quote or span == Span.of_file(span.file):
            return None
        return self.source_line(span)


class Reporter(Protocol):
    """What turns findings into a report."""

    def __call__(self, findings: Sequence[Finding], view: View) -> str:
        """The report of `findings`, ending in a line break."""
        ...


def reporter(name: str) -> Reporter:
    """The reporter of one of `FORMATS`; `KeyError` for any other name.

    >>> print(reporter("text")([], View(language="fr")), end="")
    0 violation, 0 avertissement, 0 info
    """
    render: Reporter = import_module(f"{__name__}.{_MODULES[name]}").render
    return render
