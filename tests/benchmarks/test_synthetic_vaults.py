"""The vaults that benchmarks are run on, and that both ways make the same data set of them."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.generator import missions, notes, write_vault

from benchmarks import plain
from ds2026kg.checking import judge
from ds2026kg.config import Settings
from ds2026kg.findings import Severity
from ds2026kg.reading import Reading, read

ROOT = Path(__file__).resolve().parents[2]
LINE, WORDS = "<https://w3id.org/ds2026/ontology#line>", "<http://www.w3.org/ns/prov#value>"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of 120 notes."""
    folder = tmp_path_factory.mktemp("synthetic")
    write_vault(folder, 120, seed=3)
    return folder


@pytest.fixture(scope="module")
def reading(vault: Path) -> Reading:
    """What ds2026kg reads from it."""
    return read(vault, Settings())


def test_same_seed_gives_the_same_bytes_on_every_machine_and_python() -> None:
    """The invented notes of one seed have one digest, which is known."""
    invented = (note for note in notes(500, seed=7) if note.path.startswith("missions/"))

    digest = sha256("".join(f"{path}\n{text}" for path, text in islice(invented, 50)).encode())

    assert digest.hexdigest() == "9cd303ea37f0f52373331ef8edd90a7bea42e03cabc407041ebab9b934681af4"


def test_another_seed_gives_another_vault() -> None:
    """The missions, areas and commitments of two seeds differ."""
    first, second = (next(iter(missions(500, seed))) for seed in (7, 8))

    assert first != second


@pytest.mark.parametrize("count", [100, 101, 102, 257, 1000])
def test_a_vault_has_as_many_notes_as_asked_for(count: int) -> None:
    """However the last mission is cut short, the count is met and no note is written twice."""
    paths = [note.path for note in notes(count)]

    assert (count, count) == (len(paths), len(set(paths)))


@pytest.mark.parametrize("count", [99, 1_000_001])
def test_sizes_out_of_range_are_refused(count: int) -> None:
    """A vault has 100 to 1,000,000 notes."""
    with pytest.raises(ValueError, match=r"100 to 1,000,000 notes"):
        next(notes(count))


def test_no_folder_grows_with_the_vault() -> None:
    """Missions stand in folders of twenty, and those in folders of a thousand missions."""
    folders = {note.path.rpartition("/")[0] for note in notes(1000, seed=1)}

    assert {"", "actors", "missions/1-1000/1-20", "missions/1-1000/21-40"} == folders


def test_a_synthetic_vault_has_only_the_faults_that_it_is_meant_to_have(
    reading: Reading,
) -> None:
    """It lacks some French, as the real one does; nothing else is wrong with it."""
    found = {(finding.rule.code, finding.rule.severity) for finding in judge(reading)}

    assert found == {
        ("definition-fr-missing", Severity.WARNING),
        ("label-fr-missing", Severity.WARNING),
        ("group-name-fr-missing", Severity.WARNING),
    }


def test_the_sentences_are_read_as_they_were_meant(reading: Reading) -> None:
    """Who leads and who supports, as the generator meant it, is what ds2026kg reads."""
    meant = {
        f"commitment/{commitment.notation}": (
            {f"actor/{code}" for code in commitment.sentence.leads},
            {f"actor/{code}" for code in commitment.sentence.supports},
        )
        for mission in missions(120 - 12, seed=3)
        for area in mission.areas
        for commitment in area.commitments
    }

    read = {
        entity.id: tuple(
            {fact.value for fact in entity.values(term)} for term in ("ledBy", "supportedBy")
        )
        for entity in reading.graph
        if entity.kind == "commitment"
    }

    assert read == meant


def test_the_plain_way_makes_the_same_data_set(vault: Path, reading: Reading) -> None:
    """Both ways state the same triples, but for the lines and words given as evidence."""
    ours = {str(statement.quad.triple) for statement in reading.statements()}
    dataset = plain.read_dataset(vault, ROOT, lambda _: None)

    theirs = {
        " ".join(term.n3() for term in (subject, predicate, value))
        for graph in dataset.graphs()
        for subject, predicate, value in graph
    }

    assert _without_evidence(theirs) == _without_evidence(ours)
    assert len(theirs) == len(ours)


def _without_evidence(triples: set[str]) -> set[str]:
    return {triple for triple in triples if triple.split(" ")[1] not in (LINE, WORDS)}
