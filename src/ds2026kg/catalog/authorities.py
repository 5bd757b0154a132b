"""The tables of codes that DCAT-AP 3 asks for, as far as the portal's own codes lead into them.

They are the authority tables of the Publications Office of the EU, and the types of ADMS.
"""

from __future__ import annotations

from typing import Final

from ds2026kg.findings import Text

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
LANGUAGES: Final = {"en": f"{AUTHORITY}language/ENG", "fr": f"{AUTHORITY}language/FRA"}
THEMES: Final = f"{AUTHORITY}data-theme"
THEMES_TITLE: Final = Text("Data theme", "Thème de données")
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
NATIONAL_AUTHORITY: Final = "http://purl.org/adms/publishertype/NationalAuthority"
NATIONAL_AUTHORITY_LABEL: Final = Text("National authority", "Administration nationale")
ATTRIBUTION: Final = "http://purl.org/adms/licencetype/Attribution"
ATTRIBUTION_LABEL: Final = Text("Attribution", "Attribution")

AVAILABILITY_LABELS: Final = {
    "AVAILABLE": Text("Available", "Disponible"),
    "EXPERIMENTAL": Text("Experimental", "Expérimental"),
    "STABLE": Text("Stable", "Stable"),
    "TEMPORARY": Text("Temporary", "Temporaire"),
}

THEME_LABELS: Final = {
    "AGRI": Text(
        "Agriculture, fisheries, forestry and food",
        "Agriculture, pêche, sylviculture et alimentation",
    ),
    "ECON": Text("Economy and finance", "Économie et finances"),
    "EDUC": Text("Education, culture and sport", "Éducation, culture et sport"),
    "ENVI": Text("Environment", "Environnement"),
    "GOVE": Text("Government and public sector", "Gouvernement et secteur public"),
    "HEAL": Text("Health", "Santé"),
    "JUST": Text(
        "Justice, legal system and public safety",
        "Justice, système juridique et sécurité publique",
    ),
    "SOCI": Text("Population and society", "Population et société"),
    "TECH": Text("Science and technology", "Science et technologie"),
    "TRAN": Text("Transport", "Transports"),
}

_OF_ALL = "GOVE"  # what is described is a strategy of a government, whatever it is about
_THEMES = {
    "agriculture": "AGRI",
    "arts_music_literature": "EDUC",
    "economics_and_industry": "ECON",
    "education_and_training": "EDUC",
    "government_and_politics": "GOVE",
    "health_and_safety": "HEAL",
    "law": "JUST",
    "nature_and_environment": "ENVI",
    "science_and_technology": "TECH",
    "society_and_culture": "SOCI",
    "transport": "TRAN",
}
_FREQUENCIES = {
    "as_needed": "AS_NEEDED",
    "continual": "UPDATE_CONT",
    "P1D": "DAILY",
    "P0.33W": "WEEKLY_3",
    "P0.5W": "WEEKLY_2",
    "P1W": "WEEKLY",
    "P2W": "BIWEEKLY",
    "P0.5M": "MONTHLY_2",
    "P1M": "MONTHLY",
    "P2M": "BIMONTHLY",
    "P3M": "QUARTERLY",
    "P4M": "ANNUAL_3",
    "P6M": "ANNUAL_2",
    "P1Y": "ANNUAL",
    "P2Y": "BIENNIAL",
    "P3Y": "TRIENNIAL",
    "P4Y": "QUADRENNIAL",
    "P5Y": "QUINQUENNIAL",
    "irregular": "IRREG",
    "not_planned": "NOT_PLANNED",
    "unknown": "UNKNOWN",
}


def frequency(code: str) -> str:
    """The IRI of the frequency that the portal calls `code`, in the authority table “Frequency”.

    >>> frequency("P3M")
    'http://publications.europa.eu/resource/authority/frequency/QUARTERLY'
    """
    return f"{AUTHORITY}frequency/{_FREQUENCIES[code]}"


def themes(subjects: tuple[str, ...]) -> list[str]:
    """The codes of the table “Data theme” for the portal's `subjects`; it has none for some of them.

    >>> themes(("law", "persons"))
    ['GOVE', 'JUST']
    """
    return sorted({_OF_ALL, *(_THEMES[each] for each in subjects if each in _THEMES)})
