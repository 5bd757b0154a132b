"""The parent that a notation proves, and what is to be said of it where nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

from ds2026kg.findings import Finding
from ds2026kg.strategy import rules
from ds2026kg.strategy.names import Names
from ds2026kg.strategy.section import Claim, Section
from ds2026kg.vault import Mending

_KEY = "up"


def implied_parent(identifier: str) -> str | None:
    """The parent that a notation implies: 3.1a is under 3.1, which is under 3.

    >>> implied_parent("commitment/3.1a"), implied_parent("mission/3.1"), implied_parent("mission/3")
    ('mission/3.1', 'mission/3', None)
    """
    notation = identifier.partition("/")[2]
    if notation[-1:].isalpha():
        return f"mission/{notation[:-1]}"
    parent = notation.rpartition(".")[0]
    return f"mission/{parent}" if parent else None


def unsaid_parent(
    section: Section, parent: str | None, names: Names, mending: Mending
) -> Iterator[Finding]:
    """The finding that a note of its own does not name its parent, which has one too.

    There is none where the parent has no note to link to, or its name leads elsewhere from here.
    """
    target = names.link_to(parent, section.note) if parent is not None else None
    if target is None or any(claim.key.casefold() == _KEY for claim in _given(section)):
        return
    link = f"[[{target}]]"
    span = section.name.span() if section.name else section.place
    values = {"parent": parent, "entity": section.id, "link": link}
    edits = mending.property(section.note, _KEY, link)
    yield Finding(rules.PARENT_UNSAID, span, values, edits=edits)


def _given(section: Section) -> Iterator[Claim]:
    """The claims that have a value."""
    return (claim for claim in section.claims if claim.items)
