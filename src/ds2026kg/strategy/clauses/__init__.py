"""Who leads and who supports a commitment, read from its sentence by its grammar.

    lexicon    the names of actors, as a trie of words
    grammar    the words of English and French that matter, as data
    items      a text as actors, words, joints and signs, sentence by sentence
    subject    the subject of each "will"
    reading    subjects lead; those named by "with", "supported by", ... support

The subjects of main clauses with "will" (in French, a verb in the future) lead. Nothing is guessed: an
acronym that no actor has, or other words where a subject stands, come back as unknown or unread.
"""

from ds2026kg.strategy.clauses.lexicon import Lexicon
from ds2026kg.strategy.clauses.reading import Mention, Roles, read_roles

__all__ = ["Lexicon", "Mention", "Roles", "read_roles"]
