"""A portal's record as data: what is alike in it, and what it is to become.

A record is what CKAN's `package_show` returns. A package has the same form, but only the fields
that are ours; those that it does not name are the portal's or somebody else's, and stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

Record = dict[str, Any]
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00:00(\.0+)?(Z|\+00:00)?")
_SHOWN = {"private": False, "state": "active"}  # what a record is once it is published
_FILE_KEYS = ("url", "url_type")  # of an uploaded file: the portal says where it lies


def identifier_of(resource: Mapping[str, Any]) -> str:
    """By which a resource of ours is known again: its `unique_identifier`, or nothing.

    >>> identifier_of({"unique_identifier": "https://w3id.org/ds2026/distribution/ttl"})
    'https://w3id.org/ds2026/distribution/ttl'
    """
    return str(resource.get("unique_identifier") or "")


def is_upload(resource: Mapping[str, Any]) -> bool:
    """Whether the `url` of a package's resource names a file of the build, to be uploaded.

    >>> is_upload({"url": "ds2026.ttl"}), is_upload({"url": "https://example.org/ds2026.ttl"})
    (True, False)
    """
    return not urlsplit(str(resource["url"])).scheme


def alike(one: Any, other: Any) -> bool:
    """Whether two values mean the same to a portal, which writes many of them in a form of its own.

    >>> alike("2026-03-01", "2026-03-01 00:00:00"), alike(12, "12"), alike(["b", "a"], ["a", "b"])
    (True, True, True)
    >>> alike("", None), alike({"en": ""}, {}), alike("a", "b")
    (True, True, False)
    """
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    """The value in one form: no empty parts, no kinds of numbers, no order among words."""
    if isinstance(value, dict):
        parts = {key: _plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None} or None
    if isinstance(value, (list, tuple)):
        items = [_plain(item) for item in value]
        words = all(isinstance(item, str) for item in items)
        return (sorted(items) if words else items) or None
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return None
    text = str(value).replace("\r\n", "\n").strip()
    if text[:1] in ("{", "["):  # some schemas store what has parts as JSON in a text
        try:
            return _plain(json.loads(text))
        except (ValueError, RecursionError):
            return text
    return _MIDNIGHT.sub(r"\1", text) or None


def merged(
    live: Record | None, package: Record, owned: str, waiting: Collection[str] = ()
) -> Record:
    """What the record is to become: `live` with the fields of `package`.

    Resources whose identifier is in `waiting` are left as they are until their files go with them; as
    long as there are any, what is not yet public stays so, and no resource is taken away. Others
    whose identifiers begin with `owned` are those that we once made and have no more: they go.
    Resources of others stay, in their places.
    """
    record = dict(live or {})
    wanted = dict(package)
    if waiting and live is None:
        wanted["private"] = True
    elif live is not None and not waiting:
        wanted = {**{key: _SHOWN[key] for key in _SHOWN if key in live}, **package}
    for key, value in wanted.items():
        if key != "resources" and not alike(record.get(key), value):
            record[key] = value
    record["resources"] = list(_resources(live or {}, package, owned, waiting))
    return record


def _resources(
    live: Record, package: Record, owned: str, waiting: Collection[str]
) -> Iterator[Record]:
    """The resources that the record is to have: ours in the package’s order, others where they are."""
    wanted = {identifier_of(resource): resource for resource in package["resources"]}
    there = {identifier_of(resource): resource for resource in live.get("resources", ())}
    ours = iter(
        [
            there[name] if name in waiting else _resource(there.get(name, {}), resource)
            for name, resource in wanted.items()
            if name in there or name not in waiting
        ]
    )
    met = set()
    for resource in live.get("resources", ()):
        name = identifier_of(resource)
        if name in wanted and name not in met:
            met.add(name)
            yield next(ours)
        elif waiting or not name.startswith(owned):
            yield resource
    yield from ours


def _resource(live: Record, wanted: Record) -> Record:
    """One resource of ours, with what others added to it."""
    told = {key: value for key, value in wanted.items() if key not in _FILE_KEYS}
    if is_upload(wanted):
        told["url_type"] = "upload"
        told["url"] = live.get("url") or wanted["url"]
    else:
        told["url_type"] = ""  # it may have been uploaded before
        told["url"] = wanted["url"]
    return {**live, **{key: part for key, part in told.items() if not alike(live.get(key), part)}}


def to_upload(live: Record | None, package: Record) -> tuple[str, ...]:
    """The identifiers of resources whose files the portal does not hold, or holds otherwise.

    A resource tells which file it holds by its `hash`, which is only ever written with the file.
    """
    held = {
        identifier_of(resource): resource.get("hash")
        for resource in (live or {}).get("resources", ())
        if resource.get("url_type") == "upload"
    }
    return tuple(
        name
        for resource in package["resources"]
        if is_upload(resource) and held.get(name := identifier_of(resource)) != resource["hash"]
    )
