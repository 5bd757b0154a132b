"""What the reader knows of a language: its small words, as data. One algorithm reads them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Part(Enum):
    """The part that a token plays in a sentence."""

    ACTOR = auto()  # a name of the lexicon, or a link to an actor's note
    WORD = auto()  # any word that the grammar has no place for: a noun, a verb, an adjective
    NUMBER = auto()
    DETERMINER = auto()  # "the", "all", "relevant": leaves the party what it is
    ADVERB = auto()
    PRONOUN = auto()
    COORDINATOR = auto()  # "and", "as well as", "&", "/"
    SPECIFIER = auto()  # "including", "such as": says who is meant
    COMMA = auto()  # also a dash
    STOP = auto()  # ends a sentence, or a part of it that is one
    OPEN = auto()
    CLOSE = auto()
    PARENTHESIS = auto()  # a whole parenthesis, its tokens inside
    PREPOSITION = auto()
    OF = auto()  # "of"; in French also an article ("des ministères")
    INFINITIVE = auto()  # "to"
    RELATIVE = auto()  # "which": may be followed by a verb at once
    SUBORDINATOR = auto()  # "if": is followed by a subject
    CONTRAST = auto()  # "while": joins a second main clause
    POSSESSIVE = auto()
    EXCEPT = auto()  # "not", "except": what follows is not meant
    MODAL = auto()  # the verb that promises: "will", "élaborera"


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The closed classes of words of one language; every word is in its normal form.

    `parts` says what part a word or a phrase of several words plays; the other sets mark words
    that mean more: those that open a phrase that names a supporter or a lead, and so on.
    """

    parts: Mapping[str, Part]
    future: tuple[str, ...]  # endings of a verb that promises
    not_future: frozenset[str]  # words with such an ending that are no verbs
    will_nouns: frozenset[str]  # after these words a modal is a noun: "political will"
    clitics: frozenset[str]  # stand between a subject and its verb: "ne", "les"
    companions: frozenset[str]  # "with": who follows supports
    not_companions: frozenset[str]  # "comply": no supporter follows with "with"
    helps: frozenset[str]  # "support": "with the support of"
    help_joints: frozenset[str]  # "of", "from"
    cue_words: frozenset[str]  # open a phrase of support: "in collaboration", "working closely"
    helped: frozenset[str]  # "supported by"
    led: frozenset[str]  # "led by": who follows leads what the words before name
    leadership: frozenset[str]  # "under the leadership of": who follows leads
    engage: frozenset[str]  # verbs whose object supports: "consult"
    engaged: frozenset[str]  # their participles: "will be consulted"
    purpose: frozenset[str]  # "for", in "for departments to set"
    infinitives: tuple[str, ...]  # endings of an infinitive, if it has any
    being: frozenset[str]  # "be"
    agents: frozenset[str]  # "by"
    participles: tuple[str, ...]  # endings of participles after "be"
    modifiers: tuple[str, ...]  # endings of participles after a noun: "departments involved"
    nominals: frozenset[str]  # nouns with such an ending: "training"
    clause_verbs: frozenset[str]  # take a clause without a conjunction: "ensure departments will"
    auxiliaries: frozenset[str]  # "is": surely no noun
    wholes: frozenset[str]  # "departments of government" are departments


def table(**classes: str) -> dict[str, Part]:
    """The part of each word: a word list for each part, phrases separated by `|`.

    >>> table(comma=",", coordinator="and | as well as")["as well as"]
    <Part.COORDINATOR: 7>
    """
    return {
        phrase.strip(): Part[name.upper()]
        for name, phrases in classes.items()
        for phrase in phrases.split("|")
    }


MARKS: Mapping[str, Part] = {
    ",": Part.COMMA,
    "–": Part.COMMA,
    "—": Part.COMMA,
    "―": Part.COMMA,
    "-": Part.COMMA,
    ";": Part.STOP,
    ":": Part.STOP,
    ".": Part.STOP,
    "!": Part.STOP,
    "?": Part.STOP,
    "…": Part.STOP,
    "\n": Part.STOP,
    "(": Part.OPEN,
    "[": Part.OPEN,
    ")": Part.CLOSE,
    "]": Part.CLOSE,
    "&": Part.COORDINATOR,
    "/": Part.COORDINATOR,
}
