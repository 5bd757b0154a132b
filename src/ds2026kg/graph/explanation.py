"""Every statement about one entity, with the place and the words behind it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ds2026kg.errors import UsageError
from ds2026kg.findings import Span, Text
from ds2026kg.graph.description import Property, describe, describe_record
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import Basis, Entity, Fact, Kind, StrategyGraph


@dataclass(frozen=True, slots=True)
class Explanation:
    """One statement: its terms by local identifier, whether a note says so, where, in what words.

    `words` is the source's own wording; None where no one place of a note holds it.
    """

    subject: str
    term: str
    value: str
    language: str | None
    basis: Basis
    span: Span | None
    words: str | None


def find_entity(graph: StrategyGraph, vocabulary: Vocabulary, name: str) -> Entity:
    """The entity called `name`: its IRI, "commitment/3.2a", or just "3.2a" or "tbs".

    Raises `UsageError` if there is none, or more than one.
    """
    wanted = name.strip().removeprefix(vocabulary.things).casefold()
    found = [entity for entity in graph if wanted in (entity.id, entity.key)]
    if len(found) == 1:
        return found[0]
    known = [known for entity in graph for known in (entity.key, entity.id)]
    near = [entity.id for entity in found] or difflib.get_close_matches(wanted, known, 3)
    names = ", ".join(near)
    remedy = (
        Text(f"did you mean: {names}?", f"vouliez-vous dire\u00a0: {names}?")
        if near
        else Text(
            "`ds2026kg query mission-tree` lists what there is",
            "`ds2026kg query mission-tree` affiche ce qu’il y a",
        )
    )
    message = (
        Text("several entities are called that", "plusieurs entités portent ce nom")
        if found
        else Text("there is no such entity in this vault", "ce coffre n’a pas cette entité")
    )
    raise UsageError(message, place=name or "ENTITY", remedy=remedy)


def explain(
    graph: StrategyGraph,
    vocabulary: Vocabulary,
    entity: Entity,
    source_text: Callable[[Span], str | None],
) -> Iterator[Explanation]:
    """Every statement that has `entity` as its subject, then those that have it as their object.

    `source_text` gives the words of a span, or None if they cannot be read.
    """
    own = vocabulary.classes
    described = describe(entity, vocabulary)
    for name in described.classes:
        if name in own:
            words = source_text(described.span) if described.span else None
            yield Explanation(entity.id, "type", name, None, Basis.ASSERTED, described.span, words)
    facts = {(fact.term, fact.value, fact.language): fact for fact in entity.facts}
    for stated in (*described.properties, *describe_record(entity, vocabulary).properties):
        if stated.term != "derivedFrom":
            fact = facts.get((stated.term, stated.value, stated.language))
            yield _explained(entity.id, stated, fact, source_text)
    for other in graph:
        for fact in other.facts:
            if fact.kind is Kind.ENTITY and fact.value == entity.id:
                stated = Property(fact.term, fact.value, fact.kind, None, fact.span)
                yield _explained(other.id, stated, fact, source_text)


def _explained(
    subject: str,
    stated: Property,
    fact: Fact | None,
    source_text: Callable[[Span], str | None],
) -> Explanation:
    basis = fact.basis if fact else Basis.DERIVED
    words = fact.words if fact else None
    if words is None and fact is not None and stated.span is not None:
        words = source_text(stated.span)
    return Explanation(
        subject, stated.term, stated.value, stated.language, basis, stated.span, words
    )
