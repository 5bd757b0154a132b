"""Notes in, one at a time; the whole strategy out at the end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace

from ds2026kg.findings import Finding, Span
from ds2026kg.memory import FORGETFUL, Memory
from ds2026kg.strategy import role_rules, rules
from ds2026kg.strategy.merging import (
    definition_label,
    disagreement,
    merge_facts,
    naming_facts,
)
from ds2026kg.strategy.model import (
    Actor,
    Basis,
    Commitment,
    Entity,
    Fact,
    Kind,
    Mission,
    Schema,
    Strategy,
    StrategyGraph,
    natural_key,
)
from ds2026kg.strategy.names import Names, actor_names
from ds2026kg.strategy.parents import implied_parent, unsaid_parent
from ds2026kg.strategy.roles import RoleReader
from ds2026kg.strategy.section import Claim, Section
from ds2026kg.strategy.sections import SectionReader
from ds2026kg.strategy.sentence import Lexicon
from ds2026kg.strategy.values import ClaimReader, tidy
from ds2026kg.vault import Link, LinkIndex, Mending, Note, Prose
from ds2026kg.vault.link_rules import EMBED_OF_ITSELF, LINK_BROKEN

_ORDER = {Strategy: 0, Mission: 1, Commitment: 1, Actor: 2}
_OF_LINKS = (rules.REFERENCE_BROKEN, LINK_BROKEN)
_REDACTED = "[…]"
# What XML 1.0 cannot carry (§2.2), and so RDF/XML cannot.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class StrategyReader:
    """Gathers what notes say of the strategy.

    `schema` says what the keys mean; `sections` tells entities from other notes; `index` says which
    file a link leads to; `mending` knows how a fault can be mended. `withheld` are the notes of the
    vault that are not read. `memory` keeps what was made of notes that are the same again.
    """

    def __init__(
        self,
        schema: Schema,
        sections: SectionReader,
        index: LinkIndex,
        mending: Mending,
        withheld: Iterable[str] = (),
        memory: Memory = FORGETFUL,
    ) -> None:
        self._mending = mending
        self._memory = memory
        self._sections = sections
        self._names = Names(index, withheld)
        self._by_entity: defaultdict[str, list[Section]] = defaultdict(list)
        self._findings: list[Finding] = []
        self._described: set[str] = set()  # the notes that describe an entity
        self._claims = ClaimReader(schema, self._names, sections.actor_tags[0], mending)

    def add(self, note: Note) -> None:
        """Take one note; nothing of it is kept but what it says of the strategy."""
        self._names.add_note(note)
        if note.private:
            return
        read = self._memory.recall(
            ("sections", note.path), (note,), lambda: tuple(self._sections.read(note))
        )
        for found in read:
            if isinstance(found, Finding):
                self._findings.append(found)
            else:
                found = copy(found)  # what is private is taken out of it
                self._names.add_section(found)
                self._described.add(note.path)
                self._by_entity[found.id].append(found)

    def finish(self) -> tuple[StrategyGraph, list[Finding]]:
        """The strategy, and every finding about its meaning."""
        self._withhold()
        if not any(not key.startswith("actor/") for key in self._by_entity):
            self._findings.append(Finding(rules.STRATEGY_EMPTY))
        for sections in self._by_entity.values():
            sections.sort(key=lambda s: (not s.own, s.note, s.place.start))
            self._check_owners(sections)
        # Actors first: the sentences of commitments are read with their names.
        read = {key: self._facts(group) for key, group in self._by_entity.items() if _is_actor(key)}
        roles = RoleReader(
            self._lexicon(read), self._names, self._sections.actor_tags[0], self._memory
        )
        for key, group in self._by_entity.items():
            if not _is_actor(key):
                read[key] = self._facts(group)
        parents = self._children()
        entities = [
            self._entity(key, facts, parents.get(key, []), roles) for key, facts in read.items()
        ]
        entities.sort(key=lambda entity: (_ORDER[type(entity)], natural_key(entity.key)))
        return StrategyGraph(tuple(entities)), self._findings

    def knows(self, link: Link, note: str) -> bool:
        """Whether `link` in `note` leads to an entity without a note, or is a finding already."""
        if self._names.entity(link, note) is not None:
            return True
        told = (each.span for each in self._findings if each.rule in _OF_LINKS)
        return any(
            span.file == note and span.start <= link.span.start and link.span.end <= span.end
            for span in told
            if span is not None
        )

    def places(self, path: str) -> bool:
        """Whether the note at `path` is about an entity."""
        return path in self._described

    def _withhold(self) -> None:
        """Leave out all that links to private notes, but for the texts that `_public_text` mends."""
        for key, sections in list(self._by_entity.items()):
            public = [section for section in sections if not self._is_private(section)]
            if not public:
                del self._by_entity[key]
                continue
            self._by_entity[key] = public
            for section in public:
                if self._names.are_private(section.name_links, section.note):
                    section.title = None
                    self._leave_out(section, section.place)
                section.claims = [self._public_claim(section, each) for each in section.claims]

    def _is_private(self, section: Section) -> bool:
        """Whether the heading that opens a section links to a private note."""
        opener = section.opener
        if opener is None or not self._names.is_private(opener, section.note):
            return False
        self._findings.append(Finding(rules.SECTION_PRIVATE, section.place))
        return True

    def _public_claim(self, section: Section, claim: Claim) -> Claim:
        """The claim without the items that link to a private note."""
        items = []
        for item in claim.items:
            if self._names.are_private(item.links, section.note):
                self._leave_out(section, item.span)
            else:
                items.append(item)
        return claim if len(items) == len(claim.items) else replace(claim, items=tuple(items))

    def _leave_out(self, section: Section, span: Span) -> None:
        self._findings.append(Finding(rules.VALUE_PRIVATE, span, {"entity": section.id}))

    def _check_owners(self, sections: list[Section]) -> None:
        owners = [section for section in sections if section.own]
        for other in owners[1:]:
            values = {"entity": other.id}
            self._findings.append(
                Finding(rules.DUPLICATE_ENTITY, other.place, values, (owners[0].place,))
            )

    def _every_section(self) -> Iterator[Section]:
        for sections in self._by_entity.values():
            yield from sections

    def _facts(self, sections: list[Section]) -> list[Fact]:
        """What all places say of one entity, in order of precedence, its names included."""
        stated: list[Fact] = []
        for section in sections:
            for claim in (*section.claims, *section.inherited):
                if claim.key.casefold() != "notation":
                    self._collect(self._claims.read(section, claim), stated)
        for section in sections:
            if section.unpublished is not None:
                values = {"entity": section.id}
                self._findings.append(
                    Finding(rules.TEXT_NOT_PUBLISHED, section.unpublished, values)
                )
            if section.text is not None and section.kind is not Actor:
                section.text = self._public_text(section, section.text)
                text = "\n\n".join(tidy(part) for part in section.text.text.split("\n\n"))
                stated.append(Fact("definition", text, Kind.TEXT, section.text.span(), "en"))
        stated.extend(naming_facts(sections, stated))
        facts, findings = merge_facts(sections[0].id, stated)
        self._findings.extend(findings)
        for fact in facts:
            if control := _CONTROL.search(fact.value):
                values = {"character": f"U+{ord(control[0]):04X}"}
                self._findings.append(Finding(rules.CHARACTER_FORBIDDEN, fact.span, values))
        if sections[0].kind in (Mission, Commitment):
            facts.extend(definition_label(facts))
        return facts

    def _collect(self, found: Iterator[Fact | Finding], facts: list[Fact]) -> None:
        for each in found:
            if isinstance(each, Finding):
                self._findings.append(each)
            else:
                facts.append(each)

    def _public_text(self, section: Section, text: Prose) -> Prose:
        """The definition without the words of links into private notes."""
        private = [
            (start, end)
            for start, end, link in section.text_links
            if self._names.is_private(link, section.note)
        ]
        if not private:
            return text
        self._findings.append(
            Finding(rules.LINK_PRIVATE, Span.of_file(section.note), {"entity": section.id})
        )
        pieces: list[Prose] = []
        done = 0
        for start, end in sorted(private):
            pieces.append(text.slice(done, start))
            done = end
        pieces.append(text.slice(done, len(text.text)))
        return Prose.join(pieces, _REDACTED)

    def _lexicon(self, actors: dict[str, list[Fact]]) -> Lexicon:
        names: list[tuple[str, str]] = []
        for identifier, facts in actors.items():
            labels = [fact.value for fact in facts if fact.term in ("label", "altLabel")]
            known = [
                name for section in self._by_entity[identifier] for name in actor_names(section)
            ]
            names.extend((name.strip(), identifier) for name in (*labels, *known) if name.strip())
        for name, identifier in names:
            self._names.add_actor(name, identifier)
        lexicon = self._memory.recall("lexicon", tuple(names), lambda: Lexicon.of(names))
        for name, owners in lexicon.ambiguous.items():
            section = self._by_entity[owners[-1]][0]
            values = {"name": name, "actors": ", ".join(owners)}
            self._findings.append(Finding(role_rules.NAME_AMBIGUOUS, section.place, values))
        return lexicon

    def _children(self) -> dict[str, list[Fact]]:
        """For each entity, the parents that name or embed it as their child."""
        parents: defaultdict[str, list[Fact]] = defaultdict(list)
        for section in self._every_section():
            for link in (*section.embeds, *self._claims.children(section.claims)):
                child = self._names.entity(link, section.note)
                if link.embed and self._is_itself(section, link, child):
                    self._findings.append(Finding(EMBED_OF_ITSELF, link.span))
                elif child is not None and _level(child) == _level(section.id) + 1:
                    parents[child].append(Fact("hasParent", section.id, Kind.ENTITY, link.span))
        return parents

    def _is_itself(self, section: Section, link: Link, child: str | None) -> bool:
        """Whether a section embeds its own entity from another note; a note is told of by `vault`."""
        return child == section.id and self._names.path(link, section.note) != section.note

    def _entity(
        self, identifier: str, facts: list[Fact], embedding: list[Fact], roles: RoleReader
    ) -> Entity:
        sections = self._by_entity[identifier]
        kind = sections[0].kind
        if kind in (Mission, Commitment):
            facts = self._with_parent(identifier, facts, embedding, sections[0])
        if kind is Commitment:
            facts, findings = roles.read(identifier, facts, sections)
            self._findings.extend(findings)
        places = sorted((section.place for section in sections), key=lambda s: (s.file, s.start))
        return kind(identifier, tuple(facts), tuple(places))

    def _with_parent(
        self, identifier: str, facts: list[Fact], embedding: list[Fact], section: Section
    ) -> list[Fact]:
        """The facts with one parent: the one given, else the one that embeds, else the notation's."""
        given = next((fact for fact in facts if fact.term == "hasParent"), None)
        chosen = given or next(iter(embedding), None)
        if chosen is not None:
            for other in embedding:
                if other.value != chosen.value:
                    self._findings.append(disagreement(identifier, "hasParent", chosen, other))
        else:
            parent = implied_parent(identifier) or self._only_strategy()
            if section.own and parent == implied_parent(identifier):
                self._findings.extend(unsaid_parent(section, parent, self._names, self._mending))
            span = section.name.span() if section.name else section.place
            if parent is not None:
                words = section.name.text if section.name else section.key
                chosen = Fact(
                    "hasParent", parent, Kind.ENTITY, span, basis=Basis.DERIVED, words=words
                )
        rest = [fact for fact in facts if fact.term != "hasParent"]
        return [*rest, chosen] if chosen else rest

    def _only_strategy(self) -> str | None:
        strategies = [key for key in self._by_entity if key.startswith("strategy/")]
        return strategies[0] if len(strategies) == 1 else None


def _is_actor(identifier: str) -> bool:
    return identifier.startswith("actor/")


def _level(identifier: str) -> int:
    """How deep in the tree: a strategy 0, a mission 1, an area 2, a commitment 3; an actor none."""
    kind, _, key = identifier.partition("/")
    if kind == "mission":
        return 1 + key.count(".")
    return {"strategy": 0, "commitment": 3}.get(kind, -9)
