"""What a link points at: how its target is written, and which note of the vault that is."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


def split_wikilink(destination: str) -> tuple[str, str | None]:
    r"""Target and fragment of a wikilink's inside, its label already removed.

    >>> split_wikilink("Note#H1#H2")
    ('Note', 'H1#H2')
    >>> split_wikilink("p\\")  # in a table the label's bar is escaped
    ('p', None)
    """
    target, mark, fragment = destination.removesuffix("\\").partition("#")
    return target.strip(), fragment.strip() if mark else None


def split_destination(destination: str) -> tuple[str, str | None, bool]:
    """Target, fragment and whether it is external, of a Markdown link's destination.

    Percent-encoding is undone, twice where it was done twice.

    >>> split_destination("Mission%25203.1a.md#mission-31a")
    ('Mission 3.1a.md', 'mission-31a', False)
    >>> split_destination("https://example.org/a%20b#c")
    ('https://example.org/a%20b#c', None, True)
    """
    if _SCHEME.match(destination):
        return destination, None, True
    target, mark, fragment = destination.partition("#")
    return _decode(target), _decode(fragment) if mark else None, False


def _decode(text: str) -> str:
    for _ in range(2):
        if not _ENCODED.search(text):
            break
        text = unquote(text, errors="replace")
    return text.strip()


def normal_name(name: str) -> str:
    """The form in which two names of a note are the same: NFC, caseless, one space, no `.md`.

    >>> normal_name("Mission\\u00a03.1A.md")
    'mission 3.1a'
    """
    folded = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    return folded.removesuffix(".md")


class LinkIndex:
    """Which note a link's target names, as Obsidian decides it.

    In this order: the path from the vault's root, or from the note for `./` and `../`; a path
    whose end is the target, the note's own folder first and then the shortest path; an alias.

    >>> index = LinkIndex()
    >>> index.add("areas/Mission 3.1.md", aliases=["Flows"])
    >>> index.resolve("mission 3.1"), index.resolve("Flows.md"), index.resolve("x")
    ('areas/Mission 3.1.md', 'areas/Mission 3.1.md', None)
    """

    def __init__(self) -> None:
        self._by_path: dict[str, str] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_alias: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, path: str, aliases: Iterable[str] = ()) -> None:
        """Enter one note."""
        normal = normal_name(path)
        self._by_path[normal] = path
        self._by_name[normal.rpartition("/")[2]].append(path)
        for alias in aliases:
            self._by_alias[normal_name(alias)].append(path)

    def resolve(self, target: str, source: str = "") -> str | None:
        """The path of the note that `target` names when linked from `source`, or None."""
        if not target:
            return source or None
        folder = source.rpartition("/")[0]
        if target.startswith(("./", "../")):
            joined = _normal_path(f"{folder}/{target}")
            return self._by_path.get(normal_name(joined)) if joined is not None else None
        normal = normal_name(target.removeprefix("/"))
        if normal in self._by_path:
            return self._by_path[normal]
        named = [
            path
            for path in self._by_name.get(normal.rpartition("/")[2], ())
            if normal_name(path).endswith("/" + normal)
        ]
        candidates = named or self._by_alias.get(normal, [])
        return min(candidates, key=lambda path: _nearness(path, folder), default=None)


def _nearness(path: str, folder: str) -> tuple[bool, int, str]:
    return (path.rpartition("/")[0] != folder, path.count("/"), path)


def _normal_path(path: str) -> str | None:
    """The path with `.` and `..` worked out, or None if it leads above the root."""
    parts: list[str] = []
    for part in PurePosixPath(path.lstrip("/")).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
