"""Things as schema.org describes them, for search engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ds2026kg.pages.addresses import Addresses
from ds2026kg.pages.view import Said


def breadcrumb(addresses: Addresses, trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A BreadcrumbList of the names and paths that lead to a page, the first page first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": addresses.page(path),
            }
            for position, (name, path) in enumerate(trail, start=1)
        ],
    }


def in_languages(said: Sequence[Said]) -> list[dict[str, str] | str]:
    """Texts as JSON-LD values, each with its language if that is known."""
    return [
        {"@value": each.text, "@language": each.language} if each.language else each.text
        for each in said
    ]
