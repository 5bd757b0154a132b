"""Edits in the bytes of a note: only what lies in their spans changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.findings import Edit, Span
from ds2026kg.targets import with_edits


def edit(start: int, end: int, text: str) -> Edit:
    """An edit of those bytes."""
    return Edit(Span("a.md", start, end, 1, start + 1, 1, end + 1), text)


def test_edits_are_made_in_the_order_of_their_places() -> None:
    """Spans count in the bytes as they were, in whatever order the edits come."""
    edits = [edit(4, 6, ""), edit(0, 1, "zero"), edit(3, 3, "é")]
    assert with_edits(b"abcdefg", edits) == "zerobcédg".encode()


def test_of_edits_that_overlap_the_first_is_made() -> None:
    """Edits of the same bytes, or of one place, are not mixed; the same edit twice is one."""
    edits = [edit(1, 4, "X"), edit(1, 4, "X"), edit(3, 6, "Y"), edit(6, 6, "Z"), edit(6, 6, "W")]
    assert with_edits(b"abcdefgh", edits) == b"aXefZgh"


@given(st.binary(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6))))
def test_bytes_outside_of_the_spans_stay(data: bytes, places: list[tuple[int, int]]) -> None:
    """Whatever the spans, what is in none of them is there afterwards, in its order."""
    edits = [
        edit(min(start, len(data)), min(start + width, len(data)), "") for start, width in places
    ]
    inside = {index for each in edits for index in range(each.span.start, each.span.end)}
    kept = iter(with_edits(data, edits))
    assert all(data[index] in kept for index in range(len(data)) if index not in inside)
