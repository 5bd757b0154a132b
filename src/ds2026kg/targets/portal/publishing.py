"""The calls that make a live record what it is to be, and what stands when one of them fails.

The fields go in one call, which CKAN makes whole or not at all, and each file that has to be uploaded
in one of its own, together with what is said of it. A record that is new stays private until its last
file is there. A run that was cut off is finished by the next one, since what is missing is what
differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ds2026kg.errors import ConfigurationError, Ds2026kgError, RemoteError
from ds2026kg.findings import Text
from ds2026kg.targets.portal import refusals
from ds2026kg.targets.portal.action import Attachment, Portal
from ds2026kg.targets.portal.difference import Difference, difference
from ds2026kg.targets.portal.record import Record, identifier_of, merged, to_upload
from ds2026kg.targets.portal.release import Release

Watching = Callable[[Record], None]
Telling = Callable[[Text, str], None]
SENDING_RECORD = Text("sending the record", "envoi de la notice")
SENDING_FILE = Text("sending a file", "envoi d’un fichier")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of publishing: the record as the portal keeps it, and how many calls changed it.

    `kept_otherwise` are the fields that the portal took and keeps with another value than was sent.
    """

    record: Record
    calls: int
    kept_otherwise: tuple[str, ...]


class PartialError(RemoteError):
    """Publishing that failed with some of it done; the message says what stands."""


def compared(portal: Portal, release: Release, seen: Record | None = None) -> Difference:
    """What publishing `release` would do to its record as it stands now.

    `seen` is the record as it was last looked at. Raises `ConfigurationError` where the settings do
    not say which record, and `RemoteError` as the portal does, or if it has no such organization.
    """
    if not release.identifier:
        raise ConfigurationError(
            Text("it is not said which record this is", "rien ne dit de quelle notice il s’agit"),
            place="portal.id",
            remedy=Text(
                "set portal.id to the UUID of the data set; for a new one, make one with "
                "`python3 -c 'import uuid; print(uuid.uuid4())'`",
                "donnez à portal.id l’UUID du jeu de données; pour un nouveau, tirez-en un avec "
                "`python3 -c 'import uuid; print(uuid.uuid4())'`",
            ),
        )
    live = portal.record(release.identifier)
    package = _with_organization(portal, release.package, live)
    return difference(package, live, owned=release.owned, seen=seen)


def _with_organization(portal: Portal, package: Record, live: Record | None) -> Record:
    """The package with the UUID of its organization, as records have it, in the place of its name."""
    name = str(package.get("owner_org") or "")
    organization = (live or {}).get("organization") or {}
    if not name or name == (live or {}).get("owner_org"):
        return package
    known = organization.get("name") == name
    return {**package, "owner_org": organization["id"] if known else portal.organization(name)}


def publish(
    portal: Portal,
    release: Release,
    found: Difference,
    *,
    force: bool = False,
    watching: Watching = lambda _record: None,
    telling: Telling = lambda _phase, _name: None,
) -> Outcome:
    """Make the record what it is to be; makes no call where it already is.

    With `force` what others have changed since it was seen is written over. `watching` is given the
    record after each call that changed it, `telling` what is about to be sent. Raises `RemoteError`;
    the record is then as it was before, or the message says what stands.
    """
    if found.contested and not force:
        raise refusals.changed_meanwhile(_place(portal, found), found.contested)
    if found.action == "none" and found.live is not None:
        return Outcome(found.live, 0, ())
    live, done = found.live, list[Record]()
    for waiting, sent in _steps(found):
        target = merged(live, found.package, found.owned, waiting)
        if target == live:
            continue
        try:
            telling(SENDING_FILE if sent else SENDING_RECORD, sent.removeprefix(found.owned))
            live = _made(portal, release, found, live, waiting, sent)
        except (Ds2026kgError, KeyboardInterrupt) as error:
            if not done:  # the call that failed has done nothing either
                raise
            restored = _restored(portal, found, done[-1])
            if restored is not None:
                watching(restored)
            stands = _FORMER if restored is not None else _standing(found, done[-1])
            raise _stopped(_place(portal, found), error, stands) from error
        done.append(live)
        watching(live)
    left = difference(found.package, live, owned=found.owned)
    return Outcome(live or {}, len(done), tuple(change.field for change in left.changes))


def _steps(found: Difference) -> Iterator[tuple[tuple[str, ...], str]]:
    """For each call, the resources whose files are still to come, and the one whose file goes with it."""
    waiting = to_upload(found.live, found.package)
    yield waiting, ""
    for number, name in enumerate(waiting, 1):
        yield waiting[number:], name


def _made(
    portal: Portal,
    release: Release,
    found: Difference,
    live: Record | None,
    waiting: Sequence[str],
    sent: str,
) -> Record:
    """The record after one call.

    A call that failed may have been heard all the same, and the same call made again is then refused.
    What counts is whether the record is now as it was wanted.
    """
    target = merged(live, found.package, found.owned, waiting)
    try:
        if live is None:
            return portal.create(target)
        return portal.revise(live, target, _attachment(release, target, sent))
    except RemoteError as error:
        now = _as_it_is(portal, release.identifier)
        if now is not None and merged(now, found.package, found.owned, waiting) == now:
            return now
        if isinstance(error, refusals.FieldsRefusedError) and "match" in error.fields:
            raise refusals.changed_meanwhile(_place(portal, found)) from error
        raise


def _as_it_is(portal: Portal, identifier: str) -> Record | None:
    """The record as it is now; None if it is not there, or cannot be had."""
    try:
        return portal.record(identifier)
    except RemoteError:
        return None


def _attachment(release: Release, target: Record, sent: str) -> Attachment | None:
    """The file that goes with a call, as the value of its resource's `upload`."""
    if not sent:
        return None
    place = next(
        number
        for number, resource in enumerate(target["resources"])
        if identifier_of(resource) == sent
    )
    wanted = next(
        resource for resource in release.package["resources"] if identifier_of(resource) == sent
    )
    media_type = str(wanted.get("mimetype") or "application/octet-stream")
    return Attachment(f"update__resources__{place}__upload", release.file(wanted), media_type)


def _restored(portal: Portal, found: Difference, now: Record) -> Record | None:
    """The record with its former fields again; None if it is new, has a new file, or is left as it is."""
    if found.live is None or len(to_upload(now, found.package)) < len(found.uploads):
        return None
    try:
        return portal.revise(now, {**found.live, "metadata_modified": now["metadata_modified"]})
    except RemoteError:
        return None


def _stopped(place: str, error: BaseException, stands: Text) -> PartialError:
    """The error to tell: what failed, and what of the record stands."""
    cause, remedy = Text("interrupted", "interrompu"), _AGAIN
    if isinstance(error, Ds2026kgError):
        cause, remedy = error.message, error.remedy or _AGAIN
    return PartialError(
        Text(f"{cause.en}\n  what stands: {stands.en}", f"{cause.fr}\n  état\u00a0: {stands.fr}"),
        place=place,
        remedy=remedy,
    )


def _standing(found: Difference, now: Record) -> Text:
    """Which files are on the portal and which are not, by name."""
    missing = [name.removeprefix(found.owned) for name in to_upload(now, found.package)]
    there = [name for name in found.uploads if name not in missing]
    en = f"the fields are new; sent: {', '.join(there) or '-'}; not sent: {', '.join(missing)}"
    fr = (
        f"les champs sont nouveaux; envoyés\u00a0: {', '.join(there) or '-'}; "
        f"non envoyés\u00a0: {', '.join(missing)}"
    )
    if found.live is None:
        en += "; the new record is private until the last file is there"
        fr += "; la nouvelle notice reste privée jusqu’au dernier fichier"
    return Text(en, fr)


def _place(portal: Portal, found: Difference) -> str:
    return f"{portal.address}/dataset/{found.package['id']}"


_FORMER = Text(
    "the record has its former fields back, and no file was sent",
    "la notice a retrouvé ses champs d’avant, et aucun fichier n’a été envoyé",
)
_AGAIN = Text(
    "run `ds2026kg portal publish --yes` again; it goes on where it stopped",
    "relancez `ds2026kg portal publish --yes`; la commande reprendra où elle s’est arrêtée",
)
