"""A question put to a remote SPARQL endpoint: the one place that speaks to the network.

SPARQLWrapper does the talking (SPARQL 1.1 Protocol); its last release is of 2022, so nothing else
depends on it. The query is bound and checked here first, as for our own store.
"""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from ds2026kg import __version__
from ds2026kg.errors import QueryError, RemoteError
from ds2026kg.findings import Language, Text
from ds2026kg.query.guard import admit
from ds2026kg.query.named import NamedQuery
from ds2026kg.query.parameters import bind
from ds2026kg.query.run import Result, Rows, Triples, Truth, with_language

_MAX_ANSWER_BYTES = 64 * 1024 * 1024


def run_remote(
    endpoint: str,
    asked: NamedQuery,
    parameters: Mapping[str, str],
    language: Language | None,
    base: str,
    *,
    timeout: float,
    max_rows: int,
) -> Result:
    """The answer of the SPARQL endpoint at `endpoint` to `asked`.

    `parameters`, `language`, `base` and `max_rows` are those of `run`; `timeout` is in seconds.
    Raises `QueryError` as `run` does, and `RemoteError` if the endpoint cannot be reached, refuses,
    or answers with what is not a SPARQL result.
    """
    if urlsplit(endpoint).scheme not in ("http", "https"):
        raise QueryError(
            Text("an endpoint is an http(s) address", "un point SPARQL est une adresse http(s)"),
            place=endpoint,
        )
    values = with_language(asked, parameters, language)
    admit(asked.text, (), name=asked.place)
    text = bind(asked.text, asked.parameters, values, name=asked.place, base=base)
    wrapper = SPARQLWrapper(endpoint, agent=f"ds2026kg/{__version__}")
    wrapper.setQuery(text)
    wrapper.setMethod(POST)
    wrapper.setTimeout(max(1, round(timeout)))
    graph = wrapper.queryType in ("CONSTRUCT", "DESCRIBE")
    wrapper.setReturnFormat("turtle" if graph else JSON)
    try:
        data: bytes = wrapper.query().response.read(_MAX_ANSWER_BYTES + 1)
    except (HTTPError, SPARQLWrapperException) as error:
        raise _remote_error(endpoint, _REFUSED, str(error).strip().partition("\n")[0]) from error
    except (HTTPException, OSError) as error:
        reason = str(getattr(error, "reason", error))
        raise _remote_error(endpoint, _UNREACHED, reason) from error
    if len(data) > _MAX_ANSWER_BYTES:
        raise _remote_error(endpoint, _TOO_LARGE, "64 MiB")
    try:
        return _triples(data, max_rows) if graph else _result(data, max_rows)
    except (SyntaxError, ValueError) as error:
        raise _remote_error(endpoint, _NOT_SPARQL, str(error)) from error


def _triples(data: bytes, max_rows: int) -> Triples:
    found = sorted((quad.triple for quad in parse(data, format=RdfFormat.TURTLE)), key=str)
    return Triples(tuple(found[:max_rows]), len(found) > max_rows)


def _result(data: bytes, max_rows: int) -> Result:
    found = parse_query_results(data, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return Truth(bool(found))
    rows = [tuple(solution) for solution in found]
    names = tuple(variable.value for variable in found.variables)
    return Rows(names, tuple(rows[:max_rows]), len(rows) > max_rows)


_REFUSED = Text(
    "the endpoint refused the query: {detail}", "le point SPARQL a refusé\u00a0: {detail}"
)
_UNREACHED = Text(
    "the endpoint cannot be reached: {detail}", "le point SPARQL est injoignable\u00a0: {detail}"
)
_TOO_LARGE = Text("the answer is larger than {detail}", "la réponse dépasse {detail}")
_NOT_SPARQL = Text(
    "the answer is no SPARQL result: {detail}",
    "la réponse n’est pas un résultat SPARQL\u00a0: {detail}",
)


def _remote_error(endpoint: str, message: Text, detail: str) -> RemoteError:
    safe = detail.replace("{", "(").replace("}", ")")
    return RemoteError(
        Text(message.en.format(detail=safe), message.fr.format(detail=safe)),
        place=endpoint,
        remedy=Text(
            "check the address and that the endpoint is up, or ask the vault itself",
            "vérifiez l’adresse et que le point répond, ou interrogez le coffre lui-même",
        ),
    )
