"""The page about one thing of the data set."""

from __future__ import annotations

from collections.abc import Iterable

from ds2026kg.pages.addresses import FORMS
from ds2026kg.pages.kind import Content, Kind, Visit
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.view import View


def _content(visit: Visit) -> Content | None:
    view = visit.view
    try:
        node = view.thing(visit.local)
    except ValueError:  # no IRI
        return None
    said = view.statements(node)
    if not said:
        return None
    title = view.label(node)
    return Content(
        title=title,
        summary=title.text,
        values={"node": node, "statements": said},
        structured={"@type": "Thing", "@id": node.value, "name": title.text},
        forms=tuple(FORMS),
    )


def _paths(view: View, _publication: Publication) -> Iterable[str]:
    return (f"doc/{view.local(each)}" for each in view.things())


ENTITY = Kind("doc/", "entity.html", _content, _paths)
