"""Findings as a JUnit report, which nearly every CI system shows.

Each finding is a test case, named for what is wrong, in the class of its note. A case for each note
would be fewer, but Jenkins and GitLab show one failure a case, and would hide the others; and they
follow a case by its name from run to run, so that no line number is in it. A case fails if its
finding makes the command fail, so that the report and the exit status agree; it is skipped if the
finding is known or silenced; any other passes and has its text as output. Since Jenkins takes a
report without cases for a mistake, a vault without findings has one that passes.

The form is that of the schema of Jenkins' xUnit plugin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

from ds2026kg.findings import Finding, Standing, Text
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.terminal import visible
from ds2026kg.validation.reporters.text import finding_lines
from ds2026kg.validation.reporters.wording import first_sentence, xml_safe
from ds2026kg.validation.summary import exceeds

_SUITE = "ds2026kg"
_NONE = Text("nothing is wrong", "rien à signaler")
_KNOWN = Text("known: it is in the baseline", "connue\u00a0: elle est dans la référence")
_SILENCED = Text("silenced: {reason}", "passée sous silence\u00a0: {reason}")


def render(findings: Sequence[Finding], view: View) -> str:
    """The report of `findings` as XML 1.0."""
    view = replace(view, width=None, color=False)  # no terminal shows it
    suite = ET.Element("testsuite", name=_SUITE)
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        note = visible(view.path(finding.span.file)) if finding.span is not None else _SUITE
        message = first_sentence(finding.message(view.language))
        name = visible(f"{finding.rule.code}: {message}")
        seen[note, name] += 1
        if seen[note, name] > 1:
            name += f" ({seen[note, name]})"
        _outcome(_case(suite, note, name), finding, view)
    if not findings:
        _case(suite, _SUITE, _NONE.in_language(view.language))
    for count, kind in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        suite.set(count, str(sum(1 for _ in suite.iter(kind))))
    suite.set("errors", "0")
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    text = ET.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(suite: ET.Element, note: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=xml_safe(note), name=xml_safe(name), time="0")


def _outcome(case: ET.Element, finding: Finding, view: View) -> None:
    """What became of a case: a failure, a reason for which it is skipped, or some output."""
    if finding.standing is Standing.KNOWN:
        _skip(case, _KNOWN.in_language(view.language))
    elif finding.standing is Standing.SILENCED:
        _skip(case, _SILENCED.in_language(view.language, reason=finding.reason))
    elif finding.rule.unreadable or exceeds([finding], view.fail_on):
        message = xml_safe(visible(finding.message(view.language)))
        severity = finding.severity.name.lower()
        failure = ET.SubElement(case, "failure", message=message, type=severity)
        failure.text = _shown(finding, view)
    else:
        ET.SubElement(case, "system-out").text = _shown(finding, view)


def _skip(case: ET.Element, reason: str) -> None:
    ET.SubElement(case, "skipped", message=xml_safe(visible(reason)))


def _shown(finding: Finding, view: View) -> str:
    """The finding as people see it, the line of the note and the mark included."""
    return xml_safe("\n".join(["", *finding_lines(finding, view), ""]))
