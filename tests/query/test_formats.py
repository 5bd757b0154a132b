"""Answers written out: each format as its standard says, and a table that fits."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
)
from rich.cells import cell_len

from ds2026kg.errors import QueryError
from ds2026kg.query.formats import FORMATS, written
from ds2026kg.query.run import Result, Rows, Triples, Truth, run

INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
ID = "https://w3id.org/ds2026/id/"
ROWS = Rows(
    ("s", "o"),
    (
        (NamedNode(f"{ID}commitment/3.2a"), Literal('a "b",\n\tc\\', language="fr")),
        (BlankNode("b1"), None),
        (None, Literal("=1+1")),
        (NamedNode("urn:é"), Literal("07", datatype=INTEGER)),
    ),
)
GRAPH = Triples(
    (
        Triple(NamedNode(f"{ID}mission/3"), NamedNode(f"{ID}p"), Literal("é", language="fr")),
        Triple(
            NamedNode(f"{ID}mission/3"),
            NamedNode("http://www.w3.org/2004/02/skos/core#notation"),
            Literal("3"),
        ),
    )
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "csv",
            (
                "s,o\r\n"
                'https://w3id.org/ds2026/id/commitment/3.2a,"a ""b"",\n\tc\\"\r\n'
                "_:b1,\r\n"
                ",=1+1\r\n"
                "urn:é,07\r\n"
            ),
        ),
        (
            "tsv",
            (
                "?s\t?o\n"
                '<https://w3id.org/ds2026/id/commitment/3.2a>\t"a \\"b\\",\\n\\tc\\\\"@fr\n'
                "_:b1\t\n"
                '\t"=1+1"\n'
                "<urn:é>\t07\n"
            ),
        ),
        (
            "json",
            (
                '{"head":{"vars":["s","o"]},"results":{"bindings":['
                '{"s":{"type":"uri","value":"https://w3id.org/ds2026/id/commitment/3.2a"},'
                '"o":{"type":"literal","value":"a \\"b\\",\\n\\tc\\\\","xml:lang":"fr"}},'
                '{"s":{"type":"bnode","value":"b1"}},'
                '{"o":{"type":"literal","value":"=1+1"}},'
                '{"s":{"type":"uri","value":"urn:é"},"o":{"type":"literal","value":"07",'
                '"datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}'
            ),
        ),
    ],
)
def test_rows_are_written_as_the_standard_says(name: str, expected: str) -> None:
    """CSV, TSV and JSON are the SPARQL 1.1 result formats, lexical forms and all."""
    assert written(ROWS, name).decode() == expected


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml"])
def test_rows_are_the_engine_s_own_bytes(name: str, store: Store) -> None:
    """Reading rows and writing them gives what the engine writes of its own results."""
    text = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    formats = {
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }
    solutions = store.query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    assert written(run(store, text), name) == solutions.serialize(format=formats[name])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", '{"head":{},"boolean":false}'),
        (
            "xml",
            (
                '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
                "<head></head><boolean>false</boolean></sparql>"
            ),
        ),
        ("table", "no\n"),
    ],
)
def test_truth_is_written(name: str, expected: str) -> None:
    """ASK has its own form in each format that has one."""
    assert written(Truth(False), name).decode() == expected


@pytest.mark.parametrize(("name", "kind"), [("turtle", "TURTLE"), ("jsonld", "JSON_LD")])
def test_graphs_parse_back(name: str, kind: str) -> None:
    """What is written as Turtle or JSON-LD is the same graph."""
    data = written(GRAPH, name)
    back = {quad.triple for quad in parse(data, format=getattr(RdfFormat, kind))}
    assert back == set(GRAPH.triples)


def test_turtle_is_prefixed() -> None:
    """Only prefixes that the graph uses are declared."""
    assert written(GRAPH, "turtle").decode() == (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://w3id.org/ds2026/id/mission/3> <https://w3id.org/ds2026/id/p> "é"@fr ;\n'
        '\tskos:notation "3" .\n'
    )


def test_jsonld_is_expanded_json() -> None:
    """JSON-LD is one array of nodes."""
    (node,) = json.loads(written(GRAPH, "jsonld"))
    assert node["@id"] == f"{ID}mission/3"


@pytest.mark.parametrize(
    ("result", "name", "error"),
    [
        (
            GRAPH,
            "csv",
            (
                "csv n’est pas un format pour le graphe d’un CONSTRUCT ou DESCRIBE\n"
                "  remède\u00a0: choisissez parmi\u00a0: table, turtle, jsonld"
            ),
        ),
        (
            ROWS,
            "turtle",
            (
                "turtle n’est pas un format pour les lignes d’un SELECT\n"
                "  remède\u00a0: choisissez parmi\u00a0: table, csv, tsv, json, xml"
            ),
        ),
        (
            Truth(True),
            "tsv",
            (
                "tsv n’est pas un format pour le oui ou non d’un ASK\n"
                "  remède\u00a0: choisissez parmi\u00a0: table, json, xml"
            ),
        ),
    ],
)
def test_a_format_that_does_not_fit_is_refused(result: Result, name: str, error: str) -> None:
    """The formats that fit the kind of answer are named."""
    with pytest.raises(QueryError) as caught:
        written(result, name)
    assert caught.value.render("fr") == error


def test_every_kind_of_answer_has_a_table() -> None:
    """The table is a format of everything."""
    assert all(names[0] == "table" for names in FORMATS.values())


def test_a_table_is_aligned_and_short() -> None:
    """IRIs are short, numbers are to the right, wide characters count double, lines are even."""
    rows = Rows(
        ("entity", "n", "label"),
        (
            (NamedNode(f"{ID}commitment/3.2a"), Literal("7", datatype=INTEGER), Literal("日本")),
            (NamedNode(f"{ID}status/paused"), Literal("10", datatype=INTEGER), None),
            (NamedNode("http://www.w3.org/2004/02/skos/core#note"), None, Literal("é [b]x[/b]")),
            (NamedNode("https://example.org/a"), None, Literal(":smile:")),
        ),
    )
    assert written(rows, "table").decode().splitlines() == [
        "entity                   n   label",
        "───────────────────────────────────────",
        "3.2a                     7   日本",
        "status/paused           10",
        "skos:note                    é [b]x[/b]",
        "https://example.org/a        :smile:",
    ]


def test_what_could_upset_a_terminal_is_replaced() -> None:
    """Escapes, controls and direction marks become a mark; line ends become spaces."""
    text = "a\x1b]0;title\x07b\u202ec\x9bd\r\ne\u2028f\tg\x00"
    table = written(Rows(("v",), ((Literal(text),),)), "table").decode()
    assert table.splitlines()[-1] == "a\ufffd]0;title\ufffdb\ufffdc\ufffdd e f g\ufffd"


@pytest.mark.parametrize("width", [1, 7, 20, 40, 80, 200])
def test_a_table_fits_its_terminal(width: int) -> None:
    """Whatever the width, no line is longer, and no letter of a value is lost."""
    words = "Établir 日本 données " * 12 + "https://example.org/" + "z" * 90
    row = (NamedNode(f"{ID}commitment/3.2a"), Literal(words), Literal("En cours"))
    table = written(Rows(("commitment", "label", "status"), (row, row)), "table", width=width)
    lines = table.decode().splitlines()
    assert max(cell_len(line) for line in lines) <= max(width, 2)
    if width >= 20:
        assert "".join(lines).count("z") == 180


def test_a_narrow_terminal_gets_records() -> None:
    """Where columns would be too thin to read, each row is a list."""
    rows = Rows(("entity", "label"), ((NamedNode(f"{ID}actor/tbs"), Literal("SCT")),) * 2)
    assert written(rows, "table", width=13).decode() == (
        "entity tbs\nlabel  SCT\n\nentity tbs\nlabel  SCT\n"
    )


def test_headings_are_never_broken() -> None:
    """A column is as wide as its heading, or else rows become records."""
    rows = Rows(("commitments", "inProgress"), ((Literal("x" * 200), Literal("y")),))
    heads = [written(rows, "table", width=width).decode().split("\n")[0] for width in (24, 23)]
    assert [head.split() for head in heads] == [
        ["commitments", "inProgress"],
        ["commitments", "x" * 11],
    ]


def test_a_very_long_value_ends_in_an_ellipsis() -> None:
    """A table is for reading: 500 characters of a value are shown."""
    rows = Rows(("v",), ((Literal("x" * 501),),))
    shown = "".join(written(rows, "table").decode().split()[2:])
    assert shown == "x" * 499 + "…"


@pytest.mark.parametrize(
    ("result", "last"),
    [
        (Rows(("v",), ()), "aucun résultat"),
        (Triples(()), "aucun résultat"),
        (Rows(("v",), ((Literal("a"),),), truncated=True), "seul le premier est affiché"),
        (
            Rows(("v",), ((Literal("a"),),) * 2, truncated=True),
            "seuls les 2 premiers sont affichés",
        ),
        (Truth(True), "oui"),
    ],
)
def test_a_table_says_what_is_missing(result: Result, last: str) -> None:
    """Nothing found, and something cut, are said in words, in the asker's language."""
    assert written(result, "table", language="fr").decode().splitlines()[-1] == last


def test_a_graph_has_a_table_of_triples() -> None:
    """CONSTRUCT and DESCRIBE are shown as subject, predicate and object."""
    assert written(GRAPH, "table").decode().splitlines()[0].split() == [
        "subject",
        "predicate",
        "object",
    ]


def test_colour_is_only_given_when_asked_for() -> None:
    """Escape sequences come with `colour` alone."""
    assert b"\x1b[" not in written(ROWS, "table")
    assert b"\x1b[" in written(ROWS, "table", colour=True)
