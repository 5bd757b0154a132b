"""`ds2026kg build`: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command, NotOneOf
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.errors import UsageError
from ds2026kg.findings import Text

_FORMATS = ("ttl", "jsonld", "nt", "nq", "trig", "rdf", "csv")
_WRITTEN = Text(
    "{entities} entities from {notes} notes: {files} files in {folder}",
    "{entities} entités tirées de {notes} notes\u00a0: {files} fichiers dans {folder}",
)
_WITH_SITE = Text(
    "{entities} entities from {notes} notes: {files} files in {folder}, {pages} of them the site",
    "{entities} entités tirées de {notes} notes\u00a0: {files} fichiers dans {folder}, dont {pages} "
    "pour le site",
)
_NO_PAGES = Text(
    "what has changed is told on pages, and none are written",
    "ce qui a changé est dit sur des pages, et aucune n’est écrite",
)
_ADD_SITE = Text("add --site", "ajoutez --site")
_REFUSED = Text(
    "nothing was written: mend the findings above, or see --fail-on",
    "rien n’a été écrit\u00a0: corrigez les constatations ci-dessus, ou voyez --fail-on",
)


def _formats(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """The formats of a comma-separated list."""
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",")))
    unknown = [name for name in names if name not in _FORMATS]
    if unknown:
        raise NotOneOf(", ".join(unknown), _FORMATS)
    return names


@click.command(
    "build",
    cls=Command,
    help=described(
        "Read the notes in VAULT, check them, and write the data set.",
        "Lit les notes de VAULT, les vérifie et écrit le jeu de données.",
    ),
)
@options.vault
@click.option(
    "-o",
    "--output",
    type=options.PATH,
    default=Path("dist"),
    show_default=True,
    help=described("The folder to write to.", "Le dossier où écrire."),
)
@click.option(
    "--format",
    "formats",
    default=",".join(_FORMATS),
    show_default=True,
    callback=_formats,
    help=described(
        "The formats to write, with commas.", "Les formats à écrire, avec des virgules."
    ),
)
@click.option(
    "--site",
    is_flag=True,
    help=described(
        "Write pages as well, in both languages, for any host of files.",
        "Écrit aussi des pages, dans les deux langues, pour tout hébergeur de fichiers.",
    ),
)
@click.option(
    "--since",
    "earlier",
    type=options.PATH,
    metavar="OLD",
    help=described(
        "With --site, tell what has changed since this earlier build, or file of its data.",
        "Avec --site, dit ce qui a changé depuis cette publication antérieure, ou ce fichier "
        "de ses données.",
    ),
)
@options.fail_on
@options.gates
@click.option(
    "--no-validate",
    is_flag=True,
    help=described("Do not judge the data with SHACL.", "Ne vérifie pas les données avec SHACL."),
)
@options.judging
@options.common
def command(
    vault: Path,
    config_file: Path | None,
    output: Path,
    formats: tuple[str, ...],
    site: bool,
    earlier: Path | None,
    fail_on: str,
    baseline: Path | None,
    since: str | None,
    no_validate: bool,
    engine: str | None,
    shapes: tuple[Path, ...],
) -> int:
    """Run the build; returns the exit status."""
    from ds2026kg.build import build
    from ds2026kg.checking import Gates
    from ds2026kg.cli.findings import show_findings, status, tell_gates

    if earlier is not None and not site:
        raise UsageError(_NO_PAGES, place="--since", remedy=_ADD_SITE)
    with CONSOLE.progress() as progress:
        made = build(
            vault,
            output,
            options.settings_for(vault, config_file, engine, shapes),
            formats=formats,
            fail_on=options.FAIL_ON[fail_on],
            gates=Gates(baseline, since),
            validate=not no_validate,
            site=site,
            since=earlier,
            progress=progress,
        )
    told = made.findings if made.incomplete is None else (*made.findings, made.incomplete)
    show_findings(told, made.reading, fail_on if made.manifest is None else None)
    tell_gates(made, baseline, since)
    if made.manifest is None:
        CONSOLE.fail(CONSOLE.say(_REFUSED))
        return status(made.findings, fail_on)
    pages = made.manifest["site"]["files"] if site else 0
    CONSOLE.tell(
        CONSOLE.say(
            _WITH_SITE if site else _WRITTEN,
            entities=len(made.reading.graph.entities),
            notes=made.reading.vault.survey.counts.notes,
            files=len(made.manifest["files"]) + 1 + pages,
            pages=pages,
            folder=output,
        )
    )
    return 0
