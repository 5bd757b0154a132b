"""Noun phrases: which words name a party, which actor is their head, what only describes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ds2026kg.strategy.sentence.grammar import Grammar, Part
from ds2026kg.strategy.sentence.tokens import Token

Tokens = Sequence[Token]

_JOINTS = frozenset({Part.COMMA, Part.COORDINATOR, Part.SPECIFIER})
_LIGHT = frozenset({Part.DETERMINER, Part.NUMBER, Part.ADVERB, Part.PRONOUN})
_NAMING = frozenset({Part.WORD, Part.ACTOR, Part.POSSESSIVE, *_LIGHT})
# What begins an aside or an introduction rather than a party.
ASIDES = frozenset(
    {
        Part.PREPOSITION,
        Part.RELATIVE,
        Part.SUBORDINATOR,
        Part.INFINITIVE,
        Part.EXCEPT,
    }
)


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that may name an actor.

    `head` is the token of the actor that it names, or the acronym or last word of what it names
    if that is no actor; `embeds` tells that an actor's name only describes it ("TBS policies").
    """

    start: int
    end: int
    head: Token
    embeds: bool = False
    pronoun: bool = False
    brackets: tuple[Party, ...] = ()

    @property
    def actor(self) -> str | None:
        """The actor that the party is."""
        return self.head.actor

    @property
    def narrows(self) -> bool:
        """Whether the party is some kind of an actor: "industry partners"."""
        return self.head.part is Part.ACTOR and self.head.actor is None

    @property
    def acronym(self) -> bool:
        """Whether the party is but an acronym that no actor has."""
        return self.head.acronym


class Phrases:
    """Reads noun phrases by the words of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def light(self, tokens: Tokens, index: int, end: int) -> int:
        """The first place from `index` on that is no article, quantity or adverb."""
        opening = True
        while index < end:
            token = tokens[index]
            if token.part in _LIGHT or (opening and token.part is Part.OF):
                opening = opening and token.part is not Part.OF
                index += 1
            else:
                break
        return index

    def party(self, tokens: Tokens, index: int, end: int) -> tuple[Party | None, int]:
        """The party named at `index`, without what follows its noun, and the place after it."""
        first = self.light(tokens, index, end)
        if first >= end or tokens[first].part not in (Part.ACTOR, Part.WORD):
            return (self._light_party(tokens, index, first), max(first, index))
        after = self._adverbs(tokens, first + 1, end)
        head = tokens[first]
        brackets: list[Party] = []
        after = self.brackets(tokens, after, end, brackets)
        if head.part is Part.ACTOR and self._is_head(tokens, after, end):
            return Party(tokens[index].start, head.end, head, brackets=tuple(brackets)), after
        return self._other_party(tokens, index, first, end)

    def _light_party(self, tokens: Tokens, index: int, first: int) -> Party | None:
        """The party of words like "all" or "they" that stand alone."""
        if first == index:
            return None
        last = tokens[first - 1]
        if last.part not in (Part.PRONOUN, Part.DETERMINER):
            return None
        acronym = last.norm == "gc"
        head = replace(last, acronym=acronym)
        return Party(tokens[index].start, last.end, head, pronoun=last.part is Part.PRONOUN)

    def _other_party(self, tokens: Tokens, index: int, first: int, end: int) -> tuple[Party, int]:
        """The party at `index` whose head is no actor, or one that only describes it."""
        after = first
        head = tokens[first]
        embeds = False
        brackets: list[Party] = []
        while after < end and tokens[after].part in _NAMING:
            if after > first and tokens[after].norm in self.grammar.engage:
                break
            head = tokens[after]
            embeds = embeds or head.part is Part.ACTOR
            after += 1
        while head.part is Part.ADVERB and after - 1 > first:
            after -= 1
            head = tokens[after - 1]
        stop = self.brackets(tokens, after, end, brackets)
        single = after == first + 1 and head.part is Part.WORD and head.acronym
        head = replace(head, actor=None, acronym=single)
        return Party(tokens[index].start, head.end, head, embeds, brackets=tuple(brackets)), stop

    def _adverbs(self, tokens: Tokens, index: int, end: int) -> int:
        """The first place from `index` on that is neither an adverb nor a neutral adjective."""
        while index < end and tokens[index].part in (Part.ADVERB, Part.DETERMINER):
            index += 1
        return index

    def _is_head(self, tokens: Tokens, index: int, end: int) -> bool:
        """Whether an actor's name is the head of its phrase, by what follows it at `index`."""
        if index >= end:
            return True
        token = tokens[index]
        if token.part is Part.OF:
            whole = self.light(tokens, index + 1, end)
            if whole >= end:
                return tokens[end - 1].norm == "gc"
            infinitives = self.grammar.infinitives
            return (
                tokens[whole].norm in self.grammar.wholes
                or tokens[whole - 1].norm == "gc"
                or (
                    whole == index + 1
                    and bool(infinitives)
                    and tokens[whole].norm.endswith(infinitives)
                )
            )
        if token.part is Part.WORD:
            return self.is_modifier(tokens, index, end)
        return token.part not in (Part.POSSESSIVE, Part.ACTOR, Part.NUMBER, Part.PRONOUN)

    def is_modifier(self, tokens: Tokens, index: int, end: int) -> bool:
        """Whether the word at `index` is a participle that describes the noun before it."""
        token = tokens[index]
        if token.acronym or not token.norm.endswith(self.grammar.modifiers):
            return token.norm in self.grammar.being
        if token.norm in self.grammar.nominals:
            return False
        # "TBS hosting will" has a noun; "departments hosting data will", a participle.
        return not token.norm.endswith("ing") or index + 1 < end

    def brackets(self, tokens: Tokens, index: int, end: int, parties: list[Party]) -> int:
        """Read the parties in the parentheses at `index`; the place after them."""
        while index < end and tokens[index].part is Part.PARENTHESIS:
            inside = tokens[index].inside
            if inside[0].part not in ASIDES and inside[0].part is not Part.ADVERB:
                parties.extend(self.parties(inside, 0, len(inside))[0])
            index += 1
        return index

    def parties(self, tokens: Tokens, index: int, end: int) -> tuple[list[Party], int]:
        """The parties of the list at `index`, "departments, partners and TBS", and its end."""
        found: list[Party] = []
        after = index
        while index < end:
            while index < end and tokens[index].part in _JOINTS:
                index += 1
            if index < end and tokens[index].norm in self.grammar.engage:
                break  # "consult partners and engage departments": a second verb
            party, index = self.party(tokens, index, end)
            if party is None:
                break
            party, index, governs = self._with_complements(tokens, party, index, end)
            found.append(party)
            after = index
            if governs:
                break  # "the heads of TBS and PCO": the list may go on with either
            if index >= end or tokens[index].part not in _JOINTS:
                break
        return found, after

    def _with_complements(
        self, tokens: Tokens, party: Party, index: int, end: int
    ) -> tuple[Party, int, bool]:
        """A party with what "of" adds, the place after, and whether that names an actor."""
        while party.actor is None and index < end and tokens[index].part is Part.OF:
            added, index = self.party(tokens, index, end)
            if added is None:
                break
            head = replace(added.head, part=Part.WORD, actor=None, acronym=False)
            party = Party(party.start, added.end, head, brackets=added.brackets)
            if added.actor is not None:
                return party, index, True
        return party, index, False

    def is_bare(self, tokens: Tokens, index: int, end: int) -> bool:
        """Whether a stretch is an actor or acronym and nothing more: "the departments"."""
        party, after = self.party(tokens, index, end)
        named = party is not None and (party.actor is not None or party.acronym)
        return named and after == end

    def ends_bare(self, tokens: Tokens, index: int, end: int) -> int | None:
        """Where the actor that ends a stretch begins with its articles, or None."""
        last = end
        while last > index and tokens[last - 1].part in (Part.PARENTHESIS, Part.ADVERB):
            last -= 1
        if last == index or tokens[last - 1].part is not Part.ACTOR:
            return None
        first = last - 1
        while first > index and tokens[first - 1].part is Part.DETERMINER:
            first -= 1
        return first

    def stretches(self, tokens: Tokens, index: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches between commas and coordinators."""
        start = index
        for position in range(index, end):
            if tokens[position].part in _JOINTS:
                if position > start:
                    yield start, position
                start = position + 1
        if end > start:
            yield start, end


def is_joint(token: Token) -> bool:
    """Whether the token joins the members of a list."""
    return token.part in _JOINTS
