"""Where a build goes. `folder` writes it to a folder, whole or not at all; `single_file` one file."""

from ds2026kg.targets.folder import Artefact, write_folder
from ds2026kg.targets.single_file import write_file

__all__ = ["Artefact", "write_file", "write_folder"]
