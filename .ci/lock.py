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
REHEARSAL = PROJECT / "tests" / "portal"
OUTPUTS = {
    HERE / "requirements.txt": ("pyproject.toml", str(BUILD)),
    HERE / "requirements-test.txt": ("--extra", "test", "pyproject.toml", str(BUILD)),
    REHEARSAL / "requirements.txt": (str(REHEARSAL / "requirements.in"),),
}


def main() -> None:
    """Write all files anew."""
    for file, sources in OUTPUTS.items():
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--no-emit-index-url", "--no-emit-find-links", "--upgrade"),
            *("--output-file", str(file), *sources),
        ]
        subprocess.run(command, cwd=PROJECT, check=True)


if __name__ == "__main__":
    main()
