"""One note into its sections: each place in it that describes one entity.

A note may be about one entity, gather several under headings that are links, or both. A section
holds what that place says, still unresolved: links are links, and keys are as written.
"""

from __future__ import annotations

from collections.abc import Iterator

from ds2026kg.findings import Finding
from ds2026kg.strategy.ownership import OwnerReader
from ds2026kg.strategy.section import Claim, Item, Section
from ds2026kg.strategy.titles import TitleReader, kind_of, normal_notation
from ds2026kg.vault import Heading, Line, Link, Mapping, Note, Property, Prose, normal_name

_NOTE_DATES = frozenset({"created", "modified"})


class SectionReader:
    """Reads the sections of a note; `title_words`, `tags` and `actor_tags` are the settings'."""

    def __init__(
        self, title_words: tuple[str, ...], tags: tuple[str, ...], actor_tags: tuple[str, ...]
    ) -> None:
        self._titles = TitleReader(title_words)
        self._owners = OwnerReader(self._titles, tags, actor_tags)
        self.actor_tags = actor_tags

    def read(self, note: Note) -> Iterator[Section | Finding]:
        """The sections of `note` in file order, and what is wrong with how they are told apart."""
        own: Section | None = None
        for found in self._owners.read(note):
            if isinstance(found, Section):
                own = found
            else:
                yield found
        sections = [own] if own else []
        sections.extend(self._fill(note, own))
        if own is not None:
            own.claims[:0] = [_claim(entry) for entry in note.properties]
        dates = [claim for claim in map(_claim, note.properties) if claim.key in _NOTE_DATES]
        for section in sections:
            if section is not own:
                section.inherited = dates
        yield from sections

    def _fill(self, note: Note, own: Section | None) -> Iterator[Section]:
        """Give each part of the body to its section; yields the sections that headings open."""
        current = own
        lines: list[Line] = []
        headings = 0
        reading = True
        for part in note.body:
            if isinstance(part, Line):
                if current is not None:
                    _take(current, part, lines, reading)
                continue
            headings += 1
            if part.link is None:
                reading = reading and current is own and headings == 1
                continue
            _finish(current, lines)
            current = self._opened(note, part, part.link)
            lines, reading = [], True
            if current is not None:
                yield current
        _finish(current, lines)

    def _opened(self, note: Note, heading: Heading, link: Link) -> Section | None:
        """The section that a heading opens, if the note it links to is named like an entity."""
        title = self._titles.read(link.note_name) or self._titles.read(heading.prose.text)
        if title is None or normal_notation(title.notation) is None:
            return None
        kind = kind_of(title.notation)
        section = Section(
            f"{kind.kind}/{title.notation}",
            kind,
            note.path,
            heading.span,
            own=False,
            target=normal_name(link.note_name),
        )
        section.links.append(link)
        section.opener = link
        section.name_links = heading.links
        called = self._titles.read(heading.prose.text)
        if called and called.notation == title.notation:
            section.set_name(heading.prose, called)
        return section


def _take(section: Section, line: Line, lines: list[Line], reading: bool) -> None:
    """What one line says of the section's entity."""
    section.links.extend(line.links)
    for field in line.fields:
        item = Item(field.value.text, field.links, field.value.span())
        section.claims.append(Claim(field.key, (item,), field.span))
    if line.field is not None:
        return
    section.embeds.extend(link for link in line.links if link.embed)
    if not line.prose.text.strip() or _is_breadcrumb(line):
        return
    if reading and not line.nested:
        lines.append(line)
    elif section.unpublished is None:
        section.unpublished = line.prose.strip().span()


def _is_breadcrumb(line: Line) -> bool:
    """Whether a line only leads elsewhere: links, and no letter or digit outside their labels."""
    rest = list(line.prose.text)
    followed = [link for link in line.links if not link.embed]
    for link in followed:
        rest[link.offset : link.offset + len(link.label)] = " " * len(link.label)
    return bool(followed) and not any(character.isalnum() for character in rest)


def _finish(section: Section | None, lines: list[Line]) -> None:
    """Set the section's definition from its lines."""
    if section is None or not lines:
        return
    paragraphs: list[list[Line]] = []
    for line in lines:
        if not paragraphs or paragraphs[-1][0].paragraph != line.paragraph:
            paragraphs.append([])
        paragraphs[-1].append(line)
    offset = 0
    blocks = []
    for paragraph in paragraphs:
        parts = []
        for line in paragraph:
            prose = line.prose.strip()
            lead = len(line.prose.text) - len(line.prose.text.lstrip())
            for link in line.links:
                if not link.embed:
                    start = offset + link.offset - lead
                    section.text_links.append((start, start + len(link.label), link))
            parts.append(prose)
            offset += len(prose.text) + 1
        blocks.append(Prose.join(parts, " "))
        offset += 1  # paragraphs are two characters apart, lines one
    section.text = Prose.join(blocks, "\n\n")


def _claim(entry: Property) -> Claim:
    """A property as a claim; a null value has no items."""
    items = tuple(
        Item(scalar.shown or scalar.text, scalar.links, scalar.span)
        for scalar in entry.scalars()
        if not scalar.is_null
    )
    return Claim(entry.key, items, entry.span, isinstance(entry.value, Mapping))
