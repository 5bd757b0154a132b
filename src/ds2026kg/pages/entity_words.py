"""The words of the page about a thing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ds2026kg.findings import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "facts": Text("At a glance", "En bref"),
        "not_given": Text("Not given in the notes", "Non indiqué dans les notes"),
        "only_in_other": Text(
            "The notes give this name in French only; it has not been translated.",
            "Les notes ne donnent ce nom qu’en anglais; il n’a pas été traduit.",
        ),
        "note": Text("Note", "Note"),
        "beside": Text("Before and after", "Avant et après"),
        "previous": Text("Previous", "Précédent"),
        "next": Text("Next", "Suivant"),
        "none": Text("None in the notes", "Aucun dans les notes"),
        "with": Text("With", "Avec"),
        "led_by": Text("Led by", "Responsables"),
        "no_mission": Text("Under no mission", "Hors mission"),
        "name": Text("Name", "Nom"),
        "count": Text("Number", "Nombre"),
        "from_words": Text("from “{words}”", "d’après «\u00a0{words}\u00a0»"),
        "read_at": Text("{note}, line {line}", "{note}, ligne {line}"),
        "about": Text("About this record", "À propos de cette fiche"),
        "changed": Text("What changed", "Ce qui a changé"),
        "created": Text("Note created", "Note créée"),
        "modified": Text("Note changed", "Note modifiée"),
        "since": Text("Since {release}", "Depuis {release}"),
        "no_changes": Text("Nothing has changed.", "Rien n’a changé."),
        "added": Text("Added", "Ajouté"),
        "removed": Text("Removed", "Retiré"),
        "read_from": Text("Read from", "Lu dans"),
        "basis": Text("Basis", "Fondement"),
        "without_place": Text(
            "What has no place of its own was read in the notes named above.",
            "Ce qui n’a pas d’endroit propre a été lu dans les notes nommées plus haut.",
        ),
        "query": Text("The query behind this page", "La requête qui donne cette page"),
        "query_gives": Text(
            "This SPARQL query gives every statement above, and where each was read.",
            "Cette requête SPARQL donne tous les énoncés ci-dessus, et l’endroit où chacun a été lu.",
        ),
        "ask": Text("Run it yourself", "L’exécuter soi-même"),
    }
)
