"""Asking: the three kinds of answer, the data set that is asked, and the limits."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import cast

import pytest
from pyoxigraph import Literal, NamedNode, Store

from ds2026kg.errors import QueryError
from ds2026kg.query.named import parse_query
from ds2026kg.query.run import Rows, Triples, Truth, run

ID = "https://w3id.org/ds2026/id/"
PREFIXES = """PREFIX ds: <https://w3id.org/ds2026/ontology#>
PREFIX id: <https://w3id.org/ds2026/id/>
PREFIX mission: <https://w3id.org/ds2026/id/mission/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def test_select_gives_rows(store: Store) -> None:
    """A row has a term for each variable, in the order of SELECT, and None where it is unbound."""
    text = PREFIXES + (
        "SELECT ?label ?none { mission:3.2 skos:prefLabel ?label } ORDER BY LANG(?label)"
    )
    assert run(store, text) == Rows(
        ("label", "none"),
        (
            (Literal("Data flow", language="en"), None),
            (Literal("Flux de données", language="fr"), None),
        ),
    )


def test_ask_gives_truth(store: Store) -> None:
    """ASK is answered by yes or no."""
    assert run(store, PREFIXES + "ASK { mission:3.2 a ds:Mission }") == Truth(True)
    assert run(store, PREFIXES + "ASK { mission:3.2 a ds:Actor }") == Truth(False)


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?child ds:hasParent ?parent } WHERE { ?child ds:hasParent ?parent }",
        "DESCRIBE ?child { ?child ds:hasParent ?parent }",
    ],
)
def test_construct_and_describe_give_sorted_triples(text: str, store: Store) -> None:
    """A graph is the same list of triples each time."""
    result = run(store, PREFIXES + text)
    assert isinstance(result, Triples)
    lines = [str(triple) for triple in result.triples]
    assert lines == sorted(set(lines))
    parents = [line for line in lines if "ontology#hasParent>" in line]
    assert len(parents) == 7


def test_the_default_graph_is_the_union_of_all(store: Store) -> None:
    """Statements of the strategy, its provenance and the ontology are joined without GRAPH."""
    text = PREFIXES + (
        "SELECT ?line { ?s ds:status ?status . ?status skos:prefLabel 'En cours'@fr ."
        " ?s <http://www.w3.org/ns/prov#wasDerivedFrom>/ds:line ?line } ORDER BY ?line"
    )
    result = run(store, text)
    assert isinstance(result, Rows)
    assert [cast("Literal", row[0]).value for row in result.rows] == ["1", "18"]


@pytest.mark.parametrize(
    ("clause", "pattern", "count"),
    [
        ("FROM <https://w3id.org/ds2026/graph/provenance>", "?s ?p ?o", 0),
        ("FROM <https://w3id.org/ds2026/graph/strategy>", "?s ?p ?o", 4),
        ("FROM NAMED <https://w3id.org/ds2026/graph/strategy>", "?s ?p ?o", 0),
        ("FROM NAMED <https://w3id.org/ds2026/graph/strategy>", "GRAPH ?g { ?s ?p ?o }", 4),
        ("", "GRAPH <https://w3id.org/ds2026/graph/provenance> { ?s ?p ?o }", 0),
    ],
)
def test_from_narrows_what_is_asked(clause: str, pattern: str, count: int, store: Store) -> None:
    """FROM and FROM NAMED give the query the data set that SPARQL says (Query §13.2)."""
    text = f"SELECT ?s {clause} WHERE {{ {pattern} VALUES ?o {{ ds:Mission }} }}"
    result = run(store, PREFIXES + text)
    assert isinstance(result, Rows)
    assert len(result.rows) == count


@pytest.mark.parametrize(("limit", "count", "cut"), [(3, 3, True), (4, 4, False), (None, 4, False)])
def test_rows_over_the_limit_are_cut_and_marked(
    limit: int | None, count: int, cut: bool, store: Store
) -> None:
    """An answer is marked as cut only if something was left out."""
    rows = run(store, PREFIXES + "SELECT ?m { ?m a ds:Mission }", max_rows=limit)
    graph = run(store, PREFIXES + "CONSTRUCT { ?m a ?c } { ?m a ds:Mission, ?c }", max_rows=limit)
    assert isinstance(rows, Rows)
    assert isinstance(graph, Triples)
    assert (len(rows.rows), rows.truncated) == (count, cut)
    assert (len(graph.triples), graph.truncated) == (count, cut)


QUESTION = """# title@en: Language
# title@fr: Langue
# description@en: The language that was asked for.
# description@fr: La langue qui a été demandée.
# param lang: language-tag = en — language of the answer | langue de la réponse

SELECT ?lang { VALUES ?lang { "en" } }
"""


@pytest.mark.parametrize(
    ("parameters", "language", "expected"),
    [({}, None, "en"), ({}, "fr", "fr"), ({"lang": "en"}, "fr", "en")],
)
def test_the_asker_s_language_is_the_default_of_lang(
    parameters: dict[str, str], language: str | None, expected: str
) -> None:
    """A question is answered in the asker's language, unless another is asked for."""
    query = parse_query("language", QUESTION)
    result = run(Store(), query, parameters=parameters, language=language)  # type: ignore[arg-type]
    assert result == Rows(("lang",), ((Literal(expected),),))


def test_a_language_is_not_forced_on_a_query_that_has_none() -> None:
    """A query without the parameter `lang` can be asked in any language."""
    assert run(Store(), "ASK { ?s ?p ?o }", language="fr") == Truth(False)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }",
            "SELECT asks for a variable that is neither grouped nor aggregated",
        ),
        ("ASK { ?s a skos:Concept }", "1:12: the prefix skos: is not declared"),
        ("ASK { <relative> ?p ?o }", "this IRI is not valid, or is relative and there is no BASE"),
    ],
)
def test_what_only_the_engine_refuses_is_explained_too(text: str, error: str) -> None:
    """Some faults pass the checking parser; the engine's refusal of them is as plain."""
    with pytest.raises(QueryError) as caught:
        run(Store(), text)
    assert error in str(caught.value).partition("\n")[0]


def test_a_failure_of_the_engine_is_a_query_error() -> None:
    """What the engine raises while it answers is reported, without a traceback."""

    class Failing:
        def named_graphs(self) -> list[NamedNode]:
            return []

        def query(self, *_: object, **__: object) -> object:
            message = "storage lost"
            raise OSError(message)

    with pytest.raises(QueryError) as caught:
        run(cast("Store", Failing()), "ASK { ?s ?p ?o }")
    assert caught.value.render("fr") == "la requête a échoué\u00a0: storage lost"


def test_answers_leave_nothing_of_the_engine_behind(store: Store) -> None:
    """The engine's results end in the thread that made them: no other may drop them."""
    for _ in range(3):
        run(store, "SELECT * { ?s ?p ?o }", max_rows=1)
    kept = [item for item in gc.get_objects() if type(item).__name__ == "QuerySolutions"]
    assert kept == []


ENDLESS = """
from pyoxigraph import Literal, NamedNode, Quad, Store
from ds2026kg.errors import QueryLimitError
from ds2026kg.query.run import run

graph = NamedNode("urn:g")
store = Store()
store.extend(
    Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), Literal(str(n)), graph) for n in range(200)
)
pattern = " ".join(f"?a{n} <urn:p> ?b{n} ." for n in range(8))
try:
    run(store, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", timeout=0.2)
except QueryLimitError as error:
    print(error.status, error.render("fr"))
"""


def test_a_query_that_never_ends_is_stopped() -> None:
    """At the time limit the asker is told, and the process can end though the engine goes on."""
    ended = subprocess.run(
        [sys.executable, "-c", ENDLESS], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        "1 la requête a duré plus de 0,2\u00a0s et a été arrêtée\n"
        "  remède\u00a0: rendez-la plus précise, ajoutez LIMIT, ou accordez plus de temps\n"
    )
