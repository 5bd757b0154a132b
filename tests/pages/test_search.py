"""The page that searches, on a server and as a mere file."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from tests.pages.publishing import LANGUAGES, NOTES, PUBLICATION, page, published, tree, words

from ds2026kg.findings import Language
from ds2026kg.pages import Publication, rendered
from ds2026kg.query.prefixes import DEFAULT_BASE

LIVE = PUBLICATION._replace(live=True)
LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


def asked(store: Store, question: str, language: Language = "en") -> Element:
    """The page that a server gives for `question`."""
    made = rendered(store, LIVE, "search", language, {"q": question})
    assert made is not None
    return tree(made.decode())


def status(root: Element) -> str:
    """What a screen reader is told when the page changes."""
    return words(root.find(".//p[@role='status']"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_names_what_was_found(store: Store, language: Language) -> None:
    """A result has its number, its name, what it is, and the text with the words, in its language."""
    root = asked(store, "écrira", language)
    hits = root.findall(".//ol[@class='rows']/li")
    expected = {
        "en": ("1.1b TBS will <write> CommitmentLe SCT écrira", "doc/commitment/1.1b.en.html"),
        "fr": ("1.1b Le SCT écrira EngagementLe SCT l’écrira", "doc/commitment/1.1b.fr.html"),
    }

    assert [(words(each), each.findall("a")[0].get("href")) for each in hits] == [
        expected[language]
    ]
    assert [words(each) for each in hits[0].iter("mark")][-1] == "écrira"
    assert [each.get("lang") for each in hits[0].findall("p")] == (
        ["fr"] if language == "en" else [None]
    )
    assert (
        status(root)
        == {"en": "1 result for “écrira”.", "fr": "1 résultat pour « écrira »."}[language]
    )


def test_a_name_that_says_it_all_stands_alone(store: Store) -> None:
    """Where the name has all the words, its translation is not quoted beside it."""
    hits = asked(store, "tbs will write", "en").findall(".//ol[@class='rows']/li")

    assert [words(each) for each in hits] == [
        "1.1b TBS will <write> CommitmentTBS will write it down"
    ]


def test_at_most_fifty_are_shown_and_all_are_counted() -> None:
    """Of many results the first are shown, and it is said how many there are."""
    store = Store()
    for number in range(1, 61):
        node = NamedNode(f"{DEFAULT_BASE}id/actor/{number}")
        store.add(Quad(node, LABEL, Literal(f"Plan {number}", language="en")))
    root = asked(store, "plan")

    assert len(root.findall(".//ol[@class='rows']/li")) == 50
    assert status(root) == (
        "60 results for “plan”. The first 50 are shown. One word more narrows them down."
    )


def test_markup_in_a_result_stays_words() -> None:
    """A name that holds markup is shown as it was typed, also where a word of it is marked."""
    store = Store()
    name = "<script>alert(1)</script> <img src=x>"
    store.add(Quad(NamedNode(f"{DEFAULT_BASE}id/actor/a"), LABEL, Literal(name, language="en")))
    root = asked(store, "script <img")
    hits = root.findall(".//ol[@class='rows']/li/a")

    assert [words(each) for each in hits] == [name]
    assert [words(each) for each in hits[0].iter("mark")] == ["script", "script", "img"]
    assert list(root.iter("img")) == []


def test_the_other_language_is_asked_the_same(store: Store) -> None:
    """The switch of language keeps what was asked; without a question it leads to the form."""
    asking, empty = (
        root.findall(".//nav[@class='languages']/a")[0].get("href")
        for root in (asked(store, "a & b?", "fr"), asked(store, "", "fr"))
    )

    assert (asking, empty) == ("search.en.html?q=a%20%26%20b%3F", "search.en.html")


def test_nothing_found_says_what_to_do(store: Store) -> None:
    """Without a result there is help, and what was asked stays in the form."""
    root = asked(store, 'zebra" onfocus="x')
    field = root.find(".//input[@id='search-words']")
    assert field is not None

    assert status(root) == (
        '0 results for “zebra" onfocus="x”. Nothing has all of these words. Try fewer words, or the '
        "beginning of one."
    )
    assert field.get("value") == 'zebra" onfocus="x'


@pytest.mark.parametrize("question", ["", "   "])
def test_nothing_asked_is_a_form_alone(store: Store, question: str) -> None:
    """Without a question there are no results and no message, but a form with a label."""
    root = asked(store, question)
    label = root.find(".//form/label")
    assert label is not None

    assert root.find(".//*[@role='status']") is None
    assert label.get("for") == "search-words"
    assert root.find(".//input[@id='search-words']") is not None


def test_a_question_without_words_finds_nothing(store: Store) -> None:
    """Signs alone are no words."""
    assert status(asked(store, "?!")).startswith("0 results for “?!”.")


def test_a_question_of_any_length_is_cut(store: Store) -> None:
    """A long question is cut before anything is made of it."""
    field = asked(store, "x" * 10_000).find(".//input[@id='search-words']")
    assert field is not None

    assert field.get("value") == "x" * 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mere_file_lists_everything(store: Store, language: Language) -> None:
    """Without a server everything is listed by what it is, and a script filters it."""
    root = tree(page(store, "search", language))
    groups = {
        words(each.find("h3")): [words(item) for item in each.findall("ul/li")]
        for each in root.findall(".//div[@id='search-list']/section")
    }
    scripts = [each.get("src") for each in root.iter("script") if each.get("src")]
    actors = {
        "en": ("Actor", ["Partners", "Treasury Board Secretariat"]),
        "fr": ("Acteur", ["Partenaires", "Secrétariat du Conseil du Trésor"]),
    }
    name, expected = actors[language]

    assert groups[name] == expected
    assert len(groups) == 9
    assert scripts == ["assets/search.js"]


def test_what_the_list_does_not_show_is_in_its_words(store: Store) -> None:
    """The words of an item are its other names and texts, folded."""
    root = tree(page(store, "search"))
    items = {words(each): each.get("data-words") for each in root.findall(".//section/ul/li")}

    assert items["Treasury Board Secretariat"] == "sct | secretariat du conseil du tresor | tbs"


@pytest.mark.parametrize("publication", [PUBLICATION, LIVE])
def test_results_are_not_for_search_engines(store: Store, publication: Publication) -> None:
    """The page asks not to be indexed, since its results are other pages."""
    made = tree(page(store, "search", "en", publication))
    robots = made.find("head/meta[@name='robots']")
    assert robots is not None

    assert robots.get("content") == "noindex"
