"""The vault on which the reading of notes is timed, the ways of reading it, and their tables."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.ordinary import FOLDERS, ordinary_notes, write_ordinary_vault
from benchmarks.reading import memory_table, profile_table, speed_table

from benchmarks import readers
from ds2026kg.vault import Vault

MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ordinary vault of 120 notes."""
    folder = tmp_path_factory.mktemp("ordinary")
    write_ordinary_vault(folder, 120, seed=3)
    return folder


def test_same_seed_gives_the_same_notes_on_every_machine_and_python() -> None:
    """The notes of one seed have one digest, which is known."""
    found = islice(ordinary_notes(500, seed=7), 50)

    digest = sha256("".join(f"{path}\n{text}" for path, text in found).encode())

    assert digest.hexdigest() == "7609a0f5a6fdd4593f9851b6360fd3617eddd00ba9b4abf6c70b6adcb7d203a7"


@pytest.mark.parametrize("size", [2000, 8000])
def test_notes_are_of_the_size_asked_for_with_six_headings_and_ten_links_in_all_forms(
    size: int,
) -> None:
    """What lengthens a note is its running text alone."""
    from ds2026kg.vault import read_note

    for path, text in ordinary_notes(60, size, seed=1):
        note = read_note(path, text.encode())
        links = [link for part in note.body for link in part.links]

        assert size * 0.85 < len(text.encode()) <= size
        assert len(note.headings) == 6
        assert len(list(note.property_links)) == 1
        assert sorted(
            (link.form, link.embed, link.label != link.target, link.fragment is not None)
            for link in links
        ) == [
            *[("markdown", False, True, False)] * 2,
            *[("wikilink", False, False, False)] * 3,
            *[("wikilink", False, True, False)] * 2,
            *[("wikilink", False, True, True)] * 2,
            ("wikilink", True, False, False),
        ]


def test_every_link_of_an_ordinary_vault_leads_somewhere(vault: Path) -> None:
    """There is nothing wrong with it, and no folder of it grows without end."""
    opened = Vault(vault)

    assert list(opened.findings()) == []
    assert len({path.rpartition("/")[0] for path in opened.listing.notes}) == FOLDERS


def test_a_vault_of_one_note_is_refused() -> None:
    """Its links would lead nowhere."""
    with pytest.raises(ValueError, match="2 or more, not 1"):
        next(ordinary_notes(1))


def test_all_ways_of_reading_find_the_same_notes_and_links(vault: Path) -> None:
    """The barest two seek no links; the others find ten in each text and one in its properties."""
    found = {
        way: (done.notes, done.links) for way in readers.WAYS if (done := readers.read(way, vault))
    }

    assert found == {
        "bare": (120, 0),
        "events": (120, 0),
        "vault": (120, 1320),
        "plain": (120, 1320),
    }


def test_a_vault_with_a_link_that_leads_nowhere_is_not_timed(tmp_path: Path) -> None:
    """The figures are for links that are resolved."""
    (tmp_path / "A.md").write_text("[[B]]")

    with pytest.raises(ValueError, match=r"^A\.md:1:1: "):
        readers.read("vault", tmp_path)


def test_the_profile_names_functions_by_their_modules_and_ends_with_the_whole(vault: Path) -> None:
    """Functions of C keep their names alone; none has the address at which it lay."""
    *functions, whole = readers.profiled(vault, 10)

    assert len(functions) == 10
    assert any(each.function.startswith("common_markdown.") for each in functions)
    assert not [each for each in functions if "0x" in each.function or "<" in each.function]
    assert whole.function == "all"
    assert whole.seconds > sum(each.seconds for each in functions)


def test_the_table_shows_medians_and_the_median_of_the_ratios_within_a_turn() -> None:
    """A turn in which the machine was slow has slow figures, and the same ratios."""
    taken = [
        {
            way: {"cpu": cpu * slow, "peak": peak * MEBIBYTE, "notes": 1000}
            for way, cpu, peak in (
                ("bare", 0.01, 20),
                ("events", 0.02, 21),
                ("vault", 0.2, 40),
                ("plain", 0.1, 30),
            )
        }
        for slow in (1, 3, 2)
    ]

    assert speed_table(taken).splitlines() == [
        "| 1,000 notes | notes/s | CPU, s | × bare loop | × floor | peak, MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| files read, nothing done | 50,000 | 0.02 | 1.0 | 0.5 | 20 |",
        "| the parser’s events, thrown away | 25,000 | 0.04 | 2.0 | 1.0 | 21 |",
        "| `ds2026kg.vault` | 2,500 | 0.40 | 20.0 | 10.0 | 40 |",
        "| python-frontmatter and regular expressions | 5,000 | 0.20 | 10.0 | 5.0 | 30 |",
    ]


def test_the_profile_is_shown_as_shares_and_calls_for_each_note() -> None:
    """The last row given is the whole, which is not shown itself."""
    spent = [["body.read", 2.0, 500], ["len", 1.0, 20_000], ["all", 10.0, 100_000]]

    assert profile_table(spent, 500).splitlines() == [
        "| function | own time | calls a note |",
        "| --- | ---: | ---: |",
        "| `body.read` | 20.0% | 1.0 |",
        "| `len` | 10.0% | 40.0 |",
    ]


def test_memory_is_shown_beside_the_links_that_it_is_for() -> None:
    """It grows with them, and not with the text."""
    assert memory_table([(1000, 2000, 10.0, 11_000), (1000, 8000, 10.5, 11_000)]).splitlines() == [
        "| notes | bytes a note | memory, MiB | bytes a link |",
        "| --- | ---: | ---: | ---: |",
        "| 1,000 | 2,000 | 10 | 953 |",
        "| 1,000 | 8,000 | 10 | 1001 |",
    ]
