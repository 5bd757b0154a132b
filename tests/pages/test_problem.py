"""The page that tells people what is wrong with a request."""

from __future__ import annotations

import pytest
from tests.pages.publishing import LANGUAGES, PUBLICATION, tree, words

from ds2026kg.findings import Language
from ds2026kg.pages import problem

HOSTILE = "</h1><script>alert(1)</script>{{ 7 * 7 }}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_is_wrong_and_what_to_do(language: Language) -> None:
    """The page has the title, the detail, the remedy and the status, and a form to search by."""
    root = tree(problem(PUBLICATION, 404, "T", "D", "R", language=language, root="/").decode())
    main = root.find(".//main")
    assert main is not None
    status = {"en": "Status 404", "fr": "Statut 404"}[language]

    assert root.get("lang") == language
    assert words(main.find("h1")) == "T"
    said = [words(each) for each in main.findall("p")]
    assert [said[0], said[1], said[-1]] == ["D.", "R.", status]
    assert main.find("form") is not None


@pytest.mark.parametrize(("root", "start"), [("/", "/"), ("/deep/site/", "/deep/site/"), ("", "")])
def test_its_links_hold_under_any_path(root: str, start: str) -> None:
    """Links lead from the root that is given, whatever the address that failed."""
    page = tree(problem(PUBLICATION, 500, "T", "D", language="fr", root=root).decode())
    form = page.find(".//main/form")
    assert form is not None
    links = {each.get("href", "") for each in page.iter() if each.get("href")}
    relative = {link for link in links if not link.startswith(("#", "http"))}

    assert form.get("action") == f"{start}search.fr.html"
    assert f"{start}index.en.html" in relative
    assert f"{start}assets/site.css" in relative
    assert all(link.startswith(start) for link in relative)


def test_words_of_a_request_stay_words() -> None:
    """What a request says is shown as it was typed."""
    made = problem(PUBLICATION, 400, HOSTILE, HOSTILE, HOSTILE).decode()
    root = tree(made)

    assert words(root.find(".//h1")) == HOSTILE
    assert "<script>alert" not in made


def test_it_is_not_for_search_engines() -> None:
    """A page of an error asks not to be indexed."""
    robots = tree(problem(PUBLICATION, 404, "T", "D").decode()).find("head/meta[@name='robots']")
    assert robots is not None

    assert robots.get("content") == "noindex"


def test_a_drawing_of_the_place_keeps_its_columns() -> None:
    """The lines of a detail after its first are shown as they are, in a region with a name."""
    page = tree(problem(PUBLICATION, 400, "T", "not here\n  WHERE\n  ^").decode())
    drawn = page.find(".//main/pre")
    assert drawn is not None

    assert "".join(drawn.itertext()) == "  WHERE\n  ^"
    assert (drawn.get("role"), drawn.get("aria-label")) == ("region", "Where it is")
