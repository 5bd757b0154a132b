"""How the target of a link is written, in each of its forms."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
TWICE = re.compile(r"%25(?=[0-9A-Fa-f]{2})")
"""The percent sign of an encoded character, encoded itself."""


class VaultAddress(NamedTuple):
    """What an `obsidian://` address names: a vault ("" for the one it stands in) and a file."""

    vault: str
    target: str
    fragment: str | None


def split_wikilink(destination: str) -> tuple[str, str | None]:
    r"""Target and fragment of a wikilink's inside, its label already removed.

    >>> split_wikilink("Note#H1#H2")
    ('Note', 'H1#H2')
    >>> split_wikilink("p\\")  # in a table the label's bar is escaped
    ('p', None)
    """
    target, mark, fragment = destination.removesuffix("\\").partition("#")
    return target.strip(), fragment.strip() if mark else None


def is_wikilink(destination: str) -> bool:
    """Whether a wikilink leads anywhere: unlike CommonMark's links, it stays on its line.

    >>> is_wikilink("Note"), is_wikilink("#Part"), is_wikilink("a\\nb"), is_wikilink(" ")
    (True, True, False, False)
    """
    return bool(destination.strip()) and "\n" not in destination and "\r" not in destination


def split_destination(destination: str) -> tuple[str, str | None, bool]:
    """Target, fragment and whether it is external, of a Markdown link's destination.

    Percent-encoding is undone, twice where it was done twice.

    >>> split_destination("Mission%25203.1a.md#mission-31a")
    ('Mission 3.1a.md', 'mission-31a', False)
    >>> split_destination("https://example.org/a%20b#c")
    ('https://example.org/a%20b#c', None, True)
    """
    if ":" in destination and _SCHEME.match(destination):
        return destination, None, True
    target, mark, fragment = destination.partition("#")
    return _decode(target), _decode(fragment) if mark else None, False


def _decode(text: str) -> str:
    for _ in range(2):
        text = text.replace("%20", " ")  # by far the most
        if "%" not in text or not _ENCODED.search(text):
            break
        text = unquote_to_bytes(text).decode("utf-8", "replace")
    return text.strip()


def is_encoded_twice(destination: str) -> bool:
    """Whether the percent signs of an encoded destination are encoded once more.

    >>> is_encoded_twice("Mission%25203.1.md"), is_encoded_twice("100%25.md")
    (True, False)
    """
    return "%25" in destination and TWICE.search(destination) is not None


def vault_address(address: str) -> VaultAddress | None:
    """What an `obsidian://` address opens, or None if it opens no file (Obsidian Help, "URI").

    >>> vault_address("obsidian://open?vault=Strategy&file=Areas%2FMission%203.1%23Leads")
    VaultAddress(vault='Strategy', target='Areas/Mission 3.1', fragment='Leads')
    >>> vault_address("obsidian://vault/Strategy/Mission%203.1")
    VaultAddress(vault='Strategy', target='Mission 3.1', fragment=None)
    """
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query, errors="replace")
    except ValueError:  # a bracket without its fellow, as in obsidian://[
        return None
    if parts.scheme.casefold() != "obsidian":
        return None
    if parts.netloc.casefold() == "vault":
        vault, _, file = parts.path.lstrip("/").partition("/")
        vault, file = _decode(vault), _decode(file)
    else:
        vault = query.get("vault", [""])[0]
        file = (query.get("file") or query.get("filepath") or [""])[0]
    target, mark, fragment = file.partition("#")
    return VaultAddress(vault, target, fragment if mark else None) if target else None
