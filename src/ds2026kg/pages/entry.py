"""The entry of a site of files, which offers both languages: no host chooses between its files."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Store

from ds2026kg.pages.addresses import HOME, Addresses
from ds2026kg.pages.kind import Content, Kind, Visit
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.rendering import LANGUAGES, made
from ds2026kg.pages.view import Said, View, term


def entry_page(store: Store, publication: Publication) -> bytes:
    """The page `index.html`, in UTF-8: what the data set is called in each language, and its first page.

    >>> b"index.fr.html" in entry_page(Store(), Publication("urn:x:", "x", "urn:licence"))
    True
    """
    titles = {}
    for language in LANGUAGES:
        view = View(store, language, publication.base)
        strategies = view.instances(term("ds:Strategy"))
        titles[language] = view.label(strategies[0]) if strategies else Said(publication.name)
    title = Said(" / ".join(dict.fromkeys(each.text for each in titles.values())))
    content = Content(title, title.text, {"titles": titles}, {"@type": "WebPage"})
    visit = Visit(View(store, "en", publication.base), Addresses(HOME, "en"), publication)
    return made(visit, _KIND, content)


_KIND: Final = Kind("entry", "entry.html", lambda _visit: None, lambda _view, _publication: ())
