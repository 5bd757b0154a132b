"""From the focus node, path and value of a result back to the words in the notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ds2026kg.findings import Span
from ds2026kg.validation.paths import Compound, Path, first_steps
from ds2026kg.validation.result import Result

if TYPE_CHECKING:
    from ds2026kg.graph.statement import Statement

_UNIQUE_LANGUAGE = NamedNode("http://www.w3.org/ns/shacl#UniqueLangConstraintComponent")
_Place = tuple[Span | None, tuple[Span, ...]]


class Origins:
    """The statements about the nodes that results name, and the spans these were read from."""

    def __init__(self, statements: Iterable[Statement], results: Iterable[Result]) -> None:
        wanted: set[object] = set()
        for result in results:
            wanted.add(result.focus)
            if isinstance(result.value, NamedNode):
                wanted.add(result.value)
        self._about: defaultdict[object, list[Statement]] = defaultdict(list)
        self._naming: defaultdict[object, list[Statement]] = defaultdict(list)
        traced = [statement for statement in statements if statement.span is not None]
        self._index(traced, wanted)
        halfway = {node for result in results for node in self._halfway(result)} - wanted
        if halfway:
            self._index(traced, halfway)

    def _index(self, statements: Iterable[Statement], wanted: set[object]) -> None:
        for statement in statements:
            if statement.quad.subject in wanted:
                self._about[statement.quad.subject].append(statement)
            if statement.quad.object in wanted:
                self._naming[statement.quad.object].append(statement)

    def place(self, result: Result) -> _Place:
        """Where `result` was written, and the further places that belong to it.

        The nearest of: the statement of the value itself; what the path leads to; what is first
        said of the focus node; what first names it. Spans of one kind after the first are related,
        and so is the other of two things that are wrong together.
        """
        spans = self._nearest(result)
        related = spans[1:] + self._others(result)
        first = spans[0] if spans else None
        return first, tuple(dict.fromkeys(span for span in related if span != first))

    def _nearest(self, result: Result) -> list[Span]:
        on_path = list(self._steps(result.focus, result.path))
        if result.component == _UNIQUE_LANGUAGE:
            on_path = _repeating_a_language(on_path)
        stated = [statement for statement, far_end in on_path if far_end == result.value]
        led_to = [statement for statement, _ in on_path]
        about = self._about.get(result.focus, [])
        valued = [s for s in about if result.path is None and s.quad.object == result.value]
        naming = self._naming.get(result.focus, [])
        return _spans(stated or led_to or valued or about[:1] or naming)

    def _others(self, result: Result) -> list[Span]:
        """Where the other things are that a query, or a path through a shared value, found."""
        if result.constraint is not None and result.value not in (None, result.focus):
            return _spans(self._about.get(result.value, [])[:1]) if result.value else []
        rest = _rest(result.path)
        return _spans(
            statement
            for node in self._halfway(result)
            for statement, _ in self._steps(node, rest)
            if rest is not None
        )

    def _halfway(self, result: Result) -> list[object]:
        """What the first step of a sequence leads to, for results that count what lies beyond."""
        if result.value is not None or _rest(result.path) is None:
            return []
        return [far_end for _, far_end in self._steps(result.focus, result.path)]

    def _steps(self, node: object, path: Path | None) -> Iterator[tuple[Statement, object]]:
        """The statements by which `path` leaves `node`, each with its far end."""
        for predicate, backwards in first_steps(path) if path is not None else ():
            near = self._naming if backwards else self._about
            for statement in near.get(node, ()):
                quad = statement.quad
                if quad.predicate == predicate:
                    yield statement, quad.subject if backwards else quad.object


def _rest(path: Path | None) -> Path | None:
    """What follows the first step of a sequence; None if `path` is not one."""
    if isinstance(path, Compound) and path.operator == "/" and len(path.parts) > 1:
        return path.parts[1]
    return None


def _spans(statements: Iterable[Statement]) -> list[Span]:
    return [statement.span for statement in statements if statement.span is not None]


def _repeating_a_language(found: list[tuple[Statement, object]]) -> list[tuple[Statement, object]]:
    languages = Counter(_language(term) for term in {term for _, term in found})
    return [pair for pair in found if languages[_language(pair[1])] > 1]


def _language(term: object) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""
