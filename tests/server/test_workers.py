"""Questions answered in other processes: their limits, and that nothing is left of those killed."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import pytest

from ds2026kg.config import Settings
from ds2026kg.errors import DataError
from ds2026kg.server.asking import Question, WholeGraph
from ds2026kg.server.media import wanted
from ds2026kg.server.problems import RequestError
from ds2026kg.server.source import Source
from ds2026kg.server.workers import Workers

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

MEMORY = 256 * 1024 * 1024
SANE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNTED = b"n\r\n300\r\n"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of 300 triples: enough for a product of four to have no end."""
    path = tmp_path_factory.mktemp("data") / "data.nq"
    lines = [f'<urn:s{n}> <urn:p{n % 7}> "{"a" * 30}{n}" <urn:g> .' for n in range(300)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def workers(file: Path) -> Iterator[Workers]:
    """Two workers that are killed after a second."""
    made = Workers(Source(file, Settings()), size=2, timeout=1.0, memory=MEMORY)
    yield made
    made.close()


def ask(workers: Workers, text: str) -> bytes | int:
    """The answer as CSV or N-Triples, or the status of the problem."""
    accept = wanted("text/csv, application/n-triples")
    try:
        return workers.ask(Question(text, (), (), accept._replace(truth="text/xml"), 10_000)).body
    except RequestError as problem:
        return problem.code


def test_the_data_are_counted_and_answered(workers: Workers) -> None:
    """What the process found in the data comes back, and so do answers and whole graphs."""
    assert workers.facts.graphs == (("urn:g", 300),)
    assert ask(workers, SANE) == COUNTED
    whole = workers.ask(WholeGraph("urn:g", "application/n-triples"))
    assert whole.body.count(b" .\n") == 300


def test_what_is_refused_is_told_with_its_place(workers: Workers) -> None:
    """A problem comes from the worker as it is, in both languages, and the worker goes on."""
    with pytest.raises(RequestError) as caught:
        workers.ask(Question("ASK { ?s }", (), (), wanted(None), 10))
    problem = caught.value
    assert (problem.code, problem.place) == (400, "1:7")
    assert problem.message.en != problem.message.fr
    assert ask(workers, SANE) == COUNTED


def test_a_query_without_end_is_killed(workers: Workers) -> None:
    """What takes longer than allowed gets 504, and others are answered after it."""
    assert [ask(workers, ENDLESS), ask(workers, SANE)] == [504, COUNTED]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is Linux’s")
def test_a_query_without_bounds_is_stopped(file: Path) -> None:
    """What needs more memory than allowed gets 503, however much time there is."""
    workers = Workers(Source(file, Settings()), size=1, timeout=60.0, memory=MEMORY)
    try:
        assert [ask(workers, HUGE), ask(workers, SANE)] == [503, COUNTED]
    finally:
        workers.close()


def test_data_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """The error of the other process is the error here, and no process is left."""
    with pytest.raises(DataError) as caught:
        Workers(Source(tmp_path / "no.ttl", Settings()), size=1, timeout=1.0, memory=MEMORY)
    assert str(caught.value).startswith(f"{tmp_path / 'no.ttl'}: ")


def test_an_interruption_while_loading_leaves_no_process(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C before the data are there ends the process that was to load them."""

    def interrupted(_self: Workers) -> None:
        raise KeyboardInterrupt

    before = {process.pid for process in multiprocessing.active_children()}
    monkeypatch.setattr("multiprocessing.connection.Connection.recv", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Workers(Source(file, Settings()), size=1, timeout=1.0, memory=MEMORY)
    assert {process.pid for process in multiprocessing.active_children()} == before


CHEAP = [
    "ASK { " + "{" * 5000 + "}" * 5000 + " }",
    "SELECT * { " + "OPTIONAL { ?a ?b ?c " * 90 + "}" * 90 + " }",
    "SELECT * { ?s ?p ?o FILTER(" + "(" * 99 + "?o" + ")" * 99 + ") }",
    'SELECT * { ?s ?p ?o FILTER(REGEX(?o, "^(a+)+$")) }',
    'SELECT * { ?s ?p ?o FILTER(REGEX(?o, "[")) }',
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "LOAD <http://127.0.0.1:1/>",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "\x00\x01 \U0010ffff ASK",
    "ASK { ?s ?p '''",
    "SELECT * { ?s " + "/".join(["<urn:p1>*"] * 50) + " ?o }",
    "x" * 65_000,
]
DEAR = [
    ENDLESS,
    HUGE,
    "SELECT * { VALUES ?x { " + "1 " * 20_000 + "} }",
    'SELECT * { ?s ?p ?o FILTER(REGEX(?o, "(a{1,1000}){1,1000}")) }',
]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux’s")
def test_hostile_queries_leave_nothing_behind(workers: Workers) -> None:
    """After three hundred of them there are as many processes and open files, and sane answers."""
    assert ask(workers, SANE) == COUNTED
    before = _open_files(workers)
    hostile = [*islice(cycle(CHEAP), 292), *DEAR * 2]
    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(lambda text: ask(workers, text), hostile))
    assert {outcome for outcome in outcomes if isinstance(outcome, int)} <= {400, 503, 504}
    assert {outcomes[-4], outcomes[-3]} <= {503, 504}
    assert [ask(workers, SANE) for _ in range(4)] == [COUNTED] * 4
    children = _children(workers._nursery.pid)
    assert len(children) <= 2
    # A worker that is not there at the moment is a pipe less.
    assert _open_files(workers) <= before + 1


def _children(parent: int | None) -> list[int]:
    """The processes that `parent` has started and that are still there."""
    tasks = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(number) for number in tasks.read_text(encoding="ascii").split()]


def _open_files(workers: Workers) -> int:
    """How many files this process and the one with the data have open."""
    numbers = ("self", workers._nursery.pid)
    return sum(len(list(Path(f"/proc/{number}/fd").iterdir())) for number in numbers)
