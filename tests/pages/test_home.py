"""The first page: counts, statuses, the missions, and the data set for search engines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Store
from tests.pages.publishing import LANGUAGES, NOTES, PUBLICATION, page, published, tree, words

from ds2026kg.findings import Language
from ds2026kg.pages import Download

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = {
    "en": ["2 missions", "1 area for action", "2 commitments", "2 actors"],
    "fr": ["2 missions", "1 domaine d’action", "2 engagements", "2 acteurs"],
}
SHARES = {
    "en": [("In Progress", "1", "50.0"), ("No status recorded", "1", "50.0")],
    "fr": [("En cours", "1", "50.0"), ("Aucun statut consigné", "1", "50.0")],
}
MISSIONS = {
    "en": ["1 Services 2 commitments", "2 Talent 0 commitments"],
    "fr": ["1 Services 2 engagements", "2 Talent 0 engagement"],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_counts_what_there_is(store: Store, language: Language) -> None:
    """Missions, areas, commitments and actors are counted, each with its word and its page."""
    figures = tree(page(store, "index", language)).findall(".//ul[@class='figures']/li/a")

    assert [words(each) for each in figures] == FIGURES[language]
    assert [each.get("href") for each in figures] == [
        f"{path}.{language}.html" for path in ("missions", "missions", "matrix", "actors")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_shows_how_far_the_commitments_are(store: Store, language: Language) -> None:
    """Each status has its number and a bar of that part of the width; those without come last."""
    rows = tree(page(store, "index", language)).findall(".//table[@class='shares']/tbody/tr")
    shown = []
    for row in rows:
        bar = row.find(f".//{SVG}rect")
        assert bar is not None
        shown.append((words(row.find("th")), words(row.find("td")), bar.get("width")))

    assert shown == SHARES[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_enters_by_a_mission(store: Store, language: Language) -> None:
    """The missions that are under no other are listed, with how many commitments each has."""
    listed = tree(page(store, "index", language)).findall(".//ul[@class='rows']/li")

    assert [words(each) for each in listed] == MISSIONS[language]


def test_search_engines_find_the_data_set(store: Store) -> None:
    """The structured data are a Dataset with both names, its licence and each of its files."""
    publication = PUBLICATION._replace(
        downloads=(Download("ds2026.ttl", "text/turtle", 7, "ab"), Download("x.nq", "text/x"))
    )
    script = tree(page(store, "index", "fr", publication)).find(".//script")
    assert script is not None

    assert json.loads(script.text or "") == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": PUBLICATION.base,
        "name": "Stratégie relative aux données",
        "alternateName": [{"@value": "Data strategy", "@language": "en"}],
        "description": "Voici une stratégie gouvernementale sous forme de données\u00a0: ce qu’elle "
        "entend accomplir, qui est responsable de chaque engagement ou l’appuie, et où en sont les "
        "travaux. Tout peut être retracé jusqu’à la note et à la ligne où cela a été lu.",
        "url": "index.fr.html",
        "inLanguage": ["en", "fr"],
        "license": PUBLICATION.licence,
        "isAccessibleForFree": True,
        "dateModified": "2024-08-19",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": "ds2026.ttl",
                "contentUrl": "ds2026.ttl",
                "encodingFormat": "text/turtle",
                "contentSize": "7 B",
                "sha256": "ab",
            },
            {
                "@type": "DataDownload",
                "name": "x.nq",
                "contentUrl": "x.nq",
                "encodingFormat": "text/x",
            },
        ],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_data_it_says_so(language: Language) -> None:
    """An empty store gives a page that has the name of the publication and says that it is empty."""
    root = tree(page(Store(), "index", language))
    said = {"en": "There are no data here yet.", "fr": "Il n’y a pas encore de données ici."}

    assert words(root.find(".//h1")) == PUBLICATION.name
    assert said[language] in [words(each) for each in root.iter("p")]
    assert root.find(".//table") is None
