"""What the pages of actors against commitments say, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ds2026kg.findings import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("Who does what", "Qui fait quoi"),
        "summary": Text(
            "Which actors lead each commitment, and which support it.",
            "Quels acteurs sont responsables de chaque engagement, et lesquels l’appuient.",
        ),
        "none": Text("There are no commitments here.", "Il n’y a aucun engagement ici."),
        "table": Text("As a table", "En tableau"),
        "drawing": Text("As a drawing", "En dessin"),
        "caption": Text(
            "Commitments down, actors across; those who lead most come first.",
            "Les engagements en lignes, les acteurs en colonnes; ceux qui sont le plus souvent "
            "responsables d’abord.",
        ),
        "commitment": Text("Commitment", "Engagement"),
        "leads": Text("leads", "responsable"),
        "supports": Text("supports", "appuie"),
        "both": Text("leads and supports", "responsable, et appuie"),
        "totals": Text("Leads", "Responsable de"),
        "supports_total": Text("Supports", "Appuie"),
        "key": Text("Key", "Légende"),
        "rest": Text("Under no mission", "Sous aucune mission"),
        "too_many": Text(
            "There are too many commitments for one page. Choose a mission.",
            "Il y a trop d’engagements pour une seule page. Choisissez une mission.",
        ),
        "cut": Text("Shown here", "Montré ici"),
        "of": Text("of", "sur"),
        "whole": Text("This question gives all of them", "Cette question les donne tous"),
        "all": Text("All missions", "Toutes les missions"),
        "drawing_says": Text(
            "Commitments on the left, actors on the right. A solid line joins a commitment to an "
            "actor who leads it, a dashed line to one who supports it. The table says the same.",
            "Les engagements à gauche, les acteurs à droite. Un trait plein relie un engagement à un "
            "acteur qui en est responsable, un trait tireté à un acteur qui l’appuie. Le tableau dit "
            "la même chose.",
        ),
    }
)
