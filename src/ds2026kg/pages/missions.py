"""The tree: the strategy, its missions, their areas for action, and the commitments under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from ds2026kg.findings import Text
from ds2026kg.pages.kind import Content, Kind, Visit, alone
from ds2026kg.pages.rows import PARENT, Row, linked, rows
from ds2026kg.pages.structured import item_list
from ds2026kg.pages.view import Said, term

_NAME: Final = Text("Missions", "Missions")
_SUMMARY: Final = Text(
    "The whole strategy at a glance: {missions} missions and areas for action, "
    "{commitments} commitments, with who leads them and how far they have come.",
    "Toute la stratégie d’un coup d’œil\u00a0: {missions} missions et domaines d’action, "
    "{commitments} engagements, avec leurs responsables et leur avancement.",
)
_WORDS: Final[Mapping[str, Text]] = {
    "led_by": Text("Led by", "Responsables"),
    "jump": Text("Go to mission", "Aller à la mission"),
    "folded": Text("Commitments: {count}", "Engagements\u00a0: {count}"),
    "apart": Text("Outside the tree", "Hors de l’arbre"),
    "none": Text("The notes describe no strategy.", "Les notes ne décrivent aucune stratégie."),
}
_STRATEGY, _MISSION, _COMMITMENT = (
    term(name) for name in ("ds:Strategy", "ds:Mission", "ds:Commitment")
)
# No strategy is deeper, unless by mistake; what is deeper still is shown outside the tree.
_DEEPEST: Final = 12
# A tree of more things than this counts commitments and leaves them to the pages of their areas.
_LARGEST: Final = 2000


class Branch(NamedTuple):
    """A thing of the tree and what is under it; `id` is what links within the page lead to.

    `folded` counts the commitments under it that are not shown here.
    """

    id: str
    row: Row
    branches: tuple[Branch, ...]
    folded: int = 0


class _Growth(NamedTuple):
    """What a tree grows from; a thing that has several parents stands under the first met."""

    visit: Visit
    known: Mapping[NamedNode, Row]
    under: Mapping[NamedNode, list[NamedNode]]
    folding: Set[NamedNode]
    grown: dict[NamedNode, None]

    def branch(self, node: NamedNode, depth: int = 1) -> Branch:
        """The branch that begins with `node`."""
        self.grown[node] = None
        name = self.visit.view.local(node)
        folded = [each for each in self.under.get(node, ()) if each in self.folding]
        return Branch(name, self.known[node], tuple(self._branches(node, depth)), len(folded))

    def _branches(self, node: NamedNode, depth: int) -> Iterator[Branch]:
        for each in self.under.get(node, ()) if depth < _DEEPEST else ():
            if each not in self.grown and each not in self.folding:
                yield self.branch(each, depth + 1)


def _content(visit: Visit) -> Content:
    view = visit.view
    strategies, missions, commitments = (
        view.instances(each) for each in (_STRATEGY, _MISSION, _COMMITMENT)
    )
    nodes = dict.fromkeys([*strategies, *missions, *commitments])
    under: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    parents = linked(view, nodes, PARENT)
    for node in nodes:
        for parent in parents.get(node, ()):
            under[parent].append(node)
    below = (each for each in commitments if nodes.keys() & parents.get(each, ()))
    folding = set(below) if len(nodes) > _LARGEST else set()
    growth = _Growth(visit, rows(visit, nodes.keys() - folding), under, folding, {})
    roots = [growth.branch(each) for each in strategies]
    highest = [each for each in nodes if not nodes.keys() & parents.get(each, ())]
    shown = (each for each in (*highest, *nodes) if each not in folding)
    apart = [growth.branch(each) for each in shown if each not in growth.grown]
    title = _NAME.in_language(view.language)
    return Content(
        title=Said(title, view.language),
        summary=_SUMMARY.in_language(
            view.language, missions=len(missions), commitments=len(commitments)
        ),
        values={"roots": roots, "apart": apart},
        structured=item_list(
            title, ((node, growth.known[node].thing.label) for node in growth.grown)
        ),
    )


PAGE = Kind("missions", "missions.html", _content, alone("missions"), _NAME, _WORDS)
