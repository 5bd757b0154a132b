"""The data that are served: who may ask how much at once, and what happens when the source changes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ds2026kg.config import ServerSettings
from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Text
from ds2026kg.pages import Download
from ds2026kg.server.asking import Answer, Asked
from ds2026kg.server.facts import Facts
from ds2026kg.server.keeping import Kept, key_of
from ds2026kg.server.problems import RequestError
from ds2026kg.server.site import Standing
from ds2026kg.server.source import Source
from ds2026kg.server.workers import Workers

_INTERVAL = 2.0  # seconds between two looks at the source
_WAIT = 1  # seconds after which a client that was turned away may come again


@dataclass(slots=True)
class _Crew:
    """The workers over one state of the data, what they answered, and what they are asked now."""

    workers: Workers
    downloads: tuple[Download, ...]
    kept: Kept
    under_way: dict[bytes, asyncio.Task[Answer]] = field(default_factory=dict)
    busy: int = 0
    retired: bool = False


class ServedData:
    """The data of `source`, asked within the limits of `settings`; a `site.Data`.

    `tell` is called with what the one who runs the server should know.
    """

    def __init__(
        self,
        source: Source,
        settings: ServerSettings,
        tell: Callable[[Ds2026kgError | Text], None],
    ) -> None:
        """Load the data; raises what `Source.opened` raises."""
        self._source = source
        self._settings = settings
        self._tell = tell
        self._stamp = self._stamp_now()
        self._seen = self._stamp
        self._failed: str | None = None
        self._crew = self._recruited()
        self._standing = Standing(current=True)
        self._turn = asyncio.Semaphore(settings.workers)
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="ds2026kg-ask")
        self._waiting = 0
        self._clients: Counter[str] = Counter()

    @property
    def facts(self) -> Facts:
        """Counts of the data served now."""
        return self._crew.workers.facts

    @property
    def downloads(self) -> tuple[Download, ...]:
        """The files in which the data served now can be had."""
        return self._crew.downloads

    @property
    def folder(self) -> Path | None:
        """The folder of the build, if a build is served."""
        return self._source.path if self._source.is_build else None

    @property
    def standing(self) -> Standing:
        """Whether the data served are those of the source."""
        return self._standing

    async def ask(self, asked: Asked, client: str = "") -> Answer:
        """The answer kept from before, or else that of a worker, when it is this question's turn.

        Raises `RequestError`: 429 if `client` has too many questions under way, 503 if too many wait
        already or if no worker is free in time, and what `Workers.ask` raises.
        """
        crew, key = self._crew, key_of(asked)
        kept = crew.kept.get(key) if key else None
        if kept is not None:
            return kept
        most = self._settings.per_client
        if most and self._clients[client] >= most:
            raise _turned_away(429, _TOO_MANY_OF_ONE)
        self._clients[client] += 1
        try:
            # Shielded: a client that goes away must not take the answer from others who wait for it,
            # nor leave a worker with an answer unread.
            return await asyncio.shield(self._under_way(crew, key, asked))
        finally:
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    def _under_way(self, crew: _Crew, key: bytes | None, asked: Asked) -> asyncio.Task[Answer]:
        """The asking of a worker; those who ask the same at the same time share it."""
        if key is None:
            return asyncio.create_task(self._in_turn(crew, asked))
        if key not in crew.under_way:
            task = asyncio.create_task(self._kept(crew, key, asked))
            task.add_done_callback(lambda _task: crew.under_way.pop(key))
            crew.under_way[key] = task
        return crew.under_way[key]

    async def _kept(self, crew: _Crew, key: bytes, asked: Asked) -> Answer:
        answer = await self._in_turn(crew, asked)
        crew.kept.put(key, answer)
        return answer

    async def _in_turn(self, crew: _Crew, asked: Asked) -> Answer:
        if self._turn.locked() and self._waiting >= self._settings.queue:
            raise _turned_away(503, _TOO_MANY)
        crew.busy += 1
        try:
            await self._wait()
            try:
                return await self._answered(crew, asked)
            finally:
                self._turn.release()
        finally:
            crew.busy -= 1
            if crew.retired and not crew.busy:
                await asyncio.to_thread(crew.workers.close)

    async def _wait(self) -> None:
        """Wait for a turn, no longer than a question may take."""
        self._waiting += 1
        try:
            await asyncio.wait_for(self._turn.acquire(), self._settings.timeout)
        except TimeoutError as error:
            raise _turned_away(503, _TOO_MANY) from error
        finally:
            self._waiting -= 1

    async def _answered(self, crew: _Crew, asked: Asked) -> Answer:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, crew.workers.ask, asked)

    async def watch(self) -> None:
        """Look at the source again and again, until cancelled."""
        while True:
            await asyncio.sleep(_INTERVAL)
            await self.look()

    async def look(self) -> None:
        """Load the data anew if the source has changed since, and has been the same for two looks.

        New data take the place of the old all at once, and of all answers kept from them; questions
        under way are answered from the old. If the source is missing or cannot be read, the old data
        stay, and `standing` says so.
        """
        stamp = await asyncio.to_thread(self._stamp_now)
        if stamp is None:
            self._stale(_MISSING)
            return
        if stamp == self._stamp and self._crew.workers.alive:
            self._standing = Standing(current=True)
            return
        settled = stamp == self._seen
        self._seen = stamp
        if not settled or stamp == self._failed:
            return
        try:
            crew = await asyncio.to_thread(self._recruited)
        except Ds2026kgError as error:
            self._failed = stamp
            self._stale(error.message, error)
            return
        old, self._crew = self._crew, crew
        self._stamp, self._failed = stamp, None
        self._standing = Standing(current=True)
        self._tell(_RELOADED)
        old.retired = True
        if not old.busy:
            await asyncio.to_thread(old.workers.close)

    def close(self) -> None:
        """End all that was started."""
        self._threads.shutdown()
        self._crew.workers.close()

    def _recruited(self) -> _Crew:
        limits = self._settings
        downloads = self._source.downloads()
        workers = Workers(
            self._source, size=limits.workers, timeout=limits.timeout, memory=limits.memory
        )
        return _Crew(workers, downloads, Kept(limits.cache))

    def _stamp_now(self) -> str | None:
        try:
            return self._source.stamp()
        except OSError:
            return None

    def _stale(self, fault: Text, error: Ds2026kgError | None = None) -> None:
        if self._standing.fault != fault:
            self._tell(error or fault)
        self._standing = Standing(current=False, fault=fault)


def _turned_away(code: int, message: Text) -> RequestError:
    return RequestError(
        code,
        message,
        remedy=Text("try again in a moment", "réessayez dans un instant"),
        headers={"retry-after": str(_WAIT)},
    )


_TOO_MANY = Text("too many queries are waiting already", "trop de requêtes attendent déjà")
_TOO_MANY_OF_ONE = Text(
    "too many queries of yours are under way", "trop de vos requêtes sont déjà en cours"
)
_MISSING = Text(
    "the source of the data is missing; the data loaded before are served",
    "la source des données est absente; les données chargées auparavant sont servies",
)
_RELOADED = Text(
    "the source has changed: the new data are served",
    "la source a changé\u00a0: les nouvelles données sont servies",
)
