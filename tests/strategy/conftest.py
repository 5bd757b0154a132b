"""A vault written in a few lines, and what the strategy room makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ds2026kg.config import Settings
from ds2026kg.findings import Finding
from ds2026kg.reading import Reading, read
from ds2026kg.strategy.rules import PARENT_UNSAID

ACTORS = {
    "actors/TBS.md": "---\nid: actor/tbs\ntags: gc_entity\nclassification: Federal organization\n"
    "label_en: Treasury Board of Canada Secretariat\nacronym_en: TBS\nacronym_fr: SCT\n---\n",
    "actors/PCO.md": "---\nid: actor/pco\ntags: gc_entity\nlabel_en: Privy Council Office\n"
    "acronym_en: PCO\n---\n",
    "actors/Departments.md": "---\nid: actor/departments\ntags: gc_entity\nlabel_en: Departments\n---\n",
    "Root.md": "---\ntype: Strategy\nid: strategy/ds2026\ntitle: The strategy\n---\n",
    "Mission 3.md": "---\nup: '[[Root]]'\n---\n# Mission 3 Services\nData flows\n",
    "Mission 3.1.md": "# Mission 3.1\nDrive design\n",
}

ReadVault = Callable[[Mapping[str, str]], Reading]


@pytest.fixture
def read_vault(tmp_path: Path) -> ReadVault:
    """Reads a vault of the common notes and those given: text by path."""

    def write_and_read(notes: Mapping[str, str]) -> Reading:
        for path, text in {**ACTORS, **notes}.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if text:
                file.write_text(text, encoding="utf-8", newline="")
        return read(tmp_path, Settings())

    return write_and_read


def stated(reading: Reading, entity: str, term: str) -> list[str]:
    """The values of a term that the strategy states of an entity, in order."""
    (found,) = (each for each in reading.graph if each.id == entity)
    return [fact.value for fact in found.values(term)]


def faults(reading: Reading) -> list[Finding]:
    """The findings, but for parents that only the notation tells."""
    return [finding for finding in reading.findings if finding.rule is not PARENT_UNSAID]


def codes(reading: Reading) -> list[tuple[str, str]]:
    """The faults as place and code, sorted."""
    return sorted((str(finding.span), finding.rule.code) for finding in faults(reading))
