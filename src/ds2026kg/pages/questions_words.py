"""What the pages of the stored queries say, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ds2026kg.findings import Text
from ds2026kg.query.parameters import ParameterType

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("Questions to the data", "Questions aux données"),
        "summary": Text(
            "Questions in SPARQL that are ready to be asked, and a place to write your own.",
            "Des questions en SPARQL prêtes à être posées, et un endroit où écrire les vôtres.",
        ),
        "no_endpoint": Text(
            "These pages have no endpoint. On the command line, each question runs over the downloaded "
            "files.",
            "Ces pages n’ont pas de point d’accès. En ligne de commande, chaque question s’exécute "
            "sur les fichiers téléchargés.",
        ),
        "ask": Text("Ask", "Interroger"),
        "query": Text("SPARQL query", "Requête SPARQL"),
        "run": Text("Run the query", "Exécuter la requête"),
        "stored": Text("Stored queries", "Requêtes enregistrées"),
        "about": Text("What it answers", "Ce à quoi elle répond"),
        "parameters": Text("What may be chosen", "Ce qui peut être choisi"),
        "parameter": Text("Parameter", "Paramètre"),
        "type": Text("Type", "Type"),
        "default": Text("If not given", "À défaut"),
        "required": Text("must be given", "à donner"),
        "any": Text("any", "n’importe"),
        "meaning": Text("Meaning", "Sens"),
        "columns": Text("Columns of the answer", "Colonnes de la réponse"),
        "run_it": Text("Run it", "L’exécuter"),
        "editor": Text("Open it in the editor", "L’ouvrir dans l’éditeur"),
        "answer": Text("See the answer of the endpoint", "Voir la réponse du point d’accès"),
        "command": Text("On the command line", "En ligne de commande"),
        "text": Text("Its text", "Son texte"),
        "all": Text("All stored queries", "Toutes les requêtes enregistrées"),
    }
)

TYPES: Mapping[ParameterType, Text] = MappingProxyType(
    {
        ParameterType.STRING: Text("text", "texte"),
        ParameterType.LANGUAGE_TAG: Text("language", "langue"),
        ParameterType.DATE: Text("date", "date"),
        ParameterType.INTEGER: Text("whole number", "nombre entier"),
        ParameterType.ENTITY: Text("entity", "entité"),
        ParameterType.IRI: Text("IRI", "IRI"),
    }
)
"""What people call the types of parameters."""
