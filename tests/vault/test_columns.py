"""Long runs of parts give back what was put into them, and take little memory."""

from __future__ import annotations

import tracemalloc
from itertools import cycle, islice
from typing import Any, NamedTuple

import pytest
from benchmarks.shapes import SHAPES, note_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ds2026kg.findings import Span
from ds2026kg.vault import read_note
from ds2026kg.vault.columns import FEW, Columns, Gathering, packed


class Row(NamedTuple):
    """A row of every kind of value that a part of a note may have."""

    number: int
    text: str
    place: Span | None
    many: tuple[Any, ...]


_SPANS = st.builds(Span, st.just("n.md"), *[st.integers(0, 1 << 33)] * 2, *[st.integers(0, 9)] * 4)
_LEAVES = st.one_of(
    st.integers(-(1 << 70), 1 << 70), st.text(max_size=3), st.none(), st.booleans(), _SPANS
)
_ROWS = st.builds(
    Row,
    st.integers(0, 300),
    st.text(max_size=3),
    st.none() | _SPANS,
    st.lists(_LEAVES, max_size=3).map(tuple),
)


def kinds(value: object) -> object:
    """A value with the types of all that is in it: 1, True and 1.0 are equal, and not the same."""
    return type(value), [kinds(each) for each in value] if isinstance(value, tuple) else value


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(_ROWS | _LEAVES, min_size=1, max_size=40), st.integers(0, 5000), st.data())
def test_rows_come_back_as_they_were(some: list[Any], length: int, data: st.DataObject) -> None:
    """One by one, in slices and all together; of the same types, and in their order."""
    rows = tuple(islice(cycle(some), length))
    kept = Columns(rows)

    assert kinds(tuple(kept)) == kinds(rows)
    assert kept == rows
    assert rows == kept
    assert len(kept) == length
    for index in data.draw(st.lists(st.integers(-length, length - 1), max_size=5)) if rows else ():
        assert kinds(kept[index]) == kinds(rows[index])
    start, stop, step = data.draw(st.slices(length)).indices(length)
    assert tuple(kept[start : max(stop, 0) : step]) == rows[start : max(stop, 0) : step]
    with pytest.raises(IndexError):
        kept[length]


def test_columns_differ_where_a_row_does() -> None:
    """Equality looks at every row, and knows only tuples and other columns."""
    rows = tuple((number,) for number in range(5000))

    assert Columns(rows) == Columns(iter(rows))
    assert Columns(rows) != Columns(rows[:-1])
    assert Columns(rows) != (*rows[:2000], (0,), *rows[2001:])
    assert Columns(rows) != list(rows)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.integers(1, 6000), st.data())
def test_rows_in_order_are_counted_up_to_a_number(
    steps: list[int], length: int, data: st.DataObject
) -> None:
    """`reach` finds what a search through all rows finds, also among equal numbers."""
    numbers = []
    last = 0
    for step in islice(cycle(steps), length):
        last += step
        numbers.append(last)
    kept = Columns((number, "x") for number in numbers)

    for most in data.draw(st.lists(st.integers(-1, last + 1), min_size=1, max_size=9)):
        assert kept.reach(most) == sum(number <= most for number in numbers)


_AMOUNTS = st.sampled_from([1, 3, 63, 64, 65, 1023, 1024, 1025, 3000, FEW - 1, FEW, FEW + 1, 7000])
_CHANGES = st.tuples(st.sampled_from(["append", "append", "replace", "truncate"]), _AMOUNTS)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(_CHANGES, max_size=8))
def test_what_is_gathered_is_what_a_list_would_hold(changes: list[tuple[str, int]]) -> None:
    """Rows may be appended, replaced and cut off, whether they are in columns already or not."""
    plain: list[tuple[int, str]] = []
    gathered: Gathering[tuple[int, str]] = Gathering()
    for change, amount in changes:
        if change == "append":
            for number in range(amount):
                assert gathered.hold((number, change)) == len(plain)
                plain.append((number, change))
            gathered.settle()
        elif plain:
            index = amount % len(plain)
            assert gathered.row(index) == plain[index]
            if change == "replace":
                gathered.replace(index, (amount, change))
                plain[index] = (amount, change)
            else:
                gathered.truncate(index)
                del plain[index:]
        assert gathered.set_aside + len(gathered) == len(plain)

    assert gathered.done() == tuple(plain)


def test_few_rows_stay_a_tuple() -> None:
    """They are not worth the trouble; and many are columns, whichever way they come."""
    many = [(number,) for number in range(FEW)]

    assert packed(many[1:]) == tuple(many[1:])
    assert type(packed(many[1:])) is tuple
    assert type(packed(iter(many))) is Columns
    assert packed(many) == tuple(many)


_LONG = [
    (shape, note_of(shape, 40_000))
    for shape in SHAPES
    if len(shape.unit) <= 14 and "5,000" not in shape.name
]


def test_a_long_note_is_read_as_if_its_parts_were_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Part for part and place for place, whatever it is made of."""
    read = [read_note("n.md", data) for _, data in _LONG]
    for name in ("columns", "lines"):
        monkeypatch.setattr(f"ds2026kg.vault.{name}.FEW", 1 << 40)
    differing = [
        shape.name
        for (shape, data), note in zip(_LONG, read, strict=True)
        if note != read_note("n.md", data)
    ]

    assert any(isinstance(note.body, Columns) for note in read)
    assert any(isinstance(line.links, Columns) for note in read for line in note.body)
    assert differing == []


_SIGNS = st.sampled_from(
    [
        *"a été 🎉 [[N|c]] ![[E]] [l](M.md) [l ![i](j) m](N.md) `c` $m$ %%c%% %% #tag #a/b".split(),
        *"[k:: [[v]]] (k:: v) k:: ^[n [[N]]] [^1] ==h== https://a.b <https://c.d> ^id **b**".split(),
        *"&amp; \\* [](a b) $$$$ ![](a.png)".split(),
        *(" ", "\n", "\n\n", "\n- ", "\n> ", "\n# ", "\n- [/] ", "\n> [!note] ", "\n---\n", "\r\n"),
        *("\n|a|b|\n|-|-|\n|[[N\\|x]]|y|\n", "\n```\nc\n```\n", "$$\nx\n$$", "\n[^1]: [[N]]\n"),
    ]
)
_PROPERTIES = ("", "---\nup: '[[A]]'\ntags: [x, y]\nl:\n- a [[B]] [[C]]\n- b\nl: 2\n---\n")
_AT_ONCE = {
    "columns.FEW": 2,
    "columns._LEFT": 2,
    "columns._BATCH": 2,
    "columns._FEW_OF_BATCH": 1,
    "lines.FEW": 2,
    "body._OFTEN": 1,
}


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.sampled_from(_PROPERTIES), st.lists(_SIGNS, max_size=40).map("".join))
@example("", "a$$$$$$$$$$$$![[b.png|100x50]]c")
def test_any_note_is_the_same_in_columns(properties: str, text: str) -> None:
    """Also where parts, marks and links are put into columns as soon as there are three."""
    data = f"{properties}{text}".encode()
    note = read_note("n.md", data)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in _AT_ONCE.items():
            patched.setattr(f"ds2026kg.vault.{name}", value)
        assert read_note("n.md", data) == note


_DENSE = ("references, shortcut", "items", "lines", "fields", "a list of links", "tags")
_TIMES = 40  # the note; 160 to 290 if all parts were kept as they are


@pytest.mark.parametrize("name", _DENSE)
def test_a_note_takes_a_small_multiple_of_its_bytes(name: str) -> None:
    """However dense its parts are; what is counted is what is left when it has been read."""
    data = note_of(next(shape for shape in SHAPES if shape.name == name), 600_000)
    tracemalloc.start()
    try:
        note = read_note("n.md", data)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert note.path == "n.md"
    assert held < _TIMES * len(data)
