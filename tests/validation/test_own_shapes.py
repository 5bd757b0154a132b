"""An office's own shapes beside ours: what cannot be used is refused, and what judges nothing told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.validation.conftest import DECLARED, PREFIXES

from ds2026kg.config import Engine
from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Finding
from ds2026kg.graph.statement import Statement
from ds2026kg.validation.judge import judge
from ds2026kg.validation.shapes import load_shapes

Own = Callable[[str, str], list[Finding]]
_HEAD = "dsh:x a sh:NodeShape ; sh:targetClass ds:Commitment ; "


@pytest.fixture(params=[Engine.PYSHACL, Engine.SHACL])
def own(
    request: pytest.FixtureRequest, tmp_path: Path, stated: Callable[[str], list[Statement]]
) -> Own:
    """The findings for data by shapes of one's own, each given as text, by either engine."""

    def findings(shapes: str, data: str) -> list[Finding]:
        file = tmp_path / "own.ttl"
        file.write_text(PREFIXES + DECLARED + shapes, encoding="utf-8")
        return judge(stated(data), load_shapes([], [file]), [], engine=request.param)

    return findings


@pytest.mark.parametrize(
    ("shapes", "reason"),
    [
        pytest.param(
            _HEAD + "sh:property [ sh:path ds:ledBy ; sh:minCount 'x' ] .",
            "<https://w3id.org/ds2026/shapes#x> is no well-formed shape: sh:minCount x",
            id="ill-formed",
        ),
        pytest.param(
            _HEAD + "sh:property [ sh:path ds:ledBy , ds:status ] .",
            "<https://w3id.org/ds2026/shapes#x> is no well-formed shape: sh:path",
            id="two paths",
        ),
        pytest.param(
            _HEAD + "sh:property [ sh:path ds:hasParent ; sh:node dsh:x ] .",
            "<https://w3id.org/ds2026/shapes#x> refers to itself",
            id="recursive",
        ),
        pytest.param(
            _HEAD + "sh:or ( dsh:x dsh:y ) . dsh:y a sh:NodeShape .",
            "<https://w3id.org/ds2026/shapes#x> refers to itself",
            id="recursive through a list",
        ),
        pytest.param(
            _HEAD + "sh:js [ sh:jsFunctionName 'f' ] .", "sh:js is not run here", id="script"
        ),
        pytest.param(
            _HEAD + "sh:target [ sh:select 'x' ] .", "sh:target is not run here", id="target"
        ),
        pytest.param(
            _HEAD + "sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p }' ] .",
            "Expected SelectQuery, found '$'",
            id="no SPARQL",
        ),
        pytest.param(
            _HEAD + "sh:sparql [ sh:select 'SELECT $this WHERE { $this no:prefix ?o }' ] .",
            "Unknown namespace prefix : no",
            id="no prefix",
        ),
        pytest.param(
            _HEAD + "sh:sparql [ sh:select 'SELECT $this FROM <http://a/> { $this ?p ?o }' ] .",  # noqa: S608
            "a constraint judges one graph; FROM would fetch another",
            id="FROM",
        ),
        pytest.param(
            _HEAD
            + "sh:sparql [ sh:select 'SELECT $this WHERE { SERVICE <a:> { $this ?p ?o } }' ] .",
            "a constraint judges one graph; SERVICE would ask another",
            id="SERVICE",
        ),
        pytest.param(
            _HEAD + "sh:property [ sh:path ds:n ; sh:pattern '(' ] .",
            "sh:pattern (: missing )",
            id="no pattern",
        ),
    ],
)
def test_shapes_that_cannot_be_used_are_refused(
    own: Own, tmp_path: Path, shapes: str, reason: str
) -> None:
    """The error names the file and what is wrong in it, and ends a command with status 2."""
    with pytest.raises(ConfigurationError) as caught:
        own(shapes, "c:1 a ds:Commitment .")
    assert caught.value.place == str(tmp_path / "own.ttl")
    assert f"these SHACL shapes cannot be used: {reason}" in caught.value.message.en
    assert caught.value.status == 2


@pytest.mark.parametrize("text", ["", "<http://a/> <http://a/> <http://a/> ."])
def test_a_file_without_shapes_is_refused(tmp_path: Path, text: str) -> None:
    """A file that says nothing of SHACL would judge nothing."""
    file = tmp_path / "own.ttl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="there is no shape in this file"):
        load_shapes([], [file])


@pytest.mark.parametrize(
    ("shapes", "expected"),
    [
        pytest.param("dsh:x a sh:NodeShape ; sh:targetClass ds:Commitment .", [], id="class"),
        pytest.param("dsh:x a sh:NodeShape ; sh:targetClass ds:Thing .", [], id="a class above"),
        pytest.param("dsh:x a sh:NodeShape ; sh:targetNode ds:absent .", [], id="a named node"),
        pytest.param("ds:Commitment a sh:NodeShape , rdfs:Class .", [], id="implicit class"),
        pytest.param("dsh:x a sh:NodeShape ; sh:targetSubjectsOf ds:ledBy .", [], id="subjects"),
        pytest.param("dsh:x a sh:NodeShape ; sh:deactivated true .", [], id="deactivated"),
        pytest.param(
            "dsh:x a sh:NodeShape ; sh:targetClass ds:Comitment .",
            ["shape-without-focus"],
            id="a class that nothing has",
        ),
        pytest.param(
            "dsh:x a sh:NodeShape ; sh:targetObjectsOf ds:leads .",
            ["shape-without-focus"],
            id="a property that nothing has",
        ),
        pytest.param(
            "dsh:x a sh:NodeShape ; sh:targetObjectsOf ds:leads ; sh:targetClass ds:Commitment .",
            [],
            id="one target of two",
        ),
        pytest.param(
            "dsh:x a sh:NodeShape ; sh:property [ sh:path ds:n ] .",
            ["shape-without-target"],
            id="no target",
        ),
        pytest.param(
            "dsh:x a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:or ( dsh:y dsh:z ) ."
            " dsh:y a sh:NodeShape . dsh:z a sh:NodeShape .",
            [],
            id="part of another",
        ),
    ],
)
def test_shapes_that_judge_nothing_are_told(own: Own, shapes: str, expected: list[str]) -> None:
    """A target that matches nothing, or no target at all, is a finding that is never published."""
    data = "c:1 a ds:Commitment .\nc:1 ds:ledBy a:1 .\nds:Commitment rdfs:subClassOf ds:Thing ."
    findings = own(shapes, data)
    assert [finding.rule.code for finding in findings] == expected
    assert all(finding.rule.local for finding in findings)


def test_our_own_shapes_that_judge_nothing_are_not_told(
    judged: Callable[[str, str], list[Finding]],
) -> None:
    """A vault need not have all that the shapes of this program speak of."""
    assert judged("dsh:x sh:targetClass ds:Comitment .", "c:1 a ds:Commitment .") == []
