"""Words, and the names of actors among them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

# An elided French word ("l'"), a word with inner hyphens, dots or apostrophes, or one other sign.
_TOKEN = re.compile(
    r"(?i:\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w))"
    r"|[^\W_]+(?:[-‑'’.&][^\W_]+)*"
    r"|\n[^\S\n]*\n|[^\w\s]"
)
_ARTICLES = frozenset("the a an le la les l' l’ un une des".split())
_END = ""


class Token(NamedTuple):
    """A word or sign of a text: its casefolded form, and where it stands (characters)."""

    norm: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words and signs of `text`, in order.

    >>> [token.norm for token in tokens("L’État (TBS) will, TBS's")]
    ['l’', 'état', '(', 'tbs', ')', 'will', ',', "tbs's"]
    """
    for match in _TOKEN.finditer(text):
        word = match.group()
        norm = word if word.isascii() else unicodedata.normalize("NFC", word)
        yield Token(norm.casefold().replace("‑", "-"), match.start(), match.end())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of actors, as a trie of words. A name that two actors share names neither.

    `ambiguous` maps each shared name to the actors that have it.
    """

    ambiguous: Mapping[str, tuple[str, ...]]
    _trie: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Lexicon:
        """The lexicon of pairs of a name, acronym or alias and the actor's identifier.

        >>> lexicon = Lexicon.of([("TBS", "actor/tbs"), ("The Secretariat", "actor/tbs")])
        >>> lexicon.match(list(tokens("secretariat")), 0)
        ('actor/tbs', 1)
        """
        owners: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        for name, actor in names:
            words = tuple(token.norm for token in tokens(name))
            while len(words) > 1 and words[0] in _ARTICLES:
                words = words[1:]
            if words:
                owners[words].setdefault(actor, name)
        trie: dict[str, Any] = {}
        shared: dict[str, tuple[str, ...]] = {}
        for words, actors in owners.items():
            if len(actors) > 1:
                shared[next(iter(actors.values()))] = tuple(sorted(actors))
                continue
            node = trie
            for word in words:
                node = node.setdefault(word, {})
            node[_END] = next(iter(actors))
        return cls(MappingProxyType(shared), MappingProxyType(trie))

    def match(self, words: Sequence[Token], index: int) -> tuple[str, int] | None:
        """The actor with the longest name that begins at `words[index]`, and where it ends."""
        node: Mapping[str, Any] | None = self._trie
        found = None
        while index < len(words) and node is not None:
            node = node.get(words[index].norm)
            index += 1
            if node is not None and _END in node:
                found = (node[_END], index)
        return found
