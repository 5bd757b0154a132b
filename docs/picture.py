"""Draws what a vault says as one SVG: the mission tree on the left, the actors on the right.

The picture needs no font, script or file beside it, follows the reader's light or dark scheme,
and has the same bytes for the same vault. Lengths are in SVG user units, pixels at full size.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from ds2026kg.findings import Language, Text
from ds2026kg.pages.curves import Point, curve, ports, spread
from ds2026kg.reading import Reading
from ds2026kg.strategy import Actor, Commitment, Entity, Mission

WIDTH = 900
MARGIN = 28
TRUNK_X = 32
TREE_X = 52
TREE_END = 308
PILL_X = 336
PILL_WIDTH = 76
PILL_HEIGHT = 26
ACTOR_X = 628
TOP = 132
ROW = 38
AREA_GAP = 18
MISSION_HEIGHT = 50
ACTOR_GAP = 13
PORT = 4.0
LINE = 15
# Letters that fit: the mean letter of common sans-serif fonts is about half as wide as it is high.
AREA_LETTERS = 37
AREA_LETTERS_FR = 41

STYLE = Path(__file__).with_name("picture.css").read_text(encoding="utf-8")

# The status of a commitment as a mark: a path in a box of 10 by 10 around (0, 0).
_DISC = "M0,-5A5,5 0 0 1 0,5A5,5 0 0 1 0,-5Z"
_RING = f'<path class="mark" d="{_DISC}"/>'
_MARKS = {
    "status/not-started": _RING,
    "status/in-progress": _RING + '<path class="full" d="M0,-5A5,5 0 0 0 0,5Z"/>',
    "status/completed": f'<path class="mark full" d="{_DISC}"/>',
    "status/paused": _RING + '<path class="mark" d="M-1.6,-2.4V2.4M1.6,-2.4V2.4"/>',
    "status/behind": _RING + '<path class="mark" d="M0,-2.6V0.8M0,2.2V2.9"/>',
    "": f'<path class="mark dotted" d="{_DISC}"/>',
}
_UNRECORDED = Text("no status recorded", "aucun statut consigné")


@dataclass(frozen=True, slots=True)
class Role:
    """A line from a commitment to an actor: one that leads, or else supports."""

    commitment: str
    actor: str
    leads: bool


def draw(reading: Reading) -> str:
    """The SVG document for what was read from a vault."""
    entities = list(reading.graph)
    rows, bottom = _rows(entities)
    commitments = [entity for entity in entities if isinstance(entity, Commitment)]
    roles = list(_roles(commitments))
    centres = _actor_centres(entities, roles, rows, TOP, bottom)
    by_id = {entity.id: entity for entity in entities}
    federal = {key for key in centres if _is_federal(by_id[key])}
    parts = [
        *_headings(by_id),
        *_tree(entities, rows),
        *_role_lines(roles, rows, centres, federal),
        *(_pill(entity, rows[entity.id]) for entity in commitments),
        *(_actor(by_id[key], centre, _met(roles, key)) for key, centre in centres.items()),
        *_legend(reading, commitments, bottom + 42),
    ]
    return _document(parts, bottom + 106, _description(entities, roles))


def _value(entity: Entity, term: str, language: Language | None = None) -> str:
    """The first value of `term`, in `language` if it is given; "" if there is none."""
    found = (fact.value for fact in entity.values(term) if fact.language == language)
    return next(found, "")


def _is_federal(entity: Entity) -> bool:
    return _value(entity, "classification") == "actor-type/federal-organization"


def _is_area(entity: Entity) -> bool:
    return isinstance(entity, Mission) and "." in entity.key


def _rows(entities: Iterable[Entity]) -> tuple[dict[str, float], float]:
    """The height at which each mission, area and commitment stands, and where the last one ends.

    Entities come parents first. An area stands at the middle of its commitments.
    """
    rows: dict[str, float] = {}
    below: dict[str, list[str]] = {}
    y = float(TOP)
    for entity in entities:
        if isinstance(entity, Commitment):
            below.setdefault(_value(entity, "hasParent"), []).append(entity.id)
            rows[entity.id] = y + ROW / 2
            y += ROW
        elif _is_area(entity):
            y += AREA_GAP
            rows[entity.id] = y
        elif isinstance(entity, Mission):
            rows[entity.id] = y
            y += MISSION_HEIGHT
    for area, children in below.items():
        rows[area] = (rows[children[0]] + rows[children[-1]]) / 2
    return rows, y


def _roles(commitments: Iterable[Commitment]) -> Iterable[Role]:
    for commitment in commitments:
        for term in ("ledBy", "supportedBy"):
            for fact in commitment.values(term):
                yield Role(commitment.id, fact.value, term == "ledBy")


def _actor_height(entity: Entity) -> float:
    return LINE * len(_actor_lines(entity))


def _actor_centres(
    entities: Iterable[Entity],
    roles: Sequence[Role],
    rows: dict[str, float],
    top: float,
    bottom: float,
) -> dict[str, float]:
    """Where each actor with a role stands: near the middle of its commitments, apart from others."""
    wanted: dict[str, float] = {}
    actors = {entity.id: entity for entity in entities if isinstance(entity, Actor)}
    for key in actors:
        heights = [rows[role.commitment] for role in roles if role.actor == key]
        if heights:
            wanted[key] = sum(heights) / len(heights)
    order = sorted(wanted, key=lambda key: (wanted[key], key))
    sizes = [_actor_height(actors[key]) + ACTOR_GAP for key in order]
    return dict(zip(order, spread([wanted[key] for key in order], sizes, top, bottom), strict=True))


def _text(x: float, y: float, content: str, style: str = "", language: Language = "en") -> str:
    kind = f' class="{style}"' if style else ""
    spoken = f' xml:lang="{language}"' if language == "fr" else ""
    return f'<text x="{x:g}" y="{y:.1f}"{kind}{spoken}>{escape(content)}</text>'


def _path(style: str, data: str) -> str:
    return f'<path class="{style}" d="{data}"/>'


def _curve(style: str, start: Point, end: Point) -> str:
    return _path(style, curve(start, end))


def _headings(by_id: dict[str, Entity]) -> Iterable[str]:
    for entity in by_id.values():
        if entity.kind == "strategy":
            yield _text(MARGIN, 40, _value(entity, "label", "en"), "title")
            yield _text(MARGIN, 60, _value(entity, "label", "fr"), "soft", "fr")
    columns = [
        (MARGIN, Text("Areas for action", "Domaines d’action")),
        (PILL_X, Text("Commitments", "Engagements")),
        (ACTOR_X, Text("Who leads, who supports", "Qui est responsable, qui appuie")),
    ]
    for x, words in columns:
        yield _text(x, 92, words.en, "strong")
        yield _text(x, 107, words.fr, "soft", "fr")


def _tree(entities: Sequence[Entity], rows: dict[str, float]) -> Iterable[str]:
    for entity in entities:
        if _is_area(entity):
            yield from _area(entity, rows)
        elif isinstance(entity, Mission):
            y = rows[entity.id]
            name = f"Mission {entity.key}: {_value(entity, 'label', 'en')}"
            yield _text(MARGIN, y + 14, name, "mission")
            yield _text(MARGIN, y + 30, _value(entity, "label", "fr"), "soft", "fr")
            areas = [rows[a.id] for a in entities if _value(a, "hasParent") == entity.id]
            if areas:
                yield _path("tree", f"M{TRUNK_X},{y + 40:.1f}V{max(areas) - 8:.1f}")
        elif isinstance(entity, Commitment):
            start = Point(TREE_END, rows[_value(entity, "hasParent")])
            yield _curve("tree", start, Point(PILL_X, rows[entity.id]))


def _area(entity: Entity, rows: dict[str, float]) -> Iterable[str]:
    """The words of an area, in both languages, and the branch that it hangs on."""
    lines = textwrap.wrap(f"{entity.key}  {_value(entity, 'label', 'en')}", AREA_LETTERS)
    french = textwrap.wrap(_value(entity, "label", "fr"), AREA_LETTERS_FR)
    centre = rows[entity.id]
    yield _path("tree", f"M{TRUNK_X},{centre - 8:.1f}q0,8 8,8H{TREE_X - 8}")
    y = centre - (len(lines) + len(french)) * LINE / 2 + 11
    first = lines[0].removeprefix(entity.key).strip()
    notation = f'<tspan class="strong">{entity.key}</tspan>'
    yield f'<text x="{TREE_X}" y="{y:.1f}">{notation} {escape(first)}</text>'
    for number, line in enumerate(lines[1:], 1):
        yield _text(TREE_X, y + number * LINE, line)
    for number, line in enumerate(french, len(lines)):
        yield _text(TREE_X, y + number * LINE, line, "soft", "fr")


def _pill(entity: Entity, centre: float) -> str:
    """A commitment: its notation, with the mark of its status."""
    top = centre - PILL_HEIGHT / 2
    box = (
        f'<rect class="pill" x="{PILL_X}" y="{top:.1f}" width="{PILL_WIDTH}" '
        f'height="{PILL_HEIGHT}" rx="13"/>'
    )
    mark = _mark(_value(entity, "status"), Point(PILL_X + 16, centre))
    return f"<g>{box}{mark}{_text(PILL_X + 30, centre + 4, entity.key, 'strong')}</g>"


def _mark(status: str, place: Point) -> str:
    return f'<g transform="translate({place.x:g} {place.y:.1f})">{_MARKS[status]}</g>'


def _actor_lines(entity: Entity) -> list[tuple[str, str, Language]]:
    """What is written of an actor: words, style and language of each line."""
    english, french = _value(entity, "label", "en"), _value(entity, "label", "fr")
    acronyms = [_value(entity, "altLabel", language) for language in ("en", "fr")]
    short = " · ".join(dict.fromkeys(filter(None, acronyms)))
    lines: list[tuple[str, str, Language]] = [(short or english, "strong", "en")]
    if short:
        lines.append((english, "soft", "en"))
    if french:
        lines.append((french, "soft", "fr"))
    return lines


def _met(roles: Iterable[Role], actor: str) -> int:
    """How many lines meet an actor."""
    return sum(role.actor == actor for role in roles)


def _actor(entity: Entity, centre: float, met: int) -> str:
    """What is written of an actor, beside a bar that its `met` lines end at."""
    lines = _actor_lines(entity)
    half = LINE * len(lines) / 2
    reach = max(half - 2, (met - 1) * PORT / 2)
    colour = "federal" if _is_federal(entity) else "group"
    bar = _path(f"bar {colour}", f"M{ACTOR_X},{centre - reach:.1f}V{centre + reach:.1f}")
    words = (
        _text(ACTOR_X + 12, centre - half + 11.5 + number * LINE, content, style, language)
        for number, (content, style, language) in enumerate(lines)
    )
    return f"<g>{bar}{''.join(words)}</g>"


def _role_lines(
    roles: Sequence[Role], rows: dict[str, float], centres: dict[str, float], federal: set[str]
) -> Iterable[str]:
    """One curve a role. Where curves share an end they stand apart, in the order of their others."""
    starts = ports([(role.commitment, centres[role.actor]) for role in roles], rows, PORT)
    ends = ports([(role.actor, rows[role.commitment]) for role in roles], centres, PORT)
    for role, start, end in zip(roles, starts, ends, strict=True):
        colour = "federal" if role.actor in federal else "group"
        style = f"role {colour}" if role.leads else f"role supports {colour}"
        yield _curve(style, Point(PILL_X + PILL_WIDTH, start), Point(ACTOR_X - 3, end))


def _legend(reading: Reading, commitments: Iterable[Commitment], top: float) -> Iterable[str]:
    """What lines, colours and marks mean, in both languages; of the marks, those in use."""
    yield _path("tree", f"M{MARGIN},{top - 18:.1f}H{WIDTH - MARGIN}")
    signs = [
        ("role", Text("leads", "est responsable")),
        ("role supports", Text("supports", "appuie")),
        ("role federal", Text("federal organization", "organisation fédérale")),
        ("role group", Text("group", "groupe")),
    ]
    x = float(MARGIN)
    for style, words in signs:
        yield _path(style, f"M{x:g},{top + 8:.1f}h28")
        yield from _bilingual(x + 36, top + 6, words)
        x += 190
    statuses = {_value(entity, "status") for entity in commitments}
    x = float(MARGIN)
    for status in (key for key in _MARKS if key in statuses):
        concept = reading.vocabulary.concepts.get(status)
        words = Text(concept.labels["en"], concept.labels["fr"]) if concept else _UNRECORDED
        yield _mark(status, Point(x + 14, top + 42))
        yield from _bilingual(x + 36, top + 40, words)
        x += 190


def _bilingual(x: float, y: float, words: Text) -> Iterable[str]:
    yield _text(x, y, words.en)
    yield _text(x, y + 13, words.fr, "soft", "fr")


def _description(entities: Sequence[Entity], roles: Sequence[Role]) -> Text:
    """What the picture shows, for those who cannot see it."""
    counts = {
        "areas": sum(map(_is_area, entities)),
        "commitments": sum(isinstance(entity, Commitment) for entity in entities),
        "actors": len({role.actor for role in roles}),
        "leads": sum(role.leads for role in roles),
        "supports": sum(not role.leads for role in roles),
    }
    text = Text(
        "{areas} areas for action hold {commitments} commitments. Lines join them to {actors} "
        "actors: {leads} solid ones to those who lead, {supports} dashed ones to those who support.",
        "{areas} domaines d’action regroupent {commitments} engagements. Des traits les relient à "
        "{actors} acteurs\u00a0: {leads} traits pleins vers les responsables, {supports} traits "
        "tiretés vers ceux qui appuient.",
    )
    return Text(text.in_language("en", **counts), text.in_language("fr", **counts))


def _document(parts: Iterable[str], height: float, description: Text) -> str:
    title = "The strategy as a graph / La stratégie sous forme de graphe"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" role="img" aria-labelledby="title desc" '
        'xml:lang="en">'
    )
    panel = (
        f'<rect class="panel" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:g}" rx="12"/>'
    )
    lines = [
        head,
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(" ".join(description))}</desc>',
        f"<style>\n{STYLE}</style>",
        panel,
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
