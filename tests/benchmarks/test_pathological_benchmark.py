"""The notes that nobody writes, and the table of what they take."""

from __future__ import annotations

import pytest
from benchmarks.pathological import Taken, measure, table
from benchmarks.shapes import SHAPES, Shape, note_of


def test_no_two_shapes_have_one_name() -> None:
    """A shape is asked for by its name."""
    assert len({shape.name for shape in SHAPES}) == len(SHAPES)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_note_of_each_shape_has_the_size_asked_for_and_is_read(shape: Shape) -> None:
    """Whatever it is, reading it ends without an exception."""
    taken = measure(shape, 2000)

    assert 2000 <= len(note_of(shape, 2000)) - len(shape.before + shape.after) < 2020
    assert taken.seconds > 0


def test_the_slowest_shapes_come_first_and_those_over_the_limit_stand_out() -> None:
    """One that took longer than we wait is the slowest; bars and marks of code stay in their cells."""
    taken = [
        (Shape("cells", "|a"), Taken(0.5, 12.4, 3.6)),
        (Shape("code", "`a` "), Taken(2.004, 3.0)),
        (Shape("nested", "> -\n"), None),
    ]

    assert table(taken).splitlines() == [
        "| shape | unit | s/MB | memory, times the note | the parser’s alone |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| nested | `> -\\n` | **over 120 s** |  |  |",
        "| code | `` `a`  `` | **2.00** | 3 | 0 |",
        "| cells | `\\|a` | 0.50 | 12 | 4 |",
    ]
