"""Which file of the vault a link names."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ds2026kg.vault.link import Link
from ds2026kg.vault.targets import vault_address


class Resolution(NamedTuple):
    """What a link names: the file's path, or None, and the others that it could as well name."""

    path: str | None
    others: tuple[str, ...] = ()


_NOTHING = Resolution(None)


def normal_name(name: str) -> str:
    """The form in which two names of a file are the same: NFC, caseless, one space, no `.md`.

    >>> normal_name("Mission\\u00a03.1A.md")
    'mission 3.1a'
    """
    folded = name.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded)
    return " ".join(folded.split()).removesuffix(".md")


class LinkIndex:
    """Which file a link's target names, as Obsidian decides it.

    In this order: the path from the vault's root, or from the note for `./` and `../`; a path
    whose end is the target, below the note's own folder first, then the shortest; an alias.
    `vault_name` is the name by which `obsidian://` addresses know the vault.

    >>> index = LinkIndex()
    >>> index.add("areas/Mission 3.1.md", aliases=["Flows"])
    >>> index.resolve("mission 3.1"), index.resolve("Flows.md"), index.resolve("x")
    ('areas/Mission 3.1.md', 'areas/Mission 3.1.md', None)
    """

    def __init__(self, vault_name: str = "") -> None:
        self._vault_name = normal_name(vault_name)
        self._by_path: defaultdict[str, list[str]] = defaultdict(list)
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_alias: dict[str, str] = {}  # the first note of that alias; the others are apart,
        self._also_called: defaultdict[str, dict[str, None]] = defaultdict(dict)  # since few are
        # What targets name where neither the note that links nor an alias yet unknown could change
        # it: not all such targets, but nearly every link's. It is there to be asked before `look_up`.
        self.known: dict[str, Resolution] = {}
        # What ambiguous names name, by the folder of the note that links.
        self._chosen_in: dict[tuple[str, str], Resolution] = {}

    def add(self, path: str, aliases: Iterable[str] = ()) -> None:
        """Enter one file, and the other names that a note gives itself."""
        normal = normal_name(path)
        self._by_path[normal].append(path)
        self._by_name[normal.rpartition("/")[2]].append(path)
        self.known.clear()
        self._chosen_in.clear()
        self.add_aliases(path, aliases)

    def add_aliases(self, path: str, aliases: Iterable[str]) -> None:
        """Enter other names of a note that has been entered."""
        for alias in aliases:
            normal = normal_name(alias)
            if self._by_alias.setdefault(normal, path) != path:
                self._also_called[normal][path] = None  # the notes may be read more than once

    def resolve(self, target: str, source: str = "") -> str | None:
        """The path of the file that `target` names when linked from the note `source`, or None."""
        return self.look_up(target, source).path

    def destination(self, link: Link, source: str) -> Resolution:
        """The file that a link in the note `source` leads to; none for one that leaves the vault."""
        within = self.within(link)
        return self.look_up(within.target, source) if within is not None else _NOTHING

    def within(self, link: Link) -> Link | None:
        """The link, as one with a target and a fragment in the vault, or None if it leaves it."""
        if not link.external:
            return link
        address = vault_address(link.target) if link.form == "obsidian" else None
        if address is None or normal_name(address.vault) not in ("", self._vault_name):
            return None
        return link._replace(target=address.target, fragment=address.fragment)

    def look_up(self, target: str, source: str = "") -> Resolution:
        """What `target` names when linked from the note `source`, and what else it could name."""
        known = self.known.get(target) or self._with_suffix(target)
        if known is not None:
            return known
        if not target:
            return Resolution(source or None)
        if not self.known:
            self._remember_names()
            return self.look_up(target, source) if self.known else _NOTHING
        folder = source.rpartition("/")[0]
        if target.startswith(("./", "../")):
            joined = _normal_path(f"{folder}/{target}")
            return self._chosen(
                self._by_path.get(normal_name(joined), ()) if joined else (), target
            )
        normal = normal_name(target.removeprefix("/"))
        at_path = self._by_path.get(normal, ())
        if at_path:
            return self._remembered(target, self._chosen(at_path, target))
        if target.startswith("/"):
            return _NOTHING
        return self._chosen_in.get((normal, folder)) or self._named(normal, folder, target)

    def is_alone(self, path: str) -> bool:
        """Whether no other file has the path but for case, Unicode form and blanks."""
        return len(self._by_path[normal_name(path)]) == 1

    def name_from(self, source: str, path: str) -> str | None:
        """What a link in the note `source` calls the file at `path`: its name, if that is enough.

        >>> index = LinkIndex()
        >>> for each in ("a/Plan.md", "b/Plan.md", "Mission 3.1.md"):
        ...     index.add(each)
        >>> index.name_from("x.md", "Mission 3.1.md"), index.name_from("x.md", "b/Plan.md")
        ('Mission 3.1', 'b/Plan')
        """
        plain = path.removesuffix(".md")
        for target in (plain.rpartition("/")[2], plain):
            if self.look_up(target, source) == (path, ()) and self.is_alone(path):
                return target
        return None

    def _named(self, normal: str, folder: str, target: str) -> Resolution:
        """What is called so, or else what has that alias."""
        named = self._by_name.get(normal.rpartition("/")[2], [])
        if "/" in normal:
            named = [path for path in named if normal_name(path).endswith("/" + normal)]
        if len(named) == 1:
            return self._remembered(target, Resolution(named[0]))
        if named:
            self._chosen_in[normal, folder] = chosen = _nearest(named, folder)
            return chosen
        first = self._by_alias.get(normal)
        if first is None:
            return _NOTHING
        return _nearest((first, *self._also_called.get(normal, ())), folder)

    def _remember_names(self) -> None:
        """Enter what nearly every link is: the name of the one file that has it, or its path."""
        for paths in self._by_name.values():
            for path in paths:
                plain = path.removesuffix(".md")
                if len(self._by_path[normal_name(path)]) == 1:
                    self.known[plain] = found = Resolution(path)
                    if len(paths) == 1:
                        self.known[plain.rpartition("/")[2]] = found

    def _with_suffix(self, target: str) -> Resolution | None:
        """What is known of a target that ends as its file does, `.md` and all, but for that."""
        if not target.endswith(".md"):
            return None
        known = self.known.get(target[:-3])
        if known is None or not (known.path or "").endswith(target):
            return None
        return self._remembered(target, known)

    def _remembered(self, target: str, found: Resolution) -> Resolution:
        self.known[target] = found
        return found

    @staticmethod
    def _chosen(paths: Iterable[str], target: str) -> Resolution:
        """Of paths that differ in case or Unicode form alone, the one that is spelled so."""
        plain = target.removeprefix("/").removesuffix(".md")
        ranked = sorted(paths, key=lambda path: (path.removesuffix(".md") != plain, path))
        return Resolution(ranked[0]) if ranked else _NOTHING


def _nearest(paths: Iterable[str], folder: str) -> Resolution:
    """The path that Obsidian takes for a link in a note of `folder`, and the others."""
    ranked = sorted(paths, key=lambda path: _farness(path, folder))
    return Resolution(ranked[0], tuple(ranked[1:])) if ranked else _NOTHING


def _farness(path: str, folder: str) -> tuple[bool, int, str]:
    """Files below the note's own folder come first, then those of the shortest path."""
    return (not path.startswith(folder + "/") if folder else False, len(path), path)


def _normal_path(path: str) -> str | None:
    """The path with `.` and `..` worked out, or None if it leads above the root."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
