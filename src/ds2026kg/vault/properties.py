"""A note's frontmatter, read through python-frontmatter with a YAML handler that knows places.

The handler walks the events of libyaml's parser (through PyYAML), which carry the place of every
scalar, and builds no native objects: dates stay as they were written, `no` stays a word, and
nothing in a note can construct anything. Anchors, aliases and tags are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from ds2026kg.findings import Finding, Rule, Span, Text
from ds2026kg.vault import rules
from ds2026kg.vault.columns import Gathering
from ds2026kg.vault.common_properties import read_common
from ds2026kg.vault.places import CharacterOffsets, Places
from ds2026kg.vault.values import Mapping, Property, Scalar, Sequence, Value, say_private

_FENCE = re.compile(r"(?:\A|(?<=[\r\n]))---[ \t]*(?:\r\n|\n|\r|\Z)")  # to be tried at each "---"
_KEY_LINE = re.compile(r"---[ \t]*(?:\r\n?|\n)[\w\"' -]+:")
_END = r"(?:\r\n?|\n)"
_ITEM_LINE = rf"[ \t]*(?:(?:-[ \t]|\#)[^\r\n]*)?{_END}"
_NAMED_LINE = rf"[\w-]+:(?:[ \t][^\r\n]*)?{_END}"
_LOOSELY_NAMED = rf"[ \t]*[\w\"'][\w\"' -]*:(?:[ \t][^\r\n]*)?{_END}"
_MISPLACED = re.compile(rf"---[ \t]*{_END}{_NAMED_LINE}(?:{_NAMED_LINE}|{_ITEM_LINE})*")
_LIKE_PROPERTIES = re.compile(
    rf"---[ \t]*{_END}(?:[ \t]*{_END})*{_LOOSELY_NAMED}(?:{_LOOSELY_NAMED}|{_ITEM_LINE})*"
)
_MAX_DEPTH = 32
# Fails closed: where the properties cannot be read, a line like these keeps the note private.
_WITHHELD = re.compile(
    r"""^\s*["']?(?:publish|share)["']?\s*:\s*["']?(?:false|no|off|0|non|faux)\b"""
    r"""|^\s*["']?tags?["']?\s*:.*\bprivate\b|^\s*-\s*["']?\#?private\b""",
    re.IGNORECASE | re.MULTILINE,
)

# What nothing private is said without; an escape may stand for any of it.
_MAY_BE_PRIVATE = re.compile(r"publish|share|private|\\", re.IGNORECASE)

_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost

_MASK = "\ue000"  # a private use character, which YAML takes as a letter
_MASKED = re.compile(_MASK + "+")
_LINK_VALUE = re.compile(
    r"((?:\A|(?<=[\r\n]))[ \t]*(?:-[ \t]+)?(?:[\w][\w -]*:[ \t]+)?)"
    r"(!?(?:\[\[[^\[\]\r\n]+\]\]|\[[^\[\]\r\n]*\]\([^()\r\n]*\)))(?=[ \t]*(?:[\r\n]|\Z))"
)

_PROBLEMS = {
    "mapping values are not allowed in this context": Text(
        "a colon stands where YAML does not expect one",
        "un deux-points se trouve là où YAML n’en attend pas",
    ),
    "found unexpected end of stream": Text(
        "a quote or bracket is not closed", "un guillemet ou un crochet n’est pas fermé"
    ),
    "did not find expected ',' or ']'": Text(
        "a list lacks its comma or closing bracket",
        "il manque à une liste sa virgule ou son crochet fermant",
    ),
    "did not find expected ',' or '}'": Text(
        "a mapping lacks its comma or closing brace",
        "il manque à un dictionnaire sa virgule ou son accolade fermante",
    ),
    "did not find expected key": Text(
        "the line is not a “key: value”", "la ligne n’est pas une «\u00a0clé: valeur\u00a0»"
    ),
    "could not find expected ':'": Text(
        "a key has no colon after it", "une clé n’est pas suivie d’un deux-points"
    ),
    "did not find expected '-' indicator": Text(
        "a list item lacks its hyphen", "il manque un tiret à un élément de liste"
    ),
    "control characters are not allowed": Text(
        "a control character is not allowed", "un caractère de commande n’est pas permis"
    ),
}
_OTHER_PROBLEM = Text("the syntax is not understood", "la syntaxe n’est pas comprise")


class Properties(NamedTuple):
    """What the frontmatter holds, and where the body begins.

    `body` is the byte offset after the closing fence's line, 0 when the note has no properties;
    `body_character` is the same, counted in characters.
    `withheld` is true where they cannot be read, but a line of them would make the note private.
    """

    entries: tuple[Property, ...] = ()
    body: int = 0
    body_character: int = 0
    findings: tuple[Finding, ...] = ()
    withheld: bool = False


class _RefusedError(Exception):
    """Something in the YAML breaks `rule` between two character offsets of the block."""

    def __init__(self, rule: Rule, start: int, end: int, **values: object) -> None:
        super().__init__(rule.code)
        self.rule = rule
        self.start = start
        self.end = end
        self.values = values


class _PlacedYaml(BaseHandler):
    """A python-frontmatter handler that yields `Property` records instead of native values.

    `block` is the text between the fences, which starts at byte `start` of the note's content.
    """

    FM_BOUNDARY = _FENCE
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, block: str, start: int, places: Places) -> None:
        super().__init__()
        self.block = block
        self.findings: list[Finding] = []
        self._start = start
        self._places = places
        self._offsets = CharacterOffsets(block)

    def split(self, _text: str) -> tuple[str, str]:
        """The block, as it lies in its file.

        python-frontmatter hands over the note with CRLF made LF, in which no place would hold.
        """
        return self.block, ""

    def load(self, fm: str) -> dict[str, Property]:
        """The properties of the block by key, the first of each."""
        masked, links = _masked(fm)
        events = _Events(self, masked, links)
        events.expect(yaml.StreamStartEvent)
        if isinstance(events.peek(), yaml.StreamEndEvent):
            return {}
        events.expect(yaml.DocumentStartEvent)
        first = events.peek()
        if isinstance(first, yaml.ScalarEvent) and not first.value and first.implicit[0]:
            return {}
        if not isinstance(first, yaml.MappingStartEvent):
            raise _RefusedError(rules.YAML_NOT_MAPPING, *events.place(first))
        root = events.value(0)
        events.expect(yaml.DocumentEndEvent)
        return {entry.key: entry for entry in root.items} if isinstance(root, Mapping) else {}

    def byte(self, index: int) -> int:
        """The byte offset in the file of the block's character at `index`."""
        return self._start + self._places.origin + self._offsets.byte(index)

    def span(self, start: int, end: int) -> Span:
        """The span of the block's characters from `start` to `end`."""
        first, byte = self._start, self._offsets.byte
        return self._places.span(first + byte(start), first + byte(end))

    def report(self, rule: Rule, start: int, end: int, **values: object) -> None:
        """Note a finding that does not stop the reading."""
        self.findings.append(Finding(rule, self.span(start, end), values))


class _Events:
    """libyaml's events turned into values with their spans."""

    def __init__(self, handler: _PlacedYaml, block: str, links: dict[int, str]) -> None:
        self._handler = handler
        self._block = block
        self._links = links
        self._link_places = list(links)
        self._repeated: dict[str, dict[str, str]] = {}  # one for each key, however often it comes
        self._parser = CParser(block)

    def peek(self) -> Any:
        """The next event, left where it is. PyYAML's types do not tell its events apart."""
        return self._parser.peek_event()

    def take(self) -> Any:
        """The next event."""
        return self._parser.get_event()

    def expect(self, kind: type[yaml.Event]) -> None:
        """Take an event of that kind, or refuse the block."""
        event = self.take()
        if not isinstance(event, kind):
            raise _RefusedError(rules.YAML_NOT_MAPPING, *self.place(event))

    @staticmethod
    def place(event: Any) -> tuple[int, int]:
        """The character offsets of an event."""
        return event.start_mark.index, event.end_mark.index

    def value(self, depth: int) -> Value:
        """The next value, with all that is in it."""
        event = self.take()
        start, end = self.place(event)
        self._refuse(event, depth, start, end)
        if type(event) is yaml.ScalarEvent:
            text = event.value
            if _MASK in text:
                text = self._unmasked(text, start, end)
            return Scalar(text, self._handler.span(start, end), bool(event.implicit[0]))
        if type(event) is yaml.SequenceStartEvent:
            return self._sequence(start, depth)
        return self._mapping(start, depth)

    @staticmethod
    def _refuse(event: Any, depth: int, start: int, end: int) -> None:
        """Raise `_RefusedError` if the event is what no property may have, or nested too deeply."""
        if type(event) is yaml.AliasEvent:
            what = Text("an alias (*)", "un alias (*)")
        elif event.anchor is not None:
            what = Text("an anchor (&)", "une ancre (&)")
        elif event.tag is not None:
            what = Text("a tag (!)", "un type (!)")
        elif depth > _MAX_DEPTH:
            what = Text(f"more than {_MAX_DEPTH} levels", f"plus de {_MAX_DEPTH} niveaux")
        else:
            return
        raise _RefusedError(rules.YAML_REFUSED, start, end, what=what)

    def _unmasked(self, text: str, start: int, end: int) -> str:
        """The text of a scalar with the links in it as they were written."""
        first = bisect_left(self._link_places, start)
        last = bisect_left(self._link_places, end, lo=first)
        links = map(self._links.__getitem__, self._link_places[first:last])
        return _MASKED.sub(lambda found: next(links, found[0]), text)

    def _sequence(self, start: int, depth: int) -> Value:
        items: Gathering[Value] = Gathering()
        while type(self.peek()) is not yaml.SequenceEndEvent:
            items.append(self.value(depth + 1))
            items.settle()
        _, end = self.place(self.take())
        source = self._block[start:end]
        # `[[Note, with comma]]` unquoted is a list in a list to YAML and a link to Obsidian.
        if source.startswith("[[") and source.endswith("]]") and len(items) == 1:
            return Scalar(source, self._handler.span(start, end), True)
        return Sequence(items.done(), self._span(start, end, items[-1].span if items else None))

    def _mapping(self, start: int, depth: int) -> Value:
        entries: dict[str, Property] = {}
        while type(self.peek()) is not yaml.MappingEndEvent:
            key_event = self.peek()
            key = self.value(depth + 1)
            value = self.value(depth + 1)
            if not isinstance(key, Scalar):
                raise _RefusedError(rules.YAML_NOT_MAPPING, *self.place(key_event))
            if key.text in entries:
                values = self._repeated.setdefault(key.text, {"key": key.text})
                found = Finding(rules.YAML_DUPLICATE_KEY, key.span, values)
                self._handler.findings.append(found)
                continue
            entries[key.text] = Property(key.text, value, key.span)
        _, end = self.place(self.take())
        last = list(entries.values())[-1].value.span if entries else None
        return Mapping(tuple(entries.values()), self._span(start, end, last))

    def _span(self, start: int, end: int, last: Span | None) -> Span:
        """The span of a list or mapping; one without brackets ends where its last value does."""
        if last is None or self._block[start : start + 1] in ("[", "{"):
            return self._handler.span(start, end)
        return self._handler.span(start, start).to(last)


def _masked(block: str) -> tuple[str, dict[int, str]]:
    """The block with unquoted links made words of the same length, and the links by their place.

    To Obsidian `up: [[X: Y]]` and `up: [x](y.md)` are links; to YAML they are faults.
    """
    if ("](" not in block and "[[" not in block) or _MASK in block:
        return block, {}
    links: dict[int, str] = {}

    def masked(found: re.Match[str]) -> str:
        links[found.start(2)] = found[2]
        return found[1] + _MASK * len(found[2])

    return _LINK_VALUE.sub(masked, block), links


def read_properties(text: str, places: Places) -> Properties:
    """The properties at the head of `text`, or none; a fault in them is a finding, never raised.

    Obsidian takes as properties only a block whose `---` is the very first line of the note.
    """
    begin = 4 if text.startswith("---\n") else _after_fence(text, 0)
    if not begin:
        return Properties()
    end, character = _closing_fence(text, begin)
    if not character:
        unclosed = bool(_KEY_LINE.match(text))
        found = Finding(rules.YAML_UNCLOSED, places.span(0, 3))
        return Properties(findings=(found,) * unclosed, withheld=unclosed and withholds(text))
    block = text[begin:end]
    body = character if block.isascii() else len(text[:character].encode())
    entries = read_common(block, places.file, 2, begin + places.origin)
    if entries is not None:
        return _new(Properties, (entries, body, character, (), False))
    handler = _PlacedYaml(block, begin, places)
    withheld = False
    try:
        metadata, _ = frontmatter.parse(text, handler=handler)
    except _RefusedError as refused:
        handler.report(refused.rule, refused.start, refused.end, **refused.values)
        withheld = withholds(block)
        metadata = {}
    except yaml.YAMLError as error:
        handler.findings.append(_fault(handler, error))
        withheld = withholds(block)
        metadata = {}
    if any(finding.rule is rules.YAML_DUPLICATE_KEY for finding in handler.findings):
        withheld = withheld or withholds(block)  # in what was passed over, perhaps
    read = tuple(entry for entry in metadata.values() if isinstance(entry, Property))
    return Properties(read, body, character, tuple(handler.findings), withheld)


def misplaced_properties(block: str) -> tuple[bool, bool]:
    """Whether a block that is not first looks like properties, and whether it says that it is private.

    `block` is the text from its opening fence up to its closing one. Paragraphs and lists between
    two rules may look so too: what would make a note private counts even there.

    >>> misplaced_properties("---\\nup: x\\n"), misplaced_properties("---\\n\\nNot: so\\n")
    ((True, False), (False, False))
    """
    if not _LIKE_PROPERTIES.fullmatch(block):
        return False, False
    private = False
    if _MAY_BE_PRIVATE.search(block):
        fenced = block + "---"
        read = read_properties(fenced, Places("", fenced.encode()))
        private = read.withheld or say_private(read.entries)
    return bool(_MISPLACED.fullmatch(block)), private


def _after_fence(text: str, start: int) -> int:
    """Where the line after the fence begins that stands at `start`, or 0 where none stands."""
    if text.startswith("\n---\n", start - 1):  # nearly always
        return start + 4
    fence = _FENCE.match(text, start) if text.startswith("---", start) else None
    return fence.end() if fence else 0


def _closing_fence(text: str, start: int) -> tuple[int, int]:
    """Where the first line that is a fence begins, from the one at `start` on, and where the next.

    Two zeros where there is none.
    """
    position = text.find("---", start)
    while position >= 0:
        if after := _after_fence(text, position):
            return position, after
        position = text.find("---", position + 1)
    return 0, 0


def withholds(block: str) -> bool:
    """Whether a line of properties that cannot be read would make their note private."""
    return bool(_WITHHELD.search(block))


def _fault(handler: _PlacedYaml, error: yaml.YAMLError) -> Finding:
    """What libyaml says is wrong, as a finding at the place it names."""
    mark = getattr(error, "problem_mark", None)
    index = mark.index if mark else getattr(error, "position", 0)
    index = min(index, max(len(handler.block) - 1, 0))
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", ""))
    span = handler.span(index, index + 1 if handler.block else index)
    if "'\\t'" in problem or handler.block[index : index + 1] == "\t":
        return Finding(rules.YAML_TAB, span)
    return Finding(rules.YAML_SYNTAX, span, {"problem": _PROBLEMS.get(problem, _OTHER_PROBLEM)})
