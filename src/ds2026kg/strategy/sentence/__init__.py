"""Reads from a sentence who leads what it promises and who supports it, by its grammar.

`read_roles` cuts the text into tokens (`words`, `tokens`), finds the main clauses (`clauses`) with
their subjects (`subjects`, `phrases`) and the phrases that name supporters (`support`). What differs
between the languages is data (`english`, `french`).
"""

from ds2026kg.strategy.sentence.lexicon import Lexicon
from ds2026kg.strategy.sentence.roles import Mention, Roles, read_roles

__all__ = ["Lexicon", "Mention", "Roles", "read_roles"]
