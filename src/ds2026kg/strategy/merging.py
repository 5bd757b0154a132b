"""What several places say of one entity, brought together; where they disagree, a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ds2026kg.findings import Finding
from ds2026kg.strategy import rules
from ds2026kg.strategy.model import Actor, Basis, Fact, Kind, Strategy
from ds2026kg.strategy.names import title_parts
from ds2026kg.strategy.section import Section
from ds2026kg.strategy.values import tidy
from ds2026kg.vault import Prose

# Terms of which an entity has one value (of each language); the rest may have several.
_SINGLE = frozenset(
    "label definition title_official status priority hasParent classification gc_orgid".split()
)
_DATES = frozenset({"created", "modified"})
_SHOWN = 60


def merge_facts(identifier: str, facts: Iterable[Fact]) -> tuple[list[Fact], list[Finding]]:
    """The facts without repetition, the first of each that can have one value only.

    Facts come in order of precedence. Of several record dates the earliest `created` and the
    latest `modified` are kept: they say when the notes began and last changed.
    """
    kept: dict[tuple[str, ...], Fact] = {}
    findings = []
    for fact in facts:
        single = fact.term in _SINGLE
        key = _identity(fact)
        first = kept.setdefault(key, fact)
        if first is fact:
            continue
        if fact.term == "created":
            kept[key] = min(first, fact, key=lambda dated: dated.value)
        elif fact.term == "modified":
            kept[key] = max(first, fact, key=lambda dated: dated.value)
        elif single and _comparable(first.value) != _comparable(fact.value):
            findings.append(disagreement(identifier, fact.term, first, fact))
    return list(kept.values()), findings


def _identity(fact: Fact) -> tuple[str, ...]:
    """What two facts must share to be one: of some terms the value too."""
    if fact.term in _DATES:
        return (fact.term,)
    stated = (fact.term, fact.language or "")
    return stated if fact.term in _SINGLE else (*stated, fact.value)


def disagreement(identifier: str, term: str, first: Fact, second: Fact) -> Finding:
    """The finding that two places give different values; it stands at the second."""
    values = {
        "term": term,
        "entity": identifier,
        "first": _shortened(first.value),
        "second": _shortened(second.value),
    }
    return Finding(rules.PLACES_DISAGREE, second.span, values, (first.span,))


def naming_facts(sections: list[Section], known: list[Fact]) -> Iterator[Fact]:
    """Notation, labels and other names that come from titles; `known` facts are not overruled."""
    first = sections[0]
    if first.kind is not Actor:
        yield Fact("notation", first.key, Kind.STRING, _name_prose(first).span())
    named = {fact.language for fact in known if fact.term == "label"}
    for section in sections:
        if first.kind is Actor:
            yield from _actor_names(section, known)
        elif first.kind is Strategy:
            if section.title is not None and "en" not in named:
                yield _text_fact("label", section.title)
        else:
            if section.name is not None:
                yield _text_fact("altLabel", section.name)
            if section.title is not None and "en" not in named:
                yield _text_fact("label", section.title)


def definition_label(facts: list[Fact]) -> Iterator[Fact]:
    """The labels that an entity without a name of its own takes from its definition.

    The strategy gives its areas and commitments no other name than their text.
    """
    named = {fact.language for fact in facts if fact.term == "label"}
    if "en" in named:
        return
    for fact in facts:
        if fact.term == "definition" and fact.language not in named:
            text = fact.value.partition("\n\n")[0]
            yield Fact("label", text, Kind.TEXT, fact.span, fact.language, Basis.DERIVED, text)


def _actor_names(section: Section, known: list[Fact]) -> Iterator[Fact]:
    parts = title_parts(section)
    given = {(fact.term, fact.language) for fact in known}
    if section.title is None:
        return
    if not parts:
        if ("label", "en") not in given:
            yield _text_fact("label", section.title)
        return
    named = zip(
        ("label", "label", "altLabel", "altLabel"), ("en", "fr", "en", "fr"), parts, strict=True
    )
    for term, language, text in named:
        if (term, language) not in given:
            yield Fact(term, tidy(text), Kind.TEXT, section.title.span(), language)


def _text_fact(term: str, prose: Prose) -> Fact:
    return Fact(term, tidy(prose.text), Kind.TEXT, prose.span(), "en")


def _name_prose(section: Section) -> Prose:
    return section.name or Prose("", (), section.note)


def _comparable(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
