"""The pipeline: vault -> strategy -> graph -> validation -> targets.

Each function is one stretch of the way; commands go as far along it as they need. `progress` is
told which phase begins, so that a terminal can show it and a benchmark can time it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from ds2026kg import __version__
from ds2026kg.config import Settings
from ds2026kg.errors import DataError, VaultError
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
from ds2026kg.targets import Artefact, write_files, write_folder
from ds2026kg.validation.baseline import (
    Entry,
    baseline_text,
    check_place,
    parse_baseline,
    read_baseline,
)
from ds2026kg.validation.catalogue import by_code, rules_of_meaning, rules_of_reading
from ds2026kg.validation.changes import touched
from ds2026kg.validation.fingerprints import fingerprints
from ds2026kg.validation.reporters import View, reporter
from ds2026kg.validation.silence import silenced
from ds2026kg.validation.summary import exceeds
from ds2026kg.vault import Vault
from ds2026kg.vault.revision import Revision, open_revision
from ds2026kg.vault.silences import Silence, read_silences, told

Progress = Callable[[Text], None]

READING = Text("reading the notes", "lecture des notes")
UNDERSTANDING = Text("gathering the strategy", "assemblage de la stratégie")
MAPPING = Text("mapping to RDF", "conversion en RDF")
JUDGING = Text("judging with SHACL", "vérification SHACL")
LOOKING_BACK = Text(
    "judging the notes as they were", "vérification des notes telles qu’elles étaient"
)
WRITING = Text("writing the data set", "écriture du jeu de données")


_REPORTS = (
    ("report.json", "json", "application/json"),
    ("report.sarif", "sarif", "application/sarif+json"),
    ("report.ttl", "turtle", "text/turtle"),
)


def silent(_phase: Text) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a vault says, and what is wrong with its notes and their meaning."""

    graph: StrategyGraph
    vocabulary: Vocabulary
    settings: Settings
    vault: Vault
    findings: tuple[Finding, ...]
    silences: tuple[Silence, ...] = ()

    def statements(self) -> Iterator[Statement]:
        """Every statement of the data set, with the place it was read from."""
        return statements(self.graph, self.vocabulary)


@dataclass(frozen=True, slots=True)
class Gates:
    """Which findings count, beside their severity.

    Those in the file `baseline` do not; with a revision of git in `since`, only those do that
    notes changed since then have, or that were not there.
    """

    baseline: Path | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What was read and found. `left_out` are findings that were there at the revision.

    `outdated` are the entries of the baseline that no finding needs.
    """

    reading: Reading
    findings: tuple[Finding, ...]
    left_out: tuple[Finding, ...] = ()
    outdated: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Build(Check):
    """What came of a build. `manifest` is None where it was not written because of its findings."""

    manifest: dict[str, Any] | None = None


def read(
    vault: Path,
    settings: Settings,
    progress: Progress = silent,
    drafts: Mapping[str, bytes] | None = None,
) -> Reading:
    """Read every note of `vault` and gather the strategy from them.

    `drafts` are read in the place of the notes at these paths: what is not written yet.
    Raises `VaultError` if the vault is missing or has no notes.
    """
    vocabulary = load_vocabulary(resource_folder("ontology"), settings.dataset.base)
    source = Vault(vault, max_bytes=settings.vault.max_note_bytes, drafts=drafts)
    named = settings.strategy
    sections = SectionReader(named.title_words, named.tags, named.actor_tags)
    passed_over = source.listing.passed_over
    strategy = StrategyReader(
        vocabulary.schema, sections, source.index, source.mending, passed_over
    )
    progress(READING)
    silences: list[Silence] = []
    for note in source:
        strategy.add(note)
        silences.extend(read_silences(note))
    progress(UNDERSTANDING)
    graph, about_meaning = strategy.finish()
    findings = (*source.findings(strategy), *about_meaning)
    heard = told(silences, source.survey)
    return Reading(graph, vocabulary, settings, source, findings, heard)


def judge(reading: Reading, progress: Progress = silent) -> tuple[Finding, ...]:
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
    loaded = load_shapes(ours, map(Path, settings.shapes))
    found = judge_statements(
        stated,
        loaded,
        reading.vocabulary.ontology,
        base=reading.settings.dataset.base,
        engine=settings.engine,
    )
    rules = by_code((*rules_of_reading(), *rules_of_meaning(), *loaded.rules.values()))
    return tuple(sort_findings(silenced((*reading.findings, *found), reading.silences, rules)))


def judge_notes(reading: Reading) -> tuple[Finding, ...]:
    """The findings about notes and their meaning alone, in report order."""
    rules = by_code((*rules_of_reading(), *rules_of_meaning()))
    heard = silenced(reading.findings, reading.silences, rules, all_judged=False)
    return tuple(sort_findings(heard))


def check(
    vault: Path,
    settings: Settings,
    gates: Gates | None = None,
    *,
    validate: bool = True,
    drafts: Mapping[str, bytes] | None = None,
    progress: Progress = silent,
) -> Check:
    """Read and judge, and tell apart which findings count; `drafts` are as `read` has them.

    Raises `VaultError`, `ConfigurationError` (a baseline or a revision that cannot be used).
    """
    gates = gates or Gates()
    baseline = read_baseline(gates.baseline) if gates.baseline is not None else None
    reading = read(vault, settings, progress, drafts)
    revision = open_revision(vault, gates.since) if gates.since is not None else None
    found: Sequence[Finding] = judge(reading, progress) if validate else judge_notes(reading)
    if baseline is None and revision is None:
        return Check(reading, tuple(found))
    marks = fingerprints(found, reading.vault.source.line)
    outdated: list[Entry] = []
    left_out: list[Finding] = []
    if baseline is not None:
        found, outdated = baseline.known(found, marks)
    if revision is not None:
        progress(LOOKING_BACK)
        before = _marks_at(revision, settings, validate=validate)
        before.update(
            mark
            for mark, each in zip(marks, found, strict=True)
            if each.span is not None and each.span.file in revision.unchanged_symlinks
        )
        found, left_out = touched(found, marks, before=before, changed=revision.changed)
    return Check(reading, tuple(found), tuple(left_out), tuple(outdated))


def make_known(seen: Check, file: Path) -> Check:
    """Write a baseline of all that was found to `file`, and take it as known.

    Raises `OutputError` if it cannot be written, or would take the place of another kind of file.
    """
    marks = fingerprints(seen.findings, seen.reading.vault.source.line)
    text = baseline_text(seen.findings, marks)
    check_place(file)
    write_files({file: text})
    known, _ = parse_baseline(text, file).known(seen.findings, marks)
    return replace(seen, findings=tuple(known), outdated=())


def _marks_at(revision: Revision, settings: Settings, *, validate: bool) -> set[str]:
    """The fingerprints of what was wrong with the vault at a revision."""
    with revision.files(settings.vault.max_note_bytes) as folder:
        if folder is None:
            return set()
        try:
            reading = read(folder, settings)
        except VaultError:  # it had no notes then
            return set()
        found = judge(reading) if validate else judge_notes(reading)
        return set(fingerprints(found, reading.vault.source.line))


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
    gates: Gates | None = None,
    validate: bool = True,
    progress: Progress = silent,
) -> Build:
    """Read, judge and write; nothing is written where a finding that counts weighs `fail_on` or more.

    A note that could not be read stops the build whatever `fail_on` and `gates` say: what is
    published would lack it. The report that is published has every finding. Raises `VaultError`,
    `DataError`, `OutputError`, `ConfigurationError`.
    """
    seen = check(vault, settings, gates, validate=validate, progress=progress)
    made = Build(seen.reading, seen.findings, seen.left_out, seen.outdated)
    if exceeds(made.findings, fail_on) or any(each.rule.unreadable for each in made.findings):
        return made
    progress(WRITING)
    told = sort_findings((*made.findings, *made.left_out))
    artefacts = _artefacts(made.reading, told, formats)
    return replace(made, manifest=write_folder(folder, artefacts, _description(made.reading)))


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
    view = View(base=vocabulary.base, source_line=cache(reading.vault.source.line), quote=False)
    published = _published(findings, graph)
    for file, kind, media_type in _REPORTS:
        yield Artefact(file, media_type, (reporter(kind)(published, view),))


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
