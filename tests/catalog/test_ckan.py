"""The record for the open-government portal: its fields, its lists, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ds2026kg.catalog import Dataset, ckan_package, missing
from ds2026kg.catalog.ckan import KEYS
from ds2026kg.catalog.conformance import breaches
from ds2026kg.config import Settings
from ds2026kg.findings import Text
from ds2026kg.profile import profile

from .known import FULL, UUID


def test_a_full_record_is_what_the_portal_asks_for() -> None:
    """Every field is one of the profile's, of its kind and in its list, and none that is asked lacks."""
    assert breaches(ckan_package(FULL), today=date(2026, 5, 1)) == ()
    assert missing(FULL) == ()


def test_a_full_record_says_what_is_known() -> None:
    """The record, whole."""
    assert ckan_package(FULL) == {
        "type": "dataset",
        "id": UUID,
        "name": UUID,
        "collection": "primary",
        "title_translated": {"en": "A strategy", "fr": "Une stratégie"},
        "owner_org": "tbs-sct",
        "org_section": {"en": "Data Office", "fr": "Bureau des données"},
        "maintainer_email": "data@example.org",
        "notes_translated": {"en": "Its commitments.", "fr": "Ses engagements."},
        "keywords": {"en": ["data strategy"], "fr": ["stratégie de données"]},
        "subject": ["government_and_politics", "information_and_communications"],
        "audience": ["general_public"],
        "time_period_coverage_start": "2023-04-01",
        "time_period_coverage_end": "2026-03-31",
        "frequency": "P3M",
        "date_published": "2026-03-31",
        "date_modified": "2026-05-01",
        "program_page_url": {
            "en": "https://data.example.org/en",
            "fr": "https://data.example.org/fr",
        },
        "jurisdiction": "federal",
        "license_id": "ca-ogl-lgo",
        "restrictions": "unrestricted",
        "imso_approval": "true",
        "ready_to_publish": "false",
        "resources": [
            {
                "unique_identifier": "https://w3id.org/ds2026/#ds2026.ttl",
                "name_translated": {"en": "The graph, in Turtle", "fr": "Le graphe, en Turtle"},
                "description_translated": {
                    "en": "Every mission, area for action, commitment and actor, and where each "
                    "statement was read.",
                    "fr": "Chaque mission, domaine d’action, engagement et acteur, et l’endroit où "
                    "chaque énoncé a été lu.",
                },
                "resource_type": "dataset",
                "format": "TTL",
                "character_set": "UTF-8",
                "language": ["en", "fr"],
                "size": 100,
                "hash": "a" * 64,
                "mimetype": "text/turtle",
                "url": "https://data.example.org/files/ds2026.ttl",
            },
            {
                "unique_identifier": "https://w3id.org/ds2026/#context.jsonld",
                "name_translated": {"en": "The JSON-LD context", "fr": "Le contexte JSON-LD"},
                "description_translated": {
                    "en": "Which key of a note, or of the JSON-LD, is which property.",
                    "fr": "À quelle propriété correspond chaque clé d’une note ou du JSON-LD.",
                },
                "resource_type": "schema",
                "format": "JSONLD",
                "character_set": "UTF-8",
                "language": ["zxx"],
                "size": 20,
                "hash": "b" * 64,
                "mimetype": "application/ld+json",
                "url": "https://data.example.org/files/context.jsonld",
            },
            {
                "unique_identifier": "https://w3id.org/ds2026/#sparql",
                "name_translated": {"en": "SPARQL endpoint", "fr": "Point d’accès SPARQL"},
                "description_translated": {
                    "en": "Questions in SPARQL are answered here.",
                    "fr": "On répond ici aux questions posées en SPARQL.",
                },
                "resource_type": "api",
                "format": "other",
                "language": ["en", "fr"],
                "url": "https://data.example.org/sparql",
            },
        ],
    }


def test_files_without_an_address_are_for_the_portal_to_hold() -> None:
    """They go by their names, and may be uploaded."""
    settings = replace(FULL.settings, dataset=replace(FULL.settings.dataset, download_base=""))
    record = ckan_package(replace(FULL, settings=settings))
    assert [each["url"] for each in record["resources"]] == [
        "ds2026.ttl",
        "context.jsonld",
        "https://data.example.org/sparql",
    ]
    assert breaches(record, today=date(2026, 5, 1)) == ()


def test_nothing_is_made_up() -> None:
    """Without settings the record has only what holds of every such data set."""
    assert ckan_package(Dataset(Settings())) == {
        "type": "dataset",
        "collection": "primary",
        "jurisdiction": "federal",
        "license_id": "ca-ogl-lgo",
        "restrictions": "unrestricted",
    }


def test_one_language_alone_is_not_put_on_the_portal() -> None:
    """A title in English alone is left out, and the key of the French one is missing."""
    half = replace(FULL, title=Text("A strategy", ""))
    assert "title_translated" not in ckan_package(half)
    assert [each.key for each in missing(half)] == ["dataset.title_fr"]


def test_what_is_missing_is_told_by_its_key() -> None:
    """Every field that the portal asks for, and that has no value, has a key that is missing."""
    record = ckan_package(Dataset(Settings()))
    asked = {name for name, of in profile().dataset.items() if of.required and name not in record}
    keys = {key for name in asked for key in KEYS[name].split(", ")}
    assert {each.key for each in missing(Dataset(Settings())) if each.required} == keys


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("https://open.canada.ca/en/open-government-licence-canada", "ca-ogl-lgo"),
        ("http://open.canada.ca/fr/licence-du-gouvernement-ouvert-canada/", "ca-ogl-lgo"),
        ("https://spdx.org/licenses/MIT", None),
    ],
)
def test_the_licence_is_one_of_the_portals(licence: str, expected: str | None) -> None:
    """The Open Government Licence is known by either of its addresses; another one is missing."""
    settings = replace(FULL.settings, dataset=replace(FULL.settings.dataset, licence=licence))
    told = replace(FULL, settings=settings)
    assert ckan_package(told).get("license_id") == expected
    assert [each.key for each in missing(told)] == ([] if expected else ["dataset.licence"])


def test_a_refusal_is_an_answer() -> None:
    """An approval that was refused is told as such, and is not missing."""
    portal = replace(FULL.settings.portal, imso_approval=False)
    told = replace(FULL, settings=replace(FULL.settings, portal=portal))
    assert ckan_package(told)["imso_approval"] == "false"
    assert missing(told) == ()
