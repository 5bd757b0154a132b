"""A section: one place in a note that describes one entity, as data still unresolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ds2026kg.findings import Span
from ds2026kg.strategy.model import Entity
from ds2026kg.strategy.titles import Title
from ds2026kg.vault import Link, Prose


class Item(NamedTuple):
    """One value of a claim, as written."""

    text: str
    links: Sequence[Link]
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """What a frontmatter key or an inline field says of the section's entity."""

    key: str
    items: tuple[Item, ...]
    span: Span
    nested: bool = False


@dataclass(slots=True)
class Section:
    """One place that describes one entity.

    `own` is true where the note itself is about the entity, rather than a heading in it. `title` is
    what follows the notation in the heading ("Enabling data-driven services"), `name` the
    words before it ("Mission 3"), `text` the paragraphs of the definition. `opener` is the link of
    the heading that opens the section, and `name_links` are the links in what it is called.
    """

    id: str
    kind: type[Entity]
    note: str
    place: Span
    own: bool
    target: str = ""
    name: Prose | None = None
    title: Prose | None = None
    text: Prose | None = None
    claims: list[Claim] = field(default_factory=list)
    inherited: list[Claim] = field(default_factory=list)
    embeds: list[Link] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    text_links: list[tuple[int, int, Link]] = field(default_factory=list)
    unpublished: Span | None = None
    opener: Link | None = None
    name_links: Sequence[Link] = ()

    @property
    def key(self) -> str:
        """The part of the identifier after the kind."""
        return self.id.partition("/")[2]

    def set_name(self, prose: Prose, title: Title) -> None:
        """Take name and title from what the place is called."""
        self.name = prose.slice(0, title.name_end).strip()
        if title.rest_start < len(prose.text):
            self.title = prose.slice(title.rest_start, len(prose.text)).strip()
