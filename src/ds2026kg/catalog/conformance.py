"""What of a record is not as the portal's profile asks, told without asking the portal."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ds2026kg.catalog.ckan import KEYS
from ds2026kg.findings import Text
from ds2026kg.profile import ProfileField, profile

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SHORTEST, _LONGEST = 2, 100  # characters of a keyword
_NO_FUTURE = ("date_published", "date_modified")
_MISSING = Text("the portal asks for this", "le portail l’exige")
_BOTH = Text(
    "this must be there in English and in French", "ceci doit être en anglais et en français"
)
_KINDS = {
    "fluent": _BOTH,
    "fluent_tags": Text(
        "keywords must be there in English and in French, each of 2 to 100 characters without a comma",
        "il faut des mots clés en anglais et en français, de 2 à 100 caractères et sans virgule",
    ),
    "choice": Text("this is not in the portal’s list", "ceci n’est pas dans la liste du portail"),
    "choices": Text(
        "not all of these are in the portal’s list", "certains ne sont pas dans la liste du portail"
    ),
    "date": Text(
        "this must be a date such as 2026-03-31", "ce doit être une date telle que 2026-03-31"
    ),
    "email": Text("this must be an e-mail address", "ce doit être une adresse de courriel"),
    "integer": Text("this must be a number", "ce doit être un nombre"),
    "text": Text("this must be text", "ce doit être du texte"),
    "url": Text(
        "this must be an http(s) address or a file of the build",
        "ce doit être une adresse http(s) ou un fichier de la publication",
    ),
    "uuid": Text("this must be a UUID", "ce doit être un UUID"),
}
_FUTURE = Text("this date is in the future", "cette date est dans l’avenir")
_SET = Text(
    "set {keys} in ds2026kg.toml, then build again",
    "remplissez {keys} dans ds2026kg.toml, puis refaites la publication",
)


class Breach(NamedTuple):
    """A field of a record that the portal would refuse, and how to mend it, if a setting can."""

    field: str
    message: Text
    remedy: Text | None


def breaches(record: Mapping[str, Any], *, today: date) -> tuple[Breach, ...]:
    """The fields of `record` that are not as the profile asks, on the day `today`.

    The profile is that of open.canada.ca (ckanext-canada, `schemas/dataset.yaml`), as far as our fields
    go; those that it does not name are the portal’s to judge.

    >>> breaches({"frequency": "often"}, today=date(2026, 1, 1))[0].field
    'id'
    """
    found = list(_of(record, profile().dataset, "", today))
    for number, resource in enumerate(record.get("resources", ())):
        name = str(resource.get("url") or number).rpartition("/")[2]
        found += _of(resource, profile().resource, f"resources.{name}.", today)
    if not record.get("resources"):
        found.append(_breach("resources", "", _MISSING))
    return tuple(found)


def _of(
    record: Mapping[str, Any], fields: Mapping[str, ProfileField], path: str, today: date
) -> Iterator[Breach]:
    """The breaches of one record or resource, in the order of the profile."""
    for name, field in fields.items():
        value = record.get(name)
        if value in (None, "", [], {}):
            if field.required:
                yield _breach(name, path, _MISSING)
        elif not _is_right(field, value):
            yield _breach(name, path, _KINDS[field.kind])
        elif name in _NO_FUTURE and date.fromisoformat(value) > today:
            yield _breach(name, path, _FUTURE)


def _breach(name: str, path: str, message: Text) -> Breach:
    keys = KEYS.get(name, "")
    remedy = Text(*(_SET.in_language(language, keys=keys) for language in ("en", "fr")))
    return Breach(path + name, message, remedy if keys else None)


def _is_right(field: ProfileField, value: Any) -> bool:
    """Whether a value that is there is of the field's kind, and in its list."""
    codes = profile().lists.get(field.name, {})
    match field.kind:
        case "fluent":
            return _is_bilingual(value) and all(_is_text(text) for text in value.values())
        case "fluent_tags":
            return _is_bilingual(value) and all(map(_are_keywords, value.values()))
        case "choice":
            return _is_text(value) and value in codes
        case "choices":
            return isinstance(value, list) and all(
                _is_text(code) and code in codes for code in value
            )
        case "date":
            return _is_text(value) and _is_date(value)
        case "email":
            return _is_text(value) and _EMAIL.fullmatch(value) is not None
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "url":
            return _is_text(value) and _is_address(value)
        case "uuid":
            return _is_text(value) and _is_uuid(value)
    return _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_bilingual(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"en", "fr"}


def _are_keywords(words: Any) -> bool:
    return isinstance(words, list) and all(
        isinstance(word, str) and _SHORTEST <= len(word) <= _LONGEST and "," not in word
        for word in words
    )


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:  # an unclosed bracket
        return False
    return (
        bool(parts.hostname)
        if parts.scheme in ("http", "https")
        else value.isprintable() and (not parts.scheme and "/" not in value)
    )


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False
