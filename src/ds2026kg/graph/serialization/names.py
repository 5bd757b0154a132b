"""How IRIs are shortened in Turtle and TriG."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ds2026kg.graph.description import EVIDENCED_TERMS, RECORD_TERMS
from ds2026kg.graph.namespaces import XSD_DATE
from ds2026kg.graph.vocabulary import ENTITY_KINDS, Vocabulary
from ds2026kg.strategy.model import Kind, StrategyGraph

# The part of PN_LOCAL (Turtle §6.5) that every parser reads alike: no escapes, no slash, and
# neither a full stop nor a hyphen at the ends.
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")
_RELATIVE = re.compile(r"[A-Za-z0-9_~%-][A-Za-z0-9._~%/-]*")


class Names:
    """Writes IRIs as short as `prefixes` and the base of all things allow.

    Only a prefix that is given is ever used, and only where the rest is a plain local name; a `/`
    would have to be escaped, and some stores read the escape as part of the IRI.
    """

    def __init__(self, vocabulary: Vocabulary, prefixes: Mapping[str, str]) -> None:
        """Take `prefixes` (name to namespace), of those that `vocabulary` has."""
        self._vocabulary = vocabulary
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self.terms = {name: self.iri(term.iri) for name, term in vocabulary.terms.items()}
        self.classes = {name: self.iri(iri) for name, iri in vocabulary.classes.items()}
        self.thing = lru_cache(maxsize=65536)(self._thing)

    def iri(self, iri: str) -> str:
        """`iri` as a prefixed name, a reference relative to the base of things, or in full."""
        start = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:start])
        if prefix is not None and _LOCAL_NAME.fullmatch(iri, start):
            return f"{prefix}:{iri[start:]}"
        things = self._vocabulary.things
        if iri.startswith(things) and _RELATIVE.fullmatch(iri, len(things)):
            return f"<{iri[len(things) :]}>"
        return f"<{iri}>"

    def _thing(self, local_id: str) -> str:
        return self.iri(self._vocabulary.iri(local_id))


def prefixes_used(graph: StrategyGraph, vocabulary: Vocabulary) -> dict[str, str]:
    """Those prefixes of `vocabulary` that the descriptions of `graph` need, sorted by name.

    One light pass over the facts, so that the header can be written before the first block.
    """
    terms: set[str] = set()
    kinds: set[str] = set()
    concepts: set[str] = set()
    for entity in graph:
        kinds.add(entity.kind)
        if entity.sources:
            terms.update(("derivedFrom", "note", "line"))
        for fact in entity.facts:
            terms.add(fact.term)
            if fact.kind is Kind.ENTITY:
                kinds.add(fact.value.partition("/")[0])
            elif fact.kind is Kind.CONCEPT:
                concepts.add(fact.value)
            if fact.term in EVIDENCED_TERMS:
                concepts.add(f"basis/{fact.basis.value}")
    if not terms.isdisjoint(EVIDENCED_TERMS):
        terms.update(("subject", "predicate", "object", "basis", "note", "line"))
    iris = {vocabulary.terms[term].iri for term in terms}
    iris |= {vocabulary.iri(concept) for concept in concepts}
    iris |= {vocabulary.classes[ENTITY_KINDS[kind]] for kind in kinds if kind in ENTITY_KINDS}
    iris |= {XSD_DATE} if not terms.isdisjoint(RECORD_TERMS) else set()
    return {
        prefix: namespace
        for prefix, namespace in sorted(vocabulary.prefixes.items())
        if prefix in kinds or any(iri.startswith(namespace) for iri in iris)
    }
