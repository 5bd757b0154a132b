"""Several Turtle files as one, keeping what their authors wrote: order, layout and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text
from ds2026kg.graph.canonical import isomorphic
from ds2026kg.graph.ontology import parse_turtle, turtle_text


def merge_turtle(files: Sequence[Path]) -> Iterator[bytes]:
    """The Turtle files one after the other, by name, each under a comment line that names it.

    Every file keeps its own directives: Turtle lets a prefix be declared again (§2.4). The whole is
    parsed and compared with the parts before it is given out, so that it says what they say.

    Raises `ConfigurationError` if a file cannot be read or parsed, or if two of them use the same
    label for a blank node.
    """
    ordered = sorted(files, key=lambda path: path.name)
    parts = [quad for path in ordered for quad in parse_turtle(path)]
    whole = b"\n".join(_section(path) for path in ordered)
    if not isomorphic(parts, parse(whole, format=RdfFormat.TURTLE)):
        raise ConfigurationError(
            Text(
                "the files cannot be joined: two of them share the label of a blank node",
                "les fichiers ne peuvent être joints : deux d’entre eux partagent l’étiquette d’un "
                "nœud anonyme",
            ),
            place=", ".join(path.name for path in ordered),
            remedy=Text(
                "write the blank node as [ ... ]", "écrivez le nœud anonyme sous la forme [ ... ]"
            ),
        )
    yield whole


def _section(path: Path) -> bytes:
    """The text of one file, with one line feed at its end."""
    return b"# " + path.name.encode() + b"\n\n" + turtle_text(path).strip(b"\n") + b"\n"
