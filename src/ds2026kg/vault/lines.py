"""A line of text as it is gathered from events, and what is read in it when it is whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from ds2026kg.findings import Span
from ds2026kg.vault import inline
from ds2026kg.vault.inline import Range
from ds2026kg.vault.link import Link, LinkForm
from ds2026kg.vault.note import Heading, InlineField, Line, Tag
from ds2026kg.vault.places import Places
from ds2026kg.vault.prose import Place, Prose
from ds2026kg.vault.targets import (
    is_encoded_twice,
    is_wikilink,
    split_destination,
    split_wikilink,
)

_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost
LONG = 256  # characters, after which text that is not ASCII gets a mark of its own
_NO_WIDTH = -1
_AMPERSAND, _BACKSLASH = b"&\\"
_WORDS = re.compile(r"[^\s|]+|.", re.DOTALL)
_CONTINUED = re.compile(rb"[\r\n][\s>]*")
_FORMS: dict[str, LinkForm] = {
    "Inline": "markdown",
    "Autolink": "autolink",
    "Email": "autolink",
}


class LineReader:
    """The line that is being read in one note; `data` is the file's content."""

    def __init__(self, places: Places, data: bytes) -> None:
        self.parts: list[Heading | Line] = []
        self.tags: list[Tag] = []
        self.lookalikes: list[Link] = []
        self.places = places
        self.data = data
        self._ascii = data.isascii()
        self.in_comment = False
        self.paragraph = 0
        self.open_links: list[tuple[dict[str, Any], bool, int, int, int, int, bool]] = []
        self._begin_line()

    def _begin_line(self) -> None:
        self.texts: list[str] = []
        self._marks: list[Place] = []
        self.links: list[Link] = []
        self._closed: list[Range] = []
        self._length = 0
        self.next_byte = -1  # where text goes on that needs no mark

    def take_text(self, text: str, start: int, end: int) -> None:
        """Take text that stands from `start` to `end`, but for what is a comment in it."""
        if "%%" in text:
            self._commented(text, start)
            return
        if self.in_comment:
            return
        offset = self._length
        length = len(text)
        self._length = offset + length
        self.texts.append(text)
        if not text.isascii():
            length = len(text.encode())
            if self.data[start] == _AMPERSAND and text[0] != "&":
                length = -1  # an entity, though it be as long as what it stands for
        if length != end - start:  # such as &amp;
            self._marks.append(self.places.mark(start, offset, end - start))
            self._closed.append((offset, self._length))
            self.next_byte = -1
            return
        if start != self.next_byte:
            self._marks.append(self.places.mark(start, offset))
            if start and self.data[start - 1] == _BACKSLASH:
                self._closed.append((offset, offset + 1))
        if not self._ascii and self._length - self._marks[-1][0] > LONG:
            self._mark_within(text, start, offset)
        self.next_byte = end

    def _commented(self, text: str, start: int) -> None:
        """Take text in which comments begin or end."""
        for index, run in enumerate(text.split("%%")):
            if index:
                self.in_comment = not self.in_comment
                start += 2
            length = len(run.encode())
            if run:
                self.take_text(run, start, start + length)
            start += length

    def _mark_within(self, text: str, start: int, offset: int) -> None:
        """Marks inside a long text that is not ASCII, so that no place in it is far from one."""
        if self._marks[-1][0] + LONG < offset:
            self._marks.append(self.places.mark(start, offset))
        for first in range(LONG, len(text), LONG):
            start += len(text[first - LONG : first].encode())
            self._marks.append(self.places.mark(start, offset + first))

    def add_blank(self, start: int) -> None:
        """Take a line break, which is a blank in the text."""
        self._marks.append(self.places.mark(start, self._length, _NO_WIDTH))
        self.texts.append(" ")
        self._length += 1
        self.next_byte = -1

    def take_verbatim(self, text: str, start: int, end: int, fence: int) -> None:
        """Code or mathematics in running text: it holds no link, tag, field or comment.

        `fence` is the length of the marks around it.
        """
        if not self.in_comment:
            offset = self._length
            while fence and self.data[start + fence] & 0xC0 == 0x80:
                fence -= 1  # pyromark mistakes the place of `$` in a wikilink's label
            self._align(text, start + fence, end)
            self._closed.append((offset, self._length))

    def _align(self, text: str, start: int, end: int) -> None:
        """Take text that stands between `start` and `end`, with other things around and in it."""
        found = self.data.find(text.encode(), start, end)
        if found >= 0:
            self._marks.append(self.places.mark(found, self._length))
        else:
            for word in _WORDS.finditer(text):  # over several lines, or with escaped bars
                offset = self._length + word.start()
                if word[0].isspace() and self.data[start] in b"\r\n":
                    self._marks.append(self.places.mark(start, offset, _NO_WIDTH))
                    continue
                piece = word[0].encode()
                found = self.data.find(piece, start, end)
                if found < 0:
                    self._marks.append(self.places.mark(start, offset, _NO_WIDTH))
                    break
                self._marks.append(self.places.mark(found, offset))
                start = found + len(piece)
        self.texts.append(text)
        self._length += len(text)
        self.next_byte = -1

    def open_link(self, payload: Any, start: int, end: int, name: str) -> None:
        """A link or an embed begins; its label follows."""
        if payload["link_type"] == "Collapsed" and self.data.startswith(b"[]", end):
            end += 2  # pyromark leaves them out
        place = (start, end, self._length, len(self.texts))
        self.open_links.append((payload, name == "Image", *place, self.in_comment))
        self.next_byte = -1

    def close_link(self) -> None:
        """The label of a link or an embed ends."""
        payload, embed, start, end, offset, index, hidden = self.open_links.pop()
        label = self.texts[-1] if len(self.texts) - index == 1 else "".join(self.texts[index:])
        self.next_byte = -1
        closed = self._closed
        while closed and closed[-1][0] >= offset:
            closed.pop()
        if type(payload["link_type"]) is not str and not is_wikilink(payload["dest_url"]):
            self._cut(offset, index)
            if not hidden:
                self._take_source(start, end)
            return
        if embed:
            self._cut(offset, index)
        elif label:
            closed.append((offset, offset + len(label)))
        if not hidden:
            span = self.places.span(start, end)
            self.links.append(read_link(payload, label, embed, span, offset))

    def _take_source(self, start: int, end: int) -> None:
        """Take what is not the link that it looks like, as it is written."""
        offset = self._length
        for broken in (*_CONTINUED.finditer(self.data, start, end), None):
            stop = broken.start() if broken else end
            if stop > start:
                text = self.data[start:stop].decode()
                self._marks.append(self.places.mark(start, self._length))
                self.texts.append(text)
                self._length += len(text)
            if broken:
                self.add_blank(stop)
                start = broken.end()
        self._closed.append((offset, self._length))
        self.next_byte = -1

    def _cut(self, offset: int, index: int) -> None:
        """Take back the text from `offset` on: what an embed is called is not running text."""
        del self.texts[index:]
        while self._marks and self._marks[-1][0] >= offset:
            self._marks.pop()
        self._length = offset

    def take(self) -> tuple[Prose, tuple[Link, ...], list[Range]]:
        """The line as it is now, its links, and where nothing is to be found in it."""
        texts = self.texts
        text = texts[0] if len(texts) == 1 else "".join(texts)
        prose = _new(Prose, (text, tuple(self._marks), self.places.file))
        taken = prose, tuple(self.links), self._closed
        if "](" in text:
            self._find_lookalikes(prose, self._closed)
        self._begin_line()
        return taken

    def find_tags(self, prose: Prose, closed: Sequence[Range]) -> None:
        """Enter the tags of a line."""
        for start, reach in inline.tags(prose.text, closed):
            end = prose.unbroken(start, reach)  # markup ends a tag
            name = prose.text[start + 1 : end]
            if name and not name.isdigit():
                self.tags.append(Tag(name, prose.span(start, end)))

    def _find_lookalikes(self, prose: Prose, closed: Sequence[Range]) -> None:
        """Enter what a line has that looks like a Markdown link, for each file it may be for."""
        for start, end in inline.lookalikes(prose.text, closed):
            written = prose.text[start:end]
            target, fragment, external = split_destination(written)
            if target and not external and prose.unbroken(start, end) == end:
                span = prose.span(start, end)
                self.lookalikes.append(
                    Link(target, fragment, written, False, False, span, start, "markdown")
                )

    def with_addresses(
        self, prose: Prose, links: tuple[Link, ...], closed: list[Range]
    ) -> tuple[Link, ...]:
        """The links with those that are bare addresses, in text order."""
        found = []
        for start, reach in inline.addresses(prose.text, closed):
            end = prose.unbroken(start, reach)
            address = prose.text[start:end]
            if not address.partition("://")[2]:
                continue
            form: LinkForm = "obsidian" if address[:9].casefold() == "obsidian:" else "autolink"
            span = prose.span(start, end)
            found.append(Link(address, None, address, False, True, span, start, form))
            closed.append((start, end))
        if not found:
            return links
        closed.sort()
        return tuple(sorted((*links, *found), key=_span_start))

    def find_fields(
        self,
        prose: Prose,
        end: int,
        links: tuple[Link, ...],
        closed: list[Range],
        cuts: list[Range],
    ) -> list[InlineField]:
        """The inline fields of a line up to `end`.

        Those in brackets are cut out; of one in round brackets the value stays, as Dataview shows.
        """
        found = []
        by_offset = sorted(links, key=_link_offset) if links else []
        position = 0
        for field in inline.fields(prose.text[:end], closed):
            start, end = field.value
            while position < len(by_offset) and by_offset[position].offset < start:
                position += 1
            inside = []
            while position < len(by_offset) and by_offset[position].offset <= end:
                inside.append(by_offset[position])
                position += 1
            text = prose.text[start:end]
            first = start + len(text) - len(text.lstrip())
            value = prose.slice(first, max(first, start + len(text.rstrip())))
            span = prose.span(*field.at)
            found.append(InlineField(field.key, value, tuple(inside), span, field.form))
            if field.form == "[":
                cuts.append(field.whole)
            elif field.form == "(":
                cuts += [(field.whole[0], start), (end, field.whole[1])]
        return found

    def find_footnotes(
        self, prose: Prose, links: tuple[Link, ...], closed: list[Range], cuts: list[Range]
    ) -> tuple[Link, ...]:
        """Take inline footnotes out of a line: each is a nested line of its own, with its links.

        Returns the links that are left.
        """
        left = sorted(links, key=_link_offset)
        position = 0
        for start, end in inline.footnotes(prose.text, closed):
            cuts.append((start, end))
            while position < len(left) and left[position].offset <= start:
                position += 1
            inside = []
            while position < len(left) and left[position].offset < end:
                link = left[position]
                inside.append(link.moved(link.offset - start - 2))
                position += 1
            del left[position - len(inside) : position]
            position -= len(inside)
            note = prose.slice(start + 2, end - 1)
            self.parts.append(Line(note, tuple(inside), self.paragraph, nested=True))
        return tuple(left)


def _span_start(link: Link) -> int:
    return link.span.start


def _link_offset(link: Link) -> int:
    return link.offset


def heading_source(source: str) -> str:
    """What a heading is called in its source, with its markup, but not that of the heading."""
    if source.startswith("#"):
        return source.strip("#").strip()
    lines = source.splitlines()  # underlined by its last line
    return " ".join(line.strip() for line in lines[:-1])


def cut_out(
    prose: Prose, links: tuple[Link, ...], cuts: list[Range]
) -> tuple[Prose, tuple[Link, ...]]:
    """A line without the text of `cuts`; its links stay, at their new offsets."""
    cuts = _merged(cuts)
    lengths = [0, *accumulate(end - start for start, end in cuts)]
    moved = []
    for link in links:
        index = bisect_left(cuts, (link.offset, 0))
        inside = max(cuts[index - 1][1] - link.offset, 0) if index else 0
        moved.append(link.moved(link.offset - lengths[index] + inside))
    return prose.without(cuts), tuple(moved)


def _merged(ranges: list[Range]) -> list[Range]:
    """The ranges in order, those that overlap made one."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def read_link(payload: Any, label: str, embed: bool, span: Span, offset: int) -> Link:
    """The link that an event of pyromark tells of."""
    kind = payload["link_type"]
    destination = payload["dest_url"]
    if type(kind) is not str:
        target, fragment = split_wikilink(destination)
        return _new(
            Link, (target, fragment, label, embed, False, span, offset, "wikilink", "", False)
        )
    form = _FORMS.get(kind, "reference")
    title = payload["title"]
    if form == "autolink":
        if destination[:9].casefold() == "obsidian:":
            form = "obsidian"
        return Link(destination, None, label, embed, True, span, offset, form, title)
    return inline_link(destination, label, embed, span, offset, form, title)


def inline_link(
    destination: str,
    label: str,
    embed: bool,
    span: Span,
    offset: int,
    form: LinkForm = "markdown",
    title: str = "",
) -> Link:
    """The link of a label in brackets with that destination, as `form` has it."""
    target, fragment, external = split_destination(destination)
    if external and target[:9].casefold() == "obsidian:":
        form = "obsidian"
    twice = not external and is_encoded_twice(destination)
    return _new(Link, (target, fragment, label, embed, external, span, offset, form, title, twice))
