"""What every term means: the context and the ontology, joined into one table.

The context says which frontmatter key stands for which property; the ontology says what the
values of that property are. Together they are the `Schema` by which notes are read, and
the `Term`s by which RDF is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text
from ds2026kg.graph.context import Context, KeyDefinition, read_context
from ds2026kg.graph.identifiers import is_absolute_iri, relative_reference
from ds2026kg.graph.namespaces import ORG_CLASSIFICATION, XSD_DATE, XSD_INTEGER
from ds2026kg.graph.ontology import Concept, Ontology, read_ontology
from ds2026kg.strategy.model import Field, Kind, Schema

CONTEXT_FILE: Final = "context.jsonld"
ENTITY_KINDS: Final = {
    "strategy": "Strategy",
    "mission": "Mission",
    "commitment": "Commitment",
    "actor": "Actor",
}
"""The kinds of entity, each with the class term in the context that it is an instance of."""

PROVENANCE_TERMS: Final = frozenset(
    {
        "subject",
        "predicate",
        "object",
        "basis",
        "note",
        "line",
        "words",
        "derivedFrom",
        "editorialNote",
    }
)
"""Terms that are only ever written by us: no note may use them as a key."""

# ORG gives org:classification the range skos:Concept, from which no scheme follows.
_CLASS_OF_FOREIGN_RANGE: Final = {ORG_CLASSIFICATION: "ActorType"}
_OWN_PREFIX: Final = "ds"


@dataclass(frozen=True, slots=True)
class Term:
    """One property, under its canonical name in the context.

    `rank` is its place in the context, which is the order in which properties are written.
    `repeated` tells that JSON-LD writes its values as an array even when there is only one.
    `by_term` tells that JSON-LD writes its values as terms of the context.
    """

    name: str
    iri: str
    kind: Kind
    rank: int
    datatype: str | None = None
    scheme: str | None = None
    repeated: bool = False
    by_term: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that `ontology/` says, ready for reading notes and for writing RDF.

    `terms` maps canonical names, and `classes` class names, in the order of the context.
    `concepts` maps local identifiers. `context` is the object to publish under `@context`.
    `prefixes` holds those of the context and one for each kind of entity and each scheme.
    """

    base: str
    schema: Schema
    terms: Mapping[str, Term]
    classes: Mapping[str, str]
    concepts: Mapping[str, Concept]
    context: Mapping[str, Any]
    prefixes: Mapping[str, str]
    ontology: tuple[Quad, ...]

    @property
    def things(self) -> str:
        """The namespace of everything the data set identifies: the base and "id/"."""
        return self.base + "id/"

    def iri(self, local_id: str) -> str:
        """The IRI of an entity, passage, statement or concept, by its local identifier.

        A concept keeps the IRI that the ontology gives it, whatever the base.
        """
        concept = self.concepts.get(local_id)
        return concept.iri if concept else self.things + relative_reference(local_id)

    def graph(self, name: str) -> str:
        """The IRI of a named graph of the data set: "strategy" or "provenance"."""
        return f"{self.base}graph/{name}"


def load_vocabulary(ontology: Path, base: str) -> Vocabulary:
    """The vocabulary that the folder `ontology` holds, for a data set under the IRI `base`.

    `base` is an absolute IRI that ends in "/", such as "https://w3id.org/ds2026/". Terms and
    concepts keep the IRIs they have in the folder.

    Raises `ConfigurationError` if `base` is no such IRI, a file is missing or cannot be parsed, or
    context and ontology do not fit each other.
    """
    if not is_absolute_iri(base) or not base.endswith("/"):
        raise ConfigurationError(
            Text(
                "the base is not an absolute IRI ending in /",
                "la base n’est pas un IRI absolu terminé par /",
            ),
            place=base,
            remedy=Text(
                "give one such as https://w3id.org/ds2026/",
                "donnez-en un comme https://w3id.org/ds2026/",
            ),
        )
    context = read_context(ontology / CONTEXT_FILE)
    described = read_ontology(ontology)
    terms = _terms(context, described, ontology / CONTEXT_FILE)
    return Vocabulary(
        base=base,
        schema=Schema(_fields(context.keys, terms), _names(described.concepts, ontology)),
        terms=terms,
        classes=context.classes,
        concepts={concept.id: concept for concept in described.concepts},
        context={**context.document, "@base": base + "id/"},
        prefixes=_prefixes(context, described, base),
        ontology=described.quads,
    )


def _terms(context: Context, ontology: Ontology, place: Path) -> dict[str, Term]:
    """The canonical terms: of several keys for one property, the first stands for it."""
    terms: dict[str, Term] = {}
    seen: set[str] = set()
    for key in context.keys:
        if key.reverse or key.iri in seen:
            continue
        seen.add(key.iri)
        kind, scheme = _kind(key, context, ontology, place)
        terms[key.key] = Term(
            key.key,
            key.iri,
            kind,
            rank=len(terms),
            datatype=_DATATYPES.get(kind),
            scheme=scheme,
            repeated=key.repeated,
            by_term=key.coercion == "@vocab",
        )
    return terms


_DATATYPES = {Kind.DATE: XSD_DATE, Kind.INTEGER: XSD_INTEGER}
_KINDS = {datatype: kind for kind, datatype in _DATATYPES.items()}


def _kind(
    key: KeyDefinition, context: Context, ontology: Ontology, place: Path
) -> tuple[Kind, str | None]:
    """What the values of the property are, and of which scheme if they are concepts."""
    if key.language_map:
        return Kind.TEXT, None
    if key.language:
        raise _misfit(place, key, _FIRST_IS_MAP)
    if key.coercion is None:
        return Kind.STRING, None
    if key.coercion == "@id":
        return _kind_of_object(key, context, ontology, place)
    if key.coercion == "@vocab":
        return Kind.IRI, None
    if key.coercion not in _KINDS:
        raise _misfit(place, key, _UNKNOWN_DATATYPE)
    return _KINDS[key.coercion], None


def _kind_of_object(
    key: KeyDefinition, context: Context, ontology: Ontology, place: Path
) -> tuple[Kind, str | None]:
    own = context.prefixes.get(_OWN_PREFIX, "")
    ranges = ontology.ranges.get(key.iri, frozenset())
    if foreign := _CLASS_OF_FOREIGN_RANGE.get(key.iri):
        ranges = frozenset({own + foreign})
    schemes = {concept.scheme for concept in ontology.concepts if concept.types & ranges}
    if len(schemes) == 1:
        return Kind.CONCEPT, schemes.pop()
    entities = {context.classes.get(name) for name in ENTITY_KINDS.values()}
    if ranges & entities or (not ranges and own and key.iri.startswith(own)):
        return Kind.ENTITY, None
    if own and any(iri.startswith(own) for iri in ranges):
        raise _misfit(place, key, _NO_CONCEPTS)
    return Kind.IRI, None


def _fields(keys: Iterable[KeyDefinition], terms: Mapping[str, Term]) -> dict[str, Field]:
    canonical = {term.iri: term for term in terms.values()}
    fields: dict[str, Field] = {}
    for key in keys:
        term = canonical[key.iri]
        if term.name not in PROVENANCE_TERMS:
            fields[key.key.casefold()] = Field(
                key.key, term.name, term.kind, key.language, term.scheme, key.reverse
            )
    return fields


def _names(concepts: Iterable[Concept], place: Path) -> dict[str, dict[str, str]]:
    """By scheme, every name of a concept: its labels and the last part of its identifier."""
    names: dict[str, dict[str, str]] = {}
    for concept in concepts:
        scheme = names.setdefault(concept.scheme, {})
        for name in (*concept.names, concept.id.partition("/")[2]):
            folded = unicodedata.normalize("NFC", name).casefold()
            if scheme.setdefault(folded, concept.id) != concept.id:
                raise ConfigurationError(
                    Text(
                        f"{scheme[folded]} and {concept.id} share the label “{name}”",
                        f"{scheme[folded]} et {concept.id} partagent l’étiquette « {name} »",
                    ),
                    place=str(place),
                    remedy=Text("give each its own", "donnez-en une à chacun"),
                )
    return names


def _prefixes(context: Context, ontology: Ontology, base: str) -> dict[str, str]:
    schemes = {
        concept.scheme: concept.iri.removesuffix(concept.id.partition("/")[2])
        for concept in ontology.concepts
    }
    kinds = {kind: f"{base}id/{kind}/" for kind in ENTITY_KINDS}
    return {**context.prefixes, **schemes, **kinds, "graph": f"{base}graph/"}


_FIRST_IS_MAP = Text(
    "the first key of a property with a language must be a language map",
    "la première clé d’une propriété dotée d’une langue doit être une table de langues",
)
_UNKNOWN_DATATYPE = Text(
    "only xsd:date and xsd:integer are known datatypes",
    "seuls xsd:date et xsd:integer sont des types de données connus",
)
_NO_CONCEPTS = Text(
    "the ontology has no concept scheme for its range",
    "l’ontologie n’a aucun schéma de concepts pour son codomaine",
)


def _misfit(place: Path, key: KeyDefinition, message: Text) -> ConfigurationError:
    return ConfigurationError(
        message,
        place=f"{place}: {key.key}",
        remedy=Text(
            "make context.jsonld and the ontology agree",
            "accordez context.jsonld et l’ontologie",
        ),
    )
