"""Pages as a whole: those of the small strategy, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store
from tests.pages.publishing import GOLDEN, LANGUAGES, NOTES, PATHS, page, published

from ds2026kg.findings import Language


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small strategy."""
    return published(NOTES, Path(tmp_path_factory.mktemp("notes")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_its_golden_file(path: str, language: Language, store: Store) -> None:
    """The small strategy gives the golden file."""
    file = GOLDEN / f"{path.replace('/', '-')}.{language}.html"

    assert page(store, path, language) == file.read_text(encoding="utf-8")
