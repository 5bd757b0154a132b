"""The query operation of the SPARQL 1.1 Protocol (§2.1): a request read as a question.

An update (§2.2) is refused with 403, "understood, but refused" (RFC 9110 §15.5.4): the address
takes POST, so that 405 would be wrong, and no credentials would help, so that 401 would be too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

from ds2026kg.findings import Text
from ds2026kg.server.asking import Question
from ds2026kg.server.media import wanted
from ds2026kg.server.message import Request
from ds2026kg.server.problems import RequestError

METHODS = "GET, HEAD, POST, OPTIONS"
MAX_GRAPHS = 100

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_UPDATING = ("update", "using-graph-uri", "using-named-graph-uri")
_UTF8 = ("", "utf-8", "utf8", "us-ascii")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")

_Pairs = Sequence[tuple[str, str]]


def question(request: Request, max_rows: int, base: str) -> Question | None:
    """The question that a request puts; None if it puts none, and so asks what this service is.

    A query comes by GET (§2.1.1), in a form sent by POST (§2.1.2), or as the content of a POST
    (§2.1.3). The graphs to ask are named in the address or the form (§2.1.4). `base` resolves relative
    IRIs.
    Raises `RequestError` for what is none of these: 400, 403 for an update, 415 for another content.
    """
    pairs = parameters(request.query)
    text: str | None = None
    if request.method == "POST":
        media_type, charset = _content_type(request)
        if media_type == _UPDATE:
            raise _update_refused()
        if media_type not in (_FORM, _QUERY) or charset not in _UTF8:
            raise _unsupported()
        sent = _decoded(request.body)
        if media_type == _FORM:
            pairs = [*pairs, *parameters(sent)]
        else:
            text = sent
    if any(name in _UPDATING for name, _value in pairs):
        raise _update_refused()
    queries = _values(pairs, "query") + ([] if text is None else [text])
    if len(queries) > 1:
        raise _bad(
            Text("there are several queries in one request", "il y a plusieurs requêtes en une"),
            Text("send one query a request", "envoyez une requête à la fois"),
        )
    if not queries:
        if request.method == "POST":
            raise _bad(
                Text(
                    "there is no query in this request", "cette demande ne contient pas de requête"
                ),
                Text("send it as query=…", "envoyez-la sous la forme query=…"),
            )
        return None
    default, named = _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri")
    if len(default) + len(named) > MAX_GRAPHS:
        raise _bad(
            Text(
                f"more than {MAX_GRAPHS} graphs are named",
                f"plus de {MAX_GRAPHS} graphes sont nommés",
            ),
            Text("name fewer graphs", "nommez moins de graphes"),
        )
    return Question(
        queries[0],
        tuple(default),
        tuple(named),
        wanted(request.headers.get("accept")),
        max_rows,
        base,
    )


def parameters(encoded: str) -> list[tuple[str, str]]:
    """The pairs of a form or of the query part of an address, decoded.

    Raises `RequestError` (400) for what is not percent-encoded UTF-8.

    >>> parameters("query=ASK%20%7B%7D&x")
    [('query', 'ASK {}'), ('x', '')]
    """
    fault = Text(
        "the parameters are not percent-encoded UTF-8",
        "les paramètres ne sont pas de l’UTF-8 encodé en pourcentage",
    )
    remedy = Text(
        "encode each value by UTF-8 and percent signs",
        "encodez chaque valeur par UTF-8 et signes de pourcentage",
    )
    if _BROKEN_ESCAPE.search(encoded):
        raise _bad(fault, remedy)
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise _bad(fault, remedy) from error


def _values(pairs: _Pairs, name: str) -> list[str]:
    return [value for key, value in pairs if key == name]


def _content_type(request: Request) -> tuple[str, str]:
    """The media type and the charset of the content, in lower case."""
    media_type, *told = request.headers.get("content-type", "").lower().split(";")
    given = dict(part.strip().partition("=")[::2] for part in told)
    return media_type.strip(), given.get("charset", "").strip('"')


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(
            Text("the content is not UTF-8 text", "le contenu n’est pas du texte UTF-8"),
            Text("encode it by UTF-8", "encodez-le en UTF-8"),
        ) from error


def _bad(message: Text, remedy: Text) -> RequestError:
    return RequestError(400, message, remedy=remedy)


def _update_refused() -> RequestError:
    return RequestError(
        403,
        Text("this would change the data", "ceci modifierait les données"),
        remedy=Text(
            "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; the data are changed through the notes",
            "interrogez avec SELECT, ASK, CONSTRUCT ou DESCRIBE\u00a0;"
            " les données se modifient par les notes",
        ),
    )


def _unsupported() -> RequestError:
    return RequestError(
        415,
        Text(
            "a POST to this address brings a form or a query, in UTF-8",
            "un POST à cette adresse apporte un formulaire ou une requête, en UTF-8",
        ),
        remedy=Text(f"send it as {_FORM} or {_QUERY}", f"envoyez-le comme {_FORM} ou {_QUERY}"),
        headers={"accept-post": f"{_FORM}, {_QUERY}"},
    )
