"""Answers that are kept: which, for how long, and in how much memory."""

from __future__ import annotations

import pytest

from ds2026kg.server.asking import About, Answer, Question, WholeGraph
from ds2026kg.server.keeping import Kept, key_of
from ds2026kg.server.media import wanted


def question(text: str) -> Question:
    """A question of that text."""
    return Question(text, (), (), wanted(None), 10)


def test_the_answer_that_was_not_asked_for_longest_makes_room() -> None:
    """Ten answers of 1 KiB fit into 32 KiB, each with its tag and its compressed form; asking counts."""
    kept = Kept(32 * 1024)
    answer = Answer(b"a" * 1024, "text/csv")
    for number in range(10):
        kept.put(b"%d" % number, answer)
    assert kept.get(b"0") == answer
    kept.put(b"10", answer)
    assert [number for number in range(11) if kept.get(b"%d" % number) is None] == [1]


def test_a_large_answer_is_not_kept() -> None:
    """One that would take more than an eighth of the memory throws out no others."""
    kept = Kept(32 * 1024)
    kept.put(b"small", Answer(b"a", "text/csv"))
    kept.put(b"large", Answer(b"a" * 2000, "text/csv"))
    assert kept.get(b"large") is None
    assert kept.get(b"small") == Answer(b"a", "text/csv")


def test_the_memory_is_counted_however_often_an_answer_comes() -> None:
    """Putting the same again takes no more memory, and what went gives back all of its own."""
    kept = Kept(32 * 1024)
    answer = Answer(b"a" * 1024, "text/csv")
    for number in range(1000):
        kept.put(b"%d" % (number // 2), answer)
    assert sum(kept.get(b"%d" % number) is not None for number in range(500)) == 10


def test_questions_of_two_kinds_are_never_taken_for_each_other() -> None:
    """Equal fields do not make equal keys: the kind of question is part of it."""
    whole, about = WholeGraph("urn:a", "text/turtle"), About("urn:a", "text/turtle", 10)
    assert key_of(whole) != key_of(about)
    assert key_of(question("ASK {}")) != key_of(question("ASK { }"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("SELECT (NOW() AS ?x) {}", False),
        ("SELECT (rand ( ) AS ?x) {}", False),
        ("SELECT (STRUUID() AS ?x) {}", False),
        ("SELECT * { BIND(uuid() AS ?x) }", False),
        ("SELECT * { ?a <http://xmlns.com/foaf/0.1/knows> ?b }", True),
        ("SELECT ?random { ?random ?p 'nowhere' }", True),
    ],
)
def test_only_lasting_answers_have_a_key(text: str, kept: bool) -> None:
    """What the clock or chance has a part in is asked each time; words that hold such names are not."""
    assert (key_of(question(text)) is not None) == kept
