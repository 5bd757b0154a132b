"""`ds2026kg serve`: the data set over HTTP, to be asked and never changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.config import SERVER_RANGES, ServerSettings
from ds2026kg.errors import UsageError
from ds2026kg.findings import Text

if TYPE_CHECKING:
    from ds2026kg.errors import Ds2026kgError

_READY = Text(
    "{triples} triples are served at {url}/ (SPARQL at /sparql); Ctrl-C ends it",
    "{triples} triplets sont servis à {url}/ (SPARQL à /sparql); Ctrl-C y met fin",
)
_ENDED = Text(
    "ended; what was under way was answered", "terminé; ce qui était en cours a reçu réponse"
)


def _number(name: str) -> click.IntRange:
    """What the setting of that name may be."""
    return click.IntRange(*SERVER_RANGES[name])


@click.command(
    "serve",
    cls=Command,
    help=described(
        "Serve the data set of SOURCE over HTTP, as pages, as data and as a SPARQL endpoint that only "
        "reads. SOURCE is a vault, a build or a file of RDF; default: vault.",
        "Sert le jeu de données de SOURCE par HTTP, en pages, en données et comme point SPARQL en "
        "lecture seule. SOURCE est un coffre, une publication ou un fichier RDF; par défaut, vault.",
    ),
)
@click.argument("source", type=options.PATH, default=Path("vault"))
@click.option(
    "--host",
    help=described(
        "Where to listen; default: 127.0.0.1, this machine alone.",
        "Où écouter; par défaut, 127.0.0.1, cette machine seulement.",
    ),
)
@click.option(
    "--port",
    type=_number("port"),
    help=described("The port; default: 8026.", "Le port; par défaut, 8026."),
)
@click.option(
    "--timeout",
    type=_number("timeout"),
    help=described(
        "Seconds that a query may take; default: 5.",
        "Les secondes que peut durer une requête; par défaut, 5.",
    ),
)
@click.option(
    "--max-rows",
    type=_number("max_rows"),
    help=described(
        "Rows of an answer at the most; default: 10000.",
        "Les lignes d’une réponse, au plus; par défaut, 10000.",
    ),
)
@click.option(
    "--workers",
    type=_number("workers"),
    help=described(
        "Processes that answer queries; default: 2.",
        "Les processus qui répondent aux requêtes; par défaut, 2.",
    ),
)
@click.option(
    "--since",
    type=options.PATH,
    help=described(
        "Tell on the pages what has changed since this earlier build, or file of its data.",
        "Indique sur les pages ce qui a changé depuis cette publication antérieure, ou ce fichier de "
        "ses données.",
    ),
)
@options.config
@options.common
def command(
    source: Path,
    host: str | None,
    port: int | None,
    timeout: int | None,
    max_rows: int | None,
    workers: int | None,
    since: Path | None,
    config_file: Path | None,
) -> int:
    """Serve until told to end; returns the exit status."""
    from ds2026kg.server.data import ServedData
    from ds2026kg.server.listening import address_of, listen
    from ds2026kg.server.site import Site
    from ds2026kg.server.source import Source
    from ds2026kg.server.workers import supported

    if not supported():
        raise UsageError(
            Text(
                "this system cannot serve: it does not fork",
                "ce système ne peut servir\u00a0: fork lui manque",
            ),
            remedy=Text("run it on Linux, macOS or WSL", "lancez-le sous Linux, macOS ou WSL"),
        )
    settings = options.settings_for(source, config_file)
    told: dict[str, Any] = {
        "host": host,
        "port": port,
        "timeout": timeout,
        "max_rows": max_rows,
        "workers": workers,
    }
    limits = replace(settings.server, **{k: v for k, v in told.items() if v is not None})
    address_of(limits.host, limits.port)
    data = ServedData(Source(source, settings, since), limits, _tell)
    try:
        site = Site(
            data,
            settings.dataset.base,
            settings.dataset.licence,
            limits.url,
            limits.max_rows,
            limits.max_request_bytes,
            settings.dataset.name,
        )
        listen(data, site, limits.host, limits.port, lambda: _ready(data.facts.triples, limits))
    finally:
        data.close()
    CONSOLE.tell(CONSOLE.say(_ENDED))
    return 0


def _ready(triples: int, limits: ServerSettings) -> None:
    host = f"[{limits.host}]" if ":" in limits.host else limits.host
    url = limits.url or f"http://{host}:{limits.port}"
    CONSOLE.tell(CONSOLE.say(_READY, triples=triples, url=url))


def _tell(news: Ds2026kgError | Text) -> None:
    """What happens while serving: a fault, or a change of the data."""
    if isinstance(news, Text):
        CONSOLE.tell(CONSOLE.say(news))
    else:
        CONSOLE.fail(news.render(CONSOLE.language))
