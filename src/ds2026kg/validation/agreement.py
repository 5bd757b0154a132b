"""Where `shacl` may judge in pyshacl's stead: shapes and data on which both are known to agree.

What is not listed here is left to pyshacl. The lists were made by holding the two against each other
and both against the W3C's test suite; they are held there by tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ds2026kg.validation.terms import pyoxigraph_term

_SH = str(SH)
KNOWN = frozenset(
    """
    targetClass targetNode targetSubjectsOf targetObjectsOf property path inversePath oneOrMorePath
    zeroOrMorePath zeroOrOnePath alternativePath class closed ignoredProperties datatype nodeKind
    disjoint equals in languageIn lessThan lessThanOrEquals maxCount minCount maxInclusive
    minInclusive maxExclusive minExclusive maxLength minLength node not and or xone pattern
    qualifiedValueShape qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint uniqueLang
    hasValue sparql select prefixes declare prefix namespace severity deactivated message name
    description order group defaultValue
    """.split()
)
_RANGES = (SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive)
_PAIRS = (SH.lessThan, SH.lessThanOrEquals)
_GIVEN_NODES = (SH.targetNode, SH.hasValue)  # which may be blank nodes of the data

# Of SPARQL, what asks for patterns and strings. Dates and numbers are compared in other ways.
_SPARQL_WORDS = frozenset(
    """
    select distinct where filter not exists optional union bind as in a str lang langmatches
    contains strstarts strends concat replace regex isiri isliteral isblank bound sameterm if
    true false this value path
    """.split()
)
_SPARQL_NOISE = re.compile(
    r"""\#[^\n]*|<[^\s<>]*>|"[^"\\\n]*"|'[^'\\\n]*'|[?$]\w+|[\w-]*:[\w.-]*|@[\w-]+"""
)
_PLAIN_PATTERN = re.compile(
    r"(?:[^\\(\[&~-]|\\[sS]|\\[^\w\s]|\((?:\?:)?(?!\?)|\[(?!\[)|&(?!&)|~(?!~)|-(?!-))*"
)
_WHITE_SPACE_IN_DISPUTE = re.compile("[\x1c-\x1f]|\\n\\Z")

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN_TEXT = {
    f"{_XSD}date": re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"),  # also of days that never were
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}
_WORDS = {f"{_XSD}string", f"{RDF}langString"}
_ANY_TEXT = {*_WORDS, f"{_XSD}anyURI"}


class Inapplicable(Exception):  # noqa: N818 - it is no error: pyshacl judges instead
    """`shacl` may or does judge otherwise than pyshacl here; the reason is for those who debug."""


def doubts(quads: Sequence[ox.Quad], shapes: Graph) -> Iterator[str]:
    """Why `shacl` and pyshacl may not say the same of `quads` against `shapes`; nothing if they do.

    >>> list(doubts([], Graph().parse(data="[] <http://www.w3.org/ns/shacl#js> [] .")))
    ['<http://www.w3.org/ns/shacl#js>']
    """
    yield from _doubtful_terms(shapes)
    yield from _doubtful_texts(shapes)
    yield from _doubtful_literals({quad.object for quad in quads}, _searches(shapes))
    for predicate in _PAIRS:
        for shape, other in shapes.subject_objects(predicate):
            yield from _doubtful_values(quads, {shapes.value(shape, SH.path), other}, None)
    for predicate in _RANGES:
        for shape, limit in shapes.subject_objects(predicate):
            if isinstance(limit, Literal):  # no other is well-formed (SHACL §4.3.1)
                yield from _doubtful_values(quads, {shapes.value(shape, SH.path)}, limit)


def _doubtful_terms(shapes: Graph) -> Iterator[str]:
    if (None, RDFS.subClassOf, None) in shapes:
        yield "the shapes graph has classes of its own"
    for predicate in set(shapes.predicates()):
        if str(predicate).startswith(_SH) and str(predicate).removeprefix(_SH) not in KNOWN:
            yield f"<{predicate}>"
    if any(isinstance(node, BNode) for node in _given_nodes(shapes)):
        yield "a shape names a blank node of the data"


def _given_nodes(shapes: Graph) -> Iterator[Node]:
    for predicate in _GIVEN_NODES:
        yield from shapes.objects(None, predicate)
    for members in shapes.objects(None, SH["in"]):
        yield from shapes.items(members)


def _doubtful_texts(shapes: Graph) -> Iterator[str]:
    literals = {node for node in shapes.objects() if isinstance(node, Literal)}
    yield from _doubtful_literals({pyoxigraph_term(node) for node in literals}, searched=False)
    for pattern in shapes.objects(None, SH.pattern):
        if not _PLAIN_PATTERN.fullmatch(str(pattern)):
            yield f"sh:pattern {pattern}"
    for select in shapes.objects(None, SH.select):
        words = re.findall(r"[^\W\d]\w*", _SPARQL_NOISE.sub(" ", str(select)).lower())
        if unknown := set(words) - _SPARQL_WORDS:
            yield f"{', '.join(sorted(unknown))} in sh:select"
        if words.count("select") > 1:  # $this must be handed to it (SHACL appendix A.1)
            yield "a query within a query"


def _searches(shapes: Graph) -> bool:
    return (None, SH.pattern, None) in shapes or (None, SH.select, None) in shapes


def _doubtful_literals(terms: Iterable[object], searched: bool) -> Iterator[str]:
    """Literals of which not all say the same: pyshacl takes "1_000" for an xsd:integer."""
    for term in terms:
        if isinstance(term, ox.Literal) and not (
            _is_plain(term.datatype.value, term.value)
            # Python's "$" matches before a last newline, and its "\\s" these control characters.
            and not (searched and _WHITE_SPACE_IN_DISPUTE.search(term.value))
        ):
            yield str(term)


def _is_plain(datatype: str, text: str) -> bool:
    plain = _PLAIN_TEXT.get(datatype)
    return datatype in _ANY_TEXT or (plain is not None and plain.fullmatch(text) is not None)


def _doubtful_values(
    quads: Iterable[ox.Quad], paths: set[Node | None], limit: Literal | None
) -> Iterator[str]:
    """Unlike values that are compared: pyshacl finds an order for IRIs, and for dates and numbers."""
    predicates = {str(path) for path in paths if isinstance(path, URIRef)}
    if len(predicates) < len(paths):
        yield "a comparison without a plain path"
    terms = {quad.object for quad in quads if quad.predicate.value in predicates}
    kinds = {term.datatype.value if isinstance(term, ox.Literal) else None for term in terms}
    if limit is not None:
        kinds = {*kinds, str(limit.datatype)} - {None}  # all agree that these are out of any range
    kinds -= _WORDS  # and that these are neither less nor more than numbers and dates
    if len(kinds) > 1 or None in kinds:
        yield f"a comparison of {' and '.join(sorted(map(str, kinds)))}"
