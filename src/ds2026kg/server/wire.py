"""Questions and answers as bytes, for the way to a worker and back.

A worker may have been broken by what it was asked. So nothing is unpickled of what it sends: it is
JSON, and an answer's bytes as they are.
"""

from __future__ import annotations

from typing import Any

import orjson

from ds2026kg.findings import Language, Text
from ds2026kg.pages import Download, Publication
from ds2026kg.server.asking import About, Answer, Asked, Page, Question, WholeGraph
from ds2026kg.server.media import Wanted
from ds2026kg.server.message import Body
from ds2026kg.server.problems import RequestError


def packed(asked: Asked) -> bytes:
    """`asked` as JSON.

    >>> packed(WholeGraph(None, "text/turtle"))
    b'["WholeGraph",null,"text/turtle"]'
    """
    return orjson.dumps([type(asked).__name__, *asked], default=list)


def unpacked(data: bytes) -> Asked:
    """What `packed` packed.

    >>> asked = Question("ASK {}", (), ("urn:g",), Wanted("text/csv", None, None), 10)
    >>> unpacked(packed(asked)) == asked
    True
    >>> unpacked(packed(About("urn:a", None, 10)))
    About(iri='urn:a', media_type=None, max_rows=10)
    >>> publication = Publication("urn:x:", "x", "urn:l", downloads=(Download("x.nt", "text/plain"),))
    >>> page = Page("search", "fr", (("q", "TBS"),), publication)
    >>> unpacked(packed(page)) == page
    True
    """
    kind, *fields = orjson.loads(data)
    if kind == "WholeGraph":
        return WholeGraph(*fields)
    if kind == "About":
        return About(*fields)
    if kind == "Page":
        return _page(*fields)
    text, default, named, wanted, max_rows, base = fields
    return Question(text, tuple(default), tuple(named), Wanted(*wanted), max_rows, base)


def _page(path: str, language: Language, parameters: list[list[str]], told: list[Any]) -> Page:
    publication = Publication(*told)
    downloads = tuple(Download(*each) for each in publication.downloads)
    sent = tuple((name, value) for name, value in parameters)
    return Page(path, language, sent, publication._replace(downloads=downloads))


def packed_head(outcome: Answer | RequestError) -> bytes:
    """All of an answer but its bytes, or the problem that came instead, as JSON."""
    if isinstance(outcome, Answer):
        return orjson.dumps({"media_type": outcome.media_type, "cut": outcome.cut})
    told = {"code": outcome.code, "message": outcome.message, "place": outcome.place}
    return orjson.dumps({**told, "remedy": outcome.remedy}, default=list)


def outcome_of(head: bytes, body: bytes) -> Answer:
    """The answer that `head` and `body` make; raises `RequestError` if a problem came instead."""
    told: dict[str, Any] = orjson.loads(head)
    if "media_type" in told:
        return Answer(Body(body), told["media_type"], told["cut"])
    remedy = Text(*told["remedy"]) if told["remedy"] else None
    raise RequestError(told["code"], Text(*told["message"]), place=told["place"], remedy=remedy)
