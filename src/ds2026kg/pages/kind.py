"""What a kind of page is: where such pages lie, which template they have, and what goes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from ds2026kg.findings import Text
from ds2026kg.pages.addresses import Addresses
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.view import Said, View


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at one page: whose it is, what it is for, and what was asked.

    `local` is what the path has beyond that of the kind ("mission/3.1" of "doc/mission/3.1"), and
    `parameters` what a form has sent.
    """

    view: View
    addresses: Addresses
    publication: Publication
    local: str = ""
    parameters: Mapping[str, str] | None = None

    @property
    def endpoint(self) -> str:
        """Where SPARQL can be asked, as a link from this page; "" if it cannot."""
        endpoint = self.publication.endpoint
        return endpoint if ":" in endpoint or not endpoint else self.addresses.file(endpoint)


class Crumb(NamedTuple):
    """A page on the way to another: what it is called there, and its path."""

    name: Said
    path: str


class Content(NamedTuple):
    """What is in a page: its title, what search engines show of it, and what its template takes.

    `structured` is the page as schema.org describes such things, without its @context; `forms` are
    the suffixes of the forms of RDF that lie beside the page. `trail` are the pages that lead to
    this one, between the first page and it. A page that is not `listed` is made for one reader, and
    search engines are told so.
    """

    title: Said
    summary: str
    values: Mapping[str, Any]
    structured: Mapping[str, Any]
    forms: tuple[str, ...] = ()
    trail: tuple[Crumb, ...] = ()
    listed: bool = True


class Kind(NamedTuple):
    """A kind of page.

    `path` is the page's, or what the paths of all such pages begin with, if it ends with a slash.
    `content` gives None for a page that there is not. `paths` are those of all such pages of a
    publication, in order; `name` is what the navigation calls it, if it is shown there, and `asks`
    tells that this is only where SPARQL can be asked, `compares` that it is only where an earlier
    release is known. `words` are what its template says beyond
    `words.WORDS`.
    """

    path: str
    template: str
    content: Callable[[Visit], Content | None]
    paths: Callable[[View, Publication], Iterable[str]]
    name: Text | None = None
    words: Mapping[str, Text] = MappingProxyType({})
    asks: bool = False
    compares: bool = False

    def shown(self, publication: Publication) -> bool:
        """Whether the navigation of `publication` leads here."""
        if self.name is None or (self.asks and not publication.endpoint):
            return False
        return publication.changes is not None or not self.compares


def alone(path: str) -> Callable[[View, Publication], Iterable[str]]:
    """The paths of a kind that is one page."""
    return lambda _view, _publication: (path,)
