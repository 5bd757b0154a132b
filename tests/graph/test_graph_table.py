"""The table of commitments, and what its metadata says of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from ds2026kg.findings import Span, Text
from ds2026kg.graph.dataset import union
from ds2026kg.graph.serialization.csv import COLUMNS, guarded, write_csv
from ds2026kg.graph.serialization.csvw import write_csvw
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import Commitment, Fact, Kind, Mission, StrategyGraph

XSD = "http://www.w3.org/2001/XMLSchema#"


def table(graph: StrategyGraph, vocabulary: Vocabulary) -> list[dict[str, str]]:
    """The rows as a CSV reader sees them."""
    content = b"".join(write_csv(graph, vocabulary)).decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def metadata(vocabulary: Vocabulary) -> dict[str, Any]:
    """The metadata document."""
    document: dict[str, Any] = json.loads(b"".join(write_csvw(vocabulary)))
    return document


def test_a_row_has_codes_and_dates(graph: StrategyGraph, vocabulary: Vocabulary) -> None:
    """A commitment's row has its place in the tree, its actors, concepts, dates and source."""
    assert table(graph, vocabulary)[0] == {
        "notation": "3.2a",
        "iri": "https://w3id.org/ds2026/id/commitment/3.2a",
        "label_en": "TBS will review",
        "label_fr": "",
        "definition_en": "TBS will review",
        "definition_fr": "",
        "mission": "3",
        "area": "3.2",
        "led_by": "pco tbs",
        "led_by_en": "Privy Council Office; Treasury Board of Canada Secretariat",
        "led_by_fr": "Secrétariat du Conseil du Trésor du Canada",
        "led_by_gc_orgid": "2242",
        "supported_by": "departments",
        "status": "in-progress",
        "priority": "year-1",
        "created": "2024-08-13",
        "modified": "",
        "source": "https://example.org/tracker?q=a%20b&c=1#x",
        "tracker_record": "",
    }


def test_texts_stay_whole_in_their_cells(graph: StrategyGraph, vocabulary: Vocabulary) -> None:
    """Line breaks, quotes and commas stay inside their cell."""
    row = table(graph, vocabulary)[1]
    assert (row["label_en"], row["definition_fr"]) == (
        '\'=SUM(A1), "quoted"',
        'Ligne 1\nligne 2\rligne 3\ttab \\ "é" \u00e9 <a>&]]> \U0001f341 \u2028 \u200f\xa0; fin ',
    )


def test_the_columns_are_those_of_the_metadata(vocabulary: Vocabulary) -> None:
    """The header names the columns that the metadata describes, in its order, as their titles."""
    columns = metadata(vocabulary)["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(COLUMNS)
    assert [column["titles"]["und"] for column in columns] == list(COLUMNS)


def test_title_and_licence_can_be_given(vocabulary: Vocabulary) -> None:
    """The publisher's title and licence stand in the metadata."""
    licence = "https://open.canada.ca/en/open-government-licence-canada"
    document = json.loads(
        b"".join(write_csvw(vocabulary, title=Text("Table", "Tableau"), licence=licence))
    )
    assert (document["dc:title"], document["dc:license"]) == (
        [{"@value": "Table", "@language": "en"}, {"@value": "Tableau", "@language": "fr"}],
        {"@id": licence},
    )


def test_cells_keep_to_their_datatypes(graph: StrategyGraph, vocabulary: Vocabulary) -> None:
    """Required cells are filled, and codes are among those that the metadata allows."""
    for row in table(graph, vocabulary):
        for column in metadata(vocabulary)["tableSchema"]["columns"]:
            cell, datatype = row[column["name"]], column["datatype"]
            assert cell or not column.get("required")
            if cell and isinstance(datatype, dict) and datatype["base"] == "string":
                assert re.fullmatch(datatype["format"], cell)


def test_the_table_as_rdf_says_nothing_new(graph: StrategyGraph, vocabulary: Vocabulary) -> None:
    """Turned into RDF as CSVW defines, the row gives only triples of the published graph."""
    row, schema = table(graph, vocabulary)[0], metadata(vocabulary)["tableSchema"]
    assert schema["aboutUrl"] == "{+iri}"
    found = set(csvw_triples(row, schema["columns"]))
    assert len(found) == 7
    assert found - set(union(graph, vocabulary)) == set()


def csvw_triples(row: dict[str, str], columns: list[dict[str, Any]]) -> Iterator[Triple]:
    """The triples of one row: "Generating RDF from Tabular Data on the Web", minimal mode."""
    for column in columns:
        cell = row[column["name"]]
        if column.get("suppressOutput") or cell == column.get("null"):
            continue
        value: NamedNode | Literal = Literal(cell, language=column.get("lang"))
        if "valueUrl" in column:
            value = NamedNode(column["valueUrl"].replace(f"{{{column['name']}}}", cell))
        elif isinstance(column["datatype"], dict):
            value = Literal(cell, datatype=NamedNode(XSD + column["datatype"]["base"]))
        yield Triple(NamedNode(row["iri"]), NamedNode(column["propertyUrl"]), value)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_formula_is_disarmed(text: str, cell: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe; every other one stays as it is."""
    assert guarded(text) == cell


@given(one=st.text("'=+-@a\t", max_size=4), other=st.text("'=+-@a\t", max_size=4))
def test_disarming_keeps_texts_apart(one: str, other: str) -> None:
    """Two texts never become one cell, so that the text can always be had back."""
    assert (guarded(one) == guarded(other)) == (one == other)


def test_no_cell_is_a_formula(
    vocabulary: Vocabulary, one_text: Callable[..., StrategyGraph]
) -> None:
    """The guard is on every text that is written."""
    row = table(one_text("=cmd", "en"), vocabulary)[0]
    assert (row["label_en"], row["definition_en"]) == ("'=cmd", "'=cmd")


def test_a_cycle_of_parents_ends(vocabulary: Vocabulary) -> None:
    """Missions that are each other's parents do not hang the writer."""
    place = Span.of_file("A.md")
    entities = (
        Mission("mission/1", (Fact("hasParent", "mission/2", Kind.ENTITY, place),), ()),
        Mission("mission/2", (Fact("hasParent", "mission/1", Kind.ENTITY, place),), ()),
        Commitment("commitment/1a", (Fact("hasParent", "mission/1", Kind.ENTITY, place),), ()),
    )
    row = table(StrategyGraph(entities), vocabulary)[0]
    assert (row["mission"], row["area"]) == ("2", "1")
