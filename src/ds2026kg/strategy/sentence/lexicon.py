"""The names of the actors, held so that the longest one at a place is found at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ds2026kg.strategy.sentence.english import ENGLISH
from ds2026kg.strategy.sentence.french import FRENCH
from ds2026kg.strategy.sentence.grammar import Part
from ds2026kg.strategy.sentence.words import Word, words

_AND = frozenset({"and", "et", "&"})
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "l'", "un", "une", "des"})


@dataclass(slots=True)
class Node:
    """A place in the tree of names: what may come next, and what a name that ends here means.

    `name` is the value of the name, None where none ends; `exact` the one spelling in which the
    name counts, for an acronym that is otherwise a plain word ("IT").
    """

    next: dict[str, Node] = field(default_factory=dict)
    name: str | None = None
    exact: str | None = None


class PhraseTree:
    """Phrases by their words, each with a value; looks up the longest at a place of a text."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._root = Node()
        for phrase, value in phrases:
            path = key(phrase)
            if not path:
                continue
            node = self._root
            for norm in path:
                node = node.next.setdefault(norm, Node())
            node.name = value
            if len(path) == 1 and path[0] in _SMALL_WORDS:
                node.exact = phrase.strip()

    def longest(self, found: Sequence[Word], index: int, text: str) -> tuple[int, str] | None:
        """Where the longest phrase that starts at `index` ends, and its value; or None."""
        node, best = self._root, None
        for position in range(index, len(found)):
            norm = found[position].norm
            after = node.next.get("&" if norm in _AND else norm)
            if after is None:
                break
            node = after
            if node.name is not None and node.exact in (None, text[found[index].start : found[position].end]):
                best = (position + 1, node.name)
        return best


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every name by which sentences may call an actor; made once for a vault.

    A name matches whatever its case and article, in either language. `ambiguous` holds the names
    that were given to several actors, as first written, with those actors: sentences do not
    recognise them.

    >>> lexicon = Lexicon.of([("TBS", "actor/tbs"), ("The Partners", "actor/a"), ("partners", "actor/b")])
    >>> dict(lexicon.ambiguous)
    {'The Partners': ('actor/a', 'actor/b')}
    """

    names: PhraseTree
    ambiguous: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Lexicon:
        """The lexicon of (name, actor id) pairs, such as ("TBS", "actor/tbs")."""
        written: dict[tuple[str, ...], str] = {}
        owners: dict[tuple[str, ...], list[str]] = {}
        for name, actor in names:
            path = tuple(key(name))
            if path:
                written.setdefault(path, name)
                known = owners.setdefault(path, [])
                if actor not in known:
                    known.append(actor)
        # An ambiguous name stays in the tree, with no actor, lest a shorter name within it match.
        tree = PhraseTree(
            (written[path], actors[0] if len(actors) == 1 else "") for path, actors in owners.items()
        )
        ambiguous = {written[path]: tuple(a) for path, a in owners.items() if len(a) > 1}
        return cls(tree, MappingProxyType(ambiguous))


def key(name: str) -> list[str]:
    """The words by which a name is looked up: without its article, "&" for "and" and "et"."""
    path = ["&" if word.norm in _AND else word.norm for word in words(name)]
    while len(path) > 1 and path[0] in _ARTICLES:
        del path[0]
    return path if any(part.isalnum() or len(part) > 1 for part in path) else []


# Words that a sentence needs for its grammar: an acronym spelt like one counts in capitals only.
_SMALL_WORDS = frozenset(
    word
    for grammar in (ENGLISH, FRENCH)
    for word, part in grammar.parts.items()
    if part is not Part.POSSESSIVE
)
