"""Where pages lie, and how one leads to another.

A page has a path without language or suffix, such as `missions` or `doc/mission/3.1`. Its file, and its
address of its own, is that path with both: `doc/mission/3.1.fr.html`. A form of its data has the path and
the suffix of the form: `doc/mission/3.1.ttl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ds2026kg.findings import Language

HOME = "index"
"""The path of the first page."""


FORMS: Mapping[str, str] = MappingProxyType(
    {
        "ttl": "text/turtle",
        "jsonld": "application/ld+json",
        "nt": "application/n-triples",
        "rdf": "application/rdf+xml",
    }
)
"""The forms of RDF that lie beside a page, by suffix, with their media types; the preferred one first."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of the site, as links from the page at `path` in `language`.

    Paths have their segments percent-encoded, as IRIs do.

    >>> here = Addresses("doc/mission/3.1", "fr")
    >>> here.page("actors"), here.data("ttl"), here.file("assets/site.css")
    ('../../actors.fr.html', '3.1.ttl', '../../assets/site.css')
    """

    path: str
    language: Language

    @property
    def root(self) -> str:
        """What leads to the folder of the first page."""
        return "../" * self.path.count("/")

    def page(self, path: str, language: Language | None = None) -> str:
        """The address of the page at `path`, in the language of this page if no other is given."""
        return f"{self.root}{path}.{language or self.language}.html"

    def translated(self, language: Language) -> str:
        """The address of this page in `language`."""
        return f"{self._last}.{language}.html"

    def data(self, form: str) -> str:
        """The address of what this page says in a form of RDF, such as "ttl"."""
        return f"{self._last}.{form}"

    def file(self, path: str) -> str:
        """The address of another file of the site."""
        return f"{self.root}{path}"

    @property
    def _last(self) -> str:
        last = self.path.rpartition("/")[2]
        # A colon would make a scheme of what comes before it (RFC 3986 §4.2).
        return f"./{last}" if ":" in last else last
