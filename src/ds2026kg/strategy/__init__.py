"""The room of meaning: notes in, strategy out. It knows no RDF and opens no file.

`StrategyReader` takes notes one at a time and keeps of each only what it says of the strategy;
`finish` then resolves links, reads who leads from the sentences, and merges what several places
say of one entity.
"""

from ds2026kg.strategy.model import (
    Actor,
    Basis,
    Commitment,
    Entity,
    Fact,
    Field,
    Kind,
    Mission,
    Schema,
    Strategy,
    StrategyGraph,
    natural_key,
)
from ds2026kg.strategy.reading import StrategyReader

__all__ = [
    "Actor",
    "Basis",
    "Commitment",
    "Entity",
    "Fact",
    "Field",
    "Kind",
    "Mission",
    "Schema",
    "Strategy",
    "StrategyGraph",
    "StrategyReader",
    "natural_key",
]
