"""The first page: what the data set is, and where to go from here."""

from __future__ import annotations

from ds2026kg.findings import Text
from ds2026kg.pages.addresses import HOME
from ds2026kg.pages.kind import Content, Kind, Visit, alone
from ds2026kg.pages.view import Said, term


def _content(visit: Visit) -> Content:
    view = visit.view
    strategies = view.instances(term("ds:Strategy"))
    title = view.label(strategies[0]) if strategies else Said(visit.publication.name)
    return Content(
        title=title,
        summary=title.text,
        values={"strategies": strategies},
        structured={"@type": "Dataset", "name": title.text, "license": visit.publication.licence},
    )


PAGE = Kind(HOME, "home.html", _content, alone(HOME), Text("Home", "Accueil"))
