"""The subject of one promise: the noun phrases to the left of its "will"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ds2026kg.strategy.clauses.grammar import Grammar
from ds2026kg.strategy.clauses.items import Item, Sort

# How far to the left a subject is looked for, in items: what lies beyond is another clause.
_WINDOW = 120
_NEAR = 4


@dataclass(slots=True)
class Subject:
    """What stands as subject of one modal.

    `members` are the indices of actors that lead, `unknown` those of acronyms that no actor has,
    `unread` the stretch of other words that stand as one of several subjects, or as the only one
    (`headless`). `start` is where the whole begins. An embedded clause has nothing.
    """

    members: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    unread: tuple[int, int] | None = None
    headless: bool = False
    start: int = 0


class SubjectReader:
    """Reads subjects in one sentence; modals are to be asked for from left to right."""

    def __init__(self, items: Sequence[Item], grammar: Grammar) -> None:
        self._items = items
        self._grammar = grammar
        self._openings = _openings(items)
        self._first = True
        self._last = 0

    def read(self, modal: int) -> Subject:
        """The subject of the modal at index `modal`."""
        first, self._first = self._first, False
        found = Subject(start=modal)
        place = self._skip_before_verb(modal - 1, max(modal - _WINDOW, 0))
        self._last = place
        if place < 0 or self._items[place].sort in (Sort.JOINT, Sort.MODAL):
            return found
        self._noun_phrases(place, first, found)
        return found

    def _is(self, index: int, *sorts: Sort) -> bool:
        return 0 <= index < len(self._items) and self._items[index].sort in sorts

    def _norm(self, index: int) -> str:
        return self._items[index].norm if 0 <= index < len(self._items) else ""

    def _is_member(self, index: int) -> bool:
        """Whether the item can be a subject by itself."""
        if not 0 <= index < len(self._items):
            return False
        item = self._items[index]
        return (item.sort is Sort.ACTOR and not item.possessive) or item.acronym

    def _skip_before_verb(self, place: int, floor: int) -> int:
        """Leftwards over adverbs and phrases set off by commas, to the end of the subject."""
        while place >= floor:
            if self._is(place, Sort.WORD) and self._grammar.is_adverb(self._norm(place)):
                place -= 1
            elif self._is(place, Sort.COMMA):
                place = self._before_interruption(place, floor)
            else:
                break
        return place

    def _before_interruption(self, comma: int, floor: int) -> int:
        """Where the phrase that ends with this comma is set off, or just before the comma."""
        place = comma - 1
        while place > floor:
            if self._is(place, Sort.CLOSE):
                place = self._openings.get(place, place) - 1
                continue
            if self._is(place, Sort.COMMA) and self._interrupts(place, comma):
                return place - 1
            place -= 1
        return comma - 1

    def _interrupts(self, comma: int, end: int) -> bool:
        word = self._norm(comma + 1)
        if self._is(comma + 1, Sort.WORD) and self._grammar.opens_phrase(word):
            return True
        # "TBS, the employer, will": an apposition follows a name and holds none.
        inside = range(comma + 1, end)
        return (
            word in self._grammar.articles
            and self._is_member(comma - 1)
            and not any(self._is_member(index) for index in inside)
        )

    def _noun_phrases(self, place: int, first: bool, found: Subject) -> None:
        """Gather the coordinated noun phrases that end at `place`."""
        joints: list[tuple[int, bool]] = []  # where each joint stands, and whether by comma alone
        taken: list[int] = []
        joined = False  # whether an "and" stands to the right
        if (named := self._before_unnamed(place)) is not None:
            found.unread, place, joined = (place + 1 - named[1], place), named[0], True
        while True:
            place, inside = self._parenthesis(place)
            taken.extend(inside)
            if self._is_member(place):
                taken.append(place)
                place = self._before_qualifiers(place - 1)
            elif not inside:
                break
            elif not self._is(place, Sort.JOINT, Sort.COMMA):
                place = self._before_words(place)
            joint, after = self._joint(place)
            if joint == 0 or (joint == 1 and not joined):
                break
            ahead = self._skip_before_verb(after, max(after - _WINDOW, 0))
            if not (self._is_member(ahead) or self._is(ahead, Sort.CLOSE)):
                if joint == 2 and first:
                    self._unread(after, found)
                break
            joints.append((place, joint == 1))
            joined = joined or joint == 2
            place = ahead
        self._decide(place, taken, joints, first, found)

    def _before_qualifiers(self, place: int) -> int:
        """Leftwards over words that qualify a name after a joint: "TBS and large departments"."""
        place = self._before_determiners(place)
        named = self._before_unnamed(place)
        return place - named[1] if named else place

    def _before_unnamed(self, place: int) -> tuple[int, int] | None:
        """For "departments and agencies will": the actor before words that name none.

        Gives its index, and how many words stand between the joint and `place`.
        """
        grammar = self._grammar
        for count in range(_NEAR):
            index = place - count
            if self._is_member(index) or not self._is(index, Sort.WORD):
                return None
            if self._norm(index) in grammar.prepositions | grammar.subordinators:
                return None
            joint, after = self._joint(index - 1)
            if joint == 2:
                return (after, count + 1) if self._is_member(after) else None
        return None

    def _parenthesis(self, place: int) -> tuple[int, list[int]]:
        """Leftwards over a parenthesis; its actors, if it holds nothing else."""
        if not self._is(place, Sort.CLOSE):
            return place, []
        opening = self._openings.get(place, place)
        inside = range(opening + 1, place)
        named = all(
            self._is_member(index) or self._is(index, Sort.JOINT, Sort.COMMA) for index in inside
        )
        members = [index for index in reversed(inside) if self._is_member(index)]
        return opening - 1, members if named else []

    def _before_determiners(self, place: int) -> int:
        while self._is(place, Sort.WORD) and self._norm(place) in self._grammar.determiners:
            place -= 1
        return place

    def _before_words(self, place: int) -> int:
        """Leftwards over the words that a parenthesis of names explains."""
        floor = max(place - _WINDOW, -1)
        while place > floor and self._is(place, Sort.WORD):
            place -= 1
        return place

    def _joint(self, place: int) -> tuple[int, int]:
        """0 no joint, 1 a comma, 2 a coordinator (after a comma or not); and what is left of it."""
        if self._is(place, Sort.JOINT):
            before = place - 1
            return 2, before - 1 if self._is(before, Sort.COMMA) else before
        return (1, place - 1) if self._is(place, Sort.COMMA) else (0, place)

    def _unread(self, last: int, found: Subject) -> None:
        """Words that stand as one of several subjects: "The Chief Data Officer and TBS will"."""
        start = last
        while start >= 0 and not self._is(start, Sort.COMMA, Sort.MODAL):
            start -= 1
        if start < last:
            found.unread = (start + 1, last)

    def _decide(
        self,
        place: int,
        taken: list[int],
        joints: list[tuple[int, bool]],
        first: bool,
        found: Subject,
    ) -> None:
        """Whether what was gathered leads, by what stands before it."""
        word = self._norm(place)
        plain = self._is(place, Sort.WORD)
        if not taken:
            self._headless(first, found)
        elif plain and word in self._grammar.contrasts:
            self._lead(taken, place + 1, found)
        elif plain and (word in self._grammar.subordinators or word in self._grammar.wishes):
            return
        elif plain and (cue := self._governing_cue(place)) is not None:
            self._governed(cue, taken, joints, first, found)
        elif plain and word in self._grammar.prepositions:
            self._lead_some(self._own_subjects(taken, joints, first), first, found)
        elif plain and any(alone for _, alone in joints):
            # "To support departments, TBS and PCO will": an introduction ends in a name.
            self._lead_some(self._after_last_comma(taken, joints), first, found)
        elif plain and not (first or self._coordinated(place)):
            self._lead_some(self._own_subjects(taken, joints, first), first, found)
        else:
            self._lead(taken, place + 1, found)

    def _own_subjects(
        self, taken: list[int], joints: list[tuple[int, bool]], first: bool
    ) -> list[int]:
        """Of names that something before them governs, those that are subjects all the same.

        They stand after the last comma; or, since a verb wants a subject, after the last joint of
        a later clause: "TBS will work with partners and departments will act".
        """
        kept = self._after_last_comma(taken, joints)
        return kept if kept or first or not joints else [i for i in taken if i > joints[0][0]]

    def _lead_some(self, kept: list[int], first: bool, found: Subject) -> None:
        if kept:
            self._lead(kept, min(kept), found)
        else:
            self._headless(first, found)

    def _governing_cue(self, place: int) -> int | None:
        """Where the support cue that ends at `place` begins, or None."""
        grammar = self._grammar
        while place > 0 and self._norm(place) in grammar.articles:
            place -= 1
        for length in (5, 4, 3, 2, 1):
            start = place - length + 1
            if start < 0:
                continue
            words = tuple(self._norm(index) for index in range(start, place + 1))
            if words in grammar.support_cues:
                return start
        return place if self._norm(place) in grammar.verb_cues else None

    def _governed(
        self,
        cue: int,
        taken: list[int],
        joints: list[tuple[int, bool]],
        first: bool,
        found: Subject,
    ) -> None:
        """Subjects around a phrase such as "in collaboration with departments"."""
        before = cue - 1
        if self._is(before, Sort.COMMA):
            before -= 1
        outside = self._is_member(before) or self._is(before, Sort.CLOSE)
        self._lead_some(self._own_subjects(taken, joints, first or outside), False, found)
        if outside:
            self._noun_phrases(before, first, found)
        elif not found.members:
            self._headless(first, found)

    def _after_last_comma(self, taken: list[int], joints: list[tuple[int, bool]]) -> list[int]:
        """Of the gathered members, those to the right of the last comma between them."""
        alone = [place for place, is_alone in joints if is_alone]
        commas = alone or [place for place, _ in joints if self._is(place - 1, Sort.COMMA)]
        return [index for index in taken if index > max(commas)] if commas else []

    def _coordinated(self, place: int) -> bool:
        """Whether a joint stands a few plain words before: "and all large departments will"."""
        grammar = self._grammar
        for index in range(place, max(place - _NEAR, -1), -1):
            if not self._is(index, Sort.WORD):
                return self._is(index, Sort.JOINT, Sort.COMMA, Sort.SIGN)
            word = self._norm(index)
            if word in grammar.prepositions | grammar.subordinators | grammar.wishes:
                return False
        return place < _NEAR

    def _lead(self, taken: list[int], start: int, found: Subject) -> None:
        for index in taken:
            target = found.members if self._is(index, Sort.ACTOR) else found.unknown
            target.append(index)
        found.start = min(found.start, start)

    def _headless(self, first: bool, found: Subject) -> None:
        """Record the words that stand as the only subject, if this is the sentence's main clause."""
        if not first or self._last < 0:
            return
        start = self._last
        while start > 0 and not self._is(start - 1, Sort.COMMA):
            start -= 1
        found.unread = found.unread or (start, self._last)
        found.headless = True


def _openings(items: Sequence[Item]) -> dict[int, int]:
    """For each closing bracket the index of the one that opened it."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    for index, item in enumerate(items):
        if item.sort is Sort.OPEN:
            open_at.append(index)
        elif item.sort is Sort.CLOSE and open_at:
            pairs[index] = open_at.pop()
    return pairs
