"""Where the data that travels with the program lies: `ontology/`, `shapes/`, `queries/`, `portal/`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Text

_PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: Literal["ontology", "shapes", "queries", "portal"]) -> Path:
    """The folder `name`: inside the installed package, or at the top of a source checkout.

    Raises `ConfigurationError` if it is in neither place.

    >>> (resource_folder("ontology") / "context.jsonld").is_file()
    True
    """
    for folder in (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    raise ConfigurationError(
        Text(
            f"this installation lacks its folder {name}/",
            f"il manque à cette installation son dossier {name}/",
        ),
        remedy=Text("install ds2026kg again", "réinstallez ds2026kg"),
    )
