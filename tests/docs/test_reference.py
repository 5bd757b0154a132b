"""The reference pages name all there is, and nothing that is not."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
import pytest

from ds2026kg.build import build
from ds2026kg.catalog import Dataset, missing
from ds2026kg.cli import build as build_command
from ds2026kg.cli import explain, portal, query, validate
from ds2026kg.cli import vault as vault_command
from ds2026kg.config import Settings, load_settings
from ds2026kg.findings import Text
from ds2026kg.graph.vocabulary import Vocabulary, load_vocabulary
from ds2026kg.profile import profile
from ds2026kg.query.named import load_queries
from ds2026kg.resources import resource_folder
from ds2026kg.vault import Vault
from ds2026kg.vault.record import vault_json


@pytest.fixture
def vocabulary() -> Vocabulary:
    """What the ontology folder says."""
    return load_vocabulary(resource_folder("ontology"), Settings().dataset.base)


def _rows(text: str, header: str) -> Iterator[list[str]]:
    """The cells of the rows of the table that begins with `header`."""
    lines = text[text.index(f"\n| {header}") + 1 :].split("\n\n", 1)[0].splitlines()
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def _names(cell: str) -> list[str]:
    """What a cell names as code."""
    return re.findall(r"`([^`]+)`", cell)


def test_every_key_of_a_note_is_in_the_table(root: Path, vocabulary: Vocabulary) -> None:
    """docs/data.md gives each key with the property that the context gives it."""
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    told = {key: _names(row[1])[0] for row in _rows(text, "key") for key in _names(row[0])}
    prefixes = {name: iri for name, iri in vocabulary.prefixes.items() if name != "graph"}
    expected = {}
    for field in vocabulary.schema.fields.values():
        iri = vocabulary.terms[field.term].iri
        prefix = next(name for name in prefixes if iri.startswith(prefixes[name]))
        expected[field.key] = f"{prefix}:{iri.removeprefix(prefixes[prefix])}"
    assert told == expected


def test_the_language_of_a_key_is_in_the_table(root: Path, vocabulary: Vocabulary) -> None:
    """Keys for French text are said to be so, and only they."""
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    told = {key for row in _rows(text, "key") if "French" in row[2] for key in _names(row[0])}
    french = {field.key for field in vocabulary.schema.fields.values() if field.language == "fr"}
    assert told == french


def test_every_term_of_ours_is_described(root: Path) -> None:
    """docs/data.md speaks of each class and property of the ontology, and of no other."""
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    ontology = (root / "ontology" / "ds2026.ttl").read_text(encoding="utf-8")
    defined = set(re.findall(r"^ds:(\w+) a ", ontology, re.MULTILINE))
    assert set(re.findall(r"\bds:(\w+)", text)) == defined


def _flat(record: dict[str, Any], path: str = "") -> dict[str, Any]:
    """Settings by dotted key; tuples as the lists of TOML."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{path}{key}.")
        elif key != "source_date_epoch":
            flat[path + key] = list(value) if isinstance(value, tuple) else value
    return flat


def test_every_setting_is_explained_with_its_default(root: Path) -> None:
    """docs/settings.md shows each key of the settings with the value that holds without it."""
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    block = text.split("```toml\n")[1].split("```")[0]
    defaults = _flat(asdict(Settings()))
    unset = {key.rpartition(".")[2] for key, value in defaults.items() if value is None}
    assert set(re.findall(r"^# (\w+) = .+: no default$", block, re.MULTILINE)) == unset
    assert _flat(tomllib.loads(block)) == {
        key: value for key, value in defaults.items() if value is not None
    }
    assert [_names(row[0])[0] for row in _rows(text, "key")] == list(defaults)


def test_the_example_of_the_settings_is_taken_as_it_stands(root: Path, tmp_path: Path) -> None:
    """What docs/settings.md shows for a publisher is valid, and leaves nothing of his unsaid."""
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    file = tmp_path / "ds2026kg.toml"
    file.write_text(text.split("```toml\n")[2].split("```")[0], encoding="utf-8")
    told = Dataset(load_settings(tmp_path), title=Text("A strategy", "Une stratégie"))
    told = replace(
        told,
        description=Text(
            told.settings.dataset.description_en, told.settings.dataset.description_fr
        ),
    )
    assert [each.key for each in missing(told) if each.required] == []


@pytest.mark.parametrize("key", ["frequency", "collection", "subject", "audience"])
def test_every_code_of_the_portal_is_told(root: Path, key: str) -> None:
    """docs/settings.md lists each code that the portal's lists have, in their order."""
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    codes = text[text.index("## Codes of the portal") :]
    told = {_names(row[0])[0].partition(".")[2]: _names(row[1]) for row in _rows(codes, "key")}
    assert told[key] == list(profile().lists[key])


def test_readme_names_every_query(root: Path) -> None:
    """The README lists each stored query with its parameters."""
    text = (root / "README.md").read_text(encoding="utf-8")
    for name, asked in load_queries(resource_folder("queries")).items():
        parameters = ", ".join(parameter.name for parameter in asked.parameters)
        assert re.search(rf"^{name} +{asked.title.en} +{parameters}$", text, re.MULTILINE), name


def test_readme_names_every_file_of_a_build(root: Path, tmp_path: Path) -> None:
    """The README's table of dist/ has each file of a build."""
    vault = root / "vault"
    made = build(vault, tmp_path, load_settings(vault), validate=False)
    assert made.manifest is not None
    text = (root / "README.md").read_text(encoding="utf-8")
    named = {name for row in _rows(text, "file") for name in _names(row[0])}
    whole = {f"ds2026{name}" if name.startswith(".") else name for name in named}
    assert whole == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "command",
    [
        build_command.command,
        validate.command,
        vault_command.command,
        query.command,
        explain.command,
        portal.check,
        portal.diff,
        portal.publish,
    ],
)
def test_every_option_is_told(root: Path, command: click.Command) -> None:
    """Each option that is not common to all commands appears in the documents."""
    pages = [root / "README.md", *(root / "docs").glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    options = {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
        if name.startswith("--")
    }
    assert {option for option in options if not re.search(rf"{option}\b", text)} == set()


_VAULT = {
    "A.md": "---\nk: v\n---\n# H #t\nk:: [[A]][^1]\n\n- x\n\n[^1]: f\n",
    "B.md": "[[no]]",
    "c.canvas": '{"nodes": [{"id": "a", "type": "text", "text": "[[A]]"}], '
    '"edges": [{"id": "b", "fromNode": "a", "toNode": "a"}]}',
    "old/O.md": "",
    "templates/T.md": "",
    "drafts/D.md": "",
    ".obsidian/app.json": '{"userIgnoreFilters": ["old/"]}',
    ".obsidian/templates.json": '{"folder": "templates"}',
    ".ds2026kgignore": "drafts/",
}


_IN_TABLES_OF_THEIR_OWN = frozenset({"notes", "canvases", "links"})


def test_every_key_of_the_vault_document_is_told(root: Path, tmp_path: Path) -> None:
    """The tables of docs/vault.md have the keys that `--json` writes, in their order, and no other."""
    for name, content in _VAULT.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    document = json.loads(b"".join(vault_json(Vault(tmp_path))))
    note, canvas = document["notes"][0], document["canvases"][0]
    records = {
        "key | type": document,
        "key of a note |": note,
        "key of a link |": note["links"][0],
        "key of a canvas |": canvas,
    }
    text = (root / "docs" / "vault.md").read_text(encoding="utf-8")
    rows = {header: list(_rows(text, header)) for header in records}
    told = {header: [key for row in rows[header] for key in _names(row[0])] for header in rows}
    assert told == {header: list(record) for header, record in records.items()}
    nested: dict[tuple[str, str], set[str]] = {
        (header, key): set(value[0])
        for header, record in records.items()
        for key, value in record.items()
        if key not in _IN_TABLES_OF_THEIR_OWN and isinstance(value, list)
        if value and isinstance(value[0], dict)
    }
    nested["key | type", "counts"] = {*document["counts"], *document["counts"]["passed_over"]}
    described = {
        (header, _names(row[0])[0]): _names(row[2]) for header in rows for row in rows[header]
    }
    untold = {place for place, keys in nested.items() if keys.difference(described[place])}
    assert untold == set()
    place = text[text.index("A place (") :].split("\n\n")[0]
    assert _names(place)[2:] == list(note["headings"][0]["at"])


def test_every_member_of_a_vault_is_told(root: Path) -> None:
    """docs/vault.md has a row for each public member of `Vault`."""
    text = (root / "docs" / "vault.md").read_text(encoding="utf-8")
    told = {
        re.match(r"\w+", name)[0]  # type: ignore[index]
        for row in _rows(text, "member of `Vault`")
        for name in _names(row[0])
    }
    vault = Vault(root / "vault")
    members = {name for name in (*dir(vault), *vars(vault)) if not name.startswith("_")}
    assert told - {"iterating"} == members | {"Vault"}


def test_every_module_of_the_vault_room_is_told(root: Path) -> None:
    """docs/architecture.md has a row for each module of the room that other tools may use."""
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = [name for row in _rows(text, "module") for name in _names(row[0])]
    modules = {path.name for path in (root / "src" / "ds2026kg" / "vault").glob("*.py")}
    assert sorted(told) == sorted(modules - {"__init__.py"})


def test_every_dependency_has_its_reason(root: Path) -> None:
    """docs/decisions.md has a section or a row for each dependency that is installed."""
    text = (root / "docs" / "decisions.md").read_text(encoding="utf-8").casefold()
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [name for group in project["optional-dependencies"].values() for name in group]
    wanted = {
        re.split(r"[<>=!~; \[]", requirement)[0].casefold()
        for requirement in (*project["dependencies"], *optional)
    }
    assert {name for name in wanted if f"`{name}`" not in text} == set()
