"""The wheel alone builds a vault: nothing of the checkout is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("ds2026kg-*.whl")
    return built


def test_the_wheel_holds_the_program_and_its_data(wheel: Path) -> None:
    """Ontology, shapes, queries, assets and the portal’s lists travel with the code; the rest stays."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    inside = [name for name in names if ".dist-info/" not in name]
    assert {name.partition("/")[0] for name in inside} == {"ds2026kg"}
    endings = {"ontology": "*", "shapes": "*.ttl", "queries": "*.rq", "portal": "*.json"}
    for folder, ending in endings.items():
        files = sorted(path.name for path in (ROOT / folder).glob(ending) if path.is_file())
        packed = sorted(
            name.rpartition("/")[2]
            for name in inside
            if name.startswith(f"ds2026kg/data/{folder}/")
        )
        assert [name for name in files if name not in packed] == []
        assert files != []
    assert "ds2026kg/py.typed" in inside
    assets = {f"ds2026kg/pages/assets/query.{end}" for end in ("js", "css", "LICENSES.txt")}
    assert assets - set(inside) == set()


def test_the_wheel_builds_a_vault_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """Installed in a fresh environment, it writes what the checkout writes, byte for byte."""
    environment = tmp_path / "env"
    venv.create(environment, with_pip=False, symlinks=True)
    variables = {"base": str(environment), "platbase": str(environment)}
    site = Path(sysconfig.get_path("purelib", "venv", variables))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # Appended behind the wheel's own folder, and without the .pth of an editable checkout.
    (site / "libraries.pth").write_text("".join(f"{path}\n" for path in sorted(libraries)))
    notes = shutil.copytree(ROOT / "tests" / "fixtures" / "vaults" / "small", tmp_path / "vault")
    here = tmp_path / "empty"
    here.mkdir()
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    built = subprocess.run(
        [python, "-m", "ds2026kg", "build", notes, "--site", "-o", "dist"],
        cwd=here,
        env=variables,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (built.returncode, built.stdout) == (0, "")
    where = subprocess.run(
        [python, "-c", "import ds2026kg; print(ds2026kg.__file__)"],
        cwd=here,
        env=variables,
        capture_output=True,
        check=True,
        text=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(environment)
    subprocess.run(
        [sys.executable, "-m", "ds2026kg", "build", notes, "--site", "-q", "-o", "other"],
        cwd=here,
        check=True,
    )
    first, second = (
        {
            path.relative_to(here / name).as_posix(): path.read_bytes()
            for path in (here / name).rglob("*")
            if path.is_file()
        }
        for name in ("dist", "other")
    )
    assert first == second
    listed = first["site.sha256"].decode().splitlines()
    assert len(first) == 20 + 1 + len(listed)
    assert {"index.fr.html", "assets/site.css", "doc/mission/3.ttl"} <= first.keys()
