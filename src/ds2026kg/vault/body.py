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

from ds2026kg.findings import Finding
from ds2026kg.vault import inline, rules
from ds2026kg.vault.blocks import TO_COME, BlockReader
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
_LINE_END = re.compile(r"\r\n?|\n")
_FENCES = {"InlineMath": 1, "DisplayMath": 2}  # that of code may be of any length
_OFTEN = 1021  # events; a prime, lest it always falls upon an open link
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class BodyReader(BlockReader):
    """The state of one pass over one note, whose content is `data`."""

    __slots__ = (
        "_heading", "_in_code", "_is_math", "_last_fence", "findings", "references", "withheld",
    )  # fmt: skip

    def __init__(self, places: Places, data: bytes) -> None:
        super().__init__(places, data)
        self.references: Gathering[Reference] = Gathering()
        self.findings: list[Finding] = []
        self.withheld = False
        self._heading: tuple[int, int, int] | None = None  # level, start, end
        self._in_code = False
        self._is_math = False  # whether the paragraph is nothing but mathematics
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
            kind, payload = event.popitem()
            if kind == "Text":
                if not self._in_code:
                    take_text(payload, where["start"] + base, where["end"] + base)
            elif kind == "Start":
                if type(payload) is str:
                    name, detail = payload, None
                else:
                    name, detail = payload.popitem()
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
        self.references.settle()

    def _single(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self._flush()
            self.paragraph += 1
            self._fence(start)
            if not self.depth and not self.in_comment:
                self.blocks.append(Block("rule", self.trimmed(start, end)))
                self.before = None
        elif self._heading is not None or self.open_links:
            self.add_blank(start)
        else:
            self._flush()

    def _other(self, kind: str, payload: Any, start: int, end: int) -> None:
        if kind in ("Code", "InlineMath", "DisplayMath"):
            source = self.data[start:end]
            fence = _FENCES.get(kind) or len(source) - len(source.lstrip(b"`"))
            self.take_verbatim(_LINE_END.sub(" ", payload), start, end, fence)
            if kind == "DisplayMath" and not self.depth:
                self._close_math(start, end)
        elif kind == "InlineHtml":
            if _LINE_BREAK.fullmatch(payload) and not self.in_comment:
                self.add_blank(start)
        elif kind == "TaskListMarker":
            if self.open_blocks and not self.in_comment:
                self.open_blocks[-1].kind = "task"
                self.open_blocks[-1].detail = self.data[start + 1 : end - 1].decode().strip() or " "
                self.fresh = None
        elif kind == "FootnoteReference" and not self.in_comment:
            self.references.append(Reference(payload, self.places.span(start, end)))
            self.next_byte = -1

    def _close_math(self, start: int, end: int) -> None:
        """Mathematics on lines of its own is a block, and not a paragraph."""
        first, last = self.paragraph_place
        if start == first and not self.data[end:last].strip() and not self.in_comment:
            self._is_math = True
            self.before = self.blocks.hold(Block("math", self.places.span(start, end)))

    def _fence(self, start: int) -> None:
        """A `---`, of which two may enclose what was meant as properties."""
        if self.depth or self.in_comment:
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
        self.fresh = None
        self._heading = (int(payload["level"][1]), start, end)

    def _close_heading(self) -> None:
        hidden = self.in_comment and not self.texts
        prose, links, closed = self.take()
        if self._heading is None:
            return
        level, start, end = self._heading
        self._heading = None
        self.paragraph += 1
        self.before = None
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
        self.open_block("code", start, end, language)

    def _close_code(self) -> None:
        self._in_code = False
        self.close_block()

    def _open_html(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._flush()
        self.paragraph += 1
        self.open_block("html", start, end)

    def _open_paragraph(self, _payload: Any, start: int, end: int, _name: str) -> None:
        if self.texts or self.links:
            self._flush()
        self.paragraph += 1
        self.paragraph_place = start, end

    def _close_paragraph(self) -> None:
        self._flush()
        if self.depth:
            self.settle_identifier()
        elif self.identifier is not None:
            self.close_identified()
        elif not self._is_math:
            self.before = self.paragraph_place
        self._is_math = False

    def _open_list(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("list", start, end, listed=not self.depth)

    def _open_item(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("item", start, end)
        self.fresh = self.open_blocks[-1]

    def _close_item(self) -> None:
        if self.texts or self.links:
            self._flush()
        if self.identifier is not None:
            self.settle_identifier()
        self.depth -= 1
        self.close_block()

    def _open_quote(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("quote", start, end, listed=not self.depth)
        self.fresh = self.open_blocks[-1]

    def _open_table(self, _payload: Any, start: int, end: int, _name: str) -> None:
        self._enter("table", start, end, listed=not self.depth)

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
        if self.identifier is not None:
            self.settle_identifier()
        self.paragraph += 1
        self.depth += 1
        self.open_block(kind, start, end, detail, listed=listed)

    def _leave(self) -> None:
        if self.texts or self.links:
            self._flush()
        self.depth -= 1
        self.close_block()

    def _flush(self) -> None:
        """End the current line."""
        if not (self.texts or self.links) or self._heading is not None:
            return
        prose, links, closed = self.take()
        text = prose.text
        plain = "#" not in text and ":" not in text and "^" not in text and "=" not in text
        if plain and not links and (self.fresh is None or "[" not in text):
            if text.strip():
                self.fresh = None
                self.identifier = None
                line = (prose, (), self.paragraph, self.depth > 0, ())
                self.parts.append(_new(Line, line))
        elif links or text.strip():
            self._read_line(prose, links, closed)

    def _read_line(self, prose: Prose, links: Sequence[Link], closed: Ranges) -> None:
        """Take a whole line, and what Obsidian reads in it that CommonMark does not."""
        text = prose.text
        self.identifier = None
        cuts: list[Ranges] = []
        fields: Sequence[InlineField] = ()
        if self.fresh is not None:
            self._read_opening(text, closed, cuts)
        if "://" in text:
            links, closed = self.with_addresses(prose, links, closed)
        if "#" in text:
            self.find_tags(prose, closed)
        if "^" in text:
            links = self.find_footnotes(prose, links, closed, cuts)
            self.identifier = inline.block_identifier(text, closed)
        if "==" in text:
            marks = Ranges(inline.highlights(text, closed))
            cuts += [marks] if marks.starts else []
        if "::" in text:
            end = self.identifier[1] if self.identifier else len(text)
            fields = self.find_fields(prose, end, links, closed, cuts)
        if cuts:
            prose, links = cut_out(prose, links, cuts)
            if self.identifier is not None:
                self.identifier = inline.block_identifier(prose.text, ())
        if not cuts or prose.text.strip() or links or fields:
            line = (prose, links, self.paragraph, self.depth > 0, fields)
            self.parts.append(_new(Line, line))

    def _read_opening(self, text: str, closed: Ranges, cuts: list[Ranges]) -> None:
        """The first line of an item or a quote: the mark of a task or a callout is no text of it."""
        block, self.fresh = self.fresh, None
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
        "HtmlBlock": BlockReader.close_block,
        "Table": _leave,
        "FootnoteDefinition": _leave,
    }
