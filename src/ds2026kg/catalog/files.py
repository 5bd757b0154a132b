"""What each file of a build is to those who take it: its title, its format, its part in the whole."""

from __future__ import annotations

from typing import Final, NamedTuple

from ds2026kg.catalog.dataset import File
from ds2026kg.findings import Text


class Format(NamedTuple):
    """A format by its code in the EU authority table “File type”, and in the portal's own list."""

    file_type: str
    portal: str


class Content(NamedTuple):
    """What a file holds. `resource_type` is a code of the portal's list, "" for what is not put there.

    `languages` are the portal's codes; "zxx" stands for none.
    """

    title: Text
    description: Text
    resource_type: str
    languages: tuple[str, ...] = ("en", "fr")


NO_LANGUAGE: Final = ("zxx",)
ENDPOINT: Final = Content(
    Text("SPARQL endpoint", "Point d’accès SPARQL"),
    Text("Questions in SPARQL are answered here.", "On répond ici aux questions posées en SPARQL."),
    "api",
)
"""Not a file, but what stands beside the files where there is one."""


DESCRIPTIONS: Final = frozenset(
    "dcat.jsonld void.ttl schema-org.jsonld ckan-package.json manifest.json".split()
)
"""The files that describe the others. A file cannot hold its own checksum, so none lists these."""

_FORMATS = {
    "text/turtle": Format("RDF_TURTLE", "TTL"),
    "application/ld+json": Format("JSON_LD", "JSONLD"),
    "application/n-triples": Format("RDF_N_TRIPLES", "NT"),
    "application/n-quads": Format("RDF_N_QUADS", "other"),  # the portal's list lacks it
    "application/trig": Format("RDF_TRIG", "TRIG"),
    "application/rdf+xml": Format("RDF_XML", "RDF"),
    "text/csv": Format("CSV", "CSV"),
    "application/csvm+json": Format("JSON", "JSON"),
    "application/json": Format("JSON", "JSON"),
    "application/sarif+json": Format("JSON", "JSON"),
}
_OTHER = Format("", "other")

_GRAPH = Text(
    "Every mission, area for action, commitment and actor, and where each statement was read.",
    "Chaque mission, domaine d’action, engagement et acteur, et l’endroit où chaque énoncé a été lu.",
)
_NAMED_GRAPHS = Text(
    "The same in two named graphs: the strategy, and where each statement was read.",
    "Le même contenu en deux graphes nommés\u00a0: la stratégie, et l’endroit où chaque énoncé a été lu.",
)


def _graph(name: str, description: Text = _GRAPH) -> Content:
    title = Text(f"The graph, in {name}", f"Le graphe, en {name}")
    return Content(title, description, "dataset")


_BY_MEDIA_TYPE = {
    "text/turtle": _graph("Turtle"),
    "application/ld+json": _graph("JSON-LD"),
    "application/n-triples": _graph("N-Triples"),
    "application/n-quads": _graph("N-Quads", _NAMED_GRAPHS),
    "application/trig": _graph("TriG", _NAMED_GRAPHS),
    "application/rdf+xml": _graph("RDF/XML"),
}
_FINDINGS = Text(
    "What the check of the notes and of the graph found, with the place of each finding.",
    "Ce que la vérification des notes et du graphe a constaté, avec l’endroit de chaque constatation.",
)
_BY_NAME = {
    "commitments.csv": Content(
        Text("The commitments, as a table (CSV)", "Les engagements, en tableau (CSV)"),
        Text(
            "One row a commitment: its text, its parent, its leads, its status and its priority.",
            "Une ligne par engagement\u00a0: son texte, son parent, ses responsables, son statut et "
            "sa priorité.",
        ),
        "dataset",
    ),
    "commitments.csv-metadata.json": Content(
        Text("The columns of the table (CSVW)", "Les colonnes du tableau (CSVW)"),
        Text(
            "What each column of the table of commitments means, after CSV on the Web.",
            "Ce que signifie chaque colonne du tableau des engagements, selon CSV on the Web.",
        ),
        "data_dictionary",
    ),
    "ontology.ttl": Content(
        Text("The terms (ontology)", "Les termes (ontologie)"),
        Text(
            "The classes, properties and concepts that the graph uses, defined in both languages.",
            "Les classes, propriétés et concepts employés par le graphe, définis dans les deux langues.",
        ),
        "terminology",
    ),
    "shapes.ttl": Content(
        Text("The rules that the graph keeps (SHACL)", "Les règles que suit le graphe (SHACL)"),
        Text(
            "What every mission, commitment and actor must have, as SHACL shapes.",
            "Ce que doit avoir chaque mission, engagement et acteur, sous forme de contraintes SHACL.",
        ),
        "schema",
    ),
    "context.jsonld": Content(
        Text("The JSON-LD context", "Le contexte JSON-LD"),
        Text(
            "Which key of a note, or of the JSON-LD, is which property.",
            "À quelle propriété correspond chaque clé d’une note ou du JSON-LD.",
        ),
        "schema",
        NO_LANGUAGE,
    ),
    "queries.ttl": Content(
        Text("Questions to ask of the graph (SPARQL)", "Questions à poser au graphe (SPARQL)"),
        Text(
            "Stored queries with their titles and parameters, as editors of SPARQL list them.",
            "Requêtes enregistrées, avec titres et paramètres, telles que les éditeurs SPARQL les "
            "énumèrent.",
        ),
        "tool",
    ),
    "report.json": Content(
        Text("The report of the check (JSON)", "Le rapport de vérification (JSON)"), _FINDINGS, ""
    ),
    "report.sarif": Content(
        Text("The report of the check (SARIF)", "Le rapport de vérification (SARIF)"), _FINDINGS, ""
    ),
    "report.ttl": Content(
        Text("The report of the check (SHACL)", "Le rapport de vérification (SHACL)"), _FINDINGS, ""
    ),
}


def format_of(file: File) -> Format:
    """The format of `file`, by its media type.

    >>> format_of(File("ds2026.ttl", "text/turtle", 0, ""))
    Format(file_type='RDF_TURTLE', portal='TTL')
    """
    return _FORMATS.get(file.media_type, _OTHER)


def content_of(file: File) -> Content:
    """What `file` holds; one that nothing is known of is called by its name, and not put on a portal.

    >>> content_of(File("shapes.ttl", "text/turtle", 0, "")).resource_type
    'schema'
    """
    named = _BY_NAME.get(file.name) or _BY_MEDIA_TYPE.get(file.media_type)
    return named or Content(Text(file.name, file.name), Text("", ""), "")


def data_files(files: tuple[File, ...]) -> tuple[File, ...]:
    """Those of `files` that are data, and not descriptions of them, in their order."""
    return tuple(file for file in files if file.name not in DESCRIPTIONS)
