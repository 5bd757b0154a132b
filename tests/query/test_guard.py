"""What a query may not do: leave the data, change it, or crash the engine."""

from __future__ import annotations

import pytest

from ds2026kg.errors import QueryError
from ds2026kg.query.guard import MAX_CHARACTERS, admit

SERVICE = "SERVICE <http://example.org/> { ?a ?b ?c }"
REFUSED = "SERVICE is not allowed: a query reads this data only, and calls no other server"


def refusal(text: str) -> str:
    """The first line of what `admit` says against `text`."""
    with pytest.raises(QueryError) as caught:
        admit(text, graphs=["https://example.org/graph"], name="q")
    return str(caught.value).partition("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {SERVICE} }}",
        f"SELECT * {{ {{ SELECT ?a {{ {SERVICE} }} }} }}",
        f"ASK {{ ?s ?p ?o OPTIONAL {{ {SERVICE} }} }}",
        f"ASK {{ {{ ?s ?p ?o }} UNION {{ {SERVICE} }} }}",
        f"ASK {{ GRAPH ?g {{ {SERVICE} }} }}",
        f"ASK {{ ?s ?p ?o MINUS {{ {SERVICE} }} }}",
        f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {SERVICE} }} }}",
        f"ASK {{ ?s ?p ?o BIND(EXISTS {{ {SERVICE} }} AS ?x) }}",
        f"SELECT (EXISTS {{ {SERVICE} }} AS ?x) {{ ?s ?p ?o }}",
        f"SELECT ?s {{ ?s ?p ?o }} HAVING (EXISTS {{ {SERVICE} }})",
        f"SELECT ?s {{ ?s ?p ?o }} ORDER BY (EXISTS {{ {SERVICE} }})",
        f"CONSTRUCT {{ ?a ?b ?c }} {{ {SERVICE} }}",
        f"DESCRIBE ?a {{ {SERVICE} }}",
        "ASK { service silent <http://example.org/> { ?a ?b ?c } }",
        "ASK { ?s ?p ?x SERVICE ?x { ?a ?b ?c } }",
        "PREFIX x: <http://example.org/> ASK { SERVICE x:y { ?a ?b ?c } }",
        "PREFIX : <http://example.org/> ASK { SERVICE:y { ?a ?b ?c } }",
    ],
)
def test_service_is_refused_wherever_it_stands(text: str) -> None:
    """No pattern, expression or form of query hides SERVICE."""
    assert refusal(text).endswith(REFUSED)


@pytest.mark.parametrize(
    "text",
    [
        # A lone CR ends a comment for the engine, but not for the checking parser.
        f"ASK {{ ?s ?p ?o # \r{SERVICE}\n}}",
        # The checking parser reads \u0022 as the end of the string, and the rest as a comment.
        f'ASK {{ ?s ?p ?o FILTER(?o != "\\u0022) }} # ") {SERVICE} }}',
        f'ASK {{ ?s ?p ?o FILTER(?o != "\\U00000022) }} # ") {SERVICE} }}',
        f'ASK {{ ?s ?p ?o FILTER(?o != "\\u00000022) }} # ") {SERVICE} }}',
        # The engine needs no space after a keyword.
        "ASK { ?s ?p ?o SERVICESILENT<http://example.org/>{ ?a ?b ?c } }",
        "PREFIX x: <http://example.org/> ASK { ?s ?p ?o SERVICEx:y { ?a ?b ?c } }",
        # "<" is a comparison for parsers, but the start of an IRI for a lexer.
        f"ASK {{ ?s ?p ?o FILTER(?o<'''>''') #\r{SERVICE} #'''\n}}",
        f'ASK {{ ?s ?p ?o FILTER(?o<?s#> """\n) {SERVICE} #"""\n}}',
        # The word itself, in codepoint escapes.
        "ASK { \\u0053ERVICE <http://example.org/> { ?a ?b ?c } }",
    ],
)
def test_text_that_two_parsers_read_differently_is_refused(text: str) -> None:
    """Known differences between the checking parser and the engine open no way to SERVICE."""
    assert refusal(text)


@pytest.mark.parametrize("lock", ["_may_be_service", "_parts"])
@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {SERVICE} }} }}",
        f"ASK {{ ?s ?p ?o # \r{SERVICE}\n}}",
        "PREFIX : <http://example.org/> ASK { SERVICE:y { ?a ?b ?c } }",
    ],
)
def test_each_lock_holds_alone(text: str, lock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With either the algebra's or the lexer's check taken away, the other still refuses."""
    monkeypatch.setattr(f"ds2026kg.query.guard.{lock}", lambda _: ())
    assert refusal(text).endswith(REFUSED)


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ ?s ?p ?o }} # {SERVICE}",
        f"ASK {{ ?s ?p '{SERVICE}' }}",
        f'ASK {{ ?s ?p """{SERVICE}""" }}',
        "ASK { ?s <http://example.org/service/> ?service }",
        "PREFIX schema: <https://schema.org/> ASK { ?s schema:serviceType ?o }",
        "PREFIX x: <http://example.org/service#> ASK { ?s x:a 'SERVICE' }",
    ],
)
def test_the_word_service_is_allowed_where_it_is_no_keyword(text: str) -> None:
    """Comments, strings, IRIs, variables and local names may say it, and the text is unchanged."""
    assert admit(text, graphs=()).text == text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { VALUES ?x { -1.5 -.5 -1.5e3 -2 +1.5 } }",
        "SELECT * { VALUES (?x ?y) { (-1.5 UNDEF) (-0.0 -1) } }",
        "SELECT * { ?s <http://example.org/p> -1.5, -2 }",
        "SELECT * { ?s ?p ?o FILTER(?o > -1.5 && ?o-1.5 < 3 && 1-1.5 < 0) }",
        f"SELECT * {{ ?s ?p -{'9' * 5000} }}",
    ],
)
def test_numbers_below_zero_are_admitted_wherever_they_stand(text: str) -> None:
    """The checking parser cannot negate each of them, and need not: the text is unchanged."""
    assert admit(text, graphs=()).text == text


def test_a_minus_that_is_no_sign_of_a_number_stays() -> None:
    """Two words that SPARQL 1.1 does not join are told at their place; names keep their hyphens."""
    assert refusal("SELECT * { VALUES ?x { - 1.5 } }") == (
        "q:1:12: this is not a SPARQL 1.1 query: it uses an extension"
    )
    text = "PREFIX e-1: <http://example.org/> ASK { e-1:a-1.5 ?p '-1.5' } # -1.5"
    assert admit(text, graphs=()).text == text


@pytest.mark.parametrize("number", ["-1.5", "-.5", "-1"])
def test_a_number_below_zero_hides_no_service(number: str) -> None:
    """What follows it is checked as ever."""
    assert refusal(f"ASK {{ ?s ?p {number} . {SERVICE} }}").endswith(REFUSED)
    assert refusal(f"ASK {{ {SERVICE} FILTER(?a < {number}) }}").endswith(REFUSED)


@pytest.mark.parametrize(
    ("text", "operations"),
    [
        ("INSERT DATA { <http://a> <http://b> 1 }", "InsertData"),
        ("LOAD <file:///etc/passwd>", "Load"),
        ("CLEAR ALL", "Clear"),
        ("DROP GRAPH <http://a>", "Drop"),
        ("DELETE WHERE { ?s ?p ?o }", "DeleteWhere"),
        ("DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }", "Modify"),
        ("PREFIX a: <http://a/> INSERT DATA { a:b a:c 1 } ; CLEAR DEFAULT", "InsertData, Clear"),
    ],
)
def test_updates_are_refused_by_name(text: str, operations: str) -> None:
    """An update is told from a mistyped query, and its operations are named."""
    assert refusal(text) == f"q: this would change the data ({operations})"


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
@pytest.mark.parametrize(
    "graph", ["file:///etc/passwd", "http://example.org/data.ttl", "https://example.org/graph/"]
)
def test_only_graphs_of_the_store_may_be_named(clause: str, graph: str) -> None:
    """FROM of a file, of another server or of a graph that is not there is refused."""
    expected = f"q: FROM names a graph that is not in the data: {graph}"
    assert refusal(f"SELECT * {clause} <{graph}> {{ ?s ?p ?o }}") == expected


def test_from_is_compared_after_prefixes_and_base() -> None:
    """A graph that is in the store may be named in any way, and the query then has its data set."""
    text = "PREFIX e: <https://example.org/> BASE <https://example.org/> SELECT * "
    text += "FROM e:graph FROM NAMED <graph> { ?s ?p ?o }"
    assert admit(text, graphs=["https://example.org/graph"]).names_dataset is True


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "SELECT * # é\nWHERE ?s ?p ?o }",
            (
                "q:2:7: this is not a SPARQL 1.1 query: it cannot be read from here on\n"
                "  WHERE ?s ?p ?o }\n"
                "        ^"
            ),
        ),
        (
            "SELECT * {\n\t?s a x:y }",
            (
                "q:2:7: the prefix x: is not declared\n"
                "   ?s a x:y }\n"
                "        ^\n"
                "  remedy: add at the top: PREFIX x: <…>"
            ),
        ),
        (
            "ASK { ?s a ds:Actor }",
            (
                "q:1:12: the prefix ds: is not declared\n"
                "  ASK { ?s a ds:Actor }\n"
                "             ^\n"
                "  remedy: add at the top: PREFIX ds: <https://w3id.org/ds2026/ontology#>"
            ),
        ),
        ("ASK { ?s ?p 'x }", "q:1:13: this string has no end\n  ASK { ?s ?p 'x }\n              ^"),
        (
            "ASK { ?s ?p ?o LATERAL { ?s ?p ?o } }",
            (
                "q:1:16: this is not a SPARQL 1.1 query: it uses an extension\n"
                "  ASK { ?s ?p ?o LATERAL { ?s ?p ?o } }\n"
                "                 ^"
            ),
        ),
        (
            "",
            "q:1:1: this is not a SPARQL 1.1 query: it cannot be read from here on\n  \n  ^",
        ),
        (
            "ASK { \x1b[31m }",
            (
                "q:1:7: this is not a SPARQL 1.1 query: it cannot be read from here on\n"
                "  ASK { \ufffd[31m }\n"
                "        ^"
            ),
        ),
    ],
)
def test_a_malformed_query_is_shown_with_line_and_column(text: str, error: str) -> None:
    """The place, the line itself and a mark under it; nothing in it can upset the terminal."""
    with pytest.raises(QueryError) as caught:
        admit(text, graphs=(), name="q")
    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ASK { FILTER(" + "(" * 5000, "q:1:112: brackets are nested more than 100 deep"),
        ("ASK " + "{" * 5000, "q:1:105: brackets are nested more than 100 deep"),
        (
            "ASK { " + " ".join(f"BIND(1 AS ?v{n})" for n in range(2000)) + " }",
            "q: the query is too long or too deeply nested to be checked",
        ),
        ("#" * (MAX_CHARACTERS + 1), f"q: the query is longer than {MAX_CHARACTERS} characters"),
        ("ASK { ?s ?p '\ud800' }", "q: the query is not valid Unicode"),
    ],
)
def test_text_that_would_exhaust_a_parser_is_refused(text: str, error: str) -> None:
    """Depth and length are bounded before the engine, whose stack is not, sees the query."""
    assert refusal(text) == error
