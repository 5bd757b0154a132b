"""The ontology files, read and asked: concepts, their labels, and the ranges of properties."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import cast

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
)

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text

_RANGES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?property ?class WHERE {
  ?property rdfs:range/(owl:unionOf/rdf:rest*/rdf:first)? ?class
  FILTER(isIRI(?class))
}"""

_CONCEPTS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?concept ?scheme ?class ?property ?label WHERE {
  ?concept skos:inScheme ?scheme ; a ?class .
  ?scheme a skos:ConceptScheme .
  FILTER(?class != skos:Concept)
  VALUES ?property { skos:prefLabel skos:altLabel skos:hiddenLabel }
  OPTIONAL { ?concept ?property ?label }
} ORDER BY ?concept ?scheme"""

_PREFERRED = "http://www.w3.org/2004/02/skos/core#prefLabel"


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme.

    `id` is its local identifier, "status/in-progress", and `scheme` the first part of it, after
    the last segment of its scheme's IRI. `types` are its classes other than skos:Concept.
    `labels` has one preferred label a language; `names` every label by which notes may call it.
    """

    id: str
    iri: str
    scheme: str
    types: frozenset[str]
    labels: Mapping[str, str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All quads of the ontology folder, with the concepts and property ranges they state."""

    quads: tuple[Quad, ...]
    concepts: tuple[Concept, ...]
    ranges: Mapping[str, frozenset[str]]


def read_ontology(folder: Path) -> Ontology:
    """The ontology in the Turtle files of `folder`, taken together.

    Raises `ConfigurationError` if there is none, or one cannot be read or parsed.
    """
    quads = tuple(quad for path in turtle_files(folder) for quad in parse_turtle(path))
    store = Store()
    store.extend(quads)
    ranges: dict[str, set[str]] = {}
    for solution in _select(store, _RANGES):
        ranges.setdefault(_iri(solution["property"]), set()).add(_iri(solution["class"]))
    return Ontology(
        quads, _concepts(store), {iri: frozenset(classes) for iri, classes in ranges.items()}
    )


def turtle_files(folder: Path) -> list[Path]:
    """The Turtle files of `folder`, by name. Raises `ConfigurationError` if there is none."""
    files = sorted(folder.glob("*.ttl"), key=lambda path: path.name)
    if not files:
        raise ConfigurationError(
            Text("the folder holds no Turtle file", "le dossier ne contient aucun fichier Turtle"),
            place=str(folder),
            remedy=Text("check the path", "vérifiez le chemin"),
        )
    return files


def parse_turtle(path: Path) -> list[Quad]:
    """The triples of the Turtle file at `path`, with blank nodes that no other file shares.

    Raises `ConfigurationError` if it cannot be read, or is not Turtle.
    """
    try:
        return list(parse(turtle_text(path), format=RdfFormat.TURTLE, rename_blank_nodes=True))
    except SyntaxError as error:
        raise ConfigurationError(
            Text(
                f"the file is not Turtle: {error.msg}",
                f"le fichier n’est pas du Turtle : {error.msg}",
            ),
            place=f"{path}:{error.lineno}:{error.offset}",
            remedy=Text("mend the syntax there", "corrigez la syntaxe à cet endroit"),
        ) from error


def turtle_text(path: Path) -> bytes:
    """The file at `path` in UTF-8, with line feeds alone and no byte order mark.

    Raises `ConfigurationError` if it cannot be read.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            Text("the file cannot be read", "le fichier ne peut être lu"),
            place=str(path),
            remedy=Text(
                "check that it is there and may be read", "vérifiez qu’il existe et peut être lu"
            ),
        ) from error
    return text.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


def _concepts(store: Store) -> tuple[Concept, ...]:
    by_concept = groupby(_select(store, _CONCEPTS), key=lambda row: _iri(row["concept"]))
    return tuple(_concept(iri, list(rows)) for iri, rows in by_concept)


def _concept(iri: str, rows: list[QuerySolution]) -> Concept:
    """The concept that `rows`, one for each of its labels, describe."""
    scheme = _last_segment(_iri(rows[0]["scheme"]))
    labels = [
        (_iri(row["property"]), label) for row in rows if isinstance(label := row["label"], Literal)
    ]
    return Concept(
        f"{scheme}/{_last_segment(iri)}",
        iri,
        scheme,
        frozenset(_iri(row["class"]) for row in rows),
        dict(
            sorted(
                (label.language or "", label.value) for kind, label in labels if kind == _PREFERRED
            )
        ),
        tuple(sorted({label.value for _, label in labels})),
    )


def _select(store: Store, query: str) -> Iterator[QuerySolution]:
    return iter(cast("QuerySolutions", store.query(query)))


def _iri(term: object) -> str:
    return cast("NamedNode", term).value


def _last_segment(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
