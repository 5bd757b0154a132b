"""`ds2026kg query`: SPARQL over the vault, a file of data, or a remote endpoint."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.errors import QueryError, UsageError
from ds2026kg.findings import Text

if TYPE_CHECKING:
    from pyoxigraph import Store

    from ds2026kg.query.named import NamedQuery
    from ds2026kg.query.run import Result

_MAX_QUERY_BYTES = 1024 * 1024
_LONGEST = 86_400.0  # seconds; a day


_CUT = Text(
    "only the first {rows} rows are given; see --max-rows",
    "seules les {rows} premières lignes sont données; voyez --max-rows",
)


_DRAWN = Text("the chart is in {file}", "le graphique est dans {file}")


def _chart_file(
    _context: click.Context, _option: click.Parameter, value: Path | None
) -> Path | None:
    """The file as it is; raises `UsageError` where its name says no format."""
    if value is None or value.suffix.casefold() in (".svg", ".png"):
        return value
    raise UsageError(
        Text(
            "the name does not say how the chart is to be drawn",
            "le nom ne dit pas comment dessiner le graphique",
        ),
        place=f"--chart {value}",
        remedy=Text(
            "give a file that ends in .svg or .png", "donnez un fichier en .svg ou en .png"
        ),
    )


def _seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """The number as it is; click lets "nan" through any range."""
    if math.isnan(value):
        message = "'nan' is not a number of seconds."
        raise click.BadParameter(message)
    return value


@click.command(
    "query",
    cls=Command,
    help=described(
        "Ask QUESTION: the name of a stored query, a file, or - for standard input. Without it, "
        "the stored queries are listed.",
        "Pose QUESTION\u00a0: le nom d’une requête enregistrée, un fichier, ou - pour l’entrée "
        "standard. Sans elle, affiche la liste des requêtes enregistrées.",
    ),
)
@click.argument("question", required=False)
@click.option(
    "--vault",
    type=options.PATH,
    default=Path("vault"),
    show_default=True,
    help=described("The folder of notes to ask.", "Le dossier de notes à interroger."),
)
@click.option(
    "--data",
    type=options.PATH,
    help=described(
        "Ask this RDF file or build instead.",
        "Interroge plutôt ce fichier RDF ou cette publication.",
    ),
)
@click.option(
    "--endpoint",
    metavar="URL",
    help=described("Ask this SPARQL endpoint instead.", "Interroge plutôt ce point SPARQL."),
)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help=described("A parameter of the query.", "Un paramètre de la requête."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle", "jsonld"]),
    default="table",
    show_default=True,
    help=described("How to write the answer.", "La forme de la réponse."),
)
@click.option(
    "--chart",
    type=options.PATH,
    metavar="FILE",
    callback=_chart_file,
    help=described(
        "Draw a bar chart of two columns, a name and a number, to FILE (.svg or .png) as well.",
        "Dessine aussi dans FILE (.svg ou .png) un graphique à barres de deux colonnes, un nom et "
        "un nombre.",
    ),
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=_LONGEST),
    callback=_seconds,
    default=30.0,
    show_default=True,
    help=described("How long it may take, in seconds.", "La durée permise, en secondes."),
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help=described("How many rows at the most.", "Le nombre de lignes, au plus."),
)
@options.config
@options.common
def command(
    question: str | None,
    vault: Path,
    data: Path | None,
    endpoint: str | None,
    parameters: tuple[str, ...],
    form: str,
    chart: Path | None,
    timeout: float,
    max_rows: int,
    config_file: Path | None,
) -> int:
    """Run the query; returns the exit status."""
    from ds2026kg.cli.tables import queries_table
    from ds2026kg.query.formats import written
    from ds2026kg.query.named import load_queries
    from ds2026kg.query.run import run
    from ds2026kg.resources import resource_folder

    queries = load_queries(resource_folder("queries"))
    if question is None:
        CONSOLE.result(queries_table(queries))
        return 0
    asked = _asked(question, queries.get(question))
    settings = options.settings_for(vault, config_file)
    base = settings.dataset.base
    values = dict(_pair(parameter) for parameter in parameters)
    if endpoint is not None:
        from ds2026kg.query.remote import run_remote

        answer = run_remote(
            endpoint, asked, values, CONSOLE.language, base, timeout=timeout, max_rows=max_rows
        )
        unread = False
    else:
        store, unread = _store(vault, data, config_file)
        answer = run(
            store,
            asked,
            parameters=values,
            language=CONSOLE.language,
            base=base,
            timeout=timeout,
            max_rows=max_rows,
        )
    text = written(
        answer,
        form,
        width=CONSOLE.width,
        colour=CONSOLE.colour(),
        language=CONSOLE.language,
        base=base,
    )
    if chart is not None:
        _draw(chart, answer, asked, base)
    CONSOLE.result(text if text.endswith(b"\n") else text + b"\n")
    if getattr(answer, "truncated", False) and form != "table":
        CONSOLE.tell(CONSOLE.say(_CUT, rows=max_rows))
    return 3 if unread else 0


def _asked(question: str, stored: NamedQuery | None) -> NamedQuery:
    """The query by that name, in that file, or on standard input."""
    from ds2026kg.query.named import parse_query, read_query

    if question == "-":
        data = sys.stdin.buffer.read(_MAX_QUERY_BYTES + 1)
        if len(data) > _MAX_QUERY_BYTES:
            raise QueryError(
                Text("the query is larger than 1 MiB", "la requête dépasse 1 Mio"), place="-"
            )
        try:
            return parse_query("-", data.decode("utf-8-sig"), place="-")
        except UnicodeDecodeError as error:
            raise QueryError(
                Text("the query is not UTF-8 text", "la requête n’est pas du texte UTF-8"),
                place="-",
            ) from error
    if stored is not None:
        return stored
    file = Path(question)
    if file.is_file():
        return read_query(file)
    raise UsageError(
        Text(
            "there is no stored query and no file of that name",
            "il n’y a ni requête enregistrée ni fichier de ce nom",
        ),
        place=question,
        remedy=Text(
            "`ds2026kg query` lists the stored queries",
            "`ds2026kg query` affiche les requêtes enregistrées",
        ),
    )


def _draw(file: Path, answer: Result, asked: NamedQuery, base: str) -> None:
    """Write the chart of `answer`, worded as the query words itself."""
    from ds2026kg.query.bars import bars_of
    from ds2026kg.query.chart import Wording, chart_png, chart_svg
    from ds2026kg.targets import write_files

    bars = bars_of(answer, base=base, place=asked.place)
    nothing = Text("", "")
    columns = dict(asked.columns)
    axes = (columns.get(name, nothing) for name in (bars.of, bars.number))
    wording = Wording(*map(CONSOLE.say, (asked.title, asked.description, *axes)))
    svg = chart_svg(bars, wording, language=CONSOLE.language)
    write_files({file: chart_png(svg) if file.suffix.casefold() == ".png" else svg})
    CONSOLE.tell(CONSOLE.say(_DRAWN, file=file))


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise UsageError(
            Text("a parameter is written name=value", "un paramètre s’écrit nom=valeur"),
            place=f"--param {parameter}",
        )
    return name.strip(), value


def _store(vault: Path, data: Path | None, config_file: Path | None) -> tuple[Store, bool]:
    """The data to ask, and whether some note of it could not be read."""
    from ds2026kg.query.store import load_data, open_store

    settings = options.settings_for(vault, config_file)
    if data is not None:
        return load_data(data, base=settings.dataset.base), False
    from ds2026kg.reading import read

    with CONSOLE.progress() as progress:
        reading = read(vault, settings, progress)
    unread = [finding for finding in reading.findings if finding.rule.unreadable]
    for finding in unread:
        CONSOLE.fail(f"{finding.span}: {finding.message(CONSOLE.language)}")
    quads = (statement.quad for statement in reading.statements())
    base = settings.dataset.base
    return open_store(quads, reading.vocabulary.ontology, base=base), bool(unread)
