"""The fixtures of the rules: a vault that keeps each, one that breaks it, and its approved report.

For the rule CODE, `tests/fixtures/rules/CODE/` holds the vaults `valid/` and `invalid/`, and in
`report.json` what `ds2026kg validate . --format json`, run in the latter, is known to say; for a
rule of publication, what `ds2026kg build` says of the settings. A vault may have settings
(`ds2026kg.toml`), and shapes of its own that they name. What git cannot hold or may spoil (symbolic
links, pipes) is named in `made.json`, and made in a copy of the folder:

    {"invalid/Plan.md": {"symlink": "../Plan.md"}}    or    {"invalid/Plan.md": {"pipe": true}}

Reports are approved again by hand, after reading the difference, never by a test:

    PYTHONPATH=src python -m tests.validation.rule_fixtures [CODE ...]
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import SH, URIRef

import ds2026kg
from ds2026kg.catalog import dataset_of, incomplete
from ds2026kg.checking import judge
from ds2026kg.config import load_settings
from ds2026kg.findings import Finding, Rule
from ds2026kg.fixing import mended
from ds2026kg.reading import Reading, read
from ds2026kg.resources import resource_folder
from ds2026kg.validation.catalogue import by_code, rules_of_publication
from ds2026kg.validation.reporters import View, reporter
from ds2026kg.validation.shapes import Shapes, load_shapes

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "rules"

_HERE = Path()  # the settings of a vault name its shapes from there


def _link(place: Path, target: object) -> None:
    place.symlink_to(str(target))


def _pipe(place: Path, _wanted: object) -> None:
    os.mkfifo(place)


BUILDERS: dict[str, Callable[[Path, object], None]] = {"symlink": _link, "pipe": _pipe}
"""How to make what `made.json` may ask for."""


@contextmanager
def vault_of(code: str, side: str) -> Iterator[Path]:
    """The vault `side` ("valid" or "invalid") of a rule, with what must be made in it."""
    folder = FIXTURES / code
    if not (folder / "made.json").is_file():
        yield folder / side
        return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, code)
        shutil.copytree(folder, copy)
        wanted = json.loads((folder / "made.json").read_text("utf-8"))
        for place, made in wanted.items():
            [(kind, value)] = made.items()
            BUILDERS[kind](copy / place, value)
        yield copy / side


@cache
def shapes() -> Shapes:
    """The project's shapes."""
    return load_shapes(sorted(resource_folder("shapes").glob("*.ttl")))


def report(code: str, side: str) -> Any:
    """What `ds2026kg validate --format json` says of a fixture's vault, or `build` of its settings."""
    with vault_of(code, side) as vault, chdir(vault):
        reading = read(_HERE, load_settings(_HERE))
        if code in by_code(rules_of_publication()):
            dataset = dataset_of(reading.graph, reading.settings, 0, "")
            return _told(reading, [each for each in (incomplete(dataset),) if each])
        return _told(reading)


def report_once_mended(code: str) -> Any:
    """What it says of the invalid vault of a rule once `--fix` has mended it."""
    with vault_of(code, "invalid") as vault, chdir(vault):
        settings = load_settings(_HERE)
        notes = {note.path: note.after for note in mended(_HERE, settings)}
        return _told(read(_HERE, settings, drafts=notes))


def _told(reading: Reading, findings: Sequence[Finding] | None = None) -> Any:
    view = View(source_line=reading.vault.source.line, base=reading.settings.dataset.base)
    return json.loads(reporter("json")(judge(reading) if findings is None else findings, view))


def declared_rules() -> dict[str, list[Rule]]:
    """Every rule that a module of ds2026kg declares, by code; one code should mean one rule."""
    found: dict[str, list[Rule]] = {}
    for module in pkgutil.walk_packages(ds2026kg.__path__, "ds2026kg."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Rule) and value not in found.setdefault(value.code, []):
                found[value.code].append(value)
    return found


def shape_rules() -> dict[str, Rule]:
    """Every rule that a shape states, by code."""
    return {
        rule.code: rule
        for iri, rule in shapes().rules.items()
        if (URIRef(iri), SH.message, None) in shapes().graph
    }


def approve(codes: Sequence[str]) -> None:
    """Write the report of each rule as it is today."""
    for code in codes:
        text = json.dumps(report(code, "invalid"), ensure_ascii=False, indent=2)
        place = FIXTURES / code / "report.json"
        place.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    approve(sys.argv[1:] or sorted(folder.name for folder in FIXTURES.iterdir()))
