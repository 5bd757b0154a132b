"""HTML from the graph: the same pages for a server and for files, in English and in French.

A store goes in and bytes come out. Nothing here listens, writes files or knows HTTP. Every link
in a page is relative, so that a page works under any address.
"""

from ds2026kg.pages.problem import problem
from ds2026kg.pages.publication import Download, Publication
from ds2026kg.pages.rendering import page_paths, rendered

__all__ = ["Download", "Publication", "page_paths", "problem", "rendered"]
