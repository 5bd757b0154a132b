"""The second half of the pipeline: strategy -> graph -> validation, and which findings count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ds2026kg.config import Settings
from ds2026kg.errors import DataError, VaultError
from ds2026kg.findings import Finding, Text, sort_findings
from ds2026kg.graph.statement import Statement
from ds2026kg.memory import FORGETFUL, Memory
from ds2026kg.reading import Progress, Reading, read, silent
from ds2026kg.resources import resource_folder
from ds2026kg.targets import write_files
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
from ds2026kg.validation.silence import silenced
from ds2026kg.vault.revision import Revision, open_revision

if TYPE_CHECKING:
    from ds2026kg.validation.shapes import Shapes

MAPPING = Text("mapping to RDF", "conversion en RDF")
JUDGING = Text("judging with SHACL", "vérification SHACL")
LOOKING_BACK = Text(
    "judging the notes as they were", "vérification des notes telles qu’elles étaient"
)


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


def shapes_of(settings: Settings, memory: Memory = FORGETFUL) -> Shapes:
    """The shapes to judge by: ours and the user's own; `memory` keeps them while files are the same.

    Raises `ConfigurationError` for shapes that cannot be read.
    """
    # rdflib and pyshacl take most of a second to import; only judging needs them.
    from ds2026kg.validation.shapes import load_shapes

    ours = sorted(resource_folder("shapes").glob("*.ttl"))
    own = [Path(file) for file in settings.validation.shapes]
    return memory.recall(
        "shapes",
        tuple((file, _content(file)) for file in (*ours, *own)),
        lambda: load_shapes(ours, own),
    )


def judge(
    reading: Reading, progress: Progress = silent, shapes: Shapes | None = None
) -> tuple[Finding, ...]:
    """Every finding about what was read, SHACL's among them, in report order.

    `shapes` are those of the settings, unless they are given.
    Raises `DataError` for more statements than the settings allow, `ConfigurationError` for shapes
    that cannot be used.
    """
    from ds2026kg.validation.judge import judge as judge_statements

    progress(MAPPING)
    settings = reading.settings.validation
    stated = _within(reading.statements(), settings.max_statements)
    progress(JUDGING)
    loaded = shapes or shapes_of(reading.settings, reading.memory)
    found = judge_statements(
        stated,
        loaded,
        reading.vocabulary.ontology,
        base=reading.settings.dataset.base,
        engine=settings.engine,
        memory=reading.memory,
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


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None  # whoever reads the shapes in it tells of that


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
