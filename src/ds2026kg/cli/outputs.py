"""`--output`: which report goes to which file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ds2026kg.cli.bilingual import NotOneOf
from ds2026kg.cli.options import described
from ds2026kg.errors import UsageError
from ds2026kg.findings import Text

_Function = TypeVar("_Function", bound=Callable[..., Any])

# As in `validation.reporters`, which `--help` need not import; a test keeps them alike.
FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "turtle", "markdown")
_SUFFIXES = {
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".json": "json",
    ".ttl": "turtle",
    ".xml": "junit",
    ".txt": "text",
    ".md": "markdown",
}
# What stands before "=" and could be meant as a format; no path with a dot or a slash is.
_FORM = re.compile(r"([A-Za-z][\w-]*)=(.*)", re.DOTALL)


def outputs(function: _Function) -> _Function:
    """--output [FORM=]FILE, any number of times; the command gets a format for each file."""
    return click.option(
        "-o",
        "--output",
        "outputs",
        metavar="[FORM=]FILE",
        multiple=True,
        callback=_outputs,
        help=described(
            "Write a report to FILE as well; may be given several times. FORM may be left out "
            "before .sarif, .json, .ttl, .xml (junit), .txt and .md.",
            "Écrit aussi un rapport dans FILE; peut être donnée plusieurs fois. FORM peut être "
            "omise devant .sarif, .json, .ttl, .xml (junit), .txt et .md.",
        ),
    )(function)


def _outputs(
    _context: click.Context, _option: click.Parameter, values: Sequence[str]
) -> dict[Path, str]:
    """The format of each file, in the order given; raises `UsageError` for one named twice."""
    told: dict[Path, str] = {}
    for value in values:
        form, name = _parts(value)
        real = Path(os.path.realpath(name))
        if any(os.path.realpath(other) == str(real) for other in told):
            raise UsageError(
                Text("two reports would go to this file", "deux rapports iraient à ce fichier"),
                place=name,
                remedy=Text(
                    "give each --output a file of its own",
                    "donnez à chaque --output son propre fichier",
                ),
            )
        told[Path(name)] = form
    return told


def _parts(value: str) -> tuple[str, str]:
    """Format and file; raises `UsageError` where no format is given and none can be told."""
    if match := _FORM.fullmatch(value):
        form, name = match[1], match[2]
        if form not in FORMATS:
            raise NotOneOf(form, FORMATS)
    else:
        suffixes = (s for s in _SUFFIXES if value.casefold().endswith(s))
        form, name = _SUFFIXES.get(max(suffixes, key=len, default=""), ""), value
    if form and name:
        return form, name
    raise UsageError(
        Text("no format and file can be told from this", "ceci ne dit ni format ni fichier")
        if not name
        else Text(
            "the name does not say which format is meant", "le nom ne dit pas quel format est voulu"
        ),
        place=value or "--output",
        remedy=Text(
            f"write --output FORM=FILE, with one of {', '.join(FORMATS)}",
            f"écrivez --output FORM=FILE, avec l’un de {', '.join(FORMATS)}",
        ),
    )
