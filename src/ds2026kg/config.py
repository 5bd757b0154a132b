"""The settings of one data set: `ds2026kg.toml` into frozen records.

The file is looked for in the vault, then in the current folder; without one, the defaults below
hold. Nothing else in the program reads settings or the environment, but for the command line's
language and colours.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints
from urllib.parse import urlsplit

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text
from ds2026kg.publication import DatasetSettings as DatasetSettings
from ds2026kg.publication import PortalSettings as PortalSettings
from ds2026kg.publication import PublisherSettings as PublisherSettings
from ds2026kg.publication import check_publication, is_web_address

FILE_NAME = "ds2026kg.toml"
KEY_VARIABLE = "DS2026KG_PORTAL_KEY"
_HTTP_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+/")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RESERVED_NAMES = frozenset(
    (
        "ckan-package commitments context dcat manifest ontology queries report schema-org shapes "
        "void"
    ).split()
)  # the other files of a build
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST = 2**40  # more than any memory holds
SERVER_RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "port": (1, 65_535),
        "timeout": (1, 3_600),
        "max_rows": (1, 10_000_000),
        "memory": (16 * 1024 * 1024, _LARGEST),
        "max_request_bytes": (1_024, 16 * 1024 * 1024),
        "workers": (1, 64),
        "queue": (0, 10_000),
        "per_client": (0, 10_000),
        "cache": (0, _LARGEST),
    }
)
"""The least and the most that each number of `ServerSettings` may be."""
_FILE_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class VaultSettings:
    """How notes are read. `max_note_bytes` is the largest note taken, in bytes."""

    max_note_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StrategySettings:
    """How strategy entities are told from other notes.

    A title made of one of `title_words` and a notation ("Mission 3.1a") names an entity. Notes
    with one of `tags` belong to the strategy; those with one of `actor_tags` are actors.
    """

    title_words: tuple[str, ...] = ("Mission",)
    tags: tuple[str, ...] = ("ds2026", "ds2026_mission", "ds2026_commitment")
    actor_tags: tuple[str, ...] = ("gc_entity",)


class Engine(StrEnum):
    """What judges the graph. `AUTO` takes the faster one for large graphs; all find the same."""

    AUTO = "auto"
    PYSHACL = "pyshacl"
    SHACL = "shacl"


@dataclass(frozen=True, slots=True)
class ValidationSettings:
    """How the graph is judged: by which engine, up to how many statements, by which shapes beside ours.

    The paths of `shapes` are relative to the folder of the settings.
    """

    engine: Engine = Engine.AUTO
    max_statements: int = 2_000_000
    shapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where `serve` listens and what a request may cost; sizes in bytes, times in seconds.

    `url` is the public address, if it differs from the one that requests name. `memory` is what a
    query may take beyond the data; `queue` how many queries may wait for one of the `workers`;
    `per_client` how many one address may have under way, or 0 for any number; `cache` the memory
    for answers that are kept, or 0 for none.
    """

    host: str = "127.0.0.1"
    port: int = 8026
    url: str = ""
    timeout: int = 5
    max_rows: int = 10_000
    memory: int = 256 * 1024 * 1024
    max_request_bytes: int = 65_536
    workers: int = 2
    queue: int = 32
    per_client: int = 16
    cache: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `source_date_epoch` is SOURCE_DATE_EPOCH (seconds since 1970) if it is set."""

    dataset: DatasetSettings = field(default_factory=DatasetSettings)
    publisher: PublisherSettings = field(default_factory=PublisherSettings)
    portal: PortalSettings = field(default_factory=PortalSettings)
    vault: VaultSettings = field(default_factory=VaultSettings)
    strategy: StrategySettings = field(default_factory=StrategySettings)
    validation: ValidationSettings = field(default_factory=ValidationSettings)
    server: ServerSettings = field(default_factory=ServerSettings)
    source_date_epoch: int | None = None


def load_settings(vault: Path, file: Path | None = None) -> Settings:
    """The settings for `vault`, from `file` if it is given.

    Raises `ConfigurationError`, naming the file and the key, for what cannot be read, is unknown
    or is of the wrong kind.
    """
    settings = Settings(source_date_epoch=_source_date_epoch())
    if file is None:
        places = (vault / FILE_NAME, Path(FILE_NAME))
        # Unlike Path.is_file, this is False for what cannot be reached: the vault's own affair.
        file = next((place for place in places if os.path.isfile(place)), None)  # noqa: PTH113
        if file is None:
            return settings
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    settings = _filled(settings, table, str(file), "", hidden=("source_date_epoch",))
    _check(settings, str(file))
    return _anchored(settings, file.parent)


def _anchored(settings: Settings, folder: Path) -> Settings:
    """`settings` with the paths in them taken from `folder`."""
    shapes = tuple(str(folder / path) for path in settings.validation.shapes)
    return replace(settings, validation=replace(settings.validation, shapes=shapes))


def _unreadable(file: Path, error: OSError | ValueError) -> ConfigurationError:
    """Settings that are not there, may not be read, or are no TOML."""
    if isinstance(error, (tomllib.TOMLDecodeError, UnicodeDecodeError)):
        message = Text(f"this is not TOML: {error}", f"ce n’est pas du TOML\u00a0: {error}")
        remedy = Text("mend the file at that place", "corrigez le fichier à cet endroit")
    else:
        message = Text("the settings cannot be read", "les réglages ne peuvent pas être lus")
        remedy = Text(
            "give the path of a file that you may read, or leave out --config",
            "donnez le chemin d’un fichier que vous pouvez lire, ou omettez --config",
        )
    return ConfigurationError(message, place=str(file), remedy=remedy)


_Record = TypeVar("_Record")


def _filled(
    record: _Record, table: Mapping[str, Any], file: str, path: str, hidden: tuple[str, ...] = ()
) -> _Record:
    """`record` with the values of `table`, each checked against the field's own type."""
    hints = get_type_hints(type(record))
    known = [entry.name for entry in fields(record) if entry.name not in hidden]  # type: ignore[arg-type]
    changes: dict[str, Any] = {}
    for key, value in table.items():
        place = f"{file}: {path}{key}"
        if key not in known:
            near = difflib.get_close_matches(key, known, 1) or known
            names = ", ".join(near)
            raise ConfigurationError(
                Text("this setting is not known", "ce réglage n’est pas connu"),
                place=place,
                remedy=Text(f"did you mean: {names}?", f"vouliez-vous dire\u00a0: {names}?"),
            )
        current = getattr(record, key)
        if value == [] and current == ():
            continue
        if is_dataclass(current):
            if not isinstance(value, dict):
                raise _wrong_kind(place, Text("a table", "une table"))
            changes[key] = _filled(current, value, file, f"{path}{key}.")
        else:
            changes[key] = _checked(hints[key], value, place)
    return replace(record, **changes)  # type: ignore[type-var]


def _checked(kind: Any, value: Any, place: str) -> Any:
    if kind is Engine:
        return _engine(value, place)
    if kind is str and isinstance(value, str):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if kind == bool | None:
        return _answer(value, place)
    if kind == date | None:
        return _day(value, place)
    if kind == tuple[str, ...]:
        if (
            value
            and isinstance(value, list)
            and all(item and isinstance(item, str) for item in value)
        ):
            return tuple(value)
        raise _wrong_kind(place, Text("a list of strings", "une liste de chaînes"))
    expected = Text("a string", "une chaîne") if kind is str else Text("a number", "un nombre")
    raise _wrong_kind(place, expected)


def _engine(value: Any, place: str) -> Engine:
    if not isinstance(value, str) or value not in list(Engine):
        names = ", ".join(Engine)
        raise _wrong_kind(place, Text(f"one of {names}", f"l’un de {names}"))
    return Engine(value)


def _answer(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong_kind(place, Text("true or false", "true ou false"))
    return value


def _day(value: Any, place: str) -> date:
    """A date of TOML, or one as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:  # there is no such day
        pass
    expected = Text("a date such as 2026-03-31", "une date telle que 2026-03-31")
    raise _wrong_kind(place, expected)


def _wrong_kind(place: str, expected: Text) -> ConfigurationError:
    return ConfigurationError(
        Text(f"this must be {expected.en}", f"ce doit être {expected.fr}"), place=place
    )


def _check(settings: Settings, file: str) -> None:
    if not _is_base(settings.dataset.base):
        raise ConfigurationError(
            Text(
                "this must be an http(s) IRI that ends with a slash",
                "ce doit être un IRI http(s) qui se termine par une barre oblique",
            ),
            place=f"{file}: dataset.base",
        )
    if not is_web_address(settings.dataset.licence):
        raise ConfigurationError(
            Text("this must be an http(s) IRI", "ce doit être un IRI http(s)"),
            place=f"{file}: dataset.licence",
        )
    if settings.dataset.endpoint and not is_web_address(settings.dataset.endpoint):
        raise ConfigurationError(
            Text("this must be an http(s) address", "ce doit être une adresse http(s)"),
            place=f"{file}: dataset.endpoint",
        )
    if settings.dataset.name.casefold() in _RESERVED_NAMES:
        raise ConfigurationError(
            Text(
                "a build has another file of this name",
                "une publication contient un autre fichier de ce nom",
            ),
            place=f"{file}: dataset.name",
            remedy=Text("choose another name", "choisissez un autre nom"),
        )
    if not _FILE_STEM.fullmatch(settings.dataset.name):
        raise ConfigurationError(
            Text(
                "this must be a file name of letters, digits, - and _",
                "ce doit être un nom de fichier fait de lettres, de chiffres, de - et de _",
            ),
            place=f"{file}: dataset.name",
        )
    check_publication(settings.dataset, settings.publisher, settings.portal, file)
    _check_size(settings.vault.max_note_bytes, f"{file}: vault.max_note_bytes")
    _check_size(settings.validation.max_statements, f"{file}: validation.max_statements")
    _check_server(settings.server, f"{file}: server.")


def _check_server(server: ServerSettings, place: str) -> None:
    for name, (least, most) in SERVER_RANGES.items():
        _check_size(getattr(server, name), place + name, least, most)
    if server.url and (not is_web_address(server.url) or server.url.endswith("/")):
        raise ConfigurationError(
            Text(
                "this must be an http(s) address without a slash at its end",
                "ce doit être une adresse http(s) sans barre oblique finale",
            ),
            place=f"{place}url",
        )


def _check_size(value: int, place: str, least: int = 1, most: int = _LARGEST) -> None:
    if not least <= value <= most:
        raise ConfigurationError(
            Text(f"this must be at least {least}", f"ce doit être au moins {least}")
            if value < least
            else Text(f"this must be at most {most}", f"ce doit être au plus {most}"),
            place=place,
        )


def _is_base(text: str) -> bool:
    """Whether everything can be named under this IRI."""
    if not _HTTP_BASE.fullmatch(text) or _BARE_PERCENT.search(text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:  # an unclosed bracket
        return False


def _source_date_epoch() -> int | None:
    """SOURCE_DATE_EPOCH as reproducible-builds.org defines it, or None."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()) or len(value) > 11:
        raise ConfigurationError(
            Text(
                "this must be a number of seconds since 1970",
                "ce doit être un nombre de secondes depuis 1970",
            ),
            place="SOURCE_DATE_EPOCH",
        )
    return int(value)


@dataclass(frozen=True, slots=True)
class PortalKey:
    """The key of an account on the portal; it is sent, and never shown.

    >>> PortalKey("secret")
    PortalKey()
    """

    value: str = field(repr=False)


def portal_key(*, needed: bool = False) -> PortalKey | None:
    """The key in DS2026KG_PORTAL_KEY, the only place that it is taken from; None if there is none.

    Raises `ConfigurationError`, without the key, for what cannot be one, or if one is `needed`.
    """
    value = os.environ.get(KEY_VARIABLE, "").strip()
    if value.isascii() and value.isprintable() and " " not in value and (value or not needed):
        return PortalKey(value) if value else None
    raise ConfigurationError(
        Text(
            "a key is letters, digits and signs without spaces",
            "une clé est faite de lettres, de chiffres et de signes sans espaces",
        )
        if value
        else Text(
            "writing on the portal takes a key", "il faut une clé pour écrire sur le portail"
        ),
        place=KEY_VARIABLE,
        remedy=Text(
            "set it to the key (API token) of your account on the portal",
            "donnez-lui la clé (jeton d’API) de votre compte sur le portail",
        ),
    )
