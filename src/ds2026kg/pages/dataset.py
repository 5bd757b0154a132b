"""The page about the data set: its files, its licence, its counts, and where its statements come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ds2026kg.catalog.dataset import File as CatalogFile
from ds2026kg.catalog.files import content_of
from ds2026kg.findings import Language, Text
from ds2026kg.pages.counting import numeral
from ds2026kg.pages.dataset_words import FILES, GRAPHS, WORDS
from ds2026kg.pages.distribution import data_set
from ds2026kg.pages.kind import Content, Kind, Visit, alone
from ds2026kg.pages.outline import ACTOR, COMMITMENT, MISSION
from ds2026kg.pages.publication import Download, Publication
from ds2026kg.pages.tally import bases, graphs, last_modified, translations, triples
from ds2026kg.pages.view import Said, View, term

PATH = "dataset"
_UNITS: Mapping[Language, tuple[str, ...]] = {
    "en": ("B", "kB", "MB", "GB"),
    "fr": ("o", "ko", "Mo", "Go"),
}


class File(NamedTuple):
    """A download as the page shows it: what it is in words, its size, and where it lies."""

    name: str
    address: str
    what: str
    media_type: str
    size: str
    sha256: str


def _content(visit: Visit) -> Content:
    view, publication, language = visit.view, visit.publication, visit.view.language
    title = Said(WORDS["title"].in_language(language), language)
    summary = WORDS["summary"].in_language(language)
    strategies = view.instances(term("ds:Strategy"))
    name = view.label(strategies[0]) if strategies else Said(publication.name)
    modified = last_modified(view)
    counts = [
        (kind, numeral(len(view.instances(kind)), language))
        for kind in (MISSION, COMMITMENT, ACTOR)
    ]
    return Content(
        title=title,
        summary=summary,
        values={
            "files": [_file(each, visit) for each in publication.downloads],
            "name": name,
            "modified": modified,
            "endpoint": visit.endpoint,
            "graphs": [
                (node, _graph(node.value, publication, language), numeral(count, language))
                for node, count in graphs(view)
            ],
            "triples": numeral(triples(view), language),
            "counts": counts,
            "bases": [(share.value, numeral(share.number, language)) for share in bases(view)],
            "translations": translations(view),
            "example": _example(view),
        },
        structured=data_set(visit, name, summary),
    )


def _file(download: Download, visit: Visit) -> File:
    language = visit.view.language
    return File(
        download.name,
        visit.addresses.file(download.name),
        described(download, language),
        download.media_type,
        size(download.size, language) if download.size else "",
        download.sha256,
    )


def described(download: Download, language: Language) -> str:
    """What a file is, in words; "" if it is none that a build writes.

    >>> described(Download("void.ttl", "text/turtle"), "en")
    'The description for tools of Linked Data (VoID)'
    """
    own = FILES.get(download.name)
    title = own or content_of(CatalogFile(*download)).title
    return "" if title.en == download.name else title.in_language(language)


def size(count: int, language: Language) -> str:
    """So many bytes, as people say it.

    >>> size(51366, "en"), size(2_100_000, "fr"), size(12, "en")
    ('51.4 kB', '2,1\\xa0Mo', '12 B')
    """
    units = _UNITS[language]
    power = min((len(str(count)) - 1) // 3, len(units) - 1)
    text = f"{count / 1000**power:.1f}" if power else str(count)
    return (
        f"{text.replace('.', ',')}\u00a0{units[power]}"
        if language == "fr"
        else f"{text} {units[power]}"
    )


def _graph(iri: str, publication: Publication, language: Language) -> str:
    local = iri.removeprefix(f"{publication.base}graph/")
    return GRAPHS[local].in_language(language) if local in GRAPHS else ""


def _example(view: View) -> str:
    """The IRI of a commitment, to show how they are made; "" if there is none."""
    return next((node.value for node in view.instances(COMMITMENT)), "")


PAGE = Kind(PATH, "dataset.html", _content, alone(PATH), Text("Data set", "Jeu de données"), WORDS)
