"""The strategy as data: entities, the facts stated of them, and where each was read.

No RDF here: a fact is named by its term in `ontology/context.jsonld` ("label", "ledBy", ...), and
an entity by its local identifier ("commitment/3.1a"), which the graph room turns into IRIs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from ds2026kg.findings import Span


class Basis(Enum):
    """Whether a note states a fact, or it was worked out from what the note says."""

    ASSERTED = "asserted"
    DERIVED = "derived"


class Kind(Enum):
    """What the value of a field is."""

    TEXT = "text"  # words in a natural language; the fact carries `language`
    STRING = "string"  # a code without language, such as a notation
    DATE = "date"  # an ISO 8601 date, YYYY-MM-DD
    INTEGER = "integer"
    IRI = "iri"  # an absolute http(s) IRI
    ENTITY = "entity"  # another entity of this data set, by its local identifier
    CONCEPT = "concept"  # a concept of one of our schemes, by its local identifier


@dataclass(frozen=True, slots=True)
class Field:
    """How one frontmatter key or inline field is read.

    `key` is what the note keeper writes ("label_fr"), `term` the property it stands for
    ("label"), `language` the language that the key implies. `scheme` is set for concepts:
    the concept scheme ("status") in which the value is looked up. `inverse` tells that the value is
    the subject: `down` names a child, whose parent this entity is.
    """

    key: str
    term: str
    kind: Kind
    language: str | None = None
    scheme: str | None = None
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one term, with the place it was read from.

    `value` is the lexical form: text, "2024-08-13", "2242", an IRI, or a local identifier such as
    "actor/tbs" or "status/in-progress". `words` are the source's own words behind a derived fact.
    """

    term: str
    value: str
    kind: Kind
    span: Span
    language: str | None = None
    basis: Basis = Basis.ASSERTED
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Something the strategy speaks of; `sources` are the places that describe it, in file order."""

    id: str
    facts: tuple[Fact, ...]
    sources: tuple[Span, ...]
    kind: ClassVar[str] = ""

    @property
    def key(self) -> str:
        """The part of the identifier after the kind: "3.1a" of "commitment/3.1a"."""
        return self.id.partition("/")[2]

    def values(self, term: str) -> Iterator[Fact]:
        """The facts stated of `term`, in stored order."""
        return (fact for fact in self.facts if fact.term == term)


class Strategy(Entity):
    """The whole plan, such as the 2023-2026 Data Strategy."""

    __slots__ = ()
    kind = "strategy"


class Mission(Entity):
    """A mission ("3") or one of its areas for action ("3.1")."""

    __slots__ = ()
    kind = "mission"


class Commitment(Entity):
    """An action that named actors have committed to ("3.1a")."""

    __slots__ = ()
    kind = "commitment"


class Actor(Entity):
    """An organization, or a group of them, that leads or supports commitments."""

    __slots__ = ()
    kind = "actor"


@dataclass(frozen=True, slots=True)
class StrategyGraph:
    """Every entity read from a vault, ordered: strategies, missions with their commitments, actors.

    Missions and commitments are in natural depth-first order of their notation (3, 3.1, 3.1a,
    3.1b, 3.2, 3.10), so that parents come before children; actors follow by identifier.
    """

    entities: tuple[Entity, ...]

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)


_RUNS = re.compile(r"(\d+)")


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key in which numbers count as numbers: 3.2 before 3.10, 3.1 before 3.1a.

    >>> sorted(["3.10", "3.2", "3.1a", "3.1", "3"], key=natural_key)
    ['3', '3.1', '3.1a', '3.2', '3.10']
    """
    return tuple(
        (0, int(run), "") if run.isdecimal() else (1, 0, run)
        for run in _RUNS.split(text.casefold())
        if run
    )


@dataclass(frozen=True, slots=True)
class Schema:
    """What the note keeper's keys mean, as `ontology/` says it.

    `fields` maps a frontmatter key or inline field, casefolded, to its `Field`. `concepts` maps a
    scheme ("status") to its labels, casefolded, in every language, and each label to the
    concept's local identifier ("status/in-progress").
    """

    fields: Mapping[str, Field]
    concepts: Mapping[str, Mapping[str, str]]
