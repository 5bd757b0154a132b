"""The whole pipeline: vault -> strategy -> graph -> validation -> targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from ds2026kg import __version__
from ds2026kg.catalog import Dataset, File, dataset_of, incomplete
from ds2026kg.catalog.documents import documents
from ds2026kg.catalog.facts import Facts, counted
from ds2026kg.checking import Check, Gates, check
from ds2026kg.config import Settings
from ds2026kg.findings import Finding, Severity, Text, sort_findings
from ds2026kg.graph.serialization import (
    FORMATS,
    METADATA_FILE,
    merge_turtle,
    write_context,
    write_csvw,
)
from ds2026kg.history import read_release
from ds2026kg.publication import publication_digest
from ds2026kg.query.executables import executables
from ds2026kg.query.named import load_queries
from ds2026kg.reading import Progress, Reading, silent
from ds2026kg.resources import resource_folder
from ds2026kg.site import site_files
from ds2026kg.strategy import StrategyGraph
from ds2026kg.targets import Artefact, Entry, write_folder
from ds2026kg.validation.reporters import View, reporter
from ds2026kg.validation.summary import exceeds

WRITING = Text("writing the data set", "écriture du jeu de données")

_REPORTS = (
    ("report.json", "json", "application/json"),
    ("report.sarif", "sarif", "application/sarif+json"),
    ("report.ttl", "turtle", "text/turtle"),
)


@dataclass(frozen=True, slots=True)
class Build(Check):
    """What came of a build. `manifest` is None where it was not written because of its findings.

    `incomplete` is the finding about what the settings do not tell of the data set: no reason not to
    write, and none of what was judged.
    """

    manifest: dict[str, Any] | None = None
    incomplete: Finding | None = None


def build(
    vault: Path,
    folder: Path,
    settings: Settings,
    *,
    formats: Sequence[str] = tuple(FORMATS),
    fail_on: Severity | None = Severity.VIOLATION,
    gates: Gates | None = None,
    validate: bool = True,
    site: bool = False,
    since: Path | None = None,
    progress: Progress = silent,
) -> Build:
    """Read, judge and write; nothing is written where a finding that counts weighs `fail_on` or more.

    A note that could not be read stops the build whatever `fail_on` and `gates` say: what is
    published would lack it. The report that is published has every finding. With `site`, pages lie
    beside the data set, as files for any host; they tell what has changed `since` an earlier build or
    file of its data.

    Raises `VaultError`, `DataError`, `OutputError`, `ConfigurationError`.
    """
    earlier = read_release(since, base=settings.dataset.base) if since is not None else None
    seen = check(vault, settings, gates, validate=validate, progress=progress)
    made = Build(seen.reading, seen.findings, seen.left_out, seen.outdated)
    if exceeds(made.findings, fail_on) or any(each.rule.unreadable for each in made.findings):
        return made
    progress(WRITING)
    told = sort_findings((*made.findings, *made.left_out))
    dataset = _dataset(made.reading)
    facts = counted(statement.quad for statement in made.reading.statements())
    manifest = write_folder(
        folder,
        _artefacts(made.reading, told, formats, facts.triples),
        _description(made.reading, validated=validate),
        describe=partial(_descriptions, dataset, facts),
        site=partial(site_files, made.reading, earlier) if site else None,
    )
    return replace(made, manifest=manifest, incomplete=incomplete(dataset))


def _artefacts(
    reading: Reading, findings: Sequence[Finding], formats: Sequence[str], triples: int
) -> Iterator[Artefact]:
    """Every file of the data set but those that describe the others."""
    graph, vocabulary = reading.graph, reading.vocabulary
    name = reading.settings.dataset.name
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
    questions = load_queries(resource_folder("queries")).values()
    endpoint = reading.settings.dataset.endpoint
    turtle = executables(questions, base=vocabulary.base, endpoint=endpoint)
    yield Artefact("queries.ttl", "text/turtle", turtle)
    view = View(base=vocabulary.base, source_line=cache(reading.vault.source.line), quote=False)
    published = _published(findings, graph)
    for file, kind, media_type in _REPORTS:
        yield Artefact(file, media_type, (reporter(kind)(published, view),))


def _descriptions(dataset: Dataset, facts: Facts, entries: Sequence[Entry]) -> Iterator[Artefact]:
    """The files that describe the others: DCAT, VoID, schema.org and the portal's record."""
    files = (
        File(entry["name"], entry["mediaType"], entry["bytes"], entry["sha256"])
        for entry in entries
    )
    for document in documents(replace(dataset, files=tuple(files)), facts):
        yield Artefact(document.name, document.media_type, (document.content,))


def _published(findings: Sequence[Finding], graph: StrategyGraph) -> list[Finding]:
    """The findings about the data set and the notes it came from; others are their keeper's alone."""
    notes = {place.file for entity in graph for place in entity.sources}
    return [
        finding
        for finding in findings
        if not finding.rule.local
        and (finding.rule.unreadable or finding.span is None or finding.span.file in notes)
    ]


def _description(reading: Reading, *, validated: bool) -> dict[str, Any]:
    """The head of the manifest: what made the data set, and of what. It holds no clock's time."""
    told = reading.settings
    dataset = told.dataset
    dates = [fact.value for entity in reading.graph for fact in entity.values("modified")]
    description: dict[str, Any] = {
        "generator": {"name": "ds2026kg", "version": __version__},
        "dataset": {"base": dataset.base, "name": dataset.name, "licence": dataset.licence},
        "source": {
            "notes": reading.vault.survey.counts.notes,
            "sha256": reading.vault.digest,
            "settings": publication_digest(dataset, told.publisher, told.portal),
        },
    }
    if dates:
        description["modified"] = max(dates)
    epoch = reading.settings.source_date_epoch
    if epoch is not None:
        description["built"] = datetime.fromtimestamp(epoch, UTC).isoformat()
    if not validated:
        description["validated"] = False  # such data are not put on a portal
    return description


def _dataset(reading: Reading) -> Dataset:
    notes = reading.vault.survey.counts.notes
    return dataset_of(reading.graph, reading.settings, notes, reading.vault.digest)
