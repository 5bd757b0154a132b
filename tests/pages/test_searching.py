"""Words into things: folding, ranking, and the words that are marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad, Store
from tests.pages.publishing import NOTES, published

from ds2026kg.pages.searching import (
    MOST_WORDS,
    Piece,
    entries,
    excerpt,
    fold,
    marked,
    search,
    words_of,
)
from ds2026kg.pages.view import View
from ds2026kg.query.prefixes import DEFAULT_BASE

FOLDED = [
    ("Équipe", "equipe"),
    ("E\u0301QUIPE", "equipe"),
    ("L’Œuvre", "l œuvre"),
    ("data-driven services", "data driven services"),
    ("3.1a", "3.1a"),
    ("(3.1a).", "3.1a"),
    ("v1.0, etc.", "v1.0 etc"),
    ("a_b", "a b"),
    ("\u00a0\u202f ", ""),
    ("ﬁn", "fin"),
    ("日本語", "日本語"),
]
ASKED = [
    ("Mission 3.1 a", ("mission", "3.1a")),
    ("3.1 A", ("3.1a",)),
    ("3.1 and", ("3.1", "and")),
    ("", ()),
    ("  … ", ()),
    ("a " * 50, ("a",) * MOST_WORDS),
]


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """The small strategy, as a reader of English sees it."""
    return View(published(NOTES, Path(tmp_path_factory.mktemp("notes"))), "en")


def found(view: View, question: str) -> list[str]:
    """What is found, by its local identifier or its short IRI."""
    return [
        view.local(each.node) or each.node.value.removeprefix(f"{DEFAULT_BASE}ontology#")
        for each in search(entries(view), question)
    ]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_what_does_not_matter_is_folded_away(text: str, folded: str) -> None:
    """Case, accents and signs do not matter; dots within numbers do."""
    assert fold(text) == folded


@pytest.mark.parametrize(("question", "asked"), ASKED)
def test_a_question_is_words(question: str, asked: tuple[str, ...]) -> None:
    """A letter that stands apart from its number belongs to it, and there are at most some words."""
    assert words_of(question) == asked


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("1.1a", "commitment/1.1a"),
        ("1.1 A", "commitment/1.1a"),
        ("mission 1.1 a", "commitment/1.1a"),
        ("tbs", "actor/tbs"),
        ("SCT", "actor/tbs"),
        ("secretariat conseil tresor", "actor/tbs"),
        ("SECRÉTARIAT DU CONSEIL", "actor/tbs"),
        ("ledby", None),
        ("led by", "ledBy"),
        ("responsable", "ledBy"),
        ("circulent", "mission/1"),
        ("oriente conc", "mission/1.1"),
        ("nowhere tbs", None),
    ],
)
def test_the_nearest_comes_first(view: View, question: str, first: str | None) -> None:
    """Numbers, names and acronyms in either language are found, whole or begun; all words must occur."""
    assert next(iter(found(view, question)), None) == first


def test_a_notation_comes_before_a_name_and_a_name_before_a_text() -> None:
    """What is asked for ranks by where it stands: notation, whole name, part of a name, text."""
    store = Store()
    skos = "http://www.w3.org/2004/02/skos/core#"
    said = {
        "d": ("definition", "On plan making"),
        "c": ("prefLabel", "The plan of plans"),
        "b": ("altLabel", "Plan"),
        "a": ("notation", "plan"),
    }
    for name, (predicate, text) in said.items():
        node = NamedNode(f"{DEFAULT_BASE}id/actor/{name}")
        store.add(Quad(node, NamedNode(f"{skos}{predicate}"), RdfLiteral(text, language="en")))

    assert found(View(store, "fr"), "PLAN") == ["actor/a", "actor/b", "actor/c", "actor/d"]


def test_records_of_where_things_were_read_are_not_found(view: View) -> None:
    """Passages and statement records have words of notes, and are found by none of them."""
    assert not [each for each in found(view, "will") if each.startswith(("passage", "statement"))]


def test_an_excerpt_is_the_text_that_has_the_words(view: View) -> None:
    """Of the texts that are not shown already, the one with most of the words is quoted."""
    entry = search(entries(view), "écrira")[0]
    quoted = excerpt(entry, ("ecrira",), "TBS will <write>")

    assert quoted == RdfLiteral("Le SCT écrira", language="fr")


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("École, école", ["ecole"], ["[École]", ", ", "[école]"]),
        ("e\u0301cole", ["ecole"], ["[e\u0301cole]"]),
        ("Les écoles", ["ecole"], ["Les ", "[école]", "s"]),
        ("préécole", ["ecole"], ["préécole"]),
        ("3.1a and 3.1", ["3.1"], ["[3.1]", "a and ", "[3.1]"]),
        ("<b>", ["b"], ["<", "[b]", ">"]),
        ("data", ["dat", "data"], ["[data]"]),
        ("", ["a"], []),
    ],
)
def test_words_are_marked_as_they_were_written(
    text: str, words: list[str], pieces: list[str]
) -> None:
    """Beginnings of words are marked in the text as it stands, with its accents and its case."""
    shown = [f"[{each.text}]" if each.marked else each.text for each in marked(text, words)]

    assert shown == pieces


def test_a_long_text_is_cut_around_its_first_word() -> None:
    """Of a long text it is what stands around the first word that is asked for."""
    pieces = marked("x " * 500 + "here " + "y " * 500, ["here"])

    assert pieces[0] == Piece("… ", marked=False)
    assert Piece("here", marked=True) in pieces
    assert pieces[-1] == Piece(" …", marked=False)
    assert sum(len(each.text) for each in pieces) < 300
