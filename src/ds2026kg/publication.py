"""What the settings say of a data set as something published: what it is, by whom, and where.

Only its publisher can know most of it, so nothing here has a default that claims anything; what is
left out is left out of the descriptions too. `docs/settings.md` explains each key.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import uuid
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text
from ds2026kg.profile import profile

AVAILABILITIES = ("AVAILABLE", "EXPERIMENTAL", "STABLE", "TEMPORARY")
"""Codes of the EU authority table “Planned availability”, as DCAT-AP 3 asks for them."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ORGANIZATION = re.compile(r"[a-z0-9_-]{2,100}")
_SHORTEST_KEYWORD, _LONGEST_KEYWORD = 2, 100  # what CKAN takes as a tag


@dataclass(frozen=True, slots=True)
class DatasetSettings:
    """What is published. `base` is the IRI that everything is named under; it ends with "/".

    `endpoint` is the address of the SPARQL endpoint over it. A title and description that are empty
    are those of the strategy in the notes. `download_base` is the address, with "/" at its end, under
    which the files of a build lie. `frequency` is a code of the portal's list, `availability` one of
    `AVAILABILITIES`; `issued` the date of first publication, `temporal_start` and `temporal_end` the
    first and last day that the data are about, `spatial` the IRI of the place that they are about.
    """

    base: str = "https://w3id.org/ds2026/"
    name: str = "ds2026"
    licence: str = "https://open.canada.ca/en/open-government-licence-canada"
    endpoint: str = ""
    title_en: str = ""
    title_fr: str = ""
    description_en: str = ""
    description_fr: str = ""
    keywords_en: tuple[str, ...] = ()
    keywords_fr: tuple[str, ...] = ()
    landing_page_en: str = ""
    landing_page_fr: str = ""
    download_base: str = ""
    version: str = ""
    issued: date | None = None
    frequency: str = ""
    availability: str = ""
    temporal_start: date | None = None
    temporal_end: date | None = None
    spatial: str = "http://publications.europa.eu/resource/authority/country/CAN"


@dataclass(frozen=True, slots=True)
class PublisherSettings:
    """Who publishes. `gc_orgid` is the GC OrgID of a federal organization, 0 for any other.

    `section_en` and `section_fr` name the part of the organization that answers at `email`.
    """

    name_en: str = ""
    name_fr: str = ""
    gc_orgid: int = 0
    section_en: str = ""
    section_fr: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """The record on the open-government portal, in the terms of its own form.

    `url` is the address of the portal, `id` the UUID of the data set there, `owner_org` the
    organization's name there ("tbs-sct"). The two approvals are None until somebody has given or
    refused them.
    """

    url: str = ""
    id: str = ""
    owner_org: str = ""
    collection: str = "primary"
    jurisdiction: str = "federal"
    subject: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    imso_approval: bool | None = None
    ready_to_publish: bool | None = None


def publication_digest(
    dataset: DatasetSettings, publisher: PublisherSettings, portal: PortalSettings
) -> str:
    """The SHA-256 (hexadecimal) of what these settings put into a build.

    The portal's address is not among them: a build may go to a portal for trying first.

    >>> told = DatasetSettings(), PublisherSettings(), PortalSettings(url="https://example.org")
    >>> publication_digest(*told) == publication_digest(*told[:2], PortalSettings())
    True
    """
    records = (dataset, publisher, replace(portal, url=""))
    told = json.dumps([asdict(record) for record in records], default=str, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def check_publication(
    dataset: DatasetSettings, publisher: PublisherSettings, portal: PortalSettings, file: str
) -> None:
    """Raise `ConfigurationError`, naming `file` and the key, for a value that cannot be so."""
    for table, record in (("dataset", dataset), ("publisher", publisher), ("portal", portal)):
        for key, value in _texts(record):
            _check_not_blank(value, f"{file}: {table}.{key}")
    _check_dataset(dataset, f"{file}: dataset.")
    _check_publisher(publisher, f"{file}: publisher.")
    _check_portal(portal, f"{file}: portal.")


def _texts(record: Any) -> Iterator[tuple[str, str]]:
    """Each text of the record that was given, with its key."""
    for entry in fields(record):
        value = getattr(record, entry.name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and text:
                yield entry.name, text


def _check_dataset(dataset: DatasetSettings, place: str) -> None:
    for key in ("landing_page_en", "landing_page_fr", "download_base", "spatial"):
        _check_address(getattr(dataset, key), place + key)
    if dataset.download_base and not dataset.download_base.endswith("/"):
        raise ConfigurationError(
            Text(
                "this must end with a slash", "cette adresse doit se terminer par une barre oblique"
            ),
            place=f"{place}download_base",
        )
    for key in ("keywords_en", "keywords_fr"):
        for keyword in getattr(dataset, key):
            _check_keyword(keyword, place + key)
    if dataset.frequency:
        _check_code(dataset.frequency, profile().lists["frequency"], f"{place}frequency")
    if dataset.availability:
        _check_code(dataset.availability, AVAILABILITIES, f"{place}availability")
    start, end = dataset.temporal_start, dataset.temporal_end
    if start is not None and end is not None and end < start:
        raise ConfigurationError(
            Text(
                f"this lies before dataset.temporal_start, {start}",
                f"cette date précède dataset.temporal_start, {start}",
            ),
            place=f"{place}temporal_end",
        )


def _check_publisher(publisher: PublisherSettings, place: str) -> None:
    if publisher.gc_orgid < 0:
        raise ConfigurationError(
            Text("this must be a number such as 2242", "ce doit être un numéro tel que 2242"),
            place=f"{place}gc_orgid",
        )
    if publisher.email and not _EMAIL.fullmatch(publisher.email):
        raise ConfigurationError(
            Text("this must be an e-mail address", "ce doit être une adresse de courriel"),
            place=f"{place}email",
        )


def _check_portal(portal: PortalSettings, place: str) -> None:
    _check_address(portal.url, f"{place}url")
    if "@" in urlsplit(portal.url).netloc:
        raise ConfigurationError(
            Text(
                "a user or a password does not belong here",
                "ni utilisateur ni mot de passe n’ont leur place ici",
            ),
            place=f"{place}url",
            remedy=Text(
                "put a key of the portal into DS2026KG_PORTAL_KEY",
                "mettez une clé du portail dans DS2026KG_PORTAL_KEY",
            ),
        )
    if portal.id and not _is_uuid(portal.id):
        raise ConfigurationError(
            Text(
                "this must be a UUID in lower case, with its four hyphens",
                "ce doit être un UUID en minuscules, avec ses quatre traits d’union",
            ),
            place=f"{place}id",
            remedy=Text(
                "copy it from the address of the data set on the portal",
                "copiez-le de l’adresse du jeu de données sur le portail",
            ),
        )
    if portal.owner_org and not _ORGANIZATION.fullmatch(portal.owner_org):
        raise ConfigurationError(
            Text(
                "this must be the organization’s name in the portal’s addresses, such as tbs-sct",
                "ce doit être le nom de l’organisation dans les adresses du portail, tel que tbs-sct",
            ),
            place=f"{place}owner_org",
        )
    lists = profile().lists
    _check_code(portal.collection, lists["collection"], f"{place}collection")
    _check_code(portal.jurisdiction, lists["jurisdiction"], f"{place}jurisdiction")
    for key in ("subject", "audience"):
        for code in getattr(portal, key):
            _check_code(code, lists[key], place + key)


def _check_not_blank(value: str, place: str) -> None:
    if not value.strip():
        raise ConfigurationError(
            Text("this must not be blank", "la valeur ne doit pas être vide"),
            place=place,
            remedy=Text("leave the key out instead", "omettez plutôt la clé"),
        )


def _check_address(value: str, place: str) -> None:
    if value and not is_web_address(value):
        raise ConfigurationError(
            Text("this must be an http(s) address", "ce doit être une adresse http(s)"), place=place
        )


def is_web_address(value: str) -> bool:
    """Whether `value` is an http(s) address that can stand in RDF (RFC 3987 §2.2).

    >>> [is_web_address(each) for each in ("https://example.org/é", "https://example.org/%", "a")]
    [True, False, False]
    """
    if not _WEB_ADDRESS.fullmatch(value):
        return False
    # Settings are read before anything heavy is; what reads an address needs this soon enough.
    from pyoxigraph import NamedNode

    try:
        return bool(NamedNode(value) and urlsplit(value).hostname)
    except ValueError:
        return False


def _check_keyword(value: str, place: str) -> None:
    if "," in value or not _SHORTEST_KEYWORD <= len(value) <= _LONGEST_KEYWORD:
        raise ConfigurationError(
            Text(
                f"a keyword has 2 to 100 characters and no comma: “{value}”",
                f"un mot clé a de 2 à 100 caractères et pas de virgule\u00a0: «\u00a0{value}\u00a0»",
            ),
            place=place,
        )


def _check_code(value: str, allowed: Collection[str], place: str) -> None:
    if value not in allowed:
        names = ", ".join(difflib.get_close_matches(value, allowed, 1) or sorted(allowed))
        raise ConfigurationError(
            Text(
                f"“{value}” is not in the list that this is taken from",
                f"«\u00a0{value}\u00a0» n’est pas dans la liste d’où ceci est tiré",
            ),
            place=place,
            remedy=Text(f"use one of: {names}", f"employez l’un de\u00a0: {names}"),
        )


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False
