"""Any byte of a file has its line and column, in whatever order they are asked for."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ds2026kg.findings import Span
from ds2026kg.vault.places import Places

_LINE = st.builds(str.__mul__, st.sampled_from(["a", "é", "ab\U0001f600", ""]), st.integers(0, 700))
_END = st.sampled_from(["\n", "\r\n", "\r"])
_TEXT = st.lists(st.tuples(_LINE, _END), max_size=6).map(lambda rows: "".join(map("".join, rows)))


def _counted(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, counted from the start of the text."""
    ends = [found.end() for found in re.finditer(r"\r\n?|\n", text) if found.end() <= offset]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_TEXT, st.data())
def test_places_are_those_that_are_counted_from_the_start(text: str, data: st.DataObject) -> None:
    """Line, column and byte of a mark or a span are right after any question before it."""
    places = Places("a.md", text.encode())
    offsets = st.integers(0, len(text))
    for one, other in data.draw(st.lists(st.tuples(offsets, offsets), max_size=12)):
        first, last = min(one, other), max(one, other)
        start, end = len(text[:first].encode()), len(text[:last].encode())
        place = (*_counted(text, first), *_counted(text, last))
        assert places.span(start, end) == Span("a.md", start, end, *place)
        assert places.mark(end, 7) == (7, end, *place[2:], 0)
