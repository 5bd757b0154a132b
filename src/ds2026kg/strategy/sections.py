"""One note into its sections: each place in it that describes one entity.

A note may be about one entity, gather several under headings that are links, or both. A section
holds what that place says, still unresolved: links are links, and keys are as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ds2026kg.findings import Finding, Span
from ds2026kg.strategy import rules
from ds2026kg.strategy.model import Actor, Commitment, Entity, Mission, Strategy
from ds2026kg.vault import (
    Heading,
    Line,
    Link,
    Mapping,
    Mark,
    Note,
    Property,
    Prose,
    Scalar,
    normal_name,
)

KINDS: dict[str, type[Entity]] = {
    kind.kind: kind for kind in (Strategy, Mission, Commitment, Actor)
}
_NOTATION = re.compile(r"(\d+)(?:\.(\d+)(?:\.?([a-z]))?)?")
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")


class Item(NamedTuple):
    """One value of a claim, as written."""

    text: str
    links: tuple[Link, ...]
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
    words before it ("Mission 3"), `text` the paragraphs of the definition.
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

    @property
    def key(self) -> str:
        """The part of the identifier after the kind."""
        return self.id.partition("/")[2]


class Title(NamedTuple):
    """A title such as "Mission 3 Enabling data-driven services", taken apart."""

    notation: str
    name_end: int
    rest_start: int


def normal_notation(text: str) -> str | None:
    """The notation in its one form, or None: the tracker's "3.1.a" is our "3.1a".

    >>> normal_notation("3.1.A"), normal_notation("3"), normal_notation("3.1.2")
    ('3.1a', '3', None)
    """
    match = _NOTATION.fullmatch(text.strip().casefold())
    if match is None:
        return None
    mission, area, letter = match.groups()
    return mission + (f".{area}" if area else "") + (letter or "")


class TitleReader:
    """Recognises the titles of missions and commitments.

    >>> TitleReader(("Mission",)).read("mission 3.1.a").notation
    '3.1a'
    >>> TitleReader(("Mission",)).read("Mission statement") is None
    True
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        alternatives = "|".join(re.escape(word) for word in words)
        self._pattern = re.compile(
            rf"\s*(?:{alternatives})\s+(\d[\w.]*?)\.?(?=[\s:–—-]|$)[\s:–—-]*", re.IGNORECASE
        )

    def read(self, text: str) -> Title | None:
        """The title's parts, or None if it is no such title; a notation may still be malformed."""
        match = self._pattern.match(text)
        if match is None:
            return None
        notation = normal_notation(match[1]) or match[1]
        return Title(notation, match.end(1), match.end())


def kind_of(notation: str) -> type[Entity]:
    """What a notation names: a letter at its end makes a commitment."""
    return Commitment if notation[-1:].isalpha() else Mission


class SectionReader:
    """Reads the sections of a note; `title_words`, `tags` and `actor_tags` are the settings'."""

    def __init__(
        self, title_words: tuple[str, ...], tags: tuple[str, ...], actor_tags: tuple[str, ...]
    ) -> None:
        self._titles = TitleReader(title_words)
        self._tags = frozenset(tag.casefold() for tag in tags)
        self.actor_tags = actor_tags
        self._actor_tags = frozenset(tag.casefold() for tag in actor_tags)
        self._tag_list = ", ".join(tags)

    def read(self, note: Note) -> Iterator[Section | Finding]:
        """The sections of `note` in file order, and what is wrong with how they are told apart."""
        own: Section | None = None
        for found in self._own(note):
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

    def _own(self, note: Note) -> Iterator[Section | Finding]:
        """The section for what the note itself is about, if it is about an entity."""
        tags = {tag.casefold() for tag in note.tags}
        kind_name = _scalar(note, "type")
        kind = KINDS.get(kind_name.text.casefold()) if kind_name else None
        given_id = _scalar(note, "id")
        if given_id and kind is None:
            kind = KINDS.get(given_id.text.strip().partition("/")[0])
        if kind is Actor or (kind is None and tags & self._actor_tags):
            yield from _coded(note, Actor, given_id, _actor_code(note))
        elif kind is Strategy:
            yield from _coded(note, Strategy, given_id, _scalar(note, "notation"))
        else:
            yield from self._numbered(note, bool(tags & self._tags), kind, kind_name)

    def _numbered(
        self, note: Note, tagged: bool, kind: type[Entity] | None, kind_name: Scalar | None
    ) -> Iterator[Section | Finding]:
        """The section of a note about a mission or a commitment."""
        named = list(self._names(note))
        given = [scalar for key in ("notation", "id") if (scalar := _scalar(note, key))]
        notations = [(scalar.text.strip().rpartition("/")[2], scalar.span) for scalar in given] + [
            (title.notation, prose.span()) for prose, title in named
        ]
        if not notations:
            if kind is not None and kind_name is not None:
                yield Finding(rules.ID_MISSING, kind_name.span, {"kind": kind.kind})
            return
        notation = normal_notation(notations[0][0])
        declared = bool(given) or tagged or kind is not None
        exact = bool(named) and all(title.rest_start >= len(p.text) for p, title in named)
        if not (declared or exact or _has_strategy_parts(note, self._titles)):
            if notation:
                entity = f"{kind_of(notation).kind}/{notation}"
                values = {"entity": entity, "tags": self._tag_list}
                yield Finding(rules.NOTE_PASSED_OVER, Span.of_file(note.path), values)
            return
        if notation is None:
            yield Finding(rules.NOTATION_INVALID, notations[0][1], {"notation": notations[0][0]})
            return
        for other, span in notations[1:]:
            if normal_notation(other) != notation:
                values = {"first": notation, "second": other}
                yield Finding(rules.NOTATION_DISAGREES, span, values, (notations[0][1],))
        if kind_name is not None and kind is not kind_of(notation):
            yield Finding(rules.TYPE_UNKNOWN, kind_name.span, {"type": kind_name.text})
        place = next((part.span for part in note.body if isinstance(part, Heading)), None)
        section = Section(
            f"{kind_of(notation).kind}/{notation}",
            kind_of(notation),
            note.path,
            place or Span.of_file(note.path),
            own=True,
        )
        if named:
            prose, title = max(named, key=lambda pair: len(pair[0].text) - pair[1].rest_start)
            _name(section, prose, title)
        yield section

    def _names(self, note: Note) -> Iterator[tuple[Prose, Title]]:
        """What the note is called, where that is a title: heading, `title`, file name."""
        first = next((part for part in note.body if isinstance(part, Heading)), None)
        proses = [first.prose] if first and first.level == 1 and not first.links else []
        title = _scalar(note, "title")
        if title:
            proses.append(_scalar_prose(title))
        proses.append(Prose(note.name, (), note.path))
        for prose in proses:
            read = self._titles.read(prose.text)
            if read:
                yield prose, read

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
        target = link.target.rpartition("/")[2].removesuffix(".md")
        title = self._titles.read(target) or self._titles.read(heading.prose.text)
        if title is None or normal_notation(title.notation) is None:
            return None
        kind = kind_of(title.notation)
        section = Section(
            f"{kind.kind}/{title.notation}",
            kind,
            note.path,
            heading.span,
            own=False,
            target=normal_name(target),
        )
        section.links.append(link)
        called = self._titles.read(heading.prose.text)
        if called and called.notation == title.notation:
            _name(section, heading.prose, called)
        return section


_NOTE_DATES = frozenset({"created", "modified"})


def _name(section: Section, prose: Prose, title: Title) -> None:
    section.name = prose.slice(0, title.name_end).strip()
    if title.rest_start < len(prose.text):
        section.title = prose.slice(title.rest_start, len(prose.text)).strip()


def _take(section: Section, line: Line, lines: list[Line], reading: bool) -> None:
    """What one line says of the section's entity."""
    section.links.extend(line.links)
    if line.field is not None:
        item = Item(line.field.value.text, line.field.links, line.field.value.span())
        section.claims.append(Claim(line.field.key, (item,), line.field.span))
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


def _has_strategy_parts(note: Note, titles: TitleReader) -> bool:
    """Whether a note with a fitting name also holds what only a strategy note holds."""
    if any(note.get(key) for key in ("up", "ledBy", "dept_lead", "hasParent", "definition")):
        return True
    linked = (part.link for part in note.body if isinstance(part, Heading))
    return any(
        link and titles.read(link.target.rpartition("/")[2].removesuffix(".md")) for link in linked
    )


def _coded(
    note: Note, kind: type[Entity], given: Scalar | None, code: Scalar | None
) -> Iterator[Section | Finding]:
    """The section of an actor or a strategy, whose identifier is a code."""
    scalar = given or code
    place = next((part.span for part in note.body if isinstance(part, Heading)), None)
    span = place or Span.of_file(note.path)
    if scalar is None or not scalar.text.strip():
        yield Finding(rules.ID_MISSING, span, {"kind": kind.kind})
        return
    key = scalar.text.strip().removeprefix(f"{kind.kind}/")
    key = key if scalar is given else key.casefold()
    if not _KEY.fullmatch(key):
        example = "ds2026" if kind is Strategy else "tbs"
        values = {"id": key, "kind": kind.kind, "example": example}
        yield Finding(rules.ID_INVALID, scalar.span, values)
        return
    section = Section(f"{kind.kind}/{key}", kind, note.path, span, own=True)
    section.title = _title(note)
    yield section


def _title(note: Note) -> Prose:
    """What a note is called: its `title`, else its first heading, else its file name."""
    title = _scalar(note, "title")
    if title is not None and title.text.strip():
        return _scalar_prose(title).strip()
    heading = next((part for part in note.body if isinstance(part, Heading)), None)
    if heading is not None and heading.prose.text.strip():
        return heading.prose.strip()
    return Prose(note.name, (), note.path)


def _actor_code(note: Note) -> Scalar | None:
    """The code of an actor: its English acronym, in the properties or as third part of its title."""
    acronym = _scalar(note, "acronym_en")
    if acronym is not None:
        return acronym
    title = _scalar(note, "title")
    for text in (title.text if title else "", note.name):
        parts = [part.strip() for part in text.split(" - ")]
        if len(parts) >= 3 and parts[2]:
            return Scalar(parts[2], title.span if title else Span.of_file(note.path), True)
    return None


def _scalar(note: Note, key: str) -> Scalar | None:
    """The first scalar of a property, or None."""
    entry = note.get(key)
    return next(entry.scalars(), None) if entry else None


def _scalar_prose(scalar: Scalar) -> Prose:
    span = scalar.span
    quote = 0 if scalar.plain else 1
    mark = (0, span.start + quote, span.line, span.column + quote)
    return Prose(scalar.text, (Mark(*mark),), span.file)


def _claim(entry: Property) -> Claim:
    """A property as a claim; a null value has no items."""
    items = tuple(
        Item(scalar.text, scalar.links, scalar.span)
        for scalar in entry.scalars()
        if not (scalar.plain and scalar.text.strip() in ("", "~", "null", "Null", "NULL"))
    )
    return Claim(entry.key, items, entry.span, isinstance(entry.value, Mapping))
