"""Asking a query of the store: checked, bound, limited in time and rows, and answered as data."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from traceback import clear_frames
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from ds2026kg.errors import QueryError, QueryLimitError
from ds2026kg.findings import Language, Text
from ds2026kg.query.guard import admit, unified_lines
from ds2026kg.query.named import NamedQuery, parse_query
from ds2026kg.query.parameters import ParameterType, bind
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.query.syntax import not_sparql

if TYPE_CHECKING:
    from pyoxigraph import (
        BlankNode,
        Literal,
        NamedNode,
        QueryBoolean,
        QuerySolutions,
        QueryTriples,
        Store,
        Triple,
    )

    Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

TIMEOUT = 30.0
MAX_ROWS = 10_000
_LANGUAGE_PARAMETER = "lang"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to SELECT: a term for each variable of each row, None where it is unbound.

    `truncated` says that there were more rows than the limit let through.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT or DESCRIBE, sorted, so that it is the same each time."""

    triples: tuple[Triple, ...]
    truncated: bool = False


Result: TypeAlias = Rows | Truth | Triples


def run(
    store: Store,
    query: str | NamedQuery,
    *,
    parameters: Mapping[str, str] = MappingProxyType({}),
    language: Language | None = None,
    base: str = DEFAULT_BASE,
    timeout: float | None = TIMEOUT,
    max_rows: int | None = MAX_ROWS,
) -> Result:
    """The answer of `store` to `query`, which is SPARQL 1.1 text or a question of `queries/`.

    The default graph is the union of all graphs, unless the query has FROM. `parameters` are the
    values chosen, as the asker wrote them; `language` is the value of the parameter `lang`, if the
    query has it and none is given. At most `max_rows` rows or triples are returned (None: all).

    Raises `QueryError` for what is not allowed or not SPARQL (see `guard.admit`) and for faulty
    parameters (see `parameters.bind`), and `QueryLimitError` if there is no answer after `timeout`
    seconds (None: wait). The engine cannot be interrupted: after a timeout the query goes on in a
    daemon thread until the process ends, so a caller that lives on must run queries in processes.

    >>> from pyoxigraph import Store
    >>> run(Store(), "ASK { ?s ?p ?o }")
    Truth(value=False)
    """
    asked = parse_query("", query) if isinstance(query, str) else query
    values = with_language(asked, parameters, language)
    bound = bind(asked.text, asked.parameters, values, name=asked.place, store=store, base=base)
    return within(timeout, lambda: _answer(store, asked, bound, max_rows), asked.place)


def with_language(
    asked: NamedQuery, parameters: Mapping[str, str], language: Language | None
) -> dict[str, str]:
    """The chosen values, and `language` for the parameter `lang` if the query has it unchosen."""
    values = dict(parameters)
    if language and any(
        (parameter.name, parameter.type) == (_LANGUAGE_PARAMETER, ParameterType.LANGUAGE_TAG)
        for parameter in asked.parameters
    ):
        values.setdefault(_LANGUAGE_PARAMETER, language)
    return values


def _answer(store: Store, asked: NamedQuery, bound: str, max_rows: int | None) -> Result:
    """The answer to `bound`, if the query may run.

    The query is checked as written, before binding: whatever the values, a bound slot holds one
    term, and so nothing that was checked can change.
    """
    # The parser keeps its exceptions, and they this frame. The engine's results may be dropped
    # only by the thread that made them, so they live in frames of their own.
    graphs = {graph.value for graph in store.named_graphs()}
    admitted = admit(asked.text, graphs, name=asked.place)
    return _evaluated(store, unified_lines(bound), admitted.names_dataset, max_rows, asked.place)


def _evaluated(
    store: Store, text: str, names_dataset: bool, max_rows: int | None, name: str
) -> Result:
    try:
        return _read(store.query(text, use_default_graph_as_union=not names_dataset), max_rows)
    except SyntaxError as error:
        raise not_sparql(text, None, name=name) from error
    except (OSError, RuntimeError, ValueError) as error:
        clear_frames(error.__traceback__)
        raise QueryError(
            Text(f"the query failed: {error}", f"la requête a échoué\u00a0: {error}"), place=name
        ) from error


def _read(found: QuerySolutions | QueryBoolean | QueryTriples, max_rows: int | None) -> Result:
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(found, QueryBoolean):
        return Truth(bool(found))
    if isinstance(found, QuerySolutions):
        rows, cut = _taken((tuple(solution) for solution in found), max_rows)
        return Rows(tuple(variable.value for variable in found.variables), rows, cut)
    triples, cut = _taken(found, max_rows)
    return Triples(tuple(sorted(triples, key=str)), cut)


def _taken(items: Iterable[_T], limit: int | None) -> tuple[tuple[_T, ...], bool]:
    """At most `limit` of `items`, and whether there were more."""
    if limit is None:
        return tuple(items), False
    taken = tuple(islice(items, limit + 1))
    return taken[:limit], len(taken) > limit


def within(seconds: float | None, work: Callable[[], _T], name: str) -> _T:
    """What `work` returns or raises, if it does so in `seconds` (None: however long it takes).

    Otherwise raises `QueryLimitError`; the work goes on in a daemon thread. `name` is its place.
    """
    outcome: list[_T | BaseException] = []

    def attempt() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # it is raised again by the caller's thread
            outcome.append(error)

    thread = threading.Thread(target=attempt, name="ds2026kg-query", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        limit = f"{seconds:g}"
        raise QueryLimitError(
            Text(
                f"the query took longer than {limit} s and was stopped",
                f"la requête a duré plus de {limit.replace('.', ',')}\u00a0s et a été arrêtée",
            ),
            place=name,
            remedy=Text(
                "make it narrower, add LIMIT, or allow more time",
                "rendez-la plus précise, ajoutez LIMIT, ou accordez plus de temps",
            ),
        )
    result = outcome[0]
    if isinstance(result, BaseException):
        raise result
    return result
