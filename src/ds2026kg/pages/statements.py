"""Every statement about a thing as lines of a table, and the query that gives the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.evidence import Evidence, Reading
from ds2026kg.pages.kind import Visit
from ds2026kg.pages.rows import Mention, mentions
from ds2026kg.pages.view import Said, Term, term
from ds2026kg.query.prefixes import PREFIXES, short_iri

# Those of our own vocabulary have their names in the ontology.
_NAMES: Final[Mapping[NamedNode, Text]] = MappingProxyType(
    {
        term("rdf:type"): Text("type", "type"),
        term("skos:notation"): Text("notation", "notation"),
        term("skos:prefLabel"): Text("label", "libellé"),
        term("rdfs:label"): Text("label", "libellé"),
        term("skos:altLabel"): Text("other label", "autre libellé"),
        term("dcterms:title"): Text("title", "titre"),
        term("skos:definition"): Text("definition", "définition"),
        term("skos:scopeNote"): Text("scope note", "note d’application"),
        term("org:classification"): Text("classification", "classification"),
        term("org:identifier"): Text("identifier", "identificateur"),
        term("ds:hasParent"): Text("has parent", "a pour parent"),
        term("ds:ledBy"): Text("led by", "a pour responsable"),
        term("ds:supportedBy"): Text("supported by", "est appuyé par"),
        term("ds:status"): Text("status", "statut"),
        term("ds:priority"): Text("priority", "priorité"),
        term("skos:inScheme"): Text("in scheme", "dans le schéma"),
        term("skos:topConceptOf"): Text("top concept of", "premier concept de"),
        term("skos:hasTopConcept"): Text("has top concept", "a pour premier concept"),
        term("skos:closeMatch"): Text("close match", "proche de"),
        term("skos:broadMatch"): Text("broad match", "plus précis que"),
        term("dcterms:source"): Text("source", "source"),
        term("foaf:isPrimaryTopicOf"): Text("public record", "fiche publique"),
        term("skos:editorialNote"): Text("editorial note", "note éditoriale"),
        term("dcterms:created"): Text("created", "création"),
        term("dcterms:modified"): Text("modified", "modification"),
        term("prov:wasDerivedFrom"): Text("derived from", "tiré de"),
    }
)
_ORDER: Final = {predicate: rank for rank, predicate in enumerate(_NAMES)}
_QUERY: Final = """\
PREFIX prov: <{prov}>
PREFIX rdf: <{rdf}>

CONSTRUCT {{
  <{iri}> ?property ?value .
  ?record ?about ?detail .
}}
WHERE {{
  {{ <{iri}> ?property ?value }}
  UNION
  {{ ?record rdf:subject <{iri}> ; ?about ?detail }}
  UNION
  {{ <{iri}> prov:wasDerivedFrom ?record . ?record ?about ?detail }}
}}
"""


class Cell(NamedTuple):
    """One value of a property: a thing, words, or a place in a note; and what it rests on."""

    what: Mention
    reading: Reading | None
    evidence: Evidence | None


class Line(NamedTuple):
    """A property, by its name, its prefixed name and where it is told of, with its values."""

    name: Said
    short: str
    address: str | None
    cells: tuple[Cell, ...]


def lines(
    visit: Visit,
    said: Mapping[NamedNode, list[Term]],
    evidence: Mapping[tuple[Term, Term], Evidence],
    passages: Mapping[NamedNode, Reading],
) -> list[Line]:
    """What is `said` of a thing, in the order of the table."""
    known = mentions(visit, [*said, *(value for values in said.values() for value in values)])
    return [
        Line(
            property_name(visit, predicate, known),
            short_iri(predicate.value, visit.view.base),
            known[predicate].address,
            tuple(_cells(visit, predicate, said[predicate], known, evidence, passages)),
        )
        for predicate in sorted(said, key=lambda each: (_ORDER.get(each, len(_ORDER)), each.value))
    ]


def property_name(visit: Visit, predicate: NamedNode, known: Mapping[NamedNode, Mention]) -> Said:
    """What a property is called in the language of the page; by its short form if nobody names it."""
    language = visit.view.language
    if predicate in _NAMES:
        return Said(_NAMES[predicate].in_language(language), language)
    return known[predicate].label


def query_for(node: NamedNode) -> str:
    """The query that gives what a page says of `node`: each statement, and where it was read.

    >>> print(query_for(NamedNode("urn:a")).splitlines()[4])
      <urn:a> ?property ?value .
    """
    return _QUERY.format(prov=PREFIXES["prov"], rdf=PREFIXES["rdf"], iri=node.value)


def _cells(
    visit: Visit,
    predicate: NamedNode,
    values: list[Term],
    known: Mapping[NamedNode, Mention],
    evidence: Mapping[tuple[Term, Term], Evidence],
    passages: Mapping[NamedNode, Reading],
) -> Iterator[Cell]:
    for value in values:
        found = evidence.get((predicate, value))
        if isinstance(value, NamedNode):
            yield Cell(known[value], passages.get(value), found)
        else:
            yield Cell(Mention(visit.view.label(value), None), None, found)
