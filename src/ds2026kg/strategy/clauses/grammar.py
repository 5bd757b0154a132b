"""The little that must be known of a language to read who leads: words, as data.

One algorithm (`reading`) serves both languages. All words are casefolded; a cue is a sequence of
words, and an apostrophe ends a word of its own ("l'", "d'").
"""

from __future__ import annotations

from dataclasses import dataclass

from ds2026kg.findings import Language


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _cues(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in text.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language.

    `modals` are verbs that make a main clause a promise; `future` holds endings by which a verb
    shows that by itself, but for the `not_future` words. `coordinators` join subjects.
    `determiners` and `adverbs` may stand in a subject without being one. `prepositions` make a
    name part of another noun phrase. `subordinators` open a clause that promises nothing;
    `contrasts` open one that does. `wishes` are verbs that take a clause without "that".
    `openers` begin a phrase set off by commas. `support_cues` and `lead_cues` name a role for
    what follows them; `verb_cues` are verbs whose object supports; `purpose` names a supporter
    only before `infinitive` ("for regulators to set"). `agent` names the doer of a passive,
    after one of `passives`. After `noun_markers` a modal is a noun; `helping` are nouns before which
    a name still supports ("with TBS support").
    """

    modals: frozenset[str]
    future: tuple[str, ...]
    not_future: frozenset[str]
    coordinators: frozenset[tuple[str, ...]]
    determiners: frozenset[str]
    adverbs: frozenset[str]
    adverb_ending: str
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    contrasts: frozenset[str]
    wishes: frozenset[str]
    openers: frozenset[str]
    opener_endings: tuple[str, ...]
    articles: frozenset[str]
    support_cues: frozenset[tuple[str, ...]]
    verb_cues: frozenset[str]
    lead_cues: frozenset[tuple[str, ...]]
    purpose: str
    infinitive: str
    passives: frozenset[str]
    agent: str
    noun_markers: frozenset[str]
    helping: frozenset[str]

    def is_modal(self, word: str) -> bool:
        """Whether `word` makes its clause say what will be done."""
        if word in self.modals:
            return True
        return len(word) > 3 and word.endswith(self.future) and word not in self.not_future

    def is_adverb(self, word: str) -> bool:
        """Whether `word` may stand between a subject and its verb."""
        return word in self.adverbs or (len(word) > 4 and word.endswith(self.adverb_ending))

    def opens_phrase(self, word: str) -> bool:
        """Whether `word` after a comma begins a phrase that interrupts."""
        return word in self.openers or (len(word) > 4 and word.endswith(self.opener_endings))


ENGLISH = Grammar(
    modals=_words("will shall must"),
    future=(),
    not_future=frozenset(),
    coordinators=_cues("and\nor\n&\nas well as\nand / or\nplus"),
    determiners=_words(
        "the a an all both each every other others federal individual participating relevant lead "
        "key most many several various these those its our their any some responsible"
    ),
    adverbs=_words("also then each both together further not now soon always first"),
    adverb_ending="ly",
    prepositions=_words(
        "of for in from by between among within across to on at into over under about against "
        "through per via throughout toward towards upon without"
    ),
    subordinators=_words(
        "that which who whom whose where when if once because since until unless although though "
        "as so whether how what why before after than"
    ),
    contrasts=_words("while whereas"),
    wishes=_words(
        "ensure ensures ensuring ensured say says expect expects agree agrees believe confirm "
        "hope require requires guarantee assume assumes anticipate anticipates mean means"
    ),
    openers=_words(
        "in with supported together along alongside which who whose where when under through via "
        "led including such as like by subject following"
    ),
    opener_endings=("ing", "ed"),
    articles=_words("the a an its their"),
    support_cues=_cues("""
        in collaboration with
        in partnership with
        in consultation with
        in cooperation with
        in co-operation with
        in coordination with
        in conjunction with
        in concert with
        in close collaboration with
        in close partnership with
        supported by
        with support from
        with support of
        with the support of
        with the support from
        with help from
        with the help of
        with input from
        with the input of
        with the assistance of
        with assistance from
        together with
        along with
        alongside
        with
    """),
    verb_cues=_words(
        "coordinate coordinates coordinating convene convenes convening engage engages engaging "
        "consult consults consulting"
    ),
    lead_cues=_cues("""
        led by
        co-led by
        under the leadership of
        under the direction of
    """),
    purpose="for",
    infinitive="to",
    passives=_words("be been"),
    agent="by",
    noun_markers=_words("political good free a no the of their goodwill strong public own"),
    helping=_words("support help assistance input advice leadership collaboration"),
)

FRENCH = Grammar(
    modals=_words("ira iront doit doivent"),
    future=("ra", "ront"),
    not_future=_words("opéra caméra ultra infra supra extra front affront confront"),
    coordinators=_cues("et\nou\n&\nainsi que\nde même que\net / ou"),
    determiners=_words(
        "le la les l' l’ un une des du de d' d’ tous toutes chaque autre autres au aux ses leurs "
        "son sa leur plusieurs certains certaines différents divers diverses"
    ),
    adverbs=_words("aussi également ensemble puis ne n' n’ se s' s’ l' l’ y en les la le leur lui"),
    adverb_ending="ment",
    prepositions=_words(
        "pour dans par entre parmi sur sous vers chez sans selon auprès contre à de du des d' d’ "
        "au aux"
    ),
    subordinators=_words(
        "que qu' qu’ qui dont où si lorsque lorsqu' lorsqu’ quand comme puisque puisqu' parce "
        "afin laquelle lequel lesquels lesquelles comment"
    ),
    contrasts=_words("tandis alors"),
    wishes=frozenset(),
    openers=_words(
        "en avec appuyé appuyée appuyés appuyées soutenu soutenue soutenus soutenues de "
        "qui dont où sous par grâce y notamment aux conjointement"
    ),
    opener_endings=("ant",),
    articles=_words("le la les l' l’ un une"),
    support_cues=_cues("""
        en collaboration avec
        en étroite collaboration avec
        en partenariat avec
        en consultation avec
        en coopération avec
        en coordination avec
        de concert avec
        conjointement avec
        de pair avec
        avec l' appui de
        avec l’ appui de
        avec l' appui du
        avec l’ appui du
        avec l' appui des
        avec l’ appui des
        avec l' aide de
        avec l’ aide de
        avec l' aide du
        avec l’ aide du
        avec l' aide des
        avec l’ aide des
        avec le soutien de
        avec le soutien du
        avec le soutien des
        avec le concours de
        avec le concours du
        avec le concours des
        appuyé par
        appuyée par
        appuyés par
        appuyées par
        soutenu par
        soutenue par
        soutenus par
        soutenues par
        aux côtés de
        aux côtés du
        aux côtés des
        avec
    """),
    verb_cues=_words(
        "coordonnera coordonneront coordonner convoquera convoqueront consultera consulteront "
        "consulter mobilisera mobiliseront mobiliser"
    ),
    lead_cues=_cues("""
        dirigé par
        dirigée par
        dirigés par
        dirigées par
        sous la direction de
        sous la direction du
        sous la direction des
        sous l' égide de
        sous l’ égide de
        sous l' égide du
        sous l’ égide du
    """),
    purpose="",
    infinitive="",
    passives=_words("sera seront être"),
    agent="par",
    noun_markers=frozenset(),
    helping=frozenset(),
)

GRAMMARS: dict[Language, Grammar] = {"en": ENGLISH, "fr": FRENCH}
