"""The files of a build that describe its other files, in the order in which they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from ds2026kg.catalog.ckan import ckan_package
from ds2026kg.catalog.dataset import Dataset
from ds2026kg.catalog.dcat import dcat
from ds2026kg.catalog.facts import Facts
from ds2026kg.catalog.schema_org import schema_org
from ds2026kg.catalog.void import void


class Document(NamedTuple):
    """A description by the name of its file, its media type and what it holds."""

    name: str
    media_type: str
    content: bytes


def documents(dataset: Dataset, facts: Facts) -> Iterator[Document]:
    """Every description of `dataset`; its files must be made. The same data set gives the same bytes."""
    yield Document("void.ttl", "text/turtle", void(dataset, facts))
    for name, media_type, made in (
        ("dcat.jsonld", "application/ld+json", dcat(dataset)),
        ("schema-org.jsonld", "application/ld+json", schema_org(dataset)),
        ("ckan-package.json", "application/json", ckan_package(dataset)),
    ):
        yield Document(name, media_type, _json(made))


def _json(document: dict[str, Any]) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()
