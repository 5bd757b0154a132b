"""The ontology and the shapes that travel with the program: read once, and what hangs on what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse

from ds2026kg.findings import Language
from ds2026kg.pages.view import Node, Said, Term, View, term
from ds2026kg.query.prefixes import DEFAULT_BASE, short_iri
from ds2026kg.resources import resource_folder
from ds2026kg.validation.paths import Compound, Operator, Path, sparql_path

ONTOLOGY: Final = NamedNode(f"{DEFAULT_BASE}ontology")
SHAPES: Final = NamedNode(f"{DEFAULT_BASE}shapes")
_SHAPE_CLASSES: Final = (term("sh:NodeShape"), term("sh:PropertyShape"))
_FIRST: Final = term("rdf:first")
_REST: Final = term("rdf:rest")
# Of vocabularies that the ontology refers to, and the data do not.
_PREFIXES: Final = {"adms": "http://www.w3.org/ns/adms#"}
_LONGEST: Final = 1000  # a list that holds itself is ill-formed; stop somewhere
_UNARY: Final[Mapping[str, Operator]] = {
    "sh:inversePath": "^",
    "sh:zeroOrMorePath": "*",
    "sh:oneOrMorePath": "+",
    "sh:zeroOrOnePath": "?",
}


class File(NamedTuple):
    """A file of shapes: its name without suffix, and the shapes in it, in its order."""

    name: str
    shapes: tuple[NamedNode, ...]


@cache
def vocabulary() -> Store:
    """The ontology and the shapes as one store.

    >>> next(vocabulary().quads_for_pattern(ONTOLOGY, None, None)).subject == ONTOLOGY
    True
    """
    store = Store()
    for folder in ("ontology", "shapes"):
        for file in sorted(resource_folder(folder).glob("*.ttl")):
            store.extend(_quads(file.read_bytes()))
    return store


@cache
def files() -> tuple[File, ...]:
    """The files of shapes, with the shapes that each describes."""
    return tuple(
        File(file.stem, _shapes(file.read_bytes()))
        for file in sorted(resource_folder("shapes").glob("*.ttl"))
    )


def seen(language: Language) -> View:
    """The vocabulary as a reader of `language` sees it."""
    return View(vocabulary(), language, DEFAULT_BASE)


def called(words: View, node: Term) -> Said:
    """What a term or a shape is called; one without a name by its short form."""
    if not isinstance(node, NamedNode):
        return words.label(node)
    prefix = next((each for each in _PREFIXES if node.value.startswith(_PREFIXES[each])), "")
    if prefix:
        return Said(f"{prefix}:{node.value.removeprefix(_PREFIXES[prefix])}")
    return words.text(node, term("sh:name")) or words.label(node)


def local_name(iri: str) -> str:
    """What comes after the hash, which is also the `id` of its entry in a page.

    >>> local_name("https://w3id.org/ds2026/ontology#ledBy")
    'ledBy'
    """
    return iri.rpartition("#")[2]


def listed(view: View, head: Term) -> list[Term]:
    """The members of an RDF list, in order."""
    members: list[Term] = []
    while isinstance(head, BlankNode) and len(members) < _LONGEST:
        members += view.values(head, _FIRST)
        head = next(iter(view.values(head, _REST)), term("rdf:nil"))
    return members


def path_text(view: View, node: Term) -> str:
    """A property path (SHACL §2.3.1) as SPARQL writes it, with short names."""
    return sparql_path(_path(view, node), lambda iri: short_iri(iri.value))


def _path(view: View, node: Term) -> Path:
    if isinstance(node, NamedNode):
        return node
    assert isinstance(node, BlankNode)  # noqa: S101 - for the type checker: a path is a node
    for name, operator in _UNARY.items():
        for inner in view.values(node, term(name)):
            return Compound(operator, (_path(view, inner),))
    for inner in view.values(node, term("sh:alternativePath")):
        return Compound("|", tuple(_path(view, each) for each in listed(view, inner)))
    return Compound("/", tuple(_path(view, each) for each in listed(view, node)))


@cache
def shapes_about() -> Mapping[str, tuple[NamedNode, ...]]:
    """The shapes that mention each term in what they demand, by its IRI, in the order of the files."""
    about: dict[str, dict[NamedNode, None]] = {}
    view = seen("en")
    for file in files():
        for shape in file.shapes:
            for iri in sorted(_mentioned(view, shape, set())):
                about.setdefault(iri, {})[shape] = None
    return {iri: tuple(found) for iri, found in about.items()}


def _mentioned(view: View, node: Node, passed: set[Node]) -> set[str]:
    """The IRIs that `node`, and the blank nodes under it, name as objects."""
    passed.add(node)
    found: set[str] = set()
    for quad in view.store.quads_for_pattern(node, None, None):
        if isinstance(quad.object, NamedNode):
            found.add(quad.object.value)
        elif isinstance(quad.object, BlankNode) and quad.object not in passed:
            found |= _mentioned(view, quad.object, passed)
    return found


def _quads(text: bytes) -> list[Quad]:
    # Each file has blank nodes of its own.
    return list(parse(text, format=RdfFormat.TURTLE, rename_blank_nodes=True))


def _shapes(text: bytes) -> tuple[NamedNode, ...]:
    found = (quad.subject for quad in _quads(text) if quad.object in _SHAPE_CLASSES)
    return tuple(dict.fromkeys(node for node in found if isinstance(node, NamedNode)))
