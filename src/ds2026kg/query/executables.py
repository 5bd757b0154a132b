"""The questions in `queries/` as RDF, so that editors of SPARQL can list them and run them.

Each is a `sh:SPARQLExecutable` (SHACL §5, Advanced Features §5) as the SIB's collection of SPARQL
examples describes its own: the text under `sh:select` or its like, a comment in each language, and
the endpoint as `schema:target`. Editors that ask an endpoint for such examples find ours there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ds2026kg.findings import Text
from ds2026kg.query.named import NamedQuery
from ds2026kg.query.parameters import ANY, Parameter, ParameterType, slots, sparql_of
from ds2026kg.query.prefixes import DEFAULT_BASE, PREFIXES
from ds2026kg.query.tokens import query_form


class _Form(NamedTuple):
    kind: str
    text: str


# DESCRIBE has no term in SHACL 1.1; `spex:` is the SIB's vocabulary.
_FORMS = {
    "SELECT": _Form("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": _Form("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": _Form("sh:SPARQLConstructExecutable", "sh:construct"),
    "DESCRIBE": _Form("spex:SPARQLDescribeExecutable", "spex:describe"),
}
_VALUES = {
    ParameterType.STRING: ("sh:datatype", "xsd:string"),
    ParameterType.LANGUAGE_TAG: ("sh:datatype", "xsd:string"),
    ParameterType.DATE: ("sh:datatype", "xsd:date"),
    ParameterType.INTEGER: ("sh:datatype", "xsd:integer"),
    ParameterType.ENTITY: ("sh:nodeKind", "sh:IRI"),
    ParameterType.IRI: ("sh:nodeKind", "sh:IRI"),
}
_USED = ("owl", "rdfs", "schema", "sh", "xsd")
_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_COLLECTION = Text("Questions about the data set", "Questions sur le jeu de données")
_DECLARED = re.compile(r"(?im)^PREFIX\s+([\w-]+):\s*<([^>]*)>")
_OURS = re.compile(rf"<{re.escape(DEFAULT_BASE)}(?=id/(?:strategy|mission|commitment|actor)/)")
_TO_ESCAPE = re.compile(r'"(?=""|\Z)')


def executables(
    queries: Iterable[NamedQuery], *, base: str = DEFAULT_BASE, endpoint: str = ""
) -> Iterator[str]:
    """`queries` as Turtle, one chunk a query: `<base>query/NAME`, its parameters and its prefixes.

    The text of a query is that of its file, but for the example of an entity, which has `base`.
    `endpoint` is the address where the data are asked, if there is one.

    >>> query = NamedQuery("any", Text("Any?", "Y a-t-il?"), Text("Is there any?", "…"), (), "ASK {}")
    >>> turtle = "".join(executables([query], endpoint="https://example.org/sparql"))
    >>> print(turtle.partition("owl:Ontology")[2].partition("\\n\\n")[2], end="")
    <https://w3id.org/ds2026/query/any>
        a sh:SPARQLExecutable, sh:SPARQLAskExecutable ;
        rdfs:label "Any?"@en, "Y a-t-il?"@fr ;
        rdfs:comment "Is there any?"@en, "…"@fr ;
        schema:target <https://example.org/sparql> ;
        sh:prefixes <https://w3id.org/ds2026/query/> ;
        sh:ask \"\"\"ASK {}\"\"\" .
    """
    listed = list(queries)
    root = f"{base}query/"
    yield "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in _USED)
    yield f"@prefix spex: <{_SPEX}> .\n\n"
    declared = {pair for query in listed for pair in _DECLARED.findall(query.text)}
    yield from _prefixes(root, sorted(declared))
    for query in listed:
        yield "\n" + _query(query, root, base, endpoint)
        for order, parameter in enumerate(query.parameters, 1):
            yield "\n" + _parameter(parameter, query.name, root, order)


def _prefixes(root: str, declared: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What the queries share: their prefixes (SHACL §5.2.1)."""
    said = [("a", "owl:Ontology"), ("rdfs:label", _both(_COLLECTION))]
    said += [("sh:declare", f"<{root}#{prefix}>") for prefix, _ in declared]
    yield _block(root, said)
    for prefix, namespace in declared:
        declaration = [
            ("a", "sh:PrefixDeclaration"),
            ("sh:prefix", f'"{prefix}"'),
            ("sh:namespace", f'"{namespace}"^^xsd:anyURI'),
        ]
        yield "\n" + _block(f"{root}#{prefix}", declaration)


def _query(query: NamedQuery, root: str, base: str, endpoint: str) -> str:
    form = _FORMS[query_form(query.text)]
    said = [
        ("a", f"sh:SPARQLExecutable, {form.kind}"),
        ("rdfs:label", _both(query.title)),
        ("rdfs:comment", _both(query.description)),
    ]
    said += [("schema:target", f"<{endpoint}>")] * bool(endpoint)
    said += [("sh:parameter", f"<{root}{query.name}#{each.name}>") for each in query.parameters]
    said += [("sh:prefixes", f"<{root}>"), (form.text, _long(rebased(query, base)))]
    return _block(f"{root}{query.name}", said)


def _parameter(parameter: Parameter, name: str, root: str, order: int) -> str:
    """A parameter, its path ending in the name of its variable (SHACL §6.2.1)."""
    said = [
        ("a", "sh:Parameter"),
        ("sh:path", f"<{root}parameter/{parameter.name}>"),
        ("sh:name", _quoted(parameter.name)),
        ("sh:description", _both(parameter.description)),
        _VALUES[parameter.type],
        ("sh:optional", "false" if parameter.default is None else "true"),
    ]
    if parameter.default not in (None, ANY):
        said.append(("sh:defaultValue", sparql_of(parameter)))
    return _block(f"{root}{name}#{parameter.name}", [*said, ("sh:order", str(order))])


def rebased(query: NamedQuery, base: str) -> str:
    """The query's text, with `base` in the entities that stand in its slots as examples.

    >>> rebased(NamedQuery("any", Text("", ""), Text("", ""), (), "ASK {}"), "urn:x:")
    'ASK {}'
    """
    text = query.text
    names = [each.name for each in query.parameters if each.type is ParameterType.ENTITY]
    found = [slot for name in names for slot in slots(text, name)]
    for slot in sorted(found, key=lambda slot: slot.start, reverse=True):
        text = text[: slot.start] + _OURS.sub(f"<{base}", slot.text) + text[slot.end :]
    return text


def _both(text: Text) -> str:
    return f"{_quoted(text.en)}@en, {_quoted(text.fr)}@fr"


def _quoted(text: str) -> str:
    from pyoxigraph import Literal

    return str(Literal(text))


def _long(text: str) -> str:
    """`text` as a long string, its lines kept (Turtle §2.5.1)."""
    escaped = _TO_ESCAPE.sub(r'\\"', text.replace("\\", "\\\\")).replace("\r", "\\r")
    return f'"""{escaped}"""'


def _block(subject: str, said: Sequence[tuple[str, str]]) -> str:
    lines = [f"    {predicate} {value}" for predicate, value in said]
    return f"<{subject}>\n" + " ;\n".join(lines) + " .\n"
