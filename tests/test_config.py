"""Settings: where they are looked for, what they may hold, and how a fault in them is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ds2026kg.config import DatasetSettings, Engine, Settings, ValidationSettings, load_settings
from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text


def written(folder: Path, text: str) -> Path:
    """A settings file with this text."""
    file = folder / "ds2026kg.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings file is no fault."""
    monkeypatch.chdir(tmp_path)
    assert load_settings(tmp_path) == Settings()


def test_the_vaults_own_file_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the vault is taken before one in the current folder."""
    monkeypatch.chdir(tmp_path)
    vault = tmp_path / "vault"
    vault.mkdir()
    written(tmp_path, '[dataset]\nname = "here"\n')
    assert load_settings(vault).dataset.name == "here"
    written(vault, '[dataset]\nname = "inside"\n')
    assert load_settings(vault).dataset == DatasetSettings(name="inside")


def test_no_shapes_of_ones_own_are_none(tmp_path: Path) -> None:
    """An empty list of shapes is what holds without one."""
    written(tmp_path, "[validation]\nshapes = []\n")
    assert load_settings(tmp_path) == Settings()


def test_shapes_lie_beside_the_settings(tmp_path: Path) -> None:
    """Paths in the settings are taken from the folder of the settings, wherever one runs."""
    text = '[validation]\nengine = "shacl"\nmax_statements = 9\nshapes = ["office.ttl", "/x.ttl"]\n'
    written(tmp_path, text)
    assert load_settings(tmp_path).validation == ValidationSettings(
        engine=Engine.SHACL, max_statements=9, shapes=(str(tmp_path / "office.ttl"), "/x.ttl")
    )


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("x = 1", "x", "not known"),
        ("[dataset]\nbsae = 'x'", "dataset.bsae", "not known"),
        ("dataset = 1", "dataset", "a table"),
        ("[dataset]\nbase = 1", "dataset.base", "a string"),
        ("[dataset]\nbase = 'ftp://x/'", "dataset.base", "http(s) IRI"),
        ("[dataset]\nbase = 'https://x'", "dataset.base", "slash"),
        ("[dataset]\nname = 'Queries'", "dataset.name", "another file of this name"),
        ("[dataset]\nendpoint = 'sparql'", "dataset.endpoint", "http(s) address"),
        ("[dataset]\nname = '../x'", "dataset.name", "file name"),
        ("[vault]\nmax_note_bytes = true", "vault.max_note_bytes", "a number"),
        ("[vault]\nmax_note_bytes = 0", "vault.max_note_bytes", "at least 1"),
        ("[strategy]\ntags = 'x'", "strategy.tags", "a list"),
        ("[strategy]\ntags = ['']", "strategy.tags", "a list"),
        ("[validation]\nengine = 'fast'", "validation.engine", "one of auto, pyshacl, shacl"),
        ("[validation]\nengine = ['auto']", "validation.engine", "one of auto, pyshacl, shacl"),
        ("[validation]\nmax_statements = 0", "validation.max_statements", "at least 1"),
        ("[validation]\nshapes = 'x'", "validation.shapes", "a list"),
        ("[dataset]\ntitle_fr = ' '", "dataset.title_fr", "not be blank"),
        ("[dataset]\nlanding_page_en = 'www.canada.ca'", "dataset.landing_page_en", "address"),
        ("[dataset]\nlanding_page_fr = 'https://[x'", "dataset.landing_page_fr", "address"),
        ("[dataset]\nendpoint = 'https://x.org/%'", "dataset.endpoint", "http(s) address"),
        ("[dataset]\nlicence = 'https://x.org/[a]'", "dataset.licence", "http(s) IRI"),
        ('[dataset]\ndownload_base = "https://x.org/\\u0001/"', "dataset.download_base", "address"),
        ("[dataset]\ndownload_base = 'https://x.org/f'", "dataset.download_base", "slash"),
        ("[portal]\nurl = 'portal'", "portal.url", "address"),
        ("[portal]\nurl = 'https://me:secret@x.org'", "portal.url", "password"),
        ("[dataset]\nkeywords_en = ['a, b']", "dataset.keywords_en", "no comma: “a, b”"),
        ("[dataset]\nkeywords_fr = ['x']", "dataset.keywords_fr", "2 to 100 characters"),
        ("[dataset]\nissued = 2026", "dataset.issued", "a date such as"),
        ("[dataset]\nissued = '2026-02-30'", "dataset.issued", "a date such as"),
        ("[dataset]\nissued = '20260230'", "dataset.issued", "a date such as"),
        ("[dataset]\nissued = 2026-01-01T10:00:00", "dataset.issued", "a date such as"),
        ("[dataset]\nfrequency = 'weekly'", "dataset.frequency", "not in the list"),
        ("[dataset]\navailability = 'stable'", "dataset.availability", "not in the list"),
        ("[dataset]\nspatial = 'Canada'", "dataset.spatial", "address"),
        (
            "[dataset]\ntemporal_start = 2026-01-02\ntemporal_end = 2026-01-01",
            "dataset.temporal_end",
            "before dataset.temporal_start, 2026-01-02",
        ),
        ("[publisher]\ngc_orgid = -1", "publisher.gc_orgid", "a number such as 2242"),
        ("[publisher]\ngc_orgid = '2242'", "publisher.gc_orgid", "a number"),
        ("[publisher]\nemail = 'data at example.org'", "publisher.email", "e-mail"),
        ("[portal]\nid = 'ds2026'", "portal.id", "a UUID"),
        ("[portal]\nid = '7C1D7A4E-1F0B-4F0E-9C39-3A3F9B7A5D10'", "portal.id", "lower case"),
        ("[portal]\nowner_org = 'TBS'", "portal.owner_org", "such as tbs-sct"),
        ("[portal]\ncollection = 'geogratis'", "portal.collection", "not in the list"),
        ("[portal]\njurisdiction = 'provincial'", "portal.jurisdiction", "not in the list"),
        ("[portal]\nsubject = ['politics']", "portal.subject", "“politics” is not in the list"),
        ("[portal]\nsubject = [' ']", "portal.subject", "not be blank"),
        ("[portal]\naudience = ['everyone']", "portal.audience", "not in the list"),
        ("[portal]\nimso_approval = 'yes'", "portal.imso_approval", "true or false"),
        ("source_date_epoch = 1", "source_date_epoch", "not known"),
        ("= 1", "", "not TOML"),
    ],
)
def test_a_fault_names_its_key(tmp_path: Path, text: str, place: str, message: str) -> None:
    """The file and the key are named, with what is wrong."""
    file = written(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.place == (f"{file}: {place}" if place else str(file))
    assert message in caught.value.message.en


def test_a_near_name_is_suggested(tmp_path: Path) -> None:
    """A misspelt key brings the one that was meant."""
    written(tmp_path, "[dataset]\nbsae = 'x'")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.remedy is not None
    assert caught.value.remedy.fr == "vouliez-vous dire\u00a0: base?"


def test_a_near_code_of_the_portal_is_suggested(tmp_path: Path) -> None:
    """A misspelt code brings the one that was meant; one unlike any brings the whole list."""
    written(tmp_path, "[portal]\nsubject = ['goverment_and_politics']")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.remedy == Text(
        "use one of: government_and_politics", "employez l’un de\u00a0: government_and_politics"
    )
    written(tmp_path, "[dataset]\navailability = '?'")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.remedy is not None
    assert caught.value.remedy.en == "use one of: AVAILABLE, EXPERIMENTAL, STABLE, TEMPORARY"


def test_dates_are_taken_as_dates_and_as_texts(tmp_path: Path) -> None:
    """TOML has dates of its own; a date between quotes is as good."""
    written(tmp_path, "[dataset]\nissued = 2026-03-31\ntemporal_start = '2023-04-01'\n")
    assert load_settings(tmp_path).dataset == DatasetSettings(
        issued=date(2026, 3, 31), temporal_start=date(2023, 4, 1)
    )


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    """A file asked for by name must exist."""
    with pytest.raises(ConfigurationError):
        load_settings(tmp_path, tmp_path / "gone.toml")


@pytest.mark.parametrize(("value", "expected"), [("1700000000", 1700000000), ("", None)])
def test_the_epoch_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, expected: int | None
) -> None:
    """SOURCE_DATE_EPOCH is read as reproducible-builds.org defines it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    monkeypatch.chdir(tmp_path)
    assert load_settings(tmp_path).source_date_epoch == expected


def test_an_epoch_that_is_no_number_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A malformed SOURCE_DATE_EPOCH is refused, not ignored."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ConfigurationError, match="seconds"):
        load_settings(tmp_path)
