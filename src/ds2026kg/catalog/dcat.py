"""The data set in DCAT 3 (W3C Data Catalog Vocabulary), after the profile DCAT-AP 3.0.0, as JSON-LD.

The catalogue, the data set, the SPARQL endpoint and a distribution of each file come first; then what
they refer to, each with its type and its name in both languages, so that the document conforms by
itself. No node is blank, and the order is always the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ds2026kg.catalog import references
from ds2026kg.catalog.dataset import Dataset, File
from ds2026kg.catalog.files import ENDPOINT, NO_LANGUAGE, content_of, data_files
from ds2026kg.catalog.jsonld import Nodes, languages
from ds2026kg.findings import Text

_CATALOGUE = Text("Catalogue of “{title}”", "Catalogue de «\u00a0{title}\u00a0»")
_CATALOGUE_DESCRIPTION = Text(
    "The data set as it was last built, with each of its files and where it can be asked.",
    "Le jeu de données tel qu’il a été construit la dernière fois, avec chacun de ses fichiers et "
    "l’endroit où l’interroger.",
)
_SHAPES = Text("The rules that the graph keeps (SHACL)", "Les règles que suit le graphe (SHACL)")
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_PROTOCOL_TITLE = Text("SPARQL 1.1 Protocol", "Protocole SPARQL 1.1")

Properties = Mapping[str, Any]


def dcat(dataset: Dataset) -> dict[str, Any]:
    """The description of `dataset` as a JSON-LD document.

    The IRI of the data set is the base that everything in it is named under. What is not known is left
    out, be it mandatory: without a publisher, a title and a description the document does not conform.

    >>> from ds2026kg.config import Settings
    >>> [node["@id"] for node in dcat(Dataset(Settings()))["@graph"]][:2]
    ['https://w3id.org/ds2026/#catalog', 'https://w3id.org/ds2026/']
    """
    nodes, base = Nodes(), dataset.settings.dataset.base
    files = data_files(dataset.files)
    catalogue = nodes.add(f"{base}#catalog", "dcat:Catalog")
    nodes.add(base, "dcat:Dataset")
    services = [f"{base}#sparql"] if dataset.settings.dataset.endpoint else []
    for service in services:
        nodes.add(service, "dcat:DataService")
    distributions = [nodes.add(f"{base}#{file.name}", "dcat:Distribution") for file in files]
    common = _common(dataset, nodes)
    nodes.add(catalogue, "", {**_catalogue(dataset, nodes), **common, "dcat:service": services})
    nodes.add(base, "", {**_dataset(dataset, nodes), **common, "dcat:distribution": distributions})
    for service in services:
        nodes.add(service, "", {**_service(dataset, nodes), **common})
    for distribution, file in zip(distributions, files, strict=True):
        nodes.add(distribution, "", _distribution(file, dataset, nodes, common))
    return nodes.document()


def _common(dataset: Dataset, nodes: Nodes) -> Properties:
    """What is said of the catalogue, of the data set and of the service alike."""
    return {
        "dcterms:publisher": references.publisher(dataset, nodes),
        "dcterms:language": references.both_languages(nodes),
        "dcterms:license": references.licence(dataset, nodes),
        "dcterms:issued": str(dataset.settings.dataset.issued or ""),
        "dcterms:modified": dataset.modified,
        "dcterms:spatial": references.place(dataset, nodes),
    }


def _catalogue(dataset: Dataset, nodes: Nodes) -> Properties:
    told = dataset.settings.dataset
    title = dataset.title
    return {
        "dcterms:title": {
            "en": _CATALOGUE.in_language("en", title=title.en or told.name),
            "fr": _CATALOGUE.in_language("fr", title=title.fr or told.name),
        },
        "dcterms:description": languages(_CATALOGUE_DESCRIPTION),
        "foaf:homepage": references.pages(dataset, nodes)[:1],  # one at the most (DCAT-AP 3)
        "dcat:themeTaxonomy": references.theme_table(nodes),
        "dcat:dataset": told.base,
    }


def _dataset(dataset: Dataset, nodes: Nodes) -> Properties:
    told = dataset.settings.dataset
    shapes = {"dcterms:title": languages(_SHAPES)}
    keywords = {"en": list(told.keywords_en), "fr": list(told.keywords_fr)}
    return {
        "dcterms:identifier": told.base,
        "adms:identifier": references.identifier(dataset, nodes),
        "dcterms:title": languages(dataset.title),
        "dcterms:description": languages(dataset.description),
        "dcat:version": told.version,
        "dcat:keyword": {language: words for language, words in keywords.items() if words},
        "dcat:theme": references.themes(dataset, nodes),
        "dcat:contactPoint": references.contact(dataset, nodes),
        "dcat:landingPage": references.pages(dataset, nodes),
        "dcterms:accrualPeriodicity": references.frequency(dataset, nodes),
        "dcterms:temporal": references.period(dataset, nodes),
        "dcterms:conformsTo": nodes.add(f"{told.base}shapes", "dcterms:Standard", shapes),
        "dcterms:provenance": references.provenance(dataset, nodes),
        "prov:wasDerivedFrom": list(dataset.sources),
    }


def _service(dataset: Dataset, nodes: Nodes) -> Properties:
    endpoint = nodes.add(dataset.settings.dataset.endpoint, "rdfs:Resource")
    protocol = {"dcterms:title": languages(_PROTOCOL_TITLE)}
    return {
        "dcterms:title": languages(ENDPOINT.title),
        "dcterms:description": languages(ENDPOINT.description),
        "dcat:endpointURL": endpoint,
        "dcat:endpointDescription": endpoint,  # it is there (SPARQL 1.1 Service Description §2)
        "dcat:servesDataset": dataset.settings.dataset.base,
        "dcat:contactPoint": references.contact(dataset, nodes),
        "dcterms:conformsTo": nodes.add(_PROTOCOL, "dcterms:Standard", protocol),
    }


def _distribution(file: File, dataset: Dataset, nodes: Nodes, common: Properties) -> Properties:
    """One file. Without an address of its own, the pages about the data, or their IRI, lead to it."""
    told, content = dataset.settings.dataset, content_of(file)
    download = f"{told.download_base}{file.name}" if told.download_base else ""
    access = [download] if download else references.pages(dataset, nodes) or [told.base]
    has_words = content.languages != NO_LANGUAGE
    return {
        "dcterms:title": languages(content.title),
        "dcterms:description": languages(content.description),
        "dcat:accessURL": [nodes.add(each, "rdfs:Resource") for each in access],
        "dcat:downloadURL": download,
        "dcat:mediaType": references.media_type(file, nodes),
        "dcterms:format": references.file_type(file, nodes),
        "dcat:byteSize": file.size,
        "spdx:checksum": references.checksum(file, told.base, nodes),
        "dcatap:availability": references.availability(dataset, nodes),
        "dcterms:language": common["dcterms:language"] if has_words else [],
        "dcterms:license": common["dcterms:license"],
        "dcterms:issued": common["dcterms:issued"],
        "dcterms:modified": common["dcterms:modified"],
    }
