"""The SPARQL of constraints (SHACL §5): complete with its prefixes, read, and kept from the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SH, Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from ds2026kg.findings import Text
from ds2026kg.validation.shapes import unusable_shapes

_ALWAYS = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}  # as pyshacl binds them
_NO_FROM = Text(
    "a constraint judges one graph; FROM would fetch another",
    "une contrainte vérifie un seul graphe; FROM en chercherait un autre",
)
_NO_SERVICE = Text(
    "a constraint judges one graph; SERVICE would ask another",
    "une contrainte vérifie un seul graphe; SERVICE en interrogerait un autre",
)
_SELECT = re.compile(
    r"\A(?P<prologue>(?:\s+|\#[^\n]*\n|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*)"
    r"SELECT\b(?:\s+(?:DISTINCT|REDUCED)\b)?",
    re.IGNORECASE,
)


def prologue(shapes: Graph, constraint: Node | None) -> str:
    """The PREFIX lines of `constraint`: what its sh:prefixes and their imports declare (§5.2.1).

    Each has a line of its own: rdflib may take what follows the "#" of an IRI for a comment.
    """
    bound = dict(_ALWAYS)
    for ontology in shapes.objects(constraint, SH.prefixes):
        for imported in shapes.transitive_objects(ontology, OWL.imports):
            for declaration in shapes.objects(imported, SH.declare):
                prefix = shapes.value(declaration, SH.prefix)
                bound[str(prefix)] = str(shapes.value(declaration, SH.namespace))
    return "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in sorted(bound.items()))


def distinct(select: str) -> str | None:
    """`select` so that it states each solution once, as pyshacl takes it; None if it is no SELECT.

    >>> distinct("SELECT $this WHERE { $this ?p ?o }")
    'SELECT DISTINCT $this WHERE { $this ?p ?o }'
    """
    changed, times = _SELECT.subn(r"\g<prologue>SELECT DISTINCT", select)
    return changed if times else None


def prepared(text: str) -> Query:
    """`text`, a query of a constraint, read by rdflib.

    Raises `ConfigurationError` for what is not SPARQL, and for what would leave the data graph.
    """
    try:
        query = prepareQuery(text)
    except Exception as error:  # rdflib has no one error for a query that it cannot read
        reason = f"{error}\n{text.strip()}"
        raise unusable_shapes(reason) from error
    if query.algebra.datasetClause:
        raise unusable_shapes(_NO_FROM)
    if any(part.name == "ServiceGraphPattern" for part in _parts(query.algebra)):
        raise unusable_shapes(_NO_SERVICE)
    return query


def _parts(value: object) -> Iterator[CompValue]:
    """Every named part of a query's algebra."""
    if isinstance(value, CompValue):
        yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _parts(inner)
