"""Findings for people, as good compilers show them: place, message, the line, a mark under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ds2026kg.findings import Finding, Language, Severity, Span, Standing, Text
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.terminal import excerpt, visible
from ds2026kg.validation.summary import Summary, summary

_COLON = Text(":", "\u00a0:")  # French sets a no-break space before a colon
_REMEDY = Text("remedy", "remède")
_REASON = Text("reason", "raison")
_ALSO = Text("also", "voir aussi")
_STANDINGS = {
    Standing.KNOWN: Text(" (known)", " (connue)"),
    Standing.SILENCED: Text(" (silenced)", " (passée sous silence)"),
}
_NARROWEST = 20  # columns of a line that are worth showing, however narrow the terminal

_COUNTED = {
    "violations": (Text("violation", "violation"), Text("violations", "violations")),
    "warnings": (Text("warning", "avertissement"), Text("warnings", "avertissements")),
    "infos": (Text("info", "info"), Text("infos", "infos")),
    "notes": (Text("note", "note"), Text("notes", "notes")),
    "known": (Text("known", "connue"), Text("known", "connues")),
    "silenced": (
        Text("silenced", "passée sous silence"),
        Text("silenced", "passées sous silence"),
    ),
}

_BOLD = "1"
_COLORS = {Severity.VIOLATION: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def render(findings: Sequence[Finding], view: View) -> str:
    """The report of `findings` in `view.language`, ending with a line of counts."""
    lines = [line for finding in findings for line in _finding(finding, view)]
    return "\n".join([*lines, _totals(summary(findings), view.language), ""])


def _finding(finding: Finding, view: View) -> Iterator[str]:
    severity = finding.severity
    standing = _STANDINGS.get(finding.standing, Text("", "")).in_language(view.language)
    kind = f"{severity.label.in_language(view.language)} {finding.rule.code}{standing}"
    colon = _COLON.in_language(view.language)
    message = visible(finding.message(view.language))
    place = _paint(f"{_place(finding)}:", _BOLD, view)
    yield f"{place} {_paint(kind, _COLORS[severity], view)}{colon} {message}"
    gutter = " " * 5
    if finding.span is not None:
        gutter = " " * max(5, len(str(finding.span.line)))
        yield from _quoted(finding.span, severity, view)
    told = ((_REASON, finding.reason), (_REMEDY, finding.remedy(view.language)))
    for label, words in told:
        if words:
            yield f"{gutter} = {label.in_language(view.language)}{colon} {visible(words)}"
    for span in finding.related:
        yield f"{gutter} = {_ALSO.in_language(view.language)}{colon} {visible(str(span))}"


def _place(finding: Finding) -> str:
    """Where it is, as editors and terminals recognize it; else what it is about."""
    return visible(str(finding.span or finding.focus_node or "ds2026kg"))


def _quoted(span: Span, severity: Severity, view: View) -> Iterator[str]:
    """The line that `span` begins on, with a mark under the part of the line that is in it."""
    line = None if span == Span.of_file(span.file) else view.source_line(span)
    if line is None:
        return
    number = f"{span.line:>5}"
    room = None if view.width is None else max(view.width - len(number) - 3, _NARROWEST)
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    part = excerpt(line, span.column - 1, last, room)
    mark = _paint("^" * part.mark_width, _COLORS[severity], view)
    yield f"{number} | {part.text}"
    yield f"{' ' * len(number)} | {' ' * part.mark_start}{mark}"


def _paint(text: str, code: str, view: View) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if view.color else text


def _totals(counts: Summary, language: Language) -> str:
    """Such as "2 violations, 28 warnings, 0 infos in 4 notes; 1 known"."""
    numbers = asdict(counts)
    open_, passed = (
        ", ".join(
            _counted(numbers[name], name, language) for name in names if numbers[name] or always
        )
        for names, always in (
            (("violations", "warnings", "infos"), True),
            (("known", "silenced"), False),
        )
    )
    if counts.notes:
        within = Text("in", "dans").in_language(language)
        open_ = f"{open_} {within} {_counted(counts.notes, 'notes', language)}"
    return f"{open_}; {passed}" if passed else open_


def _counted(number: int, name: str, language: Language) -> str:
    """A number with its noun; French counts nought in the singular, English in the plural."""
    one, many = _COUNTED[name]
    singular = number < 2 if language == "fr" else number == 1
    return f"{number} {(one if singular else many).in_language(language)}"
