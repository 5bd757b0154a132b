"""An earlier release, read from a build or a file of its data, and what has changed since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from ds2026kg.build import build
from ds2026kg.config import Settings
from ds2026kg.errors import DataError
from ds2026kg.history import Change, Changes, read_release
from ds2026kg.query.store import load_data

SMALL = Path(__file__).parents[1] / "fixtures" / "vaults" / "small"
MISSION = "https://w3id.org/ds2026/id/mission/3"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault of five notes."""
    return Path(shutil.copytree(SMALL, tmp_path / "vault"))


def built(vault: Path, folder: Path) -> Path:
    """A build of it."""
    assert build(vault, folder, Settings(), fail_on=None).manifest is not None
    return folder


@pytest.mark.parametrize(
    "name", ["", *(f"ds2026.{kind}" for kind in "nq trig ttl nt rdf jsonld".split())]
)
def test_every_form_of_a_release_is_the_same_release(
    vault: Path, tmp_path: Path, name: str
) -> None:
    """The folder of a build and each of its files tell the same; nothing has changed since."""
    now = built(vault, tmp_path / "now")
    release = read_release(now / name)
    assert release.changes_to(load_data(now)) == Changes("2024-08-19", {})


def test_a_note_that_says_something_else_is_a_change(vault: Path, tmp_path: Path) -> None:
    """The old and the new name are told, and neither the lines that have moved nor the note's date."""
    old = built(vault, tmp_path / "old")
    note = vault / "Mission 3.md"
    text = note.read_text("utf-8").replace("Enabling services", "Quite another name")
    text = text.replace("modified: 2024-08-19", "modified: 2026-01-31\nx: 1")
    note.write_text(text, encoding="utf-8")
    changes = read_release(old).changes_to(load_data(built(vault, tmp_path / "now")))
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert changes == Changes(
        "2024-08-19",
        {
            MISSION: (
                Change(False, label, Literal("Enabling services", language="en")),
                Change(True, label, Literal("Quite another name", language="en")),
            )
        },
    )


def test_a_note_that_is_new_and_one_that_is_gone(vault: Path, tmp_path: Path) -> None:
    """Their things are told as new and gone; another file name alone is no change."""
    old = built(vault, tmp_path / "old")
    (vault / "TBS.md").rename(vault / "Treasury.md")
    (vault / "Mission 3.1a.md").unlink()
    (vault / "Mission 3.1b.md").write_text("# Mission 3.1b\nTBS will act.\n", encoding="utf-8")
    changes = read_release(old).changes_to(load_data(built(vault, tmp_path / "now")))
    things = "https://w3id.org/ds2026/id/"
    assert changes.gone == {f"{things}commitment/3.1a"}
    assert changes.new == {f"{things}commitment/3.1b"}
    assert [iri.removeprefix(things) for iri in changes.by_iri] == [
        "commitment/3.1a",
        "commitment/3.1b",
    ]


def test_a_release_without_dates_has_the_name_of_its_file(tmp_path: Path) -> None:
    """What its notes do not tell cannot be its name; what is no day is not taken for one."""
    file = tmp_path / "spring.nt"
    modified = "<http://purl.org/dc/terms/modified>"
    file.write_text(
        f'<{MISSION}> <urn:p> "x" .\n<{MISSION}> {modified} "<b>yesterday</b>" .\n',
        encoding="utf-8",
    )
    assert read_release(file).name == "spring.nt"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("empty.nt", "", "this holds nothing that is named under https://w3id.org/ds2026/"),
        ("other.nt", "<urn:a> <urn:b> <urn:c> .", "this holds nothing that is named under https://w3id.org/ds2026/"),
        ("broken.nt", "<urn:a>", "the data cannot be parsed"),
        ("table.csv", "a,b", "this is not a known RDF format"),
        (None, "", "there is no such file or folder"),
    ],
)  # fmt: skip
def test_what_is_no_release_is_refused(
    tmp_path: Path, name: str | None, text: str, message: str
) -> None:
    """A file of something else is named, since everything would be new beside it."""
    file = tmp_path / (name or "missing.nq")
    if name:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_release(file)
    assert caught.value.place.startswith(str(file))
    assert caught.value.message.en.startswith(message)
