"""What opens under the IRIs of the data set: each thing as data, in the form that is asked for.

`/id/X` on this server stands for `<base>id/X`. A thing is not a document, so `/id/X` leads on to
`/doc/X`, which tells of it (W3C, Cool URIs for the Semantic Web, §4.2). `/query/NAME` and the vocabulary
are documents themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

from ds2026kg.graph.identifiers import relative_reference
from ds2026kg.pages.addresses import FORMS
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.query.vocabulary import Vocabulary, version, vocabulary
from ds2026kg.server.asking import About, Answer, unknown_thing
from ds2026kg.server.browsing import Wanted, page_at, wanted
from ds2026kg.server.media import GRAPHS, HTML
from ds2026kg.server.message import Request, Response, content
from ds2026kg.server.negotiation import best_media_type
from ds2026kg.server.problems import not_acceptable
from ds2026kg.server.signposting import LINKSET_JSON, Link, link_header, linkset, linkset_type
from ds2026kg.server.site import Site

# Who takes anything is a program: people's browsers name HTML first. Without application/xml, which
# they accept of habit.
_DATA = (*FORMS.values(), "application/json")
_OFFERS = (*_DATA, HTML)
_ABOUT_PAGE: Final = "https://schema.org/AboutPage"
_DATASET: Final = "https://schema.org/Dataset"


class _Place(NamedTuple):
    """A document: what it tells of, its path, its address, and what is asked for directly, if anything.

    `form` is one of RDF; `page` has the language of a page.
    """

    iri: str
    path: str
    address: str
    form: str | None = None
    page: Wanted | None = None

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The direct addresses, with the media type of each."""
        return [(f"{self.address}.{form}", media_type) for form, media_type in FORMS.items()]


async def thing(request: Request, site: Site) -> Response:
    """303 See Other for a thing that the data know: to the document about it (RFC 9110 §15.4.4)."""
    name = request.path.removeprefix("/id/")
    place = _named(name, request, site)
    await site.data.ask(About(place.iri, None, 0), request.client)
    links = [Link("describedby", place.address)]
    return Response(303, {"location": place.address, "link": link_header(links)})


async def document(request: Request, site: Site) -> Response:
    """The description of a thing: all that the data say of it, as `describing` has it."""
    place = _document(request.path.removeprefix("/doc/"), request, site)
    media_type = _media_type(request, place)
    if media_type == HTML:
        return await _page(place, _links(place, request, site), request, site)
    answer = await site.data.ask(About(place.iri, media_type, site.max_rows), request.client)
    links = (
        _links(place, request, site) if place.form is None else _form_links(place, request, site)
    )
    return _delivered(answer, place, links, site)


async def links_of(request: Request, site: Site) -> Response:
    """The link set of the document about a thing, and of each of its forms."""
    place = _named(request.path.removeprefix("/linkset/"), request, site)
    media_type = linkset_type(request.headers.get("accept"))
    await site.data.ask(About(place.iri, None, 0), request.client)
    forms = [(address, _form_links(place, request, site)) for address, _type in place.forms]
    return content(linkset([(place.address, _links(place, request, site)), *forms]), media_type)


async def stored_query(request: Request, site: Site) -> Response:
    """A stored query: its text, its title and its parameters."""
    name, form, page = _split(request.path.removeprefix("/query/"))
    path = f"query/{relative_reference(name)}"
    place = _Place(f"{site.base}{path}", path, f"{site.address(request)}/{path}", form, page)
    media_type = _media_type(request, place)
    if media_type == HTML:
        return await _page(place, _alternates(place), request, site)
    answer = await site.data.ask(About(place.iri, media_type, site.max_rows), request.client)
    return _delivered(answer, place, _alternates(place), site)


async def terms(request: Request, site: Site) -> Response:
    """The vocabulary: the ontology or the shapes, at their own addresses and at those of their version.

    All of its IRIs have a hash, so that this one document is what opens under each.
    """
    path, form, page = _split(request.path.removeprefix("/"))
    name: Vocabulary = "ontology" if path.startswith("ontology") else "shapes"
    address = f"{site.address(request)}/{path}"
    place = _Place(f"{DEFAULT_BASE}{path}", name, address, form, page)
    if path not in (name, f"{name}/{version(name)}") or (page and path != name):
        raise unknown_thing(DEFAULT_BASE + relative_reference(path))
    offers = _OFFERS if path == name else _DATA  # versions have no page
    media_type = _media_type(request, place, offers)
    if media_type == HTML:
        return await _page(place, _alternates(place), request, site)
    body = await asyncio.to_thread(vocabulary, name, GRAPHS[media_type])
    return _delivered(Answer(body, media_type), place, _alternates(place), site)


def dataset_address(request: Request, site: Site) -> str:
    """Where the data set is told of: what each document is in the collection of."""
    return f"{site.address(request)}/"


def dataset_links(request: Request, site: Site) -> list[Link]:
    """What leads on from where the data set is told of."""
    address = site.address(request)
    return [
        Link("cite-as", site.base),
        Link("type", _ABOUT_PAGE),
        Link("type", _DATASET),
        Link("license", site.licence),
        *(Link("describedby", f"{address}/.well-known/void", each) for each in FORMS.values()),
        Link("linkset", f"{address}/linkset", LINKSET_JSON),
        *(Link("item", f"{address}/graphs?default", each) for each in FORMS.values()),
    ]


def _split(path: str) -> tuple[str, str | None, Wanted | None]:
    """What a path names, and the form of RDF or the page that its end asks for.

    >>> _split("mission/3.1"), _split("mission/3.1.ttl")
    (('mission/3.1', None, None), ('mission/3.1', 'ttl', None))
    """
    page = wanted(path)
    if page is not None:
        return page.path, None, page
    name, _, form = path.rpartition(".")
    return (name, form, None) if name and form in FORMS else (path, None, None)


def _document(path: str, request: Request, site: Site) -> _Place:
    name, form, page = _split(path)
    return _named(name, request, site)._replace(form=form, page=page)


def _named(name: str, request: Request, site: Site) -> _Place:
    """The document about the thing of that local identifier."""
    reference = relative_reference(name)
    path = f"doc/{reference}"
    return _Place(f"{site.base}id/{reference}", path, f"{site.address(request)}/{path}")


def _media_type(request: Request, place: _Place, offers: Sequence[str] = _OFFERS) -> str:
    if place.form is not None:
        return FORMS[place.form]
    if place.page is not None:
        return HTML
    media_type = best_media_type(request.headers.get("accept"), offers)
    if media_type is None:
        raise not_acceptable(dict.fromkeys(offers, ""))
    return media_type


async def _page(place: _Place, links: Sequence[Link], request: Request, site: Site) -> Response:
    language = place.page.language if place.page else None
    response = await page_at(Wanted(place.path, language), place.address, request, site)
    return response.with_headers(link=link_header(links))


def _delivered(answer: Answer, place: _Place, links: Sequence[Link], site: Site) -> Response:
    """The answer with where it can be had directly (RFC 9110 §8.7), and where to go from here."""
    response = content(answer.body, answer.media_type).with_headers(link=link_header(links))
    if answer.cut:
        response = response.with_headers(result_cut=f"rows={site.max_rows}")
    if place.form is None:
        direct = f"{place.address}.{GRAPHS[answer.media_type]}"
        return response.with_headers(content_location=direct)
    return response.with_headers(vary="Accept-Encoding")


def _links(place: _Place, request: Request, site: Site) -> list[Link]:
    """What leads on from the document about a thing."""
    return [
        Link("cite-as", place.iri),
        Link("type", _ABOUT_PAGE),
        *(Link("describedby", address, media_type) for address, media_type in place.forms),
        Link("collection", dataset_address(request, site)),
        Link("license", site.licence),
        _linkset_of(place, request, site),
    ]


def _form_links(place: _Place, request: Request, site: Site) -> list[Link]:
    """What leads back from one form of the document."""
    return [
        Link("describes", place.address),
        Link("license", site.licence),
        _linkset_of(place, request, site),
    ]


def _linkset_of(place: _Place, request: Request, site: Site) -> Link:
    local = place.iri.removeprefix(f"{site.base}id/")
    return Link("linkset", f"{site.address(request)}/linkset/{local}", LINKSET_JSON)


def _alternates(place: _Place) -> list[Link]:
    """What leads on from a document that is the thing itself."""
    others = [Link("alternate", address, media_type) for address, media_type in place.forms]
    return [Link("cite-as", place.iri), *others]
