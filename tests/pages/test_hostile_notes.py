"""Notes are anybody's: nothing in them may become markup, script, or a link that does harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from tests.pages.publishing import LANGUAGES, PUBLICATION, page, published, tree, words

from ds2026kg.pages import page_paths
from ds2026kg.query.prefixes import DEFAULT_BASE

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\" ' {{ 7 * 7 }} {language}"
)
IN_YAML = HOSTILE.replace("'", "''")
LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SOURCE = NamedNode("http://purl.org/dc/terms/source")
ADDRESSES = (
    "javascript:alert(3)",
    "JaVaScRiPt:alert(3)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:a@example.org",
    "HTTPS://example.org/?'&b",
)
NOTES = {
    "Data strategy.md": f"""---
id: strategy/ds2026
label_en: '{IN_YAML}'
---
# Data strategy
""",
    "Mission 1.md": f"""---
label_en: '{IN_YAML}'
definition_en: '{IN_YAML}'
---
# Mission 1
""",
    "Mission 1.1.md": f"""---
label_fr: '{IN_YAML}'
title_en: '{IN_YAML}'
---
# Mission 1.1
Drive <script>alert(4)</script>
""",
    "Mission 1.1a.md": """---
ledBy: "[[Actor]]"
---
# Mission 1.1a
Actor will <script>alert(5)</script> with <img src=x onerror=alert(6)>
""",
    "Actor.md": f"""---
id: actor/a
label_en: '{IN_YAML}'
acronym_en: '<i>x</i>'
gc_orgid: '"><script>'
tags: [gc_entity]
---
# Actor
""",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What the hostile notes say, and what only RDF that others made can say."""
    made = published(NOTES, Path(tmp_path_factory.mktemp("notes")))
    mission = NamedNode(f"{DEFAULT_BASE}id/mission/1")
    made.extend(Quad(mission, SOURCE, NamedNode(each)) for each in ADDRESSES)
    return made


def sources(store: Store) -> Iterator[str]:
    """Every page of that store."""
    for path in page_paths(store, PUBLICATION):
        for language in LANGUAGES:
            yield page(store, path, language)


def test_words_of_notes_stay_words(store: Store) -> None:
    """Markup in a note is shown as it was typed, and makes no element and no attribute."""
    for source in sources(store):
        root = tree(source)
        tags = {each.tag for each in root.iter()}
        handlers = {name for each in root.iter() for name in each.attrib if name.startswith("on")}

        assert not tags & {"img", "i"}
        assert not handlers
        inline = {each.get("type") for each in root.iter("script") if not each.get("src")}
        assert inline == {"application/ld+json"}


def test_a_hostile_name_is_shown_in_full(store: Store) -> None:
    """What a note calls a mission is the heading of its page, to the letter."""
    root = tree(page(store, "doc/mission/1"))

    assert words(root.find(".//h1")) == HOSTILE


def test_only_web_and_mail_links_are_live(store: Store) -> None:
    """An address of another scheme is shown as words; those of the web and of mail are links."""
    roots = [tree(source) for source in sources(store)]
    schemes = {urlsplit(each.get("href", "")).scheme for root in roots for each in root.iter("a")}
    mission = tree(page(store, "doc/mission/1"))

    assert schemes == {"", "http", "https", "mailto"}
    live = {words(each) for each in mission.iter("a")}
    assert set(ADDRESSES) - live == set(ADDRESSES[:5])
    assert set(ADDRESSES) <= {words(each) for each in mission.iter("dd")}


@pytest.mark.parametrize("name", ["javascript:alert(1)", "actor/javascript:alert(1)", "a/b:c"])
def test_an_identifier_with_a_colon_makes_no_scheme(name: str) -> None:
    """Relative links on the page of a thing that is named like a scheme stay relative."""
    node = NamedNode(f"{DEFAULT_BASE}id/{name}")
    store = Store()
    store.extend([Quad(node, LABEL, Literal("A")), Quad(node, SOURCE, node)])
    root = tree(page(store, f"doc/{name}"))

    schemes = {urlsplit(each.get("href", "")).scheme for each in root.iter() if each.get("href")}
    assert schemes == {"", "http", "https"}


def test_a_name_in_another_script_or_none_is_harmless() -> None:
    """Control and direction characters, an empty name, and long words are shown as they are."""
    texts = ["", " ", "\u202e\u0001", "x" * 100_000, "日本語"]
    store = Store()
    for number, text in enumerate(texts):
        node = NamedNode(f"{DEFAULT_BASE}id/mission/{number}")
        store.add(Quad(node, TYPE, NamedNode(f"{DEFAULT_BASE}ontology#Mission")))
        store.add(Quad(node, LABEL, Literal(text)))

    for number, text in enumerate(texts):
        assert f">{text}</h1>" in page(store, f"doc/mission/{number}")
