"""The link set of the data set as a whole: where each of its documents is (FAIR Signposting, level 2)."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Final

from ds2026kg.query.describing import NAMING
from ds2026kg.server.asking import Question
from ds2026kg.server.dereferencing import dataset_address, dataset_links
from ds2026kg.server.media import Wanted
from ds2026kg.server.message import Body, Request, Response, content
from ds2026kg.server.signposting import Link, linkset, linkset_type
from ds2026kg.server.site import Site

_TSV: Final = "text/tab-separated-values"
_WANTED: Final = Wanted(rows=_TSV, truth=None, graph=None)


async def links_of_all(request: Request, site: Site) -> Response:
    """The links of the data set, of which each document is an item, and back from each document.

    There are documents about what has a name; where each statement was read stands in these. At most
    `max_rows` of them are told, in the order of their IRIs; where there are more, the response says so.
    """
    media_type = linkset_type(request.headers.get("accept"))
    things = f"{site.base}id/"
    found = await site.data.ask(named_under(things, site.max_rows), request.client)
    body = await asyncio.to_thread(
        collection,
        dataset_address(request, site),
        tuple(dataset_links(request, site)),
        (things, f"{site.address(request)}/doc/"),
        found.body,
    )
    response = content(body, media_type)
    return response.with_headers(result_cut=f"rows={site.max_rows}") if found.cut else response


def named_under(start: str, most: int) -> Question:
    """The question for at most `most` IRIs of things that have a name, and begin with `start`."""
    names = "|".join(map(str, NAMING))
    text = (
        f"SELECT DISTINCT ?thing {{ ?thing {names} ?name"
        f' FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), "{start}")) }} ORDER BY ?thing'
    )
    return Question(text, (), (), _WANTED, most)


@lru_cache(maxsize=4)  # one for each address under which clients see the site
def collection(
    dataset: str, links: tuple[Link, ...], things_and_documents: tuple[str, str], found: bytes
) -> Body:
    r"""The link set of the data set at `dataset`, which has `links` and an item for each thing `found`.

    `found` is the answer to `named_under` as TSV; the start of the IRIs of things, the first of
    `things_and_documents`, makes place for the second, that of the addresses of their documents.

    >>> links = (Link("cite-as", "urn:a"),)
    >>> collection("/void", links, ("urn:", "/doc/"), b"?thing\n<urn:b>\n")  # doctest: +ELLIPSIS
    b'{"linkset":[{"anchor":"/void",...,"item":[{"href":"/doc/b"}]},{"anchor":"/doc/b",...}]}'
    """
    things, documents = things_and_documents
    named = [line.strip("<>") for line in found.decode().splitlines()[1:]]
    addresses = [documents + iri.removeprefix(things) for iri in named]
    items = [Link("item", address) for address in addresses]
    back = [Link("collection", dataset)]
    return Body(linkset([(dataset, [*links, *items]), *((each, back) for each in addresses)]))
