"""Every rule that findings can break, those of SHACL apart, gathered from beside the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType

from ds2026kg.findings import Rule
from ds2026kg.strategy import rules as strategy_rules
from ds2026kg.vault import canvas_rules, exclusion_rules
from ds2026kg.vault import rules as vault_rules


def rules_of_reading() -> list[Rule]:
    """The rules about notes and the other files of a vault."""
    return [*_in(vault_rules), *_in(canvas_rules), *_in(exclusion_rules)]


def rules_of_meaning() -> list[Rule]:
    """The rules about what notes say of a strategy.

    >>> "actor-unknown" in by_code(rules_of_meaning())
    True
    """
    return list(_in(strategy_rules))


def by_code(rules: Iterable[Rule]) -> dict[str, Rule]:
    """The rules by their codes."""
    return {rule.code: rule for rule in rules}


def _in(module: ModuleType) -> Iterator[Rule]:
    return (value for value in vars(module).values() if isinstance(value, Rule))
