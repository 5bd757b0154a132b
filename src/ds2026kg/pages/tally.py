"""What there is in a data set, counted: its things, their statuses, where the statements come from."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolutions

from ds2026kg.pages.view import View, term

_STATUS: Final = term("ds:status")
_BASIS: Final = term("ds:basis")
_MODIFIED: Final = term("dcterms:modified")
_COMMITMENT: Final = term("ds:Commitment")
_KINDS: Final = ("ds:Strategy", "ds:Mission", "ds:Commitment", "ds:Actor")
_TEXTS: Final = ("skos:prefLabel", "dcterms:title", "skos:definition")
_TRIPLES: Final = "SELECT (COUNT(*) AS ?count) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"


class Share(NamedTuple):
    """How many have a value; None stands for those without one."""

    value: NamedNode | None
    number: int


class Translation(NamedTuple):
    """Of `english` texts of a property of the strategy, `missing` have no French beside them."""

    property: NamedNode
    english: int
    missing: int


def statuses(view: View) -> list[Share]:
    """How many commitments have each status, in the order of the statuses; those without one last."""
    counts: Counter[NamedNode | None] = Counter()
    for node in view.instances(_COMMITMENT):
        found = [each for each in view.values(node, _STATUS) if isinstance(each, NamedNode)]
        counts[found[0] if found else None] += 1
    return [Share(value, counts[value]) for value in _in_order(view, counts)]


def bases(view: View) -> list[Share]:
    """How many recorded statements rest on each basis: asserted, or derived."""
    counts: Counter[NamedNode] = Counter()
    for quad in view.store.quads_for_pattern(None, _BASIS, None):
        if isinstance(quad.object, NamedNode):
            counts[quad.object] += 1
    return [Share(value, counts[value]) for value in sorted(counts, key=lambda node: node.value)]


def translations(view: View) -> list[Translation]:
    """For each property that has texts: how many are English, and how many of these lack a French one.

    Counted as the stored query `missing-french` counts them: a thing and a property.
    """
    things = [node for kind in _KINDS for node in view.instances(term(kind))]
    found = []
    for name in _TEXTS:
        spoken = [
            {each.language for each in view.values(node, term(name)) if isinstance(each, Literal)}
            for node in things
        ]
        english = [languages for languages in spoken if "en" in languages]
        missing = sum("fr" not in languages for languages in english)
        if english:
            found.append(Translation(term(name), len(english), missing))
    return found


def last_modified(view: View) -> str:
    """The latest day on which something of the strategy was modified, YYYY-MM-DD; "" if none is known.

    What the vocabulary says of itself does not count.
    """
    days = [
        quad.object.value[:10]
        for quad in view.store.quads_for_pattern(None, _MODIFIED, None)
        if isinstance(quad.object, Literal) and view.local(quad.subject)
    ]
    return max(days, default="")


def graphs(view: View) -> list[tuple[NamedNode, int]]:
    """The named graphs, with how many triples are in each."""
    named = [node for node in view.store.named_graphs() if isinstance(node, NamedNode)]
    return [
        (node, sum(1 for _ in view.store.quads_for_pattern(None, None, None, node)))
        for node in sorted(named, key=lambda node: node.value)
    ]


def triples(view: View) -> int:
    """How many triples there are in all graphs together, each once."""
    found = view.store.query(_TRIPLES, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)  # noqa: S101 - for the type checker: SELECT gives rows
    return sum(int(count.value) for row in found if isinstance(count := row["count"], Literal))


def _in_order(view: View, counts: Counter[NamedNode | None]) -> list[NamedNode | None]:
    """The statuses as their scheme lists them (from not started to completed), and None at the end."""
    known = {node: place for place, node in enumerate(_listed(view))}
    named = [node for node in counts if node is not None]
    ranked = sorted(named, key=lambda node: (known.get(node, len(known)), node.value))
    return [*ranked, *([None] if None in counts else [])]


def _listed(view: View) -> list[NamedNode]:
    order = ("not-started", "in-progress", "behind", "paused", "completed")
    return [view.thing(f"status/{each}") for each in order]
