"""The page of the vocabulary: each class, property and concept, with what it means and how it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.kind import Content, Kind, Visit, alone
from ds2026kg.pages.terms import ONTOLOGY, called, local_name, seen, shapes_about
from ds2026kg.pages.view import TYPE, Said, Term, View, term

PATH: Final = "ontology"
FORMS: Final = ("ttl", "jsonld", "nt", "rdf")

WORDS: Final = {
    "namespace": Text("Namespace", "Espace de noms"),
    "prefix": Text("Prefix", "Préfixe"),
    "version": Text("Version", "Version"),
    "modified": Text("Last change", "Dernière modification"),
    "shapes": Text("The rules for data in these terms", "Les règles des données en ces termes"),
    "contents": Text("On this page", "Sur cette page"),
    "classes": Text("Classes", "Classes"),
    "properties": Text("Properties", "Propriétés"),
    "schemes": Text("Concept schemes", "Schémas de concepts"),
    "foreign": Text("Terms of other vocabularies", "Termes d’autres vocabulaires"),
    "foreign_how": Text(
        "These are declared only as far as OWL asks for it.",
        "Ils ne sont déclarés que dans la mesure où OWL le demande.",
    ),
    "example": Text("Example", "Exemple"),
    "rules": Text("Rules about it", "Règles à son sujet"),
    "used": Text("Used in these data", "Emploi dans ces données"),
    "things": Text("things", "choses"),
    "times": Text("times", "fois"),
    "concept": Text("Concept", "Concept"),
    "notation": Text("Notation", "Notation"),
    "meaning": Text("Meaning", "Sens"),
}
_RELATIONS: Final = (
    (term("rdfs:subClassOf"), Text("Kind of", "Sorte de")),
    (term("rdfs:subPropertyOf"), Text("Kind of", "Sorte de")),
    (term("rdfs:domain"), Text("Of", "De")),
    (term("rdfs:range"), Text("Value", "Valeur")),
    (term("owl:propertyDisjointWith"), Text("Never together with", "Jamais en même temps que")),
)
_CLASS: Final = term("owl:Class")
_PROPERTIES: Final = (term("owl:ObjectProperty"), term("owl:DatatypeProperty"))
_DECLARED: Final = (_CLASS, *_PROPERTIES, term("owl:AnnotationProperty"))


class Entry(NamedTuple):
    """A term of the vocabulary as its entry shows it; `anchor` is the `id` that its IRI opens at."""

    node: NamedNode
    anchor: str
    label: Said
    texts: tuple[Said, ...]
    examples: tuple[Said, ...]
    relations: tuple[tuple[str, tuple[Term, ...]], ...]
    rules: tuple[tuple[NamedNode, Said], ...]
    used: int


class Scheme(NamedTuple):
    """A concept scheme, with its concepts and how often each is used."""

    node: NamedNode
    anchor: str
    label: Said
    notes: tuple[Said, ...]
    concepts: tuple[tuple[NamedNode, str, tuple[Said, ...], int], ...]


def _content(visit: Visit) -> Content:
    words = seen(visit.view.language)
    title = words.label(ONTOLOGY)
    abstract = words.text(ONTOLOGY, term("dcterms:abstract")) or title
    mine = f"{ONTOLOGY.value}#"
    classes = [each for each in words.instances(_CLASS) if each.value.startswith(mine)]
    properties = [each for each in _instances(words, _PROPERTIES) if each.value.startswith(mine)]
    return Content(
        title=title,
        summary=abstract.text,
        values={
            "abstract": abstract,
            "namespace": mine,
            "version": words.text(ONTOLOGY, term("owl:versionInfo")),
            "modified": words.text(ONTOLOGY, term("dcterms:modified")),
            "classes": [_entry(visit.view, words, each, _instances_of) for each in classes],
            "properties": [_entry(visit.view, words, each, _uses_of) for each in properties],
            "schemes": [
                _scheme(visit.view, words, each)
                for each in words.instances(term("skos:ConceptScheme"))
            ],
            "foreign": [
                each for each in _instances(words, _DECLARED) if not each.value.startswith(mine)
            ],
            "called": partial(called, words),
        },
        structured={
            "@type": "DefinedTermSet",
            "@id": ONTOLOGY.value,
            "name": title.text,
            "description": abstract.text,
            "hasDefinedTerm": [{"@id": each.value} for each in (*classes, *properties)],
        },
        forms=FORMS,
    )


def _instances(words: View, kinds: Iterable[NamedNode]) -> list[NamedNode]:
    found = {each: None for kind in kinds for each in words.instances(kind)}
    return sorted(found, key=lambda node: node.value)


def _entry(
    view: View, words: View, node: NamedNode, used: Callable[[View, NamedNode], int]
) -> Entry:
    relations = [
        (name.in_language(view.language), tuple(words.values(node, predicate)))
        for predicate, name in _RELATIONS
    ]
    return Entry(
        node,
        local_name(node.value),
        words.label(node),
        (
            *words.texts(node, term("skos:definition")),
            *words.texts(node, term("skos:scopeNote")),
        ),
        tuple(words.texts(node, term("skos:example"))),
        tuple(relation for relation in relations if relation[1]),
        tuple((shape, called(words, shape)) for shape in shapes_about().get(node.value, ())),
        used(view, node),
    )


def _scheme(view: View, words: View, node: NamedNode) -> Scheme:
    concepts = words.subjects(term("skos:inScheme"), node)
    return Scheme(
        node,
        f"scheme-{node.value.rpartition('/')[2]}",
        words.label(node),
        tuple(words.texts(node, term("skos:scopeNote"))),
        tuple(
            (
                concept,
                words.notation(concept),
                tuple(words.texts(concept, term("skos:definition"))),
                _pointers_to(view, concept),
            )
            for concept in concepts
        ),
    )


def _instances_of(view: View, node: NamedNode) -> int:
    return len({quad.subject for quad in view.store.quads_for_pattern(None, TYPE, node)})


def _uses_of(view: View, node: NamedNode) -> int:
    return len({quad.triple for quad in view.store.quads_for_pattern(None, node, None)})


def _pointers_to(view: View, concept: NamedNode) -> int:
    """How many things of the strategy have the concept; its scheme and the records do not count."""
    return len(
        {
            quad.subject
            for quad in view.store.quads_for_pattern(None, None, concept)
            if isinstance(quad.subject, NamedNode)
            and view.has_page(quad.subject)
            and quad.predicate.value.startswith(
                (f"{ONTOLOGY.value}#", term("org:classification").value)
            )
        }
    )


PAGE = Kind(PATH, "ontology.html", _content, alone(PATH), Text("Vocabulary", "Vocabulaire"), WORDS)
