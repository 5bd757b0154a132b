"""Edits made in the bytes of a file: what lies outside their spans stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from ds2026kg.findings import Edit


def with_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file, in which each span of `edits` has given way to its text (UTF-8).

    An edit that is there twice is made once. Of edits that overlap the first is made, and the rest
    are left out: they were proposed for bytes that are no longer there.

    >>> from ds2026kg.findings import Span
    >>> place = Span("a.md", 1, 2, 1, 2, 1, 3)
    >>> with_edits(b"abc", [Edit(place, "é"), Edit(place, "e")])
    b'a\\xc3\\xa9c'
    """
    pieces: list[bytes] = []
    done = 0
    made: Edit | None = None
    for edit in sorted(edits, key=_place):  # of those at one place, the first proposed is first
        start, end = edit.span.start, edit.span.end
        if start < done or (made is not None and start == made.span.start):
            continue
        pieces += (data[done:start], edit.text.encode())
        done, made = end, edit
    return b"".join((*pieces, data[done:]))


def _place(edit: Edit) -> int:
    return edit.span.start
