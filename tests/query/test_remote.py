"""Questions to a remote endpoint: what is sent, what is read, and every way it can fail."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from pyoxigraph import Literal, RdfFormat, parse, serialize

from ds2026kg.errors import QueryError, QueryLimitError, RemoteError
from ds2026kg.query import remote
from ds2026kg.query.formats import written
from ds2026kg.query.named import NamedQuery, parse_query
from ds2026kg.query.remote import run_remote
from ds2026kg.query.run import Result, Rows, Triples, Truth

BASE = "https://w3id.org/ds2026/"
ROWS = (
    b'{"head":{"vars":["a"]},"results":{"bindings":['
    b'{"a":{"type":"literal","value":"1"}},{"a":{"type":"literal","value":"2"}}]}}'
)


@contextmanager
def endpoint(
    body: bytes, status: int = 200, kind: str = "application/sparql-results+json"
) -> Iterator[tuple[str, list[str]]]:
    """An endpoint on loopback that always gives one answer; and the queries that it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append(parse_qs(sent)["query"][0])
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(url: str, query: NamedQuery | str, max_rows: int = 10) -> Result:
    """The answer of the endpoint at `url`."""
    asked = parse_query("", query) if isinstance(query, str) else query
    return run_remote(url, asked, {}, "en", BASE, timeout=5, max_rows=max_rows)


def test_rows_are_read_and_cut_at_the_limit() -> None:
    """A SELECT gives rows; more than the limit are marked as cut."""
    with endpoint(ROWS) as (url, asked):
        assert ask(url, "SELECT ?a { ?s ?p ?a }", 1) == Rows(("a",), ((Literal("1"),),), True)
    assert asked == ["SELECT ?a { ?s ?p ?a }"]


def test_a_yes_or_no_and_a_graph_are_read() -> None:
    """ASK gives a truth value, CONSTRUCT a graph."""
    with endpoint(b'{"head":{},"boolean":true}') as (url, _):
        assert ask(url, "ASK { ?s ?p ?o }") == Truth(True)
    with endpoint(b"<urn:a> <urn:b> 1 .", kind="text/turtle") as (url, _):
        answer = ask(url, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, Triples)
    assert [str(triple.predicate) for triple in answer.triples] == ["<urn:b>"]


@pytest.mark.parametrize(
    ("body", "status"), [(b"no", 500), (b"no", 400), (b"<html>", 200), (b"{}", 200), (b"", 404)]
)
def test_a_refusal_or_a_wrong_answer_is_a_remote_error(body: bytes, status: int) -> None:
    """Whatever the endpoint does wrong, the user is told which endpoint and what to check."""
    with endpoint(body, status) as (url, _), pytest.raises(RemoteError) as caught:
        ask(url, "SELECT ?a { ?s ?p ?a }")
    assert (caught.value.place, caught.value.status) == (url, 4)
    assert caught.value.remedy is not None


def test_an_endpoint_that_is_down_is_a_remote_error() -> None:
    """A port where nothing listens gives a clear error, with status 4."""
    with endpoint(b"") as (url, _):
        pass
    with pytest.raises(RemoteError, match="cannot be reached"):
        ask(url, "ASK { ?s ?p ?o }")


def test_only_reading_over_http_is_allowed() -> None:
    """An update is refused before it is sent, and a file is no endpoint."""
    with endpoint(ROWS) as (url, asked), pytest.raises(QueryError):
        ask(url, "CLEAR ALL")
    assert asked == []
    with pytest.raises(QueryError, match="http"):
        ask("file:///etc/passwd", "ASK { ?s ?p ?o }")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came: method, path, the query in it, and the credentials."""

    method: str
    path: str
    query: str
    authorization: str | None


@dataclass(slots=True)
class Site:
    """An endpoint with an answer for each path: status, headers, body; and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback."""
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(parse_qs(sent)["query"][0])

        def do_GET(self) -> None:
            self._answer("")

        def _answer(self, query: str) -> None:
            status, headers, body = found.answers[self.path]
            credentials = self.headers["Authorization"]
            found.asked.append(Asked(self.command, self.path, query, credentials))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the test's output quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


SELECT = "SELECT ?a { ?s ?p ?a }"
FOUND = Rows(("a",), ((Literal("1"),), (Literal("2"),)))
JSON_ROWS = (200, {"Content-Type": "application/sparql-results+json"}, ROWS)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirection_is_followed_with_the_query(site: Site, status: int) -> None:
    """Where the endpoint has moved, the same query is asked again, by POST."""
    site.answers = {"/old": (status, {"Location": "/new"}, b""), "/new": JSON_ROWS}
    assert ask(f"{site.url}/old", SELECT) == FOUND
    assert site.asked == [Asked("POST", path, SELECT, None) for path in ("/old", "/new")]


def test_an_answer_that_lies_elsewhere_is_fetched(site: Site) -> None:
    """303 leads to the answer itself, which is read by GET."""
    site.answers = {"/old": (303, {"Location": "/new"}, b""), "/new": JSON_ROWS}
    assert ask(f"{site.url}/old", SELECT) == FOUND
    assert site.asked[1] == Asked("GET", "/new", "", None)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "/old"])
def test_a_redirection_to_what_is_no_endpoint_is_an_error(site: Site, location: str) -> None:
    """Files, FTP and circles are not followed."""
    site.answers = {"/old": (307, {"Location": location}, b"")}
    with pytest.raises(RemoteError, match="307"):
        ask(f"{site.url}/old", SELECT)


def test_credentials_go_to_their_host_alone(site: Site) -> None:
    """User and password of the address are sent to it, and not to where it redirects."""
    site.answers = {"/old": (307, {"Location": "/new"}, b""), "/new": JSON_ROWS}
    ask(site.url.replace("//", "//ann:s%40fe@") + "/old", SELECT)
    other = site.url.replace("127.0.0.1", "localhost")
    site.answers["/old"] = (307, {"Location": f"{other}/new"}, b"")
    ask(site.url.replace("//", "//ann:s%40fe@") + "/old", SELECT)
    assert [each.authorization for each in site.asked] == [
        "Basic YW5uOnNAZmU=",
        "Basic YW5uOnNAZmU=",
        "Basic YW5uOnNAZmU=",
        None,
    ]


def test_credentials_are_in_no_message(site: Site) -> None:
    """Whatever goes wrong, neither user nor password is shown."""
    site.answers = {"/a": (401, {"Content-Type": "text/plain"}, b"who are you?")}
    secret = site.url.replace("//", "//jdoe:hunter2@")
    for address in (f"{secret}/a", "http://jdoe:hunter2@127.0.0.1:1/", "ftp://jdoe:hunter2@x/"):
        with pytest.raises((RemoteError, QueryError)) as caught:
            ask(address, SELECT)
        for language in ("en", "fr"):
            told = caught.value.render(language)
            assert "hunter2" not in told
            assert "jdoe" not in told


@pytest.mark.parametrize(
    ("status", "kind", "body", "told"),
    [
        (400, "text/plain", b"Parse error:\n line 1 ", "400 Bad Request: Parse error: line 1"),
        (404, "text/html", b"<h1>No such <b>set</b></h1>", "404 Not Found: No such set"),
        (
            503,
            "application/problem+json",
            '{"title": "Busy", "detail": "Trop occupé"}'.encode(),
            "503 Service Unavailable: Trop occupé",
        ),
        (500, "application/json", b'{"message": "out of memory"}', "out of memory"),
        (500, "application/json", b"[]", "500 Internal Server Error: []"),
        (500, "text/plain", b"\x1b[31m" + b"x" * 1000, "500 Internal Server Error: \ufffd[31mxx"),
        (429, "text/plain", b"", "429 Too Many Requests"),
    ],
)
def test_the_endpoints_own_account_of_an_error_is_told(
    site: Site, status: int, kind: str, body: bytes, told: str
) -> None:
    """Of an error, the status and the endpoint's words are shown, in one harmless line."""
    site.answers = {"/": (status, {"Content-Type": kind}, body)}
    with pytest.raises(RemoteError) as caught:
        ask(f"{site.url}/", SELECT)
    message = caught.value.message.fr
    assert message.startswith("le point SPARQL a refusé\u00a0: ")
    assert told in message
    assert message.replace("\u00a0", "").isprintable()
    assert len(message) < 350


def test_an_answer_is_read_by_the_type_that_it_says(site: Site) -> None:
    """An endpoint that answers in another SPARQL or RDF format than the one preferred is read."""
    rows = written(FOUND, "xml")
    triples = "<urn:a> <urn:b> <urn:c> .\n"
    quad = next(iter(parse(triples.encode(), format=RdfFormat.N_TRIPLES)))
    rdf = serialize([quad.triple], format=RdfFormat.RDF_XML) or b""
    site.answers = {
        "/xml": (200, {"Content-Type": "application/sparql-results+xml; charset=utf-8"}, rows),
        "/json": (200, {"Content-Type": "application/json"}, ROWS),
        "/untold": (200, {}, ROWS),
        "/rdf": (200, {"Content-Type": "application/rdf+xml"}, rdf),
        "/nt": (200, {"Content-Type": "application/n-triples"}, triples.encode() * 2),
    }
    for path in ("/xml", "/json", "/untold"):
        assert ask(site.url + path, SELECT) == FOUND
    for path in ("/rdf", "/nt"):
        answer = ask(site.url + path, "# SELECT\nCONSTRUCT WHERE { ?s ?p ?o }")
        assert answer == Triples((quad.triple,))


def test_an_answer_that_is_a_web_page_says_so(site: Site) -> None:
    """A page where results were expected is told with its media type."""
    site.answers = {"/": (200, {"Content-Type": "text/html"}, b"<!doctype html><p>Hello")}
    with pytest.raises(RemoteError, match="no SPARQL result: text/html; "):
        ask(f"{site.url}/", SELECT)


def test_an_answer_without_end_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the limit is not read."""
    monkeypatch.setattr(remote, "_MAX_ANSWER_BYTES", len(ROWS) - 1)
    site.answers = {"/": JSON_ROWS}
    with pytest.raises(RemoteError, match="larger than"):
        ask(f"{site.url}/", SELECT)


def test_an_endpoint_that_does_not_answer_is_given_up() -> None:
    """One that takes the query and says nothing is left at the time limit, with status 1."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(QueryLimitError) as caught:
            run_remote(url, parse_query("", SELECT), {}, "en", BASE, timeout=0.2, max_rows=10)
    assert (caught.value.place, caught.value.status) == (url, 1)
    assert "longer than 0.2 s" in caught.value.message.en


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sparql",
        "https://",
        "http://[::1",
        "http://x:port/",
        "ftp://x/",
        "http://x/\na",
        "http://é/",
    ],
)
def test_what_is_no_address_is_refused_at_once(address: str) -> None:
    """Only a whole http(s) address in ASCII is asked; nothing else ends in a traceback."""
    with pytest.raises(QueryError, match="http"):
        ask(address, SELECT)
