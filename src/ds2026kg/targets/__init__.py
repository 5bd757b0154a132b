"""Where results go: a folder, files or notes, each whole or not at all.

staging.py     files written beside their places, then moved into them together
folder.py      a build, with its manifest, and a site beside it
names.py       what the file of a page is called
files.py       single files
notes.py       mended notes
edits.py       edits made in bytes; patch.py: two versions of a note as a diff
"""

from ds2026kg.targets.edits import with_edits
from ds2026kg.targets.files import write_files
from ds2026kg.targets.folder import Artefact, Entry, write_folder
from ds2026kg.targets.names import FileNames
from ds2026kg.targets.notes import replace_note
from ds2026kg.targets.patch import patch

__all__ = [
    "Artefact",
    "Entry",
    "FileNames",
    "patch",
    "replace_note",
    "with_edits",
    "write_files",
    "write_folder",
]
