"""Phrases that name who supports or leads: "in collaboration with", "led by", "by TBS"."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from ds2026kg.strategy.sentence.grammar import Part
from ds2026kg.strategy.sentence.phrases import Party, Phrases, Tokens, is_joint


@dataclass(frozen=True, slots=True)
class Naming:
    """Parties named after a cue, and the offsets of the phrase that names them.

    `sure` tells that the cue can but name parties, so that an acronym after it is one.
    """

    parties: tuple[Party, ...]
    start: int
    end: int
    leads: bool
    sure: bool


class Cues:
    """Finds the phrases that name supporters and leads in one language."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._grammar = phrases.grammar

    def read(self, tokens: Tokens, main_verbs: Container[int]) -> Iterator[Naming]:
        """The namings in a sentence, in order; `main_verbs` are the places of such verbs."""
        grammar = self._grammar
        in_subject = True
        for index, token in enumerate(tokens):
            norm = token.norm
            after = index + 1
            leads = norm in grammar.led or norm in grammar.leadership
            if index in main_verbs:
                in_subject = False
            if norm in grammar.purpose:
                yield from self._purpose(tokens, index)
                continue
            if norm in grammar.companions:
                if index and tokens[index - 1].norm in grammar.not_companions:
                    continue
                after = self._after_help(tokens, after)
            elif norm in grammar.engage:
                after = self._after_verbs(tokens, after)
            elif norm in grammar.led:
                if not (in_subject or self._leads_all(tokens, index)):
                    continue
            elif not leads and norm not in grammar.helped:
                continue
            yield from self._naming(tokens, index, after, main_verbs, leads=leads)

    def agents(self, tokens: Tokens, verb: int, end: int) -> Naming | None:
        """Who does what a passive verb says: "will be developed by TBS and StatCan"."""
        index = self._participle(tokens, verb, end)
        if index is None:
            return None
        group = True  # still within "be developed and maintained"
        for position in range(index, end):
            token = tokens[position]
            if token.norm in self._grammar.agents:
                governed = group or not self._is_participle(tokens[position - 1].norm)
                if governed:
                    found = next(self._naming(tokens, position, position + 1, leads=True), None)
                    if found and any(party.actor or party.acronym for party in found.parties):
                        return Naming(found.parties, tokens[verb].start, found.end, True, True)
            elif token.part in (Part.RELATIVE, Part.SUBORDINATOR):
                return None
            elif token.part is not Part.ADVERB and not is_joint(token):
                group = group and self._is_participle(token.norm)
        return None

    def engages_subject(self, tokens: Tokens, verb: int, end: int) -> bool:
        """Whether the verb is one whose subject but takes part: "departments will be consulted"."""
        index = self._participle(tokens, verb, end)
        return index is not None and tokens[index].norm in self._grammar.engaged

    def is_passive(self, tokens: Tokens, verb: int, end: int) -> bool:
        """Whether something will be done to the subject of the verb."""
        return self._participle(tokens, verb, end) is not None

    def _participle(self, tokens: Tokens, verb: int, end: int) -> int | None:
        """The place of the participle of a passive verb, or None."""
        index = verb if tokens[verb].norm in self._grammar.being else verb + 1
        being = False
        while index < end:
            token = tokens[index]
            if token.norm in self._grammar.being:
                being = True
            elif token.part not in (Part.ADVERB, Part.EXCEPT, Part.MODAL) and token.norm != "have":
                break
            index += 1
        found = being and index < end and self._is_participle(tokens[index].norm)
        return index if found else None

    def _is_participle(self, norm: str) -> bool:
        verb = norm.split(" ")[0]
        return verb.endswith(self._grammar.participles)

    def _leads_all(self, tokens: Tokens, index: int) -> bool:
        """Whether "led by" speaks of the sentence, not of a thing: "an initiative led by PCO"."""
        before = tokens[index - 1]
        return before.part in (Part.COMMA, Part.ADVERB) or before.norm in self._grammar.being

    def _naming(
        self,
        tokens: Tokens,
        cue: int,
        index: int,
        main_verbs: Container[int] = (),
        *,
        leads: bool = False,
    ) -> Iterator[Naming]:
        """The parties listed at `index`, without one that begins a dependent clause."""
        parties, after = self._phrases.parties(tokens, index, len(tokens))
        last = tokens[after - 1].end
        if after < len(tokens) and tokens[after].part is Part.MODAL and after not in main_verbs:
            parties = parties[:-1]
            last = parties[-1].end if parties else last
        if parties:
            first, sure = self._phrase_start(tokens, cue)
            yield Naming(tuple(parties), tokens[first].start, last, leads, sure or leads)

    def _phrase_start(self, tokens: Tokens, cue: int) -> tuple[int, bool]:
        """Where the phrase of a cue begins ("in close collaboration with"), and its sureness."""
        first = cue
        while first and tokens[first - 1].norm in self._grammar.cue_words and cue - first < 6:
            first -= 1
        plain = first == cue and tokens[cue].norm in (
            self._grammar.companions & {"with", "avec"} | self._grammar.purpose
        )
        apart = first == 0 or tokens[first - 1].part in (Part.COMMA, Part.ACTOR)
        return first, apart or not plain

    def _after_help(self, tokens: Tokens, index: int) -> int:
        """The place after "the support of", or `index` if no such words stand there."""
        position = index
        while position < min(len(tokens), index + 6):
            token = tokens[position]
            if token.norm in self._grammar.helps:
                joint = position + 1
                if joint < len(tokens) and tokens[joint].norm in self._grammar.help_joints:
                    return joint + 1
            elif token.part not in (Part.DETERMINER, Part.WORD, Part.COORDINATOR):
                break
            position += 1
        return index

    def _after_verbs(self, tokens: Tokens, index: int) -> int:
        """The place of the object of "coordinate", also in "coordinate and guide departments"."""
        if (
            index + 2 < len(tokens)
            and tokens[index].part is Part.COORDINATOR
            and tokens[index + 1].part is Part.WORD
        ):
            return index + 2
        return index

    def _purpose(self, tokens: Tokens, index: int) -> Iterator[Naming]:
        """Who is to do something: "for departments to set"."""
        parties, after = self._phrases.parties(tokens, index + 1, len(tokens))
        while after < len(tokens) and tokens[after].part is Part.ADVERB:
            after += 1
        if not parties or after + 1 >= len(tokens):
            return
        infinitives = self._grammar.infinitives
        if infinitives:
            opens = tokens[after].part is Part.OF and tokens[after + 1].norm.endswith(infinitives)
        else:
            verb = after + 1
            while verb + 1 < len(tokens) and tokens[verb].part is Part.ADVERB:
                verb += 1
            opens = tokens[after].norm == "to" and tokens[verb].part is Part.WORD
        if opens:
            end = tokens[after + 1].end
            yield Naming(tuple(parties), tokens[index].start, end, leads=False, sure=False)
