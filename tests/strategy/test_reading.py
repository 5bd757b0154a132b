"""Notes into entities: parents, names, values, leads, and what is said of those that do not fit."""

from __future__ import annotations

import pytest

from ds2026kg.strategy import Basis

from .conftest import ReadVault, codes, faults, stated

SENTENCE = "TBS will set expectations and departments will act"


@pytest.mark.parametrize(
    ("notes", "basis"),
    [
        ({"Mission 3.1a.md": f'---\nup: "[[Mission 3.1]]"\n---\n{SENTENCE}'}, Basis.ASSERTED),
        ({"Mission 3.1a.md": f"---\nup: [[Mission 3.1]]\n---\n{SENTENCE}"}, Basis.ASSERTED),
        (
            {"Mission 3.1a.md": f'---\nup: ["[[Root]]", "[[Mission 3.1]]"]\n---\n{SENTENCE}'},
            Basis.ASSERTED,
        ),
        ({"Mission 3.1a.md": f"up:: [area](Mission%203.1.md)\n\n{SENTENCE}"}, Basis.ASSERTED),
        (
            {
                "Mission 3.1a.md": SENTENCE,
                "Mission 3.1.md": "# Mission 3.1\nDrive\n\n- down:: [c](Mission%203.1a.md)\n",
            },
            Basis.ASSERTED,
        ),
        (
            {
                "Mission 3.1a.md": f"# Mission 3.1a\n{SENTENCE}",
                "Mission 3.1.md": "# Mission 3.1\nDrive\n![[Mission 3.1a#Mission 3.1a]]\n",
            },
            Basis.ASSERTED,
        ),
        ({"Mission 3.1a.md": SENTENCE}, Basis.DERIVED),
    ],
)
def test_a_parent_is_found_in_every_form(
    read_vault: ReadVault, notes: dict[str, str], basis: Basis
) -> None:
    """`up`, `down`, an embed or the notation: the parent is the same, and it is known which."""
    reading = read_vault(notes)
    (entity,) = (each for each in reading.graph if each.id == "commitment/3.1a")
    (parent,) = entity.values("hasParent")
    assert (parent.value, parent.basis) == ("mission/3.1", basis)
    assert codes(reading) == []


def test_places_that_disagree_are_named_both(read_vault: ReadVault) -> None:
    """Two texts for one commitment are one finding with both lines; the note's own text holds."""
    reading = read_vault(
        {
            "All.md": "# [Mission 3.1a](Mission%203.1a.md)\nPCO will act\n",
            "Mission 3.1a.md": f"# Mission 3.1a\n{SENTENCE}\n",
        }
    )
    (finding,) = faults(reading)
    assert (finding.rule.code, str(finding.span)) == ("places-disagree", "All.md:2:1")
    assert [str(span) for span in finding.related] == ["Mission 3.1a.md:2:1"]
    assert stated(reading, "commitment/3.1a", "definition") == [SENTENCE]


def test_spacing_and_unicode_form_are_no_disagreement(read_vault: ReadVault) -> None:
    """The same words with other spaces, line breaks or composed letters are the same text."""
    reading = read_vault(
        {
            "All.md": "# [[Mission 3.1a]]\nTBS will  act\nat the café\n",
            "Mission 3.1a.md": "\ufeff# Mission 3.1a\r\nTBS will act at the cafe\u0301\r\n",
        }
    )
    assert codes(reading) == []
    assert stated(reading, "commitment/3.1a", "definition") == ["TBS will act at the café"]


def test_given_leads_hold_and_a_sentence_that_differs_is_reported(read_vault: ReadVault) -> None:
    """`ledBy:` wins over the sentence; the finding names both places."""
    reading = read_vault({"Mission 3.1a.md": f'---\nledBy: "[[PCO]]"\n---\n{SENTENCE}'})
    assert stated(reading, "commitment/3.1a", "ledBy") == ["actor/pco"]
    (finding,) = faults(reading)
    assert finding.rule.code == "leads-disagree"
    assert [str(span) for span in (finding.span, *finding.related) if span] == [
        "Mission 3.1a.md:2:8",
        "Mission 3.1a.md:4:1",
    ]


@pytest.mark.parametrize(
    "head",
    ["ledBy: '[[TBS]]'", "dept_lead: TBS", "dept_lead: sct", "ledBy: [TBS]", "LEDBY: TBS"],
)
def test_leads_are_given_by_link_or_by_name(read_vault: ReadVault, head: str) -> None:
    """A link, an acronym in either language, a list: each names the actor, and is asserted."""
    reading = read_vault({"Mission 3.1a.md": f"---\n{head}\n---\nTBS will act"})
    (entity,) = (each for each in reading.graph if each.id == "commitment/3.1a")
    assert [(fact.value, fact.basis) for fact in entity.values("ledBy")] == [
        ("actor/tbs", Basis.ASSERTED)
    ]
    assert codes(reading) == []


def test_a_lead_read_from_the_sentence_knows_its_words(read_vault: ReadVault) -> None:
    """A derived lead carries the place of the actor's name and the words of its clause."""
    reading = read_vault({"Mission 3.1a.md": f"# Mission 3.1a\n{SENTENCE}"})
    (entity,) = (each for each in reading.graph if each.id == "commitment/3.1a")
    assert [
        (fact.value, fact.basis, str(fact.span), fact.words) for fact in entity.values("ledBy")
    ] == [
        ("actor/tbs", Basis.DERIVED, "Mission 3.1a.md:2:1", "TBS will"),
        ("actor/departments", Basis.DERIVED, "Mission 3.1a.md:2:31", "departments will"),
    ]


def test_a_french_definition_alone_is_read_by_french_grammar(read_vault: ReadVault) -> None:
    """Where the notes give no English, the leads are read from the French sentence."""
    note = "---\ndefinition_fr: Le SCT, en collaboration avec PCO, agira\n---\n"
    reading = read_vault({"Mission 3.1a.md": note})
    assert stated(reading, "commitment/3.1a", "ledBy") == ["actor/tbs"]
    assert stated(reading, "commitment/3.1a", "supportedBy") == ["actor/pco"]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("---\nstatu: x\n---\nTBS will act", ("Mission 3.1a.md:2:1", "key-unknown")),
        ("---\nstatus: Soon\n---\nTBS will act", ("Mission 3.1a.md:2:9", "concept-unknown")),
        ("---\ncreated: 2024-13-01\n---\nTBS will act", ("Mission 3.1a.md:2:10", "date-invalid")),
        ("---\nsource: nowhere\n---\nTBS will act", ("Mission 3.1a.md:2:9", "iri-invalid")),
        ("---\nstatus:\n  a: b\n---\nTBS will act", ("Mission 3.1a.md:2:1", "value-nested")),
        ('---\nup: "[[Gone]]"\n---\nTBS will act', ("Mission 3.1a.md:2:5", "reference-broken")),
        ("---\nledBy: XYZ\n---\nTBS will act", ("Mission 3.1a.md:2:8", "actor-unknown")),
        ("---\nnotation: 3.1b\n---\nTBS will act", ("Mission 3.1a.md:1:1", "notation-disagrees")),
        ("TBS and CSPS will act", ("Mission 3.1a.md:1:9", "actor-unknown")),
        ("The Clerk and TBS will act", ("Mission 3.1a.md:1:1", "subject-unread")),
        ("TBS, supported by CSPS, will act", ("Mission 3.1a.md:1:19", "support-unknown")),
        ("TBS will act on [[Gone]]", ("Mission 3.1a.md:1:17", "link-broken")),
        ("TBS will act\n![[Mission 3.1a]]", ("Mission 3.1a.md:2:1", "embed-of-itself")),
        ("TBS will act\n\n- more", ("Mission 3.1a.md:3:3", "text-not-published")),
    ],
)
def test_what_does_not_fit_is_reported_at_its_place(
    read_vault: ReadVault, note: str, expected: tuple[str, str]
) -> None:
    """Every fault in a commitment's note is one finding at its line and column."""
    assert codes(read_vault({"Mission 3.1a.md": note})) == [expected]


def test_two_notes_with_one_notation_are_reported(read_vault: ReadVault) -> None:
    """A duplicate notation names both notes."""
    reading = read_vault({"Mission 3.1a.md": "TBS will act", "x/Mission 3.1a.md": "TBS will act"})
    (finding,) = faults(reading)
    assert (finding.rule.code, str(finding.span)) == ("duplicate-entity", "x/Mission 3.1a.md:1:1")


def test_notes_that_are_not_of_the_strategy_are_left_alone(read_vault: ReadVault) -> None:
    """Daily notes, people and drafts give no entity; a likely name and their links are reported."""
    reading = read_vault(
        {
            "Mission 3.1a.md": "TBS will act",
            "2024-08-13.md": "---\nmood: good\n---\n# Today\nsaw [[Gone]] about Mission 3.1a\n",
            "Mission statement.md": "We are kind",
            "Mission 3 kickoff.md": "Minutes",
        }
    )
    assert codes(reading) == [
        ("2024-08-13.md:1:1", "note-orphan"),
        ("2024-08-13.md:5:5", "link-broken"),
        ("Mission 3 kickoff.md:1:1", "note-orphan"),
        ("Mission 3 kickoff.md:1:1", "note-passed-over"),
        ("Mission statement.md:1:1", "note-orphan"),
    ]
    assert sorted(entity.id for entity in reading.graph if entity.kind != "actor") == [
        "commitment/3.1a",
        "mission/3",
        "mission/3.1",
        "strategy/ds2026",
    ]


def test_an_actor_note_may_be_named_by_its_title_alone(read_vault: ReadVault) -> None:
    """`Name EN - Nom FR - ACR EN - ACR FR` gives names, acronyms and identifier."""
    reading = read_vault(
        {
            "ISC.md": "---\ntitle: Indigenous Services Canada - Services aux Autochtones Canada"
            " - ISC - SAC\ntags: [gc_entity]\n---\n",
            "Mission 3.1a.md": "SAC will act",
        }
    )
    assert stated(reading, "commitment/3.1a", "ledBy") == ["actor/isc"]
    assert stated(reading, "actor/isc", "label") == [
        "Indigenous Services Canada",
        "Services aux Autochtones Canada",
    ]
    assert stated(reading, "actor/isc", "altLabel") == ["ISC", "SAC"]


def test_a_private_note_gives_nothing_and_its_links_lose_their_words(read_vault: ReadVault) -> None:
    """Neither an entity nor the label of a link to a private note reaches the strategy."""
    reading = read_vault(
        {
            "Mission 3.1b.md": "---\npublish: false\n---\nTBS will hide",
            "Mission 3.1a.md": "TBS will act on [[Mission 3.1b|the secret]] now",
        }
    )
    assert stated(reading, "commitment/3.1a", "definition") == ["TBS will act on […] now"]
    assert [entity.id for entity in reading.graph if entity.kind == "commitment"] == [
        "commitment/3.1a"
    ]
    assert codes(reading) == [("Mission 3.1a.md:1:1", "link-private")]


def test_the_earliest_and_latest_record_dates_are_kept(read_vault: ReadVault) -> None:
    """`created` is the earliest and `modified` the latest that any place gives."""
    reading = read_vault(
        {
            "All.md": "---\ncreated: 2024-08-13\nmodified: 2024-08-19\n---\n# [[Mission 3.1a]]\n",
            "Mission 3.1a.md": "---\ncreated: 2024-09-01\nmodified: 2025-01-01T10:00\n---\nTBS will act",
        }
    )
    assert stated(reading, "commitment/3.1a", "created") == ["2024-08-13"]
    assert stated(reading, "commitment/3.1a", "modified") == ["2025-01-01"]
    assert codes(reading) == []


def test_breadcrumbs_fields_and_comments_are_not_the_definition(read_vault: ReadVault) -> None:
    """Only running text is: not a line of links, nor a field, nor what is commented out."""
    text = "[Mission 3.1](./Mission%203.1.md) ⬆\n\nstatus:: In Progress\n\nTBS will %%not%% act\n"
    reading = read_vault({"Mission 3.1a.md": text})
    assert stated(reading, "commitment/3.1a", "definition") == ["TBS will act"]
    assert stated(reading, "commitment/3.1a", "status") == ["status/in-progress"]
    assert codes(reading) == []


def test_a_vault_without_a_strategy_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Notes that describe nothing are a finding, not an empty data set."""
    from ds2026kg.config import Settings
    from ds2026kg.reading import read

    folder = tmp_path_factory.mktemp("vault")
    (folder / "Diary.md").write_text("Nothing happened", encoding="utf-8")
    assert [finding.rule.code for finding in read(folder, Settings()).findings] == [
        "note-orphan",
        "strategy-empty",
    ]
