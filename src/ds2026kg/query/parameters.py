"""What may be chosen in a query: typed values, bound to the slots that the query has for them.

A slot is `VALUES ?name { ... }`. Binding replaces what stands between its braces by one RDF term
that was built as a term and written by the engine's own writer, so that no value can become
syntax. (The engine's substitution of variables, SEP-0007, takes only variables that the query
projects.)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import takewhile
from typing import TYPE_CHECKING

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.query.tokens import Token, meaningful

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Store

ANY = "*"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class ParameterType(Enum):
    """What values a parameter takes."""

    STRING = "string"
    LANGUAGE_TAG = "language-tag"  # BCP 47
    DATE = "date"  # YYYY-MM-DD, an xsd:date
    INTEGER = "integer"  # an xsd:integer
    ENTITY = "entity"  # "commitment/3.2a", "3.2a" or the full IRI
    IRI = "iri"  # an absolute IRI


_EXPECTED = {
    ParameterType.STRING: Text("text without control characters", "un texte sans code de contrôle"),
    ParameterType.LANGUAGE_TAG: Text("a language tag such as en or fr", "une langue\u00a0: en, fr"),
    ParameterType.DATE: Text("a date such as 2024-01-31", "une date, p. ex. 2024-01-31"),
    ParameterType.INTEGER: Text("a whole number", "un nombre entier"),
    ParameterType.ENTITY: Text("an entity such as 3.2a or tbs", "une entité, p. ex. 3.2a ou tbs"),
    ParameterType.IRI: Text("an absolute IRI", "un IRI absolu"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that may be chosen.

    `default` is the value if none is given: `ANY` leaves the variable free, and None means that a
    value must be given.
    """

    name: str
    type: ParameterType
    default: str | None
    description: Text


def slots(text: str, name: str) -> Iterator[Token]:
    """What stands between the braces of each `VALUES ?name { ... }` in `text`.

    >>> [slot.text for slot in slots("ASK { VALUES ?a { 1 } ?a ?b 'VALUES ?a { 2 }' }", "a")]
    ['1']
    """
    terminals = meaningful(text)
    for index in range(len(terminals) - 3):
        keyword, variable, brace = terminals[index : index + 3]
        if (keyword.text.upper(), brace.text) != ("VALUES", "{") or variable.text[1:] != name:
            continue
        inside = list(takewhile(lambda token: token.text != "}", terminals[index + 3 :]))
        if variable.kind == "variable" and inside:
            start, end = inside[0].start, inside[-1].end
            yield Token("slot", text[start:end], start)


def bind(
    text: str,
    parameters: Sequence[Parameter],
    values: Mapping[str, str],
    *,
    name: str = "",
    store: Store | None = None,
    base: str = DEFAULT_BASE,
) -> str:
    """The query `text` with the slots of its `parameters` filled by `values`, or by the defaults.

    With a `store`, entities are looked up in it, so that short names are found and unknown ones are
    refused. Raises `QueryError`, naming the parameter, for one that is unknown, missing, or not of
    its type.

    >>> lang = Parameter("lang", ParameterType.LANGUAGE_TAG, "en", Text("language", "langue"))
    >>> bind('ASK { VALUES ?lang { "en" } }', [lang], {"lang": "fr"})
    'ASK { VALUES ?lang { "fr" } }'
    """
    known = {parameter.name for parameter in parameters}
    for given in values:
        if given not in known:
            message = Text(
                f"the query has no parameter {given}",
                f"la requête n’a pas de paramètre {given}",
            )
            raise _refusal(message, parameters, name)
    replacements: list[tuple[Token, str]] = []
    for parameter in parameters:
        term = _term_text(parameter, values, parameters, name, store, base)
        replacements += [(slot, term) for slot in slots(text, parameter.name)]
    for slot, term in sorted(replacements, key=lambda pair: pair[0].start, reverse=True):
        text = text[: slot.start] + term + text[slot.end :]
    return text


def sparql_of(parameter: Parameter) -> str:
    """The default of `parameter` as SPARQL writes it."""
    return _term_text(parameter, {}, (parameter,), "", None, DEFAULT_BASE)


def _term_text(
    parameter: Parameter,
    values: Mapping[str, str],
    parameters: Sequence[Parameter],
    name: str,
    store: Store | None,
    base: str,
) -> str:
    value = values.get(parameter.name, parameter.default)
    if value is None:
        message = Text(
            f"the parameter {parameter.name} must be given",
            f"le paramètre {parameter.name} doit être donné",
        )
        raise _refusal(message, parameters, name)
    if value == ANY and parameter.default == ANY:
        return "UNDEF"
    given = parameter.name in values
    try:
        if parameter.type is ParameterType.ENTITY:
            return str(_entity(value, store if given else None, base))
        term = _term(parameter.type, value)
        # A bare number is the same term, and reads better.
        return term.value if parameter.type is ParameterType.INTEGER else str(term)
    except _NotFoundError as error:
        message = Text(
            f"the parameter {parameter.name}: {error.message.en}",
            f"le paramètre {parameter.name}\u00a0: {error.message.fr}",
        )
        raise QueryError(message, place=name, remedy=error.remedy) from error
    except ValueError as error:
        expected = _EXPECTED[parameter.type]
        message = Text(
            f"the parameter {parameter.name} must be {expected.en}, not {value!r}",
            f"le paramètre {parameter.name} doit être {expected.fr}, et non {value!r}",
        )
        raise _refusal(message, parameters, name) from error


def _term(kind: ParameterType, value: str) -> Literal | NamedNode:
    """`value` as a term of its type; raises `ValueError` if it is not one."""
    from pyoxigraph import Literal, NamedNode

    if kind is ParameterType.LANGUAGE_TAG and _LANGUAGE_TAG.fullmatch(value):
        return Literal(value.lower())
    if kind is ParameterType.INTEGER and _INTEGER.fullmatch(value):
        return Literal(str(int(value)), datatype=NamedNode(f"{_XSD}integer"))
    if kind is ParameterType.DATE and _DATE.fullmatch(value):
        return Literal(date.fromisoformat(value).isoformat(), datatype=NamedNode(f"{_XSD}date"))
    if kind is ParameterType.IRI and _ABSOLUTE.fullmatch(value):
        return NamedNode(value)
    if kind is ParameterType.STRING and not _CONTROL.search(value):
        return Literal(value)
    raise ValueError(value)


class _NotFoundError(Exception):
    """An entity that the data does not hold, or that a short name does not settle."""

    def __init__(self, message: Text, remedy: Text) -> None:
        super().__init__(message.en)
        self.message = message
        self.remedy = remedy


def _entity(value: str, store: Store | None, base: str) -> NamedNode:
    """The entity that `value` names: its local identifier, the last part of it, or its IRI."""
    from pyoxigraph import NamedNode

    if store is None:
        return NamedNode(value if _ABSOLUTE.fullmatch(value) else f"{base}id/{value}")
    entities = _entities(store, base)
    wanted = value.casefold()
    exact = [iri for local, iri in entities.items() if wanted in (local.casefold(), iri.casefold())]
    found = exact or [
        iri for local, iri in entities.items() if wanted == local.casefold().rpartition("/")[2]
    ]
    if len(found) == 1:
        return NamedNode(found[0])
    if found:
        names = ", ".join(sorted(local for local, iri in entities.items() if iri in found))
        raise _NotFoundError(
            Text(f"{value!r} names several entities", f"{value!r} désigne plusieurs entités"),
            Text(f"choose one of: {names}", f"choisissez parmi\u00a0: {names}"),
        )
    keys = {local.rpartition("/")[2]: local for local in entities}
    near = ", ".join(difflib.get_close_matches(wanted, sorted(keys), 3, 0.4))
    raise _NotFoundError(
        Text(f"the data has no entity {value!r}", f"les données n’ont pas d’entité {value!r}"),
        Text(f"did you mean: {near}?", f"vouliez-vous dire\u00a0: {near}\u00a0?")
        if near
        else Text("use a name such as 3.2a or tbs", "donnez un nom tel que 3.2a ou tbs"),
    )


def _entities(store: Store, base: str) -> dict[str, str]:
    """The IRI of everything that has a type and a name of its own, by local identifier."""
    from pyoxigraph import NamedNode

    entities: dict[str, str] = {}
    roots = (f"{base}id/", f"{DEFAULT_BASE}id/")  # concepts keep the base of the ontology
    for quad in store.quads_for_pattern(None, NamedNode(_RDF_TYPE), None):
        iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if iri.startswith(roots):
            local = iri.removeprefix(roots[0]).removeprefix(roots[1])
            if not local.startswith(("passage/", "statement/")):
                entities[local] = iri
    return entities


def _refusal(message: Text, parameters: Sequence[Parameter], name: str) -> QueryError:
    """A `QueryError` whose remedy lists the parameters there are."""
    if not parameters:
        remedy = Text(
            "leave it out: there are no parameters", "retirez-le\u00a0: il n’y en a aucun"
        )
        return QueryError(message, place=name, remedy=remedy)
    english = "; ".join(_summary(parameter, "en") for parameter in parameters)
    french = "; ".join(_summary(parameter, "fr") for parameter in parameters)
    remedy = Text(f"the parameters are: {english}", f"les paramètres sont\u00a0: {french}")
    return QueryError(message, place=name, remedy=remedy)


def _summary(parameter: Parameter, language: str) -> str:
    if parameter.default is None:
        default = Text("required", "obligatoire")
    elif parameter.default == ANY:
        default = Text("any", "au choix")
    else:
        default = Text(parameter.default, parameter.default)
    shown = default.fr if language == "fr" else default.en
    return f"{parameter.name} ({parameter.type.value}, {shown})"
