"""The server itself, on the loopback: it starts, answers, drains and ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from .running import Running

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A server of 300 triples that lets queries take one second."""
    file = tmp_path / "data.nt"
    lines = [f"<urn:s{n}> <urn:p> <urn:o{n}> .\n" for n in range(300)]
    file.write_text("".join(lines), encoding="utf-8")
    server = Running(file, "--timeout", "1", "--max-rows", "10", "--workers", "1")
    yield server
    server.close()


def test_it_answers_over_http_and_ends_when_told(running: Running) -> None:
    """It says where it is; GET, HEAD, POST and faults get there; SIGTERM ends it with status 0."""
    url = f"http://127.0.0.1:{running.port}/"
    assert running.ready == f"300 triples are served at {url} (SPARQL at /sparql); Ctrl-C ends it\n"
    asked = f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}"
    status, headers, body = running.send("GET", asked, {"Accept": "text/csv"})
    assert (status, body.count(b"\r\n"), headers["result-cut"]) == (200, 11, "rows=10")
    head = running.send("HEAD", asked, {"Accept": "text/csv"})
    assert (head[0], head[1]["content-length"], head[2]) == (200, str(len(body)), b"")
    unchanged = running.send("GET", asked, {"Accept": "text/csv", "If-None-Match": headers["etag"]})
    assert (unchanged[0], unchanged[2]) == (304, b"")
    direct = {"Content-Type": "application/sparql-query"}
    assert running.send("POST", "/sparql", direct, b"ASK {}")[2] == b'{"head":{},"boolean":true}'
    too_large = running.send("POST", "/sparql", direct, b"x" * 70_000)
    assert (too_large[0], json.loads(too_large[2])["status"]) == (413, 413)
    assert running.send("GET", "/sparql?query=" + "x" * 70_000)[0] == 414
    assert running.send("GET", f"/sparql?query={quote(ENDLESS)}")[0] == 504
    assert running.send("GET", "/sparql", {"Accept": "image/png"})[0] == 406
    assert running.send("GET", asked)[0] == 200
    assert running.end() == (0, "ended; what was under way was answered\n")


def test_an_iri_opens_by_way_of_its_workers(tmp_path: Path) -> None:
    """From the thing to the document, and to each form; what is not known is not found."""
    file = tmp_path / "data.nt"
    statement = b"<https://w3id.org/ds2026/id/actor/d%C3%A9l> <urn:p> <urn:o> .\n"
    file.write_bytes(statement)
    server = Running(file)
    try:
        at = f"http://127.0.0.1:{server.port}"
        status, headers, _ = server.send("GET", "/id/actor/d%C3%A9l")
        assert (status, headers["location"]) == (303, f"{at}/doc/actor/d%C3%A9l")
        accept = {"Accept": "application/n-triples"}
        status, headers, body = server.send("GET", "/doc/actor/d%C3%A9l", accept)
        direct = headers["content-location"]
        assert (status, body, direct) == (200, statement, f"{at}/doc/actor/d%C3%A9l.nt")
        assert server.send("GET", direct.removeprefix(at))[2] == statement
        assert server.send("GET", "/id/actor/del")[0] == 404
        assert server.end()[0] == 0
    finally:
        server.close()


def test_content_that_breaks_off_is_no_query(running: Running) -> None:
    """What was left out might have changed its meaning."""
    head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n"
    head += "Content-Type: application/sparql-query\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running.port), 60) as connection:
        connection.sendall(head.encode() + b"ASK {}")
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as told:
            assert told.readline() == b"HTTP/1.1 400 Bad Request\r\n"


def test_what_is_under_way_is_answered_before_the_end(running: Running) -> None:
    """SIGTERM while a query runs: its client still gets the answer, here that of the time limit."""
    connection = HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.request("GET", f"/sparql?query={quote(ENDLESS)}")
    # Once this is answered, by no worker, the query before it has been taken.
    assert running.send("GET", "/health")[0] == 200
    running.process.send_signal(signal.SIGTERM)
    assert connection.getresponse().status == 504
    assert running.process.wait(timeout=60) == 0


def test_a_port_that_is_taken_is_told(running: Running, tmp_path: Path) -> None:
    """A second server at the same port ends with status 3 and says what to do; it shares nothing."""
    words = ["serve", str(tmp_path / "data.nt"), "--port", str(running.port)]
    second = subprocess.run(
        [sys.executable, "-m", "ds2026kg", *words], capture_output=True, text=True, check=False
    )
    assert second.returncode == 3
    assert f"127.0.0.1:{running.port}: one cannot listen here" in second.stderr
    assert "--port" in second.stderr


def test_a_build_is_served_with_its_files(tmp_path: Path) -> None:
    """Sent as they lie in the folder, and known again by the tag of the manifest."""
    text = b"<urn:a> <urn:b> <urn:c> .\n" * 10_000
    (tmp_path / "ds2026.nt").write_bytes(text)
    told = {"name": "ds2026.nt", "mediaType": "text/plain", "bytes": len(text), "sha256": "5ac1"}
    (tmp_path / "manifest.json").write_text(json.dumps({"files": [told]}))
    server = Running(tmp_path)
    try:
        status, headers, body = server.send("GET", "/files/ds2026.nt")
        assert (status, headers["content-length"], body) == (200, str(len(text)), text)
        head = server.send("HEAD", "/files/ds2026.nt")
        assert (head[0], head[1]["content-length"], head[2]) == (200, str(len(text)), b"")
        assert server.send("GET", "/files/ds2026.nt", {"If-None-Match": '"5ac1"'})[0] == 304
    finally:
        server.close()
