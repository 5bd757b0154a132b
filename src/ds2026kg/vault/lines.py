"""A line of text as it is gathered from events, and what is read in it when it is whole."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import accumulate
from operator import attrgetter
from typing import Any

from ds2026kg.vault import inline
from ds2026kg.vault.columns import FEW, Columns, Gathering, packed
from ds2026kg.vault.link import Link, LinkForm
from ds2026kg.vault.link_forms import read_link
from ds2026kg.vault.note import Heading, InlineField, Line, Tag
from ds2026kg.vault.places import Places
from ds2026kg.vault.prose import Place, Prose, Walk
from ds2026kg.vault.ranges import Ranges, united
from ds2026kg.vault.targets import is_wikilink, split_destination

_OpenLink = tuple[dict[str, Any], bool, int, int, bool, tuple[int, int, int]]
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost
LONG = 256  # characters, after which text that is not ASCII gets a mark of its own
_NO_WIDTH = -1
_AMPERSAND, _BACKSLASH = b"&\\"
_WORDS = re.compile(r"[^\s|]+|.", re.DOTALL)
_CONTINUED = re.compile(rb"[\r\n][\s>]*")


class LineReader:
    """The line that is being read in one note; `data` is the file's content."""

    __slots__ = (
        "_ascii", "_closed", "_length", "_marks", "_outermost", "_settled", "data", "in_comment",
        "links", "lookalikes", "next_byte", "open_links", "paragraph", "parts", "places", "tags",
        "texts",
    )  # fmt: skip

    def __init__(self, places: Places, data: bytes) -> None:
        self.parts: Gathering[Heading | Line] = Gathering()
        self.tags: Gathering[Tag] = Gathering()
        self.lookalikes: Gathering[Link] = Gathering()
        self.places = places
        self.data = data
        self._ascii = data.isascii()
        self.in_comment = False
        self.paragraph = 0
        self.open_links: list[_OpenLink] = []
        self._outermost = 0  # how many links there were when the first of these was opened
        self._closed = Ranges()
        self._begin_line()

    def _begin_line(self) -> None:
        self.texts: list[str] = []
        self._marks: list[Place] = []
        self.links: list[Link] = []
        self._settled: tuple[list[str], Columns[Place], Columns[Link]] | None = None
        self._length = 0
        self.next_byte = -1  # where text goes on that needs no mark

    def settle(self) -> None:
        """Keep what has been read in less memory, if it is much."""
        self.parts.settle()
        if len(self.texts) > FEW and not self.open_links:
            if self._settled is None:
                self._settled = [], Columns(), Columns()
            texts, marks, links = self._settled
            texts.append("".join(self.texts[:-1]))
            marks.extend(self._marks[:-1])
            links.extend(self.links[:-1])
            del self.texts[:-1], self._marks[:-1], self.links[:-1]

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
        if not self._ascii and not text.isascii():
            length = len(text.encode())
            if self.data[start] == _AMPERSAND and text[0] != "&":
                length = -1  # an entity, though it be as long as what it stands for
        if length != end - start:  # such as &amp;
            self._marks.append(self.places.mark(start, offset, end - start))
            self._closed.append(offset, self._length)
            self.next_byte = -1
            return
        if start != self.next_byte:
            self._marks.append(self.places.mark(start, offset))
            if start and self.data[start - 1] == _BACKSLASH:
                self._closed.append(offset, offset + 1)
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
            self._closed.append(offset, self._length)

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
        if not self.open_links:
            self._outermost = len(self.links)
        before = self._length, len(self.texts), len(self._marks)
        self.open_links.append((payload, name == "Image", start, end, self.in_comment, before))
        self.next_byte = -1

    def close_link(self) -> None:
        """The label of a link or an embed ends."""
        payload, embed, start, end, hidden, before = self.open_links.pop()
        offset, index, _ = before
        label = self.texts[-1] if len(self.texts) == index + 1 else "".join(self.texts[index:])
        self.next_byte = -1
        closed = self._closed
        if closed.starts and closed.starts[-1] >= offset:
            closed.cut(offset)
        if type(payload["link_type"]) is not str and not is_wikilink(payload["dest_url"]):
            self._cut(*before)
            if not hidden:
                self._take_source(start, end)
            return
        if embed:
            self._cut(*before)
        elif label:
            closed.append(offset, offset + len(label))
        if not hidden:
            span = self.places.span(start, end)
            self.links.append(read_link(payload, label, embed, span, offset))
        if not self.open_links and len(self.links) > self._outermost + 1:
            self.links[self._outermost :] = sorted(self.links[self._outermost :], key=_span_start)

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
        self._closed.append(offset, self._length)
        self.next_byte = -1

    def _cut(self, offset: int, texts: int, marks: int) -> None:
        """Take back the text from `offset` on: what an embed is called is not running text.

        There were so many texts and marks before it.
        """
        del self.texts[texts:], self._marks[marks:]
        self._length = offset

    def take(self) -> tuple[Prose, Sequence[Link], Ranges]:
        """The line as it is now, its links, and where nothing is to be found in it."""
        texts, closed = self.texts, self._closed
        if self._settled is None:
            text = texts[0] if len(texts) == 1 else "".join(texts)
            prose = _new(Prose, (text, tuple(self._marks), self.places.file))
            links: Sequence[Link] = tuple(self.links)
        else:
            before, marks, links = self._settled
            marks.extend(self._marks)
            links.extend(self.links)
            text = "".join((*before, *texts))
            prose = Prose(text, marks, self.places.file)
        if closed.starts:
            self._closed = Ranges()
        if "](" in text:
            self._find_lookalikes(prose, closed)
        self._begin_line()
        return prose, links, closed

    def find_tags(self, prose: Prose, closed: Ranges) -> None:
        """Enter the tags of a line."""
        walk = Walk(prose)
        for start, reach in inline.tags(prose.text, closed):
            tag = walk.slice(start, reach)
            end = tag.unbroken()  # markup ends a tag
            name = tag.text[1:end]
            if name and not name.isdigit():
                self.tags.append(_new(Tag, (name, tag.span(0, end))))
                self.tags.settle()

    def _find_lookalikes(self, prose: Prose, closed: Ranges) -> None:
        """Enter what a line has that looks like a Markdown link, for each file it may be for."""
        for start, end in inline.lookalikes(prose.text, closed):
            written = prose.text[start:end]
            target, fragment, external = split_destination(written)
            if not target or external:
                continue
            whole = prose.slice(start, end)
            if whole.unbroken() == len(written):
                span = whole.span()
                self.lookalikes.append(
                    Link(target, fragment, written, False, False, span, start, "markdown")
                )
                self.lookalikes.settle()

    def with_addresses(
        self, prose: Prose, links: Sequence[Link], closed: Ranges
    ) -> tuple[Sequence[Link], Ranges]:
        """The links with those that are bare addresses, in text order; no more is found in these."""
        found = packed(_addresses(prose, closed))
        if not found:
            return links, closed
        places = [(link.offset, link.offset + len(link.label)) for link in found]
        return packed(merge(links, found, key=_span_start)), united((closed, places))

    def find_fields(
        self, prose: Prose, end: int, links: Sequence[Link], closed: Ranges, cuts: list[Ranges]
    ) -> Sequence[InlineField]:
        """The inline fields of a line up to `end`.

        Those in brackets are cut out; of one in round brackets the value stays, as Dataview shows.
        """
        cut = Ranges()
        fields = packed(self._fields(prose, end, links, closed, cut))
        if cut.starts:
            cuts.append(cut)
        return fields

    def _fields(
        self, prose: Prose, end: int, links: Sequence[Link], closed: Ranges, cut: Ranges
    ) -> Iterator[InlineField]:
        """The same; what is to be cut out of the text is added to `cut`."""
        text, walk = prose.text[:end], Walk(prose)
        following = iter(links)
        link = next(following, None)
        for key, at, (start, stop), whole, form in inline.fields(text, closed):
            while link is not None and link.offset < start:
                link = next(following, None)
            inside: Sequence[Link] = ()
            if link is not None and link.offset <= stop:
                gathered: Gathering[Link] = Gathering()
                while link is not None and link.offset <= stop:
                    gathered.append(link)
                    gathered.settle()
                    link = next(following, None)
                inside = gathered.done()
            span = walk.span(*at)
            source = text[start:stop]
            value = source.strip()
            first = start + source.find(value) if value else stop
            prose = walk.slice(first, first + len(value))
            yield _new(InlineField, (key, prose, inside, span, form))
            if form == "[":
                cut.append(*whole)
            elif form == "(":
                cut.append(whole[0], start)
                cut.append(stop, whole[1])

    def find_footnotes(
        self, prose: Prose, links: Sequence[Link], closed: Ranges, cuts: list[Ranges]
    ) -> Sequence[Link]:
        """Take inline footnotes out of a line: each is a nested line of its own, with its links.

        Returns the links that are left.
        """
        if "^[" not in prose.text:
            return links
        footnotes = Ranges(inline.footnotes(prose.text, closed))
        if not footnotes.starts:
            return links
        cuts.append(footnotes)
        return packed(self._links_left(prose, links, footnotes))

    def _links_left(self, prose: Prose, links: Sequence[Link], footnotes: Ranges) -> Iterator[Link]:
        """Enter the footnotes as lines; the links that stand in none of them come out."""
        walk = Walk(prose)
        following = iter(links)
        link = next(following, None)
        for start, end in footnotes:
            while link is not None and link.offset <= start:
                yield link
                link = next(following, None)
            inside = []
            while link is not None and link.offset < end:
                inside.append(link.moved(link.offset - start - 2))
                link = next(following, None)
            note = walk.slice(start + 2, end - 1)
            self.parts.append(_new(Line, (note, tuple(inside), self.paragraph, True, ())))
            self.parts.settle()
        if link is not None:
            yield link
            yield from following


def _addresses(prose: Prose, closed: Ranges) -> Iterator[Link]:
    """The bare addresses of a line, as links."""
    walk = Walk(prose)
    for start, reach in inline.addresses(prose.text, closed):
        whole = walk.slice(start, reach)
        end = whole.unbroken()
        address = whole.text[:end]
        if address.partition("://")[2]:
            form: LinkForm = "obsidian" if address[:9].casefold() == "obsidian:" else "autolink"
            yield Link(address, None, address, False, True, whole.span(0, end), start, form)


_span_start = attrgetter("span.start")


def heading_source(source: str) -> str:
    """What a heading is called in its source, with its markup, but not that of the heading."""
    if source.startswith("#"):
        return source.strip("#").strip()
    lines = source.splitlines()  # underlined by its last line
    return " ".join(line.strip() for line in lines[:-1])


def cut_out(
    prose: Prose, links: Sequence[Link], several: list[Ranges]
) -> tuple[Prose, Sequence[Link]]:
    """A line without the text of any of `several`; its links stay, at their new offsets."""
    cuts = several[0] if len(several) == 1 else united(several)
    return prose.without(cuts), packed(_moved(links, cuts))


def _moved(links: Sequence[Link], cuts: Ranges) -> Iterator[Link]:
    """The links at the offsets that they have without the text of `cuts`."""
    lengths = array("Q", accumulate((end - start for start, end in cuts), initial=0))
    for link in links:
        index = bisect_left(cuts.starts, link.offset)
        inside = max(cuts.ends[index - 1] - link.offset, 0) if index else 0
        yield link.moved(link.offset - lengths[index] + inside)
