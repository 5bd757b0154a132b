"""Every kind of page there is, in the order of the navigation."""

from __future__ import annotations

from typing import Final

from ds2026kg.pages.actors import PAGE as ACTORS_PAGE
from ds2026kg.pages.entity import ENTITY
from ds2026kg.pages.home import PAGE as HOME_PAGE
from ds2026kg.pages.kind import Kind
from ds2026kg.pages.missions import PAGE as MISSIONS_PAGE
from ds2026kg.pages.results import RESULTS

KINDS: Final[tuple[Kind, ...]] = (HOME_PAGE, MISSIONS_PAGE, ACTORS_PAGE, ENTITY, RESULTS)
