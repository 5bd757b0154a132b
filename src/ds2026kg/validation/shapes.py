"""The SHACL shapes, read from files into rules that speak both languages.

A rule is a shape with an IRI: its local name is the rule's code, its sh:message the rule's
message, its rdfs:comment why the rule is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from ds2026kg.errors import ConfigurationError, reason_of
from ds2026kg.findings import Rule, Severity, Text
from ds2026kg.validation.paths import Compound, Operator
from ds2026kg.validation.paths import Path as PropertyPath
from ds2026kg.validation.terms import Terms, quiet, triples

# Not a SHACL term: sh:message says how to mend already. A shape may still keep the two apart.
REMEDY = URIRef("https://w3id.org/ds2026/shapes#remedy")

_SEVERITIES: dict[Node, Severity] = {
    SH.Info: Severity.INFO,
    SH.Warning: Severity.WARNING,
    SH.Violation: Severity.VIOLATION,
}
_SHAPE_CLASSES = (SH.NodeShape, SH.PropertyShape)
_LEADS_TO_SHAPE = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)
_MAKES_A_SHAPE = (
    SH.targetClass,
    SH.targetNode,
    SH.targetObjectsOf,
    SH.targetSubjectsOf,
    SH.property,
    SH.path,
)
_VALIDATORS = (SH.validator, SH.nodeValidator, SH.propertyValidator)
_UNARY_PATHS: dict[URIRef, Operator] = {
    SH.inversePath: "^",
    SH.zeroOrMorePath: "*",
    SH.oneOrMorePath: "+",
    SH.zeroOrOnePath: "?",
}
_BASE = "https://w3id.org/ds2026/shapes"
_DEEPEST_PATH = 32  # a path that holds itself is ill-formed; stop somewhere
_PLACEHOLDER = re.compile(r"\{[$?]([^\W\d]\w*)\}|[{}]")

_NO_SHAPE = Text("there is no shape in this file", "il n’y a aucune forme dans ce fichier")
_NO_TEXT = Text("", "")
_NO_MESSAGE = Text(
    "{this} does not conform to the shape {shape} ({component}).",
    "{this} n’est pas conforme à la forme {shape} ({component}).",
)


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph (SHACL §1.5) and the rules it states, by the IRI of each shape.

    `places` has what the user's own files describe, each node with its file.
    """

    graph: Graph
    rules: Mapping[str, Rule]
    places: Mapping[Node, str] = field(default_factory=dict)

    def rule_for(
        self, shape: Node, constraint: Node | None, component: Node, severity: Node
    ) -> Rule:
        """The rule that a result breaks, from its source shape, constraint, component and severity.

        A shape without an IRI belongs to the nearest shape around it that has one, but keeps a
        message and a severity of its own.
        """
        name = self.name(shape)
        graph = self.graph
        speakers = [constraint] if constraint is not None else []
        speakers += [shape, *_component_speakers(graph, component)]
        if name is not None:
            speakers.append(URIRef(name))
        return Rule(
            code=local_name(name) if name is not None else "unnamed-shape",
            severity=_SEVERITIES.get(severity, Severity.VIOLATION),
            message=_first_text(graph, speakers, SH.message) or _NO_MESSAGE,
            remedy=_first_text(graph, speakers, REMEDY) or _NO_TEXT,
            iri=name,
            why=_first_text(graph, speakers, RDFS.comment) or _NO_TEXT,
        )

    def name(self, shape: Node) -> str | None:
        """The IRI of `shape`, or of the nearest named shape around it."""
        ring, seen = {shape}, {shape}
        while ring:
            named = sorted(str(node) for node in ring if isinstance(node, URIRef))
            if named:
                return named[0]
            ring = {outer for node in ring for outer in self.graph.subjects(None, node)} - seen
            seen |= ring
        return None


def load_shapes(files: Iterable[Path], own: Iterable[Path] = ()) -> Shapes:
    """The shapes in `files` and in the user's `own` (Turtle), as one graph.

    Raises `ConfigurationError`, naming the file and where known the line, for a file that cannot
    be read or is not Turtle, and for one of `own` that says nothing in SHACL's terms. `owl:imports`
    is not followed: nothing comes from the network.
    """
    graph = Graph(bind_namespaces="none")
    places: dict[Node, str] = {}
    for file in files:
        _read_into(graph, file)
    ours = set(graph.subjects())
    for file in own:
        described = _read_into(graph, file)
        stated = {str(term) for node in described for term in graph.predicates(node)}
        if not any(term.startswith(str(SH)) for term in stated):
            raise unusable_shapes(_NO_SHAPE, place=str(file))
        for node in described - ours:
            places.setdefault(node, str(file))
    named = sorted(shape for shape in all_shapes(graph) if isinstance(shape, URIRef))
    return Shapes(graph, {str(shape): _rule(graph, shape) for shape in named}, places)


def _read_into(graph: Graph, file: Path) -> set[Node]:
    """Add what `file` says, read by pyoxigraph: it keeps lexical forms and tells the line.

    Gives the nodes that it describes.
    """
    described = set()
    try:
        # The file's own IRI is no base: what is judged must not depend on where the file lies.
        quads = parse(file.read_bytes(), format=RdfFormat.TURTLE, base_iri=_BASE)
        with quiet():
            for triple in triples(quads, Terms()):
                graph.add(triple)
                described.add(triple[0])
    except SyntaxError as error:
        raise unusable_shapes(error.msg, place=f"{file}:{error.lineno}") from error
    except OSError as error:
        raise unusable_shapes(reason_of(error), place=str(file)) from error
    for prefix, namespace in quads.prefixes.items():
        graph.bind(prefix, namespace)
    return described


def read_path(graph: Graph, node: Node, _depth: int = 0) -> PropertyPath | None:
    """The path that `node` stands for in `graph`; None if it is not a well-formed path."""
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if _depth > _DEEPEST_PATH:
        return None
    operator, members = _path_members(graph, node)
    parts = [read_path(graph, member, _depth + 1) for member in members]
    whole = tuple(part for part in parts if part is not None)
    return Compound(operator, whole) if whole and len(whole) == len(parts) else None


def _path_members(graph: Graph, node: Node) -> tuple[Operator, list[Node]]:
    if (node, RDF.first, None) in graph:
        return "/", list(graph.items(node))
    for alternatives in graph.objects(node, SH.alternativePath):
        return "|", list(graph.items(alternatives))
    for predicate, operator in _UNARY_PATHS.items():
        for inner in graph.objects(node, predicate):
            return operator, [inner]
    return "/", []


def unusable_shapes(reason: str | Text, place: str = "") -> ConfigurationError:
    """The error for shapes that cannot be read, or that a SHACL processor refuses.

    A reason that is a library's own is in its language.
    """
    reason = reason if isinstance(reason, Text) else Text(reason, reason)
    return ConfigurationError(
        Text(
            f"these SHACL shapes cannot be used: {reason.en}",
            f"ces formes SHACL ne peuvent pas servir\u00a0: {reason.fr}",
        ),
        place=place,
        remedy=Text(
            "mend the shapes file, or use the shapes that come with ds2026kg",
            "corrigez le fichier de formes, ou utilisez les formes qui viennent avec ds2026kg",
        ),
    )


def template(message: str) -> str:
    """An sh:message as a template of `Text`: SHACL's placeholders kept, other braces doubled.

    >>> template("{$this} has {?value} {sic}")
    '{this} has {value} {{sic}}'
    """
    return _PLACEHOLDER.sub(
        lambda match: f"{{{match[1]}}}" if match[1] else match[0] * 2,
        message,
    )


def local_name(iri: str) -> str:
    """What follows the last "#" or "/" of `iri`.

    >>> local_name("https://w3id.org/ds2026/shapes#commitment-lead-missing")
    'commitment-lead-missing'
    """
    return re.split(r"[#/]", iri)[-1]


def all_shapes(graph: Graph) -> set[Node]:
    """Every shape in `graph`, with an IRI or without; the parameters of components are none."""
    parameters = set(graph.objects(None, SH.parameter))
    nodes: set[Node] = set()
    for shape_class in _SHAPE_CLASSES:
        nodes.update(graph.subjects(RDF.type, shape_class))
    for predicate in _LEADS_TO_SHAPE:
        nodes.update(graph.objects(None, predicate))
    for predicate in _MAKES_A_SHAPE:
        nodes.update(graph.subjects(predicate, None))
    return nodes - parameters


def _rule(graph: Graph, shape: URIRef) -> Rule:
    severity = min(graph.objects(shape, SH.severity), key=str, default=SH.Violation)
    return Rule(
        code=local_name(shape),
        severity=_SEVERITIES.get(severity, Severity.VIOLATION),
        message=_text(graph, shape, SH.message) or _NO_MESSAGE,
        remedy=_text(graph, shape, REMEDY) or _NO_TEXT,
        iri=str(shape),
        why=_text(graph, shape, RDFS.comment) or _NO_TEXT,
    )


def _component_speakers(graph: Graph, component: Node) -> Iterator[Node]:
    """Where a SPARQL-based constraint component keeps its messages (SHACL §6.2.3)."""
    for predicate in _VALIDATORS:
        yield from sorted(graph.objects(component, predicate), key=str)
    yield component


def _first_text(graph: Graph, nodes: Iterable[Node], predicate: URIRef) -> Text | None:
    texts = (_text(graph, node, predicate) for node in nodes)
    return next((text for text in texts if text), None)


def _text(graph: Graph, node: Node, predicate: URIRef) -> Text | None:
    """The value of `predicate` in both languages; one stands in for the other if it is missing."""
    spoken: dict[str, list[str]] = {"en": [], "fr": [], "": []}
    for value in graph.objects(node, predicate):
        if isinstance(value, Literal):
            spoken.setdefault((value.language or "")[:2].lower(), []).append(str(value))
    words = {tag: template(" ".join(sorted(texts))) for tag, texts in spoken.items() if texts}
    if not words:
        return None
    either = next(iter(words.values()))
    return Text(words.get("en", either), words.get("fr", either))
