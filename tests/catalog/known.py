"""A data set of which everything is known, for the tests of its descriptions."""

from __future__ import annotations

from datetime import date

from ds2026kg.catalog import Dataset, File
from ds2026kg.catalog.dataset import Publisher
from ds2026kg.config import DatasetSettings, PortalSettings, PublisherSettings, Settings
from ds2026kg.findings import Text

UUID = "7c1d7a4e-1f0b-4f0e-9c39-3a3f9b7a5d10"
FULL = Dataset(
    Settings(
        dataset=DatasetSettings(
            endpoint="https://data.example.org/sparql",
            keywords_en=("data strategy",),
            keywords_fr=("stratégie de données",),
            landing_page_en="https://data.example.org/en",
            landing_page_fr="https://data.example.org/fr",
            download_base="https://data.example.org/files/",
            issued=date(2026, 3, 31),
            frequency="P3M",
            temporal_start=date(2023, 4, 1),
            temporal_end=date(2026, 3, 31),
        ),
        publisher=PublisherSettings(
            name_en="Treasury Board of Canada Secretariat",
            name_fr="Secrétariat du Conseil du Trésor du Canada",
            gc_orgid=2242,
            section_en="Data Office",
            section_fr="Bureau des données",
            email="data@example.org",
        ),
        portal=PortalSettings(
            id=UUID,
            owner_org="tbs-sct",
            subject=("government_and_politics", "information_and_communications"),
            audience=("general_public",),
            imso_approval=True,
            ready_to_publish=False,
        ),
    ),
    title=Text("A strategy", "Une stratégie"),
    description=Text("Its commitments.", "Ses engagements."),
    publisher=Publisher(
        Text("Treasury Board of Canada Secretariat", "Secrétariat du Conseil du Trésor du Canada"),
        "https://w3id.org/ds2026/id/actor/tbs",
    ),
    modified="2026-05-01",
    sources=("https://example.org/strategy",),
    notes=5,
    digest="0" * 64,
    files=(
        File("ds2026.ttl", "text/turtle", 100, "a" * 64),
        File("context.jsonld", "application/ld+json", 20, "b" * 64),
        File("report.json", "application/json", 30, "c" * 64),
        File("void.ttl", "text/turtle", 40, "d" * 64),
    ),
)
