"""From the focus node, path and value of a result back to the words in the notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ds2026kg.findings import Span
from ds2026kg.validation.paths import first_steps
from ds2026kg.validation.result import Result, Term

if TYPE_CHECKING:
    from ds2026kg.graph.statement import Statement

_UNIQUE_LANGUAGE = NamedNode("http://www.w3.org/ns/shacl#UniqueLangConstraintComponent")
_Place = tuple[Span | None, tuple[Span, ...]]


class Origins:
    """The statements about the nodes that results name, and the spans these were read from."""

    def __init__(self, statements: Iterable[Statement], results: Iterable[Result]) -> None:
        wanted: set[Term] = set()
        for result in results:
            wanted.add(result.focus)
            if isinstance(result.value, NamedNode):
                wanted.add(result.value)
        self._about: defaultdict[Term, list[Statement]] = defaultdict(list)
        self._naming: defaultdict[Term, list[Statement]] = defaultdict(list)
        for statement in statements:
            if statement.span is None:
                continue
            if statement.quad.subject in wanted:
                self._about[statement.quad.subject].append(statement)
            if statement.quad.object in wanted:
                self._naming[statement.quad.object].append(statement)

    def place(self, result: Result) -> _Place:
        """Where `result` was written, and the further places that belong to it.

        The nearest of: the statement of the value itself; what the path leads to; what is first
        said of the focus node; what first names it. Spans of one kind after the first are related.
        """
        spans = list(self._nearest(result))
        related = spans[1:]
        if result.constraint is not None and result.value != result.focus:
            # A query that blames two things for one fault: say where the other one is.
            related += _spans(self._about.get(result.value, ())[:1]) if result.value else []
        first = spans[0] if spans else None
        return first, tuple(dict.fromkeys(span for span in related if span != first))

    def _nearest(self, result: Result) -> list[Span]:
        on_path = list(self._on_path(result))
        if result.component == _UNIQUE_LANGUAGE:
            on_path = _repeating_a_language(on_path)
        stated = [s for s, far_end in on_path if far_end == result.value]
        led_to = [s for s, _ in on_path]
        about = self._about.get(result.focus, [])
        valued = [s for s in about if result.path is None and s.quad.object == result.value]
        naming = self._naming.get(result.focus, [])
        return _spans(stated or led_to or valued or about[:1] or naming)

    def _on_path(self, result: Result) -> Iterator[tuple[Statement, Term]]:
        """The statements by which the path leaves the focus node, each with its far end."""
        if result.path is None:
            return
        for predicate, backwards in first_steps(result.path):
            near = self._naming if backwards else self._about
            for statement in near.get(result.focus, ()):
                quad = statement.quad
                if quad.predicate == predicate:
                    yield statement, quad.subject if backwards else quad.object


def _spans(statements: Iterable[Statement]) -> list[Span]:
    return [statement.span for statement in statements if statement.span is not None]


def _repeating_a_language(found: list[tuple[Statement, Term]]) -> list[tuple[Statement, Term]]:
    languages = Counter(_language(term) for term in {term for _, term in found})
    return [pair for pair in found if languages[_language(pair[1])] > 1]


def _language(term: Term) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""
