"""The page that searches: a server answers in it, mere files list all there is for a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.counting import RESULTS, counted
from ds2026kg.pages.kind import Content, Kind, Visit, alone
from ds2026kg.pages.searching import (
    MOST_LETTERS,
    Entry,
    Piece,
    entries,
    excerpt,
    fold,
    has,
    marked,
    search,
    words_of,
)
from ds2026kg.pages.view import TYPE, Said, View, term
from ds2026kg.strategy import natural_key

PATH: Final = "search"
MOST: Final = 50

_WORDS = {
    "title": Text("Search", "Recherche"),
    "summary": Text(
        "Find missions, commitments, actors and terms by word or number, in either language.",
        "Trouvez des missions, des engagements, des acteurs et des termes par mot ou par numéro, dans "
        "l’une ou l’autre langue.",
    ),
    "help": Text(
        "All words must occur; the beginning of a word is enough. Case and accents do not matter. A "
        "number such as 3.1a leads straight to its commitment.",
        "Tous les mots doivent s’y trouver; le début d’un mot suffit. La casse et les accents n’ont pas "
        "d’importance. Un numéro comme 3.1a mène tout droit à son engagement.",
    ),
    "none": Text(
        "Nothing has all of these words. Try fewer words, or the beginning of one.",
        "Rien ne contient tous ces mots. Essayez moins de mots, ou le début de l’un d’eux.",
    ),
    "for": Text("for", "pour"),
    "quote": Text("“", "«\u00a0"),
    "unquote": Text("”", "\u00a0»"),
    "first": Text(
        "The first 50 are shown. One word more narrows them down.",
        "Les 50 premiers sont montrés. Un mot de plus réduira leur nombre.",
    ),
    "results": Text("Results", "Résultats"),
    "everything": Text("All there is to find", "Tout ce qui peut être trouvé"),
    "unnamed": Text("Other things", "Autres choses"),
    "vocabulary": Text("Term", "Terme"),
}
# Groups of the list of everything, in this order; what is of none of these classes comes last.
_GROUPS: Final = tuple(
    term(name)
    for name in (
        "ds:Strategy",
        "ds:Mission",
        "ds:Commitment",
        "ds:Actor",
        "ds:Status",
        "ds:Priority",
        "ds:ActorType",
        "ds:Basis",
    )
)


class Hit(NamedTuple):
    """Something found: what it is, its name, and the text that has the words asked for."""

    node: NamedNode
    kind: Said
    notation: str
    label: tuple[Piece, ...]
    label_language: str
    excerpt: tuple[Piece, ...]
    excerpt_language: str


class Listed(NamedTuple):
    """Something that can be found: its name, and the folded words beyond it by which it is found."""

    node: NamedNode
    notation: str
    label: Said
    words: str


def _content(visit: Visit) -> Content:
    view = visit.view
    question = ((visit.parameters or {}).get("q") or "")[:MOST_LETTERS].strip()
    title = Said(_WORDS["title"].in_language(view.language), view.language)
    values: dict[str, Any] = {"question": question, "hits": (), "count": "", "cut": False}
    values["groups"] = () if visit.publication.live else _groups(view)
    if question and visit.publication.live:
        values["same_question"] = f"?q={quote(question)}"  # the other language is asked the same
        found = search(entries(view), question)
        values["hits"] = [_hit(view, each, words_of(question)) for each in found[:MOST]]
        values["count"] = counted(len(found), RESULTS, view.language)
        values["cut"] = len(found) > MOST
    return Content(
        title=title,
        summary=_WORDS["summary"].in_language(view.language),
        values=values,
        structured={"@type": "SearchResultsPage", "name": title.text},
    )


def _hit(view: View, entry: Entry, words: Sequence[str]) -> Hit:
    label = view.label(entry.node)
    text = excerpt(entry, words, label.text)
    if text and text.language != view.language and all(has(label.text, word) for word in words):
        text = None
    return Hit(
        entry.node,
        _kind(view, entry.node),
        view.notation(entry.node),
        marked(label.text, words),
        label.language,
        marked(text.value, words) if text else (),
        (text.language or "") if text else "",
    )


def _kind(view: View, node: NamedNode) -> Said:
    kind = _class(view, node)
    if kind is not None:
        return view.label(kind)
    if view.local(node):
        return Said("")
    return Said(_WORDS["vocabulary"].in_language(view.language), view.language)


def _class(view: View, node: NamedNode) -> NamedNode | None:
    """What kind of thing it is, of those that the list is grouped by."""
    classes = view.values(node, TYPE)
    return next((each for each in _GROUPS if each in classes), None)


def _groups(view: View) -> list[tuple[Said, list[Listed]]]:
    """Everything by what it is, and in each group in the order in which people count or spell."""
    groups: dict[NamedNode | None, list[Listed]] = {kind: [] for kind in (*_GROUPS, None)}
    for entry in entries(view):
        groups[_class(view, entry.node)].append(_listed(view, entry))
    rest = Said(_WORDS["unnamed"].in_language(view.language), view.language)
    return [
        (rest if kind is None else view.label(kind), sorted(found, key=_place))
        for kind, found in groups.items()
        if found
    ]


def _listed(view: View, entry: Entry) -> Listed:
    label = view.label(entry.node)
    others = [*entry.notations, *entry.labels, *entry.texts]
    folded = dict.fromkeys(fold(each.value) for each in others if each.value != label.text)
    return Listed(entry.node, view.notation(entry.node), label, " | ".join(folded))


def _place(listed: Listed) -> tuple[object, ...]:
    return natural_key(listed.notation), fold(listed.label.text), listed.node.value


PAGE = Kind(PATH, "search.html", _content, alone(PATH), Text("Search", "Recherche"), _WORDS)
