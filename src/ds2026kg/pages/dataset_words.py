"""What the page about the data set says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ds2026kg.findings import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("The data set", "Le jeu de données"),
        "summary": Text(
            "The strategy as open data: its files, its licence, how its addresses are made, and where "
            "its statements come from.",
            "La stratégie en données ouvertes\u00a0: ses fichiers, sa licence, la façon dont ses "
            "adresses sont formées et l’origine de ses énoncés.",
        ),
        "downloads": Text("Download", "Télécharger"),
        "no_downloads": Text(
            "No file lies beside these pages.", "Aucun fichier n’accompagne ces pages."
        ),
        "file": Text("File", "Fichier"),
        "what": Text("What it is", "Contenu"),
        "type": Text("Media type", "Type de média"),
        "size": Text("Size", "Taille"),
        "checksum": Text("SHA-256", "SHA-256"),
        "terms": Text("Licence, version and citation", "Licence, version et citation"),
        "modified": Text("Last change in the notes", "Dernière modification des notes"),
        "cite": Text("How to cite it", "Comment le citer"),
        "data_set": Text("Data set", "Jeu de données"),
        "version_of": Text("Version of", "Version du"),
        "addresses": Text("Addresses", "Adresses"),
        "base": Text("Base", "Base"),
        "addresses_how": Text(
            "Everything has a permanent address: the base, the kind of thing, and its number or short "
            "name. Numbers come from the strategy and never from the name or place of a note, so "
            "that an address outlives a new title.",
            "Toute chose a une adresse permanente\u00a0: la base, la sorte de chose, puis son numéro ou "
            "son nom court. Les numéros viennent de la stratégie et jamais du nom ni de l’emplacement "
            "d’une note; une adresse survit donc à un nouveau titre.",
        ),
        "example": Text("Example", "Exemple"),
        "endpoint": Text("SPARQL endpoint", "Point d’accès SPARQL"),
        "no_endpoint": Text(
            "There is none here. The command ds2026kg serve opens one over the downloaded files.",
            "Il n’y en a pas ici. La commande ds2026kg serve en ouvre un sur les fichiers téléchargés.",
        ),
        "questions": Text("Questions that are ready", "Questions toutes prêtes"),
        "contents": Text("What is in it", "Ce qu’il contient"),
        "kind": Text("Kind", "Sorte"),
        "count": Text("Count", "Nombre"),
        "graph": Text("Graph", "Graphe"),
        "statements_in": Text("Statements", "Énoncés"),
        "all_graphs": Text(
            "All graphs together, each statement once",
            "Tous les graphes ensemble, chaque énoncé une fois",
        ),
        "provenance": Text("Where the statements come from", "D’où viennent les énoncés"),
        "provenance_how": Text(
            "The notes of a vault are read by a program. For parents, leads, supporters, statuses and "
            "priorities the data keep whether a note states the fact or it was worked out from what a "
            "note says, with the note, the line and the words.",
            "Un programme lit les notes d’un coffre. Pour les parents, les responsables, les appuis, "
            "les statuts et les priorités, les données conservent si une note affirme le fait ou s’il "
            "a été déduit de ce que dit une note, avec la note, la ligne et les mots.",
        ),
        "basis": Text("Basis", "Fondement"),
        "french": Text("Missing French", "Français manquant"),
        "french_how": Text(
            "Official texts are quoted, never translated. Where no official French is known, none has "
            "been invented.",
            "Les textes officiels sont cités, jamais traduits. Là où aucun texte officiel français "
            "n’est connu, aucun n’a été inventé.",
        ),
        "english": Text("Texts in English", "Textes en anglais"),
        "missing": Text("Without French", "Sans français"),
        "french_query": Text("List them", "En voir la liste"),
    }
)

GRAPHS: Mapping[str, Text] = MappingProxyType(
    {
        "strategy": Text("What the strategy says", "Ce que dit la stratégie"),
        "provenance": Text("Where each statement was read", "Où chaque énoncé a été lu"),
        "ontology": Text("What the terms mean", "Le sens des termes"),
        "queries": Text("Questions that are ready", "Les questions toutes prêtes"),
    }
)
"""What is in each named graph, by the last part of its IRI."""

FILES: Mapping[str, Text] = MappingProxyType(
    {
        "ckan-package.json": Text(
            "The record for a portal (CKAN)", "La fiche destinée à un portail (CKAN)"
        ),
        "dcat.jsonld": Text(
            "The description for catalogues (DCAT)", "La description destinée aux catalogues (DCAT)"
        ),
        "manifest.json": Text(
            "The sizes and checksums of all files", "Les tailles et empreintes de tous les fichiers"
        ),
        "schema-org.jsonld": Text(
            "The description for search engines (schema.org)",
            "La description destinée aux moteurs de recherche (schema.org)",
        ),
        "void.ttl": Text(
            "The description for tools of Linked Data (VoID)",
            "La description destinée aux outils de données liées (VoID)",
        ),
    }
)
"""What the files are that describe the others; `catalog.files` tells of these."""
