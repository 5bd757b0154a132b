"""What was made of something is kept for as long as it is asked for, and no longer.

Watching a vault reads and judges all of it again and again, of which nearly nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final, TypeVar

_Made = TypeVar("_Made")


class Memory:
    """What the last round made, by key, with what it was made from.

    A memory serves one set of settings. Between rounds, what the round did not ask for is forgotten,
    so nothing is kept of notes that are gone. What is kept must never be changed, but by itself.

    >>> memory = Memory()
    >>> memory.recall("a.md", (b"# One",), lambda: "made of One")
    'made of One'
    >>> memory.next_round()
    >>> memory.recall("a.md", (b"# One",), lambda: "made again")
    'made of One'
    >>> memory.recall("a.md", (b"# Two",), lambda: "made of Two")
    'made of Two'
    """

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[tuple[object, ...], object]] = {}
        self._now: dict[Hashable, tuple[tuple[object, ...], object]] = {}

    def __len__(self) -> int:
        return len(self._before.keys() | self._now.keys())

    def recall(self, key: Hashable, basis: tuple[object, ...], make: Callable[[], _Made]) -> _Made:
        """What `make` gives, or gave before for this `key` if `basis` was equal.

        `basis` is all that `make` depends on; the same object is equal at once.
        """
        kept = self._now.get(key) or self._before.get(key)
        if kept is None or kept[0] != basis:
            kept = (basis, make())
        self._now[key] = kept
        return kept[1]  # type: ignore[return-value]

    def next_round(self) -> None:
        """Forget what was not asked for since the last time this was called."""
        self._before, self._now = self._now, {}


class _Forgetful(Memory):
    """Keeps nothing: for work that is done once."""

    def recall(
        self, _key: Hashable, _basis: tuple[object, ...], make: Callable[[], _Made]
    ) -> _Made:
        return make()


FORGETFUL: Final[Memory] = _Forgetful()
