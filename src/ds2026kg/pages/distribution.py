"""The data set as schema.org describes it, with its files."""

from __future__ import annotations

from typing import Any

from ds2026kg.pages.addresses import HOME, Addresses
from ds2026kg.pages.kind import Visit
from ds2026kg.pages.publication import Download
from ds2026kg.pages.structured import in_languages
from ds2026kg.pages.tally import last_modified
from ds2026kg.pages.view import LABELS, Said, View, term


def data_set(visit: Visit, name: Said, description: str) -> dict[str, Any]:
    """The data set as a schema.org Dataset, with a DataDownload for each of its files.

    `name` is what the page calls it; its names in other languages stand beside it.
    """
    view, addresses, publication = visit.view, visit.addresses, visit.publication
    said: dict[str, Any] = {
        "@type": "Dataset",
        "@id": publication.base,
        "name": name.text,
        "description": description,
        "url": addresses.page(HOME),
        "inLanguage": ["en", "fr"],
        "license": publication.licence,
        "isAccessibleForFree": True,
        "distribution": [_download(each, addresses) for each in publication.downloads],
    }
    others = [each for each in _names(view) if each.text != name.text]
    if others:
        said["alternateName"] = in_languages(others)
    modified = last_modified(view)
    if modified:
        said["dateModified"] = modified
    return said


def _names(view: View) -> list[Said]:
    strategies = view.instances(term("ds:Strategy"))
    return view.all_texts(strategies[0], LABELS[0]) if strategies else []


def _download(file: Download, addresses: Addresses) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "DataDownload",
        "name": file.name,
        "contentUrl": addresses.file(file.name),
        "encodingFormat": file.media_type,
    }
    if file.size:
        said["contentSize"] = f"{file.size} B"
    if file.sha256:
        said["sha256"] = file.sha256
    return said
