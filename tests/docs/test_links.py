"""Links between documents, to files and to headings lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _slugs(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    text = _CODE.sub(
        lambda match: match[0].strip("`") if "\n" not in match[0] else "",
        document.read_text(encoding="utf-8"),
    )
    return {
        re.sub(r"[^\w\- ]", "", heading.casefold()).strip().replace(" ", "-")
        for heading in _HEADING.findall(text)
    }


def test_links_lead_somewhere() -> None:
    """Every link that is not to the web names a file of the project, and a heading of it if any."""
    broken = []
    for document in DOCUMENTS:
        text = _CODE.sub("", document.read_text(encoding="utf-8"))
        for link in _LINK.findall(text):
            if link.startswith(("https://", "http://")):
                continue
            path, _, fragment = unquote(link).partition("#")
            target = document.parent / path if path else document
            found = target.exists() and (not fragment or fragment in _slugs(target))
            if not found:
                broken.append(f"{document.name}: {link}")
    assert broken == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    """Each page of docs/ is linked from the README, directly or by way of another page."""
    reached: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        document = ahead.pop()
        if document in reached or not document.is_file():
            continue
        reached.add(document)
        links = _LINK.findall(document.read_text(encoding="utf-8"))
        ahead += [
            (document.parent / unquote(link).partition("#")[0]).resolve()
            for link in links
            if link.partition("#")[0].endswith(".md") and "://" not in link
        ]
    assert [page.name for page in DOCUMENTS if page not in reached] == []
