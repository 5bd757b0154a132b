"""The pages of the stored queries: the list beside the form, and one page each."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import QuerySolutions, Store
from tests.pages.publishing import LANGUAGES, NOTES, PUBLICATION, page, published, tree, words

from ds2026kg.findings import Language
from ds2026kg.pages import page_paths, rendered
from ds2026kg.pages.questions import columns, text_of
from ds2026kg.pages.view import View
from ds2026kg.query.named import load_queries, parse_query
from ds2026kg.query.prefixes import PREFIXES
from ds2026kg.resources import resource_folder

STORED = load_queries(resource_folder("queries"))
ASKED = PUBLICATION._replace(endpoint="sparql")


def spoken(name: str, language: Language) -> str:
    """The text of a stored query with that language in the place of English."""
    text = STORED[name].text.replace('VALUES ?lang { "en" }', f'VALUES ?lang {{ "{language}" }}')
    return text.replace("lang: language-tag = en", f"lang: language-tag = {language}")


def bare(name: str, language: Language) -> str:
    """The same without its header."""
    return spoken(name, language).partition("\n\n")[2]


CHOICES = {
    "en": [
        [
            "entity",
            "the entity, such as 3.2a, tbs or mission/3",
            "entity",
            "must be given",
        ],
        [
            "lang",
            "language of the answer; what it lacks is shown in another and marked",
            "language",
            "en",
        ],
    ],
    "fr": [
        [
            "entity",
            "l’entité, p. ex. 3.2a, tbs ou mission/3",
            "entité",
            "à donner",
        ],
        [
            "lang",
            "langue de la réponse; ce qui y manque paraît dans une autre, avec une marque",
            "langue",
            "en",
        ],
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


@pytest.mark.parametrize("name", STORED)
def test_a_query_answers_in_the_language_of_its_page(name: str) -> None:
    """The text on a page asks in its language, and is a stored query as the program reads them."""
    text = text_of(STORED[name], View(Store(), "fr"))
    parameters = {
        each.name: each.default for each in parse_query(name, text, strict=True).parameters
    }

    assert text == spoken(name, "fr")
    assert text_of(STORED[name], View(Store(), "en")) == STORED[name].text
    assert parameters["lang"] == "fr"


def test_each_stored_query_has_a_page(store: Store) -> None:
    """There is a page for each query, and none for any other name."""
    paths = [path for path in page_paths(store, ASKED) if path.startswith("query/")]

    assert paths == [f"query/{name}" for name in STORED]
    assert rendered(store, ASKED, "query/unknown", "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_titles_and_descriptions(store: Store, language: Language) -> None:
    """Every stored query is listed in the language of the page, with a link to its own."""
    items = tree(page(store, "query", language, ASKED)).findall(".//ul[@class='rows']/li")
    shown = [(words(each.find("a")), words(each.find("p"))) for each in items]

    assert shown == [
        (query.title.in_language(language), query.description.in_language(language))
        for query in STORED.values()
    ]
    assert [each.findall("a")[0].get("href") for each in items] == [
        f"query/{name}.{language}.html" for name in STORED
    ]


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ({}, bare("leads-by-actor", "en")),
        ({"name": "about-entity"}, bare("about-entity", "en")),
        ({"query": "ASK { </textarea> }"}, "ASK { </textarea> }"),
        ({"name": "about-entity", "query": "\nASK {}"}, "\nASK {}"),
        ({"name": "unknown"}, ""),
    ],
)
def test_the_form_holds_what_is_asked_for(
    store: Store, parameters: dict[str, str], text: str
) -> None:
    """The form asks the endpoint by itself, and holds the query that the address names or carries."""
    made = rendered(store, ASKED._replace(live=True), "query", "en", parameters)
    assert made is not None
    root = tree(made.decode())
    form, area = root.find(".//main//form"), root.find(".//textarea")
    assert form is not None
    assert area is not None

    assert (form.get("action"), form.get("method"), area.get("name")) == (
        "results.en.html",
        "get",
        "query",
    )
    assert (area.text or "") == text
    assert root.find(f".//label[@for='{area.get('id')}']") is not None


def test_the_editor_is_given_what_it_needs(store: Store) -> None:
    """Its script finds the endpoint, the prefixes, the stored queries and the terms in the page."""
    root = tree(page(store, "query", "fr", ASKED))
    editor = root.find(".//div[@id='query-editor']")
    assert editor is not None
    blocks = {
        each.get("id"): json.loads(each.text or "")
        for each in root.iter("script")
        if each.get("type") == "application/json"
    }

    assert {name: editor.get(f"data-{name}") for name in ("endpoint", "language", "base")} == {
        "endpoint": "sparql",
        "language": "fr",
        "base": PUBLICATION.base,
    }
    assert blocks["query-prefixes"] == dict(PREFIXES)
    assert blocks["query-stored"][0] == {
        "name": "about-entity",
        "title": "À propos d’une entité",
        "description": STORED["about-entity"].description.fr,
        "text": bare("about-entity", "fr"),
    }
    assert {
        "iri": f"{PREFIXES['ds']}ledBy",
        "label": "a pour responsable",
        "kind": "property",
    } in blocks["query-terms"]


def test_without_an_endpoint_there_is_no_form(store: Store) -> None:
    """Mere files list the queries; the navigation leads there only where one can ask."""
    without, within = tree(page(store, "query")), tree(page(store, "index", "en", ASKED))
    links = [
        [words(each) for each in root.findall(".//nav[@class='pages']//a")]
        for root in (without, within)
    ]

    assert without.find(".//form") is None
    assert [each for each in without.iter("script") if each.get("src")] == []
    assert ["Query" in each for each in links] == [False, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_query_says_what_may_be_chosen(store: Store, language: Language) -> None:
    """Each parameter has its meaning, its type and its default, or must be given."""
    root = tree(page(store, "query/about-entity", language))
    rows = root.findall(".//table/tbody/tr")
    code = [each.text for each in root.findall(".//pre/code")]

    assert [[words(cell) for cell in row] for row in rows] == CHOICES[language]
    assert code == [
        f"ds2026kg query about-entity --param entity=… --format csv --lang {language}",
        spoken("about-entity", language),
    ]


@pytest.mark.parametrize(
    ("endpoint", "live", "links"),
    [
        ("", False, []),
        ("sparql", True, ["../query.en.html?name=missing-french", "../sparql?query="]),
        ("https://e.org/s", False, ["../query.en.html#query=", "https://e.org/s?query="]),
    ],
)
def test_a_query_leads_to_its_answer(
    store: Store, endpoint: str, live: bool, links: list[str]
) -> None:
    """Where there is an endpoint, a query opens in the editor and is asked by a link."""
    publication = PUBLICATION._replace(endpoint=endpoint, live=live)
    root = tree(page(store, "query/missing-french", "en", publication))
    text = quote(bare("missing-french", "en"))
    found = [each.get("href") for each in root.findall(".//main/ul/li/a")]

    assert found == [f"{link}{text}" if link.endswith("=") else link for link in links]


@pytest.mark.parametrize("name", STORED)
def test_columns_are_those_of_the_answer(store: Store, name: str) -> None:
    """The columns that a page names are the variables that the engine answers with, in order."""
    found = store.query(STORED[name].text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)

    assert columns(STORED[name].text) == tuple(each.value for each in found.variables)


def test_the_examples_in_a_query_are_of_the_data_set() -> None:
    """Under another base, the entity that a query holds as its example has that base."""
    publication = ASKED._replace(base="https://example.org/")
    code = tree(page(Store(), "query/about-entity", "en", publication)).findall(".//pre/code")[1]

    assert "VALUES ?entity { <https://example.org/id/commitment/3.2a> }" in (code.text or "")
