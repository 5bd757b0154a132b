"""The description in DCAT: what it says of the data set, of each file, and of what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ds2026kg.catalog import Dataset, File, dcat
from ds2026kg.catalog.authorities import frequency, themes
from ds2026kg.catalog.documents import documents
from ds2026kg.catalog.facts import Facts
from ds2026kg.config import Settings
from ds2026kg.findings import Text
from ds2026kg.profile import profile

from .known import FULL

BASE = "https://w3id.org/ds2026/"
EU = "http://publications.europa.eu/resource/authority/"


def nodes(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """The nodes of the description by their IRIs."""
    return {node["@id"]: node for node in dcat(dataset)["@graph"]}


def test_the_data_set_is_described_whole() -> None:
    """Every property of the data set, in both languages, with the codes of the EU's tables."""
    assert nodes(FULL)[BASE] == {
        "@id": BASE,
        "@type": ["dcat:Dataset"],
        "dcterms:identifier": BASE,
        "adms:identifier": f"{BASE}#portal-id",
        "dcterms:title": {"en": "A strategy", "fr": "Une stratégie"},
        "dcterms:description": {"en": "Its commitments.", "fr": "Ses engagements."},
        "dcat:keyword": {"en": ["data strategy"], "fr": ["stratégie de données"]},
        "dcat:theme": [f"{EU}data-theme/GOVE"],
        "dcat:contactPoint": f"{BASE}#contact",
        "dcat:landingPage": ["https://data.example.org/en", "https://data.example.org/fr"],
        "dcterms:accrualPeriodicity": f"{EU}frequency/QUARTERLY",
        "dcterms:temporal": f"{BASE}#temporal",
        "dcterms:conformsTo": f"{BASE}shapes",
        "dcterms:provenance": f"{BASE}#provenance",
        "prov:wasDerivedFrom": ["https://example.org/strategy"],
        "dcterms:publisher": f"{BASE}id/actor/tbs",
        "dcterms:language": [f"{EU}language/ENG", f"{EU}language/FRA"],
        "dcterms:license": "https://open.canada.ca/en/open-government-licence-canada",
        "dcterms:issued": "2026-03-31",
        "dcterms:modified": "2026-05-01",
        "dcterms:spatial": f"{EU}country/CAN",
        "dcat:distribution": [
            f"{BASE}#ds2026.ttl",
            f"{BASE}#context.jsonld",
            f"{BASE}#report.json",
        ],
    }


def test_a_file_is_described_whole() -> None:
    """Media type as IANA's IRI, format, size and sum, and where to download it."""
    found = nodes(FULL)
    assert found[f"{BASE}#ds2026.ttl"] == {
        "@id": f"{BASE}#ds2026.ttl",
        "@type": ["dcat:Distribution"],
        "dcterms:title": {"en": "The graph, in Turtle", "fr": "Le graphe, en Turtle"},
        "dcterms:description": {
            "en": "Every mission, area for action, commitment and actor, and where each statement "
            "was read.",
            "fr": "Chaque mission, domaine d’action, engagement et acteur, et l’endroit où chaque "
            "énoncé a été lu.",
        },
        "dcat:accessURL": ["https://data.example.org/files/ds2026.ttl"],
        "dcat:downloadURL": "https://data.example.org/files/ds2026.ttl",
        "dcat:mediaType": "https://www.iana.org/assignments/media-types/text/turtle",
        "dcterms:format": f"{EU}file-type/RDF_TURTLE",
        "dcat:byteSize": 100,
        "spdx:checksum": f"{BASE}#ds2026.ttl-sha256",
        "dcterms:language": [f"{EU}language/ENG", f"{EU}language/FRA"],
        "dcterms:license": "https://open.canada.ca/en/open-government-licence-canada",
        "dcterms:issued": "2026-03-31",
        "dcterms:modified": "2026-05-01",
    }
    assert found[f"{BASE}#ds2026.ttl-sha256"] == {
        "@id": f"{BASE}#ds2026.ttl-sha256",
        "@type": ["spdx:Checksum"],
        "spdx:algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
        "spdx:checksumValue": "a" * 64,
    }
    assert "dcterms:language" not in found[f"{BASE}#context.jsonld"]


def test_publisher_and_contact_are_told_in_both_languages() -> None:
    """A federal organization has its harmonized name, its GC OrgID and the IRI that the data give it."""
    found = nodes(FULL)
    assert found[f"{BASE}id/actor/tbs"] == {
        "@id": f"{BASE}id/actor/tbs",
        "@type": ["foaf:Agent", "org:FormalOrganization"],
        "foaf:name": {
            "en": "Treasury Board of Canada Secretariat",
            "fr": "Secrétariat du Conseil du Trésor du Canada",
        },
        "dcterms:type": "http://purl.org/adms/publishertype/NationalAuthority",
        "org:identifier": "2242",
    }
    assert found[f"{BASE}#contact"] == {
        "@id": f"{BASE}#contact",
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": {"en": "Data Office", "fr": "Bureau des données"},
        "vcard:hasEmail": "mailto:data@example.org",
    }


def test_the_endpoint_is_a_data_service() -> None:
    """The catalogue lists it, with its address, what it serves and the protocol that it speaks."""
    found = nodes(FULL)
    service = found[found[f"{BASE}#catalog"]["dcat:service"][0]]
    told = {key: service[key] for key in service if key.startswith("dcat:")}
    assert told == {
        "dcat:endpointURL": "https://data.example.org/sparql",
        "dcat:endpointDescription": "https://data.example.org/sparql",
        "dcat:servesDataset": BASE,
        "dcat:contactPoint": f"{BASE}#contact",
    }
    settings = replace(FULL.settings, dataset=replace(FULL.settings.dataset, endpoint=""))
    assert "dcat:service" not in nodes(replace(FULL, settings=settings))[f"{BASE}#catalog"]


def test_without_a_place_to_download_from_the_pages_lead_to_the_files() -> None:
    """The access is by the pages about the data, or else by the IRI of the data; nothing is made up."""
    told = replace(FULL.settings.dataset, download_base="")
    found = nodes(replace(FULL, settings=replace(FULL.settings, dataset=told)))
    assert found[f"{BASE}#ds2026.ttl"]["dcat:accessURL"] == [
        "https://data.example.org/en",
        "https://data.example.org/fr",
    ]
    assert "dcat:downloadURL" not in found[f"{BASE}#ds2026.ttl"]
    bare = nodes(Dataset(Settings(), files=FULL.files))
    assert bare[f"{BASE}#ds2026.ttl"]["dcat:accessURL"] == [BASE]


def test_a_page_in_both_languages_is_one_page() -> None:
    """An address given for both languages is told once, with both."""
    page = "https://data.example.org/"
    told = replace(FULL.settings.dataset, landing_page_en=page, landing_page_fr=page)
    found = nodes(replace(FULL, settings=replace(FULL.settings, dataset=told)))
    assert found[BASE]["dcat:landingPage"] == [page]
    assert found[page]["dcterms:language"] == [f"{EU}language/ENG", f"{EU}language/FRA"]


def test_one_language_is_told_alone() -> None:
    """A text that is known in one language is in that language only."""
    half = replace(FULL, title=Text("A strategy", ""))
    assert nodes(half)[BASE]["dcterms:title"] == {"en": "A strategy"}


def test_a_file_of_no_known_format_is_described_by_its_media_type() -> None:
    """Its name is its title, and it has no format of the EU's table."""
    file = File("model.bin", "application/octet-stream", 0, "0" * 64)
    found = nodes(Dataset(Settings(), files=(file,)))[f"{BASE}#model.bin"]
    assert found["dcterms:title"] == {"en": "model.bin", "fr": "model.bin"}
    assert found["dcat:byteSize"] == 0
    assert "dcterms:format" not in found


def test_no_node_is_empty_or_spoken_of_twice() -> None:
    """Every IRI that a property refers to as ours is a node, and every node has a type."""
    found = dcat(FULL)["@graph"]
    iris = [node["@id"] for node in found]
    assert len(iris) == len(set(iris))
    assert [node["@id"] for node in found if not node["@type"]] == []
    referred = {
        each
        for node in found
        for value in node.values()
        for each in (value if isinstance(value, list) else [value])
        if isinstance(each, str) and each.startswith(f"{BASE}#")
    }
    assert referred <= set(iris)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    """Whatever a title holds, the files in RDF are well-formed and state that very title."""
    told = replace(FULL, title=Text(text, text))
    by_name = {each.name: each.content for each in documents(told, Facts(0, 0, 0, (), (), ()))}
    for name, form in (("dcat.jsonld", RdfFormat.JSON_LD), ("void.ttl", RdfFormat.TURTLE)):
        stated = {
            quad.object
            for quad in parse(by_name[name], format=form)
            if quad.subject == NamedNode(BASE)
        }
        assert {Literal(text, language="en"), Literal(text, language="fr")} <= stated


def test_an_odd_address_of_e_mail_is_an_iri_all_the_same() -> None:
    """What a mailto address may not hold is percent-encoded (RFC 6068 §2)."""
    publisher = replace(FULL.settings.publisher, email="a+é%#b@example.org")
    found = nodes(replace(FULL, settings=replace(FULL.settings, publisher=publisher)))
    assert found[f"{BASE}#contact"]["vcard:hasEmail"] == "mailto:a+%C3%A9%25%23b@example.org"


@pytest.mark.parametrize("code", profile().lists["frequency"])
def test_every_frequency_of_the_portal_is_one_of_the_eu(code: str) -> None:
    """Each of the portal's codes leads to an IRI of the table."""
    assert frequency(code).startswith(f"{EU}frequency/")


def test_every_subject_of_the_portal_is_taken() -> None:
    """Each subject may be given; those that the EU's themes lack leave the theme of all strategies."""
    for subject in profile().lists["subject"]:
        assert "GOVE" in themes((subject,))
    assert themes(("transport", "persons", "law")) == ["GOVE", "JUST", "TRAN"]
