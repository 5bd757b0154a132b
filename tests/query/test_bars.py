"""Which answers can be drawn as bars, and how the others are refused."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from ds2026kg.errors import QueryError
from ds2026kg.query.bars import MOST, Bar, Bars, bars_of
from ds2026kg.query.run import Result, Rows, Triples, Truth

XSD = "http://www.w3.org/2001/XMLSchema#"
TBS = NamedNode("https://w3id.org/ds2026/id/actor/tbs")


def typed(value: str, kind: str) -> Literal:
    """A literal of an XSD type."""
    return Literal(value, datatype=NamedNode(XSD + kind))


def test_names_and_numbers_are_taken_in_either_order() -> None:
    """The column of numbers gives the bars, wherever it stands; IRIs are short, languages kept."""
    rows = ((TBS, Literal(3)), (Literal("a\nb", language="fr"), typed("-2.5", "decimal")))
    bars = (Bar("tbs", "", 3.0), Bar("a b", "fr", -2.5))
    assert bars_of(Rows(("who", "n"), rows)) == Bars("who", "n", bars)
    turned = tuple((number, name) for name, number in rows)
    assert bars_of(Rows(("n", "who"), turned, truncated=True)) == Bars("who", "n", bars, True)


def test_of_two_columns_of_numbers_the_first_names() -> None:
    """Years and counts: the years are names."""
    found = bars_of(Rows(("year", "n"), ((Literal(2024), Literal(7)),)))
    assert found == Bars("year", "n", (Bar("2024", "", 7.0),))


def test_a_name_that_is_missing_is_a_dash() -> None:
    """A row without a name is drawn all the same."""
    found = bars_of(Rows(("who", "n"), ((None, Literal(1)), (Literal(""), Literal(2)))))
    assert [bar.name for bar in found.bars] == ["–", "–"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [("1e3", "double"), ("1000", "nonNegativeInteger"), ("1000.0", "float"), ("1000", "long")],
)
def test_every_numeric_type_is_a_number(value: str, kind: str) -> None:
    """Endpoints count in types of their own."""
    (bar,) = bars_of(Rows(("who", "n"), ((TBS, typed(value, kind)),))).bars
    assert bar.number == 1000.0


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (Truth(True), "a chart needs rows of two columns, a name and a number, not: -"),
        (Triples(()), "a chart needs rows of two columns, a name and a number, not: -"),
        (Rows(("a",), ((TBS,),)), "a chart needs rows of two columns, a name and a number, not: a"),
        (
            Rows(("a", "b", "c"), ()),
            "a chart needs rows of two columns, a name and a number, not: a, b, c",
        ),
        (Rows(("a", "b"), ()), "there are no rows to draw"),
        (
            Rows(("a", "b"), ((TBS, Literal(1)),) * (MOST + 1)),
            "a chart has at most 200 bars, and this answer has 201 rows",
        ),
        (
            Rows(("a", "b"), ((TBS, Literal(1)), (TBS, Literal("two")))),
            "no column holds numbers alone: ?b is “two” in row 2",
        ),
        (
            Rows(("a", "b"), ((Literal(1), TBS), (None, TBS))),
            "no column holds numbers alone: ?a is “–” in row 2",
        ),
        (
            Rows(("a", "b"), ((TBS, BlankNode("x")),)),
            "no column holds numbers alone: ?b is “_:x” in row 1",
        ),
        (Rows(("a", "b"), ((TBS, typed("NaN", "double")),)), "this number cannot be drawn: NaN"),
        (Rows(("a", "b"), ((TBS, typed("-INF", "double")),)), "this number cannot be drawn: -INF"),
        (Rows(("a", "b"), ((TBS, typed("x", "integer")),)), "this number cannot be drawn: x"),
        (
            Rows(("a", "b"), ((TBS, typed("9" * 400, "integer")),)),
            f"this number cannot be drawn: {'9' * 39}…",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(result: Result, message: str) -> None:
    """The reason is said in both languages, with a remedy and the place of the query."""
    with pytest.raises(QueryError) as caught:
        bars_of(result, place="my.rq")
    error = caught.value
    assert (error.message.en, error.place) == (message, "my.rq")
    assert error.message.fr != message
    assert error.remedy is not None
