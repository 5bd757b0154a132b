"""The questions in `queries/`: each file is SPARQL 1.1 with a header that is data.

    # title@en: Commitments by actor
    # title@fr: Engagements par acteur
    # description@en: What each actor leads.
    # description@fr: Ce dont chaque acteur est responsable.
    # param actor: entity = * — only what this actor leads | seulement ce dont il est responsable
    # column actorLabel: actor | acteur

`column` is what a chart calls a variable of the answer; it may be left out. The header is the
comment lines at the top of the file, up to the first line that is not one. A line
that starts with `#` and three spaces continues the line before. `= value` is the parameter's
default, `= *` leaves it unbound, and a parameter without either must be given.

Each parameter has one or more slots in the query, `VALUES ?actor { UNDEF }`, that hold its default.
So every file is a whole query that any SPARQL 1.1 tool can run as it stands. Where a parameter
must be given, its slots hold an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.query.parameters import ANY, Parameter, ParameterType, slots, sparql_of

_KEYS = ("title@en", "title@fr", "description@en", "description@fr")
_LINE = re.compile(r"# (?P<key>[a-z]+(?:@[a-z]+| [A-Za-z]\w*)?): (?P<value>\S.*)")
_CONTINUATION = re.compile(r"# {3,}(\S.*)")
_PARAMETER = re.compile(
    r"(?P<type>[a-z-]+)(?: = (?P<default>\S+))? — (?P<en>[^|]+) \| (?P<fr>[^|]+)"
)
_COLUMN = re.compile(r"(?P<en>[^|]+) \| (?P<fr>[^|]+)")
_SUFFIX = ".rq"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One question: what it is called, what it answers, what may be chosen, and its SPARQL.

    `text` is the whole file, header included. Ad hoc queries have no parameters and empty titles.
    `columns` says what a chart calls variables of the answer.
    `place` is what errors call it: the name of a question, the path of any other file.
    """

    name: str
    title: Text
    description: Text
    parameters: tuple[Parameter, ...]
    text: str
    place: str = ""
    columns: tuple[tuple[str, Text], ...] = ()


class _Entry(NamedTuple):
    line: int
    key: str
    value: str


def load_queries(folder: Path) -> Mapping[str, NamedQuery]:
    """The questions in the `.rq` files of `folder`, by name (the file's, without suffix), sorted.

    Raises `QueryError`, with file and line, for a header that is incomplete or that has an unknown
    key, and for a file that cannot be read.
    """
    files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda file: file.name)
    queries = (read_query(file, strict=True) for file in files)
    return MappingProxyType({query.name: replace(query, place=query.name) for query in queries})


def read_query(file: Path, *, strict: bool = False) -> NamedQuery:
    """The query in `file`. See `parse_query`. Raises `QueryError` if it cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(
            Text("the query cannot be read as UTF-8", "la requête ne peut être lue en UTF-8"),
            place=str(file),
            remedy=Text(
                "check its path, its permissions and its encoding",
                "vérifiez son chemin, ses permissions et son encodage",
            ),
        ) from error
    return parse_query(file.stem, text, place=str(file), strict=strict)


def parse_query(name: str, text: str, *, place: str = "", strict: bool = False) -> NamedQuery:
    """The query `text` with what its header says.

    A query has a header if its first line is a title; with `strict` it must have one. `place` is
    the file that errors name. Raises `QueryError` for a header that is incomplete, repeats itself
    or has an unknown key, and for a parameter whose slots do not hold its default.

    >>> parse_query("ad hoc", "ASK { ?s ?p ?o }").parameters
    ()
    """
    place = place or name
    if not strict and not text.startswith("# title@"):
        return NamedQuery(name, Text("", ""), Text("", ""), (), text, place)
    values: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    columns: dict[str, Text] = {}
    for entry in _entries(text, place):
        if entry.key in values or entry.key in parameters or entry.key in columns:
            raise _fault(place, entry.line, f"{entry.key}: twice", f"{entry.key}\u00a0: deux fois")
        if entry.key.startswith("param "):
            parameters[entry.key] = _parameter(entry, place)
        elif entry.key.startswith("column "):
            columns[entry.key] = _column(entry, place)
        elif entry.key in _KEYS:
            values[entry.key] = entry.value
        else:
            raise _fault(
                place,
                entry.line,
                f"unknown header key: {entry.key}",
                f"clé d’en-tête inconnue\u00a0: {entry.key}",
            )
    for key in _KEYS:
        if key not in values:
            raise _fault(place, 1, f"the header lacks {key}", f"l’en-tête n’a pas de {key}")
    for parameter in parameters.values():
        _check_slots(parameter, text, place)
    return NamedQuery(
        name,
        Text(values["title@en"], values["title@fr"]),
        Text(values["description@en"], values["description@fr"]),
        tuple(parameters.values()),
        text,
        place,
        tuple((key.removeprefix("column "), said) for key, said in columns.items()),
    )


def _entries(text: str, place: str) -> Iterator[_Entry]:
    """The keys and values of the header, with continued lines joined."""
    entry: _Entry | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        continued = _CONTINUATION.fullmatch(line)
        if continued and entry:
            entry = entry._replace(value=f"{entry.value} {continued[1]}")
            continue
        if entry:
            yield entry
        match = _LINE.fullmatch(line)
        if not match:
            raise _fault(
                place,
                number,
                "this is not a header line: # key: value",
                "ce n’est pas une ligne d’en-tête\u00a0: # clé: valeur",
            )
        entry = _Entry(number, match["key"], match["value"])
    if entry:
        yield entry


def _parameter(entry: _Entry, place: str) -> Parameter:
    match = _PARAMETER.fullmatch(entry.value)
    types = [kind.value for kind in ParameterType]
    if not match or match["type"] not in types:
        form = "# param name: type = default — English | français"
        names = ", ".join(types)
        raise _fault(
            place,
            entry.line,
            f"this is not a parameter: {form}, with one of the types {names}",
            f"ce n’est pas un paramètre\u00a0: {form}, avec l’un des types {names}",
        )
    name = entry.key.removeprefix("param ")
    description = Text(match["en"].strip(), match["fr"].strip())
    return Parameter(name, ParameterType(match["type"]), match["default"], description)


def _column(entry: _Entry, place: str) -> Text:
    match = _COLUMN.fullmatch(entry.value)
    if not match:
        form = "# column name: English | français"
        raise _fault(
            place,
            entry.line,
            f"this is not the name of a column: {form}",
            f"ce n’est pas le nom d’une colonne\u00a0: {form}",
        )
    return Text(match["en"].strip(), match["fr"].strip())


def _check_slots(parameter: Parameter, text: str, place: str) -> None:
    found = [slot.text for slot in slots(text, parameter.name)]
    default = parameter.default
    expected = None if default is None else "UNDEF" if default == ANY else sparql_of(parameter)
    if not found or (expected is not None and any(data != expected for data in found)):
        slot = f"VALUES ?{parameter.name} {{ {expected or '…'} }}"
        raise _fault(
            place,
            1,
            f"the parameter {parameter.name} needs its slot: {slot}",
            f"le paramètre {parameter.name} demande sa place\u00a0: {slot}",
        )


def _fault(place: str, line: int, english: str, french: str) -> QueryError:
    return QueryError(Text(english, french), place=f"{place}:{line}")
