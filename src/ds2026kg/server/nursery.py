"""The process that holds the data, and the workers that are forked from it.

It loads the data once. A worker is a fork: it is there in milliseconds, shares the data's memory,
and can be killed without harm. Only this process forks, since it has one thread and no server in
it. It ends when the server does, however that ends, and takes its workers along.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from typing import NamedTuple

import orjson
from pyoxigraph import Store

from ds2026kg.errors import Ds2026kgError
from ds2026kg.history import Changes
from ds2026kg.pages import Publication
from ds2026kg.pages.addresses import HOME
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.server.asking import Answer, Page, Question, answer
from ds2026kg.server.facts import facts_of
from ds2026kg.server.media import wanted
from ds2026kg.server.problems import RequestError
from ds2026kg.server.source import Source
from ds2026kg.server.wire import packed_head, unpacked

OUT_OF_MEMORY = 3
"""The exit status of a worker that had no more memory."""

_STATM_PAGES = "/proc/self/statm"


class Held(NamedTuple):
    """The data, and what has changed in them since an earlier release, if one was named."""

    store: Store
    changes: Changes | None


def nurse(control: Connection, source: Source, memory: int) -> None:
    """Open the data, tell their `Facts` (or the error) through `control`, then fork as told.

    "start" forks a worker that may take `memory` bytes more than the data; its number comes back,
    then its end of a pipe. A number ends that worker, and comes back. Runs until `control` closes.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # the server says when it is time to end
        signal.signal(number, signal.SIG_IGN)
    try:
        store = source.opened()
        data = Held(store, source.changes(store))
        facts = facts_of(store)
    except Ds2026kgError as error:
        control.send(error)
        return
    _warm()
    gc.freeze()
    control.send(facts)
    children: set[int] = set()
    with suppress(EOFError, OSError):
        while True:
            command = orjson.loads(control.recv_bytes())
            _reap(children)
            if command == "start":
                children.add(_start(control, data, memory))
            else:
                _end(command, children)
                control.send_bytes(orjson.dumps(command))
    for child in tuple(children):
        _end(child, children)


def _warm() -> None:
    """Read a query and make a page, so that every worker has the parser and the templates at hand."""
    answer(Store(), Question("SELECT * { ?s ?p ?o }", (), (), wanted(None), 1))
    answer(Store(), Page(HOME, "en", (), Publication(DEFAULT_BASE, "", "")))


def _start(control: Connection, data: Held, memory: int) -> int:
    """Fork a worker and tell the server of it; returns its number."""
    server_end, worker_end = Pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            control.close()
            server_end.close()
            status = _work(worker_end, data, memory)
        finally:
            os._exit(status)
    worker_end.close()
    control.send_bytes(orjson.dumps(child))
    send_handle(control, server_end.fileno(), os.getppid())
    server_end.close()
    return child


def _end(child: int, children: set[int]) -> None:
    """Kill a worker and wait until it is gone; one that was waited for already is left alone."""
    if child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        children.discard(child)


def _reap(children: set[int]) -> None:
    """Wait for the workers that have ended by themselves."""
    for child in tuple(children):
        ended, _status = os.waitpid(child, os.WNOHANG)
        if ended:
            children.discard(child)


def _work(pipe: Connection, data: Held, memory: int) -> int:
    """Answer what comes through `pipe` until it closes; returns the exit status."""
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what the engine says when it dies is of no use to anyone
        os.dup2(silence, stream)
    _limit_memory(memory)
    try:
        while True:
            asked = unpacked(pipe.recv_bytes())
            outcome: Answer | RequestError
            try:
                outcome = answer(data.store, asked, data.changes)
            except RequestError as problem:
                outcome = problem
            pipe.send_bytes(packed_head(outcome))
            pipe.send_bytes(outcome.body if isinstance(outcome, Answer) else b"")
            del outcome, asked
    except (EOFError, OSError):
        return 0
    except MemoryError:
        return OUT_OF_MEMORY


def _limit_memory(memory: int) -> None:
    """Let this process take `memory` bytes of address space more than it has, and dump no core.

    The system must have such a limit, and tell how much there is: on Linux it does. Elsewhere the
    time limit alone holds.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with open(_STATM_PAGES, encoding="ascii") as file:
            pages = int(file.read().split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
