"""The JSON-LD context, read as the table of terms that it is (JSON-LD 1.1 §3.1, §9.15).

Only what our context uses is understood: prefixes, keyword aliases, class terms, and expanded
term definitions with `@id`, `@type`, `@language` and `@container`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text
from ds2026kg.graph.identifiers import is_absolute_iri

_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")
_GEN_DELIMITERS = tuple(":/?#[]@")  # a simple term ending in one is a prefix: JSON-LD 1.1 §4.1.5


@dataclass(frozen=True, slots=True)
class KeyDefinition:
    """One property key of the context.

    `coercion` is "@id", "@vocab", a datatype IRI or None. `language_map` and `repeated` tell that
    the container holds `@language` and `@set`; `reverse`, that the value is the subject (`@reverse`).
    """

    key: str
    iri: str
    coercion: str | None = None
    language: str | None = None
    language_map: bool = False
    repeated: bool = False
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A context file: the object under `@context`, and what its entries stand for, in order."""

    document: Mapping[str, Any]
    prefixes: Mapping[str, str]
    classes: Mapping[str, str]
    keys: tuple[KeyDefinition, ...]


def read_context(path: Path) -> Context:
    """The context in the file at `path`.

    Raises `ConfigurationError` if it is missing, is not JSON, or holds an entry that is not
    understood.
    """
    document = _document(path)
    terms = {key: value for key, value in document.items() if not key.startswith("@")}
    prefixes = {
        key: value
        for key, value in terms.items()
        if isinstance(value, str) and value.endswith(_GEN_DELIMITERS)
    }
    classes: dict[str, str] = {}
    keys: list[KeyDefinition] = []
    for key, value in terms.items():
        if key in prefixes or (isinstance(value, str) and value.startswith("@")):
            continue
        place = f"{path}: {key}"
        if isinstance(value, str):
            classes[key] = _expanded(value, prefixes, place)
        else:
            keys.append(_definition(key, value, prefixes, place))
    return Context(document, prefixes, classes, tuple(keys))


def _document(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _unusable(
            Text("the JSON-LD context cannot be read", "le contexte JSON-LD ne peut être lu"), path
        ) from error
    except json.JSONDecodeError as error:
        raise _unusable(_NOT_JSON, f"{path}:{error.lineno}:{error.colno}") from error
    except ValueError as error:  # not UTF-8
        raise _unusable(_NOT_JSON, path) from error
    document = content.get("@context") if isinstance(content, dict) else None
    if not isinstance(document, dict):
        raise _unusable(
            Text(
                "the file holds no JSON-LD context", "le fichier ne contient aucun contexte JSON-LD"
            ),
            path,
        )
    return document


_NOT_JSON = Text("the JSON-LD context is not JSON", "le contexte JSON-LD n’est pas du JSON")


def _unusable(message: Text, place: object) -> ConfigurationError:
    return ConfigurationError(
        message,
        place=str(place),
        remedy=Text(
            "restore ontology/context.jsonld from the project",
            "rétablissez ontology/context.jsonld à partir du projet",
        ),
    )


def _definition(key: str, value: object, prefixes: Mapping[str, str], place: str) -> KeyDefinition:
    reverse = isinstance(value, dict) and "@reverse" in value
    iri = value.get("@reverse" if reverse else "@id") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(iri, str):
        raise _misunderstood(place)
    coercion = value.get("@type")
    container = value.get("@container", [])
    containers = [container] if isinstance(container, str) else container
    language = value.get("@language")
    if language is not None and not _LANGUAGE.fullmatch(str(language).lower()):
        raise _misunderstood(place)
    return KeyDefinition(
        key,
        _expanded(iri, prefixes, place),
        coercion if coercion in {None, "@id", "@vocab"} else _expanded(coercion, prefixes, place),
        None if language is None else language.lower(),
        "@language" in containers,
        "@set" in containers,
        reverse,
    )


def _expanded(compact: object, prefixes: Mapping[str, str], place: str) -> str:
    prefix, _, local = str(compact).partition(":")
    iri = prefixes[prefix] + local if prefix in prefixes else str(compact)
    if not is_absolute_iri(iri) or (prefix not in prefixes and not local.startswith("//")):
        raise _misunderstood(place)
    return iri


def _misunderstood(place: str) -> ConfigurationError:
    return ConfigurationError(
        Text("the entry is not understood", "l’entrée n’est pas comprise"),
        place=place,
        remedy=Text(
            "give an absolute IRI, or a prefix that the context declares, and a known container "
            "or language",
            "donnez un IRI absolu, ou un préfixe déclaré par le contexte, ainsi qu’un conteneur "
            "ou une langue connus",
        ),
    )
