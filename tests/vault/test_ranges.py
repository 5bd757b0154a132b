"""Ranges of a text: what is in them, and what several of them come to."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.vault.ranges import Range, Ranges, united


def _apart(bounds: set[int]) -> list[Range]:
    """Ranges between every other two of `bounds`, in order."""
    ordered = sorted(bounds)
    return list(zip(ordered[::2], ordered[1::2], strict=False))


_RANGES = st.sets(st.integers(0, 40)).map(_apart)


@given(_RANGES, st.integers(0, 41))
def test_ranges_hold_their_positions(ranges: list[Range], offset: int) -> None:
    """The first position of each is in it and the last is not; cut, they end before an offset."""
    held = {position for start, end in ranges for position in range(start, end)}
    kept = Ranges(ranges)
    assert [position for position in range(42) if position in kept] == sorted(held)

    kept.cut(offset)
    assert list(kept) == [each for each in ranges if each[0] < offset]


@given(st.lists(_RANGES, max_size=4))
def test_united_ranges_hold_what_any_of_them_does(several: list[list[Range]]) -> None:
    """They come out in order, and none reaches into the next."""
    held = {at for ranges in several for start, end in ranges for at in range(start, end)}
    all_of_them = list(united(several))

    assert {at for start, end in all_of_them for at in range(start, end)} == held
    assert all(last[1] <= following[0] for last, following in pairwise(all_of_them))
