"""What changed between two states of the data: all of it, nothing else, always in one order."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ds2026kg.history import Change, Changes, changes_between, statements_about

BASE = "https://w3id.org/ds2026/"
LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
LED_BY = NamedNode(f"{BASE}ontology#ledBy")
STATUS = NamedNode(f"{BASE}ontology#status")


def thing(local: str) -> NamedNode:
    """The thing of that local identifier."""
    return NamedNode(f"{BASE}id/{local}")


A, B, TBS, PCO = (
    thing(f"{local}") for local in ("mission/2", "mission/10", "actor/tbs", "actor/pco")
)
_THINGS = st.sampled_from([A, B, TBS])
_VALUES = st.one_of(
    _THINGS,
    st.builds(Literal, st.sampled_from(["", "1", "10", "2", "l’été", "_:b"])),
    st.builds(Literal, st.sampled_from(["one", "un"]), language=st.sampled_from(["en", "fr"])),
    st.builds(Literal, st.sampled_from(["1", "01"]), datatype=st.just(NamedNode("urn:t"))),
)
_STATES = st.frozensets(
    st.builds(Triple, _THINGS, st.sampled_from([LABEL, LED_BY, STATUS]), _VALUES), max_size=12
)


def applied(state: frozenset[Triple], changes: Changes) -> frozenset[Triple]:
    """`state` with what the changes take away and add."""
    gone, come = set[Triple](), set[Triple]()
    for iri, each in changes.by_iri.items():
        for change in each:
            triple = Triple(NamedNode(iri), change.property, change.value)
            (come if change.added else gone).add(triple)
    assert gone <= state
    assert not come & state
    return (state - gone) | come


@given(old=_STATES, new=_STATES)
def test_changes_lead_from_one_state_to_the_other(
    old: frozenset[Triple], new: frozenset[Triple]
) -> None:
    """What went was there, what came was not, and together they make the new state of the old."""
    changes = changes_between(old, new)
    assert applied(old, changes) == new
    assert (old == new) is (not changes.by_iri)
    subjects = [{triple.subject.value for triple in state} for state in (old, new)]  # type: ignore[union-attr]
    assert changes.new == subjects[1] - subjects[0]
    assert changes.gone == subjects[0] - subjects[1]


@given(old=_STATES, new=_STATES)
def test_the_way_back_is_the_reverse(old: frozenset[Triple], new: frozenset[Triple]) -> None:
    """From the new state to the old one, what came goes, and what went comes."""
    there, back = changes_between(old, new), changes_between(new, old)
    turned: Mapping[str, set[Change]] = {
        iri: {Change(not each.added, each.property, each.value) for each in changes}
        for iri, changes in there.by_iri.items()
    }
    assert {iri: set(changes) for iri, changes in back.by_iri.items()} == turned
    assert list(back.by_iri) == list(there.by_iri)


def test_things_and_their_changes_stand_in_order() -> None:
    """Things as people count; of each, by property, what went before what came, and values in order."""
    old = {Triple(B, LED_BY, TBS), Triple(A, LABEL, Literal("old", language="en"))}
    new = {
        Triple(B, LED_BY, PCO),
        Triple(B, LABEL, Literal("10")),
        Triple(B, LABEL, Literal("9")),
        Triple(A, LABEL, Literal("neuf", language="fr")),
        Triple(PCO, LABEL, Literal("PCO")),
    }
    changes = changes_between(old, new, "2026-01-31")
    assert list(changes.by_iri) == [PCO.value, A.value, B.value]
    assert changes == Changes(
        "2026-01-31",
        {
            PCO.value: (Change(True, LABEL, Literal("PCO")),),
            A.value: (
                Change(False, LABEL, Literal("old", language="en")),
                Change(True, LABEL, Literal("neuf", language="fr")),
            ),
            B.value: (
                Change(True, LABEL, Literal("9")),
                Change(True, LABEL, Literal("10")),
                Change(False, LED_BY, TBS),
                Change(True, LED_BY, PCO),
            ),
        },
        new=frozenset({PCO.value}),
        gone=frozenset(),
    )


def test_where_something_was_read_is_not_what_is_said() -> None:
    """Records, passages, dates, the ontology, the stored queries and blank nodes are left out."""
    graph = NamedNode(f"{BASE}graph/strategy")
    records = NamedNode(f"{BASE}graph/provenance")
    purl = "http://purl.org/dc/terms/"
    derived = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
    quads = [
        Quad(A, LABEL, Literal("a"), graph),
        Quad(B, LABEL, Literal("b")),
        Quad(A, NamedNode(f"{purl}created"), Literal("2024-01-01"), records),
        Quad(A, NamedNode(f"{purl}modified"), Literal("2024-01-01")),
        Quad(A, derived, thing("passage/mission/2/1"), records),
        Quad(thing("passage/mission/2/1"), NamedNode(f"{BASE}ontology#line"), Literal("1")),
        Quad(thing("statement/mission/2/ledBy/tbs"), LABEL, Literal("x"), records),
        Quad(thing("status/done"), LABEL, Literal("Done"), NamedNode(f"{BASE}graph/ontology")),
        Quad(thing("x"), LABEL, Literal("x"), NamedNode(f"{BASE}graph/queries")),
        Quad(NamedNode(f"{BASE}query/x"), LABEL, Literal("x")),
        Quad(BlankNode("a"), LABEL, Literal("x")),
        Quad(A, LED_BY, BlankNode("b")),
    ]
    assert statements_about(quads) == {
        Triple(A, LABEL, Literal("a")),
        Triple(B, LABEL, Literal("b")),
    }


def test_things_lie_under_the_base_that_is_given() -> None:
    """Under another base, other things are meant."""
    other = NamedNode("https://example.org/s/id/mission/2")
    quads = [Quad(A, LABEL, Literal("a")), Quad(other, LABEL, Literal("b"))]
    assert statements_about(quads, base="https://example.org/s/") == {
        Triple(other, LABEL, Literal("b"))
    }
