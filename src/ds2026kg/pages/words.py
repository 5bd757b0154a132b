"""The words that templates use, in both languages, by the name that templates call them by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ds2026kg.findings import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "skip": Text("Skip to the content", "Passer au contenu"),
        "site": Text("Strategy as linked data", "La stratégie en données liées"),
        "navigation": Text("Site", "Site"),
        "language": Text("Language", "Langue"),
        "path": Text("Where this stands", "Où cela se situe"),
        "data": Text("This page as data", "Cette page sous forme de données"),
        "iri": Text("Permanent address", "Adresse permanente"),
        "licence": Text("Licence", "Licence"),
        "made": Text(
            "Made from the notes of a vault by ds2026kg",
            "Tiré des notes d’un coffre par ds2026kg",
        ),
        "colon": Text(":", "\u00a0:"),
        "statements": Text("Every statement", "Tous les énoncés"),
        "property": Text("Property", "Propriété"),
        "value": Text("Value", "Valeur"),
        "search": Text("Search", "Chercher"),
        "search_for": Text("Word or number", "Mot ou numéro"),
    }
)
