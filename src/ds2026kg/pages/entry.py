"""The entry of a site of files, which offers both languages: no host chooses between its files."""

from __future__ import annotations

from pyoxigraph import Store

from ds2026kg.pages.publication import Publication
from ds2026kg.pages.rendering import LANGUAGES, environment
from ds2026kg.pages.view import Said, View, term


def entry_page(store: Store, publication: Publication) -> bytes:
    """The page `index.html`, in UTF-8: what the data set is called in each language, and its first page.

    >>> b"index.fr.html" in entry_page(Store(), Publication("urn:x:", "x", "urn:licence"))
    True
    """
    titles = []
    for language in LANGUAGES:
        view = View(store, language, publication.base)
        strategies = view.instances(term("ds:Strategy"))
        title = view.label(strategies[0]) if strategies else Said(publication.name)
        titles.append((language, title))
    template = environment().get_template("entry.html")
    return template.render(titles=titles, languages=LANGUAGES).encode()
