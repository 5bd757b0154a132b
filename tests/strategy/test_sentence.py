"""Who leads and who supports, in English sentences of every build."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ds2026kg.findings import Language
from ds2026kg.strategy.sentence import Lexicon, Mention, Roles, read_roles

NAMES = {
    "tbs": "TBS | SCT | Treasury Board of Canada Secretariat | Treasury Board Secretariat | "
    "Secrétariat du Conseil du Trésor du Canada",
    "pco": "PCO | BCP | Privy Council Office | Bureau du Conseil privé",
    "ssc": "SSC | SPC | Shared Services Canada | Services partagés Canada",
    "statcan": "StatCan | Statistics Canada | Statistique Canada",
    "isc": "ISC | SAC | Indigenous Services Canada | Services aux Autochtones Canada",
    "departments": "Departments | department | ministères | ministère",
    "indigenous": "Indigenous partners | Indigenous partner | partenaires autochtones",
    "partners": "Partners | partner | partenaires",
    "delivery": "service delivery partners",
    "provinces": "Provinces and territories | provinces et territoires",
    "regulators": "Federal regulators | organismes de réglementation fédéraux",
    "northern": "Crown-Indigenous Relations and Northern Affairs Canada",
}
LEXICON = Lexicon.of(
    (name, f"actor/{actor}") for actor, names in NAMES.items() for name in names.split("|")
)


class Read(NamedTuple):
    """What is read of a text: the actors, and the words of what is no known actor."""

    leads: list[str]
    supports: list[str]
    unknown_leads: list[str]
    unknown_supports: list[str]
    unread: list[str]


def read(text: str, language: Language = "en") -> Read:
    """The roles in `text`, in the short."""
    roles = read_roles(text, LEXICON, language=language)

    def words(mentions: tuple[Mention, ...]) -> list[str]:
        return [text[mention.start : mention.end] for mention in mentions]

    return Read(
        [str(mention.actor).removeprefix("actor/") for mention in roles.leads],
        [str(mention.actor).removeprefix("actor/") for mention in roles.supports],
        words(roles.unknown_leads),
        words(roles.unknown_supports),
        words(roles.unread),
    )


def expected(
    leads: str = "",
    supports: str = "",
    unknown: str = "",
    unknown_supports: str = "",
    unread: str = "",
) -> Read:
    """What is to be read; actors and acronyms by spaces, other words by `|`."""
    others = [[words for words in text.split("|") if words] for text in (unknown_supports, unread)]
    return Read(leads.split(), supports.split(), unknown.split(), *others)


COMMITMENTS = {
    "3.1a": (
        "Departments will ensure that they have the appropriate data and analytical capacity to "
        "support improved services, including service performance management and results reporting",
        expected("departments"),
    ),
    "3.1b": (
        "TBS will set expectations and departments will ensure that data is appropriately "
        "disaggregated, to enable increased understanding of clients to improve and tailor "
        "services, policies and programs, ensuring that they meet their needs while respecting "
        "quality, privacy and confidentiality",
        expected("tbs departments"),
    ),
    "3.1c": (
        "TBS will set expectations and departments will implement data flows that proactively "
        "inform service performance management leveraging user feedback, operational monitoring "
        "and reporting data",
        expected("tbs departments"),
    ),
    "3.1d": (
        "TBS will work with departments to identify best practices and common technical solutions "
        "and infrastructure that can enable secure data access and exchange",
        expected("tbs", "departments"),
    ),
    "3.2a": (
        "PCO and TBS will coordinate departments in a review of real and perceived data-sharing "
        "challenges, including frictions in existing legislation, leveraging concrete use cases "
        "leading to recommendations",
        expected("pco tbs", "departments"),
    ),
    "3.2b": (
        "PCO, TBS and departments will work with partners to explore opportunities to enhance data "
        "flow with provinces and territories, including to enable client-centred service delivery",
        expected("pco tbs departments", "partners provinces"),
    ),
    "3.2c": (
        "PCO and TBS will explore opportunities for federal regulators to set expectations for "
        "data stewardship and sharing among service delivery partners",
        expected("pco tbs", "regulators"),
    ),
    "3.2d": (
        "TBS will work with partners to promote data standardization to support data portability "
        "and interoperability across a digital credentials ecosystem",
        expected("tbs", "partners"),
    ),
    "3.2e": (
        "SSC will pilot data storage and collaboration solutions for unclassified data that meet "
        "the needs of scientific researchers and serve as an initial step towards exploring and "
        "validating the infrastructure requirements to enable improved data sharing between "
        "departments",
        expected("ssc"),
    ),
    "3.3a": (
        "TBS and StatCan will develop a federal framework to convey principles and best practices "
        "on the ethical stewardship and use of data",
        expected("tbs statcan"),
    ),
    "3.3b": (
        "TBS will develop guidance that incorporates privacy and security requirements into the "
        "development and modernization of programs, activities and initiatives to address "
        "emerging data needs and evolving data practices",
        expected("tbs"),
    ),
    "3.3c": (
        "TBS will set expectations and provide guidance and service standards to enhance "
        "transparency of data practices and adoption of open-by-design principles",
        expected("tbs"),
    ),
    "3.4a": (
        "ISC, in collaboration with Indigenous partners, will develop, and TBS will integrate into "
        "policy, protocols and guidance for the identification, sharing, management and governance "
        "of Indigenous data to support self-determination and data sovereignty",
        expected("isc tbs", "indigenous"),
    ),
    "3.4b": (
        "ISC, in collaboration with Indigenous partners, will establish guidelines on training "
        "opportunities focusing on Indigenous-led training related to Indigenous Data Sovereignty",
        expected("isc", "indigenous"),
    ),
}

SUBJECTS = {
    "TBS, PCO, and departments will act": expected("tbs pco departments"),
    "TBS, PCO, and departments, will act": expected("tbs pco departments"),
    "PCO as well as TBS will act": expected("pco tbs"),
    "TBS, as well as PCO, will act": expected("tbs pco"),
    "PCO & TBS will act": expected("pco tbs"),
    "TBS/PCO and/or SSC will act": expected("tbs pco ssc"),
    "Both TBS and departments will act": expected("tbs departments"),
    "Not only TBS but also PCO will act": expected("tbs pco"),
    "TBS and its partners will act": expected("tbs partners"),
    "TBS and PCO will each act": expected("tbs pco"),
    "TBS and PCO will jointly act": expected("tbs pco"),
    "the tbs and The Departments will act": expected("tbs departments"),
    "TBS WILL WORK WITH DEPARTMENTS": expected("tbs", "departments"),
    "All departments will act; each department must report": expected("departments"),
    "Participating departments and other partners shall act": expected("departments partners"),
    "GC departments will act": expected("departments"),
    "The Treasury Board of Canada Secretariat (TBS) and the Privy Council Office (PCO) will act": (
        expected("tbs pco")
    ),
    "Crown-Indigenous Relations and Northern Affairs Canada, provinces and territories and TBS "
    "will act": expected("northern provinces tbs"),
    "Central agencies (TBS and PCO) will act": expected("tbs pco", unread="Central agencies"),
    "Departments, including TBS, will act": expected("departments tbs"),
    "All departments except TBS will act": expected("departments"),
    "TBS, not PCO, will act": expected("tbs"),
    "TBS, the employer, will act": expected("tbs"),
    "TBS — the employer — will act": expected("tbs"),
    "Statistics Canada, StatCan, will act": expected("statcan"),
    "“TBS” and ‘departments’ will act": expected("tbs departments"),
    "TBS\u00a0and\u00a0PCO will act": expected("tbs pco"),
    "TBS and\r\ndepartments\nwill act": expected("tbs departments"),
    "De\u0301partements du Tre\u0301sor and Bureau du Conseil prive\u0301 will act": expected(
        "pco", unread="De\u0301partements du Tre\u0301sor"
    ),
    "- TBS will act\n- PCO will act": expected("tbs pco"),
    "TBS will:\n\n* work with departments\n* consult partners": expected(
        "tbs", "departments partners"
    ),
    "Mission 3.1a: TBS will act": expected("tbs"),
    "TBS will act. departments will follow! PCO will review": expected("tbs departments pco"),
    "(TBS will act.)": expected("tbs"),
    "TBS won't act; PCO'll act; SSC will no longer act": expected("tbs pco ssc"),
    "Departments that collect data will publish it": expected("departments"),
    "Departments participating in the pilot will report": expected("departments"),
    "Departments involved will report": expected("departments"),
    "TBS and the departments that it supports will act": expected("tbs departments"),
}

NOT_HEADS = {
    "TBS policies will change": expected(unread="TBS policies"),
    "TBS policies, PCO and SSC will change": expected("pco ssc"),
    "departments' data will flow": expected(unread="departments' data"),
    "departments’ data will flow": expected(unread="departments’ data"),
    "TBS's guidance will apply": expected(unread="TBS's guidance"),
    "TBS will set rules and departments’ data will be safe": expected("tbs"),
    "The heads of departments will act": expected(unread="The heads of departments"),
    "The heads of TBS, PCO and SSC will act": expected(unread="The heads of TBS, PCO and SSC"),
    "The Department of Finance will act": expected(unread="The Department of Finance"),
    "Departments of the Government of Canada will act": expected("departments"),
    "Funding for departments will come": expected(unread="Funding for departments"),
    "Lead departments will act": expected(unread="Lead departments"),
    "The Chief Data Officer of Canada and TBS will act": expected(
        "tbs", unread="The Chief Data Officer of Canada"
    ),
    "departments and agencies will act": expected("departments", unread="agencies"),
    "TBS will set rules and the Chief Data Officer will act": expected(
        "tbs", unread="the Chief Data Officer"
    ),
    "Deputy heads will act": expected(unread="Deputy heads"),
    "They will act": expected(unread="They"),
    "TBS will act. It will also report.": expected("tbs"),
}

UNKNOWN = {
    "CSPS and TBS will act": expected("tbs", unknown="CSPS"),
    "CIRNAC, StatCan and StatsCan will act": expected("statcan", unknown="CIRNAC StatsCan"),
    "TBS-OCHRO and TBS will act": expected("tbs", unknown="TBS-OCHRO"),
    "TBS will set rules, and the CSPS will teach them": expected("tbs", unknown="CSPS"),
    "The Canada School of Public Service (CSPS) will act": expected(unknown="CSPS"),
    "AI will help": expected(unknown="AI"),
    "IT systems will help": expected(unread="IT systems"),
    "The GC CDO Council will act": expected(unread="The GC CDO Council"),
    "Guidance will be developed by CSPS": expected(unknown="CSPS"),
    "TBS will work with CSPS and departments": expected(
        "tbs", "departments", unknown_supports="CSPS"
    ),
    "TBS will work with the Canada School of Public Service (CSPS)": expected(
        "tbs", unknown_supports="CSPS"
    ),
    "TBS will work with industry partners": expected("tbs", unknown_supports="industry partners"),
    "TBS will deploy services with AI": expected("tbs"),
    "In collaboration with CSPS, TBS will act": expected("tbs", unknown_supports="CSPS"),
}

INTRODUCTIONS = {
    "By 2025, TBS will act": expected("tbs"),
    "By 2025 TBS, PCO and SSC will act": expected("tbs pco ssc"),
    "Over the next three years, TBS and PCO will act": expected("tbs pco"),
    "This year, TBS will act": expected("tbs"),
    "However, TBS will act": expected("tbs"),
    "In collaboration with Indigenous partners, ISC will act": expected("isc", "indigenous"),
    "Working with departments and partners, TBS will act": expected("tbs", "departments partners"),
    "Working with departments and partners, TBS, PCO and ISC will act": expected(
        "tbs pco isc", "departments partners"
    ),
    "In collaboration with departments, provinces and territories, and partners, TBS will act": (
        expected("tbs", "departments provinces partners")
    ),
    "In collaboration with departments, TBS and PCO will act": expected("tbs pco", "departments"),
    "To improve access, PCO and TBS will act": expected("pco tbs"),
    "To improve access PCO and TBS will act": expected("pco tbs"),
    "For services, policies and programs, departments and TBS will act": (
        expected("departments tbs")
    ),
    "Supported by departments, TBS will act": expected("tbs", "departments"),
    "Together with departments, TBS will act": expected("tbs", "departments"),
}

ASIDES = {
    "ISC, in collaboration with Indigenous partners, provinces and territories, will act": (
        expected("isc", "indigenous provinces")
    ),
    "ISC, in collaboration with Indigenous partners, provinces and territories, and departments, "
    "will act": expected("isc", "indigenous provinces departments"),
    "ISC in collaboration with Indigenous partners will act": expected("isc", "indigenous"),
    "TBS, with the support of PCO and StatCan, will act": expected("tbs", "pco statcan"),
    "TBS, in collaboration with departments, and PCO will act": expected("tbs pco", "departments"),
    "TBS, in consultation with departments, and with the support of StatCan, will act": expected(
        "tbs", "departments statcan"
    ),
    "TBS and, in time, PCO will act": expected("tbs pco"),
    "TBS, which oversees policy, will act": expected("tbs"),
    "TBS, which will oversee policy, will act": expected("tbs"),
    "TBS, which SSC will host, will act": expected("tbs"),
    "TBS, as the employer, will act": expected("tbs"),
    "TBS, if departments agree, will act": expected("tbs"),
    "TBS – in collaboration with departments – will act": expected("tbs", "departments"),
    "TBS (with departments) will act": expected("tbs", "departments"),
    "TBS (which will lead) will act": expected("tbs"),
    "departments and, where appropriate, partners will act": expected("departments partners"),
    "TBS will set rules, and departments, in collaboration with partners, will apply them": (
        expected("tbs departments", "partners")
    ),
    "TBS will work with departments, and PCO, with partners, will publish": expected(
        "tbs pco", "departments partners"
    ),
}

CLAUSES = {
    "TBS will set and will publish rules": expected("tbs"),
    "TBS will lead and PCO and departments will follow": expected("tbs pco departments"),
    "TBS will set rules, PCO will review them, and departments will comply": expected(
        "tbs pco departments"
    ),
    "TBS will support PCO and departments will comply": expected("tbs departments"),
    "TBS will support PCO, SSC and departments will comply": expected("tbs departments"),
    "TBS will work with departments and PCO will publish": expected("tbs pco", "departments"),
    "TBS will set rules while departments will apply them": expected("tbs departments"),
    "TBS will set rules, whereas departments will apply them": expected("tbs departments"),
    "While departments will report, TBS will review": expected("departments tbs"),
    "While TBS sets rules, departments will act": expected("departments"),
    "TBS will set expectations that departments will follow": expected("tbs"),
    "TBS will act so that departments and partners will comply": expected("tbs"),
    "TBS will act to ensure departments will comply": expected("tbs"),
    "TBS will act to ensure departments and partners will comply": expected("tbs"),
    "TBS will ensure that departments, partners and SSC will comply": expected("tbs"),
    "TBS will ensure that departments will comply, partners will report, and SSC will host": (
        expected("tbs")
    ),
    "TBS will build a platform, which SSC will host": expected("tbs"),
    "TBS will publish the rules departments will follow": expected("tbs"),
    "TBS will develop guidance that incorporates privacy and departments will apply it": expected(
        "tbs departments"
    ),
    "TBS will develop guidance that departments will apply, and PCO will review it": expected(
        "tbs pco"
    ),
    "If departments agree, TBS will act": expected("tbs"),
    "If PCO, TBS and SSC agree, departments will act": expected("departments"),
    "Once PCO and TBS will have agreed, SSC will act": expected("ssc"),
    "When departments publish, TBS will act": expected("tbs"),
    "The data that departments will collect will be published by TBS": expected("tbs"),
    "The data that the new program will collect will be published by TBS": expected("tbs"),
    "Political will is required and TBS will act": expected("tbs"),
    "Where there is a will, departments act": expected(),
}

OTHER_LEADS = {
    "Guidance for departments will be developed by TBS and StatCan": expected("tbs statcan"),
    "Guidance for TBS, PCO and departments will be developed by StatCan": expected("statcan"),
    "Guidance will be developed and maintained in 2025 by TBS": expected("tbs"),
    "Guidance will be based on data collected by departments": expected(unread="Guidance"),
    "The work will be led by TBS, in collaboration with PCO": expected("tbs", "pco"),
    "Departments, led by TBS, will act": expected("departments tbs"),
    "A working group led by TBS will act": expected("tbs"),
    "TBS will join an initiative led by PCO": expected("tbs"),
    "Under the leadership of TBS, departments will act": expected("tbs departments"),
    "Departments will be consulted by TBS": expected("tbs", "departments"),
    "Departments will be supported by TBS": expected("departments", "tbs"),
}

SUPPORTS = {
    "Departments, supported by TBS and StatCan, will act": expected("departments", "tbs statcan"),
    "TBS, supported by Indigenous Services Canada (ISC), will advance standards": expected(
        "tbs", "isc"
    ),
    "TBS will act in partnership with PCO": expected("tbs", "pco"),
    "TBS will act in consultation with PCO": expected("tbs", "pco"),
    "TBS will act in close cooperation with PCO": expected("tbs", "pco"),
    "TBS will act in conjunction with PCO": expected("tbs", "pco"),
    "TBS will act with support from PCO": expected("tbs", "pco"),
    "TBS will act alongside PCO": expected("tbs", "pco"),
    "TBS, along with PCO, will act": expected("tbs", "pco"),
    "TBS, together with PCO and departments, will act": expected("tbs", "pco departments"),
    "TBS will partner with provinces and territories, Indigenous partners, and departments": (
        expected("tbs", "provinces indigenous departments")
    ),
    "TBS will formalize and work with departments on directions": expected("tbs", "departments"),
    "TBS will work with service delivery partners": expected("tbs", "delivery"),
    "TBS will engage partners, including provinces and territories": expected(
        "tbs", "partners provinces"
    ),
    "TBS will convene departments regularly": expected("tbs", "departments"),
    "TBS will consult and engage departments": expected("tbs", "departments"),
    "TBS will coordinate the work of departments": expected("tbs"),
    "TBS will coordinate a place for departments to share tools": expected("tbs", "departments"),
    "TBS will coordinate a place where departments can share tools": expected("tbs"),
    "TBS will provide guidance for departments": expected("tbs"),
    "TBS will share data between departments and among service delivery partners": expected("tbs"),
    "TBS will support departments": expected("tbs"),
    "TBS will comply with PCO": expected("tbs"),
    "Departments will comply with TBS guidance": expected("departments"),
    "TBS and departments will work with TBS and partners": expected("tbs departments", "partners"),
}


def test_commitments() -> None:
    """The fourteen commitments of Mission 3 name exactly these leads and supporters."""
    found = {notation: read(text) for notation, (text, _) in COMMITMENTS.items()}
    assert found == {notation: roles for notation, (_, roles) in COMMITMENTS.items()}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        case
        for table in (
            SUBJECTS,
            NOT_HEADS,
            UNKNOWN,
            INTRODUCTIONS,
            ASIDES,
            CLAUSES,
            OTHER_LEADS,
            SUPPORTS,
        )
        for case in table.items()
    ],
)
def test_grammar(text: str, roles: Read) -> None:
    """The subjects of main clauses lead, parties of supporting phrases support, no others."""
    assert read(text) == roles


def test_mentions_hold_places_and_words() -> None:
    """A mention gives its actor's words exactly, and the words that its role was read from."""
    text = "The PCO, TBS and agencies will work closely with the CSPS and departments"
    lead = "The PCO, TBS and agencies will"
    support = "work closely with the CSPS and departments"
    assert read_roles(text, LEXICON) == Roles(
        leads=(Mention("actor/pco", 4, 7, lead), Mention("actor/tbs", 9, 12, lead)),
        supports=(Mention("actor/departments", 62, 73, support),),
        unknown_supports=(Mention(None, 53, 57, support),),
        unread=(Mention(None, 17, 25, lead),),
    )


def test_passive_phrase() -> None:
    """The words behind the agent of a passive verb reach from the verb to the agent."""
    roles = read_roles("Guidance will be developed by TBS and PCO.", LEXICON)
    phrase = "will be developed by TBS and PCO"
    assert roles == Roles(
        leads=(Mention("actor/tbs", 30, 33, phrase), Mention("actor/pco", 38, 41, phrase))
    )


def test_links_are_actors() -> None:
    """A linked range is its actor whatever its words; of overlapping links the first counts."""
    text = "The Secretariat and our friends will work with them"
    links = [
        (text.index("our"), text.index(" will"), "actor/pco"),
        (text.index("Secretariat"), text.index(" and"), "actor/tbs"),
        (text.index("Secretariat") + 2, text.index("our"), "actor/ssc"),
        (text.index("them"), len(text), "actor/partners"),
        (len(text), len(text) + 9, "actor/isc"),
    ]
    roles = read_roles(text, LEXICON, links=links)
    assert roles == Roles(
        leads=(
            Mention("actor/tbs", 4, 15, "The Secretariat and our friends will"),
            Mention("actor/pco", 20, 31, "The Secretariat and our friends will"),
        ),
        supports=(Mention("actor/partners", 47, 51, "work with them"),),
    )


def test_ambiguous_names_are_not_recognised() -> None:
    """A name of two actors is reported with both and read as neither, nor as a shorter name."""
    lexicon = Lexicon.of(
        [
            ("The CSPS", "actor/school"),
            ("csps", "actor/other"),
            ("CSPS", "actor/school"),
            ("lead partners", "actor/a"),
            ("Lead Partners", "actor/b"),
            ("partners", "actor/partners"),
            ("", "actor/none"),
            ("…", "actor/none"),
        ]
    )
    text = "CSPS and lead partners will act"
    phrase = "CSPS and lead partners will"
    assert dict(lexicon.ambiguous) == {
        "The CSPS": ("actor/school", "actor/other"),
        "lead partners": ("actor/a", "actor/b"),
    }
    assert read_roles(text, lexicon) == Roles(
        unknown_leads=(Mention(None, 0, 4, phrase),), unread=(Mention(None, 9, 22, phrase),)
    )


def test_acronyms_like_small_words_count_in_capitals() -> None:
    """An acronym spelt like a word of the grammar is recognised only as it is written."""
    lexicon = Lexicon.of([("IT", "actor/it"), ("TBS", "actor/tbs")])
    leads = [
        [mention.actor for mention in read_roles(text, lexicon).leads]
        for text in ("IT will act", "TBS will act and it will report", "tbs will act")
    ]
    assert leads == [["actor/it"], ["actor/tbs"], ["actor/tbs"]]
