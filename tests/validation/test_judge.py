"""Statements against shapes: what is found, where, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from pyshacl import validate
from rdflib import SH, Graph

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Finding, Severity, Span
from ds2026kg.graph.statement import Statement
from ds2026kg.validation.engine import results
from ds2026kg.validation.judge import judge
from ds2026kg.validation.result import Result, ShapeFinding
from ds2026kg.validation.shapes import Shapes, load_shapes
from ds2026kg.validation.terms import Terms, quiet, triples

from .conftest import PREFIXES, span, statements

Judged = Callable[[str, str], list[Finding]]
PROJECT = Path(__file__).parents[2]

COMMITMENT = """
dsh:Commitment a sh:NodeShape ; sh:targetClass ds:Commitment ; sh:property {} .
"""


def _places(findings: list[Finding]) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [
        (f.rule.code, str(f.span) if f.span else None, tuple(str(s) for s in f.related))
        for f in findings
    ]
