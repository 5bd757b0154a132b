"""JSON-LD 1.1, compacted with the context of `ontology/`, which the file carries inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from ds2026kg.graph.description import (
    Description,
    Property,
    describe,
    describe_evidence,
    describe_record,
)
from ds2026kg.graph.identifiers import relative_reference
from ds2026kg.graph.vocabulary import Term, Vocabulary
from ds2026kg.strategy.model import Kind, StrategyGraph

# Whole numbers that JSON readers keep exact, in the form that JSON-LD makes of them (API §8.6).
_JSON_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


def write_jsonld(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The union of both graphs as JSON-LD, in UTF-8, one chunk a node.

    `@graph` holds one node an entity, with the dates of its record and its passages, then the
    passages and statements. `id` is relative to the `@base` in the context; labels and texts are
    language maps; a term is an array where the context says `@set`, or it has several values.

    Raises `DataError` for a value that RDF cannot carry.
    """
    yield b'{\n  "@context": ' + _indented(dict(vocabulary.context), 2) + b',\n  "@graph": ['
    separator = b"\n    "
    for node in _nodes(graph, vocabulary):
        yield separator + _indented(node, 4)
        separator = b",\n    "
    yield b"\n  ]\n}\n"


def write_context(vocabulary: Vocabulary) -> Iterator[bytes]:
    """The context alone, as a file that other documents may name."""
    yield _indented({"@context": dict(vocabulary.context)}, 0) + b"\n"


def _nodes(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    words = {term.iri: term.name for term in vocabulary.terms.values()}
    for entity in graph:
        record = describe_record(entity, vocabulary)
        yield {
            **_node(describe(entity, vocabulary), vocabulary, words),
            **_properties(record, vocabulary, words),
        }
    for entity in graph:
        for description in describe_evidence(entity, vocabulary):
            yield _node(description, vocabulary, words)


def _node(
    description: Description, vocabulary: Vocabulary, words: dict[str, str]
) -> dict[str, Any]:
    classes = description.classes
    return {
        "id": relative_reference(description.id),
        "type": classes[0] if len(classes) == 1 else list(classes),
        **_properties(description, vocabulary, words),
    }


def _properties(
    description: Description, vocabulary: Vocabulary, words: dict[str, str]
) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for name, values in description.by_term():
        term = vocabulary.terms[name]
        if term.kind is Kind.TEXT:
            properties[name] = _language_map(values, term)
        else:
            properties[name] = _one_or_all(
                [_value(value, term, vocabulary, words) for value in values], term
            )
    return properties


def _language_map(values: Sequence[Property], term: Term) -> dict[str, Any]:
    """Texts by language (JSON-LD 1.1 §4.2.4); those without one under `@none`."""
    texts: dict[str, list[str]] = {}
    for value in values:
        texts.setdefault(value.language or "@none", []).append(value.value)
    return {language: _one_or_all(texts[language], term) for language in sorted(texts)}


def _one_or_all(values: Sequence[str | int], term: Term) -> str | int | Sequence[str | int]:
    return values[0] if len(values) == 1 and not term.repeated else values


def _value(value: Property, term: Term, vocabulary: Vocabulary, words: dict[str, str]) -> str | int:
    if value.kind is Kind.ENTITY:
        return relative_reference(value.value)
    if value.kind is Kind.CONCEPT:
        return vocabulary.iri(value.value).removeprefix(vocabulary.things)
    if term.by_term:
        return words.get(value.value, value.value)
    if value.kind is Kind.INTEGER and _JSON_INTEGER.fullmatch(value.value):
        return int(value.value)
    return value.value


def _indented(value: object, depth: int) -> bytes:
    """`value` as JSON, its later lines indented by `depth` more; strings hold no line breaks."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).replace(b"\n", b"\n" + b" " * depth)
