"""The description for search engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ds2026kg.catalog import Dataset, schema_org
from ds2026kg.config import DatasetSettings, Settings

from .known import FULL, UUID

BASE = "https://w3id.org/ds2026/"


def both(en: str, fr: str) -> list[dict[str, str]]:
    """A text in the two languages, as JSON-LD has it."""
    return [{"@language": "en", "@value": en}, {"@language": "fr", "@value": fr}]


def test_the_data_set_is_described_whole() -> None:
    """All that is known, but for the files."""
    told: dict[str, Any] = schema_org(FULL)
    files = told.pop("distribution")
    assert told == {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": BASE,
        "identifier": [BASE, f"urn:uuid:{UUID}"],
        "name": both("A strategy", "Une stratégie"),
        "description": both("Its commitments.", "Ses engagements."),
        "url": ["https://data.example.org/en", "https://data.example.org/fr"],
        "keywords": both("data strategy", "stratégie de données"),
        "inLanguage": ["en", "fr"],
        "license": "https://open.canada.ca/en/open-government-licence-canada",
        "isAccessibleForFree": True,
        "creator": {
            "@type": "GovernmentOrganization",
            "@id": f"{BASE}id/actor/tbs",
            "name": both(
                "Treasury Board of Canada Secretariat", "Secrétariat du Conseil du Trésor du Canada"
            ),
            "identifier": {"@type": "PropertyValue", "propertyID": "GC OrgID", "value": "2242"},
            "contactPoint": {
                "@type": "ContactPoint",
                "contactType": "customer service",
                "name": both("Data Office", "Bureau des données"),
                "email": "data@example.org",
            },
        },
        "publisher": {"@id": f"{BASE}id/actor/tbs"},
        "datePublished": "2026-03-31",
        "dateModified": "2026-05-01",
        "temporalCoverage": "2023-04-01/2026-03-31",
        "spatialCoverage": {
            "@type": "Place",
            "@id": "http://publications.europa.eu/resource/authority/country/CAN",
            "name": "Canada",
        },
        "isBasedOn": ["https://example.org/strategy"],
    }
    assert files[0] == {
        "@type": "DataDownload",
        "name": both("The graph, in Turtle", "Le graphe, en Turtle"),
        "description": both(
            "Every mission, area for action, commitment and actor, and where each statement was read.",
            "Chaque mission, domaine d’action, engagement et acteur, et l’endroit où chaque énoncé a "
            "été lu.",
        ),
        "encodingFormat": "text/turtle",
        "contentUrl": "https://data.example.org/files/ds2026.ttl",
        "contentSize": "100 B",
        "sha256": "a" * 64,
    }
    assert files[-1]["contentUrl"] == "https://data.example.org/sparql"


def test_nothing_is_made_up() -> None:
    """Without settings there is only what holds of every such data set; no key has an empty value."""
    assert schema_org(Dataset(Settings(), files=FULL.files)) == {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": BASE,
        "identifier": [BASE],
        "inLanguage": ["en", "fr"],
        "license": "https://open.canada.ca/en/open-government-licence-canada",
        "isAccessibleForFree": True,
        "spatialCoverage": {
            "@type": "Place",
            "@id": "http://publications.europa.eu/resource/authority/country/CAN",
            "name": "Canada",
        },
    }


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 4, 1), None, "2023-04-01/.."),
        (None, date(2026, 3, 31), "../2026-03-31"),
    ],
)
def test_an_open_period_has_an_open_end(
    start: date | None, end: date | None, expected: str
) -> None:
    """An end that is not known is told as ISO 8601 does."""
    told = DatasetSettings(temporal_start=start, temporal_end=end)
    assert schema_org(Dataset(Settings(dataset=told)))["temporalCoverage"] == expected


def test_a_publisher_that_is_not_federal_is_an_organization() -> None:
    """Only a GC OrgID makes a government organization."""
    publisher = replace(FULL.settings.publisher, gc_orgid=0, email="")
    told = schema_org(replace(FULL, settings=replace(FULL.settings, publisher=publisher)))
    assert (told["creator"]["@type"], set(told["creator"])) == (
        "Organization",
        {"@type", "@id", "name"},
    )
