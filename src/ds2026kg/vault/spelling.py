"""How the destination of a link ought to be written, so that other tools too find the file.

All here is pure: a link, its source, and the path of the file that it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from ds2026kg.vault.index import normal_name
from ds2026kg.vault.link import Link
from ds2026kg.vault.targets import TWICE, split_destination, split_wikilink

_INLINE = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>\r\n]*)>|(?P<plain>[^\s<]\S*?))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)\Z"
)
_WIKILINK = re.compile(r"!?\[\[(?P<plain>[^\[\]|\r\n]+)(?:\|[^\r\n]*)?\]\]\Z")
# What ends a destination or means something in it (CommonMark §6.3), and what a URI escapes.
_UNSAFE = re.compile(r"[\x00-\x20\x7f()<>\"#%&\\^`{|}\[\]]")
_NOT_IN_ANGLES = re.compile(r"[<>%&\\\r\n]")
_NOT_IN_WIKILINK = re.compile(r"[\[\]|#^\\\r\n]")


class Destination(NamedTuple):
    """Where a link's destination stands in the link's source, in characters, and what it should be."""

    start: int
    end: int
    text: str


def encoded(path: str) -> str:
    """A path as the destination of a Markdown link, encoded only where that is needed.

    >>> encoded("Été/Missions (ds2026).md")
    'Été/Missions%20%28ds2026%29.md'
    """
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), path)


def own_spelling(target: str, path: str) -> str | None:
    """The target as the file at `path` is spelled: of its folders as many, `.md` where it was.

    None where it names the file otherwise, as by an alias, or is spelled so already.

    >>> own_spelling("../AREAS/mission 3.1", "areas/Mission 3.1.md")
    '../areas/Mission 3.1'
    """
    lead = re.match(r"(?:\.{0,2}/)*", target)
    prefix = lead[0] if lead else ""
    name = target[len(prefix) :]
    own = "/".join(path.split("/")[-1 - name.count("/") :])
    if normal_name(name) != normal_name(own):
        return None
    suffix = own[-3:] if own[-3:].casefold() == ".md" else ""
    if suffix and name[-3:].casefold() != ".md":
        own = own.removesuffix(suffix)
    return prefix + own if own != name else None


def mended(link: Link, source: str, path: str) -> Destination | None:
    """The destination that leads from `link`, whose source is given, to `path` and is well written.

    None where the destination does not stand in the source to the letter, needs no mending, or
    would be read as another one.
    """
    found = _written(link, source)
    if found is None:
        return None
    start, end = found
    written = source[start:end]
    target = own_spelling(link.target, path) or link.target
    read: tuple[str, str | None, bool] | None
    if link.form == "wikilink":
        text = target + (f"#{link.fragment}" if link.fragment else "")
        read = None if _NOT_IN_WIKILINK.search(target) else (*split_wikilink(text), False)
    else:
        if source[start - 1] == "<":
            text = target + (f"#{link.fragment}" if link.fragment else "")
            text = "" if _NOT_IN_ANGLES.search(text) else text
        else:
            text = _mended_inline(written, link.target, target)
        read = split_destination(text)
    if text == written.strip() or read != (target, link.fragment or None, False):
        return None
    return Destination(start, end, text)


def _mended_inline(written: str, target: str, spelling: str) -> str:
    path, _, fragment = written.partition("#")
    path = TWICE.sub("%", path) if spelling == target else encoded(spelling)
    return path + (f"#{TWICE.sub('%', fragment)}" if fragment else "")


def _written(link: Link, source: str) -> tuple[int, int] | None:
    """Where the destination of `link` stands in its source, proved by reading it again."""
    if link.form == "wikilink":
        found = _WIKILINK.match(source)
        if found is None or split_wikilink(found["plain"]) != (link.target, link.fragment):
            return None
        return None if found["plain"].endswith("\\") else found.span("plain")  # in a table
    for found in _from_the_right(source):
        group = "plain" if found["angled"] is None else "angled"
        if split_destination(found[group]) == (link.target, link.fragment, False):
            return found.span(group)
    return None


def _from_the_right(source: str) -> Iterator[re.Match[str]]:
    """What may be the destination of an inline link, the one after the last bracket first."""
    position = source.rfind("](")
    while position >= 0:
        found = _INLINE.match(source, position)
        if found is not None:
            yield found
        position = source.rfind("](", 0, position)
