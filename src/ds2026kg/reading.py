"""The first half of the pipeline: vault -> strategy.

`progress` is told which phase begins, so that a terminal can show it and a benchmark can time it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ds2026kg.config import Settings
from ds2026kg.findings import Finding, Text
from ds2026kg.graph.dataset import statements
from ds2026kg.graph.statement import Statement
from ds2026kg.graph.vocabulary import Vocabulary, load_vocabulary
from ds2026kg.memory import FORGETFUL, Memory
from ds2026kg.resources import resource_folder
from ds2026kg.strategy import StrategyGraph, StrategyReader
from ds2026kg.strategy.sections import SectionReader
from ds2026kg.vault import Vault
from ds2026kg.vault.silences import Silence, read_silences, told

Progress = Callable[[Text], None]

READING = Text("reading the notes", "lecture des notes")
UNDERSTANDING = Text("gathering the strategy", "assemblage de la stratégie")


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
    memory: Memory = FORGETFUL

    def statements(self) -> Iterator[Statement]:
        """Every statement of the data set, with the place it was read from."""
        return statements(self.graph, self.vocabulary, self.memory)


def read(
    vault: Path,
    settings: Settings,
    progress: Progress = silent,
    drafts: Mapping[str, bytes] | None = None,
    memory: Memory = FORGETFUL,
) -> Reading:
    """Read every note of `vault` and gather the strategy from them.

    `drafts` are read in the place of the notes at these paths: what is not written yet.
    `memory` keeps from one reading to the next what was made of what is the same again.
    Raises `VaultError` if the vault is missing or has no notes.
    """
    base = settings.dataset.base
    vocabulary = memory.recall(
        "vocabulary", (base,), lambda: load_vocabulary(resource_folder("ontology"), base)
    )
    limit = settings.vault.max_note_bytes
    source = Vault(vault, max_bytes=limit, drafts=drafts, memory=memory)
    named = settings.strategy
    sections = SectionReader(named.title_words, named.tags, named.actor_tags)
    passed_over = source.listing.passed_over
    strategy = StrategyReader(
        vocabulary.schema, sections, source.index, source.mending, passed_over, memory
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
    return Reading(graph, vocabulary, settings, source, findings, heard, memory)
