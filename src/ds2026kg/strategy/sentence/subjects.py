"""The subject of a clause: its parties, without introductions before and asides within it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ds2026kg.strategy.sentence.grammar import Part
from ds2026kg.strategy.sentence.phrases import ASIDES, Party, Phrases, Tokens, is_joint
from ds2026kg.strategy.sentence.tokens import Token

Segment = tuple[int, int]

_GOVERNING = frozenset({Part.OF, Part.PREPOSITION})


class Subjects:
    """Reads subjects by the words of one language."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._grammar = phrases.grammar

    def read(self, tokens: Tokens, start: int, end: int) -> list[Party]:
        """The parties of the subject that fills `tokens[start:end]`, up to its verb."""
        start = self._skip_date(tokens, self._lead_in(tokens, start, end), end)
        segments = split(tokens, start, end)
        first = self._after_introductions(tokens, segments)
        if first == len(segments):
            return self._after_opening(tokens, start, end)
        kept = self._without_asides(tokens, segments, first)
        parties = self._members(tokens, kept)
        joined = any(_coordinated(tokens, segment) for segment in kept)
        if not joined and any(party.actor or party.acronym for party in parties):
            # With no "and" there is no list: "TBS, the employer, will" names one party twice.
            parties = [party for party in parties if party.actor or party.acronym]
        return parties

    def is_aside(self, tokens: Tokens, segment: Segment) -> bool:
        """Whether a stretch between commas is an aside: "in 2025", "which hosts data"."""
        begin, end = segment
        while begin + 1 < end and tokens[begin].part in (Part.ADVERB, Part.COORDINATOR):
            begin += 1
        token = tokens[begin]
        if token.part in ASIDES:
            return True
        return (
            token.part is Part.WORD
            and not token.acronym
            and token.norm.endswith(self._grammar.modifiers)
            and begin + 1 < end
            and (tokens[begin + 1].part in ASIDES or token.norm.endswith(("ing", "ant")))
        )

    def _lead_in(self, tokens: Tokens, start: int, end: int) -> int:
        """The place after words like "and", "however" that open a clause."""
        while start < end and (
            is_joint(tokens[start]) or tokens[start].part in (Part.ADVERB, Part.CONTRAST)
        ):
            start += 1
        return start

    def _skip_date(self, tokens: Tokens, start: int, end: int) -> int:
        """The place after "By 2025" or "In March 2026" that no comma ends."""
        if start < end and tokens[start].part is Part.PREPOSITION:
            for index in range(start + 1, min(start + 7, end - 1)):
                part = tokens[index].part
                if part is Part.NUMBER and tokens[index + 1].part is not Part.COMMA:
                    return index + 1
                if part is Part.ACTOR or is_joint(tokens[index]):
                    break
        return start

    def _after_introductions(self, tokens: Tokens, segments: list[Segment]) -> int:
        """The first segment of the subject proper."""
        index = 0
        while index < len(segments) and self.is_aside(tokens, segments[index]):
            if index + 1 == len(segments) and tokens[segments[index][0]].part is Part.WORD:
                return index  # "Funding for departments will": no comma ends an introduction
            index = self._introduction_end(tokens, segments, index) + 1
        return index

    def _introduction_end(self, tokens: Tokens, segments: list[Segment], index: int) -> int:
        """The last segment of the introduction at `index`: it may end in a list of its own."""
        if _coordinated(tokens, segments[index]):
            return index
        names = _names(tokens, segments[index])
        for later in range(index + 1, len(segments) - 1):
            segment = segments[later]
            if self.is_aside(tokens, segment) or (_names(tokens, segment) and not names):
                return index
            if _coordinated(tokens, segment):
                following = segments[later + 1]
                is_list = tokens[following[0]].part is not Part.COORDINATOR
                return later if is_list else index
        return index

    def _after_opening(self, tokens: Tokens, start: int, end: int) -> list[Party]:
        """The parties at the end of a region that opens like an introduction no comma ends."""
        first = end
        while True:
            stop = first
            while stop > start and is_joint(tokens[stop - 1]):
                stop -= 1
            begin = stop
            while begin > start and not is_joint(tokens[begin - 1]):
                begin -= 1
            bare = self._phrases.ends_bare(tokens, begin, stop)
            if bare is None or bare == start:
                break
            if tokens[bare - 1].part in (*ASIDES, Part.OF):
                break
            first = bare
            if bare > begin:
                break
        if first < end:
            return self._phrases.parties(tokens, first, end)[0]
        if start >= end:
            return []
        head = replace(tokens[end - 1], part=Part.WORD, actor=None, acronym=False)
        return [Party(tokens[start].start, head.end, head)]

    def _without_asides(self, tokens: Tokens, segments: list[Segment], first: int) -> list[Segment]:
        """The segments of the subject list itself, from `first` on.

        An aside that names a party may go on as a list over the commas: it does if the list is
        closed by "and" after at least three members ("with PCO, SSC and StatCan"); two members
        have no comma between them, so ", and TBS" after one goes on with the subject.
        """
        kept: list[Segment] = []
        index = first
        while index < len(segments):
            segment = segments[index]
            if index == first or not self.is_aside(tokens, segment):
                kept.append(segment)
                index += 1
                continue
            index += 1
            open_list = kept and tokens[kept[-1][1] - 1].part is Part.COORDINATOR
            listing = not open_list and self._lists_parties(tokens, segment)
            members = 1
            while listing and index < len(segments):
                following = segments[index]
                if self.is_aside(tokens, following):
                    break
                joined = _coordinated(tokens, following)
                if members == 1 and joined and tokens[following[0]].part is Part.COORDINATOR:
                    break
                members += 1
                index += 1
                listing = not joined
        return kept

    def _lists_parties(self, tokens: Tokens, segment: Segment) -> bool:
        """Whether a list of supporters may begin in a segment: "in collaboration with PCO"."""
        cues = self._grammar.companions | self._grammar.helped
        return self._is_open(tokens, segment, lambda token: token.norm in cues)

    def _is_open(self, tokens: Tokens, segment: Segment, governs: Callable[[Token], bool]) -> bool:
        """Whether what a word governs has no "and" yet, so that it may go on as a list."""
        for index in range(segment[1] - 1, segment[0] - 1, -1):
            if governs(tokens[index]):
                return True
            if tokens[index].part is Part.COORDINATOR:
                return False
        return False

    def _members(self, tokens: Tokens, segments: list[Segment]) -> list[Party]:
        """The parties of a list over commas.

        What describes a member may go on as a list: "TBS with PCO, SSC and StatCan". In "the heads
        of TBS, PCO and SSC" who is meant is for a reader to say, so that it stays one party.
        """
        parties: list[Party] = []
        listed = 0  # how many members the list in a description has so far
        for segment in segments:
            leading = tokens[segment[0]].part is Part.COORDINATOR
            if listed > 1 or (listed and not leading):
                if parties[-1].actor is None:
                    parties[-1] = replace(parties[-1], end=tokens[segment[1] - 1].end)
                listed = 0 if _coordinated(tokens, segment) else listed + 1
            else:
                parties.extend(self._segment(tokens, *segment))
                listed = int(self._lists_on(tokens, segment, parties))
        return parties

    def _lists_on(self, tokens: Tokens, segment: Segment, parties: list[Party]) -> bool:
        """Whether the last party before a comma is described by what may begin a list."""
        if not parties or tokens[segment[1] - 1].part is not Part.ACTOR:
            return False
        if parties[-1].actor is not None or parties[-1].head.part is Part.ACTOR:
            return self._lists_parties(tokens, segment)
        return self._is_open(tokens, segment, lambda token: token.part in _GOVERNING)

    def _segment(self, tokens: Tokens, index: int, end: int) -> list[Party]:
        """The parties between two commas, each with what describes it."""
        parties: list[Party] = []
        while index < end:
            while index < end and is_joint(tokens[index]):
                index += 1
            if index < end and tokens[index].part is Part.EXCEPT:
                break
            party, after = self._phrases.party(tokens, index, end)
            if party is None:
                # A mark or word that opens no party: take it with the one before.
                index = max(after, index + 1)
                continue
            if after < end and not is_joint(tokens[after]):
                after = self._description(tokens, party, after, end)
                if party.actor is None:
                    party = self._described(tokens, party, index, after)
            if party.actor is not None or not self._is_clause(tokens, index, after):
                parties.append(party)
            index = after
        return parties

    def _described(self, tokens: Tokens, party: Party, index: int, end: int) -> Party:
        """A party that is no actor, with the words that describe it."""
        last = end
        while last > index and tokens[last - 1].part is Part.PARENTHESIS:
            last -= 1
        brackets: list[Party] = []
        self._phrases.brackets(tokens, last, end, brackets)
        while is_joint(tokens[last - 1]):
            last -= 1
        led = any(tokens[i].norm in self._grammar.led for i in range(index, last))
        head = replace(tokens[last - 1], part=Part.WORD, actor=None, acronym=False)
        embeds = party.embeds or led
        return Party(party.start, tokens[last - 1].end, head, embeds, brackets=tuple(brackets))

    def _is_clause(self, tokens: Tokens, begin: int, end: int) -> bool:
        """Whether a stretch has a verb: "departments are ready and TBS will"."""
        return any(tokens[i].norm in self._grammar.auxiliaries for i in range(begin, end))

    def _description(self, tokens: Tokens, party: Party, index: int, end: int) -> int:
        """The place after the words that describe a party, where the next member may begin."""
        part = tokens[index].part
        if part in (Part.RELATIVE, Part.SUBORDINATOR, Part.INFINITIVE):
            return end
        if party.actor is None and part not in (Part.OF, Part.EXCEPT):
            return end
        of_actor = False
        while index < end:
            token = tokens[index]
            if token.norm in self._grammar.companions or token.norm in self._grammar.helped:
                return end
            if token.part is Part.ACTOR:
                of_actor = True
            if token.part is Part.COORDINATOR and self._goes_on(tokens, index + 1, end, of_actor):
                return index
            index += 1
        return end

    def _goes_on(self, tokens: Tokens, index: int, end: int, of_actor: bool) -> bool:
        """Whether a member of the subject, not of its description, follows a coordinator."""
        if index >= end:
            return False
        party, _ = self._phrases.party(tokens, index, end)
        if party is None or of_actor:
            return False
        if party.actor is not None or party.acronym:
            return True
        return tokens[index].part is Part.DETERMINER


def split(tokens: Tokens, start: int, end: int) -> list[Segment]:
    """The stretches between commas, empty ones left out."""
    segments: list[Segment] = []
    begin = start
    for index in range(start, end):
        if tokens[index].part is Part.COMMA:
            if index > begin:
                segments.append((begin, index))
            begin = index + 1
    if end > begin:
        segments.append((begin, end))
    return segments


def _coordinated(tokens: Tokens, segment: Segment) -> bool:
    return any(tokens[i].part is Part.COORDINATOR for i in range(*segment))


def _names(tokens: Tokens, segment: Segment) -> bool:
    return any(tokens[i].part is Part.ACTOR for i in range(*segment))
