"""What changed since an earlier release: a page that lists it, and the pages of the things themselves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store

from ds2026kg.findings import Language
from ds2026kg.history import Change, Changes
from ds2026kg.pages import page_paths, rendered

from .publishing import NOTES, PUBLICATION, iri, page, published, tree, words

SKOS = "http://www.w3.org/2004/02/skos/core#"
LABEL = NamedNode(f"{SKOS}prefLabel")
NOTATION = NamedNode(f"{SKOS}notation")
STATUS = NamedNode("https://w3id.org/ds2026/ontology#status")
SOURCE = NamedNode("http://purl.org/dc/terms/source")
WRITE, GONE, TALENT = iri("commitment/1.1b"), iri("commitment/1.1z"), iri("mission/2")
CHANGES = Changes(
    "2024-08-19",
    {
        WRITE.value: (
            Change(False, SOURCE, Literal("<script>x</script>")),
            Change(True, SOURCE, NamedNode("javascript:alert(1)")),
            Change(False, STATUS, iri("status/not-started")),
            Change(True, STATUS, iri("status/in-progress")),
        ),
        GONE.value: (
            Change(False, NOTATION, Literal("1.1z")),
            Change(False, LABEL, Literal("An old one", language="en")),
            Change(False, LABEL, Literal("Un ancien", language="fr")),
        ),
        TALENT.value: (Change(True, LABEL, Literal("Talent", language="en")),),
    },
    new=frozenset({TALENT.value}),
    gone=frozenset({GONE.value}),
)
COMPARED = PUBLICATION._replace(changes=CHANGES)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What the notes of the small strategy say."""
    return published(NOTES, tmp_path_factory.mktemp("notes"))


def said(html: str) -> list[str]:
    """The text of each heading, line and term of the main part of a page, in order."""
    main = tree(html).find(".//main")
    assert main is not None
    told: Iterable[str] = ("h1", "h2", "h3", "p", "li", "dt")
    return [words(each) for each in main.iter() if each.tag in told]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "What changed",
                "Since 2024-08-19. New: 1; altered: 1; gone: 1.",
                "Only what is said counts here: a line that moved in its note, or the date of a note, "
                "does not.",
                "New 1",
                "2 Talent",
                "Gone 1",
                "1.1z An old one",
                "Altered 1",
                "1.1b TBS will <write>",
                "source",
                "Removed <script>x</script>",
                "Added javascript:alert(1)",
                "status",
                "Removed Not Started",
                "Added In Progress",
            ],
        ),
        (
            "fr",
            [
                "Ce qui a changé",
                "Depuis 2024-08-19. Nouveautés : 1; modifications : 1; disparitions : 1.",
                "Seul compte ce qui est dit : une ligne déplacée dans sa note ou la date d’une note "
                "n’y figurent pas.",
                "Nouveautés 1",
                "2 Talent",
                "Disparitions 1",
                "1.1z Un ancien",
                "Modifications 1",
                "1.1b Le SCT écrira",
                "source",
                "Retiré <script>x</script>",
                "Ajouté javascript:alert(1)",
                "statut",
                "Retiré Non entamée",
                "Ajouté En cours",
            ],
        ),
    ],
)
def test_the_page_lists_what_is_new_gone_and_altered(
    store: Store, language: Language, expected: list[str]
) -> None:
    """Each thing by its name, what is gone as it was called, and each value before and after."""
    assert said(page(store, "changes", language, COMPARED)) == expected


def test_links_lead_to_what_is_there_alone(store: Store) -> None:
    """New and altered things, and values, lead to their pages; what is gone leads nowhere."""
    main = tree(page(store, "changes", "fr", COMPARED)).find(".//main")
    assert main is not None
    assert [link.get("href") for link in main.iter("a")] == [
        "doc/mission/2.fr.html",
        "doc/commitment/1.1b.fr.html",
        "doc/status/not-started.fr.html",
        "doc/status/in-progress.fr.html",
    ]


def test_nothing_changed_is_said(store: Store) -> None:
    """An empty list is told as such."""
    same = PUBLICATION._replace(changes=Changes("2024-08-19", {}))
    assert said(page(store, "changes", "en", same))[-1] == "Nothing has changed."


def test_without_an_earlier_release_there_is_no_such_page(store: Store) -> None:
    """Neither the page nor its name in the navigation is there; with one, both are."""
    assert rendered(store, PUBLICATION, "changes", "en") is None
    assert "changes" not in page_paths(store, PUBLICATION)
    assert "changes.en.html" not in page(store, "index")
    assert "changes" in page_paths(store, COMPARED)
    assert 'href="changes.en.html">What changed</a>' in page(store, "index", "en", COMPARED)


def test_the_page_of_a_thing_tells_its_own_changes(store: Store) -> None:
    """What came and what went, below the release that it is compared with; or that nothing did."""
    own = said(page(store, "doc/commitment/1.1b", "fr", COMPARED))
    assert [each for each in own if each.startswith(("Ajouté", "Retiré"))] == [
        "Retiré source : <script>x</script>",
        "Ajouté source : javascript:alert(1)",
        "Retiré statut : Non entamée",
        "Ajouté statut : En cours",
    ]
    other = said(page(store, "doc/commitment/1.1a", "fr", COMPARED))
    assert "Rien n’a changé." in other


def test_a_thing_that_is_gone_without_a_name_has_its_identifier(
    store: Store, tmp_path: Path
) -> None:
    """What nobody named is told by the end of its IRI."""
    gone = Changes(
        tmp_path.name,
        {GONE.value: (Change(False, STATUS, iri("status/x")),)},
        gone=frozenset({GONE.value}),
    )
    told = said(page(store, "changes", "en", PUBLICATION._replace(changes=gone)))
    assert told[-2:] == ["Gone 1", "1.1z"]
