"""What pages say of the data set that the store does not know."""

from __future__ import annotations

from typing import NamedTuple

from ds2026kg.history import Changes


class Download(NamedTuple):
    """A file of the data set, beside the pages: its name and media type; its size if it is known.

    `size` is in bytes and `sha256` in hexadecimal digits; 0 and "" where they are not known.
    """

    name: str
    media_type: str
    size: int = 0
    sha256: str = ""


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
