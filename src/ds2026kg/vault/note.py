"""What a note is, as data: properties, headings, lines of prose, links and inline fields.

Every part knows its `Span`. The text of the note itself is not kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ds2026kg.findings import Finding, Span


class Mark(NamedTuple):
    """Where one run of a `Prose`'s text stands in its file: text offset -> byte, line, column."""

    offset: int
    byte: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text as a reader sees it, from which every character can be traced to the source.

    Markup is gone: `**TBS** will` is "TBS will". `marks` are in text order; from one mark to the
    next, characters of the text and of the source correspond one to one.
    """

    text: str
    marks: tuple[Mark, ...]
    file: str

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source of `text[start:end]`; offsets count Unicode characters.

        >>> Prose("TBS will", (Mark(0, 2, 1, 3),), "a.md").span(4).column
        7
        """
        stop = len(self.text) if end is None else end
        first = self._locate(start)
        last = self._locate(max(stop - 1, start))
        width = len(self.text[max(stop - 1, start) : stop].encode())
        return Span(
            self.file,
            first.byte,
            last.byte + width,
            first.line,
            first.column,
            last.line,
            last.column + (1 if width else 0),
        )

    def _locate(self, offset: int) -> Mark:
        if not self.marks:
            return Mark(offset, 0, 1, 1)
        index = bisect_right(self.marks, offset, key=lambda mark: mark.offset) - 1
        mark = self.marks[max(index, 0)]
        run = self.text[mark.offset : offset]
        return Mark(offset, mark.byte + len(run.encode()), mark.line, mark.column + len(run))

    def strip(self) -> Prose:
        """The same prose without white space at either end."""
        lead = len(self.text) - len(self.text.lstrip())
        return self.slice(lead, max(len(self.text.rstrip()), lead))

    def slice(self, start: int, end: int) -> Prose:
        """The prose of `text[start:end]`."""
        if start == 0 and end == len(self.text):
            return self
        inner = [mark for mark in self.marks if start < mark.offset < end]
        marks = [self._locate(start), *inner]
        return Prose(
            self.text[start:end],
            tuple(mark._replace(offset=mark.offset - start) for mark in marks),
            self.file,
        )

    @classmethod
    def join(cls, parts: Iterable[Prose], separator: str) -> Prose:
        """One prose of several from the same file, with `separator` between them."""
        texts: list[str] = []
        marks: list[Mark] = []
        offset = 0
        file = ""
        for part in parts:
            if texts:
                offset += len(separator)
            marks.extend(mark._replace(offset=mark.offset + offset) for mark in part.marks)
            texts.append(part.text)
            offset += len(part.text)
            file = part.file
        return cls(separator.join(texts), tuple(marks), file)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an embed, in either of Obsidian's forms, or one to the web.

    `target` is the note or file as written, decoded, without fragment and "" for the same note;
    `fragment` is what follows the first "#" ("H1#H2", "^block"), or None. `external` links keep
    their whole address in `target`. `offset` is where the label starts in its line's text.
    """

    target: str
    fragment: str | None
    label: str
    embed: bool
    external: bool
    span: Span
    offset: int = 0

    @property
    def note_name(self) -> str:
        """The name of the note that the link is for: the target without folders and `.md`."""
        return self.target.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class InlineField:
    """A Dataview inline field, `key:: value`, alone on its line or item."""

    key: str
    value: Prose
    links: tuple[Link, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6. `links` are those in its text."""

    level: int
    prose: Prose
    links: tuple[Link, ...]
    span: Span

    @property
    def link(self) -> Link | None:
        """The link that makes up the whole heading, as in `# [Mission 3.1](Mission%203.1.md)`."""
        if len(self.links) != 1 or self.links[0].embed or self.links[0].external:
            return None
        whole = self.links[0].label.strip() == self.prose.text.strip()
        return self.links[0] if whole else None


@dataclass(frozen=True, slots=True)
class Line:
    """One source line of running text.

    `paragraph` numbers the block the line belongs to; `nested` is true inside a list, quote,
    table or footnote. A line that is an inline field has it in `field`.
    """

    prose: Prose
    links: tuple[Link, ...]
    paragraph: int
    nested: bool
    field: InlineField | None = None


@dataclass(frozen=True, slots=True)
class Scalar:
    """One YAML scalar. `plain` tells an unquoted one, whose text may mean a number or null.

    `shown` is the text as Obsidian shows it, labels for links, where it holds any.
    """

    text: str
    span: Span
    plain: bool
    links: tuple[Link, ...] = ()
    shown: str = ""

    @property
    def is_null(self) -> bool:
        """Whether it is no value at all, as Obsidian leaves a property that is not filled in."""
        return self.plain and self.text.strip() in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping inside the frontmatter."""

    items: tuple[Property, ...]
    span: Span


Value: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Property:
    """One frontmatter key with its value. `span` is the key's."""

    key: str
    value: Value
    span: Span

    def scalars(self) -> Iterator[Scalar]:
        """Every scalar of the value, in order, however deep."""
        yield from _scalars(self.value)


def _scalars(value: Value) -> Iterator[Scalar]:
    if isinstance(value, Scalar):
        yield value
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from _scalars(item)
    else:
        for entry in value.items:
            yield from _scalars(entry.value)


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `path` is relative to the vault; `body` holds headings and lines in file order."""

    path: str
    properties: tuple[Property, ...]
    body: tuple[Heading | Line, ...]
    tags: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    withheld: bool = False

    @property
    def name(self) -> str:
        """The note's name as Obsidian shows it: its file name without `.md`."""
        return self.path.rpartition("/")[2].removesuffix(".md").removesuffix(".MD")

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link and embed of the note: those of its properties first, then in text order."""
        in_properties = (
            link for entry in self.properties for scalar in entry.scalars() for link in scalar.links
        )
        in_body = (link for part in self.body for link in part.links)
        return (*in_properties, *in_body)

    def get(self, key: str) -> Property | None:
        """The property of that name, whatever its case, or None."""
        folded = key.casefold()
        return next((entry for entry in self.properties if entry.key.casefold() == folded), None)

    @property
    def private(self) -> bool:
        """Whether the note says it must not be published.

        That is `publish: false`, `share: false`, or the tag `private` (or one nested under it).
        """
        if self.withheld:
            return True
        for entry in self.properties:
            if entry.key.casefold() in ("publish", "share") and any(
                scalar.text.strip().casefold() in _FALSE for scalar in entry.scalars()
            ):
                return True
        return any(tag.casefold().split("/")[0] == "private" for tag in self.tags)


_FALSE = frozenset({"false", "no", "off", "0", "non", "faux"})
