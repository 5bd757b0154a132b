"""The whole way from notes to files: what is written, when, and that it is always the same."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from ds2026kg import __version__
from ds2026kg.build import build
from ds2026kg.catalog.files import DESCRIPTIONS
from ds2026kg.checking import judge
from ds2026kg.config import DatasetSettings, PortalSettings, PublisherSettings, Settings
from ds2026kg.errors import VaultError
from ds2026kg.findings import Severity, Text
from ds2026kg.publication import publication_digest
from ds2026kg.reading import read

TESTS = Path(__file__).resolve().parent
REAL = TESTS.parent / "vault"
FILES = {
    "ckan-package.json": "application/json",
    "commitments.csv": "text/csv",
    "commitments.csv-metadata.json": "application/csvm+json",
    "context.jsonld": "application/ld+json",
    "dcat.jsonld": "application/ld+json",
    "ds2026.jsonld": "application/ld+json",
    "ds2026.nq": "application/n-quads",
    "ds2026.nt": "application/n-triples",
    "ds2026.rdf": "application/rdf+xml",
    "ds2026.trig": "application/trig",
    "ds2026.ttl": "text/turtle",
    "ontology.ttl": "text/turtle",
    "queries.ttl": "text/turtle",
    "report.json": "application/json",
    "report.sarif": "application/sarif+json",
    "report.ttl": "text/turtle",
    "schema-org.jsonld": "application/ld+json",
    "shapes.ttl": "text/turtle",
    "void.ttl": "text/turtle",
}
WARNING = "# Mission 3.1b\nTBS will act again.\n\nup:: [[Mission 3.1]]\n"
VIOLATION = "# Mission 3.1b\nAct!\n\nup:: [[Mission 3.1]]\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault of five notes, of which nothing is to be said."""
    return Path(shutil.copytree(TESTS / "fixtures" / "vaults" / "small", tmp_path / "vault"))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def made(vault: Path, folder: Path, environment: Mapping[str, str]) -> dict[str, bytes]:
    """What a build in a process of its own writes."""
    subprocess.run(
        [sys.executable, "-m", "ds2026kg", "build", vault, "--quiet", "-o", folder],
        check=True,
        env={**os.environ, **environment},
    )
    return contents(folder)


def test_a_build_writes_every_file_and_says_so(vault: Path, tmp_path: Path) -> None:
    """The folder holds what the manifest lists, with true sizes, sums, triples and media types."""
    told = build(vault, tmp_path / "dist", Settings())
    found = contents(tmp_path / "dist")
    manifest = json.loads(found.pop("manifest.json"))
    assert manifest == told.manifest
    assert {entry["name"]: entry["mediaType"] for entry in manifest["files"]} == FILES
    for entry in manifest["files"]:
        data = found.pop(entry["name"])
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert found == {}


def test_the_manifest_says_what_made_it_of_what(vault: Path, tmp_path: Path) -> None:
    """Version, data set, source and the notes' own date; no clock and no path of this machine."""
    told = build(vault, tmp_path / "dist", Settings())
    assert told.manifest is not None
    manifest = {key: value for key, value in told.manifest.items() if key != "files"}
    digest = hashlib.sha256()
    for name in sorted(contents(vault)):
        data = (vault / name).read_bytes()
        digest.update(f"{len(name)} {name} {len(data)}\n".encode() + data)
    assert manifest == {
        "generator": {"name": "ds2026kg", "version": __version__},
        "dataset": {
            "base": "https://w3id.org/ds2026/",
            "name": "ds2026",
            "licence": "https://open.canada.ca/en/open-government-licence-canada",
        },
        "source": {
            "notes": 5,
            "sha256": digest.hexdigest(),
            "settings": publication_digest(
                DatasetSettings(), PublisherSettings(), PortalSettings()
            ),
        },
        "modified": "2024-08-19",
    }


def test_the_descriptions_tell_of_the_files_what_the_manifest_does(
    vault: Path, tmp_path: Path
) -> None:
    """Every other file is a distribution, with the size and sum that the manifest gives it."""
    told = build(vault, tmp_path / "dist", Settings())
    assert told.manifest is not None
    files = {entry["name"]: (entry["bytes"], entry["sha256"]) for entry in told.manifest["files"]}
    found = json.loads((tmp_path / "dist" / "dcat.jsonld").read_bytes())["@graph"]
    nodes = {node["@id"]: node for node in found}
    base = "https://w3id.org/ds2026/"
    assert {
        iri.removeprefix(f"{base}#"): (
            nodes[iri]["dcat:byteSize"],
            nodes[nodes[iri]["spdx:checksum"]]["spdx:checksumValue"],
        )
        for iri in nodes[base]["dcat:distribution"]
    } == {name: told for name, told in files.items() if name not in DESCRIPTIONS}


def test_void_counts_the_graph(vault: Path, tmp_path: Path) -> None:
    """The number of triples in void.ttl is the one that the manifest gives the graph's files."""
    told = build(vault, tmp_path / "dist", Settings(), formats=("ttl",))
    assert told.manifest is not None
    count = next(entry["triples"] for entry in told.manifest["files"])
    void = pyoxigraph.NamedNode("http://rdfs.org/ns/void#triples")
    data = pyoxigraph.NamedNode("https://w3id.org/ds2026/")
    stated = [
        quad.object
        for quad in pyoxigraph.parse(path=str(tmp_path / "dist" / "void.ttl"))
        if (quad.subject, quad.predicate) == (data, void)
    ]
    integer = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert stated == [pyoxigraph.Literal(str(count), datatype=integer)]


def test_what_settings_lack_is_told_and_stops_nothing(vault: Path, tmp_path: Path) -> None:
    """It is no finding about the vault, is not published, and weighs nothing whatever `fail_on` is."""
    told = build(vault, tmp_path / "dist", Settings(), fail_on=Severity.INFO)
    assert told.manifest is not None
    assert told.incomplete is not None
    assert (told.incomplete.rule.code, told.findings) == ("description-incomplete", ())
    assert b"description-incomplete" not in (tmp_path / "dist" / "report.json").read_bytes()


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("ds2026.")])
def test_triples_are_counted_as_a_parser_counts_them(
    vault: Path, tmp_path: Path, name: str
) -> None:
    """The number of triples that the manifest gives is the number that the file holds."""
    told = build(vault, tmp_path / "dist", Settings())
    assert told.manifest is not None
    (entry,) = (entry for entry in told.manifest["files"] if entry["name"] == name)
    quads = pyoxigraph.parse(path=str(tmp_path / "dist" / name))
    assert entry["triples"] == len({quad.triple for quad in quads})


def test_no_file_names_this_machine(vault: Path, tmp_path: Path) -> None:
    """Nothing that is published holds a path of the machine that built it."""
    (vault / "Mission 3.1b.md").write_text(WARNING, encoding="utf-8")
    build(vault, tmp_path / "dist", Settings())
    here = [str(tmp_path).encode(), str(TESTS.parent).encode()]
    found = contents(tmp_path / "dist")
    assert [name for name, data in found.items() if any(path in data for path in here)] == []


def test_two_builds_anywhere_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Folder, locale, time zone, hash seed and the order in which notes were made do not matter."""
    other = tmp_path / "elsewhere" / "notes"
    for file in sorted((file for file in REAL.rglob("*") if file.is_file()), reverse=True):
        target = other / file.relative_to(REAL)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
        os.utime(target, (0, 0))
    plain = {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "COLUMNS": "200"}
    french = {
        "LC_ALL": "fr_CA.UTF-8",
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "2",
        "COLUMNS": "20",
        "NO_COLOR": "1",
        "PYTHONOPTIMIZE": "2",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "latin-1",
    }
    first = made(REAL, tmp_path / "one", plain)
    assert set(first) == {*FILES, "manifest.json"}
    assert made(other, tmp_path / "two", french) == first


def test_the_epoch_is_the_only_time(vault: Path, tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH is told in the manifest, and changes nothing else."""
    build(vault, tmp_path / "one", Settings())
    build(vault, tmp_path / "two", Settings(source_date_epoch=86_400))
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    first, second = json.loads(one.pop("manifest.json")), json.loads(two.pop("manifest.json"))
    assert one == two
    assert second == {**first, "built": "1970-01-02T00:00:00+00:00"}


def test_the_epoch_of_the_environment_is_taken(vault: Path, tmp_path: Path) -> None:
    """The variable that reproducible-builds.org defines reaches the manifest."""
    found = made(vault, tmp_path / "dist", {"SOURCE_DATE_EPOCH": "0"})
    assert json.loads(found["manifest.json"])["built"] == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        (("ttl",), {"ds2026.ttl"}),
        (("jsonld",), {"ds2026.jsonld"}),
        (("nt", "nq"), {"ds2026.nt", "ds2026.nq"}),
        (("trig",), {"ds2026.trig"}),
        (("rdf",), {"ds2026.rdf"}),
        (("csv",), {"commitments.csv", "commitments.csv-metadata.json"}),
    ],
)
def test_formats_are_written_as_chosen(
    vault: Path, tmp_path: Path, formats: tuple[str, ...], expected: set[str]
) -> None:
    """Only the chosen formats are there, and a former build's others are gone."""
    common = set(FILES) - {name for name in FILES if name.startswith(("ds2026.", "commitments."))}
    build(vault, tmp_path / "dist", Settings())
    build(vault, tmp_path / "dist", Settings(), formats=formats)
    assert set(contents(tmp_path / "dist")) == {*common, *expected, "manifest.json"}


def test_every_format_says_the_same(vault: Path, tmp_path: Path) -> None:
    """The four forms of the union hold the same triples, the two of named graphs the same quads."""
    build(vault, tmp_path / "dist", Settings())
    parsed = {
        kind: set(pyoxigraph.parse(path=str(tmp_path / "dist" / f"ds2026.{kind}")))
        for kind in ("ttl", "nt", "rdf", "jsonld", "nq", "trig")
    }
    assert parsed["ttl"] == parsed["nt"] == parsed["rdf"] == parsed["jsonld"]
    assert parsed["nq"] == parsed["trig"]
    assert {quad.triple for quad in parsed["nq"]} == {quad.triple for quad in parsed["nt"]}


def test_the_name_and_base_are_settings(vault: Path, tmp_path: Path) -> None:
    """Files are called after the data set, and every identifier lies under its base."""
    settings = Settings(DatasetSettings("https://example.org/s/", "plan", "https://example.org/l"))
    build(vault, tmp_path / "dist", settings, formats=("nt", "csv"))
    triples = (tmp_path / "dist" / "plan.nt").read_text("utf-8")
    assert "<https://example.org/s/id/commitment/3.1a>" in triples
    assert "<https://w3id.org/ds2026/id/commitment/" not in triples
    table = (tmp_path / "dist" / "commitments.csv").read_bytes().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    assert "https://example.org/s/id/commitment/3.1a" in row.values()


@pytest.mark.parametrize(
    ("note", "fail_on", "written"),
    [
        (WARNING, Severity.VIOLATION, True),
        (WARNING, Severity.WARNING, False),
        (WARNING, Severity.INFO, False),
        (WARNING, None, True),
        (VIOLATION, Severity.VIOLATION, False),
        (VIOLATION, None, True),
    ],
)
def test_a_finding_stops_the_build_from_its_severity_on(
    vault: Path, tmp_path: Path, note: str, fail_on: Severity | None, written: bool
) -> None:
    """Nothing is written where a finding weighs as much as `fail_on`."""
    (vault / "Mission 3.1b.md").write_text(note, encoding="utf-8")
    told = build(vault, tmp_path / "dist", Settings(), fail_on=fail_on)
    assert (told.manifest is not None, (tmp_path / "dist").exists()) == (written, written)


def test_without_validation_only_the_notes_are_judged(vault: Path, tmp_path: Path) -> None:
    """`validate=False` leaves out what SHACL would say, and writes."""
    (vault / "Mission 3.1b.md").write_text(VIOLATION, encoding="utf-8")
    told = build(vault, tmp_path / "dist", Settings(), validate=False)
    assert told.findings == ()
    assert told.manifest is not None
    assert json.loads((tmp_path / "dist" / "report.json").read_bytes())["findings"] == []


def test_the_report_is_published_with_the_data(vault: Path, tmp_path: Path) -> None:
    """Findings that did not stop the build are in its report, in both languages."""
    (vault / "Mission 3.1b.md").write_text(WARNING, encoding="utf-8")
    told = build(vault, tmp_path / "dist", Settings())
    report: dict[str, Any] = json.loads((tmp_path / "dist" / "report.json").read_bytes())
    assert [(f["code"], f["note"], f["line"]) for f in report["findings"]] == [
        ("definition-fr-missing", "Mission 3.1b.md", 2),
        ("label-fr-missing", "Mission 3.1b.md", 2),
    ]
    assert [finding.rule.code for finding in told.findings] == [
        "definition-fr-missing",
        "label-fr-missing",
    ]


def test_phases_are_told_in_order(vault: Path, tmp_path: Path) -> None:
    """Whoever watches is told of each phase once, in the order of the way."""
    phases: list[Text] = []
    build(vault, tmp_path / "dist", Settings(), progress=phases.append)
    assert [phase.en for phase in phases] == [
        "reading the notes",
        "gathering the strategy",
        "mapping to RDF",
        "judging with SHACL",
        "writing the data set",
    ]


def test_a_vault_without_notes_is_an_error(tmp_path: Path) -> None:
    """Nothing is written for a vault that is missing or has no notes."""
    (tmp_path / "empty").mkdir()
    for name in ("missing", "empty"):
        with pytest.raises(VaultError):
            build(tmp_path / name, tmp_path / "dist", Settings())
    assert not (tmp_path / "dist").exists()


def test_the_real_vault_has_no_violation() -> None:
    """The notes that this project publishes lack nothing but official French."""
    findings = judge(read(REAL, Settings()))
    assert {finding.rule.code for finding in findings} == {
        "definition-fr-missing",
        "group-name-fr-missing",
        "label-fr-missing",
    }


def test_links_in_texts_of_properties_are_published_by_their_labels(
    vault: Path, tmp_path: Path
) -> None:
    """A text given in the properties is published as Obsidian shows it, without link marks."""
    (vault / "Mission 3.1a.md").write_text(
        "---\ndefinition: 'TBS will do [[TBS|its work]] with [data](TBS.md).'\n"
        "label_fr: Le [[SCT]] é agira\ndefinition_fr: a\n---\n# Mission 3.1a\n",
        encoding="utf-8",
    )
    build(vault, tmp_path / "dist", Settings(), formats=("nt",))
    triples = (tmp_path / "dist" / "ds2026.nt").read_text("utf-8")
    assert '#definition> "TBS will do its work with data."@en .' in triples
    assert '#prefLabel> "Le SCT é agira"@fr .' in triples
    assert "[[" not in triples
