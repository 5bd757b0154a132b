"""A request and a response, as data: what every handler takes and gives."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Final

_NONE: Mapping[str, str] = MappingProxyType({})
_LEVEL: Final = 5


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request (RFC 9110 §3.4).

    `path` is percent-decoded; `query` is as it came, without "?". The names of `headers` are
    in lower case, and a header sent several times has its values joined by ", " (§5.2). `client` is
    the address that the request came from.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: _NONE)
    body: bytes = b""
    client: str = ""


class Body(bytes):
    """Content that may be sent again: what is worked out of it is worked out once.

    >>> Body(b"a") == b"a", gzip.decompress(Body(b"a").compressed)
    (True, b'a')
    """

    @cached_property
    def tag(self) -> str:
        """What tells it from other content (RFC 9110 §8.8.3)."""
        return blake2b(self, digest_size=16).hexdigest()

    @cached_property
    def compressed(self) -> bytes:
        """It as gzip (RFC 1952), the same each time."""
        return gzip.compress(self, _LEVEL, mtime=0)


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response: its status, its headers (names in lower case) and its content.

    That is `body`, or the bytes of `file` if there is one; then `headers` have its length and its tag.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    file: Path | None = None

    def with_headers(self, **headers: str) -> Response:
        """The response with these headers as well; an underscore in a name stands for a hyphen.

        >>> Response(204, {}).with_headers(allow="GET").headers["allow"]
        'GET'
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})


def content(body: bytes, media_type: str, *, status: int = 200) -> Response:
    """A response with this content."""
    return Response(status, {"content-type": media_type}, body)
