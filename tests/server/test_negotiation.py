"""Which form a client gets, by the headers that it sends (RFC 9110 §12.5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.server.negotiation import (
    accepts_gzip,
    best_language,
    best_media_type,
    preferences,
)

OFFERS = ["application/sparql-results+json", "text/csv", "text/turtle"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.4, text/turtle;q=0.5", "text/turtle"),
        ("TEXT/TURTLE ; Q=1.000", "text/turtle"),
        ("text/turtle; charset=utf-8", "text/turtle"),
        ('text/turtle; profile="a,b;c=\\"d"', "text/turtle"),
        ("text/csv;q=0, text/*", "text/turtle"),
        ("*/*;q=0.1, text/turtle;q=0.2, text/csv;q=0.3", "text/csv"),
        ("text/turtle;level=1", None),
        ("text/turtle;level=1, text/csv;q=0.1", "text/csv"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/turtle;q=0.1234, text/csv;q=0.1", "text/csv"),
        ("text/turtle;q=2, text/csv", "text/csv"),
        ("text turtle", "application/sparql-results+json"),
        ("@@@, text/csv", "text/csv"),
        (",,;;text/csv", "application/sparql-results+json"),
        ("text/csv;q=0.5" + "," * 5000 + "text/turtle", "text/csv"),
    ],
)
def test_the_form_wanted_most_is_chosen(accept: str | None, chosen: str | None) -> None:
    """Quality decides, then what is specific, then the order of the offers; rubbish is passed over."""
    assert best_media_type(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-CA,fr;q=0.9", "en"),
        ("de, fr;q=0.1", "fr"),
        ("en;q=0, *", "fr"),
        ("de", "en"),
        ("*", "en"),
        ("frr", "en"),
    ],
)
def test_the_language_is_english_or_french(header: str | None, language: str) -> None:
    """The language wanted most is spoken, by lookup of its first part; else English."""
    assert best_language(header) == language


@pytest.mark.parametrize(
    ("header", "compressed"),
    [
        (None, False),
        ("gzip", True),
        ("x-gzip", True),
        ("br, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("identity, gzip;q=0.5", False),
        ("*", True),
        ("br", False),
    ],
)
def test_nothing_is_compressed_unasked(header: str | None, compressed: bool) -> None:
    """Only a client that takes gzip, and not rather plain bytes, gets it."""
    assert accepts_gzip(header) is compressed


@given(st.text(alphabet='abq=;,/*"\\ 01.', max_size=60))
def test_any_header_is_read_in_the_end(header: str) -> None:
    """Whatever is sent, each element is read once or passed over, and quality stays in its range."""
    assert all(0 <= preference.quality <= 1 for preference in preferences(header))
    assert best_media_type(header, OFFERS) in {None, *OFFERS}
