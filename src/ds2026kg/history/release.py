"""An earlier release, as far as it is needed to say what has changed since."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple

from ds2026kg.errors import DataError
from ds2026kg.findings import Text
from ds2026kg.history.change import Changes
from ds2026kg.history.comparing import changes_between, statements_about
from ds2026kg.query.prefixes import DEFAULT_BASE, PREFIXES
from ds2026kg.query.store import load_data

_MODIFIED: Final = NamedNode(f"{PREFIXES['dcterms']}modified")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Release:
    """What an earlier release says of the things of the data set.

    `name` is the day of the last change in it (ISO 8601), or what its file is called if it tells none.
    """

    name: str
    base: str
    statements: frozenset[Triple]

    def changes_to(self, store: Store) -> Changes:
        """What has changed from this release to the data in `store`."""
        now = statements_about(store, base=self.base)
        return changes_between(self.statements, now, self.name)


def read_release(path: Path, *, base: str = DEFAULT_BASE) -> Release:
    """The release in the folder of a build, or in a file of RDF, at `path`.

    Raises `DataError` as `load_data` does, and if it tells of nothing that is named under `base`: every
    thing would be new.
    """
    store = load_data(path, base=base)
    statements = statements_about(store, base=base)
    if not statements:
        raise DataError(
            Text(
                f"this holds nothing that is named under {base}",
                f"rien n’y est nommé sous {base}",
            ),
            place=str(path),
            remedy=Text(
                "name an earlier build of the same data set",
                "nommez une publication antérieure du même jeu de données",
            ),
        )
    return Release(_latest(store, base) or path.resolve().name, base, statements)


def _latest(store: Store, base: str) -> str:
    """The latest day on which the note about a thing was changed; "" if none is told."""
    days = (
        quad.object.value
        for quad in store.quads_for_pattern(None, _MODIFIED, None)
        if isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(f"{base}id/")
    )
    return max((day for day in days if _DATE.fullmatch(day)), default="")
