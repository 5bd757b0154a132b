"""Long runs of a note's parts, kept as columns of numbers and text and made anew when asked for.

A part takes some hundred bytes to a kilobyte as Python keeps it, and a note may have one for every
three or four of its bytes. Of a thousand parts at a time, what stands in the same field is kept
together: numbers as numbers, texts as one text, and what is the same in all of them once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise
from operator import countOf, eq, itemgetter, methodcaller
from typing import Any, Protocol, TypeVar, cast, overload

T = TypeVar("T")
FEW = 4096
"""So many rows are kept as they are."""
_LEFT = 64  # rows
_BATCH = 1024  # rows
_FEW_OF_BATCH = 64  # rows, for which it does not pay to make all rows of their batch
_new = tuple.__new__
_first = itemgetter(0)


class Columns(Sequence[T]):
    """A sequence of rows, most of them named tuples; equal rows come back, not the same ones.

    >>> squares = Columns((number, number**2) for number in range(10_000))
    >>> len(squares), squares[100], squares.reach(4)
    (10000, (100, 10000), 5)
    """

    __slots__ = ("_batches", "_changed", "_heads", "_packed", "_rest")

    def __init__(self, rows: Iterable[T] = ()) -> None:
        self._batches: list[_Column] = []
        self._packed = 0  # so many rows are in batches
        self._heads: list[T] = []  # the first row of each batch
        self._rest: list[T] = []  # too few for a batch
        self._changed: dict[int, T] = {}
        self.extend(rows)

    def extend(self, rows: Iterable[T]) -> None:
        """Append them all."""
        rest, source = self._rest, iter(rows)
        while True:
            rest += islice(source, _BATCH - len(rest))
            if len(rest) < _BATCH:
                return
            self._heads.append(rest[0])
            self._batches.append(_column(rest))
            self._packed += _BATCH
            rest.clear()

    def truncate(self, length: int) -> None:
        """Keep the first `length` rows."""
        whole, beyond = divmod(length, _BATCH)
        if whole < len(self._batches):
            self._rest[:] = self[length - beyond : length]
            del self._batches[whole:], self._heads[whole:]
            self._packed = whole * _BATCH
            self._changed = {at: row for at, row in self._changed.items() if at < self._packed}
        else:
            del self._rest[beyond:]

    def replace(self, index: int, row: T) -> None:
        """Put `row` in the place of the one at `index`, counted from the first."""
        if index < self._packed:
            self._changed[index] = row
        else:
            self._rest[index - self._packed] = row

    def reach(self: Columns[Any], most: int) -> int:
        """How many rows begin with a number up to `most`, where they are in order of it."""
        batch = bisect_right(self._heads, most, key=_first) - 1
        if batch + 1 == len(self._batches) and self._rest and self._rest[0][0] <= most:
            return self._packed + bisect_right(self._rest, most, key=_first)
        if batch < 0:
            return 0
        numbers = cast("_Records", self._batches[batch]).columns[0].values()
        return batch * _BATCH + bisect_right(numbers, most)

    def __len__(self) -> int:
        return self._packed + len(self._rest)

    def __iter__(self) -> Iterator[T]:
        return self._between(0, len(self))

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            return packed(self._between(start, stop) if step == 1 else list(self)[index])
        length = len(self)
        if not -length <= index < length:
            raise IndexError(index)
        return self._row(index % length)

    def _row(self, index: int) -> T:
        if index >= self._packed:
            return self._rest[index - self._packed]
        if index in self._changed:
            return self._changed[index]
        row: T = self._batches[index // _BATCH].value(index % _BATCH)
        return row

    def _between(self, start: int, stop: int) -> Iterator[T]:
        """The rows from the one at `start` up to `stop`."""
        if stop - start <= _FEW_OF_BATCH:
            return map(self._row, range(start, stop))
        return chain.from_iterable(self._stretches(start, stop))

    def _stretches(self, start: int, stop: int) -> Iterator[Sequence[T]]:
        """The same rows, in sequences of those that lie together."""
        packed, changed = self._packed, self._changed
        for begins in range(start - start % _BATCH, min(stop, packed), _BATCH):
            rows = self._batches[begins // _BATCH].values()
            if changed:
                rows = [changed.get(begins + at, row) for at, row in enumerate(rows)]
            yield rows[max(start - begins, 0) : stop - begins]
        yield self._rest[max(start - packed, 0) : max(stop - packed, 0)]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (tuple, Columns)):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self):,} rows>"


class Gathering(list[T]):
    """Rows as they are gathered, in a list; of many, all but the last are in columns.

    A row's index is that among all; so many are `set_aside` in columns.
    """

    _columns: Columns[T] | None = None
    set_aside = 0

    def settle(self) -> None:
        """Put all rows but the last few into columns, if they are many."""
        if len(self) > FEW:
            if self._columns is None:
                self._columns = Columns()
            self._columns.extend(self[:-_LEFT])
            self.set_aside = len(self._columns)
            del self[:-_LEFT]

    def hold(self, row: T) -> int:
        """Append a row, and return its index."""
        self.append(row)
        return self.set_aside + len(self) - 1

    def row(self, index: int) -> T:
        """The row at `index`."""
        if self._columns is None or index >= self.set_aside:
            return self[index - self.set_aside]
        return self._columns[index]

    def replace(self, index: int, row: T) -> None:
        """Put `row` in the place of the one at `index`."""
        if self._columns is None or index >= self.set_aside:
            self[index - self.set_aside] = row
        else:
            self._columns.replace(index, row)

    def truncate(self, length: int) -> None:
        """Keep the first `length` rows."""
        del self[max(length - self.set_aside, 0) :]
        if self._columns is not None and length < self.set_aside:
            self._columns.truncate(length)
            self.set_aside = length

    def done(self) -> Sequence[T]:
        """All rows, as a tuple if they are few; nothing is gathered after that."""
        if self._columns is None:
            return tuple(self)
        self._columns.extend(self)
        return self._columns


def packed(rows: Iterable[T]) -> Sequence[T]:
    """The rows as a tuple, or in columns if they are many.

    >>> packed("abc")
    ('a', 'b', 'c')
    """
    source = iter(rows)
    few = tuple(islice(source, FEW))
    return few if len(few) < FEW else Columns(chain(few, source))


class _Column(Protocol):
    """The values of one field in one batch."""

    def values(self) -> Sequence[Any]:
        """All of them, in order."""

    def value(self, index: int) -> Any:
        """The one at `index`."""


_values = methodcaller("values")


class _Same:
    """One value, again and again."""

    __slots__ = ("_length", "_value")

    def __init__(self, value: Any, length: int) -> None:
        self._value = value
        self._length = length

    def values(self) -> Sequence[Any]:
        return [self._value] * self._length

    def value(self, _index: int) -> Any:
        return self._value


class _Plain:
    """Numbers, or values that are kept as they are."""

    __slots__ = ("_values",)

    def __init__(self, values: Sequence[Any]) -> None:
        self._values = values

    def values(self) -> Sequence[Any]:
        return self._values

    def value(self, index: int) -> Any:
        return self._values[index]


class _Texts:
    """Texts, one behind the other."""

    __slots__ = ("_ends", "_text")

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "".join(texts)
        self._ends = _numbers([0, *accumulate(map(len, texts))])

    def values(self) -> Sequence[Any]:
        text, ends = self._text, self._ends
        return [text[start:end] for start, end in pairwise(ends)]

    def value(self, index: int) -> Any:
        return self._text[self._ends[index] : self._ends[index + 1]]


class _Records:
    """Tuples of one type and length: a column for each field."""

    __slots__ = ("_kind", "columns")

    def __init__(self, kind: type[tuple[Any, ...]], records: Sequence[tuple[Any, ...]]) -> None:
        self._kind = kind
        self.columns = [_column(field) for field in zip(*records, strict=True)]

    def values(self) -> Sequence[Any]:
        kind = self._kind
        rows = zip(*map(_values, self.columns), strict=True)
        return list(rows) if kind is tuple else [_new(kind, row) for row in rows]

    def value(self, index: int) -> Any:
        return _new(self._kind, [column.value(index) for column in self.columns])


class _Tuples:
    """Tuples of any length: what is in them, one behind the other."""

    __slots__ = ("_ends", "_inner")

    def __init__(self, tuples: Sequence[tuple[Any, ...]]) -> None:
        self._inner = _column(list(chain.from_iterable(tuples)))
        self._ends = _numbers([0, *accumulate(map(len, tuples))])

    def values(self) -> Sequence[Any]:
        inner, ends = self._inner.values(), self._ends
        return [tuple(inner[start:end]) for start, end in pairwise(ends)]

    def value(self, index: int) -> Any:
        return tuple(map(self._inner.value, range(self._ends[index], self._ends[index + 1])))


class _Mixed:
    """Values of several types: a column for each type, and the order in which they take turns."""

    __slots__ = ("_columns", "_turns")

    def __init__(self, values: Sequence[Any], kinds: Sequence[type]) -> None:
        turn = {kind: number for number, kind in enumerate(kinds)}
        self._turns = bytes([turn[type(value)] for value in values])
        self._columns = [
            _column([value for value in values if type(value) is kind]) for kind in kinds
        ]

    def values(self) -> Sequence[Any]:
        columns = [iter(column.values()) for column in self._columns]
        return [next(columns[turn]) for turn in self._turns]

    def value(self, index: int) -> Any:
        turn = self._turns[index]
        return self._columns[turn].value(self._turns.count(turn, 0, index))


def _column(values: Sequence[Any]) -> _Column:
    """The values in the smallest column that gives back equal ones of the same types."""
    first = values[0]
    kind = type(first)
    if countOf(map(type, values), kind) < len(values):
        return _Mixed(values, tuple(set(map(type, values))))
    if kind in _SIMPLE and first == values[-1] and values.count(first) == len(values):
        return _Same(first, len(values))
    if kind is int:
        return _Plain(_numbers(values))
    if kind is str:
        return _Texts(values)
    if not issubclass(kind, tuple):
        return _Plain(values)
    if kind is tuple and len(set(map(len, values))) > 1:
        return _Tuples(values)
    return _Records(kind, values) if first else _Same((), len(values))


_SIMPLE = frozenset({int, str, bool, type(None)})


def _numbers(values: Sequence[int]) -> Sequence[int]:
    """The numbers in an array, if any holds them."""
    for code in "IqQ":
        try:
            return array(code, values)
        except OverflowError:
            continue
    return values
