"""The open-government portal's own profile of a data set: its fields, and what some may hold.

The lists are data, in `portal/dataset-profile.json`, which says where they were taken from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ds2026kg.findings import Text
from ds2026kg.resources import resource_folder

FILE = "dataset-profile.json"


@dataclass(frozen=True, slots=True)
class ProfileField:
    """A field of the portal's record, by its name there and the words of the portal's own form.

    `kind` is "text", "fluent" (an object with "en" and "fr"), "fluent_tags" (the same, of lists),
    "choice", "choices", "date", "email", "integer", "url" or "uuid".
    """

    name: str
    label: Text
    required: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The fields of a data set and of a resource, and the codes that a list allows, with labels.

    A code that is a word of its own, such as the format "CSV", is its own label.
    """

    dataset: Mapping[str, ProfileField]
    resource: Mapping[str, ProfileField]
    lists: Mapping[str, Mapping[str, Text]]


@cache
def profile() -> Profile:
    """The profile that travels with the program.

    Raises `ConfigurationError` if the installation lacks it.

    >>> profile().lists["frequency"]["P1M"].fr
    'Mensuel'
    """
    document = json.loads((resource_folder("portal") / FILE).read_text(encoding="utf-8"))
    return Profile(
        _fields(document["dataset"]),
        _fields(document["resource"]),
        MappingProxyType({name: _labels(codes) for name, codes in document["lists"].items()}),
    )


def _fields(table: Mapping[str, Any]) -> Mapping[str, ProfileField]:
    return MappingProxyType(
        {
            name: ProfileField(name, Text(**entry["label"]), entry["required"], entry["kind"])
            for name, entry in table.items()
        }
    )


def _labels(codes: Mapping[str, Mapping[str, str]] | list[str]) -> Mapping[str, Text]:
    if isinstance(codes, list):
        return MappingProxyType({code: Text(code, code) for code in codes})
    return MappingProxyType({code: Text(**label) for code, label in codes.items()})
