"""One quad, with the place it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Quad

from ds2026kg.findings import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A quad and the `Span` of the note that says so; None if no one place does."""

    quad: Quad
    span: Span | None
