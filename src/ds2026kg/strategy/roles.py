"""Who leads and who supports each commitment: as given, or else as its sentence says."""

from __future__ import annotations

from ds2026kg.findings import Finding, Language, Rule
from ds2026kg.memory import FORGETFUL, Memory
from ds2026kg.strategy import role_rules as rules
from ds2026kg.strategy.model import Basis, Fact, Kind
from ds2026kg.strategy.names import Names
from ds2026kg.strategy.section import Section
from ds2026kg.strategy.sentence import Lexicon, Mention, Roles, read_roles
from ds2026kg.vault import Mark, Prose


class RoleReader:
    """Reads the roles in commitments with the names of all actors."""

    def __init__(
        self, lexicon: Lexicon, names: Names, actor_tag: str, memory: Memory = FORGETFUL
    ) -> None:
        self._memory = memory
        self._lexicon = lexicon
        self._names = names
        self._actor_tag = actor_tag

    def read(
        self, identifier: str, facts: list[Fact], sections: list[Section]
    ) -> tuple[list[Fact], list[Finding]]:
        """The facts with leads and supporters complete, and what is wrong with them."""
        sentence = _sentence(facts, sections)
        if sentence is None:
            return facts, []
        prose, language = sentence
        links = self._links_to_actors(sections, prose)
        text, lexicon = prose.text, self._lexicon
        roles = self._memory.recall(
            ("roles", identifier),
            (text, lexicon, language, *links),
            lambda: read_roles(text, lexicon, language=language, links=links),
        )
        given = [fact for fact in facts if fact.term == "ledBy"]
        derived: list[Fact] = []
        if given:
            findings = self._compare(identifier, given, roles, prose)
        else:
            derived = [_derived("ledBy", mention, prose) for mention in roles.leads]
            findings = [
                *self._unknown(rules.ACTOR_UNKNOWN, roles.unknown_leads, identifier, prose),
                *(
                    Finding(
                        rules.SUBJECT_UNREAD,
                        prose.span(mention.start, mention.end),
                        {"words": prose.text[mention.start : mention.end], "entity": identifier},
                    )
                    for mention in roles.unread
                ),
            ]
        leading = {fact.value for fact in (*given, *derived)}
        if not any(fact.term == "supportedBy" for fact in facts):
            derived += [
                _derived("supportedBy", mention, prose)
                for mention in roles.supports
                if mention.actor not in leading
            ]
            findings += self._unknown(
                rules.SUPPORTER_UNKNOWN, roles.unknown_supports, identifier, prose
            )
        return [*facts, *derived], findings

    def _links_to_actors(self, sections: list[Section], prose: Prose) -> list[tuple[int, int, str]]:
        """The stretches of the sentence that are links to actors' notes."""
        return [
            (start, end, actor)
            for section in sections
            if section.text is prose
            for start, end, link in section.text_links
            if (actor := self._names.entity(link, section.note) or "").startswith("actor/")
        ]

    def _compare(
        self, identifier: str, given: list[Fact], roles: Roles, prose: Prose
    ) -> list[Finding]:
        """A finding if the sentence names other leads than the properties do."""
        parsed = [mention.actor for mention in roles.leads]
        if not parsed or {fact.value for fact in given} == set(parsed):
            return []
        values = {
            "entity": identifier,
            "given": ", ".join(fact.value for fact in given),
            "parsed": ", ".join(str(actor) for actor in parsed),
        }
        first, last = roles.leads[0], roles.leads[-1]
        related = (prose.span(first.start, last.end),)
        return [Finding(rules.LEADS_DISAGREE, given[0].span, values, related)]

    def _unknown(
        self, rule: Rule, mentions: tuple[Mention, ...], identifier: str, prose: Prose
    ) -> list[Finding]:
        return [
            Finding(
                rule,
                prose.span(mention.start, mention.end),
                {
                    "name": prose.text[mention.start : mention.end],
                    "entity": identifier,
                    "tag": self._actor_tag,
                },
            )
            for mention in mentions
        ]


def _sentence(facts: list[Fact], sections: list[Section]) -> tuple[Prose, Language] | None:
    """The words to read roles from: the text of a note, else the definition in its properties."""
    for section in sections:
        if section.text is not None:
            return section.text, "en"
    languages: tuple[Language, ...] = ("en", "fr")
    for language in languages:
        for fact in facts:
            if fact.term == "definition" and fact.language == language:
                span = fact.span
                mark = Mark(0, span.start, span.line, span.column)
                return Prose(fact.value, (mark,), span.file), language
    return None


def _derived(term: str, mention: Mention, prose: Prose) -> Fact:
    """The fact that a sentence says a role of an actor, with its words."""
    span = prose.span(mention.start, mention.end)
    return Fact(term, mention.actor or "", Kind.ENTITY, span, None, Basis.DERIVED, mention.phrase)
