"""The commitments as a table, CSV as RFC 4180 has it: one row each, for people with spreadsheets.

A spreadsheet takes a cell that begins like a formula for one. Such a cell gets an apostrophe in
front (OWASP, "CSV Injection"), and so does one that already has apostrophes there, so that
taking one away always gives the text back. Every other format carries the text as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from ds2026kg.graph.description import describe, describe_record
from ds2026kg.graph.identifiers import relative_reference
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import Actor, Commitment, Entity, Kind, StrategyGraph

COLUMNS: Final = (
    "notation",
    "iri",
    "label_en",
    "label_fr",
    "definition_en",
    "definition_fr",
    "mission",
    "area",
    "led_by",
    "led_by_en",
    "led_by_fr",
    "led_by_gc_orgid",
    "supported_by",
    "status",
    "priority",
    "created",
    "modified",
    "source",
    "tracker_record",
)
SEPARATOR: Final = " "
"""Stands between the values of one cell; neither codes nor IRIs hold it."""
NAME_SEPARATOR: Final = "; "
"""Stands between the names of one cell."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def write_csv(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The commitments of `graph` in its order, in UTF-8 with a header, one chunk a row.

    Entities and concepts stand as codes, the part of their identifier after the kind ("tbs",
    "in-progress"); missing values are empty. Those who lead stand with their names and GC OrgIDs too,
    as the Government of Canada's data reference standard on organization names and codes asks (3.2.3).
    Raises `DataError` for a value that RDF cannot carry.
    """
    parents = {entity.id: _parent(entity) for entity in graph}
    actors = {
        entity.id: _values(entity, vocabulary) for entity in graph if isinstance(entity, Actor)
    }
    yield _row(COLUMNS)
    for entity in graph:
        if isinstance(entity, Commitment):
            yield _row(guarded(cell) for cell in _cells(entity, parents, actors, vocabulary))


def guarded(text: str) -> str:
    """`text` with an apostrophe in front, if a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("TBS will")
    ("'=1+1", "''=1+1", 'TBS will')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _cells(
    entity: Entity,
    parents: dict[str, str | None],
    actors: dict[str, dict[str, list[str]]],
    vocabulary: Vocabulary,
) -> Iterator[str]:
    values = _values(entity, vocabulary)
    mission, area = _mission_and_area(entity, parents)
    yield SEPARATOR.join(values.get("notation", ()))
    yield vocabulary.iri(entity.id)
    for name in ("label_en", "label_fr", "definition_en", "definition_fr"):
        yield next(iter(values.get(name, ())), "")
    yield mission
    yield area
    yield SEPARATOR.join(_code(value) for value in values.get("ledBy", ()))
    yield from _names_and_numbers(actors.get(each, {}) for each in values.get("ledBy", ()))
    for name in ("supportedBy", "status", "priority"):
        yield SEPARATOR.join(_code(value) for value in values.get(name, ()))
    for name in ("created", "modified", "source", "tracker_record"):
        yield SEPARATOR.join(values.get(name, ()))


def _values(entity: Entity, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """What is published of `entity`: values by term, texts by term and language ("label_en")."""
    values: dict[str, list[str]] = {}
    for description in (describe(entity, vocabulary), describe_record(entity, vocabulary)):
        for value in description.properties:
            name = f"{value.term}_{value.language}" if value.kind is Kind.TEXT else value.term
            values.setdefault(name, []).append(value.value)
    return values


def _names_and_numbers(leads: Iterable[dict[str, list[str]]]) -> Iterator[str]:
    """The names of those who lead, in English and in French, and the GC OrgIDs of those that have one."""
    told = list(leads)
    for name in ("label_en", "label_fr"):
        yield NAME_SEPARATOR.join(each[name][0] for each in told if name in each)
    yield SEPARATOR.join(number for each in told for number in each.get("gc_orgid", ()))


def _mission_and_area(entity: Entity, parents: dict[str, str | None]) -> tuple[str, str]:
    """The codes of the top mission over `entity` and of the area for action it lies in.

    Ends at a parent that was seen before: a cycle is a finding, and no reason to hang.
    """
    above: list[str] = []
    parent = parents.get(entity.id)
    while parent and parent.startswith("mission/") and parent not in above:
        above.append(parent)
        parent = parents.get(parent)
    if not above:
        return "", ""
    return _code(above[-1]), _code(above[0]) if len(above) > 1 else ""


def _parent(entity: Entity) -> str | None:
    return min((fact.value for fact in entity.values("hasParent")), default=None)


def _code(local_id: str) -> str:
    return relative_reference(local_id).partition("/")[2]


def _row(cells: Iterator[str] | tuple[str, ...]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()
