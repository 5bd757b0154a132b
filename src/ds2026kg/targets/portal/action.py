"""CKAN's action API by way of ckanapi: each call with its limits, made again where that may help.

The only module of this room that speaks to the network. The key goes to the configured address alone:
redirections are not followed, plain http is for this machine only, and a `.netrc` cannot take the
key's place. No message has the key in it, whatever the portal says.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import requests
from ckanapi import RemoteCKAN  # type: ignore[import-untyped]
from ckanapi.errors import (  # type: ignore[import-untyped]
    CKANAPIError,
    NotAuthorized,
    NotFound,
    ServerIncompatibleError,
    ValidationError,
)

from ds2026kg import __version__
from ds2026kg.config import PortalKey
from ds2026kg.errors import (
    ConfigurationError,
    DataError,
    RemoteError,
    quoted,
    reason_of,
    without_markup,
)
from ds2026kg.findings import Text
from ds2026kg.targets.portal import refusals
from ds2026kg.targets.portal.record import Record, identifier_of
from ds2026kg.targets.portal.retrying import Clock, Patience, is_passing

_CONNECT, _READ, _SEND = 10.0, 60.0, 600.0  # seconds; CKAN answers only when a file is stored
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_SHOWN = 2_000  # bytes of an answer that is no answer of CKAN's, of which words are told
_AGENT = f"ds2026kg/{__version__}"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a call: the parameter that it is the value of, and its media type."""

    parameter: str
    file: Path
    media_type: str


class _PassingError(Exception):
    """An answer that may be another the next time."""

    def __init__(self, status: int, said: str, retry_after: str | None) -> None:
        super().__init__(status)
        self.status, self.said, self.retry_after = status, said, retry_after


class _Key(requests.auth.AuthBase):
    """Sends the key as CKAN wants it; requests then looks for no other in a `.netrc`."""

    def __init__(self, key: PortalKey | None) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key is not None:
            request.headers["Authorization"] = self._key.value
        return request


class Portal:
    """The portal at `address`, for as long as the context lasts.

    `keys` says of the fields of a record which settings they come from.
    Raises `ConfigurationError` where the key would go over the network for all to read. Every call
    raises `RemoteError` where the portal cannot be reached, is in trouble or refuses.
    """

    def __init__(
        self,
        address: str,
        key: PortalKey | None = None,
        *,
        keys: Mapping[str, str] | None = None,
        clock: Clock | None = None,
        patience: Patience | None = None,
    ) -> None:
        if not address:
            raise ConfigurationError(
                Text(
                    "it is not said which portal this is", "rien ne dit de quel portail il s’agit"
                ),
                place="portal.url",
                remedy=Text(
                    "set portal.url to the address of the portal's front page",
                    "donnez à portal.url l’adresse de la page d’accueil du portail",
                ),
            )
        self.address = address.rstrip("/")
        self._key = key
        self._keys = keys or {}
        self._clock = clock or Clock()
        self._patience = patience or Patience()
        parts = urlsplit(address)
        if key is not None and parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise ConfigurationError(
                Text(
                    "a key is not sent by plain http, where others can read it",
                    "une clé n’est pas envoyée par http simple, où d’autres peuvent la lire",
                ),
                place="portal.url",
                remedy=Text("use the https address", "employez l’adresse https"),
            )
        session = requests.Session()
        session.auth = _Key(key)
        session.hooks["response"].append(self._looked_at)
        self._site = RemoteCKAN(self.address, user_agent=_AGENT, session=session)

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_error: object) -> None:
        self._site.close()

    def record(self, identifier: str) -> Record | None:
        """The record of that UUID as it stands, or None if there is none that this key may see."""
        try:
            found = self._call("package_show", {"id": identifier})
        except refusals.NotThereError:
            return None
        return self._as_record(found)

    def organization(self, name: str) -> str:
        """The UUID of the organization of that name."""
        try:
            return str(self._as_record(self._call("organization_show", {"id": name}))["id"])
        except refusals.NotThereError:
            raise refusals.unknown_organization(self.address, name) from None

    def create(self, record: Record) -> Record:
        """Make the record; returns it as the portal keeps it."""
        return self._as_record(self._call("package_create", record, record=record))

    def revise(self, live: Record, target: Record, attachment: Attachment | None = None) -> Record:
        """Make `target` of `live`, all or nothing; returns the record as the portal keeps it.

        Only fields that differ are sent. Raises `FieldsRefusedError` on "match" if the record is not
        `live` any more.
        """
        missing = object()
        changed = [
            key for key in {**live, **target} if live.get(key, missing) != target.get(key, missing)
        ]
        request = {
            "match": {"id": live["id"], "metadata_modified": live["metadata_modified"]},
            # CKAN merges what it is given with what is there; what changes is to be as it is given.
            "filter": [f"-{key}" for key in changed],
            "update": {key: target[key] for key in changed if key in target},
        }
        if attachment is not None:  # a form, whose values are texts
            request = {key: json.dumps(value) for key, value in request.items()}
        answer = self._as_record(self._call("package_revise", request, attachment, target))
        return self._as_record(answer.get("package"))

    def _as_record(self, answer: Any) -> Record:
        if not isinstance(answer, dict) or not ("id" in answer or "package" in answer):
            raise refusals.no_portal(self.address, type(answer).__name__)
        return answer

    def _call(
        self,
        action: str,
        request: Mapping[str, Any],
        attachment: Attachment | None = None,
        record: Record | None = None,
    ) -> Any:
        """The result of an action; made again while the portal is busy or away.

        `record` is the one that the portal may find fault with.
        """
        names = [_name(resource) for resource in (record or {}).get("resources", ())]
        failures = 0
        while True:
            asked: str | None = None
            try:
                return self._called(action, request, attachment, names)
            except _PassingError as error:
                failure = refusals.in_trouble(self.address, error.status, error.said)
                asked = error.retry_after
            except requests.RequestException as error:
                failure = refusals.unreachable(self.address, self._safe(_reason(error)))
            failures += 1
            wait = self._patience.wait(failures, asked, self._clock.now())
            if wait is None:
                raise failure
            self._clock.sleep(wait)

    def _called(
        self,
        action: str,
        request: Mapping[str, Any],
        attachment: Attachment | None,
        names: Sequence[str],
    ) -> Any:
        """One call, with CKAN's own errors in our words."""
        # What ckanapi tells of an error may hold all that was said; ours has only what is safe.
        with contextlib.ExitStack() as stack:
            files = None
            if attachment is not None:
                data = stack.enter_context(_opened(attachment.file))
                name = attachment.file.name
                files = {attachment.parameter: (name, data, attachment.media_type)}
            limits = (_CONNECT, _SEND if files else _READ)
            try:
                return self._site.call_action(
                    action, request, files=files, requests_kwargs={"timeout": limits}
                )
            except NotFound as error:
                words = self._safe(str(error.extra_msg or ""))
                raise refusals.NotThereError(Text(words, words), place=self.address) from None
            except NotAuthorized as error:
                raise self._forbidden(error) from None
            except ValidationError as error:
                told = error.error_dict
                raise refusals.refused(
                    self.address, told, keys=self._keys, resources=names, safe=self._safe
                ) from None
            except (CKANAPIError, ServerIncompatibleError, KeyError, RecursionError) as error:
                raise refusals.no_portal(self.address, self._safe(str(error))) from None

    def _forbidden(self, error: NotAuthorized) -> RemoteError:
        told = error.extra_msg
        words = str(told.get("message", "") if isinstance(told, dict) else told)
        return refusals.forbidden(self.address, self._safe(words), with_key=self._key is not None)

    def _looked_at(self, response: requests.Response, **_options: Any) -> None:
        """Raise for an answer that is not CKAN's own, or that may be another the next time."""
        status = response.status_code
        _ = response.content  # read to its end, the connection can be used again, or closed
        if is_passing(status):
            said = self._safe(_words(response))
            raise _PassingError(status, said, response.headers.get("Retry-After"))
        if response.is_redirect:
            raise refusals.moved(self.address, self._safe(response.headers["Location"]))
        if status == requests.codes.request_entity_too_large:
            raise refusals.too_large(self.address, self._safe(_words(response)))
        if not _is_json(response):
            words = self._safe(f"{status} {_words(response)}".strip())
            if status in (requests.codes.unauthorized, requests.codes.forbidden):
                raise refusals.forbidden(self.address, words, with_key=self._key is not None)
            raise refusals.no_portal(self.address, words)

    def _safe(self, words: str) -> str:
        """What the portal said, harmless, and without the key, should it have been in there."""
        if self._key is not None:
            words = words.replace(self._key.value, "…")
        return quoted(words)


def _opened(file: Path) -> BinaryIO:
    """The file that is to be sent; raises `DataError` if it has gone since the build was read."""
    try:
        return open(file, "rb")
    except OSError as error:
        raise DataError(reason_of(error), place=str(file)) from error


def _name(resource: Mapping[str, Any]) -> str:
    """What a resource is called to its publisher: the end of its identifier or of its address."""
    return re.split("[/#]", str(identifier_of(resource) or resource.get("url") or ""))[-1]


def _words(response: requests.Response) -> str:
    """The portal's own account of an error, from JSON or a page."""
    try:
        error = response.json()["error"]
        return str(error["message"] if isinstance(error, dict) else error)
    except (ValueError, KeyError, TypeError, RecursionError):
        page = response.content[:_SHOWN].decode(errors="replace")
        return without_markup(page) or str(response.reason or "")


def _is_json(response: requests.Response) -> bool:
    try:
        return isinstance(response.json(), dict)
    except (ValueError, RecursionError):
        return False


def _reason(error: requests.RequestException) -> str:
    """Why there is no answer, in few words."""
    if isinstance(error, requests.Timeout):
        return "timeout"
    if isinstance(error, requests.exceptions.SSLError):
        return f"TLS: {error}"
    return str(getattr(error.args[0] if error.args else error, "reason", None) or error)
