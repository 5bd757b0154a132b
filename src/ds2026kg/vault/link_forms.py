"""Links as they are written, or as the parser’s events tell of them, into `Link`s."""

from __future__ import annotations

from typing import Any

from ds2026kg.findings import Span
from ds2026kg.vault.link import Link, LinkForm
from ds2026kg.vault.targets import is_encoded_twice, split_destination, split_wikilink

_new = tuple.__new__  # what a named tuple's own `__new__` calls, at half the cost
_FORMS: dict[str, LinkForm] = {
    "Inline": "markdown",
    "Autolink": "autolink",
    "Email": "autolink",
}


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
