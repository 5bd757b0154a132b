"""What a note as a whole is about, if it is about an entity of the strategy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ds2026kg.findings import Finding, Span
from ds2026kg.strategy import rules
from ds2026kg.strategy.model import Actor, Commitment, Entity, Mission, Strategy
from ds2026kg.strategy.section import Section
from ds2026kg.strategy.titles import Title, TitleReader, kind_of, normal_notation
from ds2026kg.vault import Heading, Link, Mark, Note, Prose, Scalar

KINDS: dict[str, type[Entity]] = {
    kind.kind: kind for kind in (Strategy, Mission, Commitment, Actor)
}
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
# Keys that only a note about a mission or a commitment has.
_TELLING_KEYS = ("up", "ledBy", "dept_lead", "hasParent", "definition")


class _Name(NamedTuple):
    """A place that gives a notation; `prose` and `title` are set where it is a whole title."""

    notation: str
    span: Span
    prose: Prose | None = None
    title: Title | None = None

    @property
    def is_bare(self) -> bool:
        """Whether nothing follows the notation."""
        return self.prose is None or (
            self.title is not None and self.title.rest_start >= len(self.prose.text)
        )


class OwnerReader:
    """Tells what each note is about; `tags` and `actor_tags` are the settings'."""

    def __init__(
        self, titles: TitleReader, tags: tuple[str, ...], actor_tags: tuple[str, ...]
    ) -> None:
        self._titles = titles
        self._tags = frozenset(tag.casefold() for tag in tags)
        self._actor_tags = frozenset(tag.casefold() for tag in actor_tags)
        self._tag_list = ", ".join(tags)

    def read(self, note: Note) -> Iterator[Section | Finding]:
        """The section for the entity that `note` is about, and what is wrong with its names."""
        tags = {tag.name.casefold() for tag in note.tags}
        kind_name = _scalar(note, "type")
        kind = KINDS.get(kind_name.text.strip().casefold()) if kind_name else None
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
        names = list(self._names(note))
        if not names:
            if kind is not None and kind_name is not None:
                yield Finding(rules.ID_MISSING, kind_name.span, {"kind": kind.kind})
            return
        notation = normal_notation(names[0].notation)
        given = any(name.prose is None for name in names)
        bare = all(name.is_bare for name in names)
        if not (given or tagged or kind or bare or self._has_strategy_parts(note)):
            if notation:
                values = {"entity": _identifier(notation), "tags": self._tag_list}
                yield Finding(rules.NOTE_PASSED_OVER, Span.of_file(note.path), values)
            return
        if notation is None:
            values = {"notation": names[0].notation}
            yield Finding(rules.NOTATION_INVALID, names[0].span, values)
            return
        yield from _disagreements(names, notation)
        if kind_name is not None and kind is not kind_of(notation):
            yield Finding(rules.TYPE_UNKNOWN, kind_name.span, {"type": kind_name.text})
        section = Section(
            _identifier(notation), kind_of(notation), note.path, _place(note), own=True
        )
        fullest = max(names, key=_rest)
        if fullest.prose is not None and fullest.title is not None:
            section.set_name(fullest.prose, fullest.title)
            section.name_links = _name_links(note)
        yield section

    def _names(self, note: Note) -> Iterator[_Name]:
        """Where the note gives a notation: `notation`, `id`, first heading, `title`, file name."""
        for key in ("notation", "id"):
            scalar = _scalar(note, key)
            if scalar is not None:
                yield _Name(scalar.text.strip().rpartition("/")[2], scalar.span)
        first = next((part for part in note.body if isinstance(part, Heading)), None)
        proses = [first.prose] if first and first.level == 1 and not first.links else []
        title = _scalar(note, "title")
        if title is not None:
            proses.append(_scalar_prose(title))
        proses.append(Prose(note.name, (), note.path))
        for prose in proses:
            read = self._titles.read(prose.text)
            if read is not None:
                yield _Name(read.notation, prose.span(), prose, read)

    def _has_strategy_parts(self, note: Note) -> bool:
        """Whether a note with a fitting name also holds what only a strategy note holds."""
        if any(note.get(key) for key in _TELLING_KEYS):
            return True
        links = (part.link for part in note.body if isinstance(part, Heading))
        return any(link and self._titles.read(link.note_name) for link in links)


def _disagreements(names: list[_Name], notation: str) -> Iterator[Finding]:
    for other in names[1:]:
        if normal_notation(other.notation) != notation:
            values = {"first": notation, "second": other.notation}
            yield Finding(rules.NOTATION_DISAGREES, other.span, values, (names[0].span,))


def _rest(name: _Name) -> int:
    """How much follows the notation in a title; -1 if it is no title."""
    if name.prose is None or name.title is None:
        return -1
    return len(name.prose.text) - name.title.rest_start


def _identifier(notation: str) -> str:
    return f"{kind_of(notation).kind}/{notation}"


def _place(note: Note) -> Span:
    """Where a note begins to speak: its first heading."""
    heading = next((part.span for part in note.body if isinstance(part, Heading)), None)
    return heading or Span.of_file(note.path)


def _coded(
    note: Note, kind: type[Entity], given: Scalar | None, code: Scalar | None
) -> Iterator[Section | Finding]:
    """The section of an actor or a strategy, whose identifier is a code."""
    scalar = given or code
    span = _place(note)
    if scalar is None or not scalar.text.strip():
        yield Finding(rules.ID_MISSING, span, {"kind": kind.kind})
        return
    key = scalar.text.strip().rpartition(f"{kind.kind}/")[2]
    key = key if scalar is given else key.casefold()
    if not _KEY.fullmatch(key):
        example = "ds2026" if kind is Strategy else "tbs"
        values = {"id": key, "kind": kind.kind, "example": example}
        yield Finding(rules.ID_INVALID, scalar.span, values)
        return
    section = Section(f"{kind.kind}/{key}", kind, note.path, span, own=True)
    section.title = _title(note)
    section.name_links = _name_links(note)
    yield section


def _name_links(note: Note) -> tuple[Link, ...]:
    """The links in what a note may be called: its `title` and its first heading."""
    title = _scalar(note, "title")
    heading = next((part for part in note.body if isinstance(part, Heading)), None)
    return (*(title.links if title else ()), *(heading.links if heading else ()))


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
    """The first scalar of a property, or None if it has no value."""
    entry = note.get(key)
    return (
        next((scalar for scalar in entry.scalars() if not scalar.is_null), None) if entry else None
    )


def _scalar_prose(scalar: Scalar) -> Prose:
    span = scalar.span
    quote = 0 if scalar.plain else 1
    mark = (0, span.start + quote, span.line, span.column + quote)
    return Prose(scalar.text, (Mark(*mark),), span.file)
