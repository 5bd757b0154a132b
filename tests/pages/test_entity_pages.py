"""The page about a thing: where it stands, what it rests on, what changed, and the query behind it."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from tests.pages.publishing import NOTES, PUBLICATION, iri, page, published, tree, words

from ds2026kg.findings import Language
from ds2026kg.history import Change, Changes
from ds2026kg.pages import page_paths, rendered
from ds2026kg.pages.statements import query_for
from ds2026kg.pages.view import View, term
from ds2026kg.query.run import Triples, run

SUBJECT = term("rdf:subject")
DERIVED = term("prov:wasDerivedFrom")
MISSING = "Not given in the notes"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


def facts(html: str) -> dict[str, list[str]]:
    """The facts of a page, by their names."""
    found = (each for each in tree(html).iter("dl") if each.get("class") == "facts")
    divisions = [division for each in found for division in each]
    return {words(each.find("dt")): [words(dd) for dd in each.iter("dd")] for each in divisions}


def test_the_query_of_a_page_gives_its_statements(store: Store) -> None:
    """For each thing the query gives what is said of it, the records of that, and the passages."""
    view = View(store, "en")
    for node in view.things():
        records = [*view.subjects(SUBJECT, node), *view.values(node, DERIVED)]
        told = {
            quad.triple
            for each in (node, *records)
            if isinstance(each, NamedNode)
            for quad in store.quads_for_pattern(each, None, None)
        }
        answer = run(store, query_for(node))

        assert isinstance(answer, Triples)
        assert set(answer.triples) == told


def test_every_statement_is_in_the_table(store: Store) -> None:
    """The table of a page has a line for each value of each property."""
    for path in page_paths(store, PUBLICATION):
        if path.startswith("doc/"):
            node = iri(path.removeprefix("doc/"))
            triples = {quad.triple for quad in store.quads_for_pattern(node, None, None)}
            table = list(tree(page(store, path)).iter("tbody"))
            figures = [each for body in table for each in body.findall("tr/td[@class='figure']")]

            assert sum(map(len, table)) - len(figures) == len(triples)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            {
                "Led by": ["Treasury Board Secretariat Asserted · Mission 1.1b.md, line 8"],
                "Status": ["In Progress Asserted · Mission 1.1b.md, line 6"],
                "Priority": ["Year 1 priority Asserted · Mission 1.1b.md, line 7"],
                "Part of": [
                    "1.1 Drive design Derived from “Mission 1.1b” · Mission 1.1b.md, line 13"
                ],
                "Also called": ["Mission 1.1b"],
                "Sources": ["https://example.org/tracker?a=1&b=2"],
                "In French": ["Le SCT écrira fr", "Le SCT l’écrira fr"],
            },
        ),
        (
            "fr",
            {
                "Responsables": [
                    "Secrétariat du Conseil du Trésor Affirmé · Mission 1.1b.md, ligne 8"
                ],
                "Statut": ["En cours Affirmé · Mission 1.1b.md, ligne 6"],
                "Priorité": ["Année 1 priorité Affirmé · Mission 1.1b.md, ligne 7"],
                "Relève de": [
                    "1.1 Orienter la conception Déduit d’après « Mission 1.1b » "
                    "· Mission 1.1b.md, ligne 13"
                ],
                "Autres noms": ["Mission 1.1b en"],
                "Sources": ["https://example.org/tracker?a=1&b=2"],
                "En anglais": ["TBS will <write> en", "TBS will write it down en"],
            },
        ),
    ],
)
def test_facts_say_what_they_rest_on(
    language: Language, expected: dict[str, list[str]], store: Store
) -> None:
    """Each fact about a commitment comes with its basis, its words, its note and its line."""
    assert facts(page(store, "doc/commitment/1.1b", language)) == expected


def test_missing_french_is_said(store: Store) -> None:
    """Where notes give no French, the page says so in either language, and marks the English."""
    english = page(store, "doc/commitment/1.1a", "en")
    french = tree(page(store, "doc/commitment/1.1a", "fr"))
    notice = next(each for each in french.iter("div") if each.get("class") == "notice")

    assert facts(english)["In French"] == ["The notes give no French name."]
    assert [words(each) for each in notice] == [
        "Les notes ne donnent ce nom qu’en anglais; il n’a pas été traduit.",
        "Les notes ne donnent aucune définition en français de cette entité; "
        "aucune n’a été inventée.",
    ]
    assert [each.attrib for each in french.findall(".//h1/span")] == [{"lang": "en"}]


def test_what_a_commitment_ought_to_have_is_missed(store: Store) -> None:
    """A commitment without a status says that the notes give none."""
    told = facts(page(store, "doc/commitment/1.1a"))

    assert (told["Status"], told["Priority"]) == ([MISSING], [MISSING])


def test_a_page_stands_in_the_tree(store: Store) -> None:
    """The way leads from the strategy down; what is before, after and under a thing is linked."""
    root = tree(page(store, "doc/mission/1"))
    navigations = {each.get("class"): each for each in root.iter("nav")}
    under = next(each for each in root.iter("ul") if each.get("class") == "rows")

    trail = [words(each) for each in navigations["trail"].iter("li")]
    assert trail == ["Home", "Data strategy", "1 Services"]
    assert [words(each) for each in navigations["siblings"]] == ["Next 2 Talent"]
    assert [each.get("href") for each in under.iter("a")] == ["../../doc/mission/1.1.en.html"]


def test_an_actor_has_all_it_leads_and_supports_by_mission(store: Store) -> None:
    """An actor’s page counts and lists its commitments, and says it where there are none."""
    root = tree(page(store, "doc/actor/tbs"))
    sections = {words(each.find("h2")): each for each in root.iter("section")}

    led, supported = sections["Leads 2"], sections["Supports 0"]
    assert [words(each) for each in led.iter("h3")] == ["1 Services 2"]
    assert [words(each) for each in led.iter("li")] == [
        "1.1a TBS will act with partners & others",
        "1.1b TBS will <write> In Progress",
    ]
    assert [words(each) for each in supported.iter("p")] == ["None in the notes"]


def rows_of_first_table(root: Element) -> list[str]:
    """The words of each row in the body of the first table of a page."""
    body = root.find(".//tbody")
    assert body is not None
    return [words(each) for each in body]


def test_a_concept_has_what_is_said_with_it(store: Store) -> None:
    """A status lists its commitments, its scheme counts them, and a basis counts statements."""
    status = tree(page(store, "doc/status/in-progress"))
    scheme = tree(page(store, "doc/status"))
    basis = tree(page(store, "doc/basis/derived"))

    assert "Commitments with this status 1" in {words(each) for each in status.iter("h2")}
    assert "Statements with this basis" in {words(each) for each in basis.iter("h2")}
    assert rows_of_first_table(scheme) == [
        "Behind 0",
        "Completed 0",
        "In Progress 1",
        "Not Started 0",
        "Paused 0",
    ]
    assert rows_of_first_table(basis) == [
        "has parent 4",
        "led by 1",
        "supported by 1",
    ]


def test_changes_since_a_release_are_listed(store: Store) -> None:
    """What is new and what is gone is shown with its property; without a release nothing is."""
    node = iri("commitment/1.1b")
    changes = {
        node.value: (
            Change(True, term("ds:status"), iri("status/in-progress")),
            Change(False, term("skos:prefLabel"), Literal("TBS wrote", language="en")),
        )
    }
    publication = PUBLICATION._replace(changes=Changes("1.0", changes))
    root = tree(page(store, "doc/commitment/1.1b", "en", publication))
    other = page(store, "doc/commitment/1.1a", "en", publication)
    lists = [each for each in root.iter("ul") if each.get("class") == "changes"]

    assert [words(each) for changed in lists for each in changed] == [
        "Added status: In Progress",
        "Removed label: TBS wrote",
    ]
    assert "Nothing has changed." in other
    assert "Nothing has changed." not in page(store, "doc/commitment/1.1a")


def test_the_query_can_be_asked_where_there_is_an_endpoint(store: Store) -> None:
    """A page leads to the query page with its query, if the publication has an endpoint."""
    asking = page(store, "doc/actor/tbs", "fr", PUBLICATION._replace(endpoint="sparql"))

    assert 'href="../../query.fr.html?query=PREFIX+prov' in asking
    assert "query.fr.html" not in page(store, "doc/actor/tbs", "fr")


@pytest.mark.parametrize("path", ["doc/mission/99", "doc/%", "doc/a b", "doc/", "nothing"])
def test_there_is_no_page_about_nothing(path: str, store: Store) -> None:
    """What the data do not tell of has no page."""
    assert rendered(store, PUBLICATION, path, "en") is None


def test_a_circle_of_parents_ends() -> None:
    """Things that are under each other have pages all the same."""
    parent, one, two = term("ds:hasParent"), iri("mission/1"), iri("mission/2")
    store = Store()
    store.extend([Quad(one, parent, two), Quad(two, parent, one), Quad(one, parent, one)])

    assert "mission/2.en.html" in page(store, "doc/mission/1")
