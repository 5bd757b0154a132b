"""RDF 1.1 XML Syntax, one typed node element a description.

Written here because a carriage return must be a character reference to survive XML's own line
end handling (XML 1.0 §2.11), and what XML cannot carry must be named, not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ds2026kg.errors import OutputError
from ds2026kg.findings import Span, Text
from ds2026kg.graph.description import (
    Description,
    Property,
    describe,
    describe_evidence,
    describe_record,
)
from ds2026kg.graph.namespaces import RDF, XSD_DATE, XSD_INTEGER
from ds2026kg.graph.serialization.names import prefixes_used
from ds2026kg.graph.vocabulary import Vocabulary
from ds2026kg.strategy.model import Kind, StrategyGraph

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2
_MARKUP = re.compile(r'[&<>"\r]')
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_LOCAL_PART = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*$")
_DATATYPES = {Kind.DATE: XSD_DATE, Kind.INTEGER: XSD_INTEGER}


def write_rdfxml(graph: StrategyGraph, vocabulary: Vocabulary) -> Iterator[bytes]:
    """The union of both graphs as RDF/XML, in UTF-8, one chunk a description.

    Raises `OutputError`, with the place in the note, for a text that XML 1.0 cannot carry, such
    as one with a control character, and `DataError` for a value that RDF cannot carry.
    """
    writer = _Elements(vocabulary, prefixes_used(graph, vocabulary))
    yield writer.opening().encode()
    for entity in graph:
        yield writer.element(describe(entity, vocabulary)).encode()
    for entity in graph:
        record = describe_record(entity, vocabulary)
        if record.properties:
            yield writer.element(record).encode()
        for description in describe_evidence(entity, vocabulary):
            yield writer.element(description).encode()
    yield b"</rdf:RDF>\n"


class _Elements:
    """Writes descriptions as node elements, with every property and class as a qualified name."""

    def __init__(self, vocabulary: Vocabulary, used: dict[str, str]) -> None:
        iris = {*vocabulary.classes.values(), *(t.iri for t in vocabulary.terms.values())}
        self._prefixes = {
            prefix: namespace
            for prefix, namespace in sorted({**used, "rdf": RDF}.items())
            if namespace == RDF or any(iri.startswith(namespace) for iri in iris)
        }
        self._vocabulary = vocabulary
        self._classes = {name: self._tag(iri) for name, iri in vocabulary.classes.items()}
        self._terms = {name: self._tag(term.iri) for name, term in vocabulary.terms.items()}

    def opening(self) -> str:
        """The XML declaration and the start of the root element."""
        declarations = "".join(
            f'\n    xmlns:{prefix}="{_escaped(namespace)}"'
            for prefix, namespace in self._prefixes.items()
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declarations}>\n'

    def element(self, description: Description) -> str:
        """The node element of `description`: typed by its first class, if it has one."""
        name, declaration = (
            self._classes[description.classes[0]]
            if description.classes
            else ("rdf:Description", "")
        )
        about = _escaped(self._vocabulary.iri(description.id))
        lines = [f'  <{name}{declaration} rdf:about="{about}">']
        lines += [
            f'    <rdf:type rdf:resource="{_escaped(self._vocabulary.classes[other])}"/>'
            for other in description.classes[1:]
        ]
        lines += [self._property(value) for value in description.properties]
        return "\n".join([*lines, f"  </{name}>\n"])

    def _property(self, value: Property) -> str:
        name, declaration = self._terms[value.term]
        start = f"    <{name}{declaration}"
        if value.kind is Kind.ENTITY or value.kind is Kind.CONCEPT:
            return f'{start} rdf:resource="{_escaped(self._vocabulary.iri(value.value))}"/>'
        if value.kind is Kind.IRI:
            return f'{start} rdf:resource="{_escaped(value.value)}"/>'
        if datatype := _DATATYPES.get(value.kind):
            start += f' rdf:datatype="{datatype}"'
        elif value.language:
            start += f' xml:lang="{value.language}"'
        return f"{start}>{_escaped(value.value, value.span)}</{name}>"

    def _tag(self, iri: str) -> tuple[str, str]:
        """The qualified name for `iri`, and the declaration it needs beside those of the root."""
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and _LOCAL_PART.match(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}", ""
        local = _LOCAL_PART.search(iri)
        if local is None:
            raise OutputError(
                Text(
                    f"RDF/XML cannot name the property or class {iri}",
                    f"RDF/XML ne peut nommer la propriété ou la classe {iri}",
                ),
                remedy=Text("leave out that format", "omettez ce format"),
            )
        return f"ns:{local[0]}", f' xmlns:ns="{_escaped(iri[: local.start()])}"'


def _escaped(text: str, span: Span | None = None) -> str:
    """`text` fit for element content and attribute values alike."""
    if invalid := _NOT_XML.search(text):
        raise _unwritable(invalid[0], span)
    return _MARKUP.sub(lambda match: _REFERENCES[match[0]], text)


def _unwritable(character: str, span: Span | None) -> OutputError:
    code = f"U+{ord(character):04X}"
    return OutputError(
        Text(
            f"XML cannot carry the character {code}, so RDF/XML cannot be written",
            f"le XML ne peut contenir le caractère {code} : RDF/XML ne peut être écrit",
        ),
        place=str(span) if span else "",
        remedy=Text(
            "delete that invisible character, or leave out the format rdf",
            "supprimez ce caractère invisible, ou omettez le format rdf",
        ),
    )
