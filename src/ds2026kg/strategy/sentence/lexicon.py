"""The names of the actors, held so that the longest one at a place is found at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ds2026kg.strategy.sentence.english import ENGLISH
from ds2026kg.strategy.sentence.french import FRENCH
from ds2026kg.strategy.sentence.words import Word, words

_AND = frozenset({"and", "et", "&"})
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "l'", "un", "une", "des"})


@dataclass(slots=True)
class _Node:
    """A place in a tree of phrases: what may come next, and what a phrase that ends here means.

    `exact` is the one spelling that counts, for an acronym that is otherwise a plain word ("IT").
    """

    next: dict[str, _Node] = field(default_factory=dict)
    value: str | None = None
    exact: str | None = None


class PhraseTree:
    """Phrases by their words, each with a value; finds the longest one at a place of a text."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, path: Iterable[str], value: str, exact: str | None = None) -> None:
        """Enter the phrase of the words `path`; `exact` if only that spelling counts."""
        node = self._root
        for norm in path:
            node = node.next.setdefault(norm, _Node())
        node.value, node.exact = value, exact

    def longest(self, found: Sequence[Word], index: int, text: str) -> tuple[int, str] | None:
        """Where the longest phrase that starts at `index` ends, and its value; or None."""
        node, best = self._root, None
        for position in range(index, len(found)):
            after = node.next.get(_same(found[position].norm))
            if after is None:
                break
            node = after
            written = text[found[index].start : found[position].end] if node.exact else None
            if node.value is not None and written == node.exact:
                best = (position + 1, node.value)
        return best


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every name by which sentences may call an actor; made once for a vault.

    A name matches whatever its case and article, in either language. `ambiguous` holds the names
    that were given to several actors, as first written, with those actors: sentences do not
    recognise them.

    >>> lexicon = Lexicon.of([("The Partners", "actor/a"), ("partners", "actor/b")])
    >>> dict(lexicon.ambiguous)
    {'The Partners': ('actor/a', 'actor/b')}
    """

    names: PhraseTree
    ambiguous: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Lexicon:
        """The lexicon of (name, actor id) pairs, such as ("TBS", "actor/tbs")."""
        owners: dict[tuple[str, ...], dict[str, str]] = {}
        for name, actor in names:
            if path := _without_article(phrase_key(name)):
                owners.setdefault(path, {}).setdefault(actor, name)
        tree = PhraseTree()
        ambiguous: dict[str, tuple[str, ...]] = {}
        for path, named in owners.items():
            written = next(iter(named.values())).strip()
            if len(named) > 1:
                ambiguous[written] = tuple(named)
            # An ambiguous name is entered with no actor, lest a shorter name within it match.
            actor = next(iter(named)) if len(named) == 1 else ""
            tree.add(path, actor, written if path in _SMALL_WORDS else None)
        return cls(tree, MappingProxyType(ambiguous))


def phrase_key(phrase: str) -> tuple[str, ...]:
    """The words by which a phrase is looked up, "&" standing for "and" and "et" too."""
    return tuple(_same(word.norm) for word in words(phrase))


def _same(norm: str) -> str:
    return "&" if norm in _AND else norm


def _without_article(path: tuple[str, ...]) -> tuple[str, ...]:
    while len(path) > 1 and path[0] in _ARTICLES:
        path = path[1:]
    return path if any(norm[0].isalnum() for norm in path) else ()


# Words that sentences need for their grammar: an acronym spelt like one counts in capitals only.
_SMALL_WORDS = frozenset(
    phrase_key(word) for grammar in (ENGLISH, FRENCH) for word in grammar.parts
)
