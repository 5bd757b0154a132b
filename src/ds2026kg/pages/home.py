"""The first page: what the data set is, what is in it, and where to go from here."""

from __future__ import annotations

from typing import Any

from ds2026kg.findings import Text
from ds2026kg.pages.addresses import HOME, Addresses
from ds2026kg.pages.counting import ACTORS, AREAS, COMMITMENTS, MISSIONS, counted, noun, numeral
from ds2026kg.pages.distribution import data_set
from ds2026kg.pages.kind import Content, Kind, Visit, alone
from ds2026kg.pages.outline import ACTOR, Outline, outline
from ds2026kg.pages.tally import Share, statuses
from ds2026kg.pages.view import Said, View, term

_WORDS = {
    "what": Text(
        "This is a government strategy as data: what it sets out to do, who leads and supports each "
        "commitment, and how far the work has come. Everything can be traced to the note and the line "
        "where it was read.",
        "Voici une stratégie gouvernementale sous forme de données\u00a0: ce qu’elle entend accomplir, "
        "qui est responsable de chaque engagement ou l’appuie, et où en sont les travaux. Tout peut "
        "être retracé jusqu’à la note et à la ligne où cela a été lu.",
    ),
    "empty": Text("There are no data here yet.", "Il n’y a pas encore de données ici."),
    "figures": Text("What the data hold", "Ce que contiennent les données"),
    "statuses": Text("Where the commitments stand", "Où en sont les engagements"),
    "status": Text("Status", "Statut"),
    "commitments": Text("Commitments", "Engagements"),
    "unrecorded": Text("No status recorded", "Aucun statut consigné"),
    "missions": Text("Start with a mission", "Commencer par une mission"),
    "ways": Text("Three ways in", "Trois points de départ"),
    "browse": Text("Browse", "Parcourir"),
    "browse_how": Text(
        "Follow links from a mission to its commitments and to those who lead them.",
        "Suivez les liens d’une mission à ses engagements, puis à ceux qui en sont responsables.",
    ),
    "matrix": Text("Who does what", "Qui fait quoi"),
    "search_page": Text("Search by word or number", "Chercher par mot ou par numéro"),
    "download": Text("Download", "Télécharger"),
    "download_how": Text(
        "Take all of it, as a table or as Linked Data, under an open licence.",
        "Prenez le tout, en tableau ou en données liées, sous une licence ouverte.",
    ),
    "dataset_page": Text("The data set and its files", "Le jeu de données et ses fichiers"),
    "ontology_page": Text("What its terms mean", "Le sens de ses termes"),
    "ask": Text("Ask", "Interroger"),
    "ask_how": Text(
        "Put a question in SPARQL, or begin with one that is ready.",
        "Posez une question en SPARQL, ou partez d’une question toute prête.",
    ),
    "query_page": Text("Questions to ask", "Questions à poser"),
}


def _content(visit: Visit) -> Content:
    view = visit.view
    strategies = view.instances(term("ds:Strategy"))
    title = view.label(strategies[0]) if strategies else Said(visit.publication.name)
    tree = outline(view)
    definition = view.text(strategies[0], term("skos:definition")) if strategies else None
    summary = definition.text if definition else _WORDS["what"].in_language(view.language)
    return Content(
        title=title,
        summary=summary,
        values={
            "definition": definition,
            "strategy": strategies[0] if strategies else None,
            "figures": _figures(view, tree, visit.addresses),
            "shares": _bars(statuses(view), len(tree.commitments)),
            "missions": [
                (node, counted(len(tree.under[node]), COMMITMENTS, view.language))
                for node in tree.missions
            ],
        },
        structured=data_set(visit, title, summary),
    )


def _figures(view: View, tree: Outline, addresses: Addresses) -> list[tuple[str, str, str]]:
    """The counts of the kinds of things: number, word, and the page that lists them."""
    counts = (
        (len(tree.missions), MISSIONS, "missions"),
        (len(tree.areas), AREAS, "missions"),
        (len(tree.commitments), COMMITMENTS, "matrix"),
        (len(view.instances(ACTOR)), ACTORS, "actors"),
    )
    return [
        (numeral(count, view.language), noun(count, what, view.language), addresses.page(path))
        for count, what, path in counts
        if count
    ]


def _bars(shares: list[Share], total: int) -> list[dict[str, Any]]:
    """What is drawn of each share: its concept, its number, and its part in percent."""
    return [
        {"value": share.value, "count": share.number, "part": round(100 * share.number / total, 1)}
        for share in shares
    ]


PAGE = Kind(HOME, "home.html", _content, alone(HOME), Text("Home", "Accueil"), _WORDS)
