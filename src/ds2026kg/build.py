"""The pipeline: vault -> strategy -> graph -> validation -> targets.

Each function is one stretch of the way; commands go as far along it as they need. `progress` is
told which phase begins, so that a terminal can show it and a benchmark can time it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ds2026kg import __version__
from ds2026kg.config import Settings
from ds2026kg.errors import DataError
from ds2026kg.findings import Finding, Severity, Text, sort_findings
from ds2026kg.graph.dataset import statements
from ds2026kg.graph.serialization import (
    FORMATS,
    METADATA_FILE,
    merge_turtle,
    write_context,
    write_csvw,
)
from ds2026kg.graph.statement import Statement
from ds2026kg.graph.vocabulary import Vocabulary, load_vocabulary
from ds2026kg.resources import resource_folder
from ds2026kg.strategy import StrategyGraph, StrategyReader
from ds2026kg.strategy.sections import SectionReader
from ds2026kg.targets import Artefact, write_folder
from ds2026kg.validation.reporters import View, reporter
from ds2026kg.validation.summary import exceeds
from ds2026kg.vault import Vault

Progress = Callable[[Text], None]

READING = Text("reading the notes", "lecture des notes")
UNDERSTANDING = Text("gathering the strategy", "assemblage de la stratégie")
MAPPING = Text("mapping to RDF", "conversion en RDF")
JUDGING = Text("judging with SHACL", "vérification SHACL")
WRITING = Text("writing the data set", "écriture du jeu de données")


def _silent(_phase: Text) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a vault says, and what is wrong with its notes and their meaning."""

    graph: StrategyGraph
    vocabulary: Vocabulary
    settings: Settings
    vault: Vault
    findings: tuple[Finding, ...]

    def statements(self) -> Iterator[Statement]:
        """Every statement of the data set, with the place it was read from."""
        return statements(self.graph, self.vocabulary)


@dataclass(frozen=True, slots=True)
class Build:
    """What came of a build. `manifest` is None where it was not written because of its findings."""

    reading: Reading
    findings: tuple[Finding, ...]
    manifest: dict[str, Any] | None


def read(vault: Path, settings: Settings, progress: Progress = _silent) -> Reading:
    """Read every note of `vault` and gather the strategy from them.

    Raises `VaultError` if the vault is missing or has no notes.
    """
    vocabulary = load_vocabulary(resource_folder("ontology"), settings.dataset.base)
    source = Vault(vault, max_bytes=settings.vault.max_note_bytes)
    told = settings.strategy
    sections = SectionReader(told.title_words, told.tags, told.actor_tags)
    strategy = StrategyReader(vocabulary.schema, sections, source.index, source.listing.passed_over)
    progress(READING)
    for note in source:
        strategy.add(note)
    progress(UNDERSTANDING)
    graph, about_meaning = strategy.finish()
    findings = (*source.findings(strategy), *about_meaning)
    return Reading(graph, vocabulary, settings, source, findings)


def judge(reading: Reading, progress: Progress = _silent) -> tuple[Finding, ...]:
    """Every finding about what was read, SHACL's among them, in report order.

    Raises `DataError` for more statements than the settings allow, `ConfigurationError` for shapes
    that cannot be used.
    """
    # rdflib and pyshacl take most of a second to import; only judging needs them.
    from ds2026kg.validation.judge import judge as judge_statements
    from ds2026kg.validation.shapes import load_shapes

    progress(MAPPING)
    settings = reading.settings.validation
    stated = _within(reading.statements(), settings.max_statements)
    progress(JUDGING)
    ours = sorted(resource_folder("shapes").glob("*.ttl"))
    found = judge_statements(
        stated,
        load_shapes(ours, map(Path, settings.shapes)),
        reading.vocabulary.ontology,
        base=reading.settings.dataset.base,
        engine=settings.engine,
    )
    return tuple(sort_findings((*reading.findings, *found)))


def _within(statements: Iterator[Statement], limit: int) -> list[Statement]:
    """All `statements`, if there are no more than `limit`: memory must not be what ends a run."""
    stated = list(islice(statements, limit))
    if next(statements, None) is not None:
        raise DataError(
            Text(
                f"the graph has more than {limit} statements, too many to judge",
                f"le graphe a plus de {limit} énoncés; c’est trop pour le vérifier",
            ),
            place="validation.max_statements",
            remedy=Text(
                "raise this setting if there is memory for them (about 2 GB a million), or build "
                "with --no-validate",
                "augmentez ce réglage s’il y a assez de mémoire (environ 2 Go par million), ou "
                "construisez avec --no-validate",
            ),
        )
    return stated


def build(
    vault: Path,
    folder: Path,
    settings: Settings,
    *,
    formats: Sequence[str] = tuple(FORMATS),
    fail_on: Severity | None = Severity.VIOLATION,
    validate: bool = True,
    progress: Progress = _silent,
) -> Build:
    """Read, judge and write; nothing is written where a finding weighs `fail_on` or more.

    A note that could not be read stops the build whatever `fail_on` says: what is published
    would lack it. Raises `VaultError`, `DataError`, `OutputError`, `ConfigurationError`.
    """
    reading = read(vault, settings, progress)
    findings = judge(reading, progress) if validate else tuple(sort_findings(reading.findings))
    if exceeds(findings, fail_on) or any(finding.rule.unreadable for finding in findings):
        return Build(reading, findings, None)
    progress(WRITING)
    artefacts = _artefacts(reading, findings, formats)
    manifest = write_folder(folder, artefacts, _description(reading))
    return Build(reading, findings, manifest)


def _artefacts(
    reading: Reading, findings: Sequence[Finding], formats: Sequence[str]
) -> Iterator[Artefact]:
    """Every file of the data set."""
    graph, vocabulary = reading.graph, reading.vocabulary
    name = reading.settings.dataset.name
    triples = sum(1 for _ in reading.statements())
    for key in formats:
        form = FORMATS[key]
        file = form.file if form.name == "csv" else f"{name}.{form.extension}"
        count = None if form.name == "csv" else triples
        yield Artefact(file, form.media_type, form.writer(graph, vocabulary), count)
        if form.name == "csv":
            table = write_csvw(vocabulary, licence=reading.settings.dataset.licence)
            yield Artefact(METADATA_FILE, "application/csvm+json", table)
    for kind in ("ontology", "shapes"):
        files = sorted(resource_folder(kind).glob("*.ttl"))
        yield Artefact(f"{kind}.ttl", "text/turtle", merge_turtle(files))
    yield Artefact("context.jsonld", "application/ld+json", write_context(vocabulary))
    view = View(base=vocabulary.base)
    told = _published(findings, graph)
    yield Artefact("report.json", "application/json", (reporter("json")(told, view),))
    yield Artefact("report.ttl", "text/turtle", (reporter("turtle")(told, view),))


def _published(findings: Sequence[Finding], graph: StrategyGraph) -> list[Finding]:
    """The findings about the data set and the notes it came from; others are their keeper's alone."""
    notes = {place.file for entity in graph for place in entity.sources}
    return [
        finding
        for finding in findings
        if not finding.rule.local
        and (finding.rule.unreadable or finding.span is None or finding.span.file in notes)
    ]


def _description(reading: Reading) -> dict[str, Any]:
    """The head of the manifest: what made the data set, and of what. It holds no clock's time."""
    dataset = reading.settings.dataset
    dates = [fact.value for entity in reading.graph for fact in entity.values("modified")]
    description: dict[str, Any] = {
        "generator": {"name": "ds2026kg", "version": __version__},
        "dataset": {"base": dataset.base, "name": dataset.name, "licence": dataset.licence},
        "source": {"notes": reading.vault.survey.counts.notes, "sha256": reading.vault.digest},
    }
    if dates:
        description["modified"] = max(dates)
    epoch = reading.settings.source_date_epoch
    if epoch is not None:
        description["built"] = datetime.fromtimestamp(epoch, UTC).isoformat()
    return description
