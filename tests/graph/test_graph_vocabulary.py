"""What the context and the ontology, taken together, say about keys and values."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ds2026kg.errors import ConfigurationError
from ds2026kg.graph.ontology import Concept
from ds2026kg.graph.vocabulary import Vocabulary, load_vocabulary
from ds2026kg.strategy.model import Field, Kind

BASE = "https://w3id.org/ds2026/"
REAL_ONTOLOGY = Path(__file__).parents[2] / "ontology"

Edit = Callable[[Callable[[dict[str, object]], object]], Path]


@pytest.fixture
def edited(ontology_folder: Path, tmp_path: Path) -> Edit:
    """Copies the small ontology, with its context changed."""

    def edit(change: Callable[[dict[str, object]], object]) -> Path:
        folder = tmp_path / "ontology"
        shutil.copytree(ontology_folder, folder)
        document = json.loads((folder / "context.jsonld").read_text("utf-8"))
        change(document["@context"])
        (folder / "context.jsonld").write_text(json.dumps(document), "utf-8")
        return folder

    return edit


def test_every_key_of_the_context_becomes_a_field(vocabulary: Vocabulary) -> None:
    """A key is read by the kind of its property, and stands for the first key of that property."""
    assert dict(vocabulary.schema.fields) == {
        "notation": Field("notation", "notation", Kind.STRING),
        "label": Field("label", "label", Kind.TEXT),
        "label_fr": Field("label_fr", "label", Kind.TEXT, "fr"),
        "altlabel": Field("altLabel", "altLabel", Kind.TEXT),
        "definition": Field("definition", "definition", Kind.TEXT),
        "hasparent": Field("hasParent", "hasParent", Kind.ENTITY),
        "up": Field("up", "hasParent", Kind.ENTITY),
        "ledby": Field("ledBy", "ledBy", Kind.ENTITY),
        "supportedby": Field("supportedBy", "supportedBy", Kind.ENTITY),
        "status": Field("status", "status", Kind.CONCEPT, scheme="status"),
        "priority": Field("priority", "priority", Kind.CONCEPT, scheme="priority"),
        "classification": Field(
            "classification", "classification", Kind.CONCEPT, scheme="actor-type"
        ),
        "gc_orgid": Field("gc_orgid", "gc_orgid", Kind.STRING),
        "source": Field("source", "source", Kind.IRI),
        "created": Field("created", "created", Kind.DATE),
        "modified": Field("modified", "modified", Kind.DATE),
    }


def test_a_concept_is_known_by_all_its_labels(vocabulary: Vocabulary) -> None:
    """Preferred and alternative labels in both languages, and the slug, lead to the concept."""
    assert vocabulary.schema.concepts["status"] == {
        "in progress": "status/in-progress",
        "en cours": "status/in-progress",
        "in-progress": "status/in-progress",
        "paused": "status/paused",
        "en pause": "status/paused",
        "bloqué": "status/paused",
    }


def test_a_concept_keeps_what_the_ontology_says(vocabulary: Vocabulary) -> None:
    """A concept has its IRI, scheme, classes and labels."""
    assert vocabulary.concepts["status/paused"] == Concept(
        id="status/paused",
        iri=BASE + "id/status/paused",
        scheme="status",
        types=frozenset(
            {BASE + "ontology#Status", "http://www.w3.org/2002/07/owl#NamedIndividual"}
        ),
        labels={"en": "Paused", "fr": "En pause"},
        names=("Bloqué", "En pause", "Paused"),
    )


def test_another_base_moves_things_but_not_the_vocabulary(ontology_folder: Path) -> None:
    """Entities, prefixes and `@base` follow the base; terms and concepts keep their IRIs."""
    moved = load_vocabulary(ontology_folder, "https://example.org/x/")
    assert (
        moved.iri("mission/3.1"),
        moved.iri("status/paused"),
        moved.terms["ledBy"].iri,
        moved.prefixes["mission"],
        moved.prefixes["status"],
        moved.context["@base"],
        moved.graph("strategy"),
    ) == (
        "https://example.org/x/id/mission/3.1",
        BASE + "id/status/paused",
        BASE + "ontology#ledBy",
        "https://example.org/x/id/mission/",
        BASE + "id/status/",
        "https://example.org/x/id/",
        "https://example.org/x/graph/strategy",
    )


@pytest.mark.parametrize(
    "base", ["", "ds2026/", "https://w3id.org/ds2026", "https://w3id.org/a b/"]
)
def test_a_base_is_an_absolute_iri_that_ends_in_a_slash(ontology_folder: Path, base: str) -> None:
    """Any other base is refused, and named."""
    with pytest.raises(ConfigurationError, match="not an absolute IRI ending in /") as raised:
        load_vocabulary(ontology_folder, base)
    assert raised.value.place == base


def test_a_missing_context_is_named(tmp_path: Path) -> None:
    """Without context.jsonld there is no vocabulary."""
    with pytest.raises(ConfigurationError, match="cannot be read") as raised:
        load_vocabulary(tmp_path, BASE)
    assert raised.value.place == str(tmp_path / "context.jsonld")


def test_a_folder_without_turtle_is_named(ontology_folder: Path, tmp_path: Path) -> None:
    """Without a Turtle file there is no ontology."""
    shutil.copy(ontology_folder / "context.jsonld", tmp_path)
    with pytest.raises(ConfigurationError, match="holds no Turtle file") as raised:
        load_vocabulary(tmp_path, BASE)
    assert raised.value.place == str(tmp_path)


def test_a_fault_in_turtle_is_placed(edited: Edit) -> None:
    """A syntax error in the ontology is shown with file, line and column."""
    folder = edited(lambda _: None)
    (folder / "broken.ttl").write_text(
        "<http://example.org/a>\n  <http://example.org/b> ;", "utf-8"
    )
    with pytest.raises(ConfigurationError, match="is not Turtle") as raised:
        load_vocabulary(folder, BASE)
    assert raised.value.place == f"{folder / 'broken.ttl'}:2:26"


@pytest.mark.parametrize(
    ("content", "place"),
    [("{\n  oops }", ":2:3"), ("[]", ""), ("{}", ""), ('{"@context": []}', "")],
)
def test_a_context_must_be_json_with_a_context(edited: Edit, content: str, place: str) -> None:
    """A fault in the context is shown with its place."""
    path = edited(lambda _: None) / "context.jsonld"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        load_vocabulary(path.parent, BASE)
    assert raised.value.place == f"{path}{place}"


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("wrong", {"@id": "nowhere:x"}),
        ("wrong", {"@id": "not an iri"}),
        ("wrong", {"@type": "@id"}),
        ("wrong", 5),
        ("wrong", {"@id": "skos:note", "@language": "en_CA"}),
        ("wrong", {"@id": "skos:note", "@language": "en"}),
        ("wrong", {"@id": "schema:size", "@type": "xsd:double"}),
        ("wrong", "nowhere:Class"),
    ],
)
def test_an_entry_that_is_not_understood_is_refused(edited: Edit, key: str, entry: object) -> None:
    """No entry of the context is silently left out."""
    folder = edited(lambda context: context.update({key: entry}))
    with pytest.raises(ConfigurationError) as raised:
        load_vocabulary(folder, BASE)
    assert raised.value.place == f"{folder / 'context.jsonld'}: {key}"


def test_a_range_without_concepts_is_refused(edited: Edit) -> None:
    """A property whose values are concepts needs a scheme of them."""
    folder = edited(lambda context: context.update(mood={"@id": "ds:mood", "@type": "@id"}))
    (folder / "mood.ttl").write_text(
        f"<{BASE}ontology#mood> <http://www.w3.org/2000/01/rdf-schema#range> "
        f"<{BASE}ontology#Mood> .",
        "utf-8",
    )
    with pytest.raises(ConfigurationError, match="no concept scheme"):
        load_vocabulary(folder, BASE)


def test_two_concepts_cannot_share_a_label(edited: Edit) -> None:
    """A label that leads to two concepts of one scheme is refused."""
    folder = edited(lambda _: None)
    (folder / "more.ttl").write_text(
        f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<{BASE}id/status/late> "
        f"a skos:Concept, <{BASE}ontology#Status> ; skos:inScheme <{BASE}id/status> ; "
        'skos:prefLabel "PAUSED"@en .',
        "utf-8",
    )
    with pytest.raises(ConfigurationError, match="share the label"):
        load_vocabulary(folder, BASE)


def test_the_real_ontology_gives_every_key_its_kind() -> None:
    """In the project's own ontology links lead to entities, and codes to concepts."""
    fields = load_vocabulary(REAL_ONTOLOGY, BASE).schema.fields
    links = ("up", "parent", "hasparent", "ledby", "dept_lead", "supportedby")
    assert {key: fields[key].kind for key in links} == dict.fromkeys(links, Kind.ENTITY)
    assert {key: field.scheme for key, field in fields.items() if field.scheme} == {
        "status": "status",
        "priority": "priority",
        "classification": "actor-type",
    }


def test_the_real_ontology_has_the_five_statuses_of_the_tracker() -> None:
    """A status can be given in the tracker's words, present or former, in both languages."""
    statuses = load_vocabulary(REAL_ONTOLOGY, BASE).schema.concepts["status"]
    assert {statuses[word] for word in ("not started", "in progress", "completed", "behind")} | {
        statuses[word] for word in ("blocked", "bloqué", "en pause")
    } == {f"status/{s}" for s in ("not-started", "in-progress", "completed", "behind", "paused")}
