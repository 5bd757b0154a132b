"""Questions to a remote endpoint: what is sent, what is read, and every way it can fail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from pyoxigraph import Literal

from ds2026kg.errors import QueryError, RemoteError
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
    thread = threading.Thread(target=server.serve_forever)
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
