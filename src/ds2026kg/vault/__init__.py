"""The reading room: Markdown in, notes out. It knows nothing of RDF or of strategies.

`Vault` opens a vault; `read_note` reads one note from its bytes. What comes out is plain data, and
every part of it knows its place in the file.

>>> from ds2026kg.vault import read_note
>>> note = read_note("Mission 3.1a.md", b"# Mission 3.1a\\nDepartments will [[X|act]].\\n")
>>> [str(link.span) for link in note.links], note.links[0].target
(['Mission 3.1a.md:2:18'], 'X')
"""

from ds2026kg.vault.anchors import Anchors, slug
from ds2026kg.vault.canvas import Canvas, CanvasEdge, CanvasNode, read_canvas
from ds2026kg.vault.index import LinkIndex, Resolution, normal_name
from ds2026kg.vault.link import Link
from ds2026kg.vault.listing import Listing
from ds2026kg.vault.markdown import read_note
from ds2026kg.vault.mending import Mending
from ds2026kg.vault.note import Block, Heading, InlineField, Line, Note, Reference, Tag
from ds2026kg.vault.prose import Mark, Prose
from ds2026kg.vault.survey import Arc, Counts, LinkSurvey
from ds2026kg.vault.values import Mapping, Property, Scalar, Sequence, Value
from ds2026kg.vault.vault import Vault

__all__ = [
    "Anchors",
    "Arc",
    "Block",
    "Canvas",
    "CanvasEdge",
    "CanvasNode",
    "Counts",
    "Heading",
    "InlineField",
    "Line",
    "Link",
    "LinkIndex",
    "LinkSurvey",
    "Listing",
    "Mapping",
    "Mark",
    "Mending",
    "Note",
    "Property",
    "Prose",
    "Reference",
    "Resolution",
    "Scalar",
    "Sequence",
    "Tag",
    "Value",
    "Vault",
    "normal_name",
    "read_canvas",
    "read_note",
    "slug",
]
