"""Notes into pages, for the tests of pages, and a small strategy to make some of.

Run as a program, it renews the golden files, to be read before they are kept:
`python -m tests.pages.publishing`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5rdf  # type: ignore[import-untyped]
from pyoxigraph import NamedNode, Quad, Store

from ds2026kg.config import Settings
from ds2026kg.findings import Language
from ds2026kg.pages import Publication, rendered
from ds2026kg.query.prefixes import DEFAULT_BASE
from ds2026kg.query.store import open_store
from ds2026kg.reading import read

GOLDEN = Path(__file__).parent / "golden"
PATHS = ("doc/commitment/1.1a", "doc/actor/tbs", "missions")
LANGUAGES: tuple[Language, Language] = ("en", "fr")
PUBLICATION = Publication(DEFAULT_BASE, "small", "https://example.org/licence")
# Commitment 1.1a has no French, and no status; 1.1b has all that a commitment can have.
NOTES: Mapping[str, str] = {
    "Data strategy.md": """---
id: strategy/ds2026
label_en: Data strategy
label_fr: Stratégie relative aux données
source: https://example.org/strategy
---
# Data strategy
""",
    "Mission 1.md": """---
label_en: Services
label_fr: Services
definition_en: Data flows.
definition_fr: Les données circulent.
created: 2024-08-13
modified: 2024-08-19
---
# Mission 1
""",
    "Mission 1.1.md": """---
label_fr: Orienter la conception
---
# Mission 1.1
Drive design
""",
    "Mission 1.1a.md": """---
up: "[[Mission 1.1]]"
---
# Mission 1.1a
TBS will act with partners & others
""",
    "Mission 1.1b.md": """---
label_en: TBS will <write>
label_fr: Le SCT écrira
definition_en: TBS will write it down
definition_fr: Le SCT l’écrira
status: In Progress
priority: Year 1 priority
ledBy: "[[TBS]]"
created: 2024-08-13
modified: 2024-08-19
source: https://example.org/tracker?a=1&b=2
---
# Mission 1.1b
""",
    "Mission 2.md": """---
label_en: Talent
label_fr: Talent
---
# Mission 2
""",
    "TBS.md": """---
id: actor/tbs
classification: Federal organization
label_en: Treasury Board Secretariat
label_fr: Secrétariat du Conseil du Trésor
acronym_en: TBS
acronym_fr: SCT
gc_orgid: 2242
tags: [gc_entity]
---
# TBS
""",
    "Partners.md": """---
id: actor/partners
classification: Group
label_en: Partners
label_fr: Partenaires
tags: [gc_entity]
---
# Partners
""",
}


def published(notes: Mapping[str, str], folder: Path) -> Store:
    """What `notes`, written into `folder`, say, with the ontology."""
    for name, text in notes.items():
        (folder / name).write_text(text, encoding="utf-8")
    reading = read(folder, Settings())
    quads = (statement.quad for statement in reading.statements())
    return open_store(quads, reading.vocabulary.ontology)


def page(
    store: Store, path: str, language: Language = "en", publication: Publication = PUBLICATION
) -> str:
    """The page at `path`, which there is."""
    made = rendered(store, publication, path, language)
    assert made is not None
    return made.decode()


def tree(html: str) -> Element:
    """The elements of `html`, which must be HTML without any fault."""
    builder = html5rdf.getTreeBuilder("etree")
    parser = html5rdf.HTMLParser(builder, strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    return root


def words(element: Element | None) -> str:
    """The text of an element that there is, with single spaces."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


class Counting:
    """A store that counts how often it is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked = 0

    def quads_for_pattern(self, *pattern: Any) -> Iterable[Quad]:
        """What the store answers."""
        self.asked += 1
        return self._store.quads_for_pattern(*pattern)


def iri(local: str) -> NamedNode:
    """The IRI of a thing of the small strategy."""
    return NamedNode(f"{DEFAULT_BASE}id/{local}")


def renew_golden_files() -> None:
    """Writes every golden file anew."""
    with tempfile.TemporaryDirectory() as folder:
        store = published(NOTES, Path(folder))
    for path in PATHS:
        for language in LANGUAGES:
            file = GOLDEN / f"{path.replace('/', '-')}.{language}.html"
            file.write_text(page(store, path, language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew_golden_files()
