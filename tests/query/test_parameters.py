"""Parameters are typed, and bound as terms: no value becomes syntax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat, Store, parse

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.query.named import NamedQuery, parse_query
from ds2026kg.query.parameters import Parameter, ParameterType, bind
from ds2026kg.query.run import Rows, run
from ds2026kg.query.store import open_store


def question(kind: str, default: str = " = *") -> NamedQuery:
    """A question that gives back its parameter, with slots in a subquery and in OPTIONAL."""
    return parse_query(
        "echo",
        f"""# title@en: Echo
# title@fr: Écho
# description@en: What was given.
# description@fr: Ce qui a été donné.
# param x: {kind}{default} — a value | une valeur
# param lang: language-tag = en — language | langue

SELECT ?echo ?n ?lang {{
  VALUES ?lang {{ "en" }}
  VALUES ?x {{ UNDEF }}
  {{ SELECT (COUNT(?same) AS ?n) {{ values $x {{ UNDEF # now
    }} BIND(?x AS ?same) FILTER(BOUND(?x)) }} }}
  OPTIONAL {{ VALUES ?x {{ UNDEF }} BIND(?x AS ?echo) }}
}}""",
    )


def echo(kind: str, value: str, store: Store | None = None) -> str:
    """The term that `value` was bound to, in N-Triples."""
    result = run(store or Store(), question(kind), parameters={"x": value})
    assert isinstance(result, Rows)
    ((term, count, language),) = result.rows
    assert (str(count), language) == (str(Literal(1)), Literal("en"))
    return str(term)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("string", "a b", '"a b"'),
        ("string", "", '""'),
        ("language-tag", "fr-CA", '"fr-ca"'),
        ("date", "2024-02-29", '"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("integer", "-007", '"-7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("iri", "urn:a:é", "<urn:a:é>"),
    ],
)
def test_a_value_is_bound_as_a_term_of_its_type(kind: str, value: str, term: str) -> None:
    """The same term reaches every slot: in the group, in a subquery with COUNT, in OPTIONAL."""
    assert echo(kind, value) == term


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("language-tag", "en_CA"),
        ("language-tag", 'en" } #'),
        ("date", "2023-02-29"),
        ("date", "20240131"),
        ("date", "2024-01-31\n"),
        ("integer", "1.0"),
        ("integer", "1 } UNION { ?s ?p ?o"),
        ("integer", "٣"),
        ("iri", "relative"),
        ("iri", "http://a b"),
        ("iri", "http://a> ?b ?c . <http://d"),
        ("entity", "x> ?b ?c . <y"),
        ("string", "a\x00b"),
        ("string", "\ud800"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: str) -> None:
    """What is not of the parameter's type is an error that names it and lists the parameters."""
    with pytest.raises(QueryError) as caught:
        bind(question(kind).text, question(kind).parameters, {"x": value}, name="echo")
    assert caught.value.message.en.startswith("the parameter x must be ")
    assert caught.value.remedy == Text(
        f"the parameters are: x ({kind}, any); lang (language-tag, en)",
        f"les paramètres sont\u00a0: x ({kind}, au choix); lang (language-tag, en)",
    )


@pytest.mark.parametrize(
    "value",
    [
        '" } INSERT DATA { <a> <b> <c> } #',
        "\\u0022 } SERVICE <http://example.org/> { ?a ?b ?c } #",
        "\\",
        '\\" } #',
        "'''",
        "UNDEF } VALUES ?lang { 'fr' } #",
        "?lang",
        "line\r\nbreak\ttab",
        "# comment",
    ],
)
def test_a_string_stays_a_string(value: str) -> None:
    """Quotes, escapes, keywords and comments in a value arrive as they are, and do nothing."""
    assert echo("string", value) == str(Literal(value))


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_string_stays_a_string(value: str) -> None:
    """So does any text."""
    if value != "*":
        assert echo("string", value) == str(Literal(value))


def test_slots_in_strings_and_comments_are_no_slots() -> None:
    """Only what the parser sees as VALUES is bound."""
    text = "ASK { ?s ?p 'VALUES ?x { 1 }' } # VALUES ?x { 1 }\nVALUES ?x { 1 }"
    parameter = Parameter("x", ParameterType.INTEGER, "1", Text("", ""))
    bound = "ASK { ?s ?p 'VALUES ?x { 1 }' } # VALUES ?x { 1 }\nVALUES ?x { 2 }"
    assert bind(text, [parameter], {"x": "2"}) == bound


def test_a_required_parameter_must_be_given() -> None:
    """Without a default and without a value there is no answer."""
    with pytest.raises(QueryError) as caught:
        run(Store(), question("integer", ""))
    assert caught.value.render("fr") == (
        "echo: le paramètre x doit être donné\n"
        "  remède\u00a0: les paramètres sont\u00a0: x (integer, obligatoire);"
        " lang (language-tag, en)"
    )


def test_an_unknown_parameter_is_refused() -> None:
    """A parameter that the query does not have is named, and those it has are listed."""
    with pytest.raises(QueryError) as caught:
        run(Store(), question("integer"), parameters={"y": "1"})
    assert str(caught.value) == (
        "echo: the query has no parameter y\n"
        "  remedy: the parameters are: x (integer, any); lang (language-tag, en)"
    )


def test_an_ad_hoc_query_takes_no_parameters() -> None:
    """A query without a header has nothing to choose."""
    with pytest.raises(QueryError) as caught:
        run(Store(), "ASK { ?s ?p ?o }", parameters={"s": "urn:a"})
    assert str(caught.value) == (
        "the query has no parameter s\n  remedy: leave it out: there are no parameters"
    )


@pytest.mark.parametrize(
    ("value", "local"),
    [
        ("commitment/3.2a", "commitment/3.2a"),
        ("3.2a", "commitment/3.2a"),
        ("3.2A", "commitment/3.2a"),
        ("TBS", "actor/tbs"),
        ("3", "mission/3"),
        ("ds2026", "strategy/ds2026"),
        ("in-progress", "status/in-progress"),
        ("https://w3id.org/ds2026/id/actor/pco", "actor/pco"),
    ],
)
def test_an_entity_is_found_by_any_of_its_names(value: str, local: str, store: Store) -> None:
    """The identifier, its last part in any case, and the IRI all name the entity."""
    assert echo("entity", value, store) == f"<https://w3id.org/ds2026/id/{local}>"


def test_an_unknown_entity_is_refused_with_those_that_are_near(store: Store) -> None:
    """A name that nothing has is an error, not an empty answer."""
    with pytest.raises(QueryError) as caught:
        echo("entity", "3.2c", store)
    assert str(caught.value) == (
        "echo: the parameter x: the data has no entity '3.2c'\n"
        "  remedy: did you mean: 3.2, 3.2b, 3.2a?"
    )


def test_a_name_of_several_entities_is_refused(strategy_quads: list[Quad]) -> None:
    """Where a short name does not settle the entity, the full ones are listed."""
    store = open_store([*strategy_quads, *renamed(strategy_quads, "/actor/pco>", "/mission/tbs>")])
    with pytest.raises(QueryError) as caught:
        echo("entity", "tbs", store)
    assert str(caught.value) == (
        "echo: the parameter x: 'tbs' names several entities\n"
        "  remedy: choose one of: actor/tbs, mission/tbs"
    )


def test_entities_are_looked_for_under_the_base(strategy_quads: list[Quad]) -> None:
    """With another base, short names are those of that base."""
    base = "https://data.example.org/plan/"
    store = open_store(renamed(strategy_quads, "https://w3id.org/ds2026/", base))
    result = run(store, question("entity"), parameters={"x": "3.2a"}, base=base)
    assert isinstance(result, Rows)
    assert str(result.rows[0][0]) == f"<{base}id/commitment/3.2a>"


def renamed(quads: list[Quad], old: str, new: str) -> list[Quad]:
    """The quads with `old` replaced by `new` in their N-Quads."""
    text = "\n".join(f"{quad} ." for quad in quads).replace(old, new)
    return list(parse(text, format=RdfFormat.N_QUADS))
