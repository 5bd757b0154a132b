"""The page of the data set: its files, its terms, its counts and what lacks French."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store
from tests.pages.publishing import LANGUAGES, NOTES, PUBLICATION, page, published, tree, words

from ds2026kg.build import build
from ds2026kg.config import Settings
from ds2026kg.findings import Language
from ds2026kg.pages import Download
from ds2026kg.pages.dataset import described
from ds2026kg.query.named import load_queries
from ds2026kg.resources import resource_folder

SUM = "0123456789abcdef" * 4
FILES = (
    Download("small.ttl", "text/turtle", 51_366, SUM),
    Download("commitments.csv", "text/csv", 12),
    Download("other.bin", "application/octet-stream"),
)
LISTED = {
    "en": [
        ["small.ttl", "The graph, in Turtle", "text/turtle", "51.4 kB", SUM],
        ["commitments.csv", "The commitments, as a table (CSV)", "text/csv", "12 B", ""],
        ["other.bin", "", "application/octet-stream", "", ""],
    ],
    "fr": [
        ["small.ttl", "Le graphe, en Turtle", "text/turtle", "51,4 ko", SUM],
        ["commitments.csv", "Les engagements, en tableau (CSV)", "text/csv", "12 o", ""],
        ["other.bin", "", "application/octet-stream", "", ""],
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


def rows(root: Element, place: int) -> list[list[str]]:
    """The cells of the body of the table at that place in the page."""
    table = root.findall(".//table")[place]
    return [[words(cell) for cell in row] for row in table.findall("tbody/tr")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_is_told(store: Store, language: Language) -> None:
    """A download has its name, what it is in words, its media type, its size and its checksum."""
    root = tree(page(store, "dataset", language, PUBLICATION._replace(downloads=FILES)))

    assert rows(root, 0) == LISTED[language]
    assert [each.get("href") for each in root.findall(".//table[1]/tbody/tr/th/a")][:1] == [
        "small.ttl"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_of_a_build_is_told_in_words(tmp_path: Path, language: Language) -> None:
    """Whatever a build writes is told in words, and no two files in the same."""
    (tmp_path / "notes").mkdir()
    for name, text in NOTES.items():
        (tmp_path / "notes" / name).write_text(text, encoding="utf-8")
    made = build(tmp_path / "notes", tmp_path / "dist", Settings(), validate=False)
    assert made.manifest is not None
    files = [Download(file["name"], file["mediaType"]) for file in made.manifest["files"]]
    told = [described(file, language) for file in [*files, Download("manifest.json", "")]]

    assert all(told)
    assert len(set(told)) == len(told)


def test_the_graphs_and_their_union_are_counted(store: Store) -> None:
    """The counts of the page are those that SPARQL gives."""
    root = tree(page(store, "dataset"))
    by_graph = _asked(store, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    union = _asked(store, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
    foot = root.findall(".//table")[1].findall("tfoot/tr/td")

    told = {row[0]: row[2].replace(",", "") for row in rows(root, 1)}
    assert sorted(told.items()) == sorted(by_graph)
    assert [words(each).replace(",", "") for each in foot] == [union[0][0]]


def test_a_statement_in_two_graphs_is_one() -> None:
    """The graphs are counted each by itself, and together each statement once."""
    store = Store()
    node = NamedNode("urn:a")
    for graph in ("strategy", "provenance"):
        store.add(Quad(node, node, node, NamedNode(f"{PUBLICATION.base}graph/{graph}")))
    root = tree(page(store, "dataset"))

    assert [row[2] for row in rows(root, 1)] == ["1", "1"]
    assert words(root.find(".//tfoot/tr/td")) == "1"


def test_things_and_bases_are_counted(store: Store) -> None:
    """Missions, commitments and actors are counted, and the statements by what they rest on."""
    root = tree(page(store, "dataset"))
    bases = _asked(
        store,
        "SELECT ?label (COUNT(DISTINCT ?r) AS ?n) { ?r <https://w3id.org/ds2026/ontology#basis> ?b . ?b "
        "<http://www.w3.org/2004/02/skos/core#prefLabel> ?label FILTER(LANG(?label) = 'en') } "
        "GROUP BY ?label",
    )

    assert rows(root, 0) == [["Mission", "3"], ["Commitment", "2"], ["Actor", "2"]]
    assert sorted(map(tuple, rows(root, 2))) == sorted(bases)


def test_missing_french_is_counted_as_the_stored_query_lists_it(store: Store) -> None:
    """As many texts lack French as `missing-french` has rows, by property."""
    listed = _asked(store, load_queries(resource_folder("queries"))["missing-french"].text)
    counted = rows(tree(page(store, "dataset")), 3)

    assert sum(int(row[2]) for row in counted) == len(listed) > 0
    assert [row[1:] for row in counted] == [["8", "1"], ["4", "2"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_how_to_cite(store: Store, language: Language) -> None:
    """The citation has the name in the language of the page, the date of the notes, and the base."""
    cited = {
        "en": f"Data strategy [Data set]. Version of 2024-08-19. {PUBLICATION.base}",
        "fr": f"Stratégie relative aux données [Jeu de données]. Version du 2024-08-19. "
        f"{PUBLICATION.base}",
    }
    told = [words(each) for each in tree(page(store, "dataset", language)).iter("dd")]

    assert cited[language] in told
    assert "https://w3id.org/ds2026/id/commitment/1.1a" in told


@pytest.mark.parametrize(
    ("endpoint", "shown"),
    [("sparql", "sparql"), ("https://example.org/sparql", "https://example.org/sparql")],
)
def test_the_endpoint_is_told(store: Store, endpoint: str, shown: str) -> None:
    """The address of the endpoint is given where there is one."""
    root = tree(page(store, "dataset", "en", PUBLICATION._replace(endpoint=endpoint)))

    assert shown in [words(each) for each in root.findall(".//dd/code")]


def _asked(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [tuple(getattr(term, "value", "") for term in row) for row in found]
