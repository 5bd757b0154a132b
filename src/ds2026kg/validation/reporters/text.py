"""Findings for people, as good compilers show them: place, message, the line, a mark under it.

Silenced findings are only counted. In colour, the code of a rule is a link to its entry (OSC 8);
without, its address would say no more than the code does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ds2026kg.findings import Finding, Language, Severity, Span, Standing, Text
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.terminal import excerpt, visible
from ds2026kg.validation.summary import summary

_COLON = Text(":", "\u00a0:")  # French sets a no-break space before a colon
_REMEDY = Text("remedy", "remède")
_ALSO = Text("also", "voir aussi")
_KNOWN = Text(" (known)", " (connue)")
_MENDABLE = Text(
    "; `validate --fix` can mend {number}", "; `validate --fix` peut en corriger {number}"
)
_GONE = Text("gone", "disparue")
_NARROWEST = 20  # columns of a line that are worth showing, however narrow the terminal

_COUNTED = {
    "violations": (Text("violation", "violation"), Text("violations", "violations")),
    "warnings": (Text("warning", "avertissement"), Text("warnings", "avertissements")),
    "infos": (Text("info", "info"), Text("infos", "infos")),
    "notes": (Text("note", "note"), Text("notes", "notes")),
    "new": (Text("new", "nouvelle"), Text("new", "nouvelles")),
    "gone": (Text("gone", "disparue"), Text("gone", "disparues")),
    "known": (Text("known", "connue"), Text("known", "connues")),
    "silenced": (
        Text("silenced", "passée sous silence"),
        Text("silenced", "passées sous silence"),
    ),
}

_BOLD, _DONE = "1", "1;32"
_COLORS = {Severity.VIOLATION: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def render(findings: Sequence[Finding], view: View) -> str:
    """The report of `findings` in `view.language`, ending with a line of counts."""
    shown = [finding for finding in findings if finding.standing is not Standing.SILENCED]
    lines = [line for finding in shown for line in finding_lines(finding, view)]
    return "\n".join([*lines, totals(findings, view.language), ""])


def render_change(
    new: Sequence[Finding], gone: Sequence[Finding], findings: Iterable[Finding], view: View
) -> str:
    """What has changed in `findings`: those that are `new` in full, those `gone` in a line each.

    The place of one that is gone is where it was.
    """
    language = view.language
    lines = [line for finding in new for line in finding_lines(finding, view)]
    lines += [f"{_paint(_GONE.in_language(language), _DONE, view)}{_gone(f, view)}" for f in gone]
    counts = (_counted(len(new), "new", language), _counted(len(gone), "gone", language))
    return "\n".join([*lines, f"{', '.join(counts)}; {totals(findings, language)}", ""])


def finding_lines(finding: Finding, view: View) -> Iterator[str]:
    """The lines that show one finding."""
    severity = finding.severity
    colon = _COLON.in_language(view.language)
    message = visible(finding.message(view.language))
    place = _paint(f"{_place(finding)}:", _BOLD, view)
    yield f"{place} {_kind(finding, view)}{colon} {message}"
    gutter = " " * 5
    if finding.span is not None:
        gutter = " " * max(5, len(str(finding.span.line)))
        yield from _quoted(finding.span, severity, view)
    remedy = finding.remedy(view.language)
    if remedy:
        yield f"{gutter} = {_REMEDY.in_language(view.language)}{colon} {visible(remedy)}"
    for span in finding.related:
        yield f"{gutter} = {_ALSO.in_language(view.language)}{colon} {visible(str(span))}"


def totals(findings: Iterable[Finding], language: Language) -> str:
    """Such as "2 violations, 28 warnings, 0 infos in 4 notes (3 known, 1 silenced)"."""
    findings = list(findings)
    counts = summary(findings)
    told = ", ".join(
        _counted(getattr(counts, name), name, language)
        for name in ("violations", "warnings", "infos")
    )
    if counts.notes:
        within = Text("in", "dans").in_language(language)
        told += f" {within} {_counted(counts.notes, 'notes', language)}"
    aside = [
        _counted(getattr(counts, name), name, language)
        for name in ("known", "silenced")
        if getattr(counts, name)
    ]
    if aside:
        told += f" ({', '.join(aside)})"
    mendable = sum(bool(f.edits) and f.standing is not Standing.SILENCED for f in findings)
    return told + (_MENDABLE.in_language(language, number=mendable) if mendable else "")


def _gone(finding: Finding, view: View) -> str:
    colon = _COLON.in_language(view.language)
    message = visible(finding.message(view.language))
    return f"{colon} {_place(finding)}: {finding.rule.code}{colon} {message}"


def _kind(finding: Finding, view: View) -> str:
    """Severity and code, and whether the finding was known before."""
    color = _COLORS[finding.severity]
    severity = finding.severity.label.in_language(view.language)
    known = _KNOWN.in_language(view.language) if finding.standing is Standing.KNOWN else ""
    code = finding.rule.code
    if view.color:
        code = f"\x1b]8;;{finding.rule.page}\x1b\\{code}\x1b]8;;\x1b\\"
    return _paint(f"{severity} {code}", color, view) + known


def _place(finding: Finding) -> str:
    """Where it is, as editors and terminals recognize it; else what it is about."""
    return visible(str(finding.span or finding.focus_node or "ds2026kg"))


def _quoted(span: Span, severity: Severity, view: View) -> Iterator[str]:
    """The line that `span` begins on, with a mark under the part of the line that is in it."""
    line = view.quoted_line(span)
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


def _counted(number: int, name: str, language: Language) -> str:
    """A number with its noun; French counts nought in the singular, English in the plural."""
    one, many = _COUNTED[name]
    singular = number < 2 if language == "fr" else number == 1
    return f"{number} {(one if singular else many).in_language(language)}"
