"""A text's Markdown as HTML, made from the very events that the reader takes.

It is laid out as CommonMark's own examples are, to the letter, so that nothing needs to be
smoothed over before the two are compared. What Obsidian adds comes out as an element of the
event's own name, such as `<footnotereference>`, which can never pass for CommonMark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pyromark
from pyromark import Options
from pyromark.event import Event

# A line begins here, unless one has just begun. CommonMark lets no text hold the character.
_LINE = "\0"
_PATTERNS = {
    "Paragraph": _LINE + "<p>{}</p>\n",
    "Heading": _LINE + "<{tag}>{}</{tag}>\n",
    "BlockQuote": _LINE + "<blockquote>\n{}" + _LINE + "</blockquote>\n",
    "List": _LINE + "<{tag}{start}>\n{}" + _LINE + "</{tag}>\n",
    "Item": _LINE + "<li>{}</li>\n",
    "CodeBlock": _LINE + "<pre><code{language}>{}</code></pre>\n",
    "HtmlBlock": _LINE + "{}" + _LINE,
    "Emphasis": "<em>{}</em>",
    "Strong": "<strong>{}</strong>",
    "Link": '<a href="{address}"{title}>{}</a>',
    "Image": '<img src="{address}" alt="{}"{title} />',
}
_BREAKS = {"SoftBreak": "\n", "HardBreak": "<br />\n", "Rule": _LINE + "<hr />\n"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# What an address keeps as it is; a percent sign is part of an encoding already made.
_SAFE = "!#$%&'()*+,-./:;=?@_~"


def html(markdown: str, options: Options) -> str:
    """The HTML that the events of `markdown` make.

    >>> html("# A\\n- [b](</c d>)", Options(0))
    '<h1>A</h1>\\n<ul>\\n<li><a href="/c%20d">b</a></li>\\n</ul>\\n'
    """
    events = (event for event, _ in pyromark.events_with_range(markdown, options=options))
    page = "\n" + _content(events)
    return re.sub(f"{_LINE}+", "\n", re.sub(f"(?<=\n){_LINE}+", "", page))[1:]


def _content(events: Iterator[Event], *, plain: bool = False) -> str:
    """The HTML of all that comes before the next end; `plain` within an image, as its text is."""
    pieces = []
    for event in events:
        kind, payload = _named(event)
        if kind == "End":
            break
        if kind == "Start":
            name, data = _named(payload)
            inner = _content(events, plain=plain or name == "Image")
            pieces.append(inner if plain else _element(name, data, inner))
        elif kind in _BREAKS:
            pieces.append("\n" if plain else _BREAKS[kind])
        elif kind in ("Html", "InlineHtml"):
            pieces.append("" if plain else payload)
        else:
            text = _escaped(str(payload))
            tag = kind.lower()
            pieces.append(text if plain or kind == "Text" else f"<{tag}>{text}</{tag}>")
    return "".join(pieces)


def _named(event: str | Mapping[str, Any]) -> tuple[str, Any]:
    if isinstance(event, str):
        return event, None
    ((name, payload),) = event.items()
    return name, payload


def _element(name: str, payload: Any, inner: str) -> str:
    pattern = _PATTERNS.get(name, "<{tag}>{}</{tag}>")
    return pattern.format(inner, **{"tag": name.lower(), **_attributes(name, payload)})


def _attributes(name: str, payload: Any) -> dict[str, str]:
    """What fills the pattern of an element, beside what is within it."""
    if name == "Heading":
        return {"tag": payload["level"].lower()}
    if name == "List":
        start = "" if payload in (None, 1) else f' start="{payload}"'
        return {"tag": "ul" if payload is None else "ol", "start": start}
    if name == "CodeBlock":
        words = payload["Fenced"].split() if isinstance(payload, dict) else []
        return {"language": f' class="language-{_escaped(words[0])}"' if words else ""}
    if name in ("Link", "Image"):
        mail = "mailto:" if payload["link_type"] == "Email" else ""
        title = f' title="{_escaped(payload["title"])}"' if payload["title"] else ""
        address = _escaped(mail + quote(payload["dest_url"], safe=_SAFE))
        return {"address": address, "title": title}
    return {}


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
