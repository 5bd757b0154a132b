"""The roles that a text gives to actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ds2026kg.findings import Language
from ds2026kg.strategy.clauses.grammar import GRAMMARS, Grammar
from ds2026kg.strategy.clauses.items import Item, Sort, sentences
from ds2026kg.strategy.clauses.lexicon import Lexicon
from ds2026kg.strategy.clauses.subject import Subject, SubjectReader

_LONGEST_CUE = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor in a role.

    `actor` is its identifier, None if nothing in the lexicon has that name; `start` and `end` are
    character offsets into the text; `phrase` holds the words that the role was read from.
    """

    actor: str | None
    start: int
    end: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Roles:
    """Who does what, each in text order and once; nobody who leads is also named as support.

    `unknown_leads` and `unknown_supports` are acronyms that no actor has; `unread` are other words that
    stand as a subject.
    """

    leads: tuple[Mention, ...] = ()
    supports: tuple[Mention, ...] = ()
    unknown_leads: tuple[Mention, ...] = ()
    unknown_supports: tuple[Mention, ...] = ()
    unread: tuple[Mention, ...] = ()


def read_roles(
    text: str,
    lexicon: Lexicon,
    *,
    language: Language = "en",
    links: Sequence[tuple[int, int, str]] = (),
) -> Roles:
    """The roles that `text` gives; `links` are stretches (start, end, actor) that name that actor.

    >>> lexicon = Lexicon.of([("TBS", "actor/tbs"), ("departments", "actor/departments")])
    >>> roles = read_roles("TBS will work with departments to share data", lexicon)
    >>> [m.actor for m in roles.leads], [m.phrase for m in roles.supports]
    (['actor/tbs'], ['with departments'])
    """
    grammar = GRAMMARS[language]
    found = _Found()
    for items in sentences(text, lexicon, grammar, links):
        _Sentence(text, items, grammar, found).read()
    return found.roles()


@dataclass(slots=True)
class _Found:
    """What has been read so far, over all sentences."""

    leads: list[Mention] = field(default_factory=list)
    supports: list[Mention] = field(default_factory=list)
    unknown_leads: list[Mention] = field(default_factory=list)
    unknown_supports: list[Mention] = field(default_factory=list)
    unread: list[Mention] = field(default_factory=list)
    headless: list[Mention] = field(default_factory=list)

    def roles(self) -> Roles:
        """The roles, each actor once and in one role."""
        leads = _once(self.leads)
        leading = {mention.actor for mention in leads}
        supports = _once([mention for mention in self.supports if mention.actor not in leading])
        named = leads or self.unknown_leads
        return Roles(
            leads,
            supports,
            _once(self.unknown_leads),
            _once(self.unknown_supports),
            _once(self.unread if named else [*self.unread, *self.headless]),
        )


def _once(mentions: list[Mention]) -> tuple[Mention, ...]:
    """The mentions in text order, the first of each actor or unknown name."""
    kept: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda mention: mention.start):
        kept.setdefault(mention.actor or f"{mention.start}-{mention.end}", mention)
    return tuple(kept.values())


class _Run(NamedTuple):
    """Coordinated names to the right of a cue: their indices, and where the run ends."""

    members: list[int]
    end: int


class _Sentence:
    """One sentence on its way to roles."""

    def __init__(self, text: str, items: list[Item], grammar: Grammar, found: _Found) -> None:
        self._text = text
        self._items = items
        self._grammar = grammar
        self._found = found
        self._leading: set[int] = set()

    def read(self) -> None:
        """Read subjects first: a name that leads is no supporter, however near a cue stands."""
        subjects = SubjectReader(self._items, self._grammar)
        for index, item in enumerate(self._items):
            if item.sort is Sort.MODAL:
                self._take_subject(subjects.read(index), index)
        self._take_cues()

    def _take_subject(self, subject: Subject, modal: int) -> None:
        found = self._found
        phrase = self._words(subject.start, modal)
        if subject.headless and not subject.members:
            agents = self._agents(modal)
            if agents.members:
                self._take(
                    agents.members, found.leads, found.unknown_leads, self._words(modal, agents.end)
                )
                self._leading.update(agents.members)
                return
        self._take([*subject.members, *subject.unknown], found.leads, found.unknown_leads, phrase)
        self._leading.update(subject.members, subject.unknown)
        if subject.unread is not None:
            first, last = subject.unread
            start, end = self._items[first].start, self._items[last].end
            target = found.headless if subject.headless else found.unread
            target.append(Mention(None, start, end, self._words(first, modal)))

    def _agents(self, modal: int) -> _Run:
        """The doers of a passive: "will be developed by TBS and StatCan"."""
        grammar = self._grammar
        if not any(
            self._norm(index) in grammar.passives for index in (modal, modal + 1, modal + 2)
        ):
            return _Run([], modal)
        for index in range(modal + 1, len(self._items)):
            if self._items[index].sort is Sort.MODAL:
                break
            if self._norm(index) == grammar.agent and not self._cue(index - 1):
                run = self._run(index + 1)
                if run.members:
                    return run
        return _Run([], modal)

    def _take_cues(self) -> None:
        """Give roles to the names that follow a cue."""
        found = self._found
        index = 0
        while index < len(self._items):
            length, leads = self._cue_at(index)
            if not length:
                index += 1
                continue
            run = self._run(index + length)
            phrase = self._words(index, run.end)
            if leads:
                self._take(run.members, found.leads, found.unknown_leads, phrase)
                self._leading.update(run.members)
            elif run.members and self._serves(index, run):
                self._take(run.members, found.supports, found.unknown_supports, phrase)
            index += length

    def _cue_at(self, index: int) -> tuple[int, bool]:
        """How many words the cue at `index` has (0: none), and whether it names a lead."""
        if self._items[index].sort is not Sort.WORD and not self._is_future(index):
            return 0, False
        words = tuple(self._norm(place) for place in range(index, index + _LONGEST_CUE))
        for length in range(_LONGEST_CUE, 0, -1):
            if words[:length] in self._grammar.lead_cues:
                return length, True
            if words[:length] in self._grammar.support_cues:
                return length, False
        word = words[0]
        single = word in self._grammar.verb_cues or (word and word == self._grammar.purpose)
        return (1, False) if single else (0, False)

    def _is_future(self, index: int) -> bool:
        return (
            self._items[index].sort is Sort.MODAL and self._norm(index) in self._grammar.verb_cues
        )

    def _cue(self, index: int) -> bool:
        """Whether the word at `index` begins a cue that ends in the agent's word: "supported by"."""
        words = (self._norm(index), self._norm(index + 1))
        return words in self._grammar.support_cues or words in self._grammar.lead_cues

    def _serves(self, index: int, run: _Run) -> bool:
        """Whether the cue holds: "for X" names a supporter only where "to" and a verb follow."""
        if self._norm(index) != self._grammar.purpose or not self._grammar.purpose:
            return True
        return self._norm(run.end) == self._grammar.infinitive

    def _run(self, index: int) -> _Run:
        """The coordinated names that begin at `index`, over articles and the like."""
        members: list[int] = []
        end = index
        while True:
            index = self._after_determiners(index)
            inside: list[int] = []
            if self._opens(index):
                index, inside = self._inside(index)
                members.extend(inside)
            elif self._is_name(index):
                members.append(index)
                index += 1
            else:
                break
            if self._opens(index):
                index, inside = self._inside(index)
                members.extend(inside)
            end = index
            index = self._after_joint(index)
            if index == end:
                break
        return _Run([place for place in members if place not in self._leading], end)

    def _opens(self, index: int) -> bool:
        return index < len(self._items) and self._items[index].sort is Sort.OPEN

    def _inside(self, index: int) -> tuple[int, list[int]]:
        """The names in the parenthesis at `index`, and where it ends; none if it holds other words."""
        place = index + 1
        members = []
        while place < len(self._items) and self._items[place].sort is not Sort.CLOSE:
            if self._is_name(place):
                members.append(place)
            elif self._items[place].sort not in (Sort.JOINT, Sort.COMMA):
                return index, []
            place += 1
        return min(place + 1, len(self._items)), members

    def _is_name(self, index: int) -> bool:
        """Whether the item names someone: an actor, or an acronym that stands as a noun by itself."""
        if index >= len(self._items) or index in self._leading:
            return False
        item = self._items[index]
        if item.sort is Sort.ACTOR:
            return not item.possessive and not (item.acronym and self._qualifies(index))
        return item.acronym and not self._qualifies(index)

    def _qualifies(self, index: int) -> bool:
        """Whether the name is part of a longer noun phrase: "with TBS policies"."""
        if index + 1 >= len(self._items):
            return False
        after = self._items[index + 1]
        if after.sort is not Sort.WORD or not after.norm[0].isalpha():
            return False
        grammar = self._grammar
        function = grammar.prepositions | grammar.subordinators | grammar.determiners
        function |= (
            grammar.contrasts
            | grammar.helping
            | {grammar.infinitive, grammar.agent, "with", "avec"}
        )
        # A name that is followed by a gerund, a participle or an adverb stands by itself.
        ends = (*grammar.opener_endings, grammar.adverb_ending)
        return after.norm not in function and not after.norm.endswith(ends)

    def _after_determiners(self, index: int) -> int:
        while self._norm(index) in self._grammar.determiners:
            index += 1
        return index

    def _after_joint(self, index: int) -> int:
        """Past a comma, a coordinator, or both."""
        place = index
        if place < len(self._items) and self._items[place].sort is Sort.COMMA:
            place += 1
        if place < len(self._items) and self._items[place].sort is Sort.JOINT:
            place += 1
        return place

    def _norm(self, index: int) -> str:
        return self._items[index].norm if 0 <= index < len(self._items) else ""

    def _words(self, first: int, last: int) -> str:
        """The text from one item to just before, or for a modal up to and with, another."""
        if first >= len(self._items):
            return ""
        last = min(last, len(self._items) - 1)
        if self._items[last].sort is not Sort.MODAL and last > first:
            last -= 1
        start, end = self._items[first].start, self._items[last].end
        return " ".join(self._text[start:end].split())

    def _take(
        self, members: Sequence[int], known: list[Mention], unknown: list[Mention], phrase: str
    ) -> None:
        for mention in self._mentions(members, phrase):
            (known if mention.actor is not None else unknown).append(mention)

    def _mentions(self, members: Sequence[int], phrase: str) -> Iterator[Mention]:
        for index in members:
            item = self._items[index]
            yield Mention(item.actor, item.start, item.end, phrase)
