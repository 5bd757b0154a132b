"""The pages of the stored queries: all of them beside a form to ask in, and one page each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.kind import Content, Crumb, Kind, Visit, alone
from ds2026kg.pages.publication import Publication
from ds2026kg.pages.questions_words import TYPES, WORDS
from ds2026kg.pages.results import RESULTS
from ds2026kg.pages.view import Said, View, term
from ds2026kg.query.executables import rebased
from ds2026kg.query.named import NamedQuery, load_queries
from ds2026kg.query.parameters import ANY, Parameter, ParameterType, slots
from ds2026kg.query.prefixes import PREFIXES
from ds2026kg.query.tokens import meaningful
from ds2026kg.resources import resource_folder

PATH: Final = "query"
_LONGEST: Final = 65_536
_FIRST: Final = "leads-by-actor"
_LANGUAGE: Final = "lang"
_DEFAULT_LANGUAGE: Final = re.compile(rf"(?m)^(# param {_LANGUAGE}: language-tag = )\w+")
_HEADER: Final = re.compile(r"\A(?:#.*\n)+\n*")
_FIELDS: Final = {ParameterType.DATE: "date", ParameterType.INTEGER: "number"}
_TERMS: Final = {
    "class": (term("owl:Class"),),
    "property": (term("owl:ObjectProperty"), term("owl:DatatypeProperty")),
}


class Choice(NamedTuple):
    """A parameter of a query as its page shows it; `default` is "" if a value must be given.

    `value` stands in the form from the start, and `field` is the type of its input element.
    """

    name: str
    type: str
    default: str
    description: str
    required: bool
    value: str
    field: str


@cache
def _stored() -> Mapping[str, NamedQuery]:
    return load_queries(resource_folder("queries"))


def _content(visit: Visit) -> Content:
    view, language = visit.view, visit.view.language
    asked = visit.parameters or {}
    named = _stored().get(asked.get("name") or _FIRST)
    text = asked.get("query") or (_bare(text_of(named, view)) if named else "")
    return Content(
        title=Said(WORDS["title"].in_language(language), language),
        summary=WORDS["summary"].in_language(language),
        values={
            "endpoint": visit.endpoint,
            "asking": _results(visit) or visit.endpoint,
            "text": text[:_LONGEST],
            "stored": [
                {
                    "name": query.name,
                    "title": query.title.in_language(language),
                    "description": query.description.in_language(language),
                    "text": _bare(text_of(query, view)),
                }
                for query in _stored().values()
            ],
            "prefixes": dict(PREFIXES),
            "terms": _terms(view) if visit.endpoint else [],
            "site": (visit.addresses.root or "./") if visit.publication.live else "",
        },
        structured={"@type": "WebPage", "name": WORDS["title"].in_language(language)},
    )


def _terms(view: View) -> list[dict[str, str]]:
    """The classes and properties that have a name, for an editor to complete words with."""
    return [
        {"iri": node.value, "label": view.label(node).text, "kind": kind}
        for kind, classes in _TERMS.items()
        for node in sorted({each for found in classes for each in view.instances(found)}, key=_iri)
        if view.text(node, term("rdfs:label"))
    ]


def _iri(node: NamedNode) -> str:
    return node.value


def _question(visit: Visit) -> Content | None:
    query = _stored().get(visit.local)
    if query is None:
        return None
    language = visit.view.language
    text = text_of(query, visit.view)
    title = query.title.in_language(language)
    description = query.description.in_language(language)
    return Content(
        title=Said(title, language),
        summary=description,
        values={
            "query": query,
            "description": description,
            "choices": [_choice(each, visit) for each in query.parameters],
            "columns": columns(text),
            "names": {name: said.in_language(language) for name, said in query.columns},
            "text": text,
            "asking": _results(visit),
            "editor": _editor(visit, query.name, _bare(text)) if visit.endpoint else "",
            "answer": f"{visit.endpoint}?query={quote(_bare(text))}" if visit.endpoint else "",
            "remote": visit.endpoint if ":" in visit.endpoint else "",
        },
        structured=_structured(title, description, text),
        trail=(Crumb(Said(WORDS["title"].in_language(language), language), PATH),),
    )


def _results(visit: Visit) -> str:
    """The address of the page that shows answers; "" where no server makes it."""
    return visit.addresses.page(RESULTS.path) if visit.publication.live else ""


def _editor(visit: Visit, name: str, text: str) -> str:
    """The address of the form with that query in it: a server fills it, or else the script does."""
    page = visit.addresses.page(PATH)
    return f"{page}?name={name}" if visit.publication.live else f"{page}#query={quote(text)}"


def _choice(parameter: Parameter, visit: Visit) -> Choice:
    language = visit.view.language
    default = parameter.default
    given = language if parameter.name == _LANGUAGE else default or ""
    return Choice(
        parameter.name,
        TYPES[parameter.type].in_language(language),
        WORDS["any"].in_language(language) if default == ANY else default or "",
        parameter.description.in_language(language),
        default is None,
        "" if default == ANY else given,
        _FIELDS.get(parameter.type, "text"),
    )


def text_of(query: NamedQuery, view: View) -> str:
    """The text of a stored query, for the data set and the language of `view`.

    Its examples are of that data set; where the answer can be had in the reader's language, it is.
    """
    text = rebased(query, view.base)
    for slot in reversed(list(slots(text, _LANGUAGE))):
        text = f'{text[: slot.start]}"{view.language}"{text[slot.start + len(slot.text) :]}'
    return _DEFAULT_LANGUAGE.sub(rf"\g<1>{view.language}", text)


def _bare(text: str) -> str:
    """A stored query without its header, which only the program reads."""
    return _HEADER.sub("", text)


def columns(text: str) -> tuple[str, ...]:
    """The variables that a SELECT query answers with, as its first line names them; none for `*`.

    >>> columns("SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a ?b ?c }")
    ('a', 'n')
    """
    found: list[str] = []
    depth = 0
    before = ""
    for token in meaningful(text):
        if token.text.upper() == "WHERE" or token.text == "{":
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "variable" and (not depth or before == "AS"):
            found.append(token.text[1:])
        before = token.text.upper()
    return tuple(found)


def _structured(title: str, description: str, text: str) -> Mapping[str, Any]:
    return {
        "@type": "SoftwareSourceCode",
        "name": title,
        "description": description,
        "programmingLanguage": "SPARQL",
        "text": text,
    }


def _paths(_view: View, _publication: Publication) -> Iterator[str]:
    return (f"{PATH}/{name}" for name in _stored())


PAGE = Kind(PATH, "query.html", _content, alone(PATH), Text("Query", "Requêtes"), WORDS, asks=True)
QUESTION = Kind(f"{PATH}/", "question.html", _question, _paths, None, WORDS)
