"""What is published of one thing, in the order it is written: the source of every format.

A `Description` still speaks of terms and local identifiers. Quads are made from it
(`mapping`), and so are the blocks, objects and elements of the serializations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from ds2026kg.errors import DataError
from ds2026kg.findings import Span, Text
from ds2026kg.graph.identifiers import repaired_iri
from ds2026kg.graph.vocabulary import ENTITY_KINDS, Vocabulary
from ds2026kg.strategy.model import Basis, Commitment, Entity, Fact, Kind, Mission, natural_key

EVIDENCED_TERMS: Final = ("hasParent", "ledBy", "supportedBy", "status", "priority")
"""Terms whose statements may be asserted or derived, and are therefore described one by one."""

RECORD_TERMS: Final = frozenset({"created", "modified"})
"""Terms that speak of the note, not of what the note describes."""

_FEDERAL = "actor-type/federal-organization"
_MISSING_DEFINITION = {
    "fr": Text(
        "The notes give no French definition of this entity; none has been invented.",
        "Les notes ne donnent aucune définition en français de cette entité; "
        "aucune n’a été inventée.",
    ),
    "en": Text(
        "The notes give no English definition of this entity; none has been invented.",
        "Les notes ne donnent aucune définition en anglais de cette entité; "
        "aucune n’a été inventée.",
    ),
}
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Property(NamedTuple):
    """One value of one term: a local identifier, an absolute IRI, or a lexical form in NFC."""

    term: str
    value: str
    kind: Kind
    language: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """A thing by its local identifier, its classes (as terms), and its properties in order."""

    id: str
    classes: tuple[str, ...]
    properties: tuple[Property, ...]
    span: Span | None = None

    def by_term(self) -> Iterator[tuple[str, list[Property]]]:
        """The properties, those of one term together."""
        for term, properties in groupby(self.properties, _TERM_OF):
            yield term, list(properties)


_TERM_OF = attrgetter("term")


def describe(entity: Entity, vocabulary: Vocabulary) -> Description:
    """What the strategy graph says of `entity`.

    Raises `DataError` for a value that RDF cannot carry.
    """
    facts = [fact for fact in entity.facts if fact.term not in RECORD_TERMS]
    properties = [_property(fact) for fact in facts]
    if isinstance(entity, (Mission, Commitment)):
        properties += _editorial_notes(properties)
    return Description(
        entity.id, _classes(entity), _ordered(properties, vocabulary), _first(entity.sources)
    )


def describe_record(entity: Entity, vocabulary: Vocabulary) -> Description:
    """What the provenance graph says of `entity` itself: its dates, and its passages."""
    properties = [_property(fact) for fact in entity.facts if fact.term in RECORD_TERMS]
    properties += [
        Property("derivedFrom", _passage_id(entity, number), Kind.ENTITY, span=source)
        for number, source in enumerate(entity.sources, start=1)
    ]
    return Description(entity.id, (), _ordered(properties, vocabulary), _first(entity.sources))


def describe_evidence(entity: Entity, vocabulary: Vocabulary) -> Iterator[Description]:
    """The passages that describe `entity`, in file order, and the evidence for its statements."""
    for number, source in enumerate(entity.sources, start=1):
        yield Description(
            _passage_id(entity, number), ("Passage",), tuple(_location(source)), source
        )
    if not isinstance(entity, (Mission, Commitment)):
        return  # a key that belongs to another kind of note is at fault, and is to be told of once
    for fact in _evidenced_facts(entity, vocabulary):
        yield Description(
            f"statement/{entity.id}/{fact.term}/{fact.value.partition('/')[2]}",
            ("Statement",),
            tuple(_evidence(entity, fact, vocabulary)),
            fact.span,
        )


def _classes(entity: Entity) -> tuple[str, ...]:
    federal = any(fact.value == _FEDERAL for fact in entity.values("classification"))
    own = ENTITY_KINDS[entity.kind]
    return (own, "FormalOrganization") if federal else (own,)


def _editorial_notes(properties: Iterable[Property]) -> Iterator[Property]:
    """Says in both languages that a definition is missing in one of them."""
    definitions = {p.language: p.span for p in properties if p.term == "definition"}
    for missing, given in (("fr", "en"), ("en", "fr")):
        if given in definitions and missing not in definitions:
            note, span = _MISSING_DEFINITION[missing], definitions[given]
            yield Property("editorialNote", note.en, Kind.TEXT, "en", span)
            yield Property("editorialNote", note.fr, Kind.TEXT, "fr", span)


def _passage_id(entity: Entity, number: int) -> str:
    return f"passage/{entity.id}/{number}"


def _location(span: Span) -> Iterator[Property]:
    yield Property("note", _text(span.file, span), Kind.STRING, None, span)
    yield Property("line", str(span.line), Kind.INTEGER, None, span)


def _evidenced_facts(entity: Entity, vocabulary: Vocabulary) -> list[Fact]:
    """One fact for each statement, in order: an assertion, where there is one."""
    facts: dict[tuple[str, str], Fact] = {}
    for fact in entity.facts:
        if fact.term in EVIDENCED_TERMS:
            known = facts.setdefault((fact.term, fact.value), fact)
            if known.basis is Basis.DERIVED and fact.basis is Basis.ASSERTED:
                facts[fact.term, fact.value] = fact
    return sorted(
        facts.values(), key=lambda fact: (vocabulary.terms[fact.term].rank, _natural(fact.value))
    )


def _evidence(entity: Entity, fact: Fact, vocabulary: Vocabulary) -> Iterator[Property]:
    span = fact.span
    yield Property("subject", entity.id, Kind.ENTITY, None, span)
    yield Property("predicate", vocabulary.terms[fact.term].iri, Kind.IRI, None, span)
    yield Property("object", fact.value, fact.kind, None, span)
    yield Property("basis", f"basis/{fact.basis.value}", Kind.CONCEPT, None, span)
    yield from _location(span)
    if fact.words:
        yield Property("words", _text(fact.words, span), Kind.STRING, None, span)


def _property(fact: Fact) -> Property:
    span, kind, value = fact.span, fact.kind, fact.value
    if kind is Kind.IRI:
        try:
            value = repaired_iri(value)
        except ValueError as error:
            raise _unwritable(span, _NOT_AN_IRI) from error
    elif kind is Kind.TEXT or kind is Kind.STRING:
        value = _text(value, span)
    language = fact.language if fact.language is None else _language_tag(fact.language)
    if language == "":
        raise _unwritable(span, _NOT_A_LANGUAGE)
    return Property(fact.term, value, kind, language if kind is Kind.TEXT else None, span)


def _ordered(properties: list[Property], vocabulary: Vocabulary) -> tuple[Property, ...]:
    """Each value once, by term in the order of the context, then language, then value."""
    unique = {(p.term, p.value, p.kind, p.language): p for p in reversed(properties)}
    terms = vocabulary.terms
    return tuple(
        sorted(unique.values(), key=lambda p: (terms[p.term].rank, p.language or "", _value_key(p)))
    )


def _value_key(value: Property) -> tuple[tuple[int, int, str], ...]:
    if value.kind is Kind.ENTITY or value.kind is Kind.CONCEPT:
        return _natural(value.value)
    return ((2, 0, value.value),)


@lru_cache(maxsize=65536)
def _natural(local_id: str) -> tuple[tuple[int, int, str], ...]:
    return natural_key(local_id)


@lru_cache(maxsize=256)
def _language_tag(tag: str) -> str:
    """`tag` in lower case (RFC 5646 §2.1.1), or "" if it is no language tag."""
    lowered = tag.lower()
    return lowered if _LANGUAGE.fullmatch(lowered) else ""


def _text(text: str, span: Span) -> str:
    """`text` in NFC, as RDF asks of literals (RDF 1.1 Concepts §3.3)."""
    if text.isascii():
        return text
    if _SURROGATE.search(text):
        raise _unwritable(span, _NOT_UNICODE)
    return unicodedata.normalize("NFC", text)


def _first(sources: tuple[Span, ...]) -> Span | None:
    return sources[0] if sources else None


_NOT_AN_IRI = Text("not an absolute IRI", "ce n’est pas un IRI absolu")
_NOT_A_LANGUAGE = Text("not a language tag", "ce n’est pas une étiquette de langue")
_NOT_UNICODE = Text(
    "a name or text is not valid Unicode", "un nom ou un texte n’est pas de l’Unicode valide"
)


def _unwritable(span: Span, message: Text) -> DataError:
    return DataError(
        message, place=str(span), remedy=Text("mend it there", "corrigez-le à cet endroit")
    )
