"""What a SHACL processor said of one focus node, and the finding made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from ds2026kg.findings import Finding
from ds2026kg.validation.paths import Path, sparql_path

Term: TypeAlias = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Result:
    """One sh:ValidationResult, property by property (SHACL §3.6.2), in RDF terms.

    `shape` may be a blank node; the finding's rule then names the shape around it. `constraint`
    is set for SPARQL-based constraints (SHACL §5.3.2).
    """

    focus: Term
    path: Path | None
    value: Term | None
    shape: NamedNode | BlankNode
    constraint: NamedNode | BlankNode | None
    component: NamedNode
    severity: NamedNode


@dataclass(frozen=True, slots=True)
class ShapeFinding(Finding):
    """A finding that keeps the RDF terms of its SHACL result, for reports that machines read.

    Its `focus_node`, `path` and `value` are the same things as people read them:
    "commitment/3.1a", "ds:ledBy", "actor/tbs".
    """

    result: Result = field(kw_only=True)

    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """As of any finding, but two results that differ in path or value are two findings."""
        file, line, column, code, focus_node, message = Finding.sort_key(self)
        apart = "\n".join((focus_node, self.path or "", self.value or ""))
        return (file, line, column, code, apart, message)


def whole_terms(finding: Finding) -> tuple[str | None, str | None, str | None]:
    """Focus node, path and value of `finding` for machines: whole IRIs where SHACL gave them.

    Short names are for people. The path is in SPARQL 1.1; a literal is its lexical form.
    """
    if not isinstance(finding, ShapeFinding):
        return finding.focus_node, finding.path, finding.value
    result = finding.result
    return (
        _lexical(result.focus),
        sparql_path(result.path) if result.path is not None else None,
        _lexical(result.value) if result.value is not None else None,
    )


def _lexical(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value
