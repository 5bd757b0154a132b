"""What the commitments of a synthetic vault say: sentences whose leads and supporters are known."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple


class Party(NamedTuple):
    """An actor as a sentence names it. `note` is the name of its note; groups take plural verbs."""

    code: str
    en: str
    fr: str
    note: str
    group: bool = False


class Verb(NamedTuple):
    """An English infinitive, and in French the infinitive and the future, singular and plural."""

    en: str
    fr: str
    one: str
    many: str


class Template(NamedTuple):
    """A sentence with places for organizations (a, b) and groups (g, h), and what they do in it."""

    leads: str
    supports: str
    en: str
    fr: str


class Bilingual(NamedTuple):
    """The same words in English and in French."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A commitment's text, and the codes of those who lead and support according to it.

    `lead` is the one that the English text begins with.
    """

    text: Bilingual
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    lead: Party


ORGANIZATIONS = (
    Party("tbs", "TBS", "le SCT", "Treasury Board of Canada Secretariat"),
    Party("pco", "PCO", "le BCP", "Privy Council Office"),
    Party("ssc", "SSC", "SPC", "Shared Services Canada"),
    Party("statcan", "StatCan", "StatCan", "Statistics Canada"),
    Party("isc", "ISC", "SAC", "Indigenous Services Canada"),
)
GROUPS = (
    Party("departments", "departments", "les ministères", "Departments", group=True),
    Party("partners", "partners", "les partenaires", "Partners", group=True),
    Party(
        "indigenous-partners",
        "Indigenous partners",
        "les partenaires autochtones",
        "Indigenous partners",
        group=True,
    ),
    Party(
        "provinces-and-territories",
        "provinces and territories",
        "les provinces et territoires",
        "Provinces and territories",
        group=True,
    ),
    Party(
        "federal-regulators",
        "federal regulators",
        "les organismes de réglementation fédéraux",
        "Federal regulators",
        group=True,
    ),
)

_TEMPLATES = (
    Template("a", "", "{a} will {verb} {thing}", "{a} {one} {thing}"),
    Template("ab", "", "{a} and {b} will {verb} {thing}", "{a} et {b} {many} {thing}"),
    Template("g", "", "{g} will {verb} {thing}", "{g} {many} {thing}"),
    Template(
        "abg",
        "h",
        "{a}, {b} and {g} will work with {h} to {verb} {thing}",
        "{a}, {b} et {g} travailleront avec {h} pour {infinitive} {thing}",
    ),
    Template(
        "ag",
        "",
        "{a} will set expectations and {g} will {verb} {thing}",
        "{a} fixera les attentes et {g} {many} {thing}",
    ),
    Template(
        "ab",
        "g",
        "{a}, in collaboration with {g}, will develop, and {b} will integrate into policy, {thing}",
        "{a}, en collaboration avec {g}, élaborera, et {b} intégrera aux politiques, {thing}",
    ),
    Template(
        "a",
        "g",
        "{a} will explore opportunities for {g} to {verb} {thing}",
        "{a} explorera les façons dont {g} pourraient {infinitive} {thing}",
    ),
    Template(
        "ab",
        "g",
        "{a} and {b} will coordinate {g} to {verb} {thing}",
        "{a} et {b} coordonneront {g} pour {infinitive} {thing}",
    ),
    Template("a", "g", "{a} will work with {g} to {verb} {thing}", "{a}, avec {g}, {one} {thing}"),
)
_VERBS = (
    Verb("develop", "élaborer", "élaborera", "élaboreront"),
    Verb("publish", "publier", "publiera", "publieront"),
    Verb("review", "examiner", "examinera", "examineront"),
    Verb("test", "mettre à l’essai", "mettra à l’essai", "mettront à l’essai"),
    Verb("promote", "promouvoir", "promouvra", "promouvront"),
    Verb("implement", "mettre en œuvre", "mettra en œuvre", "mettront en œuvre"),
)
_THINGS = (
    Bilingual("a framework for data stewardship", "un cadre d’intendance des données"),
    Bilingual("common standards for reference data", "des normes communes de données de référence"),
    Bilingual(
        "guidance on the ethical use of data", "des directives sur l’usage éthique des données"
    ),
    Bilingual("data flows that inform service design", "des flux de données utiles aux services"),
    Bilingual("training in data literacy", "une formation en littératie des données"),
    Bilingual(
        "shared infrastructure for secure exchange", "une infrastructure d’échange sécurisée"
    ),
    Bilingual("an inventory of open data", "un répertoire de données ouvertes"),
    Bilingual("privacy requirements for new programs", "des exigences de confidentialité"),
)
_AIMS = (
    Bilingual("to improve services to Canadians", "afin d’améliorer les services aux Canadiens"),
    Bilingual("while respecting privacy", "dans le respect de la vie privée"),
    Bilingual("to support evidence-based decisions", "afin d’éclairer les décisions"),
    Bilingual(
        "including frictions in existing legislation, leveraging concrete use cases",
        "y compris les obstacles des lois actuelles, à l’aide de cas concrets",
    ),
    Bilingual(
        "to enhance transparency of practices and the adoption of open-by-design principles",
        "afin d’accroître la transparence et l’adoption de principes d’ouverture",
    ),
)


def sentence(random: Random) -> Sentence:
    """A commitment's sentence in both languages."""
    template = random.choice(_TEMPLATES)
    verb, thing, aim = random.choice(_VERBS), random.choice(_THINGS), random.choice(_AIMS)
    parties = dict(zip("ab", random.sample(ORGANIZATIONS, 2), strict=True))
    parties |= zip("gh", random.sample(GROUPS, 2), strict=True)
    english = template.en.format(
        verb=verb.en,
        thing=f"{thing.en} {aim.en}",
        **{place: party.en for place, party in parties.items()},
    )
    french = template.fr.format(
        one=verb.one,
        many=verb.many,
        infinitive=verb.fr,
        thing=f"{thing.fr} {aim.fr}",
        **{place: party.fr for place, party in parties.items()},
    )
    return Sentence(
        Bilingual(_capitalized(english), _capitalized(french)),
        tuple(parties[place].code for place in template.leads),
        tuple(parties[place].code for place in template.supports),
        parties[template.leads[0]],
    )


def aim(random: Random) -> Bilingual:
    """What a mission or an area is about: a thing to be done, with nobody to do it."""
    verb, thing, end = random.choice(_VERBS), random.choice(_THINGS), random.choice(_AIMS)
    return Bilingual(
        _capitalized(f"{verb.en} {thing.en} {end.en}"),
        _capitalized(f"{verb.fr} {thing.fr} {end.fr}"),
    )


def name(random: Random) -> Bilingual:
    """The short name of a mission."""
    thing = random.choice(_THINGS)
    return Bilingual(_capitalized(thing.en), _capitalized(thing.fr))


def _capitalized(text: str) -> str:
    return text[0].upper() + text[1:]
