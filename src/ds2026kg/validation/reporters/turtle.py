"""Findings as a W3C SHACL validation report (SHACL §3.6), in Turtle.

Only what a SHACL shape found can be a sh:ValidationResult; findings of the other rooms are left to
the other reports. The report and its results have IRIs, and each result says the note and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from ds2026kg.findings import Finding, Language, Standing
from ds2026kg.validation.paths import turtle_path
from ds2026kg.validation.reporters import View
from ds2026kg.validation.reporters.wording import encodable
from ds2026kg.validation.result import ShapeFinding

_SH = "http://www.w3.org/ns/shacl#"
_LANGUAGES: tuple[Language, Language] = ("en", "fr")


def render(findings: Sequence[Finding], view: View) -> str:
    """The report of the SHACL results among `findings`.

    sh:conforms is false if there is any result, whatever its severity (SHACL §3.6.1.1). A known
    one is a result; a silenced one is not.
    """
    results = [
        finding
        for finding in findings
        if isinstance(finding, ShapeFinding) and finding.standing is not Standing.SILENCED
    ]
    names = [f"<{view.base}report#{number}>" for number, _ in enumerate(results, start=1)]
    report = [("a", "sh:ValidationReport"), ("sh:conforms", "false" if results else "true")]
    report += [("sh:result", name) for name in names]
    blocks = [
        f"@prefix ds: <{view.base}ontology#> .\n@prefix sh: <{_SH}> .\n",
        _block(f"<{view.base}report>", report),
    ]
    blocks += [
        _block(name, list(_result(finding))) for name, finding in zip(names, results, strict=True)
    ]
    return "\n".join(blocks)


def _result(finding: ShapeFinding) -> Iterator[tuple[str, str]]:
    result = finding.result
    yield "a", "sh:ValidationResult"
    yield "sh:focusNode", str(result.focus)
    if result.path is not None:
        yield "sh:resultPath", turtle_path(result.path)
    if result.value is not None:
        yield "sh:value", str(result.value)
    # Outside the shapes graph a blank node says nothing: the nearest shape with an IRI stands here.
    if finding.rule.iri is not None:
        yield "sh:sourceShape", f"<{finding.rule.iri}>"
    if isinstance(result.constraint, NamedNode):
        yield "sh:sourceConstraint", str(result.constraint)
    yield "sh:sourceConstraintComponent", _shacl(result.component)
    yield "sh:resultSeverity", _shacl(result.severity)
    for message in _messages(finding):
        yield "sh:resultMessage", str(message)
    if finding.span is not None:
        yield "ds:note", str(Literal(encodable(finding.span.file)))
        yield "ds:line", str(finding.span.line)


def _messages(finding: ShapeFinding) -> list[Literal]:
    """The message in both languages; one that exists once only is not passed off as both."""
    english, french = (encodable(finding.message(language)) for language in _LANGUAGES)
    if english == french:
        return [Literal(english)]
    return [Literal(english, language="en"), Literal(french, language="fr")]


def _shacl(iri: NamedNode) -> str:
    """`iri` with the prefix `sh:` if it is SHACL's own."""
    name = iri.value.removeprefix(_SH)
    return f"sh:{name}" if name != iri.value and name.isalpha() else str(iri)


def _block(subject: str, said: Sequence[tuple[str, str]]) -> str:
    lines = [f"    {predicate} {value}" for predicate, value in said]
    return f"{subject}\n" + " ;\n".join(lines) + " .\n"
