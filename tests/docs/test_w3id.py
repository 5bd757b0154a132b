"""The redirect rules for the permanent IRIs, read as Apache reads them, and followed to the server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from ds2026kg.config import Settings
from ds2026kg.pages import Download
from ds2026kg.server.asking import Answer, Asked, answer
from ds2026kg.server.facts import facts_of
from ds2026kg.server.message import Request
from ds2026kg.server.routes import respond
from ds2026kg.server.site import Site, Standing
from ds2026kg.server.source import Source

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "docs" / "w3id" / ".htaccess"
SITE, CODE = "https://data.example.org", "https://github.com/OWNER/ds2026kg"
TYPES = {
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Rule(NamedTuple):
    """A RewriteRule with the RewriteConds before it, flags as written."""

    conditions: list[list[str]]
    pattern: str
    target: str
    flags: list[str]


def read(text: str) -> tuple[list[Rule], list[str]]:
    """The rules of the file, and its other directives; nothing is passed over."""
    rules: list[Rule] = []
    others: list[str] = []
    conditions: list[list[str]] = []
    for line in text.splitlines():
        directive, _, rest = line.partition(" ")
        if directive == "RewriteCond":
            conditions.append(rest.split())
        elif directive == "RewriteRule":
            pattern, target, flags = rest.split()
            rules.append(Rule(conditions, pattern, target, flags.strip("[]").split(",")))
            conditions = []
        elif line and not line.startswith("#"):
            others.append(line)
    return rules, others


def redirected(path: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
    """The status and the target for `path` below w3id.org/ds2026/; None if no rule redirects it.

    mod_rewrite in a directory: each rule in its turn, by pattern, then by its conditions; "-" goes
    nowhere but may set a variable; an unset variable or absent header is empty.
    """
    variables: dict[str, str] = {}

    def expanded(text: str, match: re.Match[str] | None = None) -> str:
        text = text.replace("%{HTTP_ACCEPT}", headers.get("Accept", ""))
        text = re.sub(r"%\{HTTP:([\w-]+)\}", lambda m: headers.get(m[1], ""), text)
        if match is not None:
            found = match
            text = re.sub(r"\$(\d)", lambda m: found[int(m[1])] or "", text)
        return re.sub(r"%\{ENV:(\w+)\}", lambda m: variables.get(m[1], ""), text)

    for rule in read(RULES.read_text(encoding="utf-8"))[0]:
        match = re.search(rule.pattern, path)
        if match is None or not all(
            re.search(pattern, expanded(tested), re.IGNORECASE if "[NC]" in flags else 0)
            for tested, pattern, *flags in rule.conditions
        ):
            continue
        for flag in rule.flags:
            if flag.startswith("E="):
                name, _, value = flag[2:].partition(":")
                variables[name] = value
        if rule.target != "-":
            assert {"R=303", "L"} == set(rule.flags)
            return 303, expanded(rule.target, match)
    return None


NEGOTIATED = {
    "id/mission/3.1": "/doc/mission/3.1",
    "id/commitment/3.1a": "/doc/commitment/3.1a",
    "id/actor/tbs": "/doc/actor/tbs",
    "id/strategy/ds2026": "/doc/strategy/ds2026",
    "id/status": "/doc/status",
    "id/status/in-progress": "/doc/status/in-progress",
    "id/statement/commitment/3.1a/ledBy/departments": (
        "/doc/statement/commitment/3.1a/ledBy/departments"
    ),
    "ontology": "/ontology",
    "ontology/0.1.0": "/ontology/0.1.0",
    "shapes": "/shapes",
    "shapes/0.1.0": "/shapes/0.1.0",
    "query/mission-tree": "/query/mission-tree",
}
# What is accepted, and the form whose address the rules give; without one, the server weighs it.
ACCEPTED = {
    **TYPES,
    "Text/Turtle; charset=utf-8": ".ttl",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': ".jsonld",
    "": "",
    "*/*": "",
    "text/html": ".en.html",
    BROWSER: ".en.html",
    "text/turtle;q=0.5, application/ld+json": "",
    "application/rdf+xml,text/turtle": "",
    "text/turtle-like": "",
}
FIXED = {
    "": "/.well-known/void",
    "graph/strategy": "/graph/strategy",
    "graph/ontology": "/graph/ontology",
    "ontology.ttl": "/ontology.ttl",
    "ontology/0.1.0.rdf": "/ontology/0.1.0.rdf",
    "shapes.jsonld": "/shapes.jsonld",
    "query/mission-tree.nt": "/query/mission-tree.nt",
    "query/mission-tree.fr.html": "/query/mission-tree.fr.html",
    "ontology.html": "/ontology.html",
}


@pytest.mark.parametrize("accept", ACCEPTED)
@pytest.mark.parametrize("path", NEGOTIATED)
def test_each_iri_leads_to_the_form_that_is_accepted(path: str, accept: str) -> None:
    """One form alone is named by its address; whatever needs weighing is left to the server."""
    found = redirected(path, {"Accept": accept} if accept else {})
    form = ACCEPTED[accept]
    address = NEGOTIATED[path].removesuffix("/0.1.0") if form == ".en.html" else NEGOTIATED[path]
    assert found == (303, f"{SITE}{address}{form}")


@pytest.mark.parametrize("path", ["id/mission/3.1", "ontology", "query/mission-tree", ""])
def test_people_get_pages_in_their_language(path: str) -> None:
    """French is given to whom it is the first language; the data set has the first page."""
    page = NEGOTIATED.get(path, "/index")
    for language, form in [("fr-CA, en;q=0.8", "fr"), ("en, fr", "en"), ("de", "en"), ("", "en")]:
        headers = {"Accept": BROWSER, "Accept-Language": language}
        assert redirected(path, headers) == (303, f"{SITE}{page}.{form}.html")


@pytest.mark.parametrize("accept", ACCEPTED)
@pytest.mark.parametrize("path", FIXED)
def test_what_names_its_form_leads_there_whatever_is_accepted(path: str, accept: str) -> None:
    """So do whole graphs and the data set, whose own address weighs all formats."""
    address = "/index.en.html" if not path and "html" in accept else FIXED[path]
    assert redirected(path, {"Accept": accept}) == (303, f"{SITE}{address}")


@pytest.mark.parametrize(
    ("language", "page"),
    [("", "rules"), ("en", "rules"), ("fr", "regles"), ("fr-CA,en;q=0.5", "regles")],
)
def test_the_rules_of_validation_are_read_in_either_language(language: str, page: str) -> None:
    """The page is one of this project."""
    target = f"docs/{page}.md"
    assert redirected("rules", {"Accept-Language": language}) == (303, f"{CODE}/blob/main/{target}")
    assert (ROOT / target).is_file()


def test_the_schema_of_reports_is_found() -> None:
    """Its `$id` leads to the file that has it."""
    file = "src/ds2026kg/validation/report.schema.json"
    assert redirected("report.schema.json", {}) == (303, f"{CODE}/raw/main/{file}")
    assert '"$id": "https://w3id.org/ds2026/report.schema.json"' in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize(
    "path", ["id", "id/", "ontology/next", "ontology/0.1", "shapes.pdf", "query/", "x", "idea/x"]
)
def test_nothing_else_is_redirected(path: str) -> None:
    """What this project has not named is not found at w3id.org itself."""
    assert redirected(path, {"Accept": "text/turtle"}) is None


def test_redirects_are_open_to_scripts_and_kept_apart_by_caches() -> None:
    """The headers are on redirects as well, which takes `always`; nothing else is set."""
    assert read(RULES.read_text(encoding="utf-8"))[1] == [
        "Options +FollowSymLinks",
        'Header always set Access-Control-Allow-Origin "*"',
        'Header always merge Vary "Accept, Accept-Language"',
        "RewriteEngine on",
    ]


class Here:
    """The data of the project’s own vault, asked in this process."""

    def __init__(self) -> None:
        self.store = Source(ROOT / "vault", Settings()).opened()
        self.facts = facts_of(self.store)
        self.standing = Standing(current=True)
        self.downloads: tuple[Download, ...] = ()
        self.folder: Path | None = None

    async def ask(self, asked: Asked, client: str = "") -> Answer:
        """The answer of the store."""
        del client  # whoever it is
        return answer(self.store, asked)


@pytest.fixture(scope="module")
def site() -> Site:
    """The site that the rules lead to."""
    return Site(Here(), "https://w3id.org/ds2026/", "https://example.org/licence", SITE)


@pytest.mark.parametrize("accept", ["*/*", BROWSER, *TYPES])
@pytest.mark.parametrize("path", [*NEGOTIATED, *FIXED])
def test_the_server_answers_wherever_the_rules_lead(site: Site, path: str, accept: str) -> None:
    """Every target is there, and what is negotiated comes as it was accepted."""
    found = redirected(path, {"Accept": accept})
    assert found is not None
    request = Request("GET", found[1].removeprefix(SITE), "", {"accept": accept})
    response = asyncio.run(respond(request, site))
    media_type = response.headers["content-type"].partition(";")[0]
    assert response.status == 200
    if path in NEGOTIATED:
        assert media_type == {BROWSER: "text/html", "*/*": "text/turtle"}.get(accept, accept)
