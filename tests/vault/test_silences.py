"""The forms in which a note says which rules it silences, and why."""

from __future__ import annotations

import pytest

from ds2026kg.vault import read_note
from ds2026kg.vault.silences import read_silences

_FORMS = {
    "a list with a shared reason": (
        "ds2026kg-ignore: [link-broken, key-unknown]\nds2026kg-ignore-reason: to come",
        [("link-broken", "to come", 2), ("key-unknown", "to come", 2)],
    ),
    "as Obsidian writes a list": (
        'ds2026kg-ignore:\n  - "link-broken: to come: soon"\n  - key-unknown',
        [("link-broken", "to come: soon", 3), ("key-unknown", "", 4)],
    ),
    "a list of mappings": (
        "ds2026kg-ignore:\n  - link-broken: to come\n  - key-unknown: ours",
        [("link-broken", "to come", 3), ("key-unknown", "ours", 4)],
    ),
    "a mapping": (
        "ds2026kg-ignore:\n  link-broken: to come\n  key-unknown:",
        [("link-broken", "to come", 3), ("key-unknown", "", 4)],
    ),
    "a mapping and a shared reason": (
        "ds2026kg-ignore:\n  link-broken: to come\n  key-unknown:\nds2026kg-ignore-reason: ours",
        [("link-broken", "to come", 3), ("key-unknown", "ours", 4)],
    ),
    "a text": ("ds2026kg-ignore: link-broken", [("link-broken", "", 2)]),
    "a text with a reason": ("ds2026kg-ignore: 'link-broken: x'", [("link-broken", "x", 2)]),
    "French colon, capital, any case of the key": (
        "DS2026kg-Ignore: ['Link-broken\u00a0: à venir']",
        [("link-broken", "à venir", 2)],
    ),
    "a reason on several lines": (
        "ds2026kg-ignore:\n  link-broken: >\n    to\n    come\n",
        [("link-broken", "to come", 3)],
    ),
    "a reason with a link": (
        "ds2026kg-ignore: ['link-broken: see [[B|that note]]']",
        [("link-broken", "see that note", 2)],
    ),
    "nothing yet": ("ds2026kg-ignore:", []),
    "an empty list": ("ds2026kg-ignore: []", []),
    "an empty item": ("ds2026kg-ignore:\n  - \n  - key-unknown", [("key-unknown", "", 4)]),
    "a list in a list": ("ds2026kg-ignore: [[a, b], [c]]", [("", "", 2), ("", "", 2)]),
    "a mapping in a mapping": ("ds2026kg-ignore:\n  link-broken:\n    why: x", [("", "", 4)]),
    "a reason alone": ("ds2026kg-ignore-reason: none", []),
    "neither": ("title: x", []),
}


@pytest.mark.parametrize("form", _FORMS)
def test_every_form_is_read(form: str) -> None:
    """Each form gives its codes and reasons, each on its line; "" stands for one that is missing."""
    properties, expected = _FORMS[form]
    note = read_note("a.md", f"---\n{properties}\n---\n".encode())
    read = [(each.code, each.reason, each.span.line) for each in read_silences(note)]
    assert (note.findings, read) == ((), expected)


def test_an_item_has_the_place_of_its_text() -> None:
    """The span of a silence is that of its item, or of the key in a mapping."""
    text = "---\nds2026kg-ignore:\n  - link-broken\n  - key-unknown: ours\n---\n"
    data = text.encode()
    places = [each.span for each in read_silences(read_note("a.md", data))]
    assert [data[place.start : place.end] for place in places] == [b"link-broken", b"key-unknown"]
