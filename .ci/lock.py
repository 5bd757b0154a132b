"""Pin what CI and the README's commands install: every package, with hashes, for every Python.

Run by `make lock`. The files name no index, so that they hold wherever packages come from.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
# The build backend is pinned too: `pip install --no-build-isolation` uses it.
BUILD = HERE / "requirements-build.in"
OUTPUTS = {"requirements.txt": (), "requirements-test.txt": ("--extra", "test")}


def main() -> None:
    """Write both files anew."""
    for name, extra in OUTPUTS.items():
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--no-emit-index-url", "--no-emit-find-links", "--upgrade", *extra),
            *("--output-file", str(HERE / name), "pyproject.toml", str(BUILD)),
        ]
        subprocess.run(command, cwd=PROJECT, check=True)


if __name__ == "__main__":
    main()
