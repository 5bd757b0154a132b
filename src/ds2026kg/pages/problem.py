"""The page that tells people what is wrong with a request, and leads them on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from ds2026kg.findings import Language, Text
from ds2026kg.pages.addresses import HOME, Addresses
from ds2026kg.pages.kind import Content, Kind, Visit
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.rendering import made
from ds2026kg.pages.view import Said, View

_WORDS = {
    "status": Text("Status", "Statut"),
    "drawing": Text("Where it is", "Où cela se trouve"),
    "on": Text("Where to go from here", "Où aller à partir d’ici"),
    "home": Text("The first page", "La page d’accueil"),
}


@dataclass(frozen=True, slots=True)
class Rooted(Addresses):
    """Addresses from the root of the site, for a page that may stand under any path.

    >>> Rooted("index", "fr", "/").page("actors")
    '/actors.fr.html'
    """

    start: str

    @property
    def root(self) -> str:
        """The address of the folder of the first page."""
        return self.start

    def translated(self, language: Language) -> str:
        """The first page in `language`: what failed has no page in any."""
        return self.page(HOME, language)


def problem(
    publication: Publication,
    status: int,
    title: str,
    detail: str,
    remedy: str = "",
    *,
    language: Language = "en",
    root: str = "/",
) -> bytes:
    """A page of HTTP `status` that says what is wrong (RFC 9457 §3.1), why, and what to do; as UTF-8.

    `title`, `detail` and `remedy` are in `language`; lines of `detail` after the first are a drawing of
    the place, in columns. `root` is the address of the folder of the first
    page: "/", or what comes before it where the site lies deeper.

    >>> publication = Publication("urn:x:", "x", "urn:licence")
    >>> b"<h1>Nothing here</h1>" in problem(publication, 404, "Nothing here", "No such page.")
    True
    """
    visit = Visit(
        View(Store(), language, publication.base), Rooted(HOME, language, root), publication
    )
    sentence, _, drawing = detail.partition("\n")
    content = Content(
        title=Said(title, language),
        summary=_sentence(sentence),
        values={
            "status": status,
            "detail": _sentence(sentence),
            "drawing": drawing,
            "remedy": _sentence(remedy),
        },
        structured={"@type": "WebPage", "name": title},
    )
    return made(visit, _KIND, content)


def _sentence(words: str) -> str:
    """What errors say begins small and has no end, as on a command line; on a page it is a sentence."""
    return f"{words[:1].upper()}{words[1:]}{'' if words[-1:] in ('', *'.:!?…') else '.'}"


def _nowhere(_view: View, _publication: Publication) -> Iterable[str]:
    return ()


_KIND: Final = Kind("problem", "problem.html", lambda _visit: None, _nowhere, None, _WORDS)
