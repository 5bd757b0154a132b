"""What pages say of the data set that the store does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple


class Download(NamedTuple):
    """A file of the data set, beside the pages: its name and media type; its size if it is known.

    `size` is in bytes and `sha256` in hexadecimal digits; 0 and "" where they are not known.
    """

    name: str
    media_type: str
    size: int = 0
    sha256: str = ""


class Change(NamedTuple):
    """A statement about a thing that is new, or that is no longer made."""

    added: bool
    property: NamedNode
    value: NamedNode | BlankNode | Literal | Triple


class Changes(NamedTuple):
    """What is said now and was not in the release `since`, and the reverse, by the thing’s IRI."""

    since: str
    by_iri: Mapping[str, Sequence[Change]]


class Publication(NamedTuple):
    """The data set as it is published here.

    `base` is the IRI that everything is named under, and `licence` the IRI of its licence. `endpoint`
    is where SPARQL can be asked: an address relative to the first page, an absolute one, or "" if
    there is none. `live` tells that a server answers, which can search; mere files cannot.
    `changes` are those since an earlier release, if they are known.
    """

    base: str
    name: str
    licence: str
    endpoint: str = ""
    live: bool = False
    downloads: tuple[Download, ...] = ()
    changes: Changes | None = None
