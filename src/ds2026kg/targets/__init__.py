"""Where a build goes. `folder` writes it to a folder, whole or not at all."""

from ds2026kg.targets.folder import Artefact, write_folder

__all__ = ["Artefact", "write_folder"]
