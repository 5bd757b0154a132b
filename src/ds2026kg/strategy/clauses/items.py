"""A text as the items a sentence is read from: actors, words, joints and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ds2026kg.strategy.clauses.grammar import Grammar
from ds2026kg.strategy.clauses.lexicon import Lexicon, Token, tokens

# Two capitals or more, as in TBS, StatCan or TBS-OCHRO, and not a word at the head of a title.
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z&-]*")
_SENTENCE_ENDS = frozenset(".!?;:•")
_COMMAS = frozenset(",–—")
_IGNORED = frozenset('"“”«»*_‘`')
_APOSTROPHES = frozenset("'’")


class Sort(Enum):
    """What an item is to the grammar."""

    ACTOR = auto()
    WORD = auto()
    MODAL = auto()
    JOINT = auto()  # "and", "or", "as well as"
    COMMA = auto()
    OPEN = auto()
    CLOSE = auto()
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `actor` is set for actors; `possessive` when "'" follows; `acronym` if it looks so."""

    sort: Sort
    norm: str
    start: int
    end: int
    actor: str | None = None
    possessive: bool = False
    acronym: bool = False


def sentences(
    text: str, lexicon: Lexicon, grammar: Grammar, links: Sequence[tuple[int, int, str]]
) -> Iterator[list[Item]]:
    """The items of each sentence; `links` are stretches of text that are actors as they stand."""
    words = [token for token in tokens(text) if token.norm not in _IGNORED]
    shouted = _is_shouted(text, words)
    sentence: list[Item] = []
    linked = sorted(links)
    position = 0
    index = 0
    while index < len(words):
        token = words[index]
        while position < len(linked) and linked[position][1] <= token.start:
            position += 1
        if position < len(linked) and linked[position][0] <= token.start:
            start, end, actor = linked[position]
            while index < len(words) and words[index].start < end:
                index += 1
            sentence.append(_actor(actor, text, max(start, token.start), end, words, index))
            continue
        match = lexicon.match(words, index)
        if match is not None:
            actor, after = match
            end = words[after - 1].end
            sentence.append(_actor(actor, text, token.start, end, words, after))
            index = after
            continue
        if _ends_sentence(token, words, index):
            if sentence:
                yield sentence
            sentence = []
            index += 1
            continue
        item, index = _other(text, words, index, grammar, shouted)
        sentence.append(item)
    if sentence:
        yield sentence


def _actor(actor: str, text: str, start: int, end: int, words: Sequence[Token], after: int) -> Item:
    follows = words[after] if after < len(words) else None
    possessive = follows is not None and follows.start == end and follows.norm in _APOSTROPHES
    norm = text[start:end].casefold()
    acronym = _ACRONYM.fullmatch(text[start:end]) is not None
    return Item(Sort.ACTOR, norm, start, end, actor, possessive, acronym)


def _other(
    text: str, words: Sequence[Token], index: int, grammar: Grammar, shouted: bool
) -> tuple[Item, int]:
    """The item that begins at `index` and is no actor, and where the next one begins."""
    joint = _joint(words, index, grammar)
    if joint:
        last = words[index + joint - 1]
        return Item(Sort.JOINT, words[index].norm, words[index].start, last.end), index + joint
    token = words[index]
    word = text[token.start : token.end]
    sort = Sort.WORD
    if token.norm in _COMMAS:
        sort = Sort.COMMA
    elif token.norm in "([":
        sort = Sort.OPEN
    elif token.norm in ")]":
        sort = Sort.CLOSE
    elif not token.norm[0].isalnum():
        sort = Sort.SIGN
    elif grammar.is_modal(token.norm) and not _is_noun(words, index, grammar):
        sort = Sort.MODAL
    acronym = sort is Sort.WORD and not shouted and _ACRONYM.fullmatch(word) is not None
    return Item(sort, token.norm, token.start, token.end, acronym=acronym), index + 1


def _joint(words: Sequence[Token], index: int, grammar: Grammar) -> int:
    """How many words the coordinator at `index` has; 0 if there is none."""
    for length in (3, 2, 1):
        if tuple(token.norm for token in words[index : index + length]) in grammar.coordinators:
            return length
    return 0


def _is_noun(words: Sequence[Token], index: int, grammar: Grammar) -> bool:
    """Whether a word like "will" is a noun here: "political will"."""
    return index > 0 and words[index - 1].norm in grammar.noun_markers


def _ends_sentence(token: Token, words: Sequence[Token], index: int) -> bool:
    if "\n" in token.norm or token.norm in _SENTENCE_ENDS:
        return True
    # A hyphen that stands alone begins an item of a list.
    after = words[index + 1] if index + 1 < len(words) else None
    return token.norm == "-" and after is not None and after.start > token.end


def _is_shouted(text: str, words: Sequence[Token]) -> bool:
    """Whether the text is mostly in capitals, which then say nothing about acronyms."""
    letters = [token for token in words if token.norm[0].isalpha() and token.end - token.start > 3]
    upper = sum(text[token.start : token.end].isupper() for token in letters)
    return bool(letters) and upper * 2 > len(letters)
