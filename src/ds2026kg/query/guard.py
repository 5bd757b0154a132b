"""What a query may not do, decided before the engine sees it.

The embedded engine would follow SERVICE to any address, and it cannot be told not to. So every
query is first parsed by a second, independent SPARQL 1.1 parser (rdflib's), and what that parser
read is searched: SERVICE, updates, and data sets that the store does not hold are refused. A query
that this parser cannot read is refused as well, even if the engine could.

That is only safe as long as both read the same query. Two known differences are therefore removed:
line ends (a lone CR ends a comment for one and not for the other) are made alike, and codepoint
escapes of ASCII characters (which one of them expands before it looks for quotes) are refused. As
a second lock, the word SERVICE may stand only where a plain lexer, too, sees a comment, a string
or the local part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.query.syntax import error_at, not_sparql
from ds2026kg.query.tokens import Token, meaningful

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

MAX_CHARACTERS = 200_000
MAX_DEPTH = 100

_ASCII_ESCAPE = re.compile(r"\\u00[0-7]|\\U000000[0-7]", re.IGNORECASE)
_SERVICE = re.compile("service", re.IGNORECASE)
_NUMBER = re.compile(r"\.?[0-9]")
# Read by an expression's grammar, "<" before these may be a comparison instead of an IRI.
_TWO_READINGS = re.compile(r"<(?!\w+://).*#|<.*'")


@dataclass(frozen=True, slots=True)
class Admitted:
    """A query that may run: its text as both parsers read it, and whether it has FROM clauses."""

    text: str
    names_dataset: bool


def admit(
    text: str, graphs: Collection[str], *, name: str = "", base: str | None = None
) -> Admitted:
    """The query `text`, checked to be a SPARQL 1.1 query that only reads the store.

    `graphs` are the IRIs of the named graphs that FROM and FROM NAMED may name; `name` is what
    error messages call the query (its file or title); `base` resolves relative IRIs in it.
    Raises `QueryError`, with line and column where there is one, for what is not SPARQL 1.1 (Query
    Language, §19.8), for an update (Update, §3), for SERVICE (Federated Query, §2) and for a
    data set that is not in the store.

    >>> admit("ASK { ?s ?p ?o }", graphs=()).names_dataset
    False
    >>> admit("CLEAR ALL", graphs=())
    Traceback (most recent call last):
    ds2026kg.errors.QueryError: this would change the data (Clear)
      remedy: ask with SELECT, ASK, CONSTRUCT or DESCRIBE; the graph is changed through the notes
    """
    text = unified_lines(text)
    _check_characters(text, name)
    terminals = meaningful(text)
    _check_depth(terminals, text, name)
    algebra = _algebra(text, terminals, name, base)
    _check_service(algebra, terminals, text, name)
    return Admitted(text, _names_dataset(algebra, graphs, name))


def unified_lines(text: str) -> str:
    r"""Give `text` line ends that both parsers read alike, and no byte order mark.

    >>> unified_lines("ASK\r\n{ # all\r}")
    'ASK\n{ # all\n}'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _check_characters(text: str, name: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            Text(
                f"the query is longer than {MAX_CHARACTERS} characters",
                f"la requête dépasse {MAX_CHARACTERS} caractères",
            ),
            place=name,
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise QueryError(
            Text("the query is not valid Unicode", "la requête n’est pas de l’Unicode valide"),
            place=name,
        )
    escape = _ASCII_ESCAPE.search(text)
    if escape:
        message = Text(
            "an ASCII character is written as a codepoint escape",
            "un caractère ASCII est écrit sous forme de séquence d’échappement Unicode",
        )
        remedy = Text(
            'write the character itself; in a string, \\" and \\\\',
            'écrivez le caractère lui-même\u00a0; dans une chaîne, \\" et \\\\',
        )
        raise error_at(text, escape.start(), message, name=name, remedy=remedy)


def _check_depth(terminals: list[Token], text: str, name: str) -> None:
    """Refuse brackets so deep that a parser would run out of stack."""
    depth = 0
    for token in terminals:
        if token.kind == "sign":
            depth += (token.text in "([{") - (token.text in ")]}")
        if depth > MAX_DEPTH:
            message = Text(
                f"brackets are nested more than {MAX_DEPTH} deep",
                f"des crochets ou parenthèses sont imbriqués sur plus de {MAX_DEPTH} niveaux",
            )
            raise error_at(text, token.start, message, name=name)


def _algebra(text: str, terminals: list[Token], name: str, base: str | None) -> CompValue:
    """The algebra of `text` as rdflib reads it: nested mappings and sequences with a `name`."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return translateQuery(parseQuery(_without_minus(text, terminals))).algebra
    except RecursionError as error:
        raise QueryError(
            Text(
                "the query is too long or too deeply nested to be checked",
                "la requête est trop longue ou trop imbriquée pour être vérifiée",
            ),
            place=name,
            remedy=Text(
                "split it, or group its values in a VALUES block",
                "divisez-la, ou regroupez ses valeurs dans un bloc VALUES",
            ),
        ) from error
    except ParseBaseException as error:
        _refuse_update(text, name)
        raise not_sparql(text, error.loc, name=name, base=base) from error
    except Exception as error:  # rdflib raises plain Exception for prefixes and variables
        raise not_sparql(text, None, name=name, base=base) from error


def _without_minus(text: str, terminals: list[Token]) -> str:
    """`text` with a plus for the minus of each number, for the checking parser alone.

    It fails on decimals below zero, since rdflib's literals cannot be negated where their value is a
    `Decimal`. What a query may do depends on no sign.
    """
    letters = list(text)
    for token in terminals:
        if token.kind == "sign" and token.text == "-" and _NUMBER.match(text, token.end):
            letters[token.start] = "+"
    return "".join(letters)


def _refuse_update(text: str, name: str) -> None:
    """Raise if `text` is not a query because it is an update."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        operations = [operation.name for operation in parseUpdate(text).request or ()]
    except (ParseBaseException, RecursionError, ValueError):
        return  # not an update either: the caller says what is wrong with the query
    if operations:
        names = ", ".join(operations)
        raise QueryError(
            Text(
                f"this would change the data ({names})", f"ceci modifierait les données ({names})"
            ),
            place=name,
            remedy=Text(
                "ask with SELECT, ASK, CONSTRUCT or DESCRIBE;"
                " the graph is changed through the notes",
                "interrogez avec SELECT, ASK, CONSTRUCT ou DESCRIBE\u00a0;"
                " le graphe se modifie par les notes",
            ),
        )


def _check_service(algebra: CompValue, terminals: list[Token], text: str, name: str) -> None:
    words = [token for token in terminals if _may_be_service(token)]
    parsed = any(part.name == "ServiceGraphPattern" for part in _parts(algebra))
    ambiguous = [token for token in terminals if _may_be_comparison(token)]
    if parsed or words or (ambiguous and _SERVICE.search(text)):
        culprit = (words or ambiguous or terminals)[0]
        message = Text(
            "SERVICE is not allowed: a query reads this data only, and calls no other server",
            "SERVICE n’est pas permis\u00a0: une requête lit ces données seulement"
            " et n’appelle aucun autre serveur",
        )
        remedy = Text(
            "remove the SERVICE pattern; ask the other server itself",
            "retirez le motif SERVICE\u00a0; interrogez l’autre serveur directement",
        )
        raise error_at(text, culprit.start, message, name=name, remedy=remedy)


def _may_be_service(token: Token) -> bool:
    """Whether the engine, which needs no space after a keyword, could read SERVICE in `token`."""
    if token.kind == "word":
        return bool(_SERVICE.search(token.text))
    return token.kind == "name" and bool(_SERVICE.search(token.text.partition(":")[0]))


def _may_be_comparison(token: Token) -> bool:
    return token.kind == "iri" and bool(_TWO_READINGS.match(token.text))


def _parts(node: object) -> Iterator[CompValue]:
    """Every named part of the algebra below `node`, itself included."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    pending: list[object] = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, CompValue):
            yield part
            pending.extend(part.values())
        elif isinstance(part, (list, tuple, set, ParseResults)):
            pending.extend(part)


def _names_dataset(algebra: CompValue, graphs: Collection[str], name: str) -> bool:
    """Whether the query has FROM or FROM NAMED; raises if they name what is not in the store."""
    clauses = [part for part in _parts(algebra) if part.name == "DatasetClause"]
    for clause in clauses:
        graph = str(clause.default or clause.named)
        if graph not in graphs:
            known = ", ".join(sorted(graphs)) or "-"
            raise QueryError(
                Text(
                    f"FROM names a graph that is not in the data: {graph}",
                    f"FROM nomme un graphe absent des données\u00a0: {graph}",
                ),
                place=name,
                remedy=Text(
                    f"leave FROM out, or name one of: {known}",
                    f"omettez FROM, ou nommez l’un de ceux-ci\u00a0: {known}",
                ),
            )
    return bool(clauses)
