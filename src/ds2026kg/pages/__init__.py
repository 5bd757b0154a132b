"""HTML from the graph: the same pages for a server and for files, in English and in French.

A store goes in and bytes come out. Nothing here listens, writes files or knows HTTP. Every link
in a page is relative, so that a page works under any address.
"""

from ds2026kg.pages.addresses import FORMS
from ds2026kg.pages.entry import entry_page
from ds2026kg.pages.problem import problem
from ds2026kg.pages.publication import Download, Publication
from ds2026kg.pages.rendering import ASSETS, LANGUAGES, page_paths, rendered

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
