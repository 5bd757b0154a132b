r"""Findings as Markdown: a table for the summary of a CI run, a comment or a wiki.

The table is that of GitHub Flavored Markdown (its specification, §4.10), which GitLab and Azure
read too. GitHub refuses a summary of more than 1 MiB, so rows and cells are limited; what weighs
most is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from ds2026kg.findings import Finding, Standing, Text
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.terminal import visible
from ds2026kg.validation.reporters.text import totals

ROWS = 100
_LONGEST = 300  # characters of a place, a message or a remedy
_HEADS = Text("severity | rule | place | finding", "gravité | règle | endroit | constatation")
_KNOWN = Text("{severity} (known)", "{severity} (connue)")
_MORE = Text(
    "{count} more of the same weight or less are not shown",
    "{count} autres, de même gravité ou moindre, ne sont pas montrées",
)
_ONE_MORE = Text(
    "1 more of the same weight or less is not shown",
    "1 autre, de même gravité ou moindre, n’est pas montrée",
)
# Markdown's own signs, and what GitHub takes for an address or for mathematics.
_MARKUP = re.compile(r"[\\`*_\[\]|~$#]|:(?=//)|(?<=www)\.")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render(findings: Sequence[Finding], view: View) -> str:
    """The counts, and a table of the findings that are not silenced."""
    shown = [finding for finding in findings if finding.standing is not Standing.SILENCED]
    kept = sorted(sorted(range(len(shown)), key=lambda number: _rank(shown[number]))[:ROWS])
    lines = ["## ds2026kg", "", totals(findings, view.language), ""]
    if kept:
        lines += [f"| {_HEADS.in_language(view.language)} |", "|---|---|---|---|"]
        lines += [_row(shown[number], view) for number in kept]
        lines.append("")
    if more := len(shown) - len(kept):
        text = _ONE_MORE if more == 1 else _MORE
        lines += [text.in_language(view.language, count=more), ""]
    return "\n".join(lines)


def _rank(finding: Finding) -> tuple[bool, bool, int]:
    """Lower for what weighs more: what is open, what kept a note from being read, the severity."""
    return not finding.is_open, not finding.rule.unreadable, -finding.severity


def _row(finding: Finding, view: View) -> str:
    severity = finding.severity.label.in_language(view.language)
    if finding.standing is Standing.KNOWN:
        severity = _KNOWN.in_language(view.language, severity=severity)
    page = quote(finding.rule.page, safe=":/#%")
    texts = (finding.message(view.language), finding.remedy(view.language))
    finding_cell = "<br>".join(_cell(text) for text in texts if text)
    rule = f"[{_cell(finding.rule.code)}]({page})"
    return f"| {severity} | {rule} | {_place(finding, view)} | {finding_cell} |"


def _place(finding: Finding, view: View) -> str:
    """Where it is, or what it is about. As code: GitHub takes the `:100:` of a line for an emoji."""
    place = finding.focus_node or "ds2026kg"
    if finding.span is not None:
        place = view.path(str(finding.span))
    return f"<code>{_cell(place)}</code>"


def _cell(text: str) -> str:
    r"""`text` in one cell, cut where it is too long, and without any markup of its own.

    >>> _cell("[a](b) | <b> & *c*")
    '\\[a\\](b) \\| &lt;b&gt; &amp; \\*c\\*'
    """
    line = visible(text)
    if len(line) > _LONGEST:
        line = line[: _LONGEST - 1] + "…"
    plain = _MARKUP.sub(lambda sign: "\\" + sign[0], line)
    return re.sub("[&<>]", lambda sign: _HTML[sign[0]], plain)
