"""Pages for people: which one an address stands for, in which language, and the files they need.

The address of a page has its language: `/missions.fr.html`. At `/missions` and `/missions.html`, the
language is the one that Accept-Language wants, and Content-Location says which page that was.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from ds2026kg.findings import Language, Text
from ds2026kg.pages import ASSETS, problem
from ds2026kg.pages.addresses import HOME
from ds2026kg.server import protocol
from ds2026kg.server.asking import Page, WholeGraph
from ds2026kg.server.media import HTML
from ds2026kg.server.message import Body, Request, Response, content
from ds2026kg.server.negotiation import best_language
from ds2026kg.server.problems import TITLES, RequestError
from ds2026kg.server.site import Site

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""What a page may load and do: nothing but from this site, and no script within the page."""

_LANGUAGES: Mapping[str, Language] = MappingProxyType({"en": "en", "fr": "fr"})
_AT: Final = Text(
    "line {line}, column {column}: {detail}", "ligne {line}, colonne {column}\u00a0: {detail}"
)
_IN: Final = Text("{place}: {detail}", "{place}\u00a0: {detail}")
_ASSET_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".txt": "text/plain",
    }
)


class Wanted(NamedTuple):
    """A page that is asked for: its path, and its language if the address says it."""

    path: str
    language: Language | None


def wanted(path: str) -> Wanted | None:
    """The page whose own address is `path`; None if it does not end as those of pages do.

    >>> wanted("doc/mission/3.1.fr.html"), wanted("missions.html"), wanted("missions")
    (Wanted(path='doc/mission/3.1', language='fr'), Wanted(path='missions', language=None), None)
    """
    name, dot, form = path.rpartition(".")
    if not dot or form != "html" or not name:
        return None
    page, _, language = name.rpartition(".")
    return Wanted(page, _LANGUAGES[language]) if language in _LANGUAGES else Wanted(name, None)


async def page(request: Request, site: Site) -> Response:
    """A page of its own, such as the first one or the tree of missions."""
    asked = request.path.removeprefix("/") or HOME
    place = wanted(asked) or Wanted(asked, None)
    return await page_at(place, f"{site.address(request)}/{place.path}", request, site)


async def page_at(place: Wanted, address: str, request: Request, site: Site) -> Response:
    """The page at `place`, whose address without language and suffix is `address`."""
    language = place.language or best_language(request.headers.get("accept-language"))
    asked = Page(place.path, language, _sent(request), site.publication)
    answer = await site.data.ask(asked, request.client)
    response = content(answer.body, HTML).with_headers(
        content_language=language, content_security_policy=POLICY
    )
    if place.language is not None:
        return response.with_headers(vary="Accept-Encoding")
    return response.with_headers(content_location=f"{address}.{language}.html")


def _sent(request: Request) -> tuple[tuple[str, str], ...]:
    """What a form has sent; of several values of one name, the last."""
    return tuple(dict(protocol.parameters(request.query)).items())


def problem_page(error: RequestError, language: Language, site: Site) -> Response:
    """What is wrong with a request, as a page."""
    detail = error.message.in_language(language)
    line, _, column = error.place.partition(":")
    if line.isdecimal() and column.isdecimal():
        detail = _AT.in_language(language, line=line, column=column, detail=detail)
    elif error.place:
        detail = _IN.in_language(language, place=error.place, detail=detail)
    body = problem(
        site.publication,
        error.code,
        TITLES[error.code].in_language(language),
        detail,
        error.remedy.in_language(language) if error.remedy else "",
        language=language,
        root=f"{site.url}/",
    )
    headers = {
        "content-type": HTML,
        "content-language": language,
        "content-security-policy": POLICY,
        "cache-control": "no-store",
        **error.headers,
    }
    return Response(error.code, headers, body)


async def download(request: Request, site: Site) -> Response:
    """A file of the data set: that of the build that is served, or made of the data now."""
    path = request.path.removeprefix("/")
    known = next((each for each in site.data.downloads if each.name == path), None)
    if known is None:
        raise _no_such_file()
    if site.data.folder is None:
        answer = await site.data.ask(WholeGraph(None, known.media_type), request.client)
        return content(answer.body, answer.media_type)
    file = site.data.folder / Path(path).name
    if file.is_symlink() or not file.is_file() or file.stat().st_size != known.size:
        raise _no_such_file()  # it is being exchanged, or somebody has meddled with it
    headers = {
        "content-type": known.media_type,
        "content-length": str(known.size),
        "etag": f'"{known.sha256}"',
    }
    return Response(200, headers, file=file)


async def asset(request: Request, _site: Site) -> Response:
    """A file that pages need: style, scripts, pictures."""
    name = request.path.removeprefix("/assets/")
    if name not in _assets():
        raise _no_such_file()
    return content(_assets()[name], _ASSET_TYPES[Path(name).suffix])


def _no_such_file() -> RequestError:
    return RequestError(
        404,
        Text("there is no such file", "ce fichier n’existe pas"),
        remedy=Text("the page of the data set has all", "la page du jeu de données les a tous"),
    )


@cache
def _assets() -> Mapping[str, Body]:
    """All of them, read once and compressed once: no request names a path of this machine."""
    return {
        file.name: Body(file.read_bytes())
        for file in ASSETS.iterdir()
        if file.suffix in _ASSET_TYPES
    }
