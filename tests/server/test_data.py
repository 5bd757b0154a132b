"""The data while they are served: how many may ask, and what a change of the source does."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ds2026kg.config import ServerSettings, Settings
from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Text
from ds2026kg.pages import Publication
from ds2026kg.server.asking import Answer, Page, Question
from ds2026kg.server.data import ServedData
from ds2026kg.server.media import wanted
from ds2026kg.server.problems import RequestError
from ds2026kg.server.source import Source

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

COUNT = Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", (), (), wanted("text/csv"), 10)
LIMITS = ServerSettings(workers=1, queue=1, per_client=2, timeout=60)  # whatever else runs here
SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "vaults" / "small"


@contextmanager
def served(
    path: Path, told: list[str], limits: ServerSettings = LIMITS, since: Path | None = None
) -> Iterator[ServedData]:
    """The data at `path`; what the server tells its keeper is added to `told`."""

    def tell(news: Ds2026kgError | Text) -> None:
        told.append(news.en if isinstance(news, Text) else str(news))

    data = ServedData(Source(path, Settings(), since), limits, tell)
    try:
        yield data
    finally:
        data.close()


def written(path: Path, triples: int) -> Path:
    """A file of so many triples, put into place at once."""
    text = "".join(f"<urn:s{n}> <urn:p> <urn:o> .\n" for n in range(triples))
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
    return path


async def count(data: ServedData) -> int:
    """How many triples a query counts."""
    return int((await data.ask(COUNT)).body.split()[1])


async def under_way(data: ServedData, number: int) -> None:
    """Go on once so many questions have reached the workers or wait for them."""
    while data._crew.busy < number:
        await asyncio.sleep(0)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` to its end."""
    asyncio.run(work)


def test_changed_data_take_the_place_of_the_old(tmp_path: Path) -> None:
    """A source that has changed and settled is loaded anew; questions and facts are then of the new."""
    told: list[str] = []
    file = written(tmp_path / "data.nt", 3)

    async def changed(data: ServedData) -> None:
        assert await count(data) == 3
        written(file, 5)
        await data.look()  # it has changed: once more, and it has settled
        assert (await count(data), told) == (3, [])
        await data.look()
        assert (await count(data), data.facts.triples, data.standing) == (5, 5, (True, None))
        await data.look()

    with served(file, told) as data:
        run(changed(data))
    assert told == ["the source has changed: the new data are served"]


def test_the_old_data_stay_while_the_source_is_missing_or_broken(tmp_path: Path) -> None:
    """Both are told once, /health can say so, and all is well again when the source is."""
    told: list[str] = []
    file = written(tmp_path / "data.nt", 3)

    async def lost(data: ServedData) -> None:
        file.unlink()
        for _ in range(3):
            await data.look()
        assert (await count(data), data.standing.current) == (3, False)
        file.write_text("<urn:s> <urn:p> ", encoding="utf-8")
        for _ in range(3):
            await data.look()
        assert (await count(data), data.standing.current) == (3, False)
        written(file, 4)
        for _ in range(3):
            await data.look()
        assert (await count(data), data.standing) == (4, (True, None))

    with served(file, told) as data:
        run(lost(data))
    assert [message.partition(":")[0] for message in told] == [
        "the source of the data is missing; the data loaded before are served",
        str(file),
        "the source has changed",
    ]


def test_a_vault_is_served_and_followed(tmp_path: Path) -> None:
    """Of a vault the data set of its notes is served; a note that changes, changes it."""
    vault = Path(shutil.copytree(SMALL, tmp_path / "vault"))
    told: list[str] = []

    async def edited(data: ServedData) -> None:
        before = await count(data)
        (vault / ".obsidian").mkdir()
        (vault / ".obsidian" / "workspace.json").write_text("{}", encoding="utf-8")
        for _ in range(2):
            await data.look()
        assert told == []
        note = next(iter(sorted(vault.rglob("*.md"))))
        note.unlink()
        for _ in range(2):
            await data.look()
        assert await count(data) < before

    with served(vault, told) as data:
        run(edited(data))
    assert len(told) == 1


def test_data_whose_process_has_ended_are_loaded_again(tmp_path: Path) -> None:
    """If the process that holds the data is lost, questions get 503 until the next look."""

    async def lost(data: ServedData) -> None:
        workers = data._crew.workers
        await asyncio.to_thread(workers._nursery.kill)
        await asyncio.to_thread(workers._nursery.join)
        with pytest.raises(RequestError) as caught:
            await data.ask(COUNT)
        assert caught.value.code == 503
        await data.look()
        assert await count(data) == 3

    with served(written(tmp_path / "data.nt", 3), []) as data:
        run(lost(data))


def test_too_many_at_once_are_turned_away(tmp_path: Path) -> None:
    """One worker, one place to wait, two for each client: the next gets 503, or 429 if it is greedy."""
    gate = asyncio.Event()
    file = written(tmp_path / "data.nt", 3)

    async def crowd(data: ServedData) -> None:
        async def held(*_asked: object) -> Answer:
            await gate.wait()
            return Answer(b"", "text/csv")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ServedData, "_answered", held)
            first, second = (
                asyncio.create_task(data.ask(COUNT._replace(max_rows=rows), "a")) for rows in (1, 2)
            )
            await under_way(data, 2)
            codes = []
            for client in ("a", "b"):
                with pytest.raises(RequestError) as caught:
                    await data.ask(COUNT, client)
                codes.append((caught.value.code, dict(caught.value.headers)))
            assert codes == [(429, {"retry-after": "1"}), (503, {"retry-after": "1"})]
            gate.set()
            assert [await first, await second] == [Answer(b"", "text/csv")] * 2
        assert await count(data) == 3

    with served(file, []) as data:
        run(crowd(data))


def test_what_was_answered_is_kept_until_the_data_change(tmp_path: Path) -> None:
    """The same question is asked of no worker again; after a change of the source it is."""
    file = written(tmp_path / "data.nt", 3)

    async def asked(data: ServedData) -> None:
        first = await data.ask(COUNT)
        assert await data.ask(COUNT) is first
        assert await data.ask(COUNT._replace(max_rows=9)) is not first
        written(file, 4)
        for _ in range(2):
            await data.look()
        assert (first.body, (await data.ask(COUNT)).body) == (b"n\r\n3\r\n", b"n\r\n4\r\n")

    with served(file, []) as data:
        run(asked(data))


def test_without_a_cache_nothing_is_kept(tmp_path: Path) -> None:
    """With `cache` 0, each question is answered anew."""

    async def asked(data: ServedData) -> None:
        assert await data.ask(COUNT) is not await data.ask(COUNT)

    with served(written(tmp_path / "data.nt", 3), [], replace(LIMITS, cache=0)) as data:
        run(asked(data))


def test_what_is_another_each_time_is_asked_each_time(tmp_path: Path) -> None:
    """An answer with a random number is not kept."""
    fleeting = COUNT._replace(text="SELECT (STRUUID() AS ?x) {}")

    async def asked(data: ServedData) -> None:
        assert (await data.ask(fleeting)).body != (await data.ask(fleeting)).body
        both = await asyncio.gather(data.ask(fleeting), data.ask(fleeting))
        assert both[0].body != both[1].body

    with served(written(tmp_path / "data.nt", 3), []) as data:
        run(asked(data))


def test_those_who_ask_the_same_at_once_share_one_answer(tmp_path: Path) -> None:
    """A worker is asked once; who goes away takes it from nobody; a refusal is shared and not kept."""
    outcomes: list[Answer | RequestError] = [
        Answer(b"1", "text/csv"),
        RequestError(504, Text("too slow", "trop lent")),
        Answer(b"2", "text/csv"),
    ]
    gate = asyncio.Event()

    async def held(*_asked: object) -> Answer:
        await gate.wait()
        outcome = outcomes.pop(0)
        if isinstance(outcome, RequestError):
            raise outcome
        return outcome

    async def crowd(data: ServedData) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ServedData, "_answered", held)
            first, second, third = (asyncio.create_task(data.ask(COUNT, name)) for name in "abc")
            await under_way(data, 1)
            first.cancel()
            gate.set()
            assert await second is await third
            assert await data.ask(COUNT) is await second
            slow = COUNT._replace(max_rows=1)
            pair = asyncio.gather(data.ask(slow), data.ask(slow), return_exceptions=True)
            assert [getattr(refused, "code", None) for refused in await pair] == [504, 504]
            assert (await data.ask(slow)).body == b"2"

    with served(written(tmp_path / "data.nt", 3), []) as data:
        run(crowd(data))


def test_pages_tell_what_has_changed_since_an_earlier_release(tmp_path: Path) -> None:
    """Which workers hold beside the data; without an earlier release there is no such page."""
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    thing = "<https://w3id.org/ds2026/id/mission/9>"
    old, new = tmp_path / "old.nt", tmp_path / "new.nt"
    old.write_text(f'{thing} {label} "Before"@en .\n')
    new.write_text(f'{thing} {label} "After"@en .\n')
    page = Page("changes", "en", (), Publication("https://w3id.org/ds2026/", "x", "urn:licence"))

    async def told(data: ServedData) -> None:
        body = (await data.ask(page)).body
        assert b"Before" in body
        assert b"After" in body

    async def untold(data: ServedData) -> None:
        with pytest.raises(RequestError) as caught:
            await data.ask(page)
        assert caught.value.code == 404

    with served(new, [], since=old) as data:
        run(told(data))
    with served(new, []) as data:
        run(untold(data))
