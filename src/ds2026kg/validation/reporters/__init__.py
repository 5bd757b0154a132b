"""The reporters: all findings, of every room, as one text for people or for machines.

Each module has one function, `render(findings, view) -> str`, and keeps the order it is given
(that of `findings.sort_findings`), so that the same findings always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from ds2026kg.findings import Finding, Language, Span

FORMATS = ("text", "json", "turtle")
_MODULES = {"text": "text", "json": "json_report", "turtle": "turtle"}


def no_source(_span: Span) -> str | None:
    """Knows no line of any note: a report made with it quotes nothing."""
    return None


@dataclass(frozen=True, slots=True)
class View:
    """How a report is to look; each reporter takes from it what it needs.

    `source_line` gives the line (without its end) on which a span begins, or None. `width` is
    that of the terminal in columns, None for no limit. `color` asks for ANSI colours. `base` is
    the data set's base IRI, under which a Turtle report names itself.
    """

    language: Language = "en"
    source_line: Callable[[Span], str | None] = no_source
    width: int | None = None
    color: bool = False
    base: str = "https://w3id.org/ds2026/"


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
