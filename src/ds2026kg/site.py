"""A site of files, for any host: every page in both languages, what it says as data, and its looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from pyoxigraph import NamedNode, Store

from ds2026kg.history import Changes, Release
from ds2026kg.pages import (
    ASSETS,
    FORMS,
    LANGUAGES,
    Download,
    Publication,
    entry_page,
    page_paths,
    rendered,
)
from ds2026kg.pages.view import View
from ds2026kg.query.describing import description_of
from ds2026kg.query.rdf import graph_as
from ds2026kg.query.store import load_stored_queries, open_store
from ds2026kg.query.vocabulary import VOCABULARIES, vocabulary
from ds2026kg.reading import Reading
from ds2026kg.targets import Entry, FileNames

_THINGS: Final = "doc/"
_MOST_ADDRESSES: Final = 50_000  # in one site map (sitemaps.org)


def site_files(
    reading: Reading, earlier: Release | None, written: Sequence[Entry]
) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each file of the site, one at a time.

    `written` are the files of the data set, which lie beside it and are offered for download. They
    include `ontology.ttl` and `shapes.ttl`. Pages tell what has changed since the `earlier` release.
    Raises `OutputError` for a page whose name no file can have.
    """
    settings = reading.settings
    store = _store(reading)
    changes = earlier.changes_to(store) if earlier is not None else None
    publication = _publication(reading, written, changes)
    yield "index.html", entry_page(store, publication)
    for file in sorted(file for file in ASSETS.rglob("*") if file.is_file()):
        yield f"assets/{file.relative_to(ASSETS).as_posix()}", file.read_bytes()
    yield from _vocabulary()
    names, addresses = FileNames(), list[str]()
    views = {language: View(store, language, publication.base) for language in LANGUAGES}
    for path in page_paths(store, publication):
        name = names.of(path)
        for language in LANGUAGES:
            page = rendered(store, publication, path, language, view=views[language])
            if page is not None:
                yield f"{name}.{language}.html", page
        if path.startswith(_THINGS):
            yield from _data(store, publication, path, name)
        addresses.append(path)
    if settings.server.url:
        yield from _site_maps(settings.server.url, addresses)


def _publication(
    reading: Reading, written: Sequence[Entry], changes: Changes | None
) -> Publication:
    dataset = reading.settings.dataset
    downloads = tuple(
        Download(file["name"], file["mediaType"], file["bytes"], file["sha256"]) for file in written
    )
    return Publication(
        dataset.base,
        dataset.name,
        dataset.licence,
        dataset.endpoint,
        downloads=downloads,
        changes=changes,
    )


def _store(reading: Reading) -> Store:
    """The statements that are published, with the ontology and the stored queries."""
    dataset = reading.settings.dataset
    quads = (statement.quad for statement in reading.statements())
    store = open_store(quads, reading.vocabulary.ontology, base=dataset.base)
    load_stored_queries(store, base=dataset.base, endpoint=dataset.endpoint)
    return store


def _data(
    store: Store, publication: Publication, path: str, name: str
) -> Iterator[tuple[str, bytes]]:
    """What the page at `path` says, in each form of RDF."""
    thing = NamedNode(f"{publication.base}id/{path.removeprefix(_THINGS)}")
    triples, _cut = description_of(store, thing, sys.maxsize)
    for form in FORMS:
        yield f"{name}.{form}", graph_as(triples, form)


def _vocabulary() -> Iterator[tuple[str, bytes]]:
    """The ontology and the shapes in the forms of RDF that a build does not have of them."""
    for kind in VOCABULARIES:
        for form in FORMS:
            if form != "ttl":
                yield f"{kind}.{form}", vocabulary(kind, form)


def _site_maps(url: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The addresses of all pages, for search engines (sitemaps.org, with the languages of each).

    One file, or an index of several where they are too many for one.
    """
    most = _MOST_ADDRESSES // len(LANGUAGES)
    parts = [paths[start : start + most] for start in range(0, len(paths), most)]
    if len(parts) == 1:
        yield "sitemap.xml", _site_map(url, parts[0])
        return
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", _site_map(url, part)
    listed = (
        f"<sitemap><loc>{escape(url)}/sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, len(parts) + 1)
    )
    yield "sitemap.xml", _xml("sitemapindex", "".join(listed))


def _site_map(url: str, paths: Sequence[str]) -> bytes:
    def entries(path: str) -> Iterator[str]:
        links = {language: escape(f"{url}/{path}.{language}.html") for language in LANGUAGES}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{link}"/>'
            for language, link in links.items()
        )
        for link in links.values():
            yield f"<url><loc>{link}</loc>{others}</url>\n"

    return _xml("urlset", "".join(entry for path in paths for entry in entries(path)))


def _xml(root: str, content: str) -> bytes:
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {spaces}>\n{content}</{root}>\n'.encode()
    )
