"""Actors against commitments: the table, the drawing, and what is cut of large data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from tests.pages.publishing import (
    LANGUAGES,
    NOTES,
    PUBLICATION,
    iri,
    page,
    published,
    tree,
    words,
)

from ds2026kg.findings import Language
from ds2026kg.pages import page_paths
from ds2026kg.pages.matrix import MOST_COLUMNS, MOST_ROWS
from ds2026kg.query.prefixes import DEFAULT_BASE

DS = f"{DEFAULT_BASE}ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SVG = "{http://www.w3.org/2000/svg}"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ROLES = """
SELECT (COUNT(DISTINCT ?c) AS ?n) {{ ?c a <{ds}Commitment> ; <{ds}{role}> <{actor}> }}
"""
GRID = {
    "en": [["1.1a", "leads", "supports"], ["1.1b", "leads", ""]],
    "fr": [["1.1a", "responsable", "appuie"], ["1.1b", "responsable", ""]],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


@pytest.fixture(scope="module")
def large() -> Store:
    """Two missions with more commitments and actors than a page takes, and one commitment under none."""
    store = Store()
    for mission, count in (("1", MOST_ROWS + 10), ("2", 3)):
        store.extend(_thing(f"mission/{mission}", "Mission", mission))
        for number in range(count):
            local = f"{mission}.{number + 1}a"
            node = iri(f"commitment/{local}")
            store.extend(_thing(f"commitment/{local}", "Commitment", local))
            store.add(Quad(node, NamedNode(f"{DS}hasParent"), iri(f"mission/{mission}")))
            actor = iri(f"actor/a{number % (MOST_COLUMNS + 5)}")
            store.add(Quad(node, NamedNode(f"{DS}ledBy"), actor))
    store.extend(_thing("commitment/9.1a", "Commitment", "9.1a"))
    for number in range(MOST_COLUMNS + 5):
        store.extend(_thing(f"actor/a{number}", "Actor", ""))
    return store


def _thing(local: str, kind: str, notation: str) -> Iterator[Quad]:
    yield Quad(iri(local), TYPE, NamedNode(f"{DS}{kind}"))
    yield Quad(iri(local), NamedNode(f"{SKOS}prefLabel"), Literal(f"The {local}", language="en"))
    if notation:
        yield Quad(iri(local), NamedNode(f"{SKOS}notation"), Literal(notation))


def _cells(root: Element) -> list[list[str]]:
    """The cells of the commitments' rows, as a screen reader says them."""
    rows = [row for row in root.findall(".//table/tbody/tr") if row.get("class") != "group"]
    return [[_spoken(cell) for cell in row] for row in rows]


def _spoken(cell: Element) -> str:
    heard = [
        words(each)
        for each in cell
        if each.get("aria-hidden") != "true" and each.get("class") != "gist"
    ]
    return " ".join([cell.text or "", *heard]).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_role_has_its_mark(store: Store, language: Language) -> None:
    """A cell says in words whether the actor leads the commitment or supports it."""
    assert _cells(tree(page(store, "matrix", language))) == GRID[language]


def test_rows_and_columns_have_heads_that_lead_on(store: Store) -> None:
    """Each actor is the head of its column, each area of its rows, each with a link to its page."""
    root = tree(page(store, "matrix", "fr"))
    heads = [(each.get("scope"), words(each)) for each in root.findall(".//thead/tr/th")]
    links = [each.get("href") for each in root.findall(".//table//th//a")]

    assert heads == [("col", "Engagement"), ("col", "SCT"), ("col", "Partenaires")]
    assert links == [
        "doc/actor/tbs.fr.html",
        "doc/actor/partners.fr.html",
        "doc/mission/1.1.fr.html",
        "doc/commitment/1.1a.fr.html",
        "doc/commitment/1.1b.fr.html",
    ]
    assert [words(each) for each in root.findall(".//th[@scope='rowgroup']")] == [
        "1.1 Orienter la conception"
    ]


def test_the_totals_are_those_of_sparql(store: Store) -> None:
    """At the foot stands how many commitments each actor leads and supports."""
    feet = tree(page(store, "matrix")).findall(".//tfoot/tr")
    shown = [[int(words(cell)) for cell in row.findall("td")] for row in feet]

    assert shown == [
        [_count(store, role, actor) for actor in ("tbs", "partners")]
        for role in ("ledBy", "supportedBy")
    ]


def _count(store: Store, role: str, actor: str) -> int:
    query = ROLES.format(ds=DS, role=role, actor=iri(f"actor/{actor}").value)
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    value = next(found)["n"]
    assert isinstance(value, Literal)
    return int(value.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_has_a_line_for_each_role(store: Store, language: Language) -> None:
    """Solid lines are leads and dashed ones supports; everything named in it is a link."""
    svg = tree(page(store, "matrix", language)).find(f".//{SVG}svg[@class='diagram']")
    assert svg is not None
    lines = [each.get("class") for each in svg.iter(f"{SVG}path")]
    named = {each.get("id") for each in svg} - {None}

    assert (lines.count("leads"), lines.count("supports")) == (2, 1)
    assert [words(each) for each in svg.iter(f"{SVG}a")][1:3] == ["1.1a", "1.1b"]
    assert len(svg.findall(f"{SVG}a")) == 1 + 2 + 2
    assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} == named
    assert all(words(svg.find(f"{SVG}{tag}")) for tag in ("title", "desc"))


def test_large_data_have_a_page_a_mission(large: Store) -> None:
    """With too many commitments for one page, the first leads to one page a mission."""
    root = tree(page(large, "matrix"))
    parts = [path for path in page_paths(large, PUBLICATION) if path.startswith("matrix/")]

    assert parts == ["matrix/mission/1", "matrix/mission/2", "matrix/rest"]
    assert [words(each) for each in root.findall(".//ul[@class='rows']/li")] == [
        "1 The mission/1 160 commitments",
        "2 The mission/2 3 commitments",
        "Under no mission 1 commitment",
    ]
    assert root.find(".//table") is None


def test_what_is_cut_is_said(large: Store) -> None:
    """A mission with too many shows the first of them, says so, and names the query that gives all."""
    root = tree(page(large, "matrix/mission/1"))
    notice = root.find(".//p[@class='notice']")
    assert notice is not None

    assert words(notice) == (
        "Shown here: 150 commitments of 160 commitments, 40 actors of 45 actors. "
        "This question gives all of them."
    )
    assert [each.get("href") for each in notice] == ["../../query/commitments-by-actor.en.html"]
    assert len(_cells(root)) == MOST_ROWS
    assert len(root.findall(".//thead/tr/th")) == 1 + MOST_COLUMNS


def test_a_mission_within_bounds_is_whole(large: Store) -> None:
    """Nothing is said to be cut where nothing is."""
    root = tree(page(large, "matrix/mission/2"))

    assert root.find(".//p[@class='notice']") is None
    assert [row[0] for row in _cells(root)] == ["2.1a", "2.2a", "2.3a"]


def test_without_commitments_it_says_so() -> None:
    """An empty store has no table and no drawing."""
    root = tree(page(Store(), "matrix", "fr"))

    assert "Il n’y a aucun engagement ici." in [words(each) for each in root.iter("p")]
    assert root.find(".//table") is None
    assert root.find(f".//{SVG}svg") is None
