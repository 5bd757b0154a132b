"""HTML from the graph: the same pages for a server and for files, in English and in French.

A store goes in and bytes come out. Nothing here listens, writes files or knows HTTP. Every link
in a page is relative, so that a page works under any address.
"""

from pathlib import Path
from typing import Final

from ds2026kg.pages.entity import FORMS
from ds2026kg.pages.entry import entry_page
from ds2026kg.pages.problem import problem
from ds2026kg.pages.publication import Download, Publication
from ds2026kg.pages.rendering import LANGUAGES, page_paths, rendered

ASSETS: Final = Path(__file__).parent / "assets"
"""The folder of what pages look like; its files lie under `assets/` beside the first page."""

__all__ = [
    "ASSETS",
    "FORMS",
    "LANGUAGES",
    "Download",
    "Publication",
    "entry_page",
    "page_paths",
    "problem",
    "rendered",
]
