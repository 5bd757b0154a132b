"""RDF 1.1 Turtle, laid out for people: parents before children, English before French."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ds2026kg.graph.description import (
    Description,
    Property,
    describe,
    describe_evidence,
    describe_record,
)
from ds2026kg.graph.namespaces import XSD_DATE, XSD_INTEGER
from ds2026kg.graph.serialization.names import Names, prefixes_used
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import Entity, Kind, Mission, StrategyGraph

# Beside what the grammar demands: all control characters, line separators that editors break lines
# at, marks that turn the reading direction around, byte order marks and noncharacters.
_ESCAPED = re.compile(
    '["\\\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff'
    "\ufffe\uffff]"
)
_SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_BARE_INTEGER = re.compile(r"[+-]?[0-9]+")
_SECTIONS = {"strategy": "Strategy / Stratégie", "actor": "Actors / Acteurs"}


def write_turtle(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The union of both graphs as Turtle, in UTF-8, one chunk an entity.

    The strategy comes first, one block an entity, then the provenance. Prefixes are those that
    are used; IRIs of passages and statements are relative to the base of all things.

    Raises `DataError` for a value that RDF cannot carry.
    """
    prefixes = prefixes_used(graph, vocabulary)
    names = Names(vocabulary, prefixes)
    yield header(vocabulary, prefixes).encode()
    for block in strategy_blocks(graph, vocabulary, names):
        yield block.encode()
    for block in provenance_blocks(graph, vocabulary, names):
        yield block.encode()


def header(vocabulary: Vocabulary, prefixes: Mapping[str, str]) -> str:
    """The base and prefix directives (Turtle §2.4)."""
    lines = [f"@base <{vocabulary.things}> ."]
    lines += [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in prefixes.items()]
    return "\n".join(lines) + "\n"


def strategy_blocks(graph: StrategyGraph, vocabulary: Vocabulary, names: Names) -> Iterator[str]:
    """The strategy graph, one block an entity, with a comment line at each new section."""
    section = None
    for entity in graph:
        description = describe(entity, vocabulary)
        title = _section(entity, description) or section
        heading = f"\n# {title}\n" if title and title != section else ""
        section = title
        yield heading + _block(description, names)


def provenance_blocks(graph: StrategyGraph, vocabulary: Vocabulary, names: Names) -> Iterator[str]:
    """The provenance graph: for each entity its record, its passages and its statements."""
    heading = "\n# Provenance\n"
    for entity in graph:
        descriptions = [describe_record(entity, vocabulary)]
        descriptions += describe_evidence(entity, vocabulary)
        blocks = [_block(d, names) for d in descriptions if d.classes or d.properties]
        if blocks:
            yield heading + "".join(blocks)
            heading = ""


def string_literal(text: str) -> str:
    r"""`text` in quotes, on one line (Turtle §2.5.1, §6.4).

    >>> print(string_literal('a "b"\n'))
    "a \"b\"\n"
    """
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _section(entity: Entity, description: Description) -> str | None:
    """The title of the section that `entity` opens, if it is one of a kind that does."""
    if not isinstance(entity, Mission):
        return _SECTIONS.get(entity.kind)
    if any(p.value.startswith("mission/") for p in description.properties if p.term == "hasParent"):
        return None
    labels = [_one_line(p.value) for p in description.properties if p.term == "label"]
    title = f"Mission {_one_line(entity.key)}"
    return f"{title}: {' / '.join(labels)}" if labels else title


def _one_line(text: str) -> str:
    """`text` fit for a comment, which a line break would end."""
    return string_literal(" ".join(text.split()))[1:-1].replace('\\"', '"')


def _block(description: Description, names: Names) -> str:
    lines = [
        f"{names.terms[term]} {_objects(names.terms[term], values, names)}"
        for term, values in description.by_term()
    ]
    if description.classes:
        lines.insert(0, "a " + ", ".join(names.classes[name] for name in description.classes))
    return f"\n{names.thing(description.id)} " + " ;\n    ".join(lines) + " .\n"


def _objects(predicate: str, values: Sequence[Property], names: Names) -> str:
    """The values of one predicate: texts one below the other, everything else on one line."""
    if len(values) == 1:
        return _object(values[0], names)
    rendered = [_object(value, names) for value in values]
    stacked = any(text[0] == '"' or text[0] == "<" for text in rendered)
    return (",\n" + " " * (len(predicate) + 5) if stacked else ", ").join(rendered)


def _object(value: Property, names: Names) -> str:
    kind = value.kind
    if kind is Kind.ENTITY or kind is Kind.CONCEPT:
        return names.thing(value.value)
    if kind is Kind.IRI:
        return names.iri(value.value)
    if kind is Kind.INTEGER and _BARE_INTEGER.fullmatch(value.value):
        return value.value
    literal = string_literal(value.value)
    if value.language:
        return f"{literal}@{value.language}"
    if kind is Kind.DATE:
        return f"{literal}^^{names.iri(XSD_DATE)}"
    return f"{literal}^^{names.iri(XSD_INTEGER)}" if kind is Kind.INTEGER else literal
