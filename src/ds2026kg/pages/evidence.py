"""Where what is said of a thing was read, and whether a note says so outright."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from ds2026kg.pages.kind import Visit
from ds2026kg.pages.rows import Mention, mentions
from ds2026kg.pages.view import Term, View, term

SUBJECT: Final = term("rdf:subject")
PREDICATE: Final = term("rdf:predicate")
BASIS: Final = term("ds:basis")
DERIVED_FROM: Final = term("prov:wasDerivedFrom")
_OBJECT: Final = term("rdf:object")
_WORDS: Final = term("prov:value")
_NOTE: Final = term("ds:note")
_LINE: Final = term("ds:line")


class Reading(NamedTuple):
    """A place in a note: its path in the vault, and the line."""

    note: str
    line: str


class Evidence(NamedTuple):
    """What a statement rests on: asserted or derived, where that was read, and in which words."""

    basis: Mention | None
    reading: Reading | None
    words: str


def evidence_of(visit: Visit, node: NamedNode) -> Mapping[tuple[Term, Term], Evidence]:
    """The evidence for each statement about `node` that has a record, by its property and value."""
    view = visit.view
    records = view.subjects(SUBJECT, node)
    predicates, objects, bases, words = (
        view.each(records, each) for each in (PREDICATE, _OBJECT, BASIS, _WORDS)
    )
    readings = _readings(view, records)
    known = mentions(visit, (value for values in bases.values() for value in values))
    return {
        (predicate, value): Evidence(
            next(
                (known[each] for each in bases.get(record, ()) if isinstance(each, NamedNode)), None
            ),
            readings.get(record),
            _text(words.get(record, ())),
        )
        for record in reversed(records)
        for predicate in predicates.get(record, ())
        for value in objects.get(record, ())
    }


def passages_of(view: View, node: NamedNode) -> Mapping[NamedNode, Reading]:
    """The passages of notes that describe `node`, in order."""
    passages = [each for each in view.values(node, DERIVED_FROM) if isinstance(each, NamedNode)]
    return _readings(view, passages)


def _readings(view: View, nodes: list[NamedNode]) -> dict[NamedNode, Reading]:
    notes, lines = view.each(nodes, _NOTE), view.each(nodes, _LINE)
    return {
        node: Reading(_text(notes[node]), _text(lines.get(node, ())))
        for node in nodes
        if node in notes
    }


def _text(values: Iterable[Term]) -> str:
    return next((value.value for value in values if isinstance(value, Literal)), "")
