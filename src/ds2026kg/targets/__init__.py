"""Where a build and its reports go: a folder or files, each whole or not at all.

staging.py     files written beside their places, then moved into them together
folder.py      a build, with its manifest
files.py       single files
"""

from ds2026kg.targets.files import write_files
from ds2026kg.targets.folder import Artefact, write_folder

__all__ = ["Artefact", "write_files", "write_folder"]
