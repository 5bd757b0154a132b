"""The HTTP server: Granian, which speaks HTTP, and hands over each request by RSGI.

Nothing else in the program opens a socket to listen on, and nothing else knows this server.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from ds2026kg.errors import ListeningError, UsageError
from ds2026kg.findings import Text
from ds2026kg.server.data import ServedData
from ds2026kg.server.message import Request, Response
from ds2026kg.server.problems import RequestError
from ds2026kg.server.routes import refused, respond, too_large
from ds2026kg.server.site import Site

_HEADER_SECONDS = 10
_BODY_SECONDS = 10.0
_BUFFER = 128 * 1024  # bytes of a request's line and headers
_CONNECTIONS = 512
_RETRY_SECONDS = 0.01


class Scope(Protocol):
    """What RSGI says of a request (https://github.com/emmett-framework/granian, RSGI 1.6)."""

    proto: str
    method: str
    path: str
    query_string: str
    client: str

    @property
    def headers(self) -> Headers:
        """The headers, each name as often as it was sent."""


class Headers(Protocol):
    """The headers of a request."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Names in lower case, and values."""


class Wire(Protocol):
    """The way back to the client, and what it sends still."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The content, in pieces."""

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        """Send a response without content."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send a response."""

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        """Send a response whose content is that of a file."""


def application(site: Site) -> Callable[[Scope, Wire], Awaitable[None]]:
    """The site as an RSGI application."""

    async def answered(scope: Scope, wire: Wire) -> None:
        client = scope.client.rpartition(":")[0]
        request = Request(
            scope.method, scope.path, scope.query_string, _headers(scope), client=client
        )
        try:
            body = await _content(request, wire, site.max_request_bytes)
        except RequestError as error:
            _send(wire, refused(request, error, site))
        else:
            _send(wire, await respond(replace(request, body=body), site))

    return answered


def listen(data: ServedData, site: Site, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve `site` at `host` and `port` until SIGTERM or SIGINT, then answer what is under way.

    `ready` is called once requests are taken. Raises `UsageError` for a host that is not known, and
    `ListeningError` if the port cannot be had.
    """
    asyncio.run(_listen(data, site, address_of(host, port), port, ready))


def address_of(host: str, port: int) -> str:
    """The number of `host`, after a look whether one may listen at `port` there.

    Granian itself would share the port with another program, on Linux, and so with itself.

    Raises `UsageError` and `ListeningError` as `listen` does.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise UsageError(
            Text("this host is not known", "cet hôte n’est pas connu"),
            place=host,
            remedy=Text(
                "give a name or number of this machine, such as 127.0.0.1",
                "donnez un nom ou un numéro de cette machine, p. ex. 127.0.0.1",
            ),
        ) from error
    family, kind, protocol, _name, address = found[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ListeningError(
                Text(f"one cannot listen here: {reason}", f"écoute impossible ici\u00a0: {reason}"),
                place=f"{host}:{port}",
                remedy=Text(
                    "end what uses the port, or choose another with --port",
                    "arrêtez ce qui occupe le port, ou choisissez-en un autre avec --port",
                ),
            ) from error
    return str(address[0])


async def _listen(
    data: ServedData, site: Site, address: str, port: int, ready: Callable[[], None]
) -> None:
    server = Server(
        application(site),
        address=address,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEADER_SECONDS * 1000, max_buffer_size=_BUFFER
        ),
        websockets=False,
        backlog=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    beside = asyncio.gather(_announced(address, port, ready), data.watch())
    try:
        await server.serve()
    finally:
        beside.cancel()
        with suppress(asyncio.CancelledError):
            await beside


async def _announced(address: str, port: int, ready: Callable[[], None]) -> None:
    """Call `ready` once a connection is taken; Granian's own hook comes before that."""
    while True:
        with suppress(OSError):
            _reader, writer = await asyncio.open_connection(address, port)
            writer.close()
            ready()
            return
        await asyncio.sleep(_RETRY_SECONDS)


def _headers(scope: Scope) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in scope.headers.items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def _content(request: Request, wire: Wire, most: int) -> bytes:
    """The content of a request (RFC 9112 §6), whole (§8), of no more bytes than `most`, and in time."""
    length = request.headers.get("content-length", "0")
    if length == "0" and "transfer-encoding" not in request.headers:
        return b""
    if length.isdecimal() and int(length) > most:
        raise too_large(most)
    try:
        body = await asyncio.wait_for(_read(wire, most), _BODY_SECONDS)
    except TimeoutError as error:
        raise RequestError(408, _TOO_LATE) from error
    if length.isdecimal() and len(body) < int(length):
        raise RequestError(400, _TOO_SHORT)
    return body


async def _read(wire: Wire, most: int) -> bytes:
    """The content, or so much of it as shows that it is too large."""
    body = b""
    async for piece in wire:
        body += piece
        if len(body) > most:
            break
    return body


def _send(wire: Wire, response: Response) -> None:
    headers = list(response.headers.items())
    if response.file is not None:
        wire.response_file(response.status, headers, str(response.file))
    elif response.body:
        wire.response_bytes(response.status, headers, response.body)
    else:
        wire.response_empty(response.status, headers)


_TOO_SHORT = Text(
    "the content of the request is shorter than it says",
    "le contenu de la demande est plus court qu’elle ne l’annonce",
)
_TOO_LATE = Text(
    "the content of the request did not come in time",
    "le contenu de la demande n’est pas arrivé à temps",
)
