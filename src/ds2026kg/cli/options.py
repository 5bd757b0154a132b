"""The options that several commands have, declared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from ds2026kg.cli.console import CONSOLE
from ds2026kg.config import Engine, Settings, load_settings
from ds2026kg.findings import Severity, Text

_Function = TypeVar("_Function", bound=Callable[..., Any])

# Whether a path can be read or written is for the rooms to say, which know what it is for.
PATH = click.Path(path_type=Path, readable=False)
FAIL_ON = {
    "violation": Severity.VIOLATION,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "never": None,
}


def described(en: str, fr: str) -> str:
    """A help text in the user's language."""
    return CONSOLE.say(Text(en, fr))


def common(function: _Function) -> _Function:
    """The options of every command: --lang, --quiet, --debug."""

    def quiet(_context: click.Context, _option: click.Parameter, value: bool) -> None:
        CONSOLE.quiet = CONSOLE.quiet or value

    function = click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        help=described(
            "Show the program's own trace of an error.", "Montre la trace interne d’une erreur."
        ),
    )(function)
    function = click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=quiet,
        help=described("Say nothing but errors.", "Ne dit rien d’autre que les erreurs."),
    )(function)
    return click.option(
        "--lang",
        type=click.Choice(["en", "fr"]),
        expose_value=False,
        help=described(
            "Language; default: that of the locale.", "Langue; par défaut, celle du système."
        ),
    )(function)


def config(function: _Function) -> _Function:
    """--config FILE."""
    return click.option(
        "--config",
        "config_file",
        type=PATH,
        help=described(
            "The settings; default: ds2026kg.toml in the vault or here.",
            "Les réglages; par défaut, ds2026kg.toml dans le coffre ou ici.",
        ),
    )(function)


def vault(function: _Function) -> _Function:
    """The argument VAULT, and --config."""
    return click.argument("vault", type=PATH, default=Path("vault"))(config(function))


def fail_on(function: _Function) -> _Function:
    """--fail-on: from which severity on findings end the command with status 1."""
    return click.option(
        "--fail-on",
        type=click.Choice(list(FAIL_ON)),
        default="violation",
        show_default=True,
        help=described(
            "The least severe finding that makes the command fail.",
            "La constatation la moins grave qui fait échouer la commande.",
        ),
    )(function)


def gates(function: _Function) -> _Function:
    """--baseline and --changed-since: which findings count."""
    function = click.option(
        "--changed-since",
        "since",
        metavar="REV",
        help=described(
            "Only what has changed since this revision of git, and what that broke elsewhere.",
            "Seulement ce qui a changé depuis cette révision de git, et ce que cela a rompu ailleurs.",
        ),
    )(function)
    return click.option(
        "--baseline",
        type=PATH,
        metavar="FILE",
        help=described(
            "Findings listed in this file are shown, and fail nothing.",
            "Les constatations énumérées dans ce fichier sont montrées, et ne font rien échouer.",
        ),
    )(function)


def judging(function: _Function) -> _Function:
    """--engine and --shapes: how the graph is judged."""
    function = click.option(
        "--shapes",
        "shapes",
        type=PATH,
        multiple=True,
        metavar="FILE",
        help=described(
            "Judge by these SHACL shapes (Turtle) as well; may be repeated.",
            "Vérifie aussi selon ces formes SHACL (Turtle); peut être répété.",
        ),
    )(function)
    return click.option(
        "--engine",
        type=click.Choice([str(engine) for engine in Engine]),
        help=described(
            "What judges; all find the same. Default: the settings, or else auto.",
            "Ce qui vérifie; tous constatent la même chose. Par défaut, les réglages, sinon auto.",
        ),
    )(function)


def settings_for(
    vault: Path,
    config_file: Path | None,
    engine: str | None = None,
    shapes: Iterable[Path] = (),
) -> Settings:
    """The settings that hold for `vault`, with what the command line says of judging."""
    settings = load_settings(vault, config_file)
    told = settings.validation
    return replace(
        settings,
        validation=replace(
            told,
            engine=Engine(engine) if engine is not None else told.engine,
            shapes=(*told.shapes, *map(str, shapes)),
        ),
    )
