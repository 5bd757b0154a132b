"""The record as it was last looked at, kept beside the build.

`portal diff` and `portal publish` leave it there. What has changed in the record since then, somebody
else has changed: nobody has agreed yet that it be written over.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ds2026kg.errors import OutputError
from ds2026kg.findings import Text
from ds2026kg.targets.files import write_files
from ds2026kg.targets.portal.record import Record
from ds2026kg.targets.portal.release import Release

_NAME = ".portal-seen.json"


def seen_file(release: Release) -> Path:
    """Where the record is kept unless another place is named: in the folder of the build, hidden."""
    return release.folder / _NAME


def read_seen(file: Path, portal: str, identifier: str) -> Record | None:
    """The record `identifier` of the portal at `portal` as last seen, or None if it never was.

    A file that cannot be read, or is about another record, says nothing.
    """
    try:
        kept: dict[str, Any] = json.loads(file.read_bytes())
        if (kept["portal"], kept["id"]) == (portal, identifier) and isinstance(
            kept["record"], dict
        ):
            return kept["record"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return None


def write_seen(file: Path, portal: str, identifier: str, live: Record | None) -> None:
    """Keep `live` as the record that was seen, whole or not at all; raises `OutputError`."""
    kept = {"portal": portal, "id": identifier, "record": live}
    text = json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    try:
        write_files({file: text})
    except OutputError as error:
        remedy = Text(
            "make it writable, or name another place with --seen FILE",
            "rendez-le accessible en écriture, ou nommez un autre endroit avec --seen FICHIER",
        )
        raise OutputError(error.message, place=error.place, remedy=remedy) from error
