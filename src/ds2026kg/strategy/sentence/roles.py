"""Who leads and who supports, by the grammar of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ds2026kg.findings import Language
from ds2026kg.strategy.sentence.clauses import Clause, Clauses
from ds2026kg.strategy.sentence.english import ENGLISH
from ds2026kg.strategy.sentence.french import FRENCH
from ds2026kg.strategy.sentence.lexicon import Lexicon
from ds2026kg.strategy.sentence.phrases import Party, Phrases, Tokens
from ds2026kg.strategy.sentence.support import Cues, Naming
from ds2026kg.strategy.sentence.tokens import Tokeniser

_GRAMMARS = MappingProxyType({"en": ENGLISH, "fr": FRENCH})


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a text.

    `actor` is its id, None if no actor of the lexicon has that name; `start` and `end` are
    character offsets of exactly its words; `phrase` is what its role was read from, with single
    spaces: "PCO, TBS and departments will", "in collaboration with Indigenous partners".
    """

    actor: str | None
    start: int
    end: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles that a text gives, each in the order of the text and each party once.

    `leads` and `supports` name known actors, and none is in both. `unknown_leads` and
    `unknown_supports` are acronyms in those roles that the lexicon lacks (a supporter also if
    words before an actor's name make it another: "industry partners"); `unread` are the other
    words in the subject of a main clause that name no known actor.
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
    """Who leads and who supports what `text`, in `language`, promises.

    The subjects of the main clauses with "will" lead; those named by "in collaboration with",
    "supported by", "work with", "for ... to" and the like support. `links` are (start, end, actor
    id) for the character ranges that are links to actors' notes: such a range is that actor
    whatever its words; of overlapping ranges the first counts. Takes time linear in the text and
    never raises on any text.

    >>> lexicon = Lexicon.of([("TBS", "actor/tbs"), ("departments", "actor/departments")])
    >>> roles = read_roles("TBS and CSPS will work with departments", lexicon)
    >>> [mention.actor for mention in roles.leads], [mention.actor for mention in roles.supports]
    (['actor/tbs'], ['actor/departments'])
    >>> roles.unknown_leads
    (Mention(actor=None, start=8, end=12, phrase='TBS and CSPS will'),)
    """
    grammar = _GRAMMARS[language]
    phrases = Phrases(grammar)
    gathered = _Gathered(text, Clauses(phrases), Cues(phrases))
    for sentence in Tokeniser(grammar, lexicon).sentences(text, links):
        if sentence:
            gathered.add(sentence)
    return gathered.roles()


@dataclass(slots=True)
class _Gathered:
    """The mentions found so far."""

    text: str
    clauses: Clauses
    cues: Cues
    leads: list[Mention] = field(default_factory=list)
    supports: list[Mention] = field(default_factory=list)
    unknown_leads: list[Mention] = field(default_factory=list)
    unknown_supports: list[Mention] = field(default_factory=list)
    unread: list[Mention] = field(default_factory=list)
    weak: list[Mention] = field(default_factory=list)  # unread only if nothing leads

    def add(self, tokens: Tokens) -> None:
        """Take one sentence."""
        clauses = list(self.clauses.read(tokens))
        for clause in clauses:
            self._add_clause(tokens, clause)
        for naming in self.cues.read(tokens, {clause.verb for clause in clauses}):
            self._add_naming(naming)

    def roles(self) -> Roles:
        """All that was found, each party once and in the order of the text."""
        leads = _once(self.leads)
        leading = {mention.actor for mention in leads}
        supports = (mention for mention in self.supports if mention.actor not in leading)
        unknown = self._once_by_words(self.unknown_leads)
        known = {self._words(mention) for mention in unknown}
        others = [m for m in self.unknown_supports if self._words(m) not in known]
        unread = self.unread if leads or unknown else [*self.unread, *self.weak]
        return Roles(
            leads,
            _once(supports),
            unknown,
            self._once_by_words(others),
            self._once_by_words(unread),
        )

    def _add_clause(self, tokens: Tokens, clause: Clause) -> None:
        agents = self.cues.agents(tokens, clause.verb, clause.end)
        passive = self.cues.is_passive(tokens, clause.verb, clause.end)
        if agents is not None:
            self._add_naming(agents)
        if not clause.subject:
            return
        start = clause.subject[0].start
        phrase = self._phrase(start, tokens[clause.verb].end)
        if self.cues.engages_subject(tokens, clause.verb, clause.end):
            self._add_supports(clause.subject, phrase, sure=True)
            return
        for party in _flat(clause.subject, self.text):
            mention = self._mention(party, phrase)
            if party.actor is not None:
                self.leads.append(mention)
            elif party.acronym:
                self.unknown_leads.append(mention)
            elif (party.embeds and not party.narrows) or party.pronoun or passive:
                self.weak.append(self._whole(party, phrase))
            else:
                self.unread.append(self._whole(party, phrase))

    def _add_naming(self, naming: Naming) -> None:
        phrase = self._phrase(naming.start, naming.end)
        if not naming.leads:
            self._add_supports(naming.parties, phrase, naming.sure)
            return
        for party in _flat(naming.parties, self.text):
            if party.actor is not None:
                self.leads.append(self._mention(party, phrase))
            elif party.acronym:
                self.unknown_leads.append(self._mention(party, phrase))

    def _add_supports(self, parties: Iterable[Party], phrase: str, sure: bool) -> None:
        listed = list(_flat(parties, self.text))
        sure = sure or any(party.actor is not None for party in listed)
        for party in listed:
            if party.actor is not None:
                self.supports.append(self._mention(party, phrase))
            elif party.acronym and sure:
                self.unknown_supports.append(self._mention(party, phrase))
            elif party.narrows and sure:
                self.unknown_supports.append(self._whole(party, phrase))

    def _mention(self, party: Party, phrase: str) -> Mention:
        return Mention(party.actor, party.head.start, party.head.end, phrase)

    def _whole(self, party: Party, phrase: str) -> Mention:
        return Mention(None, party.start, party.end, phrase)

    def _phrase(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())

    def _words(self, mention: Mention) -> str:
        return self.text[mention.start : mention.end].casefold()

    def _once_by_words(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        found: dict[str, Mention] = {}
        for mention in sorted(mentions, key=lambda each: each.start):
            found.setdefault(self._words(mention), mention)
        return tuple(found.values())


def _once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The first mention of each actor, in the order of the text."""
    found: dict[str | None, Mention] = {}
    for mention in sorted(mentions, key=lambda each: each.start):
        found.setdefault(mention.actor, mention)
    return tuple(found.values())


def _flat(parties: Iterable[Party], text: str) -> Iterable[Party]:
    """The parties and those in parentheses after them, a name and its acronym as one."""
    for party in parties:
        brackets = party.brackets
        if len(brackets) == 1:
            (short,) = brackets
            if party.actor is not None and short.acronym:
                brackets = ()  # another acronym of a known actor
            elif party.actor is None and (short.acronym or _abbreviates(short, party, text)):
                yield short
                continue
        yield party
        yield from _flat(brackets, text)


def _abbreviates(short: Party, party: Party, text: str) -> bool:
    """Whether an acronym in parentheses has the letters of the name before it."""
    letters = iter(text[party.start : party.end].casefold())
    acronym = text[short.head.start : short.head.end]
    return acronym.isupper() and all(letter in letters for letter in acronym.casefold())
