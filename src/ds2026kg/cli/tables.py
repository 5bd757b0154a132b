"""Tables that commands print, drawn by the query room's table writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from ds2026kg.cli.console import CONSOLE
from ds2026kg.findings import Text
from ds2026kg.graph.explanation import Explanation
from ds2026kg.query.named import NamedQuery
from ds2026kg.query.run import Rows
from ds2026kg.query.table import table
from ds2026kg.strategy import Basis
from ds2026kg.vault import Vault

if TYPE_CHECKING:
    from ds2026kg.targets.portal import Change

_BASIS = {
    Basis.ASSERTED: Text("asserted", "affirmé"),
    Basis.DERIVED: Text("derived", "déduit"),
}


def explanation_table(entity: str, rows: Sequence[Explanation]) -> str:
    """Every statement about `entity`, one a row, with note, line and words."""
    names = (
        Text("statement", "énoncé"),
        Text("value", "valeur"),
        Text("basis", "origine"),
        Text("where", "où"),
        Text("words", "mots"),
    )
    cells = []
    for row in rows:
        about = row.term if row.subject == entity else f"{row.subject} {row.term}"
        value = f"{row.value} [{row.language}]" if row.language else row.value
        basis = CONSOLE.say(_BASIS[row.basis])
        # The words behind an asserted text are that text: no need to print it twice.
        words = "=" if row.words == row.value else row.words or ""
        cells.append((about, value, basis, str(row.span or ""), words))
    return _drawn([CONSOLE.say(name) for name in names], cells)


def queries_table(queries: Mapping[str, NamedQuery]) -> str:
    """The named queries, with what each answers and its parameters."""
    names = (Text("query", "requête"), Text("answers", "réponse"), Text("parameters", "paramètres"))
    cells = [
        (
            name,
            CONSOLE.say(query.title),
            ", ".join(parameter.name for parameter in query.parameters),
        )
        for name, query in queries.items()
    ]
    return _drawn([CONSOLE.say(name) for name in names], cells)


_COUNTS = {
    "notes": Text("notes", "notes"),
    "private": Text("  of them private", "  dont privées"),
    "canvases": Text("canvases", "canevas"),
    "links": Text("links within the vault", "liens dans le coffre"),
    "embeds": Text("embeds", "incorporations"),
    "external": Text("links elsewhere", "liens externes"),
    "headings": Text("headings", "titres"),
    "tags": Text("tags", "étiquettes"),
    "fields": Text("inline fields", "champs en ligne"),
    "blocks": Text("blocks", "blocs"),
    "tasks": Text("  of them tasks", "  dont tâches"),
}
_NOT_READ = {
    "attachments": Text("attachments", "pièces jointes"),
    "bases": Text("bases (.base), passed over", "bases (.base), ignorées"),
    "hidden": Text("hidden files and folders", "fichiers et dossiers cachés"),
    "templates": Text("notes in templates folders", "notes des dossiers de modèles"),
    "excluded-files": Text("notes that Obsidian excludes", "notes qu’Obsidian exclut"),
    "ignore-file": Text("notes that .ds2026kgignore names", "notes que nomme .ds2026kgignore"),
}


def counts_table(vault: Vault) -> str:
    """How many of everything a vault holds, and how much of it is not read."""
    listing = vault.listing
    counts = asdict(vault.survey.counts)
    cells = [(CONSOLE.say(name), str(counts[key])) for key, name in _COUNTS.items()]
    unread = {
        "attachments": len(listing.attachments),
        "bases": len(listing.bases),
        "hidden": listing.hidden,
        **listing.reasons,
    }
    cells += [
        (CONSOLE.say(name), str(unread[key])) for key, name in _NOT_READ.items() if unread.get(key)
    ]
    return _drawn([vault.name, ""], cells)


def changes_table(changes: Sequence[Change]) -> str:
    """Each field of a portal’s record that would change, as it is and as it would be."""
    names = (
        Text("field", "champ"),
        Text("on the portal", "sur le portail"),
        Text("in the build", "dans la publication"),
    )
    cells = [(change.field, _told(change.before), _told(change.after)) for change in changes]
    return _drawn([CONSOLE.say(name) for name in names], cells)


def _told(value: object) -> str:
    """A value of a record as people read it."""
    if value is None:
        return ""
    return ", ".join(map(_told, value)) if isinstance(value, list) else str(value)


def _drawn(names: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    rows = tuple(tuple(Literal(cell) for cell in row) for row in cells)
    return table(
        Rows(tuple(names), rows),
        width=CONSOLE.width,
        colour=CONSOLE.colour(),
        language=CONSOLE.language,
    )
