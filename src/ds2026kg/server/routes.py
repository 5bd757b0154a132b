"""Which address is answered by what: the table of routes, and the way through it.

A further address is a `Route` and a handler; what every response has is `delivery`'s.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote

import orjson

from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Text
from ds2026kg.pages.kinds import KINDS
from ds2026kg.server import browsing, collection, dereferencing, protocol
from ds2026kg.server.asking import Answer, WholeGraph
from ds2026kg.server.delivery import delivered
from ds2026kg.server.description import service_description, void_description
from ds2026kg.server.media import GRAPHS, HTML, PROBLEM_JSON
from ds2026kg.server.message import Request, Response, content
from ds2026kg.server.negotiation import best_language, best_media_type
from ds2026kg.server.problems import RequestError, method_not_allowed, not_acceptable
from ds2026kg.server.signposting import link_header
from ds2026kg.server.site import Site

Handler = Callable[[Request, Site], Awaitable[Response]]

READING = "GET, HEAD, OPTIONS"
_LARGE = 256 * 1024
_PROBLEMS = (PROBLEM_JSON, "application/json", HTML)
_LOG = logging.getLogger(__name__)


class Route(NamedTuple):
    """An address, the methods that it has, and what answers them.

    A `path` that ends with a slash or a dot stands for all addresses that begin so. OPTIONS
    and HEAD are answered for every route, HEAD by its handler as GET.
    """

    path: str
    methods: str
    handler: Handler


async def respond(request: Request, site: Site, routes: Sequence[Route] | None = None) -> Response:
    """The response to `request`, whatever it is; `routes` are those of this module if none are given.

    Faults become problem documents in the client's language, and no fault of ours shows more.
    """
    try:
        response = await _routed(request, site, ROUTES if routes is None else routes)
    except Ds2026kgError as error:
        return refused(request, error, site)
    except Exception:
        _LOG.exception("%s %s", request.method, request.path)
        return refused(request, RequestError(500, _UNEXPECTED), site)
    if len(response.body) > _LARGE:
        return await asyncio.to_thread(delivered, request, response)
    return delivered(request, response)


async def _routed(request: Request, site: Site, routes: Sequence[Route]) -> Response:
    _check_size(request, site.max_request_bytes)
    route = next((route for route in routes if _leads(route.path, request.path)), None)
    if route is None:
        known = ", ".join(route.path for route in routes)
        raise RequestError(
            404,
            Text("there is no such address", "cette adresse n’existe pas"),
            remedy=Text(f"try one of: {known}", f"essayez l’une de celles-ci\u00a0: {known}"),
        )
    if request.method not in route.methods.split(", "):
        raise method_not_allowed(request.method, route.methods)
    if request.method == "OPTIONS":
        return Response(
            204, {"allow": route.methods, "access-control-allow-methods": route.methods}
        )
    return await route.handler(request, site)


def _leads(path: str, asked: str) -> bool:
    return asked.startswith(path) if path.endswith(("/", ".")) and path != "/" else asked == path


def _check_size(request: Request, most: int) -> None:
    """Raise `RequestError` for what is too long: 414 for the address, 413 for the content."""
    if len(request.path) + len(request.query) > most:
        raise RequestError(
            414,
            Text(f"the address is longer than {most} bytes", f"l’adresse dépasse {most} octets"),
            remedy=Text("send the query by POST", "envoyez la requête par POST"),
        )
    if len(request.body) > most:
        raise too_large(most)


def too_large(most: int) -> RequestError:
    """The problem of content that has more bytes than `most`."""
    return RequestError(
        413,
        Text(f"the content is larger than {most} bytes", f"le contenu dépasse {most} octets"),
        remedy=Text("send a shorter query", "envoyez une requête plus courte"),
    )


def refused(request: Request, error: Ds2026kgError, site: Site) -> Response:
    """The response to a request that is not answered because of `error`: a page for who wants HTML."""
    if not isinstance(error, RequestError):
        error = RequestError(400, error.message, place=error.place, remedy=error.remedy)
    place = browsing.wanted(request.path)
    said = place.language if place else None
    language = said or best_language(request.headers.get("accept-language"))
    if best_media_type(request.headers.get("accept"), _PROBLEMS) == HTML:
        return delivered(request, browsing.problem_page(error, language, site))
    return delivered(request, error.response(language))


async def sparql(request: Request, site: Site) -> Response:
    """A query, or, if there is none, the description of the service (SPARQL 1.1 Protocol §2).

    Whoever asks nothing and would rather have HTML is led to the page where one can ask.
    """
    asked = protocol.question(request, site.max_rows, site.base)
    if asked is not None:
        return _content(await site.data.ask(asked, request.client), site.max_rows)
    if best_media_type(request.headers.get("accept"), [*GRAPHS, HTML]) == HTML:
        return Response(303, {"location": f"{site.address(request)}/query"})
    media_type = _graph_type(request)
    endpoint = f"{site.address(request)}/sparql"
    return content(service_description(endpoint, site.data.facts, media_type), media_type)


async def home(request: Request, site: Site) -> Response:
    """The first page, which tells people of the data set, with links to what tells machines."""
    links = link_header(dereferencing.dataset_links(request, site))
    return (await browsing.page(request, site)).with_headers(link=links)


async def void(request: Request, site: Site) -> Response:
    """The description of the data set, by VoID."""
    media_type = _graph_type(request)
    described = void_description(
        site.address(request), site.base, site.licence, site.data.facts, media_type
    )
    links = link_header(dereferencing.dataset_links(request, site))
    return content(described, media_type).with_headers(link=links)


async def graph_store(request: Request, site: Site) -> Response:
    """A graph named by ?default or ?graph=IRI (SPARQL 1.1 Graph Store HTTP Protocol §4.2)."""
    pairs = protocol.parameters(request.query)
    default = [value for name, value in pairs if name == "default"]
    graphs = [value for name, value in pairs if name == "graph"]
    if len(default) + len(graphs) != 1:
        raise RequestError(
            400,
            Text("exactly one graph is to be named", "il faut nommer un graphe, et un seul"),
            remedy=Text("write ?default or ?graph=IRI", "écrivez ?default ou ?graph=IRI"),
        )
    return await _graph(graphs[0] if graphs else None, request, site)


async def named_graph(request: Request, site: Site) -> Response:
    """A graph whose IRI ends as this address does (Graph Store HTTP Protocol §4.1)."""
    local = quote(request.path.removeprefix("/"), safe="/:@!$&'()*+,;=~-._")
    return await _graph(f"{site.base}{local}", request, site)


async def health(_request: Request, site: Site) -> Response:
    """Whether the data served are up to date; 200 as long as questions are answered."""
    standing = site.data.standing
    told: dict[str, object] = {
        "status": "current" if standing.current else "stale",
        "triples": site.data.facts.triples,
    }
    if standing.fault is not None:
        told["fault"] = {"en": standing.fault.en, "fr": standing.fault.fr}
    body = orjson.dumps(told)
    return content(body, "application/json").with_headers(cache_control="no-store")


async def _graph(graph: str | None, request: Request, site: Site) -> Response:
    asked = WholeGraph(graph, _graph_type(request))
    return _content(await site.data.ask(asked, request.client), site.max_rows)


def _graph_type(request: Request) -> str:
    media_type = best_media_type(request.headers.get("accept"), list(GRAPHS))
    if media_type is None:
        raise not_acceptable(GRAPHS)
    return media_type


def _content(answer: Answer, max_rows: int) -> Response:
    response = content(answer.body, answer.media_type)
    return response.with_headers(result_cut=f"rows={max_rows}") if answer.cut else response


_UNEXPECTED = Text(
    "the server failed; what happened is in its log",
    "le serveur a failli; ce qui s’est passé est dans son journal",
)

ROUTES = (
    Route("/sparql", protocol.METHODS, sparql),
    Route("/sparql/", protocol.METHODS, sparql),
    Route("/.well-known/void", READING, void),
    Route("/graphs", READING, graph_store),
    Route("/graph/", READING, named_graph),
    Route("/id/", READING, dereferencing.thing),
    Route("/doc/", READING, dereferencing.document),
    Route("/linkset", READING, collection.links_of_all),
    Route("/linkset/", READING, dereferencing.links_of),
    Route("/query/", READING, dereferencing.stored_query),
    *(
        Route(f"/{name}{end}", READING, dereferencing.terms)
        for name in ("ontology", "shapes")
        for end in ("", ".", "/")
    ),
    Route("/health", READING, health),
    Route("/files/", READING, browsing.download),
    Route("/assets/", READING, browsing.asset),
    Route("/", READING, home),
    *(
        Route(f"/{kind.path}{end}", READING, browsing.page)
        for kind in KINDS
        if not kind.path.endswith("/")
        for end in ("", ".")
    ),
)
"""Every address of the site. A page that is a form of a document is answered where that is."""
