"""The command line: each command parses its arguments, calls a room, and prints. No logic.

Results go to stdout, all else to stderr. Exit status: 0 done; 1 findings at or over `--fail-on`;
2 wrong usage or configuration; 3 input that cannot be read, or output that cannot be written;
4 a remote system failed.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence

import click

from ds2026kg import __version__
from ds2026kg.cli.bilingual import LazyGroup, usage_error
from ds2026kg.cli.console import CONSOLE, language_of
from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Text

_SUMMARIES = {
    "build": Text(
        "Read a vault, check it, and write the data set.",
        "Lit un coffre, le vérifie et écrit le jeu de données.",
    ),
    "validate": Text(
        "Say what is wrong with a vault, and where.",
        "Dit ce qui ne va pas dans un coffre, et où.",
    ),
    "vault": Text(
        "Show what is read in a vault, and where its links lead.",
        "Montre ce qui est lu dans un coffre, et où mènent ses liens.",
    ),
    "query": Text("Ask the data set a question.", "Pose une question au jeu de données."),
    "serve": Text(
        "Serve the data set as pages and as a SPARQL endpoint.",
        "Sert le jeu de données en pages et comme point SPARQL.",
    ),
    "portal": Text(
        "Put the data set on an open-government portal (CKAN).",
        "Met le jeu de données sur un portail de gouvernement ouvert (CKAN).",
    ),
    "explain": Text(
        "Show every statement about one entity, and the words behind it.",
        "Montre chaque énoncé sur une entité, et les mots dont il vient.",
    ),
}
_UNEXPECTED = Text(
    "something went wrong inside ds2026kg ({kind}: {error}); run again with --debug and report it",
    "une erreur interne de ds2026kg est survenue ({kind}\u00a0: {error}); relancez avec --debug et "
    "signalez-la",
)
_INTERRUPTED = Text(
    "interrupted; nothing was half-written", "interrompu; rien n’a été écrit à moitié"
)


def _program() -> LazyGroup:
    """The click program, its texts in the console's language."""
    program = LazyGroup(
        name="ds2026kg",
        summaries=_SUMMARIES,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=CONSOLE.say(
            Text(
                "Publishes an Obsidian vault of strategy notes as Linked Data.",
                "Publie un coffre Obsidian de notes de stratégie en données liées.",
            )
        ),
    )
    show = CONSOLE.say(Text("Show the version and end.", "Affiche la version et termine."))
    version = click.version_option(
        __version__, prog_name="ds2026kg", message="%(prog)s %(version)s", help=show
    )
    language = click.option(
        "--lang",
        type=click.Choice(["en", "fr"]),
        expose_value=False,
        help=CONSOLE.say(
            Text("Language; default: that of the locale.", "Langue; par défaut, celle du système.")
        ),
    )
    language(version(program))
    return program


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program on `arguments` (those of the process by default) and end with its status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    CONSOLE.language = language_of(given, os.environ)
    CONSOLE.debug = "--debug" in given
    if CONSOLE.debug:
        _show_log()
    try:
        # Not click's own `main`: it ends with 1, the status of findings, when a pipe is closed.
        program = _program()
        with program.make_context("ds2026kg", given) as context:
            status = program.invoke(context)
        sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; keep Python from complaining at exit.
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        sys.exit(141)
    except Ds2026kgError as error:
        status = _report(error)
    except click.UsageError as error:
        status = _report(usage_error(error))
    except (click.exceptions.Abort, KeyboardInterrupt):
        CONSOLE.fail(CONSOLE.say(_INTERRUPTED))
        status = 130
    except Exception as error:
        if CONSOLE.debug:
            traceback.print_exc()
        kind = type(error).__name__
        CONSOLE.fail(CONSOLE.say(_UNEXPECTED, kind=kind, error=error))
        status = 70
    sys.exit(status)


def _show_log() -> None:
    """What the rooms log for those who look for a fault goes to stderr."""
    logging.getLogger("ds2026kg").setLevel(logging.DEBUG)
    if logging.lastResort is not None:
        logging.lastResort.setLevel(logging.DEBUG)


def _report(error: Ds2026kgError) -> int:
    if CONSOLE.debug:
        traceback.print_exception(error)
    CONSOLE.fail(error.render(CONSOLE.language))
    return error.status
