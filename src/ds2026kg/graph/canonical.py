"""Datasets compared and written as RDF Dataset Canonicalization defines (RDFC-1.0)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, serialize


def canonical_dataset(quads: Iterable[Quad]) -> Dataset:
    """The dataset of `quads`, its blank nodes named after what is said of them (RDFC-1.0 §4)."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def canonical_nquads(quads: Iterable[Quad]) -> bytes:
    r"""The canonical N-Quads document of `quads`: same dataset, same bytes (RDFC-1.0 §5).

    >>> from pyoxigraph import BlankNode, NamedNode
    >>> canonical_nquads([Quad(BlankNode("x"), NamedNode("http://example.org/p"), BlankNode("y"))])
    b'_:c14n1 <http://example.org/p> _:c14n0 .\n'
    """
    document = serialize(canonical_dataset(quads), format=RdfFormat.N_QUADS)
    lines = cast("bytes", document).splitlines(keepends=True)  # bytes, as no output file is given
    return b"".join(sorted(lines))


def isomorphic(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    """Whether both are one dataset but for the names of blank nodes (RDF 1.1 Concepts §4.1)."""
    return canonical_dataset(one) == canonical_dataset(other)
