"""What opens under the IRIs of the data set: each thing as data, in the form that is asked for.

`/id/X` on this server stands for `<base>id/X`. A thing is not a document, so `/id/X` leads on to
`/doc/X`, which tells of it (W3C, Cool URIs for the Semantic Web, §4.2). `/query/NAME` and the vocabulary
are documents themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from ds2026kg.graph.identifiers import relative_reference
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.query.vocabulary import Vocabulary, version, vocabulary
from ds2026kg.server.asking import About, Answer, unknown_thing
from ds2026kg.server.media import GRAPHS
from ds2026kg.server.message import Request, Response, content
from ds2026kg.server.negotiation import best_media_type
from ds2026kg.server.problems import not_acceptable
from ds2026kg.server.signposting import LINKSET_JSON, Link, link_header, linkset
from ds2026kg.server.site import Site

FORMS: Mapping[str, str] = MappingProxyType(
    {
        "ttl": "text/turtle",
        "jsonld": "application/ld+json",
        "nt": "application/n-triples",
        "rdf": "application/rdf+xml",
    }
)
"""The forms of a document, by what its direct address ends in; the first is the preferred one.

Pages are not among them yet: HTML is one form more, before the others.
"""

# Without application/xml, which browsers accept of habit: they get Turtle, which people can read.
_OFFERS = (*FORMS.values(), "application/json")
_LINKSETS: Final = (LINKSET_JSON, "application/json")
_ABOUT_PAGE: Final = "https://schema.org/AboutPage"
_DATASET: Final = "https://schema.org/Dataset"


class _Place(NamedTuple):
    """A document: what it tells of, its address, and the form that is asked for directly, if any."""

    iri: str
    address: str
    form: str | None

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The direct addresses, with the media type of each."""
        return [(f"{self.address}.{form}", media_type) for form, media_type in FORMS.items()]


async def thing(request: Request, site: Site) -> Response:
    """303 See Other for a thing that the data know: to the document about it (RFC 9110 §15.4.4)."""
    name = request.path.removeprefix("/id/")
    place = _document(name, None, request, site)
    await site.data.ask(About(place.iri, None, 0), request.client)
    links = [Link("describedby", place.address)]
    return Response(303, {"location": place.address, "link": link_header(links)})


async def document(request: Request, site: Site) -> Response:
    """The description of a thing: all that the data say of it, as `describing` has it."""
    place = _document(*_split(request.path.removeprefix("/doc/")), request, site)
    media_type = _media_type(request, place)
    answer = await site.data.ask(About(place.iri, media_type, site.max_rows), request.client)
    links = (
        _links(place, request, site) if place.form is None else _form_links(place, request, site)
    )
    return _delivered(answer, place, links, site)


async def links_of(request: Request, site: Site) -> Response:
    """The link set of the document about a thing, and of each of its forms."""
    place = _document(request.path.removeprefix("/linkset/"), None, request, site)
    media_type = best_media_type(request.headers.get("accept"), _LINKSETS)
    if media_type is None:
        raise not_acceptable(dict.fromkeys(_LINKSETS, "json"))
    await site.data.ask(About(place.iri, None, 0), request.client)
    forms = [(address, _form_links(place, request, site)) for address, _type in place.forms]
    return content(linkset([(place.address, _links(place, request, site)), *forms]), media_type)


async def stored_query(request: Request, site: Site) -> Response:
    """A stored query: its text, its title and its parameters."""
    name, form = _split(request.path.removeprefix("/query/"))
    reference = f"query/{relative_reference(name)}"
    place = _Place(f"{site.base}{reference}", f"{site.address(request)}/{reference}", form)
    media_type = _media_type(request, place)
    answer = await site.data.ask(About(place.iri, media_type, site.max_rows), request.client)
    return _delivered(answer, place, _alternates(place), site)


async def terms(request: Request, site: Site) -> Response:
    """The vocabulary: the ontology or the shapes, at their own addresses and at those of their version.

    All of its IRIs have a hash, so that this one document is what opens under each.
    """
    path, form = _split(request.path.removeprefix("/"))
    name: Vocabulary = "ontology" if path.startswith("ontology") else "shapes"
    place = _Place(f"{DEFAULT_BASE}{path}", f"{site.address(request)}/{path}", form)
    if path not in (name, f"{name}/{version(name)}"):
        raise unknown_thing(DEFAULT_BASE + relative_reference(path))
    media_type = _media_type(request, place)
    body = await asyncio.to_thread(vocabulary, name, GRAPHS[media_type])
    return _delivered(Answer(body, media_type), place, _alternates(place), site)


def dataset_links(request: Request, site: Site) -> str:
    """The Link header of the description of the data set."""
    address = site.address(request)
    links = [
        Link("cite-as", site.base),
        Link("type", _ABOUT_PAGE),
        Link("type", _DATASET),
        Link("license", site.licence),
        *(Link("item", f"{address}/graphs?default", each) for each in FORMS.values()),
    ]
    return link_header(links)


def _split(path: str) -> tuple[str, str | None]:
    """What a path names, and the form that its end asks for.

    >>> _split("mission/3.1"), _split("mission/3.1.ttl")
    (('mission/3.1', None), ('mission/3.1', 'ttl'))
    """
    name, _, form = path.rpartition(".")
    return (name, form) if name and form in FORMS else (path, None)


def _document(name: str, form: str | None, request: Request, site: Site) -> _Place:
    reference = relative_reference(name)
    return _Place(f"{site.base}id/{reference}", f"{site.address(request)}/doc/{reference}", form)


def _media_type(request: Request, place: _Place) -> str:
    if place.form is not None:
        return FORMS[place.form]
    media_type = best_media_type(request.headers.get("accept"), _OFFERS)
    if media_type is None:
        raise not_acceptable({each: GRAPHS[each] for each in _OFFERS})
    return media_type


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
        Link("collection", f"{site.address(request)}/.well-known/void"),
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
