"""Every rule of reading, of meaning and of SHACL, on a vault that keeps it and one that breaks it.

`rule_fixtures` says how the folders lie, and how a report is approved again. A new rule fails the
tests below until it has its folder, its reason why, and an entry in the documents.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, Literal

import pytest

from ds2026kg.findings import Rule, Text
from ds2026kg.validation.catalogue import (
    rules_of_meaning,
    rules_of_publication,
    rules_of_reading,
    rules_of_validation,
)

from .rule_fixtures import FIXTURES, declared_rules, report, report_once_mended, shape_rules

DECLARED = declared_rules()
SHAPES = shape_rules()
RULES: dict[str, Rule] = {code: rules[0] for code, rules in DECLARED.items()} | SHAPES
ON_VAULTS = sorted(folder.name for folder in FIXTURES.iterdir())

# Rules that no note can break, since reading or mapping never makes such a graph. They guard the
# mapper, and those who judge other data with our shapes; tests/fixtures/shapes/ has their graphs.
# That no vault whatever breaks them cannot be shown by trying; that none here does, is.
GUARDS = {
    "reading keeps one value, and tells of the others (places-disagree)": (
        "actor-type-several definition-repeated label-repeated orgid-several parent-several "
        "priority-several status-several title-repeated"
    ),
    "of several dates, reading keeps the first creation and the last change": (
        "created-several modified-several"
    ),
    "reading leaves out a value that it does not know (concept-unknown)": (
        "actor-type-unknown priority-unknown status-unknown"
    ),
    "reading leaves out what is not a date (date-invalid)": "created-invalid modified-invalid",
    "the key of a text says its language, which is English or French": (
        "alt-label-language definition-language label-language title-language"
    ),
    "reading takes a blank text for none": (
        "alt-label-blank definition-blank label-blank title-blank"
    ),
    "reading leaves out those who are not actors of the vault (actor-unknown, support-unknown)": (
        "lead-not-actor lead-unknown supporter-not-actor supporter-unknown"
    ),
    "reading leaves out a parent that can have no children (reference-broken)": (
        "mission-parent-kind"
    ),
    "reading takes no other notations (notation-invalid), and addresses are made from them": (
        "commitment-iri-form commitment-notation-form iri-notation-differs mission-iri-form "
        "mission-notation-form notation-missing notation-several"
    ),
    "the mapper makes the kind and the address of a thing from one and the same value": (
        "actor-type-differs kind-several"
    ),
    "the mapper writes the places and the records with what they tell of": (
        "entity-without-note passage-closed passage-iri-form passage-unknown passage-unused "
        "place-line place-note statement-basis statement-closed statement-iri-form "
        "statement-missing statement-object statement-predicate statement-subject "
        "statement-untrue statement-words statement-words-missing"
    ),
}
GUARDING = {code for codes in GUARDS.values() for code in codes.split()}


def _approved(code: str) -> Any:
    return json.loads((FIXTURES / code / "report.json").read_text("utf-8"))


def _codes(told: Any) -> set[str]:
    return {finding["code"] for finding in told["findings"]}


def _sides(code: str) -> set[str]:
    """What a fixture's folder has of what it should have."""
    folder = FIXTURES / code
    return {name for name in ("invalid", "valid", "report.json") if (folder / name).exists()}


def test_a_code_means_one_rule() -> None:
    """No two rules share a code, in the code or between the code and the shapes."""
    assert {code: rules for code, rules in DECLARED.items() if len(rules) > 1} == {}
    assert set(DECLARED) & set(SHAPES) == set()


def test_the_catalogue_has_every_rule_that_is_declared() -> None:
    """Each rule is in one of its lists, and in one alone; a module that it lacks is told here."""
    listed = [
        *rules_of_reading(),
        *rules_of_meaning(),
        *rules_of_validation(),
        *rules_of_publication(),
    ]
    assert sorted(rule.code for rule in listed) == sorted(DECLARED)


def test_every_rule_has_fixtures_and_every_fixture_a_rule() -> None:
    """A rule without `tests/fixtures/rules/CODE/` is named here, as is a folder without a rule."""
    wanted = set(RULES) - GUARDING
    lacking = sorted(wanted - set(ON_VAULTS))
    assert not lacking, (
        f"no valid/, invalid/ and report.json in tests/fixtures/rules/ for {lacking}"
    )
    assert sorted(set(ON_VAULTS) - wanted) == []
    whole = {"invalid", "valid", "report.json"}
    assert {code: whole - _sides(code) for code in ON_VAULTS if _sides(code) != whole} == {}


def test_only_rules_that_no_fixture_breaks_are_called_guards() -> None:
    """A guard is a shape, is named once, and no vault here breaks it."""
    named = sorted(code for codes in GUARDS.values() for code in codes.split())
    assert named == sorted(GUARDING)
    assert set(SHAPES) >= GUARDING
    assert set().union(*(_codes(_approved(code)) for code in ON_VAULTS)) & GUARDING == set()


@pytest.mark.parametrize("code", ON_VAULTS)
def test_an_invalid_vault_gets_the_approved_report(code: str) -> None:
    """The report names the rule, and is what was approved, word for word."""
    told = report(code, "invalid")
    assert code in _codes(told)
    assert told == _approved(code)


@pytest.mark.parametrize("code", ON_VAULTS)
def test_a_valid_vault_keeps_the_rule(code: str) -> None:
    """The rule is not broken in `valid/`, and nothing is that is not in `invalid/` too."""
    assert _codes(report(code, "valid")) <= _codes(_approved(code)) - {code}


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.mendable))
def test_what_can_be_mended_is_mended(code: str) -> None:
    """The approved report has the edits, and once they are made the rule is kept."""
    approved = _approved(code)["findings"]
    assert [bool(each["edits"]) for each in approved if each["code"] == code] == [True]
    assert code not in _codes(report_once_mended(code))


def test_no_other_rule_comes_with_edits() -> None:
    """What is not called mendable has no edits in any report here."""
    with_edits = {
        finding["code"]
        for code in ON_VAULTS
        for finding in _approved(code)["findings"]
        if finding["edits"]
    }
    assert with_edits == {code for code, rule in RULES.items() if rule.mendable}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_says_why_it_is_there(rule: Rule) -> None:
    """`why` is one or two sentences, in English and in well-set French."""
    assert rule.why != Text("", ""), f"{rule.code} lacks why=Text(…), or rdfs:comment in its shape"
    for text in rule.why:
        assert text == unicodedata.normalize("NFC", text).strip()
        assert text.endswith(".")
        assert "'" not in text, "a typewriter apostrophe"
    assert rule.why.en != rule.why.fr
    prose = re.sub(r"`[^`]*`|\w+:(?=[\w/])", "", rule.why.fr)
    assert re.findall(r"(?<!\u00a0):|«(?!\u00a0)|(?<!\u00a0)»", prose) == []


_DOCUMENTS = FIXTURES.parents[2] / "docs"


@pytest.mark.parametrize("page", ["rules.md", "regles.md"])
def test_every_rule_has_its_entry_in_the_documents(page: str) -> None:
    """Each page has one heading for each rule, the anchor that `Rule.page` names, with examples."""
    text = (_DOCUMENTS / page).read_text("utf-8")
    entries = re.split(r"^### `(.+)`$", text, flags=re.MULTILINE)
    told = dict(zip(entries[1::2], entries[2::2], strict=True))
    assert sorted(entries[1::2]) == sorted(
        rule.page.partition("#")[2] for rule in RULES.values()
    ), "name the module of a new rule in validation/catalogue.py, and run: make docs"
    titles = (
        ("Bad example", "Good example")
        if page == "rules.md"
        else ("Mauvais exemple", "Bon exemple")
    )
    language: Literal["en", "fr"] = "en" if page == "rules.md" else "fr"
    without = [
        code
        for code, entry in told.items()
        if not all(re.search(rf"^{title}\b", entry, re.MULTILINE) for title in titles)
        or re.sub(r"\\(.)", r"\1", entry).count(RULES[code].why.in_language(language)) != 1
    ]
    assert without == []
