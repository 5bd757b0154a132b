"""The plain way: the same data set by python-frontmatter, rdflib, pyshacl and rdflib's serializers.

It is what a competent person writes in a day, and it is not made slow: each note is read once,
names are looked up in dictionaries, and the graph that pyshacl judges is rdflib's own. It does less
than ds2026kg: it traces nothing to a column, refuses nothing, and its patterns for links and
sentences fit the notes of `generator`, not whatever a vault may hold.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import frontmatter
from pyshacl import validate
from rdflib import DCTERMS, ORG, PROV, RDF, SKOS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

BASE = "https://w3id.org/ds2026/"
DS = Namespace(f"{BASE}ontology#")
ID = Namespace(f"{BASE}id/")
FORMATS = {
    "ttl": "turtle",
    "jsonld": "json-ld",
    "nt": "nt",
    "rdf": "xml",
    "nq": "nquads",
    "trig": "trig",
}
_TITLE = re.compile(r"Mission (\d+(?:\.\d+(?:[a-z])?)?)(?: (.+))?$")
_HEADING = re.compile(r"^# (.+)$")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_WIKILINK = re.compile(r"\[\[([^\]|#]*)(?:#[^\]|]*)?(?:\|([^\]]*))?\]\]")
_NOT_TEXT = re.compile(r"^(?:- |!\[|\[[^\]]*\]\([^)]*\) ↑)")
_SUPPORTS = re.compile(
    r"\b(?:work|in collaboration) with (?:\W*)|\bcoordinate |\bopportunities for "
)
_NO_FRENCH = {
    "en": "The notes give no French definition of this entity; none has been invented.",
    "fr": "Les notes ne donnent aucune définition en français de cette entité; "
    "aucune n’a été inventée.",
}


@dataclass(slots=True)
class NoteFile:
    """A note as python-frontmatter reads it. `first_line` is the line on which its body begins."""

    path: str
    name: str
    properties: dict[str, Any]
    body: str
    first_line: int


@dataclass(slots=True)
class Thing:
    """An entity: the properties of its own note, its text, and each note and line that describes it."""

    id: str
    properties: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    text: str = ""
    places: list[tuple[str, int]] = field(default_factory=list)
    own: tuple[str, int] | None = None
    dates: dict[str, list[str]] = field(default_factory=lambda: {"created": [], "modified": []})

    @property
    def kind(self) -> str:
        """What it is: "mission", "commitment", ..."""
        return self.id.partition("/")[0]

    @property
    def code(self) -> str:
        """The part of its identifier after the kind."""
        return self.id.partition("/")[2]


def build(vault: Path, folder: Path, resources: Path, progress: Callable[[str], None]) -> int:
    """Read `vault`, judge what it says, write it into `folder`; the number of triples.

    `resources` holds `ontology/` and `shapes/`. Raises `ValueError` if SHACL finds a violation.
    """
    dataset = read_dataset(vault, resources, progress)
    union = Graph()
    for graph in dataset.graphs():
        union += graph
    progress("judging")
    _judge(union, resources)
    progress("writing")
    _write(dataset, union, folder)
    return len(union)


def read_dataset(vault: Path, resources: Path, progress: Callable[[str], None]) -> Dataset:
    """What `vault` says, in two named graphs as ds2026kg has them, not yet judged."""
    progress("reading")
    notes = [_read(vault, file) for file in sorted(vault.rglob("*.md"))]
    progress("gathering")
    things = _gather(notes)
    progress("mapping")
    return _mapped(things, resources)


def _read(vault: Path, file: Path) -> NoteFile:
    text = file.read_text(encoding="utf-8")
    properties, body = frontmatter.parse(text)
    first_line = text[: text.rindex(body)].count("\n") + 1 if body else 1
    return NoteFile(file.relative_to(vault).as_posix(), file.stem, properties, body, first_line)


def _gather(notes: list[NoteFile]) -> dict[str, Thing]:
    things: dict[str, Thing] = {}
    for note in notes:
        own = _own_id(note)
        if own is None:
            continue
        thing = things.setdefault(own, Thing(own))
        thing.properties = note.properties
        _take_sections(note, own, things)
    return things


def _own_id(note: NoteFile) -> str | None:
    if "id" in note.properties:
        return str(note.properties["id"])
    match = _TITLE.match(note.name)
    return _id(match[1]) if match else None


def _id(notation: str) -> str:
    return f"{'commitment' if notation[-1].isalpha() else 'mission'}/{notation}"


def _take_sections(note: NoteFile, own: str, things: dict[str, Thing]) -> None:
    """Give the text under each heading to the entity that the heading names."""
    current = things[own]
    for number, line in enumerate(note.body.split("\n"), note.first_line):
        heading = _HEADING.match(line)
        if heading:
            link = _MARKDOWN_LINK.match(heading[1])
            title = unquote(link[2]).removesuffix(".md") if link else note.name
            match = _TITLE.match(title)
            identifier = _id(match[1]) if link and match else own
            current = things.setdefault(identifier, Thing(identifier))
            current.places.append((note.path, number))
            if not link:
                current.own = (note.path, number)
                current.name = (match[2] if match else None) or ""
            for key, dates in current.dates.items():
                if key in note.properties:
                    dates.append(str(note.properties[key]))
        elif line.strip() and not _NOT_TEXT.match(line) and not current.text:
            current.text = _plain_text(line)


def _plain_text(line: str) -> str:
    text = _WIKILINK.sub(lambda match: match[2] or match[1], line)
    return _MARKDOWN_LINK.sub(r"\1", text).replace("**", "").strip()


def _mapped(things: dict[str, Thing], resources: Path) -> Dataset:
    dataset = Dataset()
    _bind(dataset, resources)
    strategy = dataset.graph(URIRef(f"{BASE}graph/strategy"))
    provenance = dataset.graph(URIRef(f"{BASE}graph/provenance"))
    actors = _actor_names(things)
    pattern = _names_pattern(actors)
    concepts = _concepts(resources)
    for thing in things.values():
        relations = list(_relations(thing, actors, pattern, concepts))
        for triple in _description(thing):
            strategy.add(triple)
        for predicate, value, _ in relations:
            strategy.add((ID[thing.id], predicate, value))
        for triple in _provenance(thing, relations):
            provenance.add(triple)
    return dataset


def _bind(dataset: Dataset, resources: Path) -> None:
    context = json.loads((resources / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    for prefix, value in context["@context"].items():
        if isinstance(value, str) and value.startswith("http") and value[-1] in "#/":
            dataset.bind(prefix, value)


def _actor_names(things: dict[str, Thing]) -> dict[str, str]:
    names: dict[str, str] = {}
    for thing in things.values():
        if thing.kind == "actor":
            keys = ("title", "label_en", "label_fr", "acronym_en", "acronym_fr")
            given = [thing.properties.get(key) for key in keys]
            for name in (thing.code, *given, *thing.properties.get("aliases", ())):
                if name:
                    names[str(name).casefold()] = thing.id
    return names


def _names_pattern(actors: dict[str, str]) -> re.Pattern[str]:
    names = sorted(actors, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def _concepts(resources: Path) -> dict[str, URIRef]:
    concepts: dict[str, URIRef] = {}
    graph = _parsed(resources / "ontology")
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for subject, label in graph.subject_objects(predicate):
            if str(subject).startswith(str(ID)):
                concepts[str(label).casefold()] = URIRef(str(subject))
    return concepts


def _parsed(folder: Path) -> Graph:
    graph = Graph()
    for file in sorted(folder.glob("*.ttl")):
        graph.parse(file)
    return graph


def _relations(
    thing: Thing, actors: dict[str, str], pattern: re.Pattern[str], concepts: dict[str, URIRef]
) -> Iterator[tuple[URIRef, URIRef, str]]:
    """Predicate, value, and the words that it was read from ("" if it is given)."""
    if thing.kind not in ("mission", "commitment"):
        return
    up = thing.properties["up"]
    yield DS.hasParent, _parent(up[0] if isinstance(up, list) else up), ""
    for key in ("status", "priority"):
        if key in thing.properties:
            yield DS[key], concepts[thing.properties[key].casefold()], ""
    if thing.kind == "commitment":
        given = thing.properties.get("ledBy", ())
        leads, supports = _roles(thing.text, actors, pattern)
        for lead in [actors[name.casefold()] for name in given] or leads:
            yield DS.ledBy, ID[lead], "" if given else thing.text
        for supporter in supports:
            yield DS.supportedBy, ID[supporter], thing.text


def _parent(up: str) -> URIRef:
    match = _WIKILINK.search(up)
    title = _TITLE.match(match[1]) if match else None
    return ID[_id(title[1])] if title else ID["strategy/ds2026"]


def _roles(
    text: str, actors: dict[str, str], pattern: re.Pattern[str]
) -> tuple[list[str], list[str]]:
    """Who leads and who supports: names before each "will", but for those after a word of help."""
    supports: list[str] = []
    for cue in _SUPPORTS.finditer(text):
        named = pattern.match(text, cue.end())
        if named:
            supports.append(actors[named[0].casefold()])
    leads: list[str] = []
    start = 0
    for will in re.finditer(r"\bwill\b", text):
        names = pattern.findall(text[start : will.start()])
        # Before a second "will" its own clause begins after the words of the first.
        leads += [actors[name.casefold()] for name in (names[-1:] if start else names)]
        start = will.end()
    leads = [lead for lead in dict.fromkeys(leads) if lead not in supports]
    return leads, list(dict.fromkeys(supports))


def _description(thing: Thing) -> Iterator[tuple[Node, Node, Node]]:
    """What the strategy graph says of a thing, apart from its relations."""
    node, said = ID[thing.id], thing.properties
    yield node, RDF.type, DS[thing.kind.capitalize()]
    for source in (
        said.get("source", ()) if isinstance(said.get("source"), list) else [said.get("source")]
    ):
        if source:
            yield node, DCTERMS.source, URIRef(source)
    english = said.get("label_en") or thing.name or thing.text or said.get("title")
    french = said.get("label_fr") or said.get("definition_fr")
    for label, language in ((english, "en"), (french, "fr")):
        if label:
            yield node, SKOS.prefLabel, Literal(label, lang=language)
    if thing.kind == "actor":
        yield from _actor(thing)
        return
    yield node, SKOS.notation, Literal(thing.code)
    if thing.kind == "strategy":
        return
    yield node, SKOS.altLabel, Literal(f"Mission {thing.code}", lang="en")
    yield node, SKOS.definition, Literal(thing.text, lang="en")
    if "definition_fr" in said:
        yield node, SKOS.definition, Literal(said["definition_fr"], lang="fr")
    else:
        for language, note in _NO_FRENCH.items():
            yield node, SKOS.editorialNote, Literal(note, lang=language)


def _actor(thing: Thing) -> Iterator[tuple[Node, Node, Node]]:
    node, said = ID[thing.id], thing.properties
    federal = said["classification"] == "Federal organization"
    kind = "federal-organization" if federal else "group"
    yield node, ORG.classification, ID[f"actor-type/{kind}"]
    if federal:
        yield node, RDF.type, ORG.FormalOrganization
        yield node, ORG.identifier, Literal(str(said["gc_orgid"]))
    for language in ("en", "fr"):
        if f"acronym_{language}" in said:
            yield node, SKOS.altLabel, Literal(said[f"acronym_{language}"], lang=language)


def _provenance(
    thing: Thing, relations: list[tuple[URIRef, URIRef, str]]
) -> Iterator[tuple[Node, Node, Node]]:
    """The dates and passages of a thing, and a record for each of its relations."""
    node = ID[thing.id]
    for key, chosen in (("created", min), ("modified", max)):
        if thing.dates[key]:
            yield node, DCTERMS[key], Literal(chosen(thing.dates[key]), datatype=XSD.date)
    for number, (note, line) in enumerate(thing.places, 1):
        passage = ID[f"passage/{thing.id}/{number}"]
        yield node, PROV.wasDerivedFrom, passage
        yield passage, RDF.type, DS.Passage
        yield passage, DS.note, Literal(note)
        yield passage, DS.line, Literal(line)
    note, line = thing.own or thing.places[0]
    for predicate, value, words in relations:
        term, code = predicate.rpartition("#")[2], value.rpartition("/")[2]
        record = ID[f"statement/{thing.id}/{term}/{code}"]
        yield record, RDF.type, RDF.Statement
        yield record, RDF.subject, node
        yield record, RDF.predicate, predicate
        yield record, RDF.object, value
        yield record, DS.basis, ID["basis/derived" if words else "basis/asserted"]
        yield record, DS.note, Literal(note)
        yield record, DS.line, Literal(line)
        if words:
            yield record, PROV.value, Literal(words)


def _judge(union: Graph, resources: Path) -> None:
    shapes, ontology = _parsed(resources / "shapes"), _parsed(resources / "ontology")
    conforms, _, report = validate(
        union + ontology, shacl_graph=shapes, allow_warnings=True, inference="none"
    )
    if not conforms:
        raise ValueError(report)


def _write(dataset: Dataset, union: Graph, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, namespace in dataset.namespaces():
        union.bind(prefix, namespace)
    for extension, form in FORMATS.items():
        graph = dataset if form in ("nquads", "trig") else union
        graph.serialize(folder / f"ds2026.{extension}", format=form, encoding="utf-8")
    with (folder / "commitments.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["notation", "iri", "label_en", "label_fr", "led_by", "supported_by"])
        for node in union.subjects(RDF.type, DS.Commitment):
            names = {
                label.language: str(label)
                for label in union.objects(node, SKOS.prefLabel)
                if isinstance(label, Literal)
            }
            roles = [
                " ".join(map(str, union.objects(node, DS[key]))) for key in ("ledBy", "supportedBy")
            ]
            notation = union.value(node, SKOS.notation)
            rows.writerow([notation, node, names.get("en"), names.get("fr"), *roles])
