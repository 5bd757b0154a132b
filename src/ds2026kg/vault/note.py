"""What a note is, as data: properties, headings, lines of prose, links, fields, blocks and tags.

Every part knows its `Span`. The text of the note itself is not kept. The parts are named tuples,
since a large vault has hundreds of thousands of them; thousands of one kind in one note are kept in
`Columns`, which make them anew when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias

from ds2026kg.findings import Finding, Span
from ds2026kg.vault.columns import packed
from ds2026kg.vault.link import Link
from ds2026kg.vault.prose import Prose
from ds2026kg.vault.values import (
    Native,
    Property,
    Scalar,
    are_unpublished,
    is_private_tag,
    native,
)

BlockKind: TypeAlias = Literal[
    "paragraph", "list", "item", "task", "quote", "callout", "table", "code", "math",
    "html", "footnote", "rule",
]  # fmt: skip


class InlineField(NamedTuple):
    """A Dataview inline field.

    `form` is "" for `key:: value` alone on its line or item, "[" for `[key:: value]` and "(" for
    `(key:: value)`, which hides its key. `span` is the key's.
    """

    key: str
    value: Prose
    links: Sequence[Link]
    span: Span
    form: Literal["", "[", "("] = ""

    @property
    def items(self) -> tuple[Link | Native, ...]:
        """The value as Dataview understands it: links, quoted texts, numbers, dates, booleans.

        Several of them with commas between are a list; any other text is one value.

        >>> from ds2026kg.vault import read_note
        >>> [field] = read_note("n.md", b'on:: 2024-03-01, "a, b", [[C]]').fields
        >>> [item.target if isinstance(item, Link) else item for item in field.items]
        [datetime.date(2024, 3, 1), 'a, b', 'C']
        """
        text = self.value.text
        links = [link for link in self.links if not link.embed]
        return tuple(_listed(text, links[::-1]) or (native(text),))


def _listed(text: str, links: list[Link]) -> list[Link | Native] | None:
    """The items of a list, or None where the text is words of its own; the last link is first."""
    items: list[Link | Native] = []
    position = 0
    while True:
        position = _after_blanks(text, position)
        closing = text.find('"', position + 1) if text.startswith('"', position) else -1
        if links and links[-1].label and text.startswith(links[-1].label, position):
            label = links[-1].label
            items.append(links.pop())
            position += len(label)
        elif closing >= 0:
            items.append(text[position + 1 : closing])
            position = closing + 1
        else:
            comma = text.find(",", position)
            end = comma if comma >= 0 else len(text)
            value = native(text[position:end].strip())
            if isinstance(value, str):
                return None
            items.append(value)
            position = end
        position = _after_blanks(text, position)
        if position == len(text):
            return items
        if text[position] != ",":
            return None
        position += 1


def _after_blanks(text: str, position: int) -> int:
    while text[position : position + 1].isspace():
        position += 1
    return position


class Heading(NamedTuple):
    """A heading of level 1 to 6. `links` are those in its text.

    `source` is the text with its markup, by which Obsidian's links name it; "" where that is the
    same.
    """

    level: int
    prose: Prose
    links: Sequence[Link]
    span: Span
    source: str = ""

    @property
    def link(self) -> Link | None:
        """The link that makes up the whole heading, as in `# [Mission 3.1](Mission%203.1.md)`."""
        if len(self.links) != 1 or self.links[0].embed or self.links[0].external:
            return None
        whole = self.links[0].label.strip() == self.prose.text.strip()
        return self.links[0] if whole else None


class Line(NamedTuple):
    """One source line of running text.

    `paragraph` numbers the block the line belongs to; `nested` is true inside a list, quote,
    table or footnote. Inline fields are in `fields`; those in brackets are no part of `prose`.
    """

    prose: Prose
    links: Sequence[Link]
    paragraph: int
    nested: bool
    fields: Sequence[InlineField] = ()

    @property
    def field(self) -> InlineField | None:
        """The inline field that makes up the whole line, or None."""
        return self.fields[0] if self.fields and not self.fields[0].form else None


class Block(NamedTuple):
    """A block of a note: an outermost one, or an item, task, callout or footnote anywhere.

    A paragraph is one only where it has an identifier; all are in the note's `body`, by line.
    `identifier` is that of `^identifier`, or "". `detail` is the state of a task (" ", "x", "/"),
    the type of a callout ("note"), the language of code, the label of a footnote.
    """

    kind: BlockKind
    span: Span
    identifier: str = ""
    detail: str = ""


class Tag(NamedTuple):
    """A tag without its "#", as written: "ds2026", "topic/data"."""

    name: str
    span: Span


class Reference(NamedTuple):
    """The mark of a footnote in the text, `[^label]`."""

    label: str
    span: Span


_ALIASES = frozenset({"alias", "aliases"})
_links = attrgetter("links")


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `path` is relative to the vault; `body` holds headings and lines in file order.

    `lookalikes` are what may be meant as Markdown links and are none, since a blank or a bracket
    breaks off their destination; their spans are those of destinations, their labels as written.
    """

    path: str
    properties: Sequence[Property] = ()
    body: Sequence[Heading | Line] = ()
    tags: Sequence[Tag] = ()
    findings: tuple[Finding, ...] = ()
    withheld: bool = False
    blocks: Sequence[Block] = ()
    references: Sequence[Reference] = ()
    lookalikes: Sequence[Link] = ()

    @property
    def name(self) -> str:
        """The note's name as Obsidian shows it: its file name without `.md`."""
        return self.path.rpartition("/")[2].removesuffix(".md").removesuffix(".MD")

    @property
    def links(self) -> Sequence[Link]:
        """Every link and embed of the note: those of its properties first, then in text order."""
        return packed(chain(self.property_links, chain.from_iterable(map(_links, self.body))))

    @property
    def property_links(self) -> Iterator[Link]:
        """The links in the properties, in order."""
        for entry in self.properties:
            value = entry.value
            if type(value) is not Scalar:
                for scalar in entry.scalars():
                    yield from scalar.links
            elif value.links:
                yield from value.links

    @property
    def headings(self) -> Sequence[Heading]:
        """The headings, in text order."""
        return packed(part for part in self.body if isinstance(part, Heading))

    @property
    def fields(self) -> Sequence[InlineField]:
        """The inline fields, in text order."""
        lines = (part for part in self.body if isinstance(part, Line))
        return packed(chain.from_iterable(line.fields for line in lines))

    @property
    def aliases(self) -> tuple[str, ...]:
        """The other names that the properties `aliases` and `alias` give the note."""
        names: list[str] = []
        for entry in self.properties:
            if entry.key.casefold() in _ALIASES:
                texts = [each.text for each in entry.scalars() if not each.is_null]
                # In a text that is no list, commas part the names.
                names += texts[0].split(",") if texts and type(entry.value) is Scalar else texts
        return tuple(filter(None, map(str.strip, names))) if names else ()

    def get(self, key: str) -> Property | None:
        """The property of that name, whatever its case, or None."""
        folded = key.casefold()
        return next((entry for entry in self.properties if entry.key.casefold() == folded), None)

    @property
    def private(self) -> bool:
        """Whether the note says it must not be published.

        That is `publish: false`, `share: false`, or the tag `private` (or one nested under it).
        """
        if self.withheld or are_unpublished(self.properties):
            return True
        return any(tag.name[:1] in "pP" and is_private_tag(tag.name) for tag in self.tags)
