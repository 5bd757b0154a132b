"""The clauses of a sentence: which of its verbs promise for the subject of a main clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ds2026kg.strategy.sentence.grammar import Part
from ds2026kg.strategy.sentence.phrases import Party, Phrases, Tokens, is_joint
from ds2026kg.strategy.sentence.subjects import Subjects, split

_DEPENDENT = frozenset({Part.RELATIVE, Part.SUBORDINATOR})
_LISTED = frozenset({Part.COMMA, Part.COORDINATOR, Part.SPECIFIER})


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause: its parties, and the places of its verb and of the verb after it."""

    subject: tuple[Party, ...]
    verb: int
    end: int


class _State(Enum):
    START = auto()  # no verb yet
    INTRODUCTION = auto()  # after the verb of a clause like "once TBS will have agreed"
    ASIDE = auto()  # after the verb of "TBS, which will oversee policy": its subject waits
    MAIN = auto()
    DEPENDENT = auto()
    LIST = auto()  # in a list of dependent clauses


class _Join(Enum):
    """How a clause is joined to what is before it."""

    NOTHING = auto()
    COMMA = auto()
    COORDINATOR = auto()
    BREAK = auto()  # a comma and a coordinator, or "while"


class Clauses:
    """Finds the main clauses of sentences in one language."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._grammar = phrases.grammar
        self._subjects = Subjects(phrases)

    def read(self, tokens: Tokens) -> Iterator[Clause]:
        """The main clauses of a sentence, in order."""
        verbs = [i for i, token in enumerate(tokens) if token.part is Part.MODAL]
        state = _State.START
        waiting: list[Party] = []
        for number, verb in enumerate(verbs):
            start = verbs[number - 1] + 1 if number else 0
            following = verbs[number + 1] if number + 1 < len(verbs) else len(tokens)
            end = self._before_verb(tokens, start, verb)
            subject: list[Party] | None
            if state is _State.START:
                state, subject = self._first(tokens, end, verb, following)
                if state is _State.ASIDE:
                    waiting, subject = subject or [], None
                    if not waiting:
                        state = _State.INTRODUCTION
            elif state is _State.ASIDE:
                state, subject = self._resumed(tokens, start, end, waiting)
            else:
                state, subject = self._later(tokens, start, end, state)
            if subject is not None:
                yield Clause(tuple(subject), verb, following)

    def _before_verb(self, tokens: Tokens, start: int, verb: int) -> int:
        """The place after the subject of a verb: adverbs and clitics stand between them."""
        end = verb
        while end > start and (
            tokens[end - 1].part is Part.ADVERB or tokens[end - 1].norm in self._grammar.clitics
        ):
            end -= 1
        return end

    def _first(
        self, tokens: Tokens, end: int, verb: int, following: int
    ) -> tuple[_State, list[Party] | None]:
        """What the first verb of a sentence does, and the subject before it."""
        start = 0
        while start < end and tokens[start].part in (Part.ADVERB, Part.COMMA, Part.COORDINATOR):
            start += 1
        if start < end and tokens[start].part in (Part.SUBORDINATOR, Part.CONTRAST):
            listed = list(self._phrases.stretches(tokens, start + 1, end))
            pure = all(self._phrases.is_bare(tokens, *stretch) for stretch in listed)
            dependent = tokens[start].part is Part.SUBORDINATOR
            if dependent and (pure or len(split(tokens, start, end)) == 1):
                return _State.INTRODUCTION, None
            if pure:
                return _State.MAIN, self._subjects.read(tokens, start + 1, end)
        relative = _last(tokens, start, end, _DEPENDENT)
        if relative is not None and self._belongs(tokens, relative, end, verb, following):
            before = self._subjects.read(tokens, start, relative) if relative > start else []
            return _State.ASIDE, before
        return _State.MAIN, self._subjects.read(tokens, start, end)

    def _belongs(self, tokens: Tokens, relative: int, end: int, verb: int, following: int) -> bool:
        """Whether a verb is that of the relative clause before it, the subject's still to come."""
        if any(tokens[i].part is Part.COMMA for i in range(relative, end)):
            return False
        after = self._phrases.light(tokens, relative + 1, end)
        if after >= end:
            return True
        if all(
            self._phrases.is_bare(tokens, *stretch)
            for stretch in self._phrases.stretches(tokens, relative + 1, end)
        ):
            return True
        if following == len(tokens):
            return False
        closing = self._before_verb(tokens, verb + 1, following)
        if closing > verb + 1 and tokens[closing - 1].part is Part.COMMA:
            return True
        return not any(
            is_joint(tokens[i]) or tokens[i].part in _DEPENDENT for i in range(verb + 1, closing)
        )

    def _resumed(
        self, tokens: Tokens, start: int, end: int, waiting: list[Party]
    ) -> tuple[_State, list[Party] | None]:
        """What a verb does after an aside with a verb of its own, as in "which will lead, will"."""
        if end > start and tokens[end - 1].part is Part.COORDINATOR:
            return _State.ASIDE, None
        coordinator = _last(tokens, start, end, frozenset({Part.COORDINATOR}))
        if coordinator is not None and self._phrases.is_bare(tokens, coordinator + 1, end):
            waiting = [*waiting, *self._phrases.parties(tokens, coordinator + 1, end)[0]]
        return _State.MAIN, waiting

    def _later(
        self, tokens: Tokens, start: int, end: int, state: _State
    ) -> tuple[_State, list[Party] | None]:
        """What a verb does that follows the verb of another clause."""
        if end == start or tokens[end - 1].part is Part.COORDINATOR:
            return state, [] if state is _State.MAIN else None
        conjunction = _last(tokens, start, end, _DEPENDENT | {Part.CONTRAST})
        if conjunction is not None and self._opens_subject(tokens, conjunction, end):
            if tokens[conjunction].part is Part.CONTRAST:
                return _State.MAIN, self._subjects.read(tokens, conjunction + 1, end)
            return _State.DEPENDENT, None
        begin, join = self._start(tokens, start if conjunction is None else conjunction + 1, end)
        state = _after(state, join)
        return state, self._subjects.read(tokens, begin, end) if state is _State.MAIN else None

    def _opens_subject(self, tokens: Tokens, conjunction: int, end: int) -> bool:
        """Whether the subject of the verb at `end` begins right after a conjunction."""
        if tokens[conjunction].part is Part.CONTRAST:
            begin = conjunction + 1
            return begin == end or not self._subjects.is_aside(tokens, (begin, end))
        return self._is_subject_of_dependent(tokens, conjunction, end)

    def _is_subject_of_dependent(self, tokens: Tokens, dependent: int, end: int) -> bool:
        """Whether all from a conjunction to a verb is the subject of its clause.

        In "that departments and partners will" it is; in "that meet needs and departments will"
        the dependent clause has its verb already, and another clause begins at "and".
        """
        stretches = list(self._phrases.stretches(tokens, dependent + 1, end))
        if len(stretches) < 2:
            return True
        if len(stretches) == 2 and _join(tokens, stretches[1][0]) is _Join.BREAK:
            return False
        single = tokens[dependent].part is Part.SUBORDINATOR
        return all(self._is_noun(tokens, *stretch, single) for stretch in stretches[:-1])

    def _is_noun(self, tokens: Tokens, begin: int, end: int, single: bool) -> bool:
        """Whether a stretch can be a member of a subject rather than a clause."""
        if self._phrases.is_bare(tokens, begin, end):
            return True
        inner = range(begin, end)
        if any(tokens[i].part is Part.ACTOR for i in inner):
            return False
        if any(tokens[i].norm in self._grammar.auxiliaries for i in inner):
            return False
        return tokens[begin].part is Part.DETERMINER or (single and end - begin == 1)

    def _start(self, tokens: Tokens, floor: int, end: int) -> tuple[int, _Join]:
        """Where the clause of the verb at `end` starts after `floor`, and how it is joined."""
        stop = self._before_asides(tokens, floor, end)
        begin = _stretch_start(tokens, floor, stop)
        if begin == floor and not (begin > 0 and is_joint(tokens[begin - 1])):
            return begin, _Join.NOTHING
        if self._is_complement(tokens, begin, stop):
            return begin, _Join.NOTHING
        while begin > floor:
            last = begin
            while last > floor and tokens[last - 1].part in _LISTED:
                last -= 1
            previous = _stretch_start(tokens, floor, last)
            if previous in (last, floor):
                if self._is_complement(tokens, previous, last):
                    return begin, _Join.NOTHING
                if _join(tokens, begin) is _Join.COMMA and self._ends_object(
                    tokens, previous, last
                ):
                    return self._after_coordinator(tokens, begin, stop)
                break
            if not self._in_list(tokens, previous, last, begin):
                if self._is_complement(tokens, previous, last):
                    return begin, _Join.NOTHING
                break
            begin = previous
        return begin, _join(tokens, begin)

    def _in_list(self, tokens: Tokens, begin: int, end: int, following: int) -> bool:
        """Whether a stretch is a member of the list that goes on at `following`."""
        if self._phrases.is_bare(tokens, begin, end):
            return True
        between = (_join(tokens, begin), _join(tokens, following))
        return end - begin == 1 and between == (_Join.COORDINATOR, _Join.COORDINATOR)

    def _before_asides(self, tokens: Tokens, floor: int, end: int) -> int:
        """The end of the subject list before asides: "PCO" in "and PCO, with partners, will"."""
        if tokens[end - 1].part is not Part.COMMA:
            return end
        segments = split(tokens, floor, end)
        index = len(segments) - 1
        while index > 0 and not self._subjects.is_aside(tokens, segments[index]):
            index -= 1
        while index > 1 and self._subjects.is_aside(tokens, segments[index - 1]):
            index -= 1
        return segments[index - 1][1] if index > 0 else end - 1

    def _is_complement(self, tokens: Tokens, begin: int, end: int) -> bool:
        """Whether a stretch has "ensure departments", whose verb then is that of a complement."""
        if any(tokens[i].part is Part.INFINITIVE for i in range(begin, end)):
            return True
        bare = self._phrases.ends_bare(tokens, begin, end)
        return (
            bare is not None
            and bare > begin
            and tokens[bare - 1].norm in self._grammar.clause_verbs
        )

    def _ends_object(self, tokens: Tokens, begin: int, end: int) -> bool:
        """Whether a stretch ends with an actor that a verb or preposition governs."""
        bare = self._phrases.ends_bare(tokens, begin, end)
        return bare is not None and bare > begin

    def _after_coordinator(self, tokens: Tokens, begin: int, end: int) -> tuple[int, _Join]:
        last = _last(tokens, begin, end, frozenset({Part.COORDINATOR}))
        return (begin, _Join.COMMA) if last is None else (last + 1, _Join.COORDINATOR)


def _after(state: _State, join: _Join) -> _State:
    """The state after a verb whose subject is joined so to the clause before."""
    if state is _State.INTRODUCTION:
        return state if join in (_Join.NOTHING, _Join.COORDINATOR) else _State.MAIN
    if join is _Join.NOTHING:
        return _State.DEPENDENT
    if state is _State.LIST or (state is _State.DEPENDENT and join is _Join.COMMA):
        return _State.LIST
    if state is _State.DEPENDENT and join is _Join.COORDINATOR:
        return _State.DEPENDENT
    return _State.MAIN


def _last(tokens: Tokens, start: int, end: int, parts: frozenset[Part]) -> int | None:
    return next((i for i in range(end - 1, start - 1, -1) if tokens[i].part in parts), None)


def _stretch_start(tokens: Tokens, floor: int, end: int) -> int:
    """Where the stretch without commas and coordinators that ends at `end` begins."""
    begin = end
    while begin > floor and tokens[begin - 1].part not in _LISTED:
        begin -= 1
    return begin


def _join(tokens: Tokens, begin: int) -> _Join:
    """How the stretch at `begin` is joined to the one before."""
    marks = set()
    while begin > 0 and tokens[begin - 1].part in _LISTED:
        begin -= 1
        marks.add(tokens[begin].part)
    if Part.COORDINATOR in marks:
        return _Join.BREAK if Part.COMMA in marks else _Join.COORDINATOR
    return _Join.COMMA if marks else _Join.NOTHING
