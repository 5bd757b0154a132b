"""`query` over each source and in each format; where a query's faults are said to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Call

PREFIXES = """PREFIX ds: <https://w3id.org/ds2026/ontology#>
PREFIX id: <https://w3id.org/ds2026/id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
QUESTIONS = {
    "SELECT": "SELECT ?n { ?c a ds:Commitment ; skos:notation ?n } ORDER BY ?n LIMIT 1",
    "ASK": "ASK { ?c a ds:Commitment }",
    "CONSTRUCT": "CONSTRUCT { ?c skos:notation ?n } { ?c a ds:Mission ; skos:notation ?n }",
    "DESCRIBE": "DESCRIBE <https://w3id.org/ds2026/id/commitment/3.1a>",
}
FITTING = {
    "SELECT": {"table", "csv", "tsv", "json", "xml"},
    "ASK": {"table", "json", "xml"},
    "CONSTRUCT": {"table", "turtle", "jsonld"},
    "DESCRIBE": {"table", "turtle", "jsonld"},
}
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "jsonld")


@pytest.mark.parametrize("kind", QUESTIONS)
def test_each_source_gives_the_same_answer_in_each_format(
    kind: str, vault: Path, tmp_path: Path, call: Call
) -> None:
    """The notes, a build of them and one file of it answer alike, in the formats that fit."""
    build = tmp_path / "dist"
    assert call("build", vault, "--output", build, "--quiet").status == 0
    file = tmp_path / "asked.rq"
    file.write_text(PREFIXES + QUESTIONS[kind], encoding="utf-8")
    sources = (("--vault", vault), ("--data", build), ("--data", build / "ds2026.ttl"))
    fitting = set()
    for form in FORMATS:
        outcomes = {call("query", file, *source, "--format", form) for source in sources}
        (outcome,) = outcomes
        if outcome.status == 0:
            assert outcome.out
            fitting.add(form)
        else:
            assert (outcome.status, outcome.out) == (2, "")
            assert f"{form} is no format for " in outcome.err
    assert fitting == FITTING[kind]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT * {\n ?a ?b ?c ]", ":2:11: this is not a SPARQL 1.1 query"),
        ("CLEAR ALL", ": this would change the data (Clear)"),
        (
            "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }",
            ":1:12: SERVICE is not allowed",
        ),
    ],
)
def test_a_fault_in_a_file_is_said_with_the_path_that_was_given(
    text: str, fault: str, vault: Path, call: Call
) -> None:
    """A fault of a query file has the file's path, suffix and all, so that an editor opens it."""
    Path("deep").mkdir()
    file = Path("deep", "mine.rq")
    file.write_text(text, encoding="utf-8")
    outcome = call("query", file, "--vault", vault)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {file}{fault}")


def test_a_chart_is_written_beside_the_answer(vault: Path, call: Call) -> None:
    """`--chart` draws the answer in the user's language, and the answer is printed all the same."""
    asked = ("query", "leads-by-actor", "--vault", vault, "--lang", "fr", "--format", "csv")
    plain = call(*asked)
    drawn = call(*asked, "--chart", "chart.svg")
    assert (drawn.status, drawn.out) == (0, plain.out)
    assert drawn.err == "le graphique est dans chart.svg\n"
    svg = Path("chart.svg").read_text(encoding="utf-8")
    for text in ("Engagements relevant de chaque acteur", ">acteur<", ">engagements<"):
        assert text in svg
    assert call(*asked, "--chart", "chart.PNG", "--quiet").err == ""
    assert Path("chart.PNG").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("question", "file", "status", "fault"),
    [
        ("leads-by-actor", "chart.pdf", 2, "--chart chart.pdf: the name does not say how"),
        ("leads-by-actor", "gone/chart.svg", 3, "gone"),
        ("mission-tree", "chart.svg", 2, "mission-tree: a chart needs rows of two columns"),
    ],
)
def test_a_chart_that_cannot_be_drawn_leaves_nothing(
    question: str, file: str, status: int, fault: str, vault: Path, call: Call
) -> None:
    """A fault is told, nothing is printed, and no file is there."""
    outcome = call("query", question, "--vault", vault, "--chart", file)
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err.startswith(f"error: {fault}")
    assert list(Path().iterdir()) == []
