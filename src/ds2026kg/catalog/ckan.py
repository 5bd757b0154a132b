"""The data set as a record of the open-government portal: a CKAN package after its own profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ds2026kg.catalog.dataset import Dataset, File
from ds2026kg.catalog.files import ENDPOINT, content_of, data_files, format_of
from ds2026kg.findings import Text

KEYS: Final[Mapping[str, str]] = {
    "id": "portal.id",
    "name": "portal.id",
    "collection": "portal.collection",
    "title_translated": "dataset.title_en, dataset.title_fr",
    "notes_translated": "dataset.description_en, dataset.description_fr",
    "owner_org": "portal.owner_org",
    "org_section": "publisher.section_en, publisher.section_fr",
    "maintainer_email": "publisher.email",
    "keywords": "dataset.keywords_en, dataset.keywords_fr",
    "subject": "portal.subject",
    "audience": "portal.audience",
    "time_period_coverage_start": "dataset.temporal_start",
    "time_period_coverage_end": "dataset.temporal_end",
    "frequency": "dataset.frequency",
    "date_published": "dataset.issued",
    "program_page_url": "dataset.landing_page_en, dataset.landing_page_fr",
    "jurisdiction": "portal.jurisdiction",
    "license_id": "dataset.licence",
    "imso_approval": "portal.imso_approval",
    "ready_to_publish": "portal.ready_to_publish",
    "url": "dataset.download_base",
}
"""Where in `ds2026kg.toml` the portal's fields come from, for those who are told of one."""

_LICENCES = {
    "open.canada.ca/en/open-government-licence-canada": "ca-ogl-lgo",
    "open.canada.ca/fr/licence-du-gouvernement-ouvert-canada": "ca-ogl-lgo",
}


def ckan_package(dataset: Dataset) -> dict[str, Any]:
    """The record as CKAN's `package_create` takes it; what is not known is left out of it.

    A text in two languages is there only if it is known in both, as ckanext-fluent asks. The fields and
    their order are those of the profile of open.canada.ca (ckanext-canada, `schemas/dataset.yaml`).

    >>> from ds2026kg.config import Settings
    >>> ckan_package(Dataset(Settings()))["license_id"]
    'ca-ogl-lgo'
    """
    told, publisher, portal = (
        dataset.settings.dataset,
        dataset.settings.publisher,
        dataset.settings.portal,
    )
    record = {
        "type": "dataset",
        "id": portal.id,
        "name": portal.id,
        "collection": portal.collection,
        "title_translated": _fluent(dataset.title),
        "owner_org": portal.owner_org,
        "org_section": _fluent(Text(publisher.section_en, publisher.section_fr)),
        "maintainer_email": publisher.email,
        "notes_translated": _fluent(dataset.description),
        "keywords": _keywords(told.keywords_en, told.keywords_fr),
        "subject": list(portal.subject),
        "audience": list(portal.audience),
        "time_period_coverage_start": _day(told.temporal_start),
        "time_period_coverage_end": _day(told.temporal_end),
        "frequency": told.frequency,
        "date_published": _day(told.issued),
        "date_modified": dataset.modified,
        "program_page_url": _fluent(Text(told.landing_page_en, told.landing_page_fr)),
        "jurisdiction": portal.jurisdiction,
        "license_id": licence_id(told.licence),
        "restrictions": "unrestricted",
        "imso_approval": _answer(portal.imso_approval),
        "ready_to_publish": _answer(portal.ready_to_publish),
        "resources": _resources(dataset),
    }
    return {key: value for key, value in record.items() if value}


def licence_id(licence: str) -> str:
    """The portal's name for the licence at this address, "" if it has none.

    >>> licence_id("https://spdx.org/licenses/MIT")
    ''
    """
    return _LICENCES.get(licence.partition("://")[2].rstrip("/"), "")


def _resources(dataset: Dataset) -> list[dict[str, Any]]:
    """The files that the public may take, and the endpoint if there is one.

    Each is known again by the IRI that DCAT has for it. The `url` of a file that lies at no address of
    its own is its name: it is for the portal to hold.
    """
    told = dataset.settings.dataset
    resources = [
        _resource(file, told.base, told.download_base)
        for file in data_files(dataset.files)
        if content_of(file).resource_type
    ]
    if told.endpoint:
        resources.append(
            {
                "unique_identifier": f"{told.base}#sparql",
                "name_translated": _fluent(ENDPOINT.title),
                "description_translated": _fluent(ENDPOINT.description),
                "resource_type": ENDPOINT.resource_type,
                "format": "other",
                "language": list(ENDPOINT.languages),
                "url": told.endpoint,
            }
        )
    return resources


def _resource(file: File, base: str, download_base: str) -> dict[str, Any]:
    content = content_of(file)
    return {
        "unique_identifier": f"{base}#{file.name}",
        "name_translated": _fluent(content.title),
        "description_translated": _fluent(content.description),
        "resource_type": content.resource_type,
        "format": format_of(file).portal,
        "character_set": "UTF-8",
        "language": list(content.languages),
        "size": file.size,
        "hash": file.sha256,
        "mimetype": file.media_type,
        "url": f"{download_base}{file.name}",
    }


def _fluent(text: Text) -> dict[str, str]:
    return text._asdict() if all(text) else {}


def _keywords(en: tuple[str, ...], fr: tuple[str, ...]) -> dict[str, list[str]]:
    return {"en": list(en), "fr": list(fr)} if en and fr else {}


def _day(day: object) -> str:
    return str(day) if day is not None else ""


def _answer(answer: bool | None) -> str:
    return "" if answer is None else str(answer).lower()
