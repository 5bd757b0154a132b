"""A page's path into its bytes, and the paths of all pages there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import Store

from ds2026kg.findings import Language
from ds2026kg.pages.addresses import FORMS, HOME, Addresses
from ds2026kg.pages.kind import Content, Crumb, Kind, Visit
from ds2026kg.pages.kinds import KINDS
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.structured import breadcrumb
from ds2026kg.pages.view import Said, View
from ds2026kg.pages.words import WORDS

LANGUAGES: Mapping[Language, str] = {"en": "English", "fr": "Français"}
ASSETS = Path(__file__).parent / "assets"
"""The folder of the files that pages need; they lie under `assets/` beside the first page."""

_TEMPLATES = Path(__file__).parent / "templates"


def rendered(
    store: Store,
    publication: Publication,
    path: str,
    language: Language,
    parameters: Mapping[str, str] | None = None,
    view: View | None = None,
) -> bytes | None:
    """The page at `path` in `language`, as UTF-8; None if there is no such page.

    `path` is as `addresses` has it, percent-encoded; `parameters` are what a form has sent. Who makes
    many pages of data that do not change gives the `view` of them, so that what several pages need is
    worked out once.
    Raises `QueryError` for a query that was sent and cannot be answered.

    >>> page = rendered(Store(), Publication("urn:x:", "x", "urn:licence"), "index", "fr")
    >>> page[:30]
    b'<!doctype html>\\n<html lang="fr'
    """
    kind = next((kind for kind in KINDS if _leads(kind.path, path)), None)
    if kind is None:
        return None
    view = view or View(store, language, publication.base)
    addresses = Addresses(path, language)
    visit = Visit(view, addresses, publication, path.removeprefix(kind.path), parameters)
    content = kind.content(visit)
    if content is None:
        return None
    return made(visit, kind, content)


def made(visit: Visit, kind: Kind, content: Content) -> bytes:
    """The page of that kind with that content, as UTF-8."""
    template = environment().get_template(kind.template)
    return template.render(_common(visit, kind, content), **content.values).encode()


def page_paths(store: Store, publication: Publication) -> Iterator[str]:
    """The paths of all pages, each once; every one of them is there in both languages."""
    view = View(store, "en", publication.base)
    for kind in KINDS:
        yield from kind.paths(view, publication)


def _leads(path: str, asked: str) -> bool:
    return asked.startswith(path) and asked != path if path.endswith("/") else asked == path


def _common(visit: Visit, kind: Kind, content: Content) -> dict[str, Any]:
    """What every template takes."""
    addresses, language = visit.addresses, visit.addresses.language
    first = next(each.name for each in KINDS if each.path == HOME and each.name is not None)
    trail = (Crumb(Said(first.in_language(language), language), HOME), *content.trail)
    way = [(each.name.text, each.path) for each in trail] + [(content.title.text, addresses.path)]
    navigation = [
        (each.name, each.path)
        for each in KINDS
        if each.name is not None and each.shown(visit.publication)
    ]
    return {
        "addresses": addresses,
        "view": visit.view,
        "publication": visit.publication,
        "language": language,
        "languages": LANGUAGES,
        "home": addresses.path == HOME,
        "here": kind.path,
        "navigation": [
            (name.in_language(language), path, addresses.page(path)) for name, path in navigation
        ],
        "title": content.title,
        "summary": content.summary,
        "forms": content.forms,
        "listed": content.listed,
        "media_types": FORMS,
        "structured": _data_block({"@context": "https://schema.org", **content.structured}),
        "trail": [(each.name, addresses.page(each.path)) for each in trail],
        "way": _data_block({"@context": "https://schema.org", **breadcrumb(addresses, way)}),
        "words": _words(kind, language),
    }


def _data_block(data: object) -> Markup:
    """JSON that may stand in a script element: nothing in it can end that (HTML §4.12.1.3)."""
    text = orjson.dumps(data).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _words(kind: Kind, language: Language) -> Mapping[str, str]:
    """The words of a kind of page, by the name that its template calls them by."""
    return {key: text.in_language(language) for key, text in {**WORDS, **kind.words}.items()}


@cache
def environment() -> Environment:
    """What templates are filled in with; everything from notes is escaped."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["data_block"] = _data_block
    return made
