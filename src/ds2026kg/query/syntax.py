"""What is wrong with a query's syntax, said with its line, its column and the line itself."""

from __future__ import annotations

import re

from ds2026kg.errors import QueryError
from ds2026kg.findings import Text
from ds2026kg.query.prefixes import PREFIXES
from ds2026kg.query.tokens import meaningful, position

_ENGINE_ERROR = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_EXPLANATIONS = {
    "The SELECT contains a variable that is unbound": Text(
        "SELECT asks for a variable that is neither grouped nor aggregated",
        "SELECT demande une variable qui n’est ni groupée ni agrégée",
    ),
    "The SELECT overrides an existing variable": Text(
        "SELECT gives a variable a second value", "SELECT donne une seconde valeur à une variable"
    ),
    "IRI parsing failed": Text(
        "this IRI is not valid, or is relative and there is no BASE",
        "cet IRI n’est pas valide, ou est relatif sans BASE",
    ),
}
_NOT_SPARQL = Text(
    "this is not a SPARQL 1.1 query: it cannot be read from here on",
    "ce n’est pas une requête SPARQL 1.1\u00a0: la suite ne peut être lue",
)
_BEYOND_SPARQL = Text(
    "this is not a SPARQL 1.1 query: it uses an extension",
    "ce n’est pas une requête SPARQL 1.1\u00a0: elle utilise une extension",
)
_QUOTED_WIDTH = 100
# Where the engine expected any character at all, its place is the end of the text, not the fault.
_ANYTHING = "[_]"


def error_at(
    text: str, offset: int, message: Text, *, name: str = "", remedy: Text | None = None
) -> QueryError:
    r"""A `QueryError` about `offset` (in characters) of `text`, with the line quoted and marked.

    >>> print(error_at("ASK {\n  ?s }", 11, Text("a term is missing", "il manque un terme")))
    2:6: a term is missing
        ?s }
           ^
    """
    line, column = position(text, offset)
    quoted = text.split("\n")[line - 1].replace("\t", " ")
    start = max(0, column - _QUOTED_WIDTH)
    shown = quoted[start : start + _QUOTED_WIDTH + 20]
    clean = "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)
    excerpt = f"\n  {clean}\n  {' ' * (column - 1 - start)}^"
    place = ":".join(part for part in (name, str(line), str(column)) if part)
    return QueryError(Text(message.en + excerpt, message.fr + excerpt), place=place, remedy=remedy)


def not_sparql(
    text: str, offset: int | None, *, name: str = "", base: str | None = None
) -> QueryError:
    """The error for `text` that a parser could not read. Nothing is evaluated.

    `offset` is where the checking parser gave up. The engine's place is better, where it has one.
    `base` is what relative IRIs are resolved against.
    """
    known = _undeclared_prefix(text, name) or _unclosed_string(text, name)
    if known:
        return known
    fault = _engine_fault(text, base)
    if fault is None:
        return error_at(text, offset or 0, _BEYOND_SPARQL, name=name)
    place, expected = fault
    found = next((said for start, said in _EXPLANATIONS.items() if start in expected), _NOT_SPARQL)
    if _ANYTHING not in expected:
        offset = place
    if offset is None:
        return QueryError(found, place=name)
    return error_at(text, offset, found, name=name)


def _unclosed_string(text: str, name: str) -> QueryError | None:
    for token in meaningful(text):
        if token.kind == "sign" and token.text in "\"'":
            message = Text("this string has no end", "cette chaîne n’a pas de fin")
            return error_at(text, token.start, message, name=name)
    return None


def _undeclared_prefix(text: str, name: str) -> QueryError | None:
    declared = {"_"}
    previous = ""
    for token in meaningful(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if previous == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                iri = PREFIXES.get(prefix, "…")
                line = f"PREFIX {prefix}: <{iri}>"
                message = Text(
                    f"the prefix {prefix}: is not declared",
                    f"le préfixe {prefix}: n’est pas déclaré",
                )
                remedy = Text(f"add at the top: {line}", f"ajoutez en tête\u00a0: {line}")
                return error_at(text, token.start, message, name=name, remedy=remedy)
        previous = token.text.upper()
    return None


def _engine_fault(text: str, base: str | None) -> tuple[int, str] | None:
    """The offset where the engine stops reading `text`, and what it expected; None if nowhere.

    The engine has no call that only parses. Asked to substitute a variable that the query does not
    have, it parses, then refuses, and so evaluates nothing.
    """
    from pyoxigraph import Literal, Store, Variable

    absent = Variable("absent_from_every_query")
    try:
        Store().query(text, base_iri=base, substitutions={absent: Literal("")})
    except SyntaxError as error:
        match = _ENGINE_ERROR.search(str(error))
        if not match:
            return 0, str(error)
        lines = text.split("\n")[: int(match[1]) - 1]
        return min(len(text), sum(len(line) + 1 for line in lines) + int(match[2]) - 1), match[3]
    except RuntimeError:
        return None
    return None
