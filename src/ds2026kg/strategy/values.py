"""What a note keeper wrote for one key, into the facts it states."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ds2026kg.findings import Edit, Finding, Text
from ds2026kg.strategy import role_rules, rules
from ds2026kg.strategy.forms import plain_concept, plain_date, same_but_for_marks
from ds2026kg.strategy.model import Fact, Field, Kind, Schema
from ds2026kg.strategy.parents import implied_parent
from ds2026kg.strategy.section import Claim, Item, Section
from ds2026kg.vault import Link, Mending
from ds2026kg.vault.link_rules import LINK_BROKEN

DEFAULT_LANGUAGE = "en"
# Keys of Obsidian, of its common plugins and of ds2026kg that say something of the note, not of
# the entity. `id`, `type`, `title` and the tags are read by `sections`.
NOTE_KEYS = frozenset(
    "alias aliases cssclass cssclasses draft ds2026kg-ignore ds2026kg-ignore-reason id permalink "
    "publish share tag tags title type".split()
)
_DATE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[,;]\s*")

EXPECTED = {
    "hasParent": Text("mission or strategy", "une mission ou une stratégie"),
    "ledBy": Text("actor", "un acteur"),
    "supportedBy": Text("actor", "un acteur"),
}
# The kinds of entity that an object property may point at.
RANGES = {
    "hasParent": ("strategy", "mission"),
    "ledBy": ("actor",),
    "supportedBy": ("actor",),
}


class Resolver(Protocol):
    """Says what a link or a name stands for."""

    def entity(self, link: Link, note: str) -> str | None:
        """The local identifier of the entity that `link` in `note` leads to, or None."""

    def exists(self, link: Link, note: str) -> bool:
        """Whether `link` in `note` leads to any note or file at all."""

    def actor(self, name: str) -> str | None:
        """The local identifier of the actor called `name`, or None."""


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """Turns claims into facts; one for a whole vault."""

    schema: Schema
    resolver: Resolver
    actor_tag: str
    mending: Mending

    def read(self, section: Section, claim: Claim) -> Iterator[Fact | Finding]:
        """The facts that `claim` states of the section's entity, and what is wrong with it."""
        key = claim.key.casefold()
        field = self.schema.fields.get(key)
        if field is None:
            if key not in NOTE_KEYS:
                yield self._unknown_key(section, claim)
        elif claim.nested:
            yield Finding(rules.VALUE_NESTED, claim.span, {"key": claim.key})
        elif field.inverse:
            return  # it says something of the children: see `children`
        elif field.kind is Kind.ENTITY:
            yield from self._entities(section, claim, field)
        else:
            for item in claim.items:
                found = self._literal(item, field)
                if found is not None:
                    yield found

    def children(self, claims: Iterable[Claim]) -> Iterator[Link]:
        """The links to children that keys such as `down` give."""
        for claim in claims:
            field = self.schema.fields.get(claim.key.casefold())
            if field is not None and field.inverse:
                for item in claim.items:
                    yield from item.links

    def _unknown_key(self, section: Section, claim: Claim) -> Finding:
        near = difflib.get_close_matches(claim.key.casefold(), self.schema.fields, 1, 0.75)
        hint = (
            Text(f" (did you mean “{near[0]}”?)", f" (vouliez-vous dire «\u00a0{near[0]}\u00a0»?)")
            if near
            else Text("", "")
        )
        values = {"key": claim.key, "near": hint}
        same = same_but_for_marks(claim.key, (each.key for each in self.schema.fields.values()))
        given = {each.key.casefold() for each in section.claims}
        edits: tuple[Edit, ...] = ()
        if len(same) == 1 and same[0].casefold() not in given:
            edits = self.mending.words(claim.span, claim.key, same[0])
        return Finding(rules.KEY_UNKNOWN, claim.span, values, edits=edits)

    def _literal(self, item: Item, field: Field) -> Fact | Finding | None:
        text = tidy(item.text)
        if not text:
            return None
        language = (field.language or DEFAULT_LANGUAGE) if field.kind is Kind.TEXT else None
        value: str | None = text
        meant: str | None = None
        rule = rules.DATE_INVALID
        values: dict[str, object] = {"value": text}
        if field.kind is Kind.DATE:
            value, meant = _iso_date(text), plain_date(text)
        elif field.kind is Kind.IRI:
            value, rule = _web_address(item), rules.IRI_INVALID
        elif field.kind is Kind.CONCEPT:
            concepts = self.schema.concepts.get(field.scheme or "", {})
            value, rule = concepts.get(text.casefold()), rules.CONCEPT_UNKNOWN
            meant = plain_concept(text, concepts) if value is None else None
            values |= {"scheme": field.scheme, "known": ", ".join(sorted(concepts))}
        if value is None:
            edits = self.mending.words(item.span, item.text, meant) if meant else ()
            return Finding(rule, item.span, values, edits=edits)
        return Fact(field.term, value, field.kind, item.span, language)

    def _entities(self, section: Section, claim: Claim, field: Field) -> Iterator[Fact | Finding]:
        """The entities that a claim names, by links or, for actors, by their names."""
        wanted = RANGES[field.term]
        facts: list[Fact] = []
        broken: list[Finding] = []
        for item in claim.items:
            for text, target, found in self._named(section, item, wanted):
                if target is not None and target.partition("/")[0] in wanted:
                    facts.append(Fact(field.term, target, Kind.ENTITY, item.span))
                elif field.term != "hasParent" or not found:
                    broken.append(self._broken(section, field, item, text))
        if field.term == "hasParent" and facts:
            # `up` may also point at pillars and other pages: one parent among them is enough.
            facts = facts[:1] if len(facts) == 1 else [_nearest(section, facts)]
            broken = [Finding(LINK_BROKEN, finding.span, finding.values) for finding in broken]
        yield from facts
        yield from broken

    def _named(
        self, section: Section, item: Item, wanted: tuple[str, ...]
    ) -> Iterator[tuple[str, str | None, bool]]:
        """What an item names: its words, the entity if there is one, whether anything is there."""
        if item.links:
            for link in item.links:
                entity = self.resolver.entity(link, section.note)
                yield link.target, entity, self.resolver.exists(link, section.note)
        elif "actor" in wanted:
            whole = self.resolver.actor(item.text)
            names = [item.text] if whole else _SEPARATORS.split(item.text)
            for name in filter(None, map(str.strip, names)):
                yield name, self.resolver.actor(name), False
        elif item.text.strip():
            link = Link(item.text.strip(), None, item.text, False, False, item.span)
            entity = self.resolver.entity(link, section.note)
            yield link.target, entity, self.resolver.exists(link, section.note)

    def _broken(self, section: Section, field: Field, item: Item, text: str) -> Finding:
        if field.term in ("ledBy", "supportedBy"):
            rule = (
                role_rules.ACTOR_UNKNOWN if field.term == "ledBy" else role_rules.SUPPORTER_UNKNOWN
            )
            named = {"name": text, "entity": section.id, "tag": self.actor_tag}
            return Finding(rule, item.span, named)
        values: dict[str, object] = {
            "target": text,
            "term": field.key,
            "entity": section.id,
            "expected": EXPECTED[field.term],
        }
        return Finding(rules.REFERENCE_BROKEN, item.span, values)


def _nearest(section: Section, facts: list[Fact]) -> Fact:
    """Of several parents, the one that the notation of the section's entity implies, or the first."""
    implied = implied_parent(section.id)
    return next((fact for fact in facts if fact.value == implied), facts[0])


def tidy(text: str) -> str:
    """Text as it is published: NFC, line ends and runs of plain spaces as one space.

    No-break spaces stay: French typography needs them.

    >>> tidy(" a  b\\tc ")
    'a b c'
    """
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)).strip()


def _iso_date(text: str) -> str | None:
    """The date part of an ISO 8601 date or date-time, or None if there is no such day."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date.fromisoformat(match[1]).isoformat()
    except ValueError:
        return None


def _web_address(item: Item) -> str | None:
    external = [link.target for link in item.links if link.external]
    text = external[0] if len(external) == 1 else item.text.strip().strip("<>")
    return text if _WEB_ADDRESS.fullmatch(text) else None
