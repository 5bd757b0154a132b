"""The tree of missions and the list of actors: whole, in order, and made without asking for each."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from tests.pages.publishing import NOTES, Counting, iri, page, published, tree, words

from ds2026kg.pages.view import TYPE, term

PARENT, LABEL, NOTATION = term("ds:hasParent"), term("skos:prefLabel"), term("skos:notation")
SVG = "{http://www.w3.org/2000/svg}"
MISSION, COMMITMENT = term("ds:Mission"), term("ds:Commitment")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


def outline(element: Element) -> list[Any]:
    """The nested lists in an element: each entry, and then a list of what is under it."""
    told: list[Any] = []
    for entry in element.findall("ul/li"):
        told.append(words(entry.find("p")))
        told += [under] if (under := outline(entry)) else []
    return told


def a_mission(name: str, parent: str = "") -> list[Quad]:
    """What is said of a mission, of that local name, under another."""
    node = iri(f"mission/{name}")
    said = [Quad(node, TYPE, MISSION), Quad(node, NOTATION, Literal(name))]
    return [*said, Quad(node, PARENT, iri(f"mission/{parent}"))] if parent else said


def test_the_tree_is_nested(store: Store) -> None:
    """Missions hold areas, and areas hold commitments, in the order of their numbers."""
    section = tree(page(store, "missions")).find(".//section")

    assert section is not None
    assert words(section.find("h2")) == "Data strategy"
    assert outline(section) == [
        "1 Services",
        ["1.1 Drive design", ["1.1a TBS will act with partners & others", "1.1b TBS will <write>"]],
        "2 Talent",
    ]


def test_the_tree_shows_status_and_leads(store: Store) -> None:
    """A line of the tree has its status, with a shape that is not spoken, and those who lead it."""
    root = tree(page(store, "missions", "fr"))
    how = [words(each) for each in root.iter("p") if each.get("class") == "how"]
    shapes = [each.get("href") for each in root.iter(f"{SVG}use")]
    drawings = [each for each in root.iter(f"{SVG}svg") if each.get("aria-hidden") != "true"]

    assert how == [
        "Responsables : Secrétariat du Conseil du Trésor",
        "En cours Responsables : Secrétariat du Conseil du Trésor",
    ]
    assert (shapes, drawings) == (["#shape-in-progress"], [])


def test_what_is_under_nothing_is_not_lost() -> None:
    """Things without a parent, in a circle, or very deep are shown apart, each once."""
    store = Store()
    store.extend([*a_mission("1"), *a_mission("2", "3"), *a_mission("3", "2")])
    store.extend(quad for n in range(4, 40) for quad in a_mission(f"{n}", f"{max(n - 1, 4)}"))
    root = tree(page(store, "missions"))
    shown = [words(each) for each in root.iter("span") if each.get("class") == "notation"]

    assert sorted(shown, key=int) == [str(number) for number in range(1, 40)]


def test_what_has_two_parents_is_shown_once() -> None:
    """A mission under two others stands under the first of them."""
    store = Store()
    store.extend([*a_mission("1"), *a_mission("2"), *a_mission("3", "1"), *a_mission("3", "2")])
    root = tree(page(store, "missions"))
    section = root.find(".//section")

    assert section is not None
    assert outline(section) == ["1 1", ["3 3"], "2 2"]


def test_a_very_large_tree_leaves_commitments_to_their_areas() -> None:
    """Of more than two thousand things, the tree shows missions, and counts what is under them."""
    root = tree(page(large(2_000), "missions"))
    links = {words(each): each.get("href") for each in root.findall(".//main//a")}

    assert links["Commitments: 2000"] == "doc/mission/1.en.html"
    assert [name for name in links if name.startswith("Commitment ")] == []
    assert "Outside the tree" not in {words(each) for each in root.iter("h2")}


def test_an_empty_strategy_says_so() -> None:
    """Without data, the tree and the list say that there is nothing."""
    assert "The notes describe no strategy." in page(Store(), "missions")
    assert "Les notes ne nomment aucun acteur." in page(Store(), "actors", "fr")


def test_actors_are_counted_and_stand_in_alphabetical_order(store: Store) -> None:
    """Each actor has its type, and how many commitments it leads and supports."""
    rows = [words(each) for each in tree(page(store, "actors")).iter("tr")]

    assert rows[1:] == ["Partners Group 0 1", "Treasury Board Secretariat Federal organization 2 0"]


def test_accents_do_not_change_the_order_of_actors() -> None:
    """Names are sorted as in a dictionary: É beside E."""
    store = Store()
    for number, name in enumerate(["Zone", "École", "eau", "Edmonton"]):
        node = iri(f"actor/{number}")
        store.extend([Quad(node, TYPE, term("ds:Actor")), Quad(node, LABEL, Literal(name))])
    rows = [words(each.find("th")) for each in tree(page(store, "actors")).findall(".//tbody/tr")]

    assert rows == ["eau", "École", "Edmonton", "Zone"]


@pytest.mark.parametrize(
    "path",
    [
        "missions",
        "actors",
        "doc/actor/tbs",
        "doc/status/in-progress",
        "doc/status",
        "doc/mission/1",
    ],
)
def test_a_page_asks_the_store_no_more_for_more_lines(path: str) -> None:
    """A page of nine hundred commitments asks the store as little as one of three hundred."""
    asked = []
    for many in (300, 900):
        counting = Counting(large(many))
        page(cast("Store", counting), path)
        asked.append(counting.asked)

    assert asked[1] <= asked[0] < 500


def large(many: int) -> Store:
    """A store in which one actor leads `many` commitments of one status, under one mission."""
    store = Store()
    strategy, mission = iri("strategy/s"), iri("mission/1")
    actor, status = iri("actor/tbs"), iri("status/in-progress")
    quads = [
        Quad(strategy, TYPE, term("ds:Strategy")),
        Quad(mission, TYPE, MISSION),
        Quad(mission, PARENT, strategy),
        Quad(actor, TYPE, term("ds:Actor")),
        Quad(status, term("skos:inScheme"), iri("status")),
        Quad(iri("status"), LABEL, Literal("Status")),
    ]
    said: dict[NamedNode, NamedNode] = {
        TYPE: COMMITMENT,
        PARENT: mission,
        term("ds:ledBy"): actor,
        term("ds:status"): status,
    }
    for number in range(many):
        node = iri(f"commitment/1.{number}")
        quads += [Quad(node, predicate, value) for predicate, value in said.items()]
        quads.append(Quad(node, LABEL, Literal(f"Commitment {number}", language="en")))
    store.bulk_extend(quads)
    return store
