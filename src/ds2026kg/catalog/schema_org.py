"""The data set for search engines: a Dataset of schema.org, as JSON-LD.

Google's, and others', search for data sets reads it: https://schema.org/Dataset.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ds2026kg.catalog.dataset import Dataset, File
from ds2026kg.catalog.files import ENDPOINT, content_of, data_files
from ds2026kg.findings import Text

_CANADA = "/country/CAN"


def schema_org(dataset: Dataset) -> dict[str, Any]:
    """The description of `dataset` as a JSON-LD document, to be embedded in a page as it is.

    A text is an array with a value for each language that it is known in (JSON-LD 1.1 §4.2.4). Files
    are there only where it is known that they can be downloaded. What is not known is left out.

    >>> from ds2026kg.config import Settings
    >>> schema_org(Dataset(Settings()))["@id"]
    'https://w3id.org/ds2026/'
    """
    told = dataset.settings.dataset
    uuid = dataset.settings.portal.id
    organization = _organization(dataset)
    return _known(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": told.base,
            "identifier": [told.base, f"urn:uuid:{uuid}"] if uuid else [told.base],
            "name": _in_languages(dataset.title),
            "description": _in_languages(dataset.description),
            "url": [page for page in (told.landing_page_en, told.landing_page_fr) if page],
            "keywords": [*_tagged("en", told.keywords_en), *_tagged("fr", told.keywords_fr)],
            "inLanguage": ["en", "fr"],
            "license": told.licence,
            "isAccessibleForFree": True,
            "creator": organization,
            "publisher": {"@id": organization["@id"]} if organization else {},
            "version": told.version,
            "datePublished": str(told.issued or ""),
            "dateModified": dataset.modified,
            "temporalCoverage": _interval(dataset),
            "spatialCoverage": _place(told.spatial),
            "isBasedOn": list(dataset.sources),
            "distribution": [*_downloads(dataset), *_endpoint(told.endpoint)],
        }
    )


def _organization(dataset: Dataset) -> dict[str, Any]:
    told, known = dataset.settings.publisher, dataset.publisher
    if not any(known.name):
        return {}
    contact = {
        "@type": "ContactPoint",
        "contactType": "customer service",
        "name": _in_languages(Text(told.section_en, told.section_fr)),
        "email": told.email,
    }
    gc_orgid = {"@type": "PropertyValue", "propertyID": "GC OrgID", "value": str(told.gc_orgid)}
    return _known(
        {
            "@type": "GovernmentOrganization" if told.gc_orgid else "Organization",
            "@id": known.iri or f"{dataset.settings.dataset.base}#publisher",
            "name": _in_languages(known.name),
            "identifier": gc_orgid if told.gc_orgid else {},
            "contactPoint": _known(contact) if told.email else {},
        }
    )


def _downloads(dataset: Dataset) -> list[dict[str, Any]]:
    download_base = dataset.settings.dataset.download_base
    files = data_files(dataset.files) if download_base else ()
    return [_download(file, download_base) for file in files]


def _download(file: File, download_base: str) -> dict[str, Any]:
    content = content_of(file)
    return _known(
        {
            "@type": "DataDownload",
            "name": _in_languages(content.title),
            "description": _in_languages(content.description),
            "encodingFormat": file.media_type,
            "contentUrl": f"{download_base}{file.name}",
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
        }
    )


def _endpoint(address: str) -> list[dict[str, Any]]:
    if not address:
        return []
    return [
        {
            "@type": "DataDownload",
            "name": _in_languages(ENDPOINT.title),
            "description": _in_languages(ENDPOINT.description),
            "encodingFormat": "application/sparql-results+json",
            "contentUrl": address,
        }
    ]


def _interval(dataset: Dataset) -> str:
    """An interval of ISO 8601; ".." stands for an end that is not known."""
    told = dataset.settings.dataset
    if told.temporal_start is None and told.temporal_end is None:
        return ""
    return f"{told.temporal_start or '..'}/{told.temporal_end or '..'}"


def _place(iri: str) -> dict[str, Any]:
    if not iri:
        return {}
    place: dict[str, Any] = {"@type": "Place", "@id": iri}
    return {**place, "name": "Canada"} if iri.endswith(_CANADA) else place


def _in_languages(text: Text) -> list[dict[str, str]]:
    known = [_tagged(language, (words,)) for language, words in text._asdict().items() if words]
    return [value for values in known for value in values]


def _tagged(language: str, texts: Iterable[str]) -> list[dict[str, str]]:
    return [{"@language": language, "@value": text} for text in texts]


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    """Those of `properties` that have a value."""
    return {key: value for key, value in properties.items() if value not in ("", [], {})}
