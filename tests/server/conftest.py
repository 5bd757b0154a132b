"""What the tests of the server share: three small graphs, and a way to ask without a socket."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest
from pyoxigraph import RdfFormat, Store

from ds2026kg.pages import Download
from ds2026kg.server.asking import Answer, Asked, answer
from ds2026kg.server.facts import Facts, facts_of
from ds2026kg.server.message import Request, Response
from ds2026kg.server.routes import respond
from ds2026kg.server.site import Site, Standing

BASE = "https://example.org/"
TRIG = """
@prefix : <https://example.org/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/graph/one> { :a rdfs:label "A"@en, "A fr"@fr ; a :Thing . }
<https://example.org/graph/two> { :b rdfs:label "B" ; :of :a . }
"""


class Here:
    """Data that are asked in this process, as a worker would ask them."""

    def __init__(self, store: Store, standing: Standing | None = None) -> None:
        self.store = store
        self.facts: Facts = facts_of(store)
        self.standing = standing or Standing(current=True)
        self.downloads: tuple[Download, ...] = ()
        self.folder: Path | None = None

    async def ask(self, asked: Asked, client: str = "") -> Answer:
        """The answer of the store."""
        del client  # whoever it is
        return answer(self.store, asked)


@pytest.fixture(autouse=True)
def _no_answers_of_earlier_tests() -> None:
    """Collect here what tracebacks of earlier tests hold.

    pyoxigraph’s answers may not be dropped on another thread than theirs, and tests of workers have
    several.
    """
    gc.collect()


@pytest.fixture(scope="session")
def data() -> Here:
    """The graphs `one` (3 triples) and `two` (2 triples)."""
    store = Store()
    store.load(TRIG, format=RdfFormat.TRIG)
    return Here(store)


@pytest.fixture
def site(data: Here) -> Site:
    """A site of those data that cuts answers after four rows."""
    return Site(data, BASE, "https://example.org/licence", max_rows=4, max_request_bytes=4000)


class Ask(Protocol):
    """Sends a request."""

    def __call__(
        self,
        target: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes = b"",
    ) -> Response:
        """The response to `method target`."""


@pytest.fixture
def ask(site: Site) -> Ask:
    """Sends requests to the site, without any server."""

    def sent(
        target: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes = b"",
    ) -> Response:
        path, _, query = target.partition("?")
        told = {"host": "data.example", **(headers or {})}
        return asyncio.run(respond(Request(method, path, query, told, body), site))

    return sent
