"""A text as sentences of tokens: actors recognised, small words classed, parentheses folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ds2026kg.strategy.sentence.grammar import Grammar, Part
from ds2026kg.strategy.sentence.lexicon import Lexicon, PhraseTree, phrase_key
from ds2026kg.strategy.sentence.words import Word, looks_like_acronym, words

Link = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, a phrase of small words, an actor's name, or a whole parenthesis."""

    part: Part
    start: int
    end: int
    norm: str
    actor: str | None = None
    acronym: bool = False
    inside: tuple[Token, ...] = ()


@cache
def _phrases(grammar: Grammar) -> PhraseTree:
    """The small words of a grammar that are several: "in collaboration with"."""
    tree = PhraseTree()
    for phrase in grammar.parts:
        path = phrase_key(phrase)
        if len(path) > 1:
            tree.add(path, phrase)
    return tree


class Tokeniser:
    """Reads texts of one language with the names of one lexicon."""

    def __init__(self, grammar: Grammar, lexicon: Lexicon) -> None:
        self._grammar = grammar
        self._lexicon = lexicon
        self._phrases = _phrases(grammar)

    def sentences(self, text: str, links: Sequence[Link]) -> Iterator[list[Token]]:
        """The sentences of `text`, each followed by the parentheses in it.

        A parenthesis is read as a sentence of its own besides being a token of the one around it.
        """
        shouted = text.isupper()
        tokens = self._tokens(text, links, shouted)
        yield from _fold(tokens)

    def _tokens(self, text: str, links: Sequence[Link], shouted: bool) -> Iterator[Token]:
        done = 0
        for start, end, actor in sorted(links):
            if done <= start < end <= len(text):
                yield from self._stretch(text, done, start, shouted)
                yield Token(Part.ACTOR, start, end, "", actor)
                done = end
        yield from self._stretch(text, done, len(text), shouted)

    def _stretch(self, text: str, start: int, end: int, shouted: bool) -> Iterator[Token]:
        found = list(words(text, start, end))
        index = 0
        quoted = False
        before = ""
        while index < len(found):
            word = found[index]
            after = index + 1
            if match := self._lexicon.names.longest(found, index, text):
                after, actor = match
                part = Part.ACTOR if actor else Part.WORD
                last = found[after - 1].end
                acronym = (
                    not actor and after == index + 1 and looks_like_acronym(text[word.start : last])
                )
                yield Token(part, word.start, last, word.norm, actor or None, acronym)
            elif match := self._phrases.longest(found, index, text):
                after, phrase = match
                yield Token(self._grammar.parts[phrase], word.start, found[after - 1].end, phrase)
            elif word.kind == "quote":
                if _is_possessive(found, index, text, quoted):
                    yield Token(Part.POSSESSIVE, word.start, word.end, "'")
                quoted = not quoted
            else:
                yield self._token(word, before, text, shouted)
            before = found[after - 1].norm
            index = after

    def _token(self, word: Word, before: str, text: str, shouted: bool) -> Token:
        acronym = False
        part = self._grammar.parts.get(word.norm)
        written = text[word.start : word.end]
        if part is None:
            part = Part.NUMBER if word.kind == "number" else Part.WORD
            acronym = not shouted and looks_like_acronym(written)
            if not acronym and self._promises(word.norm, written, shouted):
                part = Part.MODAL
        elif part is Part.STOP and word.kind == "mark" and not _stops(text, word.end, word.norm):
            part = Part.COMMA if word.norm in ":;" else Part.NUMBER
        elif part is Part.MODAL and before in self._grammar.will_nouns:
            part = Part.WORD
        return Token(part, word.start, word.end, word.norm, None, acronym)

    def _promises(self, norm: str, written: str, shouted: bool) -> bool:
        """Whether the word is a verb in the future, as far as its ending tells."""
        return (
            len(norm) > 3
            and norm.endswith(self._grammar.future)
            and norm not in self._grammar.not_future
            and (shouted or written.islower())
        )


def _stops(text: str, end: int, mark: str) -> bool:
    """Whether the mark that ends at `end` is one between sentences: "3.1", "a.k.a" have none."""
    return mark == ";" or end == len(text) or not text[end].isalnum()


def _is_possessive(found: Sequence[Word], index: int, text: str, quoted: bool) -> bool:
    """Whether an apostrophe is that of "departments' data" and not a closing quotation mark."""
    before = found[index - 1] if index else None
    touches = before is not None and before.end == found[index].start
    return touches and not quoted and text[found[index].start - 1] in "sS"


def _fold(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    """Cut tokens into sentences and fold each parenthesis into one token."""
    sentence = _Sentence()
    for token in tokens:
        if token.part is Part.OPEN:
            sentence.open(token)
        elif token.part is Part.CLOSE:
            sentence.close(token)
        elif token.part is not Part.STOP:
            sentence.add(token)
        elif sentence.is_open and token.norm in ";:…":
            sentence.add(replace(token, part=Part.COMMA))
        else:
            yield from sentence.all()
            sentence = _Sentence()
    yield from sentence.all()


class _Sentence:
    """A sentence that is being read, with the parentheses that are open in it."""

    def __init__(self) -> None:
        self._levels: list[list[Token]] = [[]]
        self._starts: list[int] = []
        self._inner: list[list[Token]] = []

    @property
    def is_open(self) -> bool:
        """Whether a parenthesis is open."""
        return bool(self._starts)

    def add(self, token: Token) -> None:
        """Take the next token."""
        self._levels[-1].append(token)

    def open(self, token: Token) -> None:
        """Begin a parenthesis."""
        self._starts.append(token.start)
        self._levels.append([])

    def close(self, token: Token) -> None:
        """End the innermost parenthesis; a mark that closes none says nothing."""
        if not self._starts:
            return
        start, held = self._starts.pop(), self._levels.pop()
        around = self._levels[-1]
        if not around and not self._starts:
            around.extend(held)  # the whole sentence stands in parentheses
        elif held:
            self._inner.append(held)
            whole = Token(Part.PARENTHESIS, start, token.end, "()", inside=tuple(held))
            around.append(whole)

    def all(self) -> Iterator[list[Token]]:
        """The sentence, with the words of parentheses that nothing closed, and those closed."""
        yield [token for level in self._levels for token in level]
        yield from self._inner
