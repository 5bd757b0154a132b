"""What the DCAT description refers to: who, where, when, in which language, under which licence.

Each function states its node, with type and name, and returns the node's IRI, or "" where nothing is
known.
"""

from __future__ import annotations

from urllib.parse import quote

from ds2026kg import __version__
from ds2026kg.catalog import authorities
from ds2026kg.catalog.authorities import AUTHORITY
from ds2026kg.catalog.ckan import licence_id
from ds2026kg.catalog.dataset import Dataset, File
from ds2026kg.catalog.files import format_of
from ds2026kg.catalog.jsonld import Nodes, languages
from ds2026kg.findings import Text
from ds2026kg.profile import profile

_OPEN_LICENCE = Text("Open Government Licence – Canada", "Licence du gouvernement ouvert – Canada")
_SAFE_IN_MAILTO = "@!$'*+"  # RFC 6068 §2
_CANADA = f"{AUTHORITY}country/CAN"
_PROVENANCE = Text(
    "Made from {notes} notes by ds2026kg {version}; every statement names its note and its line. "
    "SHA-256 of the notes: {digest}.",
    "Tiré de {notes} notes par ds2026kg {version}; chaque énoncé indique sa note et sa ligne. "
    "SHA-256 des notes\u00a0: {digest}.",
)


def publisher(dataset: Dataset, nodes: Nodes) -> str:
    """Who publishes (foaf:Agent): an actor of the data, if it has the same GC OrgID."""
    told, name = dataset.settings.publisher, dataset.publisher.name
    if not any(name):
        return ""
    kind = ""
    if told.gc_orgid:
        label = {"skos:prefLabel": languages(authorities.NATIONAL_AUTHORITY_LABEL)}
        kind = nodes.add(authorities.NATIONAL_AUTHORITY, "skos:Concept", label)
    return nodes.add(
        dataset.publisher.iri or f"{dataset.settings.dataset.base}#publisher",
        "foaf:Agent org:FormalOrganization" if told.gc_orgid else "foaf:Agent",
        {
            "foaf:name": languages(name),
            "dcterms:type": kind,
            "org:identifier": str(told.gc_orgid or ""),
        },
    )


def contact(dataset: Dataset, nodes: Nodes) -> str:
    """Whom to write to (vcard:Kind)."""
    told = dataset.settings.publisher
    if not told.email:
        return ""
    names = (Text(told.section_en, told.section_fr), dataset.publisher.name)
    properties = {
        "vcard:fn": languages(next(filter(any, names), Text("", ""))),
        "vcard:hasEmail": f"mailto:{quote(told.email, safe=_SAFE_IN_MAILTO)}",
    }
    iri = f"{dataset.settings.dataset.base}#contact"
    return nodes.add(iri, "vcard:Kind vcard:Organization", properties)


def both_languages(nodes: Nodes) -> list[str]:
    """English and French, as the EU authority table “Language” has them."""
    return [nodes.add(iri, "dcterms:LinguisticSystem") for iri in authorities.LANGUAGES.values()]


def licence(dataset: Dataset, nodes: Nodes) -> str:
    """The licence; of the Open Government Licence its name and what it asks for are known."""
    address = dataset.settings.dataset.licence
    if not licence_id(address):
        return nodes.add(address, "dcterms:LicenseDocument")
    label = {"skos:prefLabel": languages(authorities.ATTRIBUTION_LABEL)}
    properties = {
        "dcterms:title": languages(_OPEN_LICENCE),
        "dcterms:type": nodes.add(authorities.ATTRIBUTION, "skos:Concept", label),
    }
    return nodes.add(address, "dcterms:LicenseDocument", properties)


def place(dataset: Dataset, nodes: Nodes) -> str:
    """The place that the data are about."""
    iri = dataset.settings.dataset.spatial
    label = {"en": "Canada", "fr": "Canada"} if iri == _CANADA else {}
    return nodes.add(iri, "dcterms:Location", {"skos:prefLabel": label}) if iri else ""


def period(dataset: Dataset, nodes: Nodes) -> str:
    """The days from the first to the last that the data are about."""
    told = dataset.settings.dataset
    days = {"dcat:startDate": told.temporal_start, "dcat:endDate": told.temporal_end}
    known = {key: day.isoformat() for key, day in days.items() if day is not None}
    return nodes.add(f"{told.base}#temporal", "dcterms:PeriodOfTime", known) if known else ""


def frequency(dataset: Dataset, nodes: Nodes) -> str:
    """How often the data are updated, as the EU authority table “Frequency” has it."""
    code = dataset.settings.dataset.frequency
    if not code:
        return ""
    label = {"skos:prefLabel": languages(profile().lists["frequency"][code])}
    return nodes.add(authorities.frequency(code), "dcterms:Frequency", label)


def themes(dataset: Dataset, nodes: Nodes) -> list[str]:
    """What the data are about, as the EU authority table “Data theme” has it."""
    return [
        nodes.add(
            f"{authorities.THEMES}/{code}",
            "skos:Concept",
            {"skos:prefLabel": languages(authorities.THEME_LABELS[code])},
        )
        for code in authorities.themes(dataset.settings.portal.subject)
    ]


def theme_table(nodes: Nodes) -> str:
    """The table that the themes are taken from."""
    title = {"dcterms:title": languages(authorities.THEMES_TITLE)}
    return nodes.add(authorities.THEMES, "skos:ConceptScheme", title)


def pages(dataset: Dataset, nodes: Nodes) -> list[str]:
    """The pages about the data set, the English one first; one page may be in both languages."""
    told = dataset.settings.dataset
    found: dict[str, list[str]] = {}
    for language, page in (("en", told.landing_page_en), ("fr", told.landing_page_fr)):
        if page:
            found.setdefault(page, []).append(authorities.LANGUAGES[language])
    return [
        nodes.add(page, "foaf:Document", {"dcterms:language": spoken})
        for page, spoken in found.items()
    ]


def identifier(dataset: Dataset, nodes: Nodes) -> str:
    """The UUID that the data set has on the portal (adms:Identifier)."""
    uuid = dataset.settings.portal.id
    iri = f"{dataset.settings.dataset.base}#portal-id"
    return nodes.add(iri, "adms:Identifier", {"skos:notation": uuid}) if uuid else ""


def provenance(dataset: Dataset, nodes: Nodes) -> str:
    """What the data were made from, and by what."""
    if not dataset.digest:
        return ""
    told = {"notes": dataset.notes, "version": __version__, "digest": dataset.digest}
    words = Text(_PROVENANCE.in_language("en", **told), _PROVENANCE.in_language("fr", **told))
    return nodes.add(
        f"{dataset.settings.dataset.base}#provenance",
        "dcterms:ProvenanceStatement",
        {"rdfs:label": languages(words)},
    )


def availability(dataset: Dataset, nodes: Nodes) -> str:
    """How long the files are meant to stay, as “Planned availability” has it."""
    code = dataset.settings.dataset.availability
    if not code:
        return ""
    label = {"skos:prefLabel": languages(authorities.AVAILABILITY_LABELS[code])}
    return nodes.add(f"{AUTHORITY}planned-availability/{code}", "skos:Concept", label)


def media_type(file: File, nodes: Nodes) -> str:
    """The media type of a file in IANA's register."""
    return nodes.add(f"{authorities.MEDIA_TYPES}{file.media_type}", "dcterms:MediaType")


def file_type(file: File, nodes: Nodes) -> str:
    """The format of a file in the EU authority table “File type”, if it has one."""
    code = format_of(file).file_type
    return nodes.add(f"{AUTHORITY}file-type/{code}", "dcterms:MediaTypeOrExtent") if code else ""


def checksum(file: File, base: str, nodes: Nodes) -> str:
    """The SHA-256 of a file (spdx:Checksum)."""
    algorithm = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
    properties = {
        "spdx:algorithm": nodes.add(algorithm, "spdx:ChecksumAlgorithm"),
        "spdx:checksumValue": file.sha256,
    }
    return nodes.add(f"{base}#{file.name}-sha256", "spdx:Checksum", properties)
