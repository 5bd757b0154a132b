"""What the page of the shapes says, and what it calls the constraints of SHACL, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ds2026kg.findings import Text

PROFILES: Mapping[str, Text] = MappingProxyType(
    {
        "strategy": Text("The strategy", "La stratégie"),
        "mission": Text("Missions and areas for action", "Missions et domaines d’action"),
        "commitment": Text("Commitments", "Engagements"),
        "actor": Text("Actors", "Acteurs"),
        "entity": Text("Names, texts, dates and sources", "Noms, textes, dates et sources"),
        "hierarchy": Text("What is under what", "Ce qui relève de quoi"),
        "dataset-wide": Text("The data set as a whole", "L’ensemble du jeu de données"),
        "provenance": Text("Where everything was read", "Où tout a été lu"),
    }
)
"""What the files in `shapes/` are about, by their names, in the order in which they are read."""

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "summary": Text(
            "The rules that data in this vocabulary must keep, in SHACL and in words.",
            "Les règles que doivent respecter les données de ce vocabulaire, en SHACL et en mots.",
        ),
        "ontology": Text("The terms that they are about", "Les termes dont elles traitent"),
        "contents": Text("On this page", "Sur cette page"),
        "target": Text("About", "Porte sur"),
        "within": Text("Part of", "Fait partie de"),
        "severity": Text("Severity", "Gravité"),
        "message": Text("Message", "Message"),
        "demands": Text("What it demands", "Ce qu’elle exige"),
        "rule": Text("Explained with examples", "Expliquée par des exemples"),
        "of": Text("and", "et"),
    }
)

CONSTRAINTS: Mapping[str, Text] = MappingProxyType(
    {
        "sh:path": Text("Along", "Suivant"),
        "sh:minCount": Text("Values, at least", "Valeurs, au moins"),
        "sh:maxCount": Text("Values, at most", "Valeurs, au plus"),
        "sh:class": Text("Instance of", "Instance de"),
        "sh:datatype": Text("Datatype", "Type de données"),
        "sh:nodeKind": Text("Kind of node", "Sorte de nœud"),
        "sh:pattern": Text("Matches the pattern", "Conforme au motif"),
        "sh:minInclusive": Text("No less than", "Pas moins que"),
        "sh:languageIn": Text("In one of the languages", "Dans l’une des langues"),
        "sh:uniqueLang": Text("One text a language", "Un seul texte par langue"),
        "sh:in": Text("One of", "L’une de ces valeurs"),
        "sh:disjoint": Text("Shares no value with", "Aucune valeur commune avec"),
        "sh:lessThanOrEquals": Text("At most the value of", "Au plus la valeur de"),
        "sh:qualifiedValueShape": Text("Values that fit", "Valeurs qui répondent à ceci"),
        "sh:qualifiedMinCount": Text("Of these, at least", "De celles-ci, au moins"),
        "sh:qualifiedMaxCount": Text("Of these, at most", "De celles-ci, au plus"),
        "sh:or": Text("At least one of", "Au moins un de ces cas"),
        "sh:xone": Text("Exactly one of", "Exactement un de ces cas"),
        "sh:and": Text("All of", "Tous ces cas"),
        "sh:not": Text("Not", "Pas ceci"),
        "sh:node": Text("Fits", "Répond à"),
        "sh:closed": Text("Nothing beyond what is named", "Rien d’autre que ce qui est nommé"),
        "sh:ignoredProperties": Text("Allowed besides", "Admis en outre"),
        "sh:sparql": Text("A query finds breaches", "Une requête trouve les manquements"),
        "sh:property": Text("Its properties", "Ses propriétés"),
    }
)
"""What each constraint (SHACL §4, §5) is called, in the order in which they are told."""
