"""Every rule that findings can break, those of SHACL apart, gathered from beside the code.

A module that declares rules is named here once; the documents and the tests go by these lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from types import ModuleType

from ds2026kg import publication_rules
from ds2026kg.findings import Rule
from ds2026kg.strategy import role_rules
from ds2026kg.strategy import rules as strategy_rules
from ds2026kg.validation import shape_rules, silence_rules
from ds2026kg.vault import canvas_rules, exclusion_rules, link_rules
from ds2026kg.vault import rules as vault_rules

OF_READING = (vault_rules, link_rules, canvas_rules, exclusion_rules)
OF_MEANING = (strategy_rules, role_rules)
OF_VALIDATION = (silence_rules, shape_rules)
OF_PUBLICATION = (publication_rules,)


def rules_of_reading() -> list[Rule]:
    """The rules about notes and the other files of a vault."""
    return _in(*OF_READING)


def rules_of_meaning() -> list[Rule]:
    """The rules about what notes say of a strategy.

    >>> "actor-unknown" in by_code(rules_of_meaning())
    True
    """
    return _in(*OF_MEANING)


def rules_of_validation() -> list[Rule]:
    """The rules about what validation is told to do: what notes silence, and an office's shapes."""
    return _in(*OF_VALIDATION)


def rules_of_publication() -> list[Rule]:
    """The rules about what a publisher says of the data set, which `build` judges by."""
    return _in(*OF_PUBLICATION)


def by_code(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The rules by their codes."""
    return {rule.code: rule for rule in rules}


def declared_in(module: ModuleType) -> list[Rule]:
    """The rules that a module declares, in its order.

    >>> [rule.code for rule in declared_in(shape_rules)]
    ['shape-without-focus', 'shape-without-target']
    """
    return [value for value in vars(module).values() if isinstance(value, Rule)]


def _in(*modules: ModuleType) -> list[Rule]:
    return list(chain.from_iterable(map(declared_in, modules)))
