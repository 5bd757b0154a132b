"""Which engine judges: pyshacl, whose verdict is the verdict, or `shacl`, which is faster.

`shacl` judges only where both say the same (see `agreement`), so the findings never depend on the
choice. `pyshacl` always says what pyshacl says.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from pyoxigraph import Quad
from rdflib import Graph

from ds2026kg.config import Engine
from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text
from ds2026kg.validation import shacl_engine
from ds2026kg.validation.agreement import Inapplicable
from ds2026kg.validation.result import Result

AUTO_FROM: Final = 5_000
"""The number of statements from which on `AUTO` means `shacl`: pyshacl takes a second or two for it."""

_LOG = logging.getLogger(__name__)


def judged(quads: Sequence[Quad], shapes: Graph, engine: Engine = Engine.AUTO) -> list[Result]:
    """What `shapes` find wrong with `quads`, in no particular order.

    A result is stated once, though two shapes lead to its source shape; only those of a query may
    be alike, one for each solution. Raises `ConfigurationError` for shapes that cannot be used, and
    if `shacl` is asked for where it is not installed.
    """
    if _wants_shacl(len(quads), engine):
        try:
            found = shacl_engine.judged(quads, shapes)
        except Inapplicable as reason:
            _LOG.debug("shacl does not judge this: %s", reason)
        else:
            _LOG.debug("judged by shacl: %d statements, %d results", len(quads), len(found))
            return _stated_once(found)
    # Imported here: pyshacl takes a good part of a second, which shacl spares.
    from ds2026kg.validation import pyshacl_engine

    found = pyshacl_engine.judged(quads, shapes)
    _LOG.debug("judged by pyshacl: %d statements, %d results", len(quads), len(found))
    return _stated_once(found)


def _stated_once(found: list[Result]) -> list[Result]:
    of_queries = [result for result in found if result.constraint is not None]
    return [*dict.fromkeys(result for result in found if result.constraint is None), *of_queries]


def _wants_shacl(statements: int, engine: Engine) -> bool:
    if engine is Engine.SHACL and not shacl_engine.is_installed():
        raise _absent()
    return engine is Engine.SHACL or (
        engine is Engine.AUTO and statements >= AUTO_FROM and shacl_engine.is_installed()
    )


def _absent() -> ConfigurationError:
    return ConfigurationError(
        Text(
            "the engine shacl is not installed: it has no package for this platform",
            "le moteur shacl n’est pas installé\u00a0: il n’a pas de paquet pour cette plateforme",
        ),
        place="engine",
        remedy=Text(
            "use auto or pyshacl, which finds the same",
            "utilisez auto ou pyshacl, qui constate la même chose",
        ),
    )
