"""The body of a note: one pass over the events of a CommonMark parser.

pyromark (pulldown-cmark) gives the events with byte ranges and knows wikilinks. What CommonMark
does not know is added here, on the events and never on the whole text: `%%comments%%`, and what
`inline` finds in each line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar

import pyromark
from pyromark import Options

from ds2026kg.findings import Finding, Span
from ds2026kg.vault import inline, rules
from ds2026kg.vault.blocks import TO_COME, OpenBlock
from ds2026kg.vault.columns import Gathering
from ds2026kg.vault.lines import LineReader, cut_out, heading_source
from ds2026kg.vault.link import Link
from ds2026kg.vault.note import Block, BlockKind, Heading, InlineField, Line, Reference
from ds2026kg.vault.places import Places
from ds2026kg.vault.properties import misplaced_properties
from ds2026kg.vault.prose import Prose
from ds2026kg.vault.ranges import Ranges

OPTIONS = (
    Options.ENABLE_WIKILINKS
    | Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_MATH
    | Options.ENABLE_STRIKETHROUGH
)
_OPTIONS: Any = int(OPTIONS)  # pyromark takes the plain number sooner
_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost
_LONGEST_PROPERTIES = 4096  # bytes
_INK = re.compile(rb"\S")
_BLANKS = b" \t\n\r\x0b\x0c"
_TAIL = 64  # bytes
_LINE_END = re.compile(r"\r\n?|\n")
_FENCES = {"InlineMath": 1, "DisplayMath": 2}  # that of code may be of any length
_OFTEN = 1021  # events; a prime, lest it always falls upon an open link
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class BodyReader(LineReader):
    """The state of one pass over one note, whose content is `data`."""

    def __init__(self, places: Places, data: bytes) -> None:
        super().__init__(places, data)
        self.blocks: Gathering[Block] = Gathering()
        self.references: Gathering[Reference] = Gathering()
        self.findings: list[Finding] = []
        self.withheld = False
        self._depth = 0
        self._open: list[OpenBlock] = []
        self._fresh: OpenBlock | None = None  # an item or a quote of which no line has been read
        self._heading: tuple[int, int, int] | None = None  # level, start, end
        self._in_code = False
        self._is_math = False  # whether the paragraph is nothing but mathematics
        self._identifier: tuple[str, int] | None = None  # what ends the last line, and where
        self._paragraph_place = (0, 0)
        # What an identifier that stands alone is for: a block, by its number, or a paragraph that
        # is not one yet.
        self._before: int | tuple[int, int] | None = None
        self._trimmed_end = (-1, -1)  # the end of the last block, and without the blanks before it
        self._last_fence: int | None = None

    def read(self, markdown: str, base: int) -> None:
        """Take every event of `markdown` in turn, which is the content from the byte `base` on.

        That may be a part of the body, if it begins and ends between two outermost blocks.
        """
        events: Iterator[tuple[Any, Any]] = pyromark.events_with_range(markdown, options=_OPTIONS)
        while self._take(islice(events, _OFTEN), base):
            self.settle()
        self._flush()

    def _take(self, events: Iterable[tuple[Any, Any]], base: int) -> bool:
        """Take these events; whether there were any."""
        opening, closing, take_text = self._OPENING, self._CLOSING, self.take_text
        event = None
        for event, where in events:
            if type(event) is str:
                self._single(event, where["start"] + base, where["end"] + base)
                continue
            (kind,) = event
            payload = event[kind]
            if kind == "Text":
                if not self._in_code:
                    take_text(payload, where["start"] + base, where["end"] + base)
            elif kind == "Start":
                if type(payload) is str:
                    name, detail = payload, None
                else:
                    (name,) = payload
                    detail = payload[name]
                if name in opening:
                    opening[name](self, detail, where["start"] + base, where["end"] + base, name)
            elif kind == "End":
                name = payload if type(payload) is str else next(iter(payload))
                if name in closing:
                    closing[name](self)
            else:
                self._other(kind, payload, where["start"] + base, where["end"] + base)
        return event is not None

    def settle(self) -> None:
        """Keep what has been read in less memory, if it is much."""
        super().settle()
        self.blocks.settle()
        self.references.settle()

    def _single(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self._flush()
            self.paragraph += 1
            self._fence(start)
            if not self._depth and not self.in_comment:
                self.blocks.append(Block("rule", self._trimmed(start, end)))
                self._before = None
        elif self._heading is not None or self.open_links:
            self.add_blank(start)
        else:
            self._flush()

    def _other(self, kind: str, payload: Any, start: int, end: int) -> None:
        if kind in ("Code", "InlineMath", "DisplayMath"):
            source = self.data[start:end]
            fence = _FENCES.get(kind) or len(source) - len(source.lstrip(b"`"))
            self.take_verbatim(_LINE_END.sub(" ", payload), start, end, fence)
            if kind == "DisplayMath" and not self._depth:
                self._close_math(start, end)
        elif kind == "InlineHtml":
            if _LINE_BREAK.fullmatch(payload) and not self.in_comment:
                self.add_blank(start)
        elif kind == "TaskListMarker":
            if self._open and not self.in_comment:
                self._open[-1].kind = "task"
                self._open[-1].detail = self.data[start + 1 : end - 1].decode().strip() or " "
                self._fresh = None
        elif kind == "FootnoteReference" and not self.in_comment:
            self.references.append(Reference(payload, self.places.span(start, end)))
            self.next_byte = -1

    def _close_math(self, start: int, end: int) -> None:
        """Mathematics on lines of its own is a block, and not a paragraph."""
        first, last = self._paragraph_place
        if start == first and not self.data[end:last].strip() and not self.in_comment:
            self._is_math = True
            self._before = self.blocks.hold(Block("math", self.places.span(start, end)))

    def _fence(self, start: int) -> None:
        """A `---`, of which two may enclose what was meant as properties."""
        if self._depth or self.in_comment:
            return
        opening, self._last_fence = self._last_fence, start
        if opening is None or start - opening > _LONGEST_PROPERTIES:
            return
        looks_so, private = misplaced_properties(self.data[opening:start].decode())
        if looks_so or private:
            span = self.places.span(opening, start + 3)
            self.findings.append(Finding(rules.YAML_NOT_FIRST, span))
            self.withheld = self.withheld or private

    def _open_heading(self, payload: Any, start: int, end: int, _name: str) -> None:
        self._flush()
        self._fresh = None
        self._heading = (int(payload["level"][1]), start, end)

    def _close_heading(self) -> None:
        hidden = self.in_comment and not self.texts
        prose, links, closed = self.take()
        if self._heading is None:
            return
        level, start, end = self._heading
        self._heading = None
        self.paragraph += 1
        self._before = None
        if hidden:
            return
        end = start + len(self.data[start:end].rstrip())
        if level == 2 and self.data.endswith(b"---", start, end):
            self._fence(end - 3)
        if "#" in prose.text:
            self.find_tags(prose, closed)
        span = self.places.span(start, end)
        prose = prose.strip()
        source = ""
        if len(prose.text) + level + 1 < end - start:
            source = heading_source(self.data[start:end].decode())
            source = "" if source == prose.text else source
        self.parts.append(_new(Heading, (level, prose, links, span, source)))

    def _open_code(self, payload: Any, start: int, end: int, _name: str) -> None:
        self._flush()
        self._in_code = True
        language = payload.get("Fenced", "") if isinstance(payload, dict) else ""
        self._open_block("code", start, end, language)

    def _close_code(self) -> None:
        self._in_code = False
        self._close_block()

    def _open_html(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._flush()
        self.paragraph += 1
        self._open_block("html", start, end)

    def _open_paragraph(self, _payload: Any, start: int, end: int, _name: str) -> None:
        if self.texts or self.links:
            self._flush()
        self.paragraph += 1
        self._paragraph_place = start, end

    def _close_paragraph(self) -> None:
        self._flush()
        if self._depth:
            self._settle_identifier()
        elif self._identifier is not None:
            self._close_identified()
        elif not self._is_math:
            self._before = self._paragraph_place
        self._is_math = False

    def _close_identified(self) -> None:
        """End an outermost paragraph of which the last line ends in an identifier."""
        (identifier, end), self._identifier = self._identifier or ("", 0), None
        before = self.parts[-2] if len(self.parts) > 1 else None
        if self._cut_identifier(end) or (
            isinstance(before, Line) and before.paragraph == self.paragraph
        ):
            self._before = self._paragraph_place
        if isinstance(self._before, int):
            named = self.blocks.row(self._before)._replace(identifier=identifier)
            self.blocks.replace(self._before, named)
        elif self._before is not None:
            named = Block("paragraph", self._trimmed(*self._before), identifier)
            self._before = self.blocks.hold(named)

    def _open_list(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("list", start, end, listed=not self._depth)

    def _open_item(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("item", start, end)
        self._fresh = self._open[-1]

    def _close_item(self) -> None:
        if self.texts or self.links:
            self._flush()
        if self._identifier is not None:
            self._settle_identifier()
        self._leave()

    def _open_quote(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("quote", start, end, listed=not self._depth)
        self._fresh = self._open[-1]

    def _open_table(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("table", start, end, listed=not self._depth)

    def _open_footnote(self, payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("footnote", start, end, payload)

    def _next_cell(self, _payload: Any, _start: int, _end: int, _name: str) -> None:
        self._flush()
        self.paragraph += 1

    def _enter(
        self, kind: BlockKind, start: int, end: int, detail: str = "", *, listed: bool = True
    ) -> None:
        if self.texts or self.links:
            self._flush()
        if self._identifier is not None:
            self._settle_identifier()
        self.paragraph += 1
        self._depth += 1
        self._open_block(kind, start, end, detail, listed=listed)

    def _leave(self) -> None:
        if self.texts or self.links:
            self._flush()
        self._depth -= 1
        self._close_block()

    def _open_block(
        self, kind: BlockKind, start: int, end: int, detail: str = "", *, listed: bool = True
    ) -> None:
        number = self.blocks.hold(TO_COME) if listed and not self.in_comment else None
        self._open.append(OpenBlock(kind, start, end, detail, number))

    def _close_block(self) -> None:
        block = self._open.pop()
        self._fresh = None
        if block.number is None:
            return
        start = block.start
        if block.kind != "code" and self.data[start] in _BLANKS:  # in code they count
            ink = _INK.search(self.data, start, block.end)
            start = ink.start() if ink else start
        span = self._trimmed(start, block.end)
        closed = _new(Block, (block.kind, span, block.identifier, block.detail))
        self.blocks.replace(block.number, closed)
        if not self._depth:
            self._before = block.number

    def _settle_identifier(self) -> None:
        """Give the innermost block the identifier at the end of its last line."""
        if self._identifier is None:
            return
        (identifier, end), self._identifier = self._identifier, None
        self._cut_identifier(end)
        if self._open:
            self._open[-1].identifier = identifier

    def _cut_identifier(self, end: int) -> bool:
        """Take the identifier that begins at `end` out of the last line; whether any is left of it."""
        line = self.parts[-1]
        if not isinstance(line, Line):
            return False
        if line.prose.text[:end].strip() or line.links or line.fields:
            self.parts[-1] = line._replace(prose=line.prose.slice(0, end))
            return True
        del self.parts[-1]
        return False

    def _trimmed(self, start: int, end: int) -> Span:
        """The span of a block, without the line ends behind it."""
        last, trimmed = self._trimmed_end
        if end != last:  # blocks in blocks end together, and none of them is gone through twice
            trimmed = end
            while trimmed > start and self.data[trimmed - 1] in _BLANKS:
                tail = self.data[max(start, trimmed - _TAIL) : trimmed]
                trimmed -= len(tail) - len(tail.rstrip(_BLANKS))
            self._trimmed_end = end, trimmed
        return self.places.span(start, max(trimmed, start))

    def _flush(self) -> None:
        """End the current line."""
        if not (self.texts or self.links) or self._heading is not None:
            return
        prose, links, closed = self.take()
        text = prose.text
        plain = "#" not in text and ":" not in text and "^" not in text and "=" not in text
        if plain and not links and (self._fresh is None or "[" not in text):
            if text.strip():
                self._fresh = None
                self._identifier = None
                line = (prose, (), self.paragraph, self._depth > 0, ())
                self.parts.append(_new(Line, line))
        elif links or text.strip():
            self._read_line(prose, links, closed)

    def _read_line(self, prose: Prose, links: Sequence[Link], closed: Ranges) -> None:
        """Take a whole line, and what Obsidian reads in it that CommonMark does not."""
        text = prose.text
        self._identifier = None
        cuts: list[Ranges] = []
        fields: Sequence[InlineField] = ()
        if self._fresh is not None:
            self._read_opening(text, closed, cuts)
        if "://" in text:
            links, closed = self.with_addresses(prose, links, closed)
        if "#" in text:
            self.find_tags(prose, closed)
        if "^" in text:
            links = self.find_footnotes(prose, links, closed, cuts)
            self._identifier = inline.block_identifier(text, closed)
        if "==" in text:
            marks = Ranges(inline.highlights(text, closed))
            cuts += [marks] if marks.starts else []
        if "::" in text:
            end = self._identifier[1] if self._identifier else len(text)
            fields = self.find_fields(prose, end, links, closed, cuts)
        if cuts:
            prose, links = cut_out(prose, links, cuts)
            if self._identifier is not None:
                self._identifier = inline.block_identifier(prose.text, ())
        if not cuts or prose.text.strip() or links or fields:
            line = (prose, links, self.paragraph, self._depth > 0, fields)
            self.parts.append(_new(Line, line))

    def _read_opening(self, text: str, closed: Ranges, cuts: list[Ranges]) -> None:
        """The first line of an item or a quote: the mark of a task or a callout is no text of it."""
        block, self._fresh = self._fresh, None
        if block is None or "[" not in text[:64]:
            return
        found = (inline.task if block.kind == "item" else inline.callout)(text, closed)
        if found is not None:
            block.kind = "task" if block.kind == "item" else "callout"
            if block.number is None:
                block.number = self.blocks.hold(TO_COME)
            block.detail, end = found
            cuts.append(Ranges([(0, end)]))

    _OPENING: ClassVar[dict[str, Callable[[Any, Any, int, int, str], None]]] = {
        "Link": LineReader.open_link,
        "Image": LineReader.open_link,
        "Heading": _open_heading,
        "Paragraph": _open_paragraph,
        "List": _open_list,
        "Item": _open_item,
        "BlockQuote": _open_quote,
        "CodeBlock": _open_code,
        "HtmlBlock": _open_html,
        "Table": _open_table,
        "TableCell": _next_cell,
        "FootnoteDefinition": _open_footnote,
    }
    _CLOSING: ClassVar[dict[str, Callable[[Any], None]]] = {
        "Link": LineReader.close_link,
        "Image": LineReader.close_link,
        "Heading": _close_heading,
        "Paragraph": _close_paragraph,
        "List": _leave,
        "Item": _close_item,
        "BlockQuote": _leave,
        "CodeBlock": _close_code,
        "HtmlBlock": _close_block,
        "Table": _leave,
        "FootnoteDefinition": _leave,
    }
