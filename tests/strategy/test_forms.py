"""Composite note, single notes, or both: the same strategy, proven on the real founding note."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ds2026kg.config import Settings
from ds2026kg.graph.canonical import isomorphic
from ds2026kg.graph.mapping import entity_statements
from ds2026kg.reading import Reading, read

VAULT = Path(__file__).parents[2] / "vault"
FOUNDING_NOTE = "Mission 3 Enabling data-driven services.md"
LEADS = {
    "3.1a": {"departments"},
    "3.1b": {"tbs", "departments"},
    "3.1c": {"tbs", "departments"},
    "3.1d": {"tbs"},
    "3.2a": {"pco", "tbs"},
    "3.2b": {"pco", "tbs", "departments"},
    "3.2c": {"pco", "tbs"},
    "3.2d": {"tbs"},
    "3.2e": {"ssc"},
    "3.3a": {"tbs", "statcan"},
    "3.3b": {"tbs"},
    "3.3c": {"tbs"},
    "3.4a": {"isc", "tbs"},
    "3.4b": {"isc"},
}


def split_notes() -> dict[str, str]:
    """The founding note taken apart: one note for each heading, with its text and its parent."""
    text = (VAULT / FOUNDING_NOTE).read_text(encoding="utf-8")
    head, *sections = re.split(r"^# (?=\[)", text, flags=re.MULTILINE)
    notes = {FOUNDING_NOTE: head}
    for section in sections:
        title, _, body = section.partition("\n")
        name = title[1 : title.index("]")]
        kept = [line for line in body.splitlines() if line and not line.startswith("![")]
        notation = name.removeprefix("Mission ")
        parent = name[:-1] if notation[-1].isalpha() else FOUNDING_NOTE.removesuffix(".md")
        notes[f"{name}.md"] = f'---\nup: "[[{parent}]]"\n---\n# {name}\n{"".join(kept)}\n'
    return notes


def read_form(folder: Path, form: str) -> Reading:
    """The strategy read from one form of the founding note, beside the root and the actors."""
    shutil.copytree(VAULT / "actors", folder / "actors")
    shutil.copy(VAULT / "Missions (ds2026).md", folder)
    if form in ("split", "both"):
        for name, text in split_notes().items():
            (folder / name).write_text(text, encoding="utf-8")
    if form in ("composite", "both"):
        shutil.copy(VAULT / FOUNDING_NOTE, folder)
    return read(folder, Settings())


@pytest.mark.parametrize("form", ["split", "both"])
def test_every_form_gives_the_same_strategy_graph(form: str, tmp_path: Path) -> None:
    """The composite note alone, its parts alone, and both together: isomorphic, and nothing amiss."""
    graphs = []
    for folder, which in ((tmp_path / "a", "composite"), (tmp_path / "b", form)):
        folder.mkdir()
        reading = read_form(folder, which)
        assert reading.findings == ()
        graphs.append(
            [
                statement.quad
                for entity in reading.graph
                for statement in entity_statements(entity, reading.vocabulary)
            ]
        )
    assert len(graphs[0]) > 200
    assert isomorphic(*graphs)


def test_the_fourteen_commitments_are_led_as_the_strategy_says() -> None:
    """Read from their sentences alone, the leads are exactly those of the strategy."""
    reading = read(VAULT, Settings())
    found = {
        entity.key: {fact.value.removeprefix("actor/") for fact in entity.values("ledBy")}
        for entity in reading.graph
        if entity.kind == "commitment"
    }
    assert found == LEADS


def test_the_founding_note_is_as_it_was_found() -> None:
    """The note the project began with is kept to the byte."""
    import hashlib

    data = (VAULT / FOUNDING_NOTE).read_bytes()
    assert (
        hashlib.sha256(data).hexdigest()
        == "7d055375d8e0ab018cc0465ab7455d68387ecd01e4fb94f1a738e0185f75f16f"
    )


def test_the_real_vault_has_no_broken_link_and_no_finding() -> None:
    """Every link and embed of the vault leads somewhere, and every place agrees."""
    assert read(VAULT, Settings()).findings == ()
