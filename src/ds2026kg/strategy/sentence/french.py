"""The small words of French."""

from __future__ import annotations

from ds2026kg.strategy.sentence.grammar import MARKS, Grammar, Part, table


def _participles(stems: str, preposition: str) -> frozenset[str]:
    """The agreed forms of participles with a preposition: "appuyées par"."""
    return frozenset(
        f"{stem}{ending} {preposition}" for stem in stems.split() for ending in ("", "e", "s", "es")
    )


def _forms(stems: str, endings: str) -> frozenset[str]:
    return frozenset(stem + ending for stem in stems.split() for ending in endings.split())


_SUPPORTED = _participles("appuyé soutenu aidé secondé épaulé assisté conseillé", "par") | (
    _participles("accompagné", "de") | _participles("accompagné", "par")
)
_LED = _participles("dirigé codirigé mené piloté", "par")
_LEADERSHIP = frozenset(
    f"sous {noun} {of}"
    for noun in ("la direction", "la gouverne", "l' égide", "la conduite", "le leadership")
    for of in ("de", "du", "des", "d'")
)
_COMPANIONS = frozenset({"avec", "de concert avec", "conjointement avec", "ensemble avec"}) | {
    f"aux côtés {of}" for of in ("de", "du", "des", "d'")
}
_HELPS = frozenset(
    "appui soutien aide concours collaboration participation contribution assistance "
    "avis conseils".split()
)

FRENCH = Grammar(
    parts={
        **MARKS,
        **table(
            determiner="le | la | les | l' | un | une | tous | tout | toute | toutes | chaque | "
            "plusieurs | certains | certaines | ces | ce | cet | cette | leur | leurs | son | sa | "
            "ses | nos | notre | autre | autres | divers | diverses | différents | différentes | "
            "quelques | aucun | aucune | fédéral | fédérale | fédéraux | fédérales | concerné | "
            "concernée | concernés | concernées | visé | visés | visée | visées | compétent | "
            "compétents | compétente | compétentes | intéressé | intéressés | intéressées | "
            "participant | participants | participantes | responsables | pertinents | pertinentes | "
            "principaux | principales | deux | trois | quatre | cinq | à la fois | tant",
            adverb="aussi | également | conjointement | ensemble | chacun | chacune | ensuite | "
            "enfin | toutefois | cependant | donc | ainsi | de plus | en outre | pas | jamais | "
            "s'il y a lieu | le cas échéant | au besoin | par exemple | notamment pas | "
            "premièrement | deuxièmement | étroitement | régulièrement",
            pronoun="il | elle | ils | elles | on | nous | vous | cela | ceci | celui-ci | ceux-ci",
            coordinator="et | ou | et/ou | mais | ni | ainsi que | de même que | mais aussi | puis",
            specifier="y compris | notamment | comme | tels que | telles que | tel que | "
            "à savoir | soit | en particulier",
            preposition="à | au | aux | en | dans | par | pour | sur | sous | chez | vers | entre | "
            "parmi | sans | selon | d'ici | dès | depuis | pendant | durant | après | avant | "
            "contre | grâce à | grâce au | grâce aux | au moyen de | au sein de | au sein du | "
            "à partir de | afin de | afin d' | conformément à | en vue de | en vue d' | à titre de | "
            "à titre d' | en tant que | au nom de | au nom du | au nom des | compte tenu de | lors de | "
            "à l'aide de",
            of="de | du | des | d'",
            infinitive="de façon à | de manière à",
            relative="qui | lequel | laquelle | lesquels | lesquelles",
            subordinator="que | qu' | si | s' | dont | où | lorsque | lorsqu' | quand | puisque | "
            "puisqu' | parce que | afin que | afin qu' | pour que | pour qu' | de sorte que | "
            "bien que | dès que | une fois que | ce que | à ce que | comment | pourquoi | "
            "jusqu'à ce que | avant que | après que | à condition que | pourvu que | à moins que",
            contrast="tandis que | tandis qu' | alors que | alors qu'",
            **{"except": "non | sauf | excepté | à l'exception de | à l'exception du | plutôt que"},
        ),
        **dict.fromkeys(_COMPANIONS | _SUPPORTED | _LED | _LEADERSHIP, Part.PREPOSITION),
    },
    future=("ra", "ront"),
    not_future=frozenset(
        "front affront caméra opéra extra infra ultra contra para aura-t-il choléra mantra "
        "paprika tiara hydra supra confront".split()
    ),
    will_nouns=frozenset(),
    clitics=frozenset("ne n' se s' y en le la les l' lui leur".split()),
    companions=_COMPANIONS,
    not_companions=frozenset(
        "conforme conformes conformité compatible compatibles accord rapport lien".split()
    ),
    helps=_HELPS,
    help_joints=frozenset({"de", "du", "des", "d'"}),
    cue_words=_HELPS
    | _forms("travaill collabor consult coopér", "er era eront ant e ent")
    | frozenset(
        "en étroite étroitement partenariat consultation coopération coordination association "
        "conjonction concert conjointement".split()
    ),
    helped=_SUPPORTED,
    led=_LED,
    leadership=_LEADERSHIP,
    engage=_forms("coordonn consult mobilis réuni convoqu", "er era eront ant e ent r ra ront"),
    engaged=_forms("consulté mobilisé convoqué coordonné réuni", "s es e") | {"consulté", "réuni"},
    purpose=frozenset({"pour"}),
    infinitives=("er", "ir", "re"),
    being=frozenset({"être", "sera", "seront"}),
    agents=frozenset({"par"}),
    participles=tuple(
        "é ée és ées i ie is ies u ue us ues it ite its ites ise ises ert erte erts ertes ait "
        "aite aits aites".split()
    ),
    modifiers=("ant", "és", "ées", "é", "ée"),
    nominals=frozenset({"étant", "participant"}),
    clause_verbs=frozenset(),
    auxiliaries=frozenset("est sont était étaient a ont soit soient peut peuvent".split()),
    wholes=frozenset({"gouvernement", "gc", "canada"}),
)
