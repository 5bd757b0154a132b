"""Running text keeps the place of each of its characters, whatever is taken out of it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ds2026kg.vault import Mark, Prose, read_note
from ds2026kg.vault.prose import Walk

PIECES = ["a", "été", "&amp;", "**b**", "[[N|c]]", "`d`", "数", " ", "\n", "[e](f.md)"]
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXT, st.data())
def test_what_is_left_stands_where_it_stood(text: str, data: st.DataObject) -> None:
    """`without` leaves each character that is not in a range with the span that it had."""
    for line in read_note("n.md", f"x{text}".encode()).body:
        prose = line.prose
        offsets = st.integers(0, len(prose.text))
        bounds = sorted(data.draw(st.lists(offsets, max_size=6)))
        ranges = list(zip(bounds[::2], bounds[1::2], strict=False))
        cut = {index for start, end in ranges for index in range(start, end)}
        left = [index for index in range(len(prose.text)) if index not in cut]
        rest = prose.without(ranges)
        assert rest.text == "".join(prose.text[index] for index in left)
        assert [rest.span(index, index + 1) for index in range(len(left))] == [
            prose.span(index, index + 1) for index in left
        ]


def test_text_of_which_nothing_is_left_stands_where_it_began() -> None:
    """With all of it taken out, a text is empty, and still has a place."""
    mark = Mark(0, 2, 1, 3)
    assert Prose("TBS", (mark,), "a.md").without([(0, 3)]) == Prose("", (mark,), "a.md")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXT, st.data())
def test_pieces_in_text_order_are_those_that_are_searched_for(
    text: str, data: st.DataObject
) -> None:
    """A `Walk` gives each piece, and its span, as the prose itself does."""
    for line in read_note("n.md", f"x{text}".encode()).body:
        prose = line.prose
        offsets = st.integers(1, len(prose.text))
        bounds = sorted(data.draw(st.lists(offsets, max_size=6)))
        pieces = [piece for piece in pairwise(bounds) if piece[0] < piece[1]]
        walk, spans = Walk(prose), Walk(prose)
        assert [walk.slice(*piece) for piece in pieces] == [prose.slice(*each) for each in pieces]
        assert [spans.span(*piece) for piece in pieces] == [prose.span(*each) for each in pieces]
