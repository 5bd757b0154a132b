"""Changes as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple


class Change(NamedTuple):
    """A statement about a thing that is new, or that is no longer made."""

    added: bool
    property: NamedNode
    value: NamedNode | BlankNode | Literal | Triple


class Changes(NamedTuple):
    """What is said now and was not in the release `since`, and the reverse, by the thing’s IRI.

    The things stand in the order in which people count, the changes of each by property, first what
    is no longer said of it. `new` and `gone` are the IRIs of things of which nothing was said before,
    or is said now.
    """

    since: str
    by_iri: Mapping[str, tuple[Change, ...]]
    new: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
