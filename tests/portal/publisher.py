"""Somebody who publishes by the command line, and another who edits the record meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.portal.real_ckan import Site, act

_SETTINGS = """\
[dataset]
title_en = "Data strategy"
title_fr = "Stratégie relative aux données"
description_en = "What departments do with data."
description_fr = "Ce que les ministères font des données."
keywords_en = ["data", "strategy"]
keywords_fr = ["données", "stratégie"]
issued = 2026-03-01
frequency = "P1Y"

[publisher]
name_en = "Treasury Board of Canada Secretariat"
name_fr = "Secrétariat du Conseil du Trésor du Canada"
email = "{email}"

[portal]
url = "{url}"
id = "{id}"
owner_org = "{owner_org}"
subject = ["government_and_politics"]
imso_approval = true
ready_to_publish = true
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """Somebody with a vault, settings and a key, in a folder of their own."""

    folder: Path
    site: Site
    identifier: str

    def settings(self, **others: str) -> None:
        """Write the settings, with `others` in the place of what is right."""
        told = {
            "url": self.site.address,
            "id": self.identifier,
            "owner_org": "tbs-sct",
            "email": "data@example.org",
            **others,
        }
        text = _SETTINGS.format(**told)
        (self.folder / "vault" / "ds2026kg.toml").write_text(text, encoding="utf-8")

    def run(self, *words: str, key: str | None = "", status: int = 0) -> Done:
        """`ds2026kg WORDS` with the editor's key, or another, or None; it must end with `status`."""
        ended = subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environment(key),
            capture_output=True,
            check=False,
            timeout=300,
        )
        done = Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
        assert done.status == status, done
        assert "--debug" in words or "Traceback" not in done.err
        for secret in (self.site.editor, self.site.administrator, key or "-" * 9):
            assert secret not in done.out + done.err
        return done

    def command(self, *words: str) -> list[str]:
        """The words that start the program."""
        return [sys.executable, "-m", "ds2026kg", *words]

    def environment(self, key: str | None = "") -> dict[str, str]:
        """English, and the key."""
        told = {**os.environ, "LC_ALL": "C.UTF-8", "DS2026KG_PORTAL_KEY": key or self.site.editor}
        if key is None:
            del told["DS2026KG_PORTAL_KEY"]
        return told

    def build(self) -> None:
        """Build the vault."""
        self.run("build", "--quiet")

    def publish(self, *words: str) -> Done:
        """Publish for good."""
        return self.run("portal", "publish", "--yes", *words)

    def difference(self) -> dict[str, Any]:
        """What `portal diff` says."""
        told: dict[str, Any] = json.loads(self.run("portal", "diff", "--format", "json").out)
        return told

    def record(self) -> dict[str, Any]:
        """The record as the administrator sees it."""
        return act(self.site, "package_show", {"id": self.identifier})

    def edit(self, **fields: Any) -> None:
        """Change the record by another's hand."""
        act(self.site, "package_patch", {"id": self.identifier, **fields})

    def seen(self) -> int:
        """How many resources the record had when the program last saw it."""
        file = self.folder / "dist" / ".portal-seen.json"
        if not file.exists():
            return 0
        record = json.loads(file.read_bytes())["record"] or {"resources": ()}
        return len(record["resources"])

    def define(self, french: str) -> None:
        """Give a commitment a French text."""
        note = self.folder / "vault" / "Mission 3.1a.md"
        text = note.read_text(encoding="utf-8")
        note.write_text(
            text.replace("---\n", f"---\ndefinition_fr: {french}\n", 1), encoding="utf-8"
        )
