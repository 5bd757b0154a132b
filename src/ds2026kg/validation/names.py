"""RDF terms as people read them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from ds2026kg.validation.result import Term


class Names:
    """Short names: "commitment/3.1a" for what the data set names, "ds:ledBy" for known prefixes.

    >>> names = Names("https://w3id.org/ds2026/", [("ds", "https://w3id.org/ds2026/ontology#")])
    >>> names.shown(NamedNode("https://w3id.org/ds2026/id/commitment/3.1a"))
    'commitment/3.1a'
    >>> names.iri(NamedNode("https://w3id.org/ds2026/ontology#ledBy"))
    'ds:ledBy'
    """

    def __init__(self, base: str, prefixes: Iterable[tuple[str, str]]) -> None:
        self._things = f"{base}id/"
        # The longest namespace first: it says the most.
        self._prefixes = sorted(prefixes, key=lambda pair: (-len(pair[1]), pair[0]))

    def shown(self, term: Term) -> str:
        """`term` in a sentence: a short name for an IRI, its own text for a literal."""
        if isinstance(term, Literal):
            return term.value
        if not isinstance(term, NamedNode):
            return "[]"
        if term.value.startswith(self._things):
            return term.value.removeprefix(self._things)
        return self._prefixed(term.value) or term.value

    def iri(self, iri: NamedNode) -> str:
        """`iri` in a SPARQL path: with its prefix, or in angle brackets."""
        return self._prefixed(iri.value) or str(iri)

    def _prefixed(self, iri: str) -> str | None:
        for prefix, namespace in self._prefixes:
            if namespace and iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return None
