"""What is true of the roles in every text."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.findings import Language
from ds2026kg.strategy.sentence import Mention, read_roles

from .test_sentence import COMMITMENTS, LEXICON, read

LANGUAGES = st.sampled_from(["en", "fr"])
# Every sort of word and mark that the grammar knows, so that random texts reach every corner.
PIECES = (
    "TBS|PCO|departments|Indigenous partners|CSPS|StatCan|agencies|data|working|led|publié|2025|"
    "will|must|will be|sera|agira|developed by|the|all|les|des|du|and|as well as|et|including|,|"
    " – |;|.|:|(|)|'s|’|l’|with|avec|in collaboration with|supported by|led by|par|by|for|to|of|"
    "that|which|qui|que|if|so that|while|tandis que|not|except|consult|ensure|is|they|also|\n|\n- "
).split("|")
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join))
ACTORS = {"tbs": "TBS", "pco": "the PCO", "departments": "departments", "statcan": "StatCan"}


@given(TEXTS, LANGUAGES, st.lists(st.tuples(st.integers(-9, 99), st.integers(-9, 99))))
def test_any_text_is_read(text: str, language: Language, ranges: list[tuple[int, int]]) -> None:
    """Any text with any links gives mentions in text order, once each, and no actor twice."""
    links = [(start, end, "actor/linked") for start, end in ranges]
    roles = read_roles(text, LEXICON, language=language, links=links)
    named = [mention.actor for mention in (*roles.leads, *roles.supports)]
    assert None not in named
    assert len(named) == len(set(named))
    for group in (roles.leads, roles.supports, roles.unknown_leads, roles.unread):
        starts = [mention.start for mention in group]
        assert starts == sorted(set(starts))


@given(TEXTS, LANGUAGES)
def test_places_give_back_the_words(text: str, language: Language) -> None:
    """The words at a mention's place are a name of its actor, and stand in its phrase."""
    roles = read_roles(text, LEXICON, language=language)
    for mention in (*roles.leads, *roles.supports, *roles.unknown_leads):
        words = " ".join(text[mention.start : mention.end].split())
        assert words in mention.phrase
        assert words
        if mention.actor is not None:
            as_subject = read_roles(f"{words} will", LEXICON).leads
            assert [lead.actor for lead in as_subject] == [mention.actor]


@given(st.lists(st.sampled_from(sorted(ACTORS)), min_size=1, unique=True), st.booleans())
def test_asides_change_no_lead(actors: list[str], comma: bool) -> None:
    """An "in collaboration with" between subject and verb adds supporters and no leads."""
    *others, last = (ACTORS[actor] for actor in actors)
    subject = f"{', '.join(others)} and {last}" if others else last
    aside = "in collaboration with Indigenous partners, provinces and territories, and SSC"
    mark = "," if comma else ""
    found = read(f"{subject}{mark} {aside}{mark} will act")
    assert found == (actors, ["indigenous", "provinces", "ssc"], [], [], [])


@pytest.mark.parametrize("style", ["{}, {}, {} and {}", "{}, {}, {}, and {}", "{}, {} & {} and {}"])
def test_order_of_subjects_changes_no_lead(style: str) -> None:
    """Coordinated subjects lead in the order of the text, whatever that is."""
    orders = list(permutations(sorted(ACTORS)))
    found = [
        read(style.format(*(ACTORS[actor] for actor in order)) + " will act").leads
        for order in orders
    ]
    assert found == [list(order) for order in orders]


@given(st.permutations(sorted(COMMITMENTS)))
def test_sentences_do_not_disturb_each_other(order: list[str]) -> None:
    """A text of several commitments has the leads of each."""
    found = read(".\n".join(COMMITMENTS[notation][0] for notation in order))
    assert set(found.leads) == {a for _, roles in COMMITMENTS.values() for a in roles.leads}


@pytest.mark.parametrize("piece", ["TBS and ", "the heads of TBS, ", "( which will "])
def test_long_text_is_read(piece: str) -> None:
    """A text of a megabyte, and one long sentence at that, is read to its end."""
    text = piece * (1_000_000 // len(piece)) + ". PCO will act"
    lead = Mention("actor/pco", len(text) - 12, len(text) - 9, "PCO will")
    assert lead in read_roles(text, LEXICON).leads
