"""Where the served data come from: a vault, a build or a file of RDF; and whether it has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import Store

from ds2026kg.config import Settings
from ds2026kg.errors import DataError
from ds2026kg.findings import Text
from ds2026kg.history import Changes, read_release
from ds2026kg.pages import Download
from ds2026kg.pages.addresses import FORMS
from ds2026kg.query.store import (
    load_data,
    load_into,
    load_stored_queries,
    open_store,
    queries_graph,
)

_MANIFEST = "manifest.json"
_QUERIES = "queries.ttl"
_IGNORE_FILE = ".ds2026kgignore"


@dataclass(frozen=True, slots=True)
class Source:
    """The folder of notes, the folder of a build or the file at `path`, read under `settings`.

    `since` is an earlier build, or a file of its data, that the data are compared with.
    """

    path: Path
    settings: Settings
    since: Path | None = None

    def opened(self) -> Store:
        """The data, in a store of their own; of a vault or a build, with its stored queries.

        These are in `<base>graph/queries`, where editors of SPARQL find them.
        Raises `VaultError` or `DataError` for what is missing or cannot be read; of a vault, every
        note must be readable, since what is served is to be whole.
        """
        base = self.settings.dataset.base
        if self.is_build or not self.path.is_dir():
            store = load_data(self.path, base=base)
            published = self.path / _QUERIES
            if published.is_file():
                load_into(store, published, queries_graph(base))
            return store
        store = self._read()
        load_stored_queries(store, base=base, endpoint=self.settings.dataset.endpoint)
        return store

    def changes(self, store: Store) -> Changes | None:
        """What has changed in the data of `store` since the earlier release; None if none is named.

        Raises `DataError` as `read_release` does.
        """
        if self.since is None:
            return None
        return read_release(self.since, base=self.settings.dataset.base).changes_to(store)

    def _read(self) -> Store:
        """The data that the notes of the vault make."""
        from ds2026kg.reading import read

        reading = read(self.path, self.settings)
        for finding in reading.findings:
            if finding.rule.unreadable:
                raise DataError(
                    Text(finding.message("en"), finding.message("fr")),
                    place=f"{self.path}: {finding.span}",
                    remedy=Text(
                        "mend the note; `ds2026kg validate` says more",
                        "corrigez la note\u00a0; `ds2026kg validate` en dit plus",
                    ),
                )
        quads = (statement.quad for statement in reading.statements())
        return open_store(quads, reading.vocabulary.ontology, base=self.settings.dataset.base)

    @property
    def is_build(self) -> bool:
        """Whether `path` is the folder of a build: it has a manifest."""
        return (self.path / _MANIFEST).is_file()

    def downloads(self) -> tuple[Download, ...]:
        """The files of a build, as its manifest has them; of other sources, the data in each form.

        Raises `DataError` for a manifest that no build wrote.
        """
        if not self.is_build:
            name = self.settings.dataset.name
            return tuple(Download(f"files/{name}.{form}", kind) for form, kind in FORMS.items())
        try:
            files = json.loads((self.path / _MANIFEST).read_bytes())["files"]
            return tuple(
                Download(
                    f"files/{file['name']}",
                    str(file["mediaType"]),
                    int(file["bytes"]),
                    file["sha256"],
                )
                for file in files
                if (self.path / file["name"]).parent
                == self.path  # pages of a site are no downloads
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(
                Text("the manifest cannot be read", "le manifeste ne peut être lu"),
                place=str(self.path / _MANIFEST),
                remedy=Text("build again (ds2026kg build)", "relancez ds2026kg build"),
            ) from error

    def stamp(self) -> str:
        """A text that is another once the source has changed.

        A build's manifest is moved into place last, and so stands for all of it. Of a vault, every
        file counts but those in hidden folders, where Obsidian keeps what is open.
        Raises `OSError` if the source is missing.
        """
        if self.path.is_file():
            return _state(self.path)
        if self.is_build:
            return _state(self.path / _MANIFEST)
        digest = blake2b(digest_size=16)
        for state in sorted(_states(self.path)):
            digest.update(state.encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def _states(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") and entry.name != _IGNORE_FILE:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _states(Path(entry.path))
            elif entry.is_file():
                yield _state(Path(entry.path))


def _state(file: Path) -> str:
    found = file.stat()
    return f"{file}\0{found.st_mtime_ns}\0{found.st_size}\0{found.st_ino}\0"
