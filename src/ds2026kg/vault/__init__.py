"""The reading room: Markdown in, notes out. It knows nothing of RDF or of strategies.

>>> from ds2026kg.vault import read_note
>>> note = read_note("Mission 3.1a.md", b"# Mission 3.1a\\nDepartments will [[X|act]].\\n")
>>> [str(link.span) for link in note.links], note.links[0].target
(['Mission 3.1a.md:2:18'], 'X')
"""

from ds2026kg.vault.links import LinkIndex, normal_name
from ds2026kg.vault.markdown import read_note
from ds2026kg.vault.note import (
    Heading,
    InlineField,
    Line,
    Link,
    Mapping,
    Mark,
    Note,
    Property,
    Prose,
    Scalar,
    Sequence,
    Value,
)
from ds2026kg.vault.reader import VaultReader

__all__ = [
    "Heading",
    "InlineField",
    "Line",
    "Link",
    "LinkIndex",
    "Mapping",
    "Mark",
    "Note",
    "Property",
    "Prose",
    "Scalar",
    "Sequence",
    "Value",
    "VaultReader",
    "normal_name",
    "read_note",
]
