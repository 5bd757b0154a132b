"""Typed links that lead a machine from one address to the next: FAIR Signposting.

The same links go into the Link header of a response (RFC 8288) and into a link set (RFC 9264).
https://signposting.org/FAIR/ says which relation means what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import orjson

from ds2026kg.server.negotiation import best_media_type
from ds2026kg.server.problems import not_acceptable

LINKSET_JSON: Final = "application/linkset+json"
_FORMS: Final = {LINKSET_JSON: "json", "application/json": "json"}


class Link(NamedTuple):
    """A link to the IRI `target`: its relation, and the media type to be had there, if that is known."""

    relation: str
    target: str
    media_type: str | None = None


def link_header(links: Iterable[Link]) -> str:
    """`links` as the value of a Link header (RFC 8288 §3).

    >>> link_header([Link("cite-as", "urn:a"), Link("item", "urn:b", "text/turtle")])
    '<urn:a>; rel="cite-as", <urn:b>; rel="item"; type="text/turtle"'
    """
    return ", ".join(
        f'<{link.target}>; rel="{link.relation}"'
        + (f'; type="{link.media_type}"' if link.media_type else "")
        for link in links
    )


def linkset(contexts: Iterable[tuple[str, Sequence[Link]]]) -> bytes:
    """The links of several addresses as a link set in JSON (RFC 9264 §4.2).

    >>> linkset([("urn:a", [Link("item", "urn:b", "text/turtle")])])
    b'{"linkset":[{"anchor":"urn:a","item":[{"href":"urn:b","type":"text/turtle"}]}]}'
    """
    return orjson.dumps({"linkset": [_context(anchor, links) for anchor, links in contexts]})


def linkset_type(accept: str | None) -> str:
    """The media type for a link set that `accept` wants; raises `RequestError` (406) if it wants none.

    >>> linkset_type("application/json"), linkset_type("*/*")
    ('application/json', 'application/linkset+json')
    """
    media_type = best_media_type(accept, list(_FORMS))
    if media_type is None:
        raise not_acceptable(_FORMS)
    return media_type


def _context(anchor: str, links: Sequence[Link]) -> dict[str, object]:
    told: dict[str, list[dict[str, str]]] = {}
    for link in links:
        target = {"href": link.target} | ({"type": link.media_type} if link.media_type else {})
        told.setdefault(link.relation, []).append(target)
    return {"anchor": anchor, **told}
