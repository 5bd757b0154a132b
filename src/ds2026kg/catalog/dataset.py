"""What is described: the data set as its publisher and its own notes tell of it."""

from __future__ import annotations

from dataclasses import dataclass

from ds2026kg.config import PublisherSettings, Settings
from ds2026kg.findings import Text
from ds2026kg.graph.identifiers import relative_reference
from ds2026kg.strategy.model import Actor, Entity, Strategy, StrategyGraph

UNTOLD = Text("", "")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a build: its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes. `iri` is that of the actor in the data, or "" if none has the same GC OrgID."""

    name: Text = UNTOLD
    iri: str = ""


NOBODY = Publisher()


@dataclass(frozen=True, slots=True)
class Dataset:
    """The data set. What is not known in a language, or at all, is "".

    `modified` is the day (ISO 8601) on which a note of it last changed; `sources` are the addresses
    that the strategy was published at; `digest` is the SHA-256 of all `notes` that were read.
    """

    settings: Settings
    title: Text = UNTOLD
    description: Text = UNTOLD
    publisher: Publisher = NOBODY
    modified: str = ""
    sources: tuple[str, ...] = ()
    notes: int = 0
    digest: str = ""
    files: tuple[File, ...] = ()


def dataset_of(graph: StrategyGraph, settings: Settings, notes: int, digest: str) -> Dataset:
    """The data set of `graph`, under `settings`; its files are not made yet.

    A title or description that the settings lack is the strategy's own, in the same language; a name
    of the publisher, that of the actor with the same GC OrgID.

    >>> dataset_of(StrategyGraph(()), Settings(), 0, "").title
    Text(en='', fr='')
    """
    told = settings.dataset
    strategy = next((entity for entity in graph if isinstance(entity, Strategy)), None)
    modified = (fact.value for entity in graph for fact in entity.values("modified"))
    return Dataset(
        settings,
        title=_either(told.title_en, told.title_fr, _text(strategy, "label")),
        description=_either(
            told.description_en, told.description_fr, _text(strategy, "definition")
        ),
        publisher=_publisher(graph, settings.publisher, told.base),
        modified=max(modified, default=""),
        sources=_sources(strategy),
        notes=notes,
        digest=digest,
    )


def _publisher(graph: StrategyGraph, told: PublisherSettings, base: str) -> Publisher:
    actor = next(
        (
            entity
            for entity in graph
            if isinstance(entity, Actor)
            for fact in entity.values("gc_orgid")
            if told.gc_orgid and fact.value == str(told.gc_orgid)
        ),
        None,
    )
    name = _either(told.name_en, told.name_fr, _text(actor, "label"))
    return Publisher(name, f"{base}id/{relative_reference(actor.id)}" if actor else "")


def _text(entity: Entity | None, term: str) -> Text:
    """The text of `term` in each language."""
    facts = list(entity.values(term)) if entity is not None else []
    en, fr = (
        next((fact.value for fact in facts if fact.language == language), "")
        for language in Text._fields
    )
    return Text(en, fr)


def _either(en: str, fr: str, otherwise: Text) -> Text:
    return Text(en.strip() or otherwise.en, fr.strip() or otherwise.fr)


def _sources(strategy: Strategy | None) -> tuple[str, ...]:
    if strategy is None:
        return ()
    return tuple(sorted({fact.value for fact in strategy.values("source")}))
