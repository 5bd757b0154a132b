"""What a portal says no to, in our words: the field, the setting that it comes from, the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ds2026kg.config import KEY_VARIABLE
from ds2026kg.errors import RemoteError, quoted
from ds2026kg.findings import Text

_TOO_MUCH = re.compile("large|size|quota|exceed", re.IGNORECASE)  # no code says it


class NotThereError(RemoteError):
    """What was asked for is not on the portal, or not for this key."""


class FieldsRefusedError(RemoteError):
    """The portal does not take a record. `fields` has each field at fault with the portal's words."""

    def __init__(
        self,
        message: Text,
        *,
        place: str = "",
        remedy: Text | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.fields = dict(fields or {})


def unreachable(place: str, reason: str) -> RemoteError:
    """The portal does not answer at all."""
    return RemoteError(
        _with(
            Text("the portal cannot be reached: {why}", "le portail est injoignable\u00a0: {why}"),
            reason,
        ),
        place=place,
        remedy=Text(
            "check portal.url and your connection; run the command again later",
            "vérifiez portal.url et votre connexion; relancez la commande plus tard",
        ),
    )


def in_trouble(place: str, status: int, said: str) -> RemoteError:
    """The portal answered that it cannot now, as often as it was asked."""
    if status == 429:
        message = Text(
            "the portal takes no more calls for now",
            "le portail n’accepte plus d’appels pour l’instant",
        )
    else:
        message = _with(
            Text(
                "the portal is in trouble: {why}", "le portail éprouve des difficultés\u00a0: {why}"
            ),
            f"{status} {said}".strip(),
        )
    return RemoteError(
        message,
        place=place,
        remedy=Text(
            "run the command again later; it goes on where it stopped",
            "relancez la commande plus tard; elle reprendra où elle s’est arrêtée",
        ),
    )


def too_large(place: str, said: str) -> RemoteError:
    """The portal has a limit on what is uploaded."""
    return RemoteError(
        _with(
            Text(
                "this is more than the portal takes: {why}",
                "c’est plus que ce que le portail accepte\u00a0: {why}",
            ),
            said,
        ),
        place=place,
        remedy=Text(
            "build fewer formats (--format), or set dataset.download_base to link the files instead",
            "publiez moins de formats (--format), ou donnez dataset.download_base pour lier les fichiers",
        ),
    )


def forbidden(place: str, said: str, *, with_key: bool) -> RemoteError:
    """The key is wrong, has expired, or may not do this; or there is none."""
    if not with_key:
        return RemoteError(
            Text(f"the portal asks for a key: {said}", f"le portail exige une clé\u00a0: {said}"),
            place=place,
            remedy=Text(
                f"set {KEY_VARIABLE} to the key (API token) of your account on the portal",
                f"donnez à {KEY_VARIABLE} la clé (jeton d’API) de votre compte sur le portail",
            ),
        )
    return RemoteError(
        Text(
            f"the portal does not let this key do so: {said}",
            f"le portail ne le permet pas avec cette clé\u00a0: {said}",
        ),
        place=place,
        remedy=Text(
            f"check that {KEY_VARIABLE} is a key of this portal that has not expired, and that its "
            "user is an editor of the organization",
            f"vérifiez que {KEY_VARIABLE} est une clé de ce portail qui n’a pas expiré, et que son "
            "titulaire est rédacteur de l’organisation",
        ),
    )


def moved(place: str, where: str) -> RemoteError:
    """The portal is somewhere else; a key is not sent after it."""
    return RemoteError(
        Text(f"the portal has moved to {where}", f"le portail a déménagé à {where}"),
        place=place,
        remedy=Text(
            "set portal.url to the new address, if you trust it",
            "donnez la nouvelle adresse à portal.url, si vous vous y fiez",
        ),
    )


def no_portal(place: str, said: str) -> RemoteError:
    """What answers is not CKAN."""
    return RemoteError(
        _with(
            Text(
                "this is not the answer of a CKAN portal: {why}",
                "ce n’est pas la réponse d’un portail CKAN\u00a0: {why}",
            ),
            said or "-",
        ),
        place=place,
        remedy=Text(
            "portal.url is the address of the portal's front page, without /dataset or /api",
            "portal.url est l’adresse de la page d’accueil du portail, sans /dataset ni /api",
        ),
    )


def changed_meanwhile(place: str, fields: Sequence[str] = ()) -> RemoteError:
    """Somebody else has changed the record: `fields`, or it is not known which."""
    en = f": {', '.join(fields)}" if fields else ""
    fr = f"\u00a0: {', '.join(fields)}" if fields else ""
    return RemoteError(
        Text(
            f"somebody else has changed this record since it was last looked at{en}",
            f"quelqu’un d’autre a modifié cette notice depuis la dernière consultation{fr}",
        ),
        place=place,
        remedy=Text(
            "look at it with `ds2026kg portal diff`, then publish again; --force publishes over it",
            "consultez-la avec `ds2026kg portal diff`, puis publiez de nouveau; --force publie quand "
            "même",
        ),
    )


def unknown_organization(place: str, name: str) -> RemoteError:
    """The portal knows no organization of that name."""
    return RemoteError(
        Text(
            f"the portal knows no organization “{name}”",
            f"le portail ne connaît aucune organisation «\u00a0{name}\u00a0»",
        ),
        place=place,
        remedy=Text(
            "set portal.owner_org to its name in the portal's addresses: /organization/NAME",
            "donnez à portal.owner_org son nom dans les adresses du portail\u00a0: /organization/NOM",
        ),
    )


def refused(
    place: str,
    told: Mapping[str, Any],
    *,
    keys: Mapping[str, str],
    resources: Sequence[str],
    safe: Callable[[str], str],
) -> RemoteError:
    """The fields that the portal does not take, each with its words and the setting it comes from.

    `resources` are the names of the resources that were sent, in order; the portal counts them only.
    `safe` makes the portal’s words fit to be shown.
    """
    fields = {}
    en, fr = [], []
    for path, words in _faults(told):
        parts = list(path)
        if parts[0] == "resources" and len(parts) > 1 and int(parts[1]) < len(resources):
            parts[1] = resources[int(parts[1])]
        field, said = safe(".".join(parts)), safe(words)
        setting = keys.get(path[-1] if path[0] == "resources" else path[0], "")
        fields[field] = said
        en.append(f"\n    {field}: {said}" + (f" (setting {setting})" if setting else ""))
        fr.append(f"\n    {field}\u00a0: {said}" + (f" (réglage {setting})" if setting else ""))
    if any(_TOO_MUCH.search(said) for field, said in fields.items() if field.endswith("upload")):
        return too_large(place, "; ".join(fields.values()))
    return FieldsRefusedError(
        Text(
            "the portal does not take these fields:" + "".join(en),
            "le portail refuse ces champs\u00a0:" + "".join(fr),
        ),
        place=place,
        remedy=Text(
            "mend the settings or the notes, build again, and run `ds2026kg portal check`",
            "corrigez les réglages ou les notes, refaites la publication, puis lancez "
            "`ds2026kg portal check`",
        ),
        fields=fields,
    )


def _faults(told: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each field at fault with the portal's words; CKAN nests them as the record is nested."""
    if isinstance(told, Mapping):
        for key, part in told.items():
            if not str(key).startswith("__"):  # the kind of error
                yield from _faults(part, (*path, str(key)))
    elif isinstance(told, list) and any(isinstance(item, Mapping) for item in told):
        for number, item in enumerate(told):
            yield from _faults(item, (*path, str(number)))
    elif isinstance(told, list):
        yield path or ("-",), "; ".join(map(str, told))
    else:
        yield path or ("-",), str(told)


def _with(message: Text, why: str) -> Text:
    """The message with the portal's own words in it."""
    safe = quoted(why)
    return Text(message.in_language("en", why=safe), message.in_language("fr", why=safe))
