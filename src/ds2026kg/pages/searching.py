"""Words into the things whose names and texts have them, in either language, the nearest first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from ds2026kg.pages.view import View, term
from ds2026kg.query.prefixes import DEFAULT_BASE

MOST_WORDS: Final = 8
MOST_LETTERS: Final = 200
_EXCERPT: Final = 240

_NOTATION: Final = term("skos:notation")
_LABELS: Final = (term("skos:prefLabel"), term("skos:altLabel"), term("rdfs:label"))
_TEXTS: Final = (
    term("dcterms:title"),
    term("skos:definition"),
    term("skos:scopeNote"),
    term("skos:editorialNote"),
)
_VOCABULARY: Final = f"{DEFAULT_BASE}ontology#"
# Everything but letters, digits and the dots within numbers parts words.
_APART: Final = re.compile(r"[^\w.]+|_+|(?<!\d)\.+|\.+(?!\d)")
_MARKS: Final = re.compile("[\u0300-\u036f]")
# "3.1 a" is how people write 3.1a.
_LETTER_APART: Final = re.compile(r"(\d\.\d+) ([a-z])(?![^ ])")


class Piece(NamedTuple):
    """A piece of a text, and whether it is a word that was asked for."""

    text: str
    marked: bool


class Entry(NamedTuple):
    """What can be found of a thing: its notations, its names and its texts, in all languages."""

    node: NamedNode
    notations: tuple[Literal, ...]
    labels: tuple[Literal, ...]
    texts: tuple[Literal, ...]


def fold(text: str) -> str:
    """`text` without what does not matter: case, accents, and the signs between words.

    >>> fold("L’Équipe (3.1a), données_A.")
    'l equipe 3.1a donnees a'
    """
    return _APART.sub(" ", _plain(text)).strip()


def _plain(text: str) -> str:
    """`text` in small letters without accents; most texts, and most letters, have none."""
    lower = text.lower()
    return lower if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", lower))


def words_of(question: str) -> tuple[str, ...]:
    """The words that `question` asks for, folded, at most `MOST_WORDS` of them.

    >>> words_of("Mission 3.1 a")
    ('mission', '3.1a')
    """
    return tuple(_LETTER_APART.sub(r"\1\2", fold(question[:MOST_LETTERS])).split()[:MOST_WORDS])


def entries(view: View) -> Iterator[Entry]:
    """All that there is a page about, or an entry in the vocabulary, and that has a name."""
    found: dict[NamedNode, tuple[list[Literal], list[Literal], list[Literal]]] = {}
    for place, predicates in enumerate(((_NOTATION,), _LABELS, _TEXTS)):
        for predicate in predicates:
            for quad in view.store.quads_for_pattern(None, predicate, None):
                node, value = quad.subject, quad.object
                if isinstance(node, NamedNode) and isinstance(value, Literal) and _ours(view, node):
                    found.setdefault(node, ([], [], []))[place].append(value)
    for node in sorted(found, key=lambda node: node.value):
        notations, labels, texts = (tuple(sorted(set(part), key=str)) for part in found[node])
        yield Entry(node, notations, labels, texts)


def search(found: Iterable[Entry], question: str) -> list[Entry]:
    """The entries that have every word of `question`, whole or begun.

    First those whose notation it is, then those whose name it is, then those with all of it in a name,
    then the others; among equals the order of `found` holds.
    """
    words = words_of(question)
    if not words:
        return []
    asked = " ".join(words)
    ranked = [(rank, each) for each in found if (rank := _rank(each, words, asked)) is not None]
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def excerpt(entry: Entry, words: Sequence[str], shown: str) -> Literal | None:
    """The text of `entry` that has most of `words`, if it is not the one `shown` already."""
    texts = [each for each in (*entry.labels, *entry.texts) if each.value != shown]
    counts = [sum(has(each.value, word) for word in words) for each in texts]
    best = max(counts, default=0)
    return texts[counts.index(best)] if best else None


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """`text` in pieces, the beginnings of words that are one of `words` apart.

    Of a long text it is only what stands around the first of them.

    >>> marked("À l’école", ["ecole"])
    (Piece(text='À l’', marked=False), Piece(text='école', marked=True))
    """
    spans = _spans(text, words)
    start = max(0, spans[0][0] - _EXCERPT // 3) if spans and len(text) > _EXCERPT else 0
    end = min(len(text), start + _EXCERPT)
    pieces = [Piece("… ", marked=False)] if start else []
    at = start
    for first, last in spans:
        if last > end:
            break
        pieces += [Piece(text[at:first], marked=False), Piece(text[first:last], marked=True)]
        at = last
    pieces.append(Piece(text[at:end], marked=False))
    pieces += [Piece(" …", marked=False)] if end < len(text) else []
    return tuple(piece for piece in pieces if piece.text)


def _ours(view: View, node: NamedNode) -> bool:
    return bool(view.local(node)) or node.value.startswith(_VOCABULARY)


def _rank(entry: Entry, words: Sequence[str], asked: str) -> int | None:
    """How near an entry is to what was asked, 0 being nearest; None if it lacks a word."""
    notations = [fold(each.value) for each in entry.notations]
    labels = [fold(each.value) for each in entry.labels]
    if asked in notations:
        return 0
    if asked in labels:
        return 1
    if any(all(_has(text, word) for word in words) for text in (*notations, *labels)):
        return 2
    texts = [*notations, *labels, *(fold(each.value) for each in entry.texts)]
    return 3 if all(any(_has(text, word) for text in texts) for word in words) else None


def has(text: str, word: str) -> bool:
    """Whether a word of `text` begins with `word`, which is folded.

    >>> has("Les données", "donn"), has("Les données", "nees")
    (True, False)
    """
    return _has(fold(text), word)


def _has(folded: str, word: str) -> bool:
    return folded.startswith(word) or f" {word}" in folded


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where in `text` words stand that begin with one of `words`: start and end of what was asked."""
    folded, places = [], []
    for place, letter in enumerate(text):
        for part in _plain(letter):
            folded.append(part)
            places.append(place)
    line = "".join(folded)
    found: list[tuple[int, int]] = []
    for word in sorted(set(words), key=len, reverse=True):
        for match in re.finditer(rf"(?<![^\W_]){re.escape(word)}", line):
            start, end = places[match.start()], places[match.end() - 1] + 1
            if all(end <= first or last <= start for first, last in found):
                found.append((start, _with_marks(text, end)))
    return sorted(found)


def _with_marks(text: str, end: int) -> int:
    """`end`, after the combining marks that stand there."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
