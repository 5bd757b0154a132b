"""What the data say of one thing: all that someone needs who opens its IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Store, Triple

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMING: Final = tuple(
    NamedNode(iri)
    for iri in (
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2000/01/rdf-schema#label",
    )
)
"""The properties whose values are names."""

_RECORDING: Final = (NamedNode(f"{_RDF}subject"), NamedNode(f"{_RDF}object"))
_DERIVED: Final = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")

_Node = NamedNode | BlankNode


def description_of(store: Store, iri: NamedNode, most: int) -> tuple[tuple[Triple, ...], bool]:
    """At most `most` triples about `iri`, its own first, and whether there were more.

    These are the statements about it and those that point to it; the records of where each was read,
    and the passages it was read from; its blank nodes, and its parts that are named by a hash; and
    the names of all that is named in them. There are none if the data do not mention `iri`.

    >>> from pyoxigraph import Literal, Quad
    >>> a, b = NamedNode("urn:a"), NamedNode("urn:b")
    >>> store = Store()
    >>> store.extend([Quad(a, b, b), Quad(b, NAMING[1], Literal("B")), Quad(b, b, b)])
    >>> for triple in description_of(store, a, 10)[0]:
    ...     print(triple)
    <urn:a> <urn:b> <urn:b>
    <urn:b> <http://www.w3.org/2000/01/rdf-schema#label> "B"
    """
    told: dict[Triple, None] = {}
    _take(told, chain(_said(store, iri), _pointing(store, iri)), most + 1)
    _take(told, _records(store, tuple(told), iri), most + 1)
    _take(told, _names(store, tuple(told)), most + 1)
    kept = sorted(list(told)[:most], key=lambda triple: (triple.subject != iri, str(triple)))
    return tuple(kept), len(told) > most


def mentioned(store: Store, iri: NamedNode) -> bool:
    """Whether anything is said of `iri`, or points to it."""
    return next(chain(_said(store, iri), _pointing(store, iri)), None) is not None


def _said(store: Store, node: _Node) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(node, None, None))


def _pointing(store: Store, iri: NamedNode) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, iri))


def _take(told: dict[Triple, None], triples: Iterable[Triple], most: int) -> None:
    """Add `triples` to those told, until there are `most`; several graphs may say the same."""
    for triple in triples:
        if len(told) >= most:
            break
        told[triple] = None


def _records(store: Store, near: Iterable[Triple], iri: NamedNode) -> Iterator[Triple]:
    """What the records, passages and parts named in `near` say, through all blank nodes."""
    waiting = [node for triple in near if (node := _further(triple, iri)) is not None]
    asked: set[_Node] = {iri}
    while waiting:
        node = waiting.pop()
        if node in asked:
            continue
        asked.add(node)
        for triple in _said(store, node):
            if isinstance(triple.object, BlankNode):
                waiting.append(triple.object)
            yield triple


def _further(triple: Triple, iri: NamedNode) -> _Node | None:
    """The node that says more: a record, a passage, a blank node, or a part named by a hash."""
    if triple.predicate in _RECORDING and triple.object == iri:
        return triple.subject if isinstance(triple.subject, _Node) else None
    if triple.subject != iri or not isinstance(triple.object, _Node):
        return None
    if isinstance(triple.object, BlankNode) or triple.predicate == _DERIVED:
        return triple.object
    return triple.object if triple.object.value.startswith(f"{iri.value}#") else None


def _names(store: Store, triples: Iterable[Triple]) -> Iterator[Triple]:
    """The names of all IRIs in `triples`."""
    terms = chain.from_iterable((each.subject, each.predicate, each.object) for each in triples)
    for term in dict.fromkeys(terms):
        if isinstance(term, NamedNode):
            for naming in NAMING:
                yield from (quad.triple for quad in store.quads_for_pattern(term, naming, None))
