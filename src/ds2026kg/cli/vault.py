"""`ds2026kg vault`: what the reader sees in a vault."""

from __future__ import annotations

from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described


@click.command(
    "vault",
    cls=Command,
    help=described(
        "Show what is read in VAULT: how many notes, links and tags, which links lead nowhere or "
        "are ambiguous, and which notes stand alone.",
        "Montre ce qui est lu dans VAULT\u00a0: combien de notes, de liens et d’étiquettes, quels "
        "liens ne mènent à rien ou sont ambigus, et quelles notes restent seules.",
    ),
)
@options.vault
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=described(
        "Write every part of every note, with its place, as JSON.",
        "Écrit chaque partie de chaque note, avec sa place, en JSON.",
    ),
)
@click.option(
    "--private",
    is_flag=True,
    help=described(
        "Tell of private notes too; keep the output to yourself.",
        "Montre aussi les notes privées; gardez la sortie pour vous.",
    ),
)
@options.common
def command(vault: Path, config_file: Path | None, as_json: bool, private: bool) -> int:
    """Show what is read; returns the exit status."""
    from ds2026kg.cli.findings import findings_report
    from ds2026kg.cli.tables import counts_table
    from ds2026kg.findings import sort_findings
    from ds2026kg.reading import READING
    from ds2026kg.vault import Vault
    from ds2026kg.vault.record import vault_json

    settings = options.settings_for(vault, config_file)
    with CONSOLE.progress() as progress:
        progress(READING)
        opened = Vault(vault, max_bytes=settings.vault.max_note_bytes)
        findings = sort_findings(opened.findings(private=private))
    if as_json:
        for piece in vault_json(opened, private=private):
            CONSOLE.result(piece)
    else:
        CONSOLE.result(counts_table(opened))
        CONSOLE.result(findings_report(findings, opened.source.line))
    return 3 if any(finding.rule.unreadable for finding in findings) else 0
