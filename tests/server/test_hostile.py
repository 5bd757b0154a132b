"""A thousand hostile requests, over HTTP, to a real server: nothing is left of them."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from .running import Running

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked"),
    pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux’s"),
]

WORKERS = 2
SETTINGS = f"""\
[server]
timeout = 1
workers = {WORKERS}
memory = {64 * 1024 * 1024}
cache = {1024 * 1024}
"""
QUERY = {"Content-Type": "application/sparql-query"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
CLOSED = 0  # the connection was closed without a response
BAD = {400}
LARGE = {413, 414, 431, CLOSED}
COSTLY = {200, 400, 503, 504}
SLOW = {503, 504}  # what may come to anyone on a busy machine, or behind what is dear
MEBIBYTE = 1024 * 1024

Attack = Callable[[int], bytes]


def asking(text: str) -> Attack:
    """POST a query, which its number makes another than all before."""
    return lambda number: sending("/sparql", f"{text}\n# {number}".encode())


def sending(target: str, body: bytes) -> bytes:
    """POST `body` as a query."""
    return opening("POST", target, {**QUERY, "Content-Length": str(len(body))}) + body


def getting(target: str, **headers: str) -> Attack:
    """GET `target`, in which {} is the number."""
    return lambda number: opening("GET", target.replace("{}", str(number)), headers)


def browsing(target: str) -> Attack:
    """GET `target` as a page."""
    return getting(target, Accept="text/html")


def opening(method: str, target: str, headers: dict[str, str] | None = None) -> bytes:
    """The head of a request."""
    told = {"Host": "localhost", "Connection": "close", **(headers or {})}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {told[name]}" for name in told), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def plain(raw: bytes) -> Attack:
    """These bytes, whatever the number."""
    return lambda _number: raw


def using(method: str) -> Attack:
    """A request by that method."""
    return lambda number: opening(method, f"/graph/one?{number}")


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CHEAP: dict[str, tuple[Attack, set[int]]] = {
    # Text that is no query, or that asks for more than reading.
    "no query": (asking("SELEKT * { ?s ?p ?o }"), BAD),
    "not Unicode": (lambda n: sending("/sparql", b"ASK { \xff\xfe %d }" % n), BAD),
    "control characters": (asking("\x00\x01 \U0010ffff ASK"), BAD),
    "an open string": (asking("ASK { ?s ?p '''"), BAD),
    "brackets": (asking("ASK { " + "{" * 5000 + "}" * 5000 + " }"), BAD),
    "OPTIONAL in OPTIONAL": (asking("ASK { " + "OPTIONAL { " * 120 + "}" * 121), BAD),
    "SERVICE": (asking("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), BAD),
    "SERVICE, hidden": (asking("ASK { ?s ?p ?o # \r SERVICE <http://127.0.0.1:1/> {}\n}"), BAD),
    "LOAD": (asking("LOAD <http://127.0.0.1:1/>"), BAD),
    "INSERT": (asking("INSERT DATA { <urn:a> <urn:b> <urn:c> }"), BAD),
    "FROM a file": (asking("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), BAD),
    "FROM NAMED a server": (asking("ASK FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }"), BAD),
    "a long IRI": (asking(f"ASK {{ <urn:{'a' * 60_000}> ?p ?o }}"), {200}),
    "a broken expression": (asking('ASK { ?s ?p ?o FILTER(REGEX(?o, "[")) }'), {200}),
    "a bomb of an expression": (asking('ASK { ?s ?p ?o FILTER(REGEX(?o, "^(a+)+$")) }'), {200}),
    "a product of two": (asking("SELECT * { ?a ?b ?c . ?d ?e ?f }"), COSTLY),
    "an update": (getting("/sparql?update=CLEAR+ALL&{}"), {403}),
    "two queries": (getting("/sparql?query=ASK%7B%7D&query={}"), BAD),
    "a broken escape": (getting("/sparql?query=%ZZ{}"), BAD),
    "a default graph in a file": (
        getting("/sparql?query=ASK%7B%7D&default-graph-uri=file:///etc/passwd&{}"),
        BAD,
    ),
    # Addresses.
    "a path that climbs": (getting("/id/../../../../etc/passwd?{}"), {400, 404}),
    "a path that climbs, encoded": (getting("/doc/%2e%2e/%2e%2e/etc/passwd%00{}"), {400, 404}),
    "a path that is not UTF-8": (getting("/doc/%ff%ed%a0%80?{}"), {404}),
    "a long path": (getting("/doc/" + "a" * 60_000), {404}),
    "a graph in a file": (getting("/graphs?graph=file:///etc/passwd&{}"), {404}),
    "an address over the limit": (getting("/sparql?query=" + "x" * 70_000), LARGE),
    "an address without end": (getting("/" + "x" * 300_000), LARGE),
    # Pages.
    "a search for script": (browsing("/search?q=%3Cscript%3E{}"), {200}),
    "a search for much": (browsing("/search?q=" + "a+" * 20_000 + "{}"), {200}),
    "a page of a server": (
        browsing("/results?query=ASK+%7B+SERVICE+%3Chttp://127.0.0.1:1/%3E+%7B%7D+%7D%23{}"),
        BAD,
    ),
    "a page that changes": (browsing("/results?query=CLEAR+ALL%23{}"), BAD),
    "a query of a path": (browsing("/results?name=../../etc/passwd&{}"), BAD),
    "a page that is not there": (browsing("/doc/%3Cscript%3E.fr.html?{}"), {404}),
    "a file that climbs": (browsing("/files/..%2f..%2fetc/passwd?{}"), {404}),
    "an asset that climbs": (browsing("/assets/../../pyproject.toml?{}"), {404}),
    # Headers, methods, and what is no HTTP.
    "Accept, commas": (getting("/sparql?query=ASK%7B%7D&{}", Accept="," * 50_000), {200}),
    "Accept, broken": (getting("/doc/a", Accept='a/b;q="\\;q=NaN, */*;q=-1, \xe9/\xff'), {404}),
    "Accept, of nothing": (getting("/sparql?query=ASK%7B%7D&{}", Accept="x/y;q=1"), {406}),
    "Accept, many": (getting("/linkset", Accept=", ".join(["a/b;q=0.1"] * 5000)), {406}),
    "a Host that is none": (getting("/id/a?{}", Host='a"><script>.example'), {400}),
    "headers without end": (getting("/", **{f"X-{n}": "x" * 1000 for n in range(300)}), LARGE),
    "PUT": (using("PUT"), {405}),
    "DELETE": (using("DELETE"), {405}),
    "PATCH": (using("PATCH"), {405}),
    "a method of no standard": (using("BREW"), {400, 405}),
    "content over the limit": (lambda _n: sending("/sparql", b"x" * 70_000), LARGE),
    "a length that is none": (
        plain(opening("POST", "/sparql", {"Content-Length": "-1"})),
        {400, CLOSED},
    ),
    "two lengths": (
        plain(opening("POST", "/sparql", {"Content-Length": "1", "content-length": "2"}) + b"xx"),
        {400, CLOSED},
    ),
    "chunks that are none": (
        plain(opening("POST", "/sparql", {**QUERY, "Transfer-Encoding": "chunked"}) + b"zz\r\nxx"),
        {400, CLOSED},
    ),
    "no HTTP": (plain(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), {400, CLOSED}),
}
DEAR: dict[str, tuple[Attack, set[int]]] = {
    "a page without end": (browsing(f"/results?query={quote(ENDLESS)}%23{{}}"), {504}),
    "a product of four": (asking(ENDLESS), {504}),
    "a product, sorted": (
        asking("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"),
        {503, 504},
    ),
    "many values": (asking("SELECT * { VALUES ?x { " + "1 " * 20_000 + "} }"), COSTLY),
    "a large expression": (
        asking('ASK { ?s ?p ?o FILTER(REGEX(?o, "(a{1,1000}){1,1000}")) }'),
        COSTLY,
    ),
    "paths": (asking("SELECT * { ?s " + "/".join(["<urn:p>*"] * 50) + " ?o }"), COSTLY),
}
ATTACKS = CHEAP | DEAR
SHORT = opening("POST", "/sparql", {**QUERY, "Content-Length": "99"}) + b"ASK {}"


class Held(NamedTuple):
    """What a server holds: its processes, open files, and its own resident memory in bytes."""

    processes: int
    files: int
    memory: int


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server of 300 triples that lets queries take one second."""
    data, settings = tmp_path / "data.nt", tmp_path / "ds2026kg.toml"
    lines = [f'<urn:s{n}> <urn:p> "{"a" * 30}{n}" .\n' for n in range(300)]
    data.write_text("".join(lines), encoding="utf-8")
    settings.write_text(SETTINGS, encoding="utf-8")
    running = Running(data, "--config", str(settings))
    yield running
    running.close()


def test_a_thousand_hostile_requests_leave_nothing_behind(server: Running) -> None:
    """Each is refused as it should be; no process, file or memory is lost; the server is as before."""
    first = [(name, -1) for name in CHEAP]  # after which its memory is as large as it gets
    cheap = [(name, number) for number in range(21) for name in CHEAP]
    dear = [(name, number) for number in range(3) for name in DEAR]
    assert len(cheap) + len(dear) >= 1000

    def sent(attack: tuple[str, int]) -> tuple[str, int]:
        name, number = attack
        return name, outcome(server.port, ATTACKS[name][0](number))

    def wrong(outcomes: Iterable[tuple[str, int]], also: set[int]) -> set[tuple[str, int]]:
        return {each for each in outcomes if each[1] not in ATTACKS[each[0]][1] | also}

    assert wrong(map(sent, first), set()) == set()
    before = held(server)
    with ThreadPoolExecutor(4) as threads:
        half = len(cheap) // 2
        assert wrong(threads.map(sent, cheap[:half]), SLOW) == set()
        for number in range(3):
            go_away(server.port, asking(ENDLESS)(-number))
            go_away(server.port, SHORT)
        assert wrong(threads.map(sent, dear + cheap[half:]), SLOW) == set()
    after = settled(server, before)
    # A worker that was not there before is a process and a pipe more.
    assert after.processes <= before.processes + WORKERS
    assert after.files <= before.files + WORKERS
    assert after.memory <= before.memory + 16 * MEBIBYTE
    assert server.end() == (0, "ended; what was under way was answered\n")


def outcome(port: int, raw: bytes) -> int:
    """The status of the response to these bytes."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        try:
            connection.sendall(raw)
            while piece := connection.recv(65_536):
                received += piece
        except ConnectionError:  # it does not read on what is too large
            pass
    return int(received.split(b" ", 2)[1]) if received else CLOSED


def go_away(port: int, raw: bytes) -> None:
    """Send these bytes, and wait for nothing."""
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        connection.sendall(raw)


def settled(server: Running, before: Held) -> Held:
    """What is held once ordinary questions are answered, and connections have been let go."""
    counted = f"/sparql?query={quote(COUNT)}%23"
    for number in range(100):
        status, _, body = server.send("GET", f"{counted}{number}", {"Accept": "text/csv"})
        now = held(server)
        if status == 200 and now.files <= before.files + WORKERS:
            break
    assert (status, body) == (200, b"n\r\n300\r\n")
    return now


def held(server: Running) -> Held:
    """What the server holds now; files are its own and those of the process with the data."""
    itself = server.process.pid
    beside = children(itself)
    workers = [worker for number in beside for worker in children(number)]
    files = sum(len(list(Path(f"/proc/{number}/fd").iterdir())) for number in (itself, *beside))
    status = Path(f"/proc/{itself}/status").read_text(encoding="ascii")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return Held(1 + len(beside) + len(workers), files, int(resident.split()[1]) * 1024)


def children(parent: int) -> list[int]:
    """The processes that `parent` has started and that are still there."""
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        found += [int(number) for number in (task / "children").read_text("ascii").split()]
    return found
