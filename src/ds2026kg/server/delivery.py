"""What every response has: validators, compression, and headers that keep browsers safe."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from ds2026kg.server.message import Body, Request, Response
from ds2026kg.server.negotiation import accepts_gzip

ALWAYS: Final = MappingProxyType(
    {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "Allow, Content-Language, Content-Location, ETag,"
        " Link, Result-Cut",
        "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'",
        "cross-origin-resource-policy": "cross-origin",
        "referrer-policy": "no-referrer",
        "vary": "Accept, Accept-Language, Accept-Encoding",
        "x-content-type-options": "nosniff",
    }
)
"""Headers of every response, unless it brings its own: reading is for all, scripts are for none."""

_PREFLIGHT: Final = MappingProxyType(
    {
        "access-control-allow-headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "access-control-max-age": "86400",
    }
)
_CHARSET: Final = "; charset=utf-8"
_WORTH_COMPRESSING: Final = 1024  # bytes


def delivered(request: Request, response: Response) -> Response:
    """`response` as it is sent to the one who asked.

    A good answer to GET or HEAD has an ETag and is answered by 304 if the client has it already
    (RFC 9110 §13.1.2). HEAD has the headers of GET and no content (§9.3.2). Text says that it is
    UTF-8. What is worth it is compressed, if the client accepts that.

    >>> sent = delivered(Request("HEAD", "/"), Response(200, {"content-type": "text/csv"}, b"a"))
    >>> sent.headers["content-type"], sent.headers["content-length"], sent.body
    ('text/csv; charset=utf-8', '1', b'')
    """
    headers = {**ALWAYS, **response.headers}
    if request.method == "OPTIONS":
        headers |= _PREFLIGHT
    media_type = headers.get("content-type", "")
    if media_type.startswith("text/") and "charset" not in media_type:
        headers["content-type"] = media_type + _CHARSET
    if response.file is not None:
        return _file(request, replace(response, headers=headers))
    body = response.body if isinstance(response.body, Body) else Body(response.body)
    compressed = len(body) >= _WORTH_COMPRESSING and accepts_gzip(
        request.headers.get("accept-encoding")
    )
    if response.status == 200 and request.method in ("GET", "HEAD"):
        tag = f"{body.tag}{'-gzip' if compressed else ''}"
        headers["etag"] = f'"{tag}"'
        headers.setdefault("cache-control", "no-cache")
        if _has(request.headers.get("if-none-match", ""), tag):
            kept = {k: v for k, v in headers.items() if k not in ("content-type", "result-cut")}
            return Response(304, kept)
    if compressed:
        headers["content-encoding"] = "gzip"
    sent = body.compressed if compressed else body
    if response.status != 204:
        headers["content-length"] = str(len(sent))
    return Response(response.status, headers, b"" if request.method == "HEAD" else sent)


def _file(request: Request, response: Response) -> Response:
    """A file as it is sent: as it lies there, since what is large is best compressed once for all."""
    tag = response.headers["etag"].strip('"')
    headers = {"cache-control": "no-cache", **response.headers}
    if _has(request.headers.get("if-none-match", ""), tag):
        unsaid = ("content-type", "content-length")
        return Response(304, {k: v for k, v in headers.items() if k not in unsaid})
    return Response(200, headers, file=None if request.method == "HEAD" else response.file)


def _has(header: str, tag: str) -> bool:
    """Whether If-None-Match names `tag`, by weak comparison (RFC 9110 §8.8.3.2)."""
    named = {part.strip().removeprefix("W/").strip('"') for part in header.split(",")}
    return header.strip() == "*" or tag in named
