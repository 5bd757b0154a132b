"""What the handlers know of the site that they answer for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from ds2026kg.findings import Text
from ds2026kg.pages import Download, Publication
from ds2026kg.server.asking import Answer, Asked
from ds2026kg.server.facts import Facts
from ds2026kg.server.message import Request
from ds2026kg.server.problems import RequestError

_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


class Standing(NamedTuple):
    """Whether the data served are those of the source; if not, `fault` says why."""

    current: bool
    fault: Text | None = None


class Data(Protocol):
    """The data that are served: read-only, and exchanged as a whole when their source changes."""

    @property
    def facts(self) -> Facts:
        """What there is to say of the data as a whole."""

    @property
    def downloads(self) -> tuple[Download, ...]:
        """The files in which they can be had."""

    @property
    def folder(self) -> Path | None:
        """Where these files lie; None if each is made when it is asked for."""

    @property
    def standing(self) -> Standing:
        """Whether they are up to date."""

    async def ask(self, asked: Asked, client: str = "") -> Answer:
        """The answer for `client`; raises `RequestError` as `asking.answer` does, and at its limits."""


@dataclass(frozen=True, slots=True)
class Site:
    """The data, what they are named under, and what a request may ask for.

    `url` is the public address of the site, without a slash at its end; where it is "", a request's
    own Host says it. `base`, `licence` and `name` are those of the data set.
    """

    data: Data
    base: str
    licence: str
    url: str = ""
    max_rows: int = 10_000
    max_request_bytes: int = 65_536
    name: str = "ds2026"

    @property
    def publication(self) -> Publication:
        """What pages say of the data set as it is served here."""
        return Publication(
            self.base, self.name, self.licence, "sparql", live=True, downloads=self.data.downloads
        )

    def address(self, request: Request) -> str:
        """The address of the site as the client sees it, without a slash at its end.

        Raises `RequestError` (400) for a Host that is no name or number (RFC 9110 §7.2): it is written
        into descriptions.
        """
        if self.url:
            return self.url
        host = request.headers.get("host", "localhost")
        if not _HOST.fullmatch(host):
            raise RequestError(
                400,
                Text("the Host header is no host", "l’en-tête Host n’est pas un hôte"),
                remedy=Text("name the host and its port", "nommez l’hôte et son port"),
            )
        return f"http://{host}"
