"""What the live record would become, field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ds2026kg.targets.portal.record import Record, alike, identifier_of, merged, to_upload

_NOT_TOLD = frozenset({"id", "package_id", "position", "url_type", "state"})


class Change(NamedTuple):
    """One field: where it is, what it is now (None if it is not there), and what it would be.

    `field` is the path from the record, as in `title_translated.en` or `resources.ds2026.ttl.size`.
    """

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A live record (None if there is none) and what it would become.

    `uploads` are the names of the files to be sent, `removed` those of resources of ours that go,
    `contested` the fields among `changes` that somebody else has changed since they were last seen.
    """

    live: Record | None
    package: Record
    owned: str
    changes: tuple[Change, ...]
    uploads: tuple[str, ...]
    removed: tuple[str, ...]
    contested: tuple[str, ...] = ()

    @property
    def action(self) -> str:
        """One of "create", "update", and "none" where all is as it should be."""
        if self.live is None:
            return "create"
        return "update" if self.changes or self.uploads else "none"

    def told(self) -> dict[str, Any]:
        """All of it as JSON, but for the records themselves."""
        return {
            "changes": [change._asdict() for change in self.changes],
            "uploads": list(self.uploads),
            "removed": list(self.removed),
            "contested": list(self.contested),
        }


def difference(
    package: Record, live: Record | None, *, owned: str, seen: Record | None = None
) -> Difference:
    """How `live` differs from what `package` makes of it.

    Identifiers of resources that we make begin with `owned`. `seen` is the record as it was when it
    was last looked at, if it was: a field that is to change and is not as it was seen is contested.

    >>> package = {"id": "7", "title": "Data", "resources": []}
    >>> difference(package, {"id": "7", "title": "Old", "notes": "?"}, owned="x/").changes
    (Change(field='title', before='Old', after='Data'),)
    """
    target = merged(live, package, owned)
    kept = {identifier_of(each) for each in target["resources"]}
    gone = {identifier_of(each) for each in (live or {}).get("resources", ())} - kept
    before, after = dict(_flat(live or {}, owned, gone)), dict(_flat(target, owned))
    changes = tuple(
        Change(field, before.get(field), after.get(field))
        for field in {**after, **before}
        if not alike(before.get(field), after.get(field))
    )
    then = dict(_flat(seen, owned, gone)) if seen is not None else before
    return Difference(
        live,
        package,
        owned,
        changes,
        uploads=tuple(name.removeprefix(owned) for name in to_upload(live, package)),
        removed=tuple(sorted(name.removeprefix(owned) for name in gone)),
        contested=tuple(
            change.field for change in changes if not alike(then.get(change.field), change.before)
        ),
    )


def _flat(record: Record, owned: str, gone: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """Each field with its path; resources go by the names of their files, those of others by id.

    Of resources that are to go, only the address is told.
    """
    for key, value in record.items():
        if key != "resources":
            yield from _parts(key, value)
            continue
        for resource in value:
            name = identifier_of(resource)
            if name in gone:
                yield f"resources.{name.removeprefix(owned)}", resource.get("url")
                continue
            short = name.removeprefix(owned) if name.startswith(owned) else resource.get("id")
            yield from _parts(f"resources.{short}", resource)


def _parts(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            if not path.startswith("resources.") or key not in _NOT_TOLD:
                yield from _parts(f"{path}.{key}", part)
    else:
        yield path, value
