"""What of one DCAT description another has kept, property by property."""

from __future__ import annotations

from collections.abc import Iterator

import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from rdflib.namespace import DCAT, RDF
from rdflib.term import Node

_KINDS = {"dataset": DCAT.Dataset, "distribution": DCAT.Distribution}
LOST, OTHERWISE = "lost", "otherwise"
_PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "spdx": "http://spdx.org/rdf/terms#",
}  # those that rdflib does not know


def graph(document: bytes) -> rdflib.Graph:
    """The graph of a JSON-LD document, which rdflib itself reads with a warning."""
    triples = (quad.triple for quad in parse(document, format=RdfFormat.JSON_LD))
    found = rdflib.Graph()
    for prefix, namespace in _PREFIXES.items():
        found.bind(prefix, namespace)
    return found.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


def losses(ours: rdflib.Graph, theirs: rdflib.Graph) -> dict[tuple[str, str], str]:
    """The properties of our data set and its distributions that are `LOST` or `OTHERWISE` in `theirs`.

    IRIs of the portal stand for ours, so things are matched by what they are, and distributions by
    their addresses. Nodes that a description has to itself, such as a contact, are compared by what it
    says of them.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for kind, us, them in _pairs(ours, theirs):
        for predicate in set(ours.predicates(us)):
            if predicate in (RDF.type, DCAT.distribution):
                continue
            wanted = {_meaning(ours, value) for value in ours.objects(us, predicate)}
            there = {_meaning(theirs, value) for value in theirs.objects(them, predicate)}
            fate = LOST if not there else "" if wanted <= there else OTHERWISE
            name = ours.namespace_manager.qname(str(predicate))
            told.setdefault((kind, name), []).append(fate)
    return {key: max(fates) for key, fates in sorted(told.items()) if any(fates)}


def _pairs(ours: rdflib.Graph, theirs: rdflib.Graph) -> Iterator[tuple[str, Node, Node]]:
    for kind, type_ in _KINDS.items():
        by_address = {_address(theirs, node): node for node in theirs.subjects(RDF.type, type_)}
        for node in ours.subjects(RDF.type, type_):
            if (address := _address(ours, node)) in by_address:
                yield kind, node, by_address[address]


def _address(graph: rdflib.Graph, node: Node) -> str:
    """Where a distribution is; nothing for a data set, of which there is one."""
    found = graph.value(node, DCAT.downloadURL) or graph.value(node, DCAT.accessURL)
    return str(found or "")


def _meaning(graph: rdflib.Graph, value: Node) -> object:
    """A value as it can be compared over graphs."""
    if isinstance(value, rdflib.Literal):
        return str(value), value.language
    parts = frozenset(
        (predicate, _meaning(graph, part) if not isinstance(part, rdflib.BNode) else "")
        for predicate, part in graph.predicate_objects(value)
        if predicate != RDF.type
    )
    return parts or value
