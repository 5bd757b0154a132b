"""What of a record the portal would refuse, told offline."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ds2026kg.catalog import ckan_package
from ds2026kg.catalog.conformance import breaches
from ds2026kg.findings import Text

from .known import FULL

TODAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title_translated", None, "asks for this"),
        ("title_translated", "A strategy", "English and in French"),
        ("title_translated", {"en": "A strategy"}, "English and in French"),
        ("title_translated", {"en": "A strategy", "fr": " "}, "English and in French"),
        ("keywords", {"en": ["data"], "fr": ["d"]}, "2 to 100 characters"),
        ("keywords", {"en": ["data, more"], "fr": ["données"]}, "without a comma"),
        ("keywords", {"en": "data", "fr": ["données"]}, "keywords must be there"),
        ("frequency", "often", "not in the portal’s list"),
        ("frequency", ["P1Y"], "not in the portal’s list"),
        ("subject", ["government_and_politics", "x"], "not all of these"),
        ("subject", "government_and_politics", "not all of these"),
        ("subject", [{}], "not all of these"),
        ("date_published", "31 March 2026", "must be a date"),
        ("date_published", "20260331", "must be a date"),
        ("date_published", "2026-05-02", "in the future"),
        ("maintainer_email", "nobody", "e-mail"),
        ("id", "7", "UUID"),
        ("owner_org", 7, "must be text"),
    ],
)
def test_a_field_that_the_portal_would_refuse_is_named(field: str, value: Any, told: str) -> None:
    """With what is wrong, and the settings that it comes from."""
    found = breaches({**ckan_package(FULL), field: value}, today=TODAY)
    assert [each.field for each in found] == [field]
    assert told in found[0].message.en
    assert found[0].remedy is not None
    assert "ds2026kg.toml" in found[0].remedy.fr


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("format", "N-Quads", "not in the portal’s list"),
        ("size", "100", "must be a number"),
        ("size", True, "must be a number"),
        ("url", "ftp://example.org/ds2026.ttl", "http(s) address"),
        ("url", "folder/ds2026.ttl", "file of the build"),
        ("url", "http://[", "http(s) address"),
        ("language", ["de"], "not all of these"),
        ("name_translated", {}, "asks for this"),
    ],
)
def test_a_fault_of_a_resource_is_told_with_its_file(field: str, value: Any, told: str) -> None:
    """A resource goes by the name of its file."""
    record = ckan_package(FULL)
    record["resources"][0][field] = value
    found = breaches(record, today=TODAY)
    assert len(found) == 1
    assert found[0].field.startswith("resources.")
    assert found[0].field.endswith(f".{field}")
    assert told in found[0].message.en


def test_an_empty_record_lacks_all_that_is_asked() -> None:
    """Each field once, in the order of the profile; what a build knows by itself has no remedy."""
    found = breaches({}, today=TODAY)
    assert [each.field for each in found][:3] == ["id", "collection", "title_translated"]
    assert {each.message for each in found} == {
        Text("the portal asks for this", "le portail l’exige")
    }
    assert [each.field for each in found if each.remedy is None] == ["restrictions", "resources"]
