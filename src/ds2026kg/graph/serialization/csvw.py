"""CSV on the Web: what the columns of `commitments.csv` mean, in both languages.

The columns that hold values of one property say so: turned into RDF by the standard ("Generating
RDF from Tabular Data on the Web"), the table gives triples of the published graph and no others,
but for the apostrophe before a formula. Cells with several values are left out of that, because
CSVW makes literals of them, not IRIs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import orjson

from ds2026kg.findings import Text
from ds2026kg.graph.ontology import Concept
from ds2026kg.graph.serialization.csv import COLUMNS, NAME_SEPARATOR, SEPARATOR
from ds2026kg.graph.vocabulary import Vocabulary

TABLE_FILE: Final = "commitments.csv"
METADATA_FILE: Final = "commitments.csv-metadata.json"

_TITLE = Text(
    "Commitments, with those who lead and support them",
    "Engagements, avec ceux qui en sont responsables et qui les appuient",
)
_NOTE = Text(
    "A text that a spreadsheet would take for a formula has an apostrophe in front: remove one "
    "apostrophe to have the text.",
    "Un texte qu’un tableur prendrait pour une formule est précédé d’une apostrophe : retirez une "
    "apostrophe pour obtenir le texte.",
)
_TITLES = {
    "notation": Text("Number", "Numéro"),
    "iri": Text("IRI", "IRI"),
    "label_en": Text("Label in English", "Étiquette en anglais"),
    "label_fr": Text("Label in French", "Étiquette en français"),
    "definition_en": Text("Text in English", "Texte en anglais"),
    "definition_fr": Text("Text in French", "Texte en français"),
    "mission": Text("Mission", "Mission"),
    "area": Text("Area for action", "Domaine d’action"),
    "led_by": Text("Led by", "Responsables"),
    "led_by_en": Text("Names of those who lead, in English", "Noms des responsables, en anglais"),
    "led_by_fr": Text("Names of those who lead, in French", "Noms des responsables, en français"),
    "led_by_gc_orgid": Text(
        "GC OrgIDs of the federal organizations that lead",
        "GC OrgID des organisations fédérales responsables",
    ),
    "supported_by": Text("Supported by", "Avec l’appui de"),
    "status": Text("Status", "Statut"),
    "priority": Text("Priority", "Priorité"),
    "created": Text("Record created", "Création de la fiche"),
    "modified": Text("Record modified", "Modification de la fiche"),
    "source": Text("Sources", "Sources"),
    "tracker_record": Text("Records in the public tracker", "Fiches de l’outil de suivi public"),
}


def write_csvw(
    vocabulary: Vocabulary, *, title: Text | None = None, licence: str | None = None
) -> Iterator[bytes]:
    """The metadata document of `commitments.csv` (Metadata Vocabulary for Tabular Data).

    `title` names the table, and `licence` is the IRI of its licence, if it has one.
    """
    metadata: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": TABLE_FILE,
        "dc:title": _both(title or _TITLE),
        "dc:description": _both(_NOTE),
        **({"dc:license": {"@id": licence}} if licence else {}),
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminators": ["\r\n"],
            "header": True,
            "trim": False,  # the two parts of the standard disagree about the default
        },
        "tableSchema": {
            "aboutUrl": "{+iri}",
            "primaryKey": "iri",
            "columns": [_column(name, vocabulary) for name in COLUMNS],
        },
    }
    yield orjson.dumps(metadata, option=orjson.OPT_INDENT_2) + b"\n"


def _column(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    titles = _TITLES[name]
    return {
        "name": name,
        # "und" is the header itself: a validator looks for it among the titles (§5.5.1).
        "titles": {"und": name, "en": titles.en, "fr": titles.fr},
        **_meaning(name, vocabulary),
        **({"required": True} if name in {"notation", "iri"} else {"null": ""}),
    }


def _meaning(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The datatype of the column, and the property whose values it holds, if it is just those."""
    terms = vocabulary.terms
    text, _, language = name.partition("_")
    match name:
        case "notation":
            return {"datatype": "string", "propertyUrl": terms[name].iri}
        case "created" | "modified":
            date = {"base": "date", "format": "yyyy-MM-dd"}
            return {"datatype": date, "propertyUrl": terms[name].iri}
        case "status" | "priority":
            codes = [c.id.partition("/")[2] for c in _concepts(name, vocabulary)]
            return {
                "datatype": {"base": "string", "format": "|".join(codes)},
                "propertyUrl": terms[name].iri,
                "valueUrl": f"{vocabulary.prefixes[name]}{{{name}}}",
            }
        case "area":
            parent = terms["hasParent"].iri
            value = f"{vocabulary.things}mission/{{area}}"
            return {"datatype": "string", "propertyUrl": parent, "valueUrl": value}
        case "led_by_en" | "led_by_fr":
            names = {"separator": NAME_SEPARATOR, "lang": name[-2:]}
            return {"datatype": "string", **names, "suppressOutput": True}
        case "led_by" | "led_by_gc_orgid" | "supported_by":
            return {"datatype": "string", "separator": SEPARATOR, "suppressOutput": True}
        case "source" | "tracker_record":
            return {"datatype": "anyURI", "separator": SEPARATOR, "suppressOutput": True}
        case "iri" | "mission":
            datatype = "anyURI" if name == "iri" else "string"
            return {"datatype": datatype, "suppressOutput": True}
    return {"datatype": "string", "lang": language, "propertyUrl": terms[text].iri}


def _concepts(scheme: str, vocabulary: Vocabulary) -> list[Concept]:
    return [concept for concept in vocabulary.concepts.values() if concept.scheme == scheme]


def _both(text: Text) -> list[dict[str, str]]:
    return [{"@value": text.en, "@language": "en"}, {"@value": text.fr, "@language": "fr"}]
