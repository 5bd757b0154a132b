"""Every kind of page there is, in the order of the navigation."""

from __future__ import annotations

from typing import Final

from ds2026kg.pages.actors import PAGE as ACTORS
from ds2026kg.pages.changes import PAGE as CHANGES
from ds2026kg.pages.dataset import PAGE as DATASET
from ds2026kg.pages.entity import ENTITY
from ds2026kg.pages.home import PAGE as HOME_PAGE
from ds2026kg.pages.kind import Kind
from ds2026kg.pages.matrix import PAGE as MATRIX
from ds2026kg.pages.matrix import PART as MATRIX_PART
from ds2026kg.pages.missions import PAGE as MISSIONS
from ds2026kg.pages.ontology import PAGE as ONTOLOGY
from ds2026kg.pages.questions import PAGE as QUESTIONS
from ds2026kg.pages.questions import QUESTION
from ds2026kg.pages.results import RESULTS
from ds2026kg.pages.search import PAGE as SEARCH
from ds2026kg.pages.shapes import PAGE as SHAPES

KINDS: Final[tuple[Kind, ...]] = (
    HOME_PAGE,
    MISSIONS,
    ACTORS,
    MATRIX,
    MATRIX_PART,
    DATASET,
    CHANGES,
    ONTOLOGY,
    SHAPES,
    QUESTIONS,
    QUESTION,
    SEARCH,
    ENTITY,
    RESULTS,
)
