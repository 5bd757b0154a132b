"""The store as a reader of one language sees it: names, texts, and what stands where in the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from ds2026kg.findings import Language
from ds2026kg.pages.addresses import Addresses
from ds2026kg.query.prefixes import DEFAULT_BASE, PREFIXES, short_iri
from ds2026kg.strategy import natural_key

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple


def term(name: str) -> NamedNode:
    """The property or class that a prefixed name stands for.

    >>> term("skos:prefLabel").value
    'http://www.w3.org/2004/02/skos/core#prefLabel'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


TYPE: Final = term("rdf:type")
LABELS: Final = (term("skos:prefLabel"), term("rdfs:label"), term("dcterms:title"))
# Beyond so many, lookups one by one take longer than one look at all that a property says.
_FEW: Final = 200
_counted = lru_cache(maxsize=65536)(natural_key)
_LIVE: Final = frozenset({"http", "https", "mailto"})
# Where each statement was read is told on the page about the thing that it is about.
_RECORDS: Final = ("passage/", "statement/")


class Said(NamedTuple):
    """Words, and the language they are in; "" if that is not known."""

    text: str
    language: str = ""


class View:
    """What `store` says, for a reader of `language`. `base` is the IRI that things are named under.

    >>> from pyoxigraph import Quad
    >>> store = Store()
    >>> store.add(Quad(NamedNode("urn:a"), LABELS[0], Literal("Deux", language="fr")))
    >>> View(store, "en", "urn:").label(NamedNode("urn:a"))
    Said(text='Deux', language='fr')
    """

    def __init__(self, store: Store, language: Language, base: str = DEFAULT_BASE) -> None:
        self.store = store
        self.language = language
        self.base = base

    def thing(self, local: str) -> NamedNode:
        """The thing of that local identifier, such as "mission/3.1"."""
        return NamedNode(f"{self.base}id/{local}")

    def local(self, node: Term) -> str:
        """The local identifier of a thing, such as "mission/3.1"; "" for everything else."""
        start = f"{self.base}id/"
        if isinstance(node, NamedNode) and node.value.startswith(start):
            return node.value.removeprefix(start)
        return ""

    def values(self, node: Node, predicate: NamedNode) -> list[Term]:
        """The objects of `predicate`, each once, in the order in which people count."""
        quads = self.store.quads_for_pattern(node, predicate, None)
        return in_order({quad.object for quad in quads})

    def subjects(self, predicate: NamedNode, value: Node | Literal) -> list[NamedNode]:
        """The IRIs that have `value` for `predicate`, each once, in the order in which people count."""
        quads = self.store.quads_for_pattern(None, predicate, value)
        found = {quad.subject for quad in quads}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=order)

    def text(self, node: Node, *predicates: NamedNode) -> Said | None:
        """The first text that one of `predicates` gives, in the reader's language if there is one."""
        for predicate in predicates:
            found = self.texts(node, predicate)
            if found:
                return found[0]
        return None

    def texts(self, node: Node, predicate: NamedNode) -> list[Said]:
        """All texts of `predicate`: those in the reader's language, or those in others if none is."""
        return self.readable(self.values(node, predicate))

    def readable(self, values: Iterable[Term]) -> list[Said]:
        """The texts among `values` in the language of the reader, or all if none of them is in it."""
        said = [
            Said(value.value, value.language or "")
            for value in values
            if isinstance(value, Literal)
        ]
        mine = [each for each in said if each.language in (self.language, "")]
        return mine or said

    def each(
        self, nodes: Collection[NamedNode], predicate: NamedNode
    ) -> Mapping[NamedNode, list[Term]]:
        """The objects of `predicate` of each of `nodes` that has some, as `values` has them.

        However many nodes there are, the store is asked at most some two hundred times.
        """
        if len(nodes) <= _FEW:
            found = ((node, self.values(node, predicate)) for node in nodes)
            return {node: values for node, values in found if values}
        wanted, several = set(nodes), defaultdict[NamedNode, set[Term]](set)
        for quad in self.store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.subject, NamedNode) and quad.subject in wanted:
                several[quad.subject].add(quad.object)
        return {node: in_order(values) for node, values in several.items()}

    def names(self, nodes: Collection[NamedNode]) -> Mapping[NamedNode, Said]:
        """What each of `nodes` that has a name is called."""
        named: dict[NamedNode, Said] = {}
        for predicate in LABELS:
            missing = [node for node in nodes if node not in named]
            for node, values in self.each(missing, predicate).items():
                said = self.readable(values)
                if said:
                    named[node] = said[0]
        return named

    def label(self, node: Term) -> Said:
        """What `node` is called; an IRI without a name by its short form, a literal by its words."""
        if isinstance(node, Literal):
            return Said(node.value, node.language or "")
        if not isinstance(node, NamedNode):
            return Said(str(node))
        return self.text(node, *LABELS) or Said(short_iri(node.value, self.base))

    def statements(self, node: Node) -> list[tuple[NamedNode, list[Term]]]:
        """All that is said of `node`: each predicate with its objects, the predicates by their IRIs."""
        quads = self.store.quads_for_pattern(node, None, None)
        predicates = {quad.predicate for quad in quads}
        return [(each, self.values(node, each)) for each in sorted(predicates, key=order)]

    def address(self, node: Term, addresses: Addresses) -> str | None:
        """What opens under `node`: the page about it, or its own address if that may be followed.

        Only http(s) and mailto links are live, since addresses in notes are anybody's.
        """
        if not isinstance(node, NamedNode):
            return None
        for vocabulary in ("ontology", "shapes"):
            start = f"{DEFAULT_BASE}{vocabulary}#"
            if node.value.startswith(start):
                return f"{addresses.page(vocabulary)}#{node.value.removeprefix(start)}"
        if self.has_page(node):
            return addresses.page(f"doc/{self.local(node)}")
        return node.value if node.value.partition(":")[0].casefold() in _LIVE else None

    def has_page(self, node: NamedNode) -> bool:
        """Whether there is a page about `node`: something is said of it, and it is no mere record."""
        return self.is_thing(node) and any(
            True for _ in self.store.quads_for_pattern(node, None, None)
        )

    def is_thing(self, node: NamedNode) -> bool:
        """Whether `node` is named as a thing of the data set, and not as a record."""
        local = self.local(node)
        return bool(local) and not local.startswith(_RECORDS)

    def things(self) -> list[NamedNode]:
        """All that there is a page about, in the order in which people count."""
        subjects = {quad.subject for quad in self.store if isinstance(quad.subject, NamedNode)}
        return sorted((each for each in subjects if self.is_thing(each)), key=order)

    def all_texts(self, node: Node, predicate: NamedNode) -> list[Said]:
        """All texts of `predicate`, in whatever language."""
        found = (each for each in self.values(node, predicate) if isinstance(each, Literal))
        return [Said(each.value, each.language or "") for each in found]

    def notation(self, node: Node) -> str:
        """Its notation, such as "3.1a", or ""."""
        found = self.text(node, term("skos:notation"))
        return found.text if found else ""

    def is_a(self, node: Node, kind: NamedNode) -> bool:
        """Whether `node` is said to be an instance of the class `kind`."""
        return any(True for _ in self.store.quads_for_pattern(node, TYPE, kind))

    def instances(self, kind: NamedNode) -> list[NamedNode]:
        """All instances of the class `kind`."""
        return self.subjects(TYPE, kind)


def in_order(nodes: Collection[Term]) -> list[Term]:
    """`nodes` in the order in which people count."""
    return list(nodes) if len(nodes) < 2 else sorted(nodes, key=order)


def order(node: Term) -> tuple[bool, tuple[tuple[int, int, str], ...], str]:
    """A key to sort by: IRIs first, and numbers count as numbers, as in "3.2" before "3.10"."""
    named = isinstance(node, NamedNode)
    text = node.value if isinstance(node, (NamedNode, Literal)) else str(node)
    return not named, _counted(text), str(node)
