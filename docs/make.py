"""Makes what the documents show of the code and of the data; `make docs` runs it.

python docs/make.py            write the files again
python docs/make.py --check    write nothing; status 1 if a file is stale
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from picture import draw
from rules_page import PAGES, rules_page

from ds2026kg.config import load_settings
from ds2026kg.reading import read

DOCS = Path(__file__).resolve().parent
VAULT = DOCS.parent / "vault"


def graph_picture() -> str:
    """The picture of the graph in `vault/`."""
    return draw(read(VAULT, load_settings(VAULT)))


MADE: dict[str, Callable[[], str]] = {
    "graph.svg": graph_picture,
    PAGES.en: lambda: rules_page("en"),
    PAGES.fr: lambda: rules_page("fr"),
}
"""Each file that is made, by its name in docs/, and what makes its text."""


def main(arguments: Sequence[str]) -> int:
    """Make or check every file; returns the exit status."""
    check = "--check" in arguments
    stale = 0
    for name, make in MADE.items():
        file = DOCS / name
        text = make()
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        if check:
            print(f"docs/{name} is stale; run: make docs", file=sys.stderr)
            stale = 1
        else:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"docs/{name}")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
