"""What there is to say of the data as a whole: counts of triples, things, classes and properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from ds2026kg.graph.namespaces import RDF_TYPE


class Facts(NamedTuple):
    """Counts of the data, in the order of IRIs.

    `graphs` are the named graphs with the triples of each. All else is of their union: how many
    `triples`, `subjects` and `objects` it has, `classes` with their subjects, and `properties` with
    their triples.
    """

    triples: int
    subjects: int
    objects: int
    graphs: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]


def counted(quads: Iterable[Quad]) -> Facts:
    """Count `quads`, of which no two state the same triple, in one pass.

    >>> a, b, g = NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:g")
    >>> counted([Quad(a, b, a, g)])  # doctest: +NORMALIZE_WHITESPACE
    Facts(triples=1, subjects=1, objects=1, graphs=(('urn:g', 1),), classes=(),
          properties=(('urn:b', 1),))
    """
    subjects: set[object] = set()
    objects: set[object] = set()
    graphs, classes, properties = Counter[str](), Counter[str](), Counter[str]()
    for subject, predicate, value, graph in quads:
        subjects.add(subject)
        objects.add(value)
        properties[predicate.value] += 1
        if isinstance(graph, NamedNode):
            graphs[graph.value] += 1
        if predicate.value == RDF_TYPE and isinstance(value, NamedNode):
            classes[value.value] += 1
    return Facts(
        properties.total(),
        len(subjects),
        len(objects),
        *(tuple(sorted(counts.items())) for counts in (graphs, classes, properties)),
    )
