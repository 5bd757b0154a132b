"""What `make docs` makes of the code and the data is up to date, and fit to be shown."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from ds2026kg.config import Settings
from ds2026kg.reading import read

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def picture(root: Path) -> ModuleType:
    """The module that draws."""
    spec = importlib.util.spec_from_file_location("picture", root / "docs" / "picture.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("locale", ["C.UTF-8", "fr_CA.UTF-8"])
def test_what_is_made_is_up_to_date(root: Path, tmp_path: Path, locale: str) -> None:
    """`docs/make.py --check`, run anywhere and in any language, finds nothing stale."""
    done = subprocess.run(
        [sys.executable, str(root / "docs" / "make.py"), "--check"],
        cwd=tmp_path,
        env={**os.environ, "LANG": locale, "PYTHONHASHSEED": str(len(locale))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_stale_files_are_told(root: Path, tmp_path: Path) -> None:
    """`--check` ends with status 1 and names each file that is not as it would be made."""
    for part in ("docs", "vault", "tests"):
        (tmp_path / part).mkdir()
    (tmp_path / "tests" / "fixtures").symlink_to(root / "tests" / "fixtures")
    for page in (*(root / "docs").glob("*.py"), root / "docs" / "picture.css"):
        (tmp_path / "docs" / page.name).write_bytes(page.read_bytes())
    (tmp_path / "vault" / "Mission 3.md").write_text("Services", encoding="utf-8")
    (tmp_path / "docs" / "graph.svg").write_text("<svg/>", encoding="utf-8")
    command = [sys.executable, str(tmp_path / "docs" / "make.py")]
    done = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    made = ("graph.svg", "rules.md", "regles.md")
    told = "".join(f"docs/{name} is stale; run: make docs\n" for name in made)
    assert (done.returncode, done.stderr) == (1, told)
    assert (tmp_path / "docs" / "graph.svg").read_text(encoding="utf-8") == "<svg/>"


def test_the_picture_speaks_to_those_who_cannot_see_it(root: Path) -> None:
    """It is an image with a title and a description in both languages."""
    svg = ET.parse(root / "docs" / "graph.svg").getroot()  # noqa: S314 - our own file
    assert svg.get("role") == "img"
    labels = [svg.find(f"{_SVG}{name}") for name in ("title", "desc")]
    assert svg.get("aria-labelledby") == " ".join(
        str(label.get("id")) for label in labels if label is not None
    )
    title, description = (str(label.text) for label in labels if label is not None)
    assert title == "The strategy as a graph / La stratégie sous forme de graphe"
    assert "14 commitments" in description
    assert "14 engagements" in description


def test_the_picture_needs_nothing_beside_it(root: Path) -> None:
    """It names no address but SVG's own namespace: no font, script, image or style from elsewhere."""
    text = (root / "docs" / "graph.svg").read_text(encoding="utf-8")
    assert text.count("http") == 1
    assert not any(word in text for word in ("<script", "href", "url(", "@import", "@font-face"))


def test_the_picture_shows_every_commitment_and_role(root: Path) -> None:
    """There is a pill for each commitment, and a curve for each lead and each supporter."""
    reading = read(root / "vault", Settings())
    svg = ET.parse(root / "docs" / "graph.svg").getroot()  # noqa: S314 - our own file
    drawn = [element.get("class", "") for element in svg.iter() if element.get("class")]
    stated = [fact.term for entity in reading.graph for fact in entity.facts]
    # The legend has one line for who leads, one for who supports, and one for each kind of actor.
    roles = [style for style in drawn if style.split()[0] == "role"]
    supports = [style for style in roles if "supports" in style]
    assert drawn.count("pill") == sum(entity.kind == "commitment" for entity in reading.graph)
    assert len(supports) == stated.count("supportedBy") + 1
    assert len(roles) - len(supports) == stated.count("ledBy") + 3
