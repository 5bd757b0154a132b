"""Numbers as people of each language write them, and the words that go with them."""

from __future__ import annotations

from typing import NamedTuple

from ds2026kg.findings import Language, Text


class Noun(NamedTuple):
    """What is counted: one of it, and several."""

    one: Text
    many: Text


def numeral(number: int, language: Language) -> str:
    """`number` with its thousands apart: by commas in English, by spaces that do not break in French.

    >>> numeral(12345, "en")
    '12,345'
    """
    return f"{number:,}".replace(",", "\u00a0" if language == "fr" else ",")


def noun(number: int, what: Noun, language: Language) -> str:
    """The word for `number` of `what`. In French, none is singular as one is.

    >>> noun(0, Noun(Text("note", "note"), Text("notes", "notes")), "fr")
    'note'
    """
    singular = number < 2 if language == "fr" else number == 1
    return (what.one if singular else what.many).in_language(language)


def counted(number: int, what: Noun, language: Language) -> str:
    """`number` and its word: "3 actors"."""
    return f"{numeral(number, language)} {noun(number, what, language)}"


MISSIONS = Noun(Text("mission", "mission"), Text("missions", "missions"))
AREAS = Noun(
    Text("area for action", "domaine d’action"), Text("areas for action", "domaines d’action")
)
COMMITMENTS = Noun(Text("commitment", "engagement"), Text("commitments", "engagements"))
ACTORS = Noun(Text("actor", "acteur"), Text("actors", "acteurs"))
STATEMENTS = Noun(Text("statement", "énoncé"), Text("statements", "énoncés"))
RESULTS = Noun(Text("result", "résultat"), Text("results", "résultats"))
