"""The workers that answer questions: processes with limits on time and memory, used again."""

from __future__ import annotations

import os
import queue
import threading
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from typing import NamedTuple

import orjson

from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Text
from ds2026kg.server.asking import Answer, Asked
from ds2026kg.server.facts import Facts
from ds2026kg.server.nursery import nurse
from ds2026kg.server.problems import RequestError
from ds2026kg.server.source import Source
from ds2026kg.server.wire import outcome_of, packed

MAX_ANSWER_BYTES = 256 * 1024 * 1024
_USES = 5_000  # answers of one worker, after which another takes its place
_PATIENCE = 10.0  # seconds for a process to end by itself


class _Worker(NamedTuple):
    number: int
    pipe: Connection
    answered: int = 0


class Workers:
    """Processes over one state of the data. `facts` are about those data.

    `ask` may be called from as many threads as there are workers.
    """

    def __init__(self, source: Source, *, size: int, timeout: float, memory: int) -> None:
        """Open `source` in a process of its own; raises what `Source.opened` raises.

        `timeout` is in seconds, `memory` in bytes, both for one question.
        """
        self._timeout = timeout
        self._lock = threading.Lock()
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        context = get_context("spawn")
        self._control, control = context.Pipe()
        self._nursery = context.Process(
            target=nurse, args=(control, source, memory), name="ds2026kg-data", daemon=True
        )
        self._nursery.start()
        control.close()
        self.facts = self._loaded()
        for _ in range(size):
            self._idle.put(None)

    def _loaded(self) -> Facts:
        """Wait until the data are loaded; if they cannot be, or one is interrupted, leave nothing."""
        try:
            told = self._control.recv()
            if isinstance(told, Facts):
                return told
            raise told
        except BaseException as error:
            self._nursery.kill()  # it hears of nothing while it loads
            self.close()
            if isinstance(error, EOFError):
                raise Ds2026kgError(_NOT_LOADED) from error
            raise

    @property
    def alive(self) -> bool:
        """Whether the process that holds the data is there, so that workers can be had."""
        return self._nursery.is_alive()

    def ask(self, asked: Asked) -> Answer:
        """The answer of a worker, within the time and the memory allowed.

        Raises `RequestError` as `asking.answer` does, 504 if it takes too long and 503 if it needs
        too much memory. The worker is killed then, and another takes its place.
        """
        worker = self._idle.get()
        kept: _Worker | None = None
        try:
            worker = worker or self._start()
            worker.pipe.send_bytes(packed(asked))
            if not worker.pipe.poll(self._timeout):
                raise _too_slow(self._timeout)
            head, body = worker.pipe.recv_bytes(), worker.pipe.recv_bytes(MAX_ANSWER_BYTES)
            if worker.answered < _USES:
                kept = worker._replace(answered=worker.answered + 1)
        except (EOFError, OSError) as error:
            raise _lost() from error
        finally:
            if worker is not None and kept is None:
                self._end(worker)
            self._idle.put(kept)
        return outcome_of(head, body)

    def close(self) -> None:
        """End the workers and the process that holds the data, whatever they do."""
        while not self._idle.empty():
            worker = self._idle.get()
            if worker is not None:
                worker.pipe.close()
        self._control.close()  # upon which that process ends them
        self._nursery.join(_PATIENCE)
        if self._nursery.is_alive():
            self._nursery.kill()
            self._nursery.join()
        self._nursery.close()

    def _start(self) -> _Worker:
        with self._lock:
            self._control.send_bytes(orjson.dumps("start"))
            number = orjson.loads(self._control.recv_bytes())
            return _Worker(number, Connection(recv_handle(self._control)))

    def _end(self, worker: _Worker) -> None:
        worker.pipe.close()
        with self._lock, suppress(EOFError, OSError):
            self._control.send_bytes(orjson.dumps(worker.number))
            self._control.recv_bytes()


def supported() -> bool:
    """Whether this system can fork, on which all of this rests."""
    return hasattr(os, "fork")


def _too_slow(seconds: float) -> RequestError:
    limit = f"{seconds:g}"
    return RequestError(
        504,
        Text(
            f"the query took longer than {limit} s and was stopped",
            f"la requête a duré plus de {limit.replace('.', ',')}\u00a0s et a été arrêtée",
        ),
        remedy=Text("make it narrower, or add LIMIT", "rendez-la plus précise, ou ajoutez LIMIT"),
    )


def _lost() -> RequestError:
    return RequestError(
        503,
        Text(
            "the query needed more memory than is allowed, and was stopped",
            "la requête demandait plus de mémoire qu’il n’est permis et a été arrêtée",
        ),
        remedy=Text(
            "make it narrower: fewer patterns that share no variable, less sorted or grouped at once",
            "rendez-la plus précise\u00a0: moins de motifs sans variable commune, moins de tri et de"
            " regroupement à la fois",
        ),
    )


_NOT_LOADED = Text(
    "the data could not be loaded: the process that read them has ended",
    "les données n’ont pu être chargées\u00a0: le processus qui les lisait s’est terminé",
)
