"""What is wrong with a request, as a problem document (RFC 9457) in English or French."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import orjson

from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Language, Text
from ds2026kg.server.media import PROBLEM_JSON
from ds2026kg.server.message import Response

TITLES: Mapping[int, Text] = MappingProxyType(
    {
        400: Text("This request cannot be understood", "Cette demande ne peut être comprise"),
        403: Text("This is not allowed", "Ceci n’est pas permis"),
        404: Text("There is nothing here", "Il n’y a rien ici"),
        405: Text("This method has no meaning here", "Cette méthode n’a pas de sens ici"),
        406: Text("No form that you accept", "Aucune forme que vous acceptez"),
        408: Text("The request did not come in time", "La demande n’est pas arrivée à temps"),
        413: Text("This request is too large", "Cette demande est trop volumineuse"),
        414: Text("This address is too long", "Cette adresse est trop longue"),
        415: Text("This type of content cannot be read", "Ce type de contenu ne peut être lu"),
        429: Text("Too many requests at once", "Trop de demandes à la fois"),
        500: Text("Something went wrong here", "Une erreur est survenue ici"),
        503: Text("This is too much for the server now", "C’est trop pour le serveur à présent"),
        504: Text("The answer took too long", "La réponse a trop tardé"),
    }
)
"""What each status that this server gives means to people."""

_MEANING: Final = "https://www.rfc-editor.org/rfc/rfc9110#status."
_MEANING_OF_429: Final = "https://www.rfc-editor.org/rfc/rfc6585#section-4"


class RequestError(Ds2026kgError):
    """A request that is not answered. `code` is the HTTP status, `headers` what goes with it.

    >>> RequestError(404, Text("no such graph", "ce graphe n’existe pas")).response("fr").status
    404
    """

    def __init__(
        self,
        code: int,
        message: Text,
        *,
        place: str = "",
        remedy: Text | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.code = code
        self.headers = headers

    def response(self, language: Language) -> Response:
        """The problem document, in `language`.

        `type` is what the standard says of the status; `line` and `column` (from 1) say where in a
        query the fault lies, and `remedy` what to do.
        """
        document: dict[str, Any] = {
            "type": _MEANING_OF_429 if self.code == 429 else f"{_MEANING}{self.code}",
            "title": TITLES[self.code].in_language(language),
            "status": self.code,
            "detail": self.message.in_language(language),
        }
        if self.remedy:
            document["remedy"] = self.remedy.in_language(language)
        line, _, column = self.place.partition(":")
        if line.isdecimal() and column.isdecimal():
            document |= {"line": int(line), "column": int(column)}
        headers = {
            "content-type": PROBLEM_JSON,
            "content-language": language,
            "cache-control": "no-store",
            **self.headers,
        }
        return Response(self.code, headers, orjson.dumps(document))


def not_acceptable(offers: Mapping[str, str]) -> RequestError:
    """Nothing that the client accepts is to be had; it is told what is (RFC 9110 §15.5.7)."""
    names = ", ".join(offers)
    return RequestError(
        406,
        Text(
            "the answer has no form that the Accept header takes",
            "la réponse n’existe sous aucune forme que l’en-tête Accept admet",
        ),
        remedy=Text(f"accept one of: {names}", f"acceptez l’une de celles-ci\u00a0: {names}"),
    )


def method_not_allowed(method: str, allowed: str) -> RequestError:
    """A method that the address does not have (RFC 9110 §15.5.6); `allowed` are those it has."""
    shown = method[:20]
    return RequestError(
        405,
        Text(
            f"{shown} does nothing here: the data can only be read",
            f"{shown} ne fait rien ici\u00a0: les données se lisent seulement",
        ),
        remedy=Text(f"use one of: {allowed}", f"utilisez l’une de celles-ci\u00a0: {allowed}"),
        headers={"allow": allowed},
    )
