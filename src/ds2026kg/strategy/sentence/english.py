"""The small words of English."""

from __future__ import annotations

from ds2026kg.strategy.sentence.grammar import MARKS, Grammar, Part, table

_SUPPORTED = frozenset(
    f"{verb} by" for verb in "supported assisted aided helped backed advised".split()
)
_LED = frozenset(f"{verb} by" for verb in "led co-led headed spearheaded".split())
_LEADERSHIP = frozenset(
    {
        "under the leadership of",
        "under the direction of",
        "with leadership from",
        "with the leadership of",
    }
)
_COMPANIONS = frozenset(
    {"with", "alongside", "along with", "together with", "jointly with", "side by side with"}
)
_ENGAGE = frozenset(
    "coordinate coordinates coordinating co-ordinate convene convenes convening engage engages "
    "engaging consult consults consulting".split()
)
_HELPS = frozenset(
    "support help assistance input inputs advice participation involvement engagement "
    "cooperation co-operation collaboration contribution contributions feedback aid backing "
    "expertise".split()
)

ENGLISH = Grammar(
    parts={
        **MARKS,
        **table(
            determiner="the | a | an | all | each | every | any | some | several | many | most | "
            "both | either | neither | these | those | this | its | their | our | his | her | "
            "other | another | various | such | no | only | not only | all of | each of | some of | "
            "most of | many of | both of | several of | gc | relevant | appropriate | applicable | "
            "participating | concerned | affected | implicated | interested | "
            "respective | remaining | individual | key | two | three | four | five",
            adverb="also | jointly | together | each | then | now | always | continue | still | "
            "first | second | third | finally | therefore | thus | however | moreover | instead | "
            "furthermore | in addition | additionally | as well | again | early | often | both | "
            "regularly | collectively | individually | respectively | accordingly | not | never | "
            "where appropriate | where possible | where necessary | as appropriate | as needed | "
            "as required | if necessary | when necessary | when needed | for example | "
            "for instance | in turn | at all | soon | further | more | formerly | lastly | next | "
            "year | years | month | today",
            pronoun="it | they | we | you | i | he | she | there",
            coordinator="and | or | nor | and/or | but | but also | as well as | plus | and also | "
            "as do | then | yet",
            specifier="including | such as | namely | notably | especially | particularly | "
            "in particular | specifically | e.g | i.e | eg | ie",
            preposition="in | on | at | by | for | from | into | onto | through | throughout | "
            "under | over | across | among | amongst | between | within | without | toward | towards | "
            "via | per | during | against | about | around | above | below | beyond | upon | "
            "regarding | concerning | following | using | leveraging | starting | beginning | "
            "given | as | as part of | based on | building on | pursuant to | according to | "
            "in accordance with | thanks to | due to | in light of | in addition to | in order for | "
            "because of | in response to | with respect to | with regard to | in line with | "
            "responsible for | up to | on behalf of | instead of",
            of="of",
            infinitive="to | in order to | so as to",
            relative="that | which | who | whom | whose",
            subordinator="if | unless | once | until | till | when | whenever | where | wherever | "
            "whether | how | why | because | since | although | though | even though | even if | "
            "so that | so | in order that | such that | provided that | provided | as long as | "
            "as soon as | before | after | what | whatever | lest | in case | in that | "
            "in which | to which | for which | with which | by which | with whom | for whom",
            contrast="while | whereas | whilst",
            possessive="'s",
            **{"except": "not | except | except for | excluding | other than | rather than"},
            modal="will | shall | must | 'll | won't | mustn't",
        ),
        **dict.fromkeys(_COMPANIONS | _SUPPORTED | _LED | _LEADERSHIP, Part.PREPOSITION),
    },
    future=(),
    not_future=frozenset(),
    will_nouns=frozenset(
        "the a an political free good ill collective popular own strong of at 's their its".split()
    ),
    clitics=frozenset(),
    companions=_COMPANIONS,
    not_companions=frozenset(
        "comply complies complying complied compliance consistent aligned align aligns aligning "
        "alignment accordance conformity conform compared comparison associated keeping conflict "
        "deal deals dealing begin begins start starts line".split()
    ),
    helps=_HELPS,
    help_joints=frozenset({"of", "from", "by"}),
    cue_words=_HELPS
    | frozenset(
        "in close closely full direct active ongoing partnership partnerships consultation "
        "consultations conjunction concert tandem coordination co-ordination association work "
        "works working collaborate collaborates collaborating cooperate co-operate cooperating "
        "partner partners partnering engage engaging consult consulting coordinate coordinating "
        "liaise liaising meet meeting jointly together".split()
    ),
    helped=_SUPPORTED,
    led=_LED,
    leadership=_LEADERSHIP,
    engage=_ENGAGE,
    engaged=frozenset("consulted engaged convened coordinated co-ordinated".split()),
    purpose=frozenset({"for"}),
    infinitives=(),
    being=frozenset({"be", "been", "being"}),
    agents=frozenset({"by"}),
    participles=("ed", "en", "led", "made", "held", "set", "built", "put", "run", "done", "kept"),
    modifiers=("ing", "ed"),
    nominals=frozenset(
        "training funding planning reporting meeting briefing hearing finding findings offering "
        "building learning monitoring processing staffing testing publishing spending tracking "
        "financing sharing".split()
    ),
    clause_verbs=frozenset(
        "ensure ensures ensuring ensured sure expect expects expecting confirm confirms confirming "
        "state states stating say says note notes believe believes mean means indicate indicates "
        "assume assumes hope hopes propose proposes recommend recommends agree agrees know knows "
        "guarantee guarantees verify verifies show shows demonstrate demonstrates".split()
    ),
    auxiliaries=frozenset("is are was were has have had can may does do".split()),
    wholes=frozenset({"government", "gc", "canada"}),
)
