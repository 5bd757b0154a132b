"""A question put to a remote SPARQL endpoint: the one place that speaks to the network.

SPARQLWrapper words the request (SPARQL 1.1 Protocol §2.1); its last release is of 2022, so nothing
else depends on it. It would follow a redirection without its query, and keep the endpoint's own
account of an error to itself: what it opens is opened here. The query is bound and checked first,
as for our own store.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from ds2026kg import __version__
from ds2026kg.errors import QueryError, RemoteError, quoted, without_markup
from ds2026kg.findings import Language, Text
from ds2026kg.query.guard import admit
from ds2026kg.query.named import NamedQuery
from ds2026kg.query.parameters import bind
from ds2026kg.query.run import Result, Rows, Triples, Truth, with_language, within
from ds2026kg.query.tokens import query_form

_MAX_ANSWER_BYTES = 64 * 1024 * 1024
_MAX_ERROR_BYTES = 64 * 1024
_SLACK = 5.0  # seconds; the socket's own limit must not come before ours
_SCHEMES = ("http", "https")


def run_remote(
    endpoint: str,
    asked: NamedQuery,
    parameters: Mapping[str, str],
    language: Language | None,
    base: str,
    *,
    timeout: float,
    max_rows: int,
) -> Result:
    """The answer of the SPARQL endpoint at `endpoint` to `asked`.

    `parameters`, `language`, `base`, `timeout` and `max_rows` are those of `run`. A user and a
    password in the address are sent as HTTP Basic (RFC 7617), to that host alone, and are in no
    message. Redirections are followed with the query, within http and https.
    Raises `QueryError` and `QueryLimitError` as `run` does, and `RemoteError` if the endpoint
    cannot be reached, refuses, or answers with what is not a SPARQL result.
    """
    address, user, password = _address(endpoint)
    values = with_language(asked, parameters, language)
    admit(asked.text, (), name=asked.place)
    text = bind(asked.text, asked.parameters, values, name=asked.place, base=base)
    graph = query_form(text) in ("CONSTRUCT", "DESCRIBE")
    wrapper = _Wrapper(address, agent=f"ds2026kg/{__version__}")
    wrapper.setQuery(text)
    wrapper.setMethod(POST)
    wrapper.setReturnFormat("turtle" if graph else JSON)
    wrapper.limit = timeout + _SLACK
    if user:
        wrapper.setCredentials(user, password)
    kind, data = within(timeout, lambda: _fetched(address, wrapper), address)
    if len(data) > _MAX_ANSWER_BYTES:
        raise _remote_error(address, _TOO_LARGE, "64 MiB")
    try:
        return _triples(kind, data, max_rows) if graph else _result(kind, data, max_rows)
    except (SyntaxError, ValueError) as error:
        raise _remote_error(address, _NOT_SPARQL, f"{kind or '-'}; {error}") from error


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper, but for how its request is opened."""

    limit: float

    def _query(self) -> tuple[HTTPResponse, str]:
        opener = build_opener(_Redirections)
        return opener.open(self._createRequest(), timeout=self.limit), self.returnFormat


class _Redirections(HTTPRedirectHandler):
    """Sends the same query to where the endpoint has gone; reading twice does no harm."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, _msg: str, headers: HTTPMessage, newurl: str
    ) -> Request:
        """The request for `newurl`; raises `HTTPError` if it is not http(s), or less safe."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.scheme not in _SCHEMES or (old.scheme, new.scheme) == ("https", "http"):
            raise HTTPError(newurl, code, "redirected to a place that is not safe", headers, fp)
        kept = {
            name: value
            for name, value in req.header_items()
            if name != "Host" and (name != "Authorization" or old.netloc == new.netloc)
        }
        if code == HTTPStatus.SEE_OTHER:  # the answer lies there: it is fetched (RFC 9110 §15.4.4)
            kept = {name: kept[name] for name in kept if not name.startswith("Content-")}
            return Request(newurl, headers=kept)  # noqa: S310 - checked above
        return Request(newurl, data=req.data, headers=kept)  # noqa: S310 - checked above

    http_error_308 = HTTPRedirectHandler.http_error_302


def _address(endpoint: str) -> tuple[str, str, str]:
    """The address without user and password, and these; raises `QueryError` if it is not http(s)."""
    try:
        parts = urlsplit(endpoint)
        sound = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an unclosed bracket, a port that is no number
        parts, sound = urlsplit(""), False
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    if not sound or not endpoint.isascii() or re.search(r"[\s\x00-\x1f\x7f]", endpoint):
        raise QueryError(
            Text("an endpoint is an http(s) address", "un point SPARQL est une adresse http(s)"),
            place=bare or "--endpoint",
        )
    return bare, unquote(parts.username or ""), unquote(parts.password or "")


def _fetched(address: str, wrapper: _Wrapper) -> tuple[str, bytes]:
    """The media type and the bytes of the answer, cut just past the limit."""
    try:
        with wrapper.query().response as response:
            kind = response.headers.get_content_type() if response.headers["Content-Type"] else ""
            return kind, response.read(_MAX_ANSWER_BYTES + 1)
    except HTTPError as error:
        with error:
            told = _told(error)
        raise _remote_error(address, _REFUSED, told) from error
    except (HTTPException, OSError, ValueError) as error:
        reason = str(getattr(error, "reason", "") or error or type(error).__name__)
        raise _remote_error(address, _UNREACHED, reason) from error


def _told(error: HTTPError) -> str:
    """The status, and the endpoint's own account of it: a problem document (RFC 9457) or text."""
    status = f"{error.code} {error.reason}"
    try:
        text = error.read(_MAX_ERROR_BYTES).decode(errors="replace")
    except (HTTPException, OSError):
        text = ""
    try:
        problem = json.loads(text)
        text = str(next(problem[key] for key in ("detail", "message", "title") if key in problem))
    except (ValueError, TypeError, KeyError, StopIteration, RecursionError):
        text = without_markup(text)
    said = " ".join(text.split())
    return f"{status}: {said}" if said else status


def _triples(kind: str, data: bytes, max_rows: int) -> Triples:
    form = RdfFormat.from_media_type(kind) if kind else None
    quads = parse(data, format=form or RdfFormat.TURTLE)
    found = sorted({quad.triple for quad in quads}, key=str)
    return Triples(tuple(found[:max_rows]), len(found) > max_rows)


def _result(kind: str, data: bytes, max_rows: int) -> Rows | Truth:
    form = QueryResultsFormat.from_media_type(kind) if kind else None
    found = parse_query_results(data, form or QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return Truth(bool(found))
    rows = [tuple(solution) for solution in found]
    names = tuple(variable.value for variable in found.variables)
    return Rows(names, tuple(rows[:max_rows]), len(rows) > max_rows)


_REFUSED = Text(
    "the endpoint refused the query: {detail}", "le point SPARQL a refusé\u00a0: {detail}"
)
_UNREACHED = Text(
    "the endpoint cannot be reached: {detail}", "le point SPARQL est injoignable\u00a0: {detail}"
)
_TOO_LARGE = Text("the answer is larger than {detail}", "la réponse dépasse {detail}")
_NOT_SPARQL = Text(
    "the answer is no SPARQL result: {detail}",
    "la réponse n’est pas un résultat SPARQL\u00a0: {detail}",
)


def _remote_error(address: str, message: Text, detail: str) -> RemoteError:
    """The error, with what a stranger said made harmless to a terminal."""
    safe = quoted(detail)
    return RemoteError(
        Text(
            message.in_language("en", detail=safe),
            message.in_language("fr", detail=safe),
        ),
        place=address,
        remedy=Text(
            "check the address and that the endpoint is up, or ask the vault itself",
            "vérifiez l’adresse et que le point répond, ou interrogez le coffre lui-même",
        ),
    )
