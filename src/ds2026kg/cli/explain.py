"""`ds2026kg explain`: why the data says what it says."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described


@click.command(
    "explain",
    cls=Command,
    help=described(
        "Show every statement about ENTITY (3.2a, tbs, an IRI), with the note, line and words "
        "behind it.",
        "Montre chaque énoncé sur ENTITY (3.2a, tbs, un IRI), avec la note, la ligne et les mots "
        "dont il vient.",
    ),
)
@click.argument("entity")
@click.option(
    "--vault",
    type=options.PATH,
    default=Path("vault"),
    show_default=True,
    help=described("The folder of notes.", "Le dossier des notes."),
)
@options.config
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help=described("How to write the statements.", "La forme des énoncés."),
)
@options.common
def command(entity: str, vault: Path, config_file: Path | None, form: str) -> int:
    """Run the explanation; returns the exit status."""
    from dataclasses import asdict

    from ds2026kg.cli.tables import explanation_table
    from ds2026kg.graph.explanation import explain, find_entity
    from ds2026kg.reading import read

    with CONSOLE.progress() as progress:
        reading = read(vault, options.settings_for(vault, config_file), progress)
    found = find_entity(reading.graph, reading.vocabulary, entity)
    rows = list(explain(reading.graph, reading.vocabulary, found, reading.vault.source.text))
    if form == "json":
        statements = [{**asdict(row), "basis": row.basis.value} for row in rows]
        CONSOLE.result(json.dumps(statements, ensure_ascii=False, indent=2) + "\n")
    else:
        CONSOLE.result(explanation_table(found.id, rows))
    return 3 if any(finding.rule.unreadable for finding in reading.findings) else 0
