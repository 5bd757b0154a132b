"""A site of files: whole, with no link that leads nowhere, and always the same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from ds2026kg import site
from ds2026kg.build import build
from ds2026kg.config import DatasetSettings, ServerSettings, Settings
from ds2026kg.errors import OutputError
from ds2026kg.query.describing import description_of
from ds2026kg.query.store import load_data
from ds2026kg.reading import read

SMALL = Path(__file__).parent / "fixtures" / "vaults" / "small"
RDF = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of a small vault with its site, and with what changed since an earlier build."""
    folder = tmp_path_factory.mktemp("site")
    notes = Path(shutil.copytree(SMALL, folder / "vault"))
    build(notes, folder / "old", Settings())
    (notes / "Mission 3.1b.md").write_text(
        "# Mission 3.1b\nTBS & partners <b>will</b> act.\n", encoding="utf-8"
    )
    build(notes, folder / "new", Settings(), site=True, since=folder / "old")
    return folder / "new"


class Links(HTMLParser):
    """Gathers what a page links to, and what in it can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take the links and the name of one element."""
        for name, value in attributes:
            if name in ("href", "src", "action") and value is not None:
                self.targets.append(value)
            elif name == "id" and value:
                self.names.add(value)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def followed(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each link of each page within the site: the page, the file it leads to, and the name in there."""
    for name, content in files(folder).items():
        if name.endswith(".html"):
            for target in Links(content.decode()).targets:
                # As a browser would under an address that is not the root of its host.
                address = urlsplit(urljoin(f"https://example.org/a/b/{name}", target))
                if address.netloc == "example.org":
                    assert address.path.startswith("/a/b/"), (name, target)
                    path = unquote(address.path.removeprefix("/a/b/"))
                    yield name, path, unquote(address.fragment)


def test_no_link_leads_nowhere(made: Path) -> None:
    """Under any address, each link of each page leads to a file, and to a name that is there."""
    found = files(made)
    names = {
        name: Links(content.decode()).names
        for name, content in found.items()
        if name.endswith(".html")
    }
    links = list(followed(made))
    assert len(links) > 1000
    assert {link for link in links if link[1] not in found} == set()
    assert {link for link in links if link[2] and link[2] not in names[link[1]]} == set()


def test_all_pages_can_be_reached(made: Path) -> None:
    """From the entry on, every page is found by following links, but that of this program itself."""
    leads: dict[str, set[str]] = {}
    for page, path, _name in followed(made):
        leads.setdefault(page, set()).add(path)
    reached, waiting = set[str](), ["index.html"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            waiting.extend(leads.get(page, ()))
    pages = {name for name in files(made) if name.endswith(".html")}
    assert pages - reached == {f"doc/agent/ds2026kg.{language}.html" for language in ("en", "fr")}


def test_every_page_is_there_in_both_languages(made: Path) -> None:
    """But for the entry, which offers them."""
    pages = Counter(
        name.removesuffix(".html").rpartition(".")[0]
        for name in files(made)
        if name.endswith(".html") and name != "index.html"
    )
    assert {"index", "missions", "changes", "doc/mission/3.1", "doc/commitment/3.1b"} <= set(pages)
    assert set(pages.values()) == {2}


def test_the_entry_offers_both_languages(made: Path) -> None:
    """Each half in its own language, with a link to its first page, and no script."""
    entry = (made / "index.html").read_text("utf-8")
    assert "<script" not in entry
    for language, name in (("en", "English"), ("fr", "Français")):
        assert f'<section lang="{language}">' in entry
        link = f'<a class="choice" href="index.{language}.html" hreflang="{language}">{name}</a>'
        assert link in entry


def test_each_thing_has_its_data_beside_its_page(made: Path) -> None:
    """Every form says what the server's description says, to the triple."""
    store = load_data(made)
    thing = NamedNode("https://w3id.org/ds2026/id/commitment/3.1b")
    triples, cut = description_of(store, thing, 10_000)
    assert (len(triples) > 10, cut) == (True, False)
    for form, kind in RDF.items():
        path = made / "doc" / "commitment" / f"3.1b.{form}"
        assert {quad.triple for quad in parse(path.read_bytes(), format=kind)} == set(triples)


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_the_vocabulary_is_there_in_every_form(made: Path, name: str) -> None:
    """All forms hold as many triples."""
    counts = {
        form: sum(1 for _ in parse((made / f"{name}.{form}").read_bytes(), format=kind))
        for form, kind in RDF.items()
    }
    assert len(set(counts.values())) == 1, counts


def test_the_list_of_the_site_is_true(made: Path) -> None:
    """With the manifest, it names every file there is, with its sum."""
    found = files(made)
    manifest = json.loads(found.pop("manifest.json"))
    data = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    lines = found["site.sha256"].decode().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    assert {**data, **listed} == sums
    assert manifest["site"] == {"files": len(listed), "list": "site.sha256"}
    assert not data.keys() & listed.keys()


def test_downloads_are_told_with_their_true_size(made: Path) -> None:
    """The page of the data set offers each of its files, with the sum that the manifest has."""
    page = (made / "dataset.en.html").read_text("utf-8")
    manifest = json.loads((made / "manifest.json").read_bytes())
    data = [entry for entry in manifest["files"] if entry["name"] != "site.sha256"]
    assert [entry["name"] for entry in data if f'href="{entry["name"]}"' not in page] == []
    assert [entry["name"] for entry in data if entry["sha256"] not in page] == []


def test_two_sites_anywhere_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Folder, locale, time zone and hash seed do not matter."""
    shutil.copytree(SMALL, tmp_path / "elsewhere" / "notes")

    def built(vault: Path, folder: Path, environment: Mapping[str, str]) -> dict[str, bytes]:
        command = (sys.executable, "-m", "ds2026kg", "build", vault, "--site", "-q", "-o", folder)
        subprocess.run(command, check=True, env={**os.environ, **environment})
        return files(folder)

    one = built(SMALL, tmp_path / "one", {"LC_ALL": "C", "PYTHONHASHSEED": "1", "TZ": "UTC"})
    french = {"LC_ALL": "fr_CA.UTF-8", "PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"}
    assert built(tmp_path / "elsewhere" / "notes", tmp_path / "two", french) == one
    here = [str(tmp_path).encode(), str(SMALL).encode()]
    assert [name for name, data in one.items() if any(path in data for path in here)] == []


def test_a_later_build_without_a_site_leaves_no_page(tmp_path: Path) -> None:
    """What is left is what a build alone writes, with no empty folder."""
    build(SMALL, tmp_path / "plain", Settings())
    build(SMALL, tmp_path / "dist", Settings(), site=True)
    build(SMALL, tmp_path / "dist", Settings())
    assert files(tmp_path / "dist") == files(tmp_path / "plain")
    assert [path for path in (tmp_path / "dist").iterdir() if path.is_dir()] == []


def test_a_site_of_another_base_leads_to_its_own_things(tmp_path: Path) -> None:
    """Pages lie where they always do; the permanent addresses in them have the base."""
    settings = Settings(DatasetSettings("https://example.org/s/", "plan", "https://example.org/l"))
    build(SMALL, tmp_path / "dist", settings, site=True)
    page = (tmp_path / "dist" / "doc" / "commitment" / "3.1a.fr.html").read_text("utf-8")
    assert "https://example.org/s/id/commitment/3.1a" in page
    assert "https://w3id.org/ds2026/id/commitment/3.1a" not in page


def test_a_page_that_no_file_can_have_the_name_of_is_told(tmp_path: Path) -> None:
    """The page is named, with what to do about it, and nothing is written."""
    notes = Path(shutil.copytree(SMALL, tmp_path / "vault"))
    name = "a" * 250
    (notes / "Other.md").write_text(
        f"---\nid: actor/{name}\nclassification: Group\nlabel_fr: X\ntags: [gc_entity]\n---\n# Other\n",
        encoding="utf-8",
    )
    build(notes, tmp_path / "plain", Settings())
    with pytest.raises(OutputError) as caught:
        build(notes, tmp_path / "dist", Settings(), site=True)
    assert caught.value.render("fr") == (
        f"doc/actor/{name}: le nom de cette page est trop long pour un fichier\n"
        "  remède\u00a0: donnez à l’entité un autre id: dans sa note, ou publiez sans --site"
    )
    assert not (tmp_path / "dist").exists()


def addresses(content: bytes) -> list[str]:
    """The addresses in a site map."""
    return [part.partition("</loc>")[0] for part in content.decode().split("<loc>")[1:]]


def test_search_engines_get_the_addresses_where_they_are_known(tmp_path: Path) -> None:
    """With a public address there is a site map of all pages, each with its other language."""
    build(SMALL, tmp_path / "without", Settings(), site=True)
    assert not (tmp_path / "without" / "sitemap.xml").exists()
    public = Settings(server=ServerSettings(url="https://example.org/a&b"))
    build(SMALL, tmp_path / "with", public, site=True)
    content = (tmp_path / "with" / "sitemap.xml").read_bytes()
    found = files(tmp_path / "with")
    pages = {name for name in found if name.endswith(".html") and name != "index.html"}
    assert addresses(content) == list(dict.fromkeys(addresses(content)))
    assert set(addresses(content)) == {f"https://example.org/a&amp;b/{name}" for name in pages}
    alternate = 'hreflang="fr" href="https://example.org/a&amp;b/missions.fr.html"/>'
    assert content.decode().count(alternate) == 2


def test_too_many_addresses_for_one_map_are_divided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The index names maps of no more than the standard allows, which together have every page."""
    monkeypatch.setattr(site, "_MOST_ADDRESSES", 20)
    reading = read(SMALL, Settings(server=ServerSettings(url="https://example.org")))
    found = dict(site.site_files(reading, None, ()))
    maps = {name: addresses(data) for name, data in found.items() if name.startswith("sitemap")}
    index = maps.pop("sitemap.xml")
    assert index == [f"https://example.org/{name}" for name in maps]
    assert max(len(each) for each in maps.values()) == 20
    pages = sum(name.endswith(".html") for name in found) - 1
    assert sum(len(each) for each in maps.values()) == pages
