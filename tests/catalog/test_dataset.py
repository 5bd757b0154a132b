"""What is taken from the settings, and what from the notes; what is told to be missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ds2026kg.catalog import Dataset, dataset_of, incomplete
from ds2026kg.catalog.dataset import Publisher
from ds2026kg.config import DatasetSettings, PublisherSettings, Settings
from ds2026kg.findings import Span, Text
from ds2026kg.strategy.model import Actor, Fact, Kind, Mission, Strategy, StrategyGraph

from .known import FULL

HERE = Span("a.md", 0, 1, 1, 1, 1, 2)


def fact(term: str, value: str, language: str | None = None) -> Fact:
    """A fact of a note."""
    return Fact(term, value, Kind.TEXT if language else Kind.STRING, HERE, language)


GRAPH = StrategyGraph(
    (
        Strategy(
            "strategy/s",
            (
                fact("label", "A strategy", "en"),
                fact("label", "Une stratégie", "fr"),
                fact("definition", "What it says.", "en"),
                fact("source", "https://example.org/b"),
                fact("source", "https://example.org/a"),
                fact("modified", "2026-01-02"),
            ),
            (HERE,),
        ),
        Mission("mission/3", (fact("modified", "2026-02-01"),), (HERE,)),
        Actor(
            "actor/tbs",
            (
                fact("label", "Treasury Board of Canada Secretariat", "en"),
                fact("label", "Secrétariat du Conseil du Trésor du Canada", "fr"),
                fact("gc_orgid", "2242"),
            ),
            (HERE,),
        ),
    )
)


def test_the_notes_say_what_the_settings_do_not() -> None:
    """Title and description are the strategy's; the last change is that of any note."""
    assert dataset_of(GRAPH, Settings(), 3, "f" * 64) == Dataset(
        Settings(),
        title=Text("A strategy", "Une stratégie"),
        description=Text("What it says.", ""),
        modified="2026-02-01",
        sources=("https://example.org/a", "https://example.org/b"),
        notes=3,
        digest="f" * 64,
    )


def test_the_settings_come_first_language_by_language() -> None:
    """A title in one language leaves the strategy's own in the other."""
    settings = Settings(dataset=DatasetSettings(title_fr="Les données"))
    assert dataset_of(GRAPH, settings, 3, "").title == Text("A strategy", "Les données")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            PublisherSettings(gc_orgid=2242),
            Publisher(
                Text(
                    "Treasury Board of Canada Secretariat",
                    "Secrétariat du Conseil du Trésor du Canada",
                ),
                "https://w3id.org/ds2026/id/actor/tbs",
            ),
        ),
        (
            PublisherSettings(name_en="An office", gc_orgid=1),
            Publisher(Text("An office", "")),
        ),
        (PublisherSettings(), Publisher()),
    ],
)
def test_a_publisher_is_an_actor_by_its_gc_orgid(
    told: PublisherSettings, expected: Publisher
) -> None:
    """The number alone gives the harmonized names and the IRI of an actor of the data."""
    assert dataset_of(GRAPH, Settings(publisher=told), 3, "").publisher == expected


def test_all_that_is_missing_is_one_finding() -> None:
    """It names every key under its table, in both languages, and no note."""
    settings = replace(
        FULL.settings,
        dataset=replace(FULL.settings.dataset, frequency="", issued=None),
        portal=replace(FULL.settings.portal, owner_org=""),
    )
    told = incomplete(replace(FULL, settings=settings))
    assert told is not None
    assert (told.span, told.rule.code, told.rule.severity.name) == (
        None,
        "description-incomplete",
        "INFO",
    )
    assert told.message("fr") == (
        "Il manque aux descriptions du jeu de données ce que seul son éditeur sait\u00a0: "
        "[dataset] issued, frequency; [portal] owner_org."
    )
    assert incomplete(FULL) is None
