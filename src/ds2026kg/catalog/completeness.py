"""What the descriptions lack because only the publisher can know it, by the keys to fill in."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from ds2026kg.catalog.ckan import licence_id
from ds2026kg.catalog.dataset import Dataset
from ds2026kg.findings import Finding, Text
from ds2026kg.publication_rules import INCOMPLETE


class Missing(NamedTuple):
    """A key of `ds2026kg.toml` that is not filled in, and what it is to say.

    `required` tells that the portal takes no record without it.
    """

    key: str
    message: Text
    required: bool


_WANTED = (
    Missing("dataset.title_en", Text("the title in English", "le titre en anglais"), True),
    Missing("dataset.title_fr", Text("the title in French", "le titre en français"), True),
    Missing(
        "dataset.description_en",
        Text("the description in English", "la description en anglais"),
        True,
    ),
    Missing(
        "dataset.description_fr",
        Text("the description in French", "la description en français"),
        True,
    ),
    Missing("dataset.keywords_en", Text("keywords in English", "des mots clés en anglais"), True),
    Missing("dataset.keywords_fr", Text("keywords in French", "des mots clés en français"), True),
    Missing(
        "dataset.licence",
        Text(
            "a licence that the portal knows, such as the Open Government Licence – Canada",
            "une licence que le portail connaît, telle que la Licence du gouvernement ouvert – Canada",
        ),
        True,
    ),
    Missing(
        "dataset.download_base",
        Text(
            "the address under which the files can be downloaded",
            "l’adresse sous laquelle les fichiers peuvent être téléchargés",
        ),
        False,
    ),
    Missing(
        "dataset.issued",
        Text("the date of first publication", "la date de première publication"),
        True,
    ),
    Missing(
        "dataset.frequency",
        Text("how often the data are updated", "la fréquence de mise à jour des données"),
        True,
    ),
    Missing(
        "dataset.temporal_start",
        Text("the first day that the data are about", "le premier jour visé par les données"),
        False,
    ),
    Missing(
        "dataset.landing_page_en",
        Text("a page about the data in English", "une page en anglais au sujet des données"),
        False,
    ),
    Missing(
        "dataset.landing_page_fr",
        Text("a page about the data in French", "une page en français au sujet des données"),
        False,
    ),
    Missing(
        "publisher.name_en",
        Text("who publishes, in English", "qui publie, en anglais"),
        False,
    ),
    Missing(
        "publisher.name_fr",
        Text("who publishes, in French", "qui publie, en français"),
        False,
    ),
    Missing("publisher.email", Text("whom to write to", "à qui écrire"), False),
    Missing(
        "portal.id",
        Text("the UUID of the data set on the portal", "l’UUID du jeu de données sur le portail"),
        True,
    ),
    Missing(
        "portal.owner_org",
        Text(
            "the name of the organization on the portal", "le nom de l’organisation sur le portail"
        ),
        True,
    ),
    Missing(
        "portal.subject",
        Text("the subjects, from the portal’s list", "les sujets, tirés de la liste du portail"),
        True,
    ),
    Missing(
        "portal.imso_approval",
        Text("whether its publication is approved", "si sa publication est approuvée"),
        True,
    ),
    Missing(
        "portal.ready_to_publish",
        Text("whether it is ready to be published", "s’il est prêt à être publié"),
        True,
    ),
)


def missing(dataset: Dataset) -> tuple[Missing, ...]:
    """The keys that only the publisher can fill in and that are not, in the order of the documents.

    >>> from ds2026kg.config import Settings
    >>> [each.key for each in missing(Dataset(Settings()))][:2]
    ['dataset.title_en', 'dataset.title_fr']
    """
    return tuple(wanted for wanted in _WANTED if not _is_told(wanted.key, dataset))


def incomplete(dataset: Dataset) -> Finding | None:
    """One finding that names all keys that are missing, by their tables; None if none is.

    >>> from ds2026kg.config import PublisherSettings, Settings
    >>> settings = Settings(publisher=PublisherSettings(email="data@example.org"))
    >>> told = incomplete(Dataset(settings))
    >>> assert told is not None
    >>> told.message("en").partition("; [portal]")[0].partition("landing_page_en, ")[2]
    'landing_page_fr; [publisher] name_en, name_fr'
    """
    keys = [each.key.split(".") for each in missing(dataset)]
    tables = groupby(keys, key=lambda parts: parts[0])
    named = [f"[{table}] {', '.join(name for _, name in group)}" for table, group in tables]
    return Finding(INCOMPLETE, values={"keys": "; ".join(named)}) if named else None


def _is_told(key: str, dataset: Dataset) -> bool:
    table, _, name = key.partition(".")
    if name.startswith(("title_", "description_", "name_")):
        text, _, language = name.rpartition("_")
        record = dataset.publisher if table == "publisher" else dataset
        return bool(getattr(getattr(record, text), language))
    if name == "licence":
        return bool(licence_id(dataset.settings.dataset.licence))
    value = getattr(getattr(dataset.settings, table), name)
    return value is False or bool(value)  # a refusal is an answer
