"""Where results go: `folder` writes a build, whole or not at all; `notes` writes a mended note.

`edits` and `patch` are pure: edits made in bytes, and two versions of a note as a diff.
"""

from ds2026kg.targets.edits import with_edits
from ds2026kg.targets.folder import Artefact, write_folder
from ds2026kg.targets.notes import replace_note
from ds2026kg.targets.patch import patch

__all__ = ["Artefact", "patch", "replace_note", "with_edits", "write_folder"]
