"""What the reader sees is written as JSON a few parts at a time."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from ds2026kg.vault import Vault
from ds2026kg.vault.record import vault_json


@pytest.mark.parametrize("links", range(6))
def test_parts_written_a_few_at_a_time_are_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: int
) -> None:
    """To the byte what one array of them would be, also where there are none or just a batch."""
    (tmp_path / "a.md").write_text("# A\n" + "[[b]] k:: [[b]], 1\n" * links, encoding="utf-8")
    (tmp_path / "b.md").write_text("", encoding="utf-8")
    whole = b"".join(vault_json(Vault(tmp_path)))
    monkeypatch.setattr("ds2026kg.vault.record._AT_ONCE", 2)
    monkeypatch.setattr("ds2026kg.vault.record._PIECE", 1)

    assert b"".join(vault_json(Vault(tmp_path))) == whole
    document = json.loads(whole)
    compact = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    assert whole.replace(b"\n", b"").replace(b'": [', b'":[') == compact
    assert [len(note["links"]) for note in document["notes"]] == [2 * links, 0]


_TIMES = 80  # the note; 270 if its record were made whole


def test_the_record_of_a_long_note_is_never_held_whole(tmp_path: Path) -> None:
    """What is held at most, the note itself included, is a small multiple of its bytes."""
    data = b"[[b]]\n" * 20_000
    (tmp_path / "a.md").write_bytes(data)
    (tmp_path / "b.md").write_bytes(b"")
    vault = Vault(tmp_path)
    assert vault.survey.counts.links == 20_000
    tracemalloc.start()
    try:
        written = sum(map(len, vault_json(vault)))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert written > 30 * len(data)
    assert most < _TIMES * len(data)
