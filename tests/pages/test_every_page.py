"""What holds for every page there is, in both languages."""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from tests.pages.publishing import LANGUAGES, NOTES, PUBLICATION, page, published, tree, words

import ds2026kg.pages
from ds2026kg.findings import Language
from ds2026kg.pages import page_paths

ASSETS = Path(ds2026kg.pages.__file__).parent / "assets"
SCHEMA = "https://schema.org/"
LANDMARKS = frozenset({"aside", "div", "nav", "section"})
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """Every page of the small strategy, parsed without leniency, by its address."""
    store = published(NOTES, Path(tmp_path_factory.mktemp("notes")))
    return {
        f"{path}.{language}.html": tree(page(store, path, language))
        for path in page_paths(store, PUBLICATION)
        for language in LANGUAGES
    }


def links(root: Element) -> Iterator[str]:
    """The addresses that a page names."""
    for element in root.iter():
        for attribute in ("href", "src", "action"):
            if attribute in element.attrib:
                yield element.attrib[attribute]


def classes(element: Element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def test_every_link_leads_to_something(pages: dict[str, Element]) -> None:
    """A relative link leads to a page, a form of its data or an asset, and to an id that is there."""
    forms = {
        f"{address.removesuffix('.en.html')}.{form}"
        for address in pages
        if address.startswith(("doc/", "ontology.", "shapes."))
        for form in ("ttl", "jsonld", "nt", "rdf")
    }
    assets = {f"assets/{file.name}" for file in ASSETS.iterdir()}
    known = {*pages, *forms, *assets}
    ids = {address: {each.get("id") for each in root.iter()} for address, root in pages.items()}
    lost = set()
    for address, root in pages.items():
        for link in links(root):
            parts = urlsplit(link)
            near = posixpath.join(posixpath.dirname(address), parts.path)
            target = posixpath.normpath(near) if parts.path else address
            found = not parts.fragment or unquote(parts.fragment) in ids.get(target, ())
            if not parts.scheme and not (target in known and found):
                lost.add((address, link))

    assert lost == set()


def test_ids_are_unique_and_named_ids_exist(pages: dict[str, Element]) -> None:
    """No id stands twice in a page, and each landmark that is labelled by one has its own."""
    faults = set()
    for address, root in pages.items():
        ids = Counter(each.get("id") for each in root.iter() if each.get("id"))
        landmarks = (each for each in root.iter() if each.tag in LANDMARKS)
        labels = [each.get("aria-labelledby", "") for each in landmarks]
        named = Counter(label for label in labels if label)
        faults |= {(address, each) for each, times in (ids | named).items() if times > 1}
        faults |= {(address, each) for each in named.keys() - ids.keys()}

    assert faults == set()


def test_headings_stand_in_order(pages: dict[str, Element]) -> None:
    """A page has one h1, first of its headings, and no heading skips a level."""
    for address, root in pages.items():
        levels = [int(each.tag[1]) for each in root.iter() if each.tag in HEADINGS]

        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_page_has_its_landmarks(pages: dict[str, Element]) -> None:
    """A page has one main part, a header, a footer, and navigations that have names of their own."""
    for address, root in pages.items():
        tags = Counter(each.tag for each in root.iter())
        names = [each.get("aria-label", each.get("aria-labelledby")) for each in root.iter("nav")]

        assert (tags["main"], tags["header"], tags["footer"]) == (1, 1, 1), address
        assert all(names), address
        assert len(names) == len(set(names)), address


def test_nothing_in_a_page_runs_or_styles_itself(pages: dict[str, Element]) -> None:
    """Scripts are data or files of the site; there is no style of the page’s own, and no handler."""
    for root in pages.values():
        inline = {each.get("type") for each in root.iter("script") if not each.get("src")}
        attributes = {name for each in root.iter() for name in each.attrib}

        assert inline == {"application/ld+json"}
        assert not list(root.iter("style"))
        assert not {name for name in attributes if name == "style" or name.startswith("on")}


def test_what_scrolls_is_reached_by_keyboard_and_has_a_name(pages: dict[str, Element]) -> None:
    """A region that scrolls has a name and takes the focus."""
    for address, root in pages.items():
        regions = [each for each in root.iter("div") if {"scroll", "wide"} & classes(each)]
        named = [each for each in regions if each.get("aria-label", each.get("aria-labelledby"))]

        assert [each for each in regions if each not in named] == [], address
        assert {(each.get("tabindex"), each.get("role")) for each in named} <= {("0", "region")}


def test_a_page_says_its_language_and_leads_to_the_other(pages: dict[str, Element]) -> None:
    """The language of a page is that of its address, and the switch leads to the same page."""
    for address, root in pages.items():
        stem, language, _ = address.rsplit(".", 2)
        other = "fr" if language == "en" else "en"
        switch = next(each for each in root.iter("nav") if each.get("class") == "languages")
        link = next(iter(switch))

        assert root.get("lang") == language
        assert link.get("href") == f"{posixpath.basename(stem)}.{other}.html"
        assert link.get("lang") == other


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_the_other_language_is_marked(
    language: Language, pages: dict[str, Element]
) -> None:
    """Each text that exists in the other language alone is marked as being in that language."""
    address = f"missions.{language}.html"
    main = pages[address].find(".//main")
    assert main is not None
    marked = {words(each) for each in main.iter() if each.get("lang")}

    assert marked == (set() if language == "en" else {"1.1a TBS will act with partners & others"})


def test_structured_data_are_json_ld_about_the_permanent_iri(pages: dict[str, Element]) -> None:
    """The data of each page expand into triples, and those of a thing speak of its IRI."""
    for address, root in pages.items():
        store = Store()
        for each in root.findall(".//script[@type='application/ld+json']"):
            data = json.loads(each.text or "")
            assert data.pop("@context") == "https://schema.org"
            local = json.dumps({"@context": {"@vocab": SCHEMA}, **data})
            store.extend(parse(local, format=RdfFormat.JSON_LD, base_iri="https://example.org/"))
        trails = list(store.quads_for_pattern(None, None, NamedNode(f"{SCHEMA}BreadcrumbList")))

        assert len(trails) == (0 if address.startswith("index") else 1), address
        if address.startswith("doc/"):
            iri = NamedNode(f"{PUBLICATION.base}id/{address.removeprefix('doc/')[:-8]}")
            assert list(store.quads_for_pattern(iri, NamedNode(f"{SCHEMA}name"), None)), address


def test_a_commitment_is_an_action_with_its_agents(pages: dict[str, Element]) -> None:
    """The structured data of a commitment are those that schema.org has for an action."""
    script = next(pages["doc/commitment/1.1b.en.html"].iter("script"))
    things = f"{PUBLICATION.base}id/"

    assert json.loads(script.text or "") == {
        "@context": "https://schema.org",
        "@type": ["Action", "CreativeWork"],
        "@id": f"{things}commitment/1.1b",
        "name": [
            {"@value": "Le SCT écrira", "@language": "fr"},
            {"@value": "TBS will <write>", "@language": "en"},
        ],
        "identifier": "1.1b",
        "isPartOf": {"@id": f"{things}mission/1.1"},
        "alternateName": [{"@value": "Mission 1.1b", "@language": "en"}],
        "description": [
            {"@value": "Le SCT l’écrira", "@language": "fr"},
            {"@value": "TBS will write it down", "@language": "en"},
        ],
        "dateCreated": ["2024-08-13"],
        "dateModified": ["2024-08-19"],
        "agent": [{"@id": f"{things}actor/tbs"}],
        "actionStatus": {"@id": f"{SCHEMA}ActiveActionStatus"},
    }


def test_a_page_has_a_name_of_its_own(pages: dict[str, Element]) -> None:
    """No two pages in one language have the same title."""
    titles = Counter((root.get("lang"), words(root.find("head/title"))) for root in pages.values())

    assert [title for title, times in titles.items() if times > 1] == []
