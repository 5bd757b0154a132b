"""The links of a whole vault: which lead nowhere, which are ambiguous, which notes nobody links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

from ds2026kg.findings import Finding, Rule, Span
from ds2026kg.vault import link_rules as rules
from ds2026kg.vault.anchors import Anchors
from ds2026kg.vault.canvas import Canvas
from ds2026kg.vault.index import LinkIndex, Resolution
from ds2026kg.vault.link import Link
from ds2026kg.vault.note import Heading, Note

_NO_ANCHORS = Anchors((), ())
_WRITTEN = frozenset({"wikilink", "markdown"})  # the forms whose destination stands in the link


class Arc(NamedTuple):
    """A link with the note it stands in and the file it leads to, or None.

    `others` are the files that it could as well name: where there are any, it is ambiguous.
    """

    source: str
    link: Link
    target: str | None
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Counts:
    """How many of each a vault has. `links` are those that stay in the vault, embeds apart."""

    notes: int = 0
    private: int = 0
    canvases: int = 0
    links: int = 0
    embeds: int = 0
    external: int = 0
    headings: int = 0
    tags: int = 0
    blocks: int = 0
    tasks: int = 0
    fields: int = 0


class Elsewhere(Protocol):
    """What else is known of links and notes than the vault's files tell."""

    def knows(self, link: Link, source: str) -> bool:
        """Whether a link that leads to no file leads somewhere all the same."""

    def places(self, path: str) -> bool:
        """Whether a note belongs somewhere though no link says so."""


class _Nothing:
    """Nothing else is known."""

    def knows(self, _link: Link, _source: str) -> bool:
        return False

    def places(self, _path: str) -> bool:
        return False


class LinkSurvey:
    """What is known of a vault's links once every note has been added; it holds no note's text.

    `index` has every file of the vault before the first note is added, and gains the aliases.
    `withheld` are the paths of notes that are not read, and so are held to be private.
    """

    def __init__(self, index: LinkIndex, withheld: Iterable[str] = ()) -> None:
        self.index = index
        self.counts = Counts()
        self._private = set(withheld)
        self._ties: list[tuple[str, tuple[str, ...]]] = []  # a file, and those that it links to
        self._anchors: dict[str, Anchors] = {}
        self._read: dict[str, None] = {}  # the notes that could be read, in order
        # Links that can be judged only when all notes are known.
        self._open: list[tuple[str, Link, Resolution]] = []
        self._lookalikes: list[tuple[str, Link]] = []

    def add(self, note: Note) -> None:
        """Take one note: its links, its anchors, its aliases."""
        counts, path = self.counts, note.path
        counts.notes += 1
        if note.private:
            counts.private += 1
            self._private.add(path)
        if not (note.findings and any(finding.rule.unreadable for finding in note.findings)):
            self._read[path] = None
        if aliases := note.aliases:
            self.index.add_aliases(path, aliases)
        self._add_places(note)
        self.add_links(path, note.links)
        if note.lookalikes:
            self._lookalikes.extend((path, link) for link in note.lookalikes)

    def _add_places(self, note: Note) -> None:
        """Count the parts of a note, and keep what links may name of them."""
        counts = self.counts
        headings = []
        for part in note.body:
            if isinstance(part, Heading):
                headings.append((part.level, part.prose.text, part.source))
            elif part.fields:
                counts.fields += len(part.fields)
        identifiers = []
        for block in note.blocks:
            counts.tasks += block.kind == "task"
            if block.identifier:
                identifiers.append(block.identifier)
        counts.headings += len(headings)
        counts.tags += len(note.tags)
        counts.blocks += len(note.blocks)
        if headings or identifiers:
            self._anchors[note.path] = Anchors(headings, identifiers)

    def add_canvas(self, canvas: Canvas) -> None:
        """Take one canvas: its links, and its arrows as links between the files they tie."""
        self.counts.canvases += 1
        self.add_links(canvas.path, canvas.links)
        for source, link in self.arrows(canvas):
            self.add_links(source, (link,))

    def arrows(self, canvas: Canvas) -> Iterator[tuple[str, Link]]:
        """The arrows of a canvas between files that there are, each with the file it starts from."""
        for card, link in canvas.arrows:
            source = self.index.resolve(card, canvas.path)
            if source is not None and self.index.resolve(link.target, source) is not None:
                yield source, link

    def add_links(self, source: str, links: Iterable[Link]) -> None:
        """Take the links of one note or canvas."""
        known, look_up = self.index.known, self.index.look_up
        inside = embeds = 0
        linked: set[str | None] = set()
        for link in links:
            # Taken apart at once: there are more links than anything else in a vault.
            named, fragment, _, embed, external, _, _, _, _, twice_encoded = link
            if external:
                within = self.index.within(link)
                if within is None:
                    self.counts.external += 1
                    continue
                link, named, fragment = within, within.target, within.fragment
            inside += 1
            embeds += embed
            path, others = found = known.get(named) or look_up(named, source)
            linked.add(path)
            remarkable = fragment is not None or twice_encoded or others or path == source
            if path is None or remarkable or named not in path:
                self._open.append((source, link, found))
        self.counts.links += inside - embeds
        self.counts.embeds += embeds
        self._tie(source, linked)

    def _tie(self, source: str, linked: set[str | None]) -> None:
        """Note that the file `source` links to others; those to itself, or to nothing, do not count."""
        targets = tuple([path for path in linked if path is not None and path != source])
        if targets:
            self._ties.append((source, targets))

    def finish(self) -> None:
        """Settle what waited for the aliases of all notes."""
        for position, (source, link, found) in enumerate(self._open):
            if found.path is None:
                found = self.index.look_up(link.target, source)
                self._open[position] = (source, link, found)
                self._tie(source, {found.path})

    def is_private(self, path: str | None) -> bool:
        """Whether the note at `path` must not be published."""
        return path in self._private

    def sources(self, path: str) -> tuple[str, ...]:
        """The notes and canvases that link to the file at `path`, in the order they were added."""
        return tuple(dict.fromkeys(self._sources.get(path, ())))

    @cached_property
    def _sources(self) -> dict[str, list[str]]:
        """By file, those that link to it."""
        sources: defaultdict[str, list[str]] = defaultdict(list)
        for source, targets in self._ties:
            for target in targets:
                sources[target].append(source)
        return sources

    def badly_written(self, *, private: bool = False) -> Iterator[tuple[str, Link, str]]:
        """The links that lead to one file, but may not be written as they should be, with its path.

        Those in canvases, and those that could as well lead elsewhere, are not among them.
        """
        for source, link, found in self._open:
            path = found.path
            if path is None or found.others or not link.target or link.form not in _WRITTEN:
                continue
            if source in self._read and self.index.is_alone(path):
                hidden = self.is_private(source) or self.is_private(path)
                if private or not hidden:
                    yield source, link, path

    def meant_as_links(self, *, private: bool = False) -> Iterator[tuple[str, Link]]:
        """What looks like a Markdown link, is none, and could be for one file of the vault only."""
        meant: defaultdict[tuple[str, int], list[tuple[Link, str]]] = defaultdict(list)
        for source, link in self._lookalikes:
            found = self.index.look_up(link.target, source)
            if found.path is not None and not found.others:
                meant[source, link.span.start].append((link, found.path))
        for (source, _), candidates in meant.items():
            link, path = candidates[0]
            hidden = self.is_private(source) or self.is_private(path)
            if len(candidates) == 1 and (private or not hidden):
                yield source, link

    def findings(
        self, elsewhere: Elsewhere | None = None, *, private: bool = False
    ) -> Iterator[Finding]:
        """What is wrong with the links of the vault, but for what `elsewhere` knows better.

        What comes from private notes, or names one, is told only if `private` is true.
        """
        elsewhere = elsewhere or _Nothing()
        for source, link, found in self._open:
            hidden = self.is_private(source) or self.is_private(found.path)
            if private or not hidden:
                yield from self._judged(source, link, found, elsewhere, private)
        tied = set(chain.from_iterable((source, *targets) for source, targets in self._ties))
        for path in self._read:
            hidden = self.is_private(path) and not private
            if not (path in tied or hidden or elsewhere.places(path)):
                yield Finding(rules.NOTE_ORPHAN, Span.of_file(path))

    def _judged(
        self,
        source: str,
        link: Link,
        found: Resolution,
        elsewhere: Elsewhere,
        private: bool,
    ) -> Iterator[Finding]:
        if found.path is None:
            if not elsewhere.knows(link, source):
                yield Finding(_broken(link), link.span, {"target": link.target})
            return
        others = [path for path in found.others if private or not self.is_private(path)]
        if others:
            values = {"target": link.target, "path": found.path, "others": ", ".join(others)}
            yield Finding(rules.LINK_AMBIGUOUS, link.span, values)
        if link.embed and found.path == source and not link.fragment:
            yield Finding(rules.EMBED_OF_ITSELF, link.span)
        anchors = self._anchors.get(found.path, _NO_ANCHORS)
        if link.fragment and found.path in self._read and not anchors.has(link.fragment):
            values = {"fragment": link.fragment, "path": found.path}
            rule = rules.BLOCK_MISSING if link.fragment.startswith("^") else rules.HEADING_MISSING
            yield Finding(rule, link.span, values)


def _broken(link: Link) -> Rule:
    return rules.EMBED_BROKEN if link.embed else rules.LINK_BROKEN
