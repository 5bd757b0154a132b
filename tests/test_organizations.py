"""The federal organizations of the project's own data, as the Government of Canada names them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ds2026kg.config import load_settings
from ds2026kg.graph.dataset import union
from ds2026kg.reading import Reading, read

VAULT = Path(__file__).parents[1] / "vault"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
# GC OrgID and harmonized names, from
# https://open.canada.ca/data/en/dataset/57180b36-3428-4a7f-afe3-2161a6b44ec5 (2025-04-04).
OFFICIAL = """\
gc_orgid,en,fr
2242,Treasury Board of Canada Secretariat,Secrétariat du Conseil du Trésor du Canada
2243,Indigenous Services Canada,Services aux Autochtones Canada
2284,Privy Council Office,Bureau du Conseil privé
2292,Shared Services Canada,Services partagés Canada
2293,Statistics Canada,Statistique Canada
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    """What the project's own vault says."""
    return read(VAULT, load_settings(VAULT))


@pytest.fixture(scope="module")
def triples(reading: Reading) -> set[Triple]:
    """The published graph."""
    return set(union(reading.graph, reading.vocabulary))


def values(triples: set[Triple], subject: object, predicate: str) -> list[str]:
    """The texts that are the values of a property, in order, with their language if they have one."""
    found = (
        triple.object
        for triple in triples
        if triple.subject == subject and triple.predicate.value == predicate
    )
    return sorted(
        f"{each.value}@{each.language}" if each.language else each.value
        for each in found
        if isinstance(each, Literal)
    )


def test_every_federal_organization_has_its_harmonized_names_and_number(
    triples: set[Triple],
) -> None:
    """The data reference standard (3.2.3) asks for both; no organization is left out, or added."""
    federal = NamedNode(f"{ORG}FormalOrganization")
    found = {triple.subject for triple in triples if triple.object == federal}
    told = sorted(
        values(triples, each, f"{ORG}identifier") + values(triples, each, f"{SKOS}prefLabel")
        for each in found
    )
    official = csv.DictReader(io.StringIO(OFFICIAL))
    assert told == [
        [row["gc_orgid"], *sorted((f"{row['en']}@en", f"{row['fr']}@fr"))] for row in official
    ]


def test_commitments_lead_to_their_records_in_the_tracker(triples: set[Triple]) -> None:
    """Where the priority is known so is the record's address, in both languages; no other is given."""
    by_priority = {
        (str(triple.subject), triple.object.value.rpartition("-")[2])
        for triple in triples
        if triple.predicate.value == "https://w3id.org/ds2026/ontology#priority"
        and isinstance(triple.object, NamedNode)
    }
    expected = set()
    for subject, year in by_priority:
        number = subject.rstrip(">").rpartition("/")[2]
        action = f"{number[:-1]}.{number[-1]},{year}"
        expected |= {
            (subject, f"https://search.open.canada.ca/datastrategy/record/{action}"),
            (subject, f"https://rechercher.ouvert.canada.ca/strategiededonnees/record/{action}"),
        }
    assert len(by_priority) == 10
    assert expected == {
        (str(triple.subject), triple.object.value)
        for triple in triples
        if triple.predicate.value == f"{FOAF}isPrimaryTopicOf"
        and isinstance(triple.object, NamedNode)
    }
