"""Two states of the data, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from ds2026kg.history.change import Change, Changes
from ds2026kg.query.prefixes import DEFAULT_BASE, PREFIXES
from ds2026kg.strategy import natural_key

# Where each statement was read, and when its note was written.
_RECORDS: Final = ("passage/", "statement/")
_OF_RECORDS: Final = frozenset(
    {
        f"{PREFIXES['prov']}wasDerivedFrom",
        f"{PREFIXES['dcterms']}created",
        f"{PREFIXES['dcterms']}modified",
    }
)
# They belong to the program, and files that hold the data alone lack them.
_COMPANIONS: Final = ("ontology", "queries")


def statements_about(quads: Iterable[Quad], *, base: str = DEFAULT_BASE) -> frozenset[Triple]:
    """What `quads` say of the things of the data set, whichever graphs they are in.

    That is without the ontology, without what tells where a statement was read, and without blank
    nodes, which the data set has none of, and which cannot be told again in another release.

    >>> a, b = NamedNode(f"{DEFAULT_BASE}id/actor/tbs"), NamedNode("urn:b")
    >>> len(statements_about([Quad(a, b, b), Quad(b, b, b)]))
    1
    """
    things = f"{base}id/"
    records = tuple(things + each for each in _RECORDS)
    companions = {NamedNode(f"{base}graph/{each}") for each in _COMPANIONS}
    return frozenset(
        quad.triple
        for quad in quads
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(things)
        and not quad.subject.value.startswith(records)
        and quad.predicate.value not in _OF_RECORDS
        and quad.graph_name not in companions
        and not str(quad.object).startswith("_:")
    )


def changes_between(old: Set[Triple], new: Set[Triple], since: str = "") -> Changes:
    """What came to `new` and what went from `old`, both as `statements_about` has them.

    The same states always give the same changes in the same order.
    """
    found = defaultdict[str, list[Change]](list)
    for added, triples in ((False, old - new), (True, new - old)):
        for triple in triples:
            found[_subject(triple)].append(Change(added, triple.predicate, triple.object))
    before, after = ({_subject(triple) for triple in state} for state in (old, new))
    ordered = sorted(found, key=lambda iri: (natural_key(iri), iri))
    return Changes(
        since,
        {iri: tuple(sorted(found[iri], key=_order)) for iri in ordered},
        frozenset(after - before),
        frozenset(before - after),
    )


def _subject(triple: Triple) -> str:
    subject = triple.subject
    return subject.value if isinstance(subject, NamedNode) else str(subject)


def _order(change: Change) -> tuple[str, bool, tuple[tuple[int, int, str], ...], str]:
    written = str(change.value)
    return change.property.value, change.added, natural_key(written), written
