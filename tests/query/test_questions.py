"""The questions in `queries/`: each is documented, portable, and answers as it should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, Store

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.query.formats import written
from ds2026kg.query.named import NamedQuery, load_queries, parse_query
from ds2026kg.query.parameters import bind
from ds2026kg.query.run import Rows, run
from ds2026kg.query.store import open_store

QUERIES = load_queries(Path(__file__).parents[2] / "queries")
EXPECTED = Path(__file__).parent / "expected"
# What is asked for each expected result: the file's stem is the question's name, then a case.
CASES: dict[str, dict[str, str]] = {
    "about-entity": {"entity": "commitment/3.2a"},
    "about-entity.actor-fr": {"entity": "tbs", "lang": "fr"},
    "changed-since": {"since": "2024-01-31"},
    "changed-since.one-day-later-fr": {"since": "2024-02-01", "lang": "fr"},
    "commitments-by-actor": {},
    "commitments-by-actor.tbs-fr": {"actor": "tbs", "lang": "fr"},
    "commitments-by-status": {},
    "commitments-by-status.in-progress-fr": {"status": "in-progress", "lang": "fr"},
    "commitments-led-jointly": {},
    "commitments-led-jointly.fr": {"lang": "fr"},
    "counts-by-mission": {},
    "counts-by-mission.fr": {"lang": "fr"},
    "derived-statements": {},
    "derived-statements.fr": {"lang": "fr"},
    "leads-by-actor": {},
    "leads-by-actor.fr": {"lang": "fr"},
    "missing-french": {},
    "missing-french.fr": {"lang": "fr"},
    "mission-tree": {},
    "mission-tree.under-3.2-fr": {"root": "3.2", "lang": "fr"},
    "who-supports-whom": {},
    "who-supports-whom.pco-fr": {"actor": "pco", "lang": "fr"},
}


def question(case: str) -> NamedQuery:
    """The question that a case is about."""
    return QUERIES[case.partition(".")[0]]


def test_every_question_has_an_expected_result_and_every_result_a_question() -> None:
    """A question without an expected result, or a result without a question, is not accepted."""
    assert {case.partition(".")[0] for case in CASES} == set(QUERIES)
    assert {file.name.removesuffix(".tsv") for file in EXPECTED.iterdir()} == set(CASES)


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_every_question_is_titled_and_described_in_both_languages(query: NamedQuery) -> None:
    """No header has an empty text, or the same words in both languages."""
    texts = [query.title, query.description]
    texts += [parameter.description for parameter in query.parameters]
    assert [text for text in texts if not text.en or not text.fr or text.en == text.fr] == []


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_every_question_takes_a_language(query: NamedQuery) -> None:
    """`lang` is a parameter of every question and English by default."""
    defaults = {parameter.name: parameter.default for parameter in query.parameters}
    assert defaults["lang"] == "en"


def test_questions_share_one_block_of_prefixes() -> None:
    """Every question declares the same prefixes in the same order."""
    blocks = {tuple(re.findall("(?m)^PREFIX .*$", query.text)) for query in QUERIES.values()}
    assert len(blocks) == 1


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_the_expected_one(case: str, store: Store) -> None:
    """Each case gives exactly its expected rows, in their order."""
    result = run(store, question(case), parameters=CASES[case])
    assert written(result, "tsv").decode() == (EXPECTED / f"{case}.tsv").read_text("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_another_engine_gives_the_same_answer(
    case: str, store: Store, portable: rdflib.Graph
) -> None:
    """rdflib, asked the same text, gives the same rows in the same order: no extension is used."""
    query = question(case)
    result = run(store, query, parameters=CASES[case])
    assert isinstance(result, Rows)
    text = bind(query.text, query.parameters, CASES[case], store=store)
    theirs = [
        tuple("" if term is None else rdf_text(term) for term in row)
        for row in portable.query(text)
        if isinstance(row, rdflib.query.ResultRow)
    ]
    ours = [tuple("" if term is None else str(term) for term in row) for row in result.rows]
    assert theirs == ours


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_a_question_as_it_stands_is_the_question_with_its_defaults(query: NamedQuery) -> None:
    """Binding the defaults changes nothing, so that the file means the same to every tool."""
    given = {"entity": "commitment/3.2a", "since": "2024-01-31"}
    required = {
        parameter.name: given[parameter.name]
        for parameter in query.parameters
        if parameter.default is None
    }
    whole = query.text.replace("^^xsd:date", f"^^<{rdflib.XSD.date}>")
    assert bind(query.text, query.parameters, required) == whole


def test_questions_answer_without_the_ontology(strategy_quads: list[Quad]) -> None:
    """Where labels of statuses are not loaded, their IRIs stand in for them."""
    bare = open_store(strategy_quads)
    result = run(bare, QUERIES["commitments-by-actor"], parameters={"actor": "pco"})
    assert isinstance(result, Rows)
    assert [str(row[4]) for row in result.rows] == [
        '"https://w3id.org/ds2026/id/status/in-progress"'
    ]


HEADER = """# title@en: All
# title@fr: Tout
# description@en: Everything there is.
# description@fr: Tout ce
#   qui existe.
# param limit: integer = 5 — how many | combien
# column s: thing | chose

SELECT * { VALUES ?limit { 5 } ?s ?p ?o }
"""


def test_a_header_is_read_whole() -> None:
    """Titles, descriptions with their continued lines, and parameters all arrive."""
    query = parse_query("all", HEADER)
    assert (query.title, query.description) == (
        Text("All", "Tout"),
        Text("Everything there is.", "Tout ce qui existe."),
    )
    assert query.columns == (("s", Text("thing", "chose")),)
    (limit,) = query.parameters
    assert (limit.name, limit.type.value, limit.default, limit.description) == (
        "limit",
        "integer",
        "5",
        Text("how many", "combien"),
    )


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("# title@fr: Tout\n", "", "q.rq:1: the header lacks title@fr"),
        ("# title@fr", "# titel@fr", "q.rq:2: unknown header key: titel@fr"),
        ("# title@fr: Tout", "# title@en: Tout", "q.rq:2: title@en: twice"),
        ("# title@fr: Tout", "# Tout", "q.rq:2: this is not a header line: # key: value"),
        ("# title@fr: Tout", "# title@fr:", "q.rq:2: this is not a header line: # key: value"),
        (
            "integer = 5",
            "number = 5",
            (
                "q.rq:6: this is not a parameter: # param name: type = default — English | français"
                ", with one of the types string, language-tag, date, integer, entity, iri"
            ),
        ),
        ("how many | combien", "how many", "q.rq:6: this is not a parameter: "),
        (
            "VALUES ?limit { 5 }",
            "",
            "q.rq:1: the parameter limit needs its slot: VALUES ?limit { 5 }",
        ),
        ("VALUES ?limit { 5 }", "VALUES ?limit { 6 }", "q.rq:1: the parameter limit needs its"),
        (
            "# param limit",
            "# column s: thing\n# param limit",
            "q.rq:6: this is not the name of a column: # column name: English | français",
        ),
        (
            "# param limit",
            "# column s: a | b\n# column s: a | b\n# param limit",
            "q.rq:7: column s: twice",
        ),
        ("integer = 5", "integer = five", "the parameter limit must be a whole number, not 'five'"),
    ],
)
def test_a_faulty_header_is_refused_with_its_line(old: str, new: str, error: str) -> None:
    """Each fault of a header is named, with file and line."""
    with pytest.raises(QueryError) as caught:
        parse_query("all", HEADER.replace(old, new), place="q.rq", strict=True)
    assert str(caught.value).startswith(error)


def test_an_ad_hoc_query_needs_no_header() -> None:
    """Comments at the top of a query that has no title are comments."""
    text = "# find: everything\nSELECT * { ?s ?p ?o }"
    assert parse_query("-", text).parameters == ()


def test_an_unreadable_question_is_named(tmp_path: Path) -> None:
    """A file that is not UTF-8 is an error that names it."""
    file = tmp_path / "bad.rq"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError) as caught:
        load_queries(tmp_path)
    assert caught.value.render("fr") == (
        f"{file}: la requête ne peut être lue en UTF-8\n"
        "  remède\u00a0: vérifiez son chemin, ses permissions et son encodage"
    )


def rdf_text(term: rdflib.term.Identifier) -> str:
    """`term` as N-Triples writes it, a plain string without its datatype."""
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.string:
        term = rdflib.Literal(str(term))
    return str(term.n3())
