"""Pages over HTTP: which one is given, in which language, and what a browser may do with it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode, Quad, Store

from ds2026kg.config import Settings
from ds2026kg.errors import DataError
from ds2026kg.pages import ASSETS
from ds2026kg.server.browsing import POLICY
from ds2026kg.server.message import Request, Response
from ds2026kg.server.routes import respond
from ds2026kg.server.site import Site
from ds2026kg.server.source import Source

from .conftest import Ask, Here

SITE = "http://data.example"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def language_of(response: Response) -> tuple[str, bytes]:
    """What a page says of its language, in its headers and in itself."""
    start = response.body.index(b'lang="') + len('lang="')
    return response.headers["content-language"], response.body[start : start + 2]


@pytest.mark.parametrize(
    ("told", "language"), [(None, "en"), ("fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("de", "en")]
)
@pytest.mark.parametrize(
    ("path", "page"), [("/doc/a", "doc/a"), ("/", "index"), ("/index", "index")]
)
def test_a_page_comes_in_the_language_of_its_reader(
    ask: Ask, path: str, page: str, told: str | None, language: str
) -> None:
    """It names its own address, and says that both headers chose it."""
    headers = {"accept": BROWSER} | ({"accept-language": told} if told else {})
    response = ask(path, headers)
    assert response.status == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert language_of(response) == (language, language.encode())
    assert response.headers["content-location"] == f"{SITE}/{page}.{language}.html"
    assert response.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"


@pytest.mark.parametrize("path", ["/doc/a", "/index"])
def test_a_page_has_an_address_in_each_language(ask: Ask, path: str) -> None:
    """Which no header changes; without the language in the address, the reader’s is taken."""
    english = {"accept": "text/turtle", "accept-language": "en"}
    direct = ask(f"{path}.fr.html", english)
    assert (language_of(direct), direct.headers["vary"]) == (("fr", b"fr"), "Accept-Encoding")
    assert "content-location" not in direct.headers
    chosen = ask(f"{path}.html", english)
    assert language_of(chosen) == ("en", b"en")
    assert chosen.headers["content-location"] == f"{SITE}{path}.en.html"


def test_a_page_about_a_thing_leads_on_by_signposts(ask: Ask) -> None:
    """As its forms of RDF do: to the IRI to cite, and to those forms."""
    link = ask("/doc/a", {"accept": BROWSER}).headers["link"]
    assert link.startswith('<https://example.org/id/a>; rel="cite-as"')
    assert f'<{SITE}/doc/a.ttl>; rel="describedby"; type="text/turtle"' in link


def test_a_page_may_run_no_script_but_those_of_the_site(ask: Ask) -> None:
    """Data may be embedded by nobody and run nothing; a page, only files of its own site."""
    assert ask("/doc/a.en.html").headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert ask("/doc/a.ttl").headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "path", ["/doc/zz.fr.html", "/zz.fr.html", "/.html", "/doc/.fr.html", "/ontology/0.1.0.fr.html"]
)
def test_a_page_that_there_is_not_is_not_found(ask: Ask, path: str) -> None:
    """Whatever its address looks like."""
    assert ask(path, {"accept": BROWSER}).status == 404


def test_people_are_told_in_a_page_what_is_wrong(ask: Ask) -> None:
    """In their language, with what leads on; programs get a problem document."""
    for path, status in [
        ("/doc/zz", 404),
        ("/nothing/at/all", 404),
        ("/sparql?query=DROP+ALL", 400),
    ]:
        response = ask(path, {"accept": BROWSER, "accept-language": "fr"})
        page = response.body.decode()
        assert (response.status, language_of(response)) == (status, ("fr", b"fr"))
        assert response.headers["content-security-policy"] == POLICY
        assert 'href="/assets/site.css"' in page
        assert 'href="/index.fr.html"' in page
        assert json.loads(ask(path, {"accept": "application/json"}).body)["status"] == status


def test_a_problem_page_says_where_in_the_query_it_lies(ask: Ask) -> None:
    """In the language of its address, and nothing that was sent comes back unescaped."""
    page = ask("/sparql?query=SELECT%20*%20%7B%3Cscript%3E", {"accept": BROWSER}).body.decode()
    assert '<p class="lead">Line 1, column ' in page
    assert "<script>" not in page
    french = ask("/results.fr.html?query=SELECT", {"accept": BROWSER, "accept-language": "en"})
    assert french.headers["content-language"] == "fr"
    assert '<p class="lead">Ligne 1, colonne ' in french.body.decode()


def test_a_version_of_the_vocabulary_has_no_page(ask: Ask) -> None:
    """A browser gets what can be read: Turtle."""
    response = ask("/ontology/0.1.0", {"accept": BROWSER})
    assert (response.status, response.headers["content-type"]) == (
        200,
        "text/turtle; charset=utf-8",
    )


def test_files_that_pages_need_are_served(ask: Ask) -> None:
    """Each under its name with its type, and no other file of the machine."""
    response = ask("/assets/site.css")
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert response.body == (ASSETS / "site.css").read_bytes()
    for path in ("/assets/", "/assets/../view.py", "/assets/site.css/", "/assets//etc/passwd"):
        assert ask(path).status == 404


def test_pages_are_only_read(ask: Ask) -> None:
    """No form changes anything here."""
    for path in ("/", "/index.en.html", "/assets/site.css"):
        response = ask(path, method="POST")
        assert (response.status, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_answer_is_a_page_without_any_script(ask: Ask) -> None:
    """Names of this site lead to its pages, words say their language, and no search engine keeps it."""
    query = (
        "SELECT ?thing ?name { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?name } LIMIT 2"
    )
    response = ask(f"/results.en.html?{urlencode({'query': query})}")
    page = response.body.decode()
    assert response.status == 200
    assert '<th scope="col">thing</th><th scope="col">name</th>' in page
    assert '<a href="doc/a.en.html">a</a>' in page
    assert f'<a href="results.fr.html?{urlencode({"query": query})}" lang="fr"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_browser_at_the_endpoint_is_led_to_the_query_page(ask: Ask) -> None:
    """Where it asks nothing; programs get the description of the service."""
    response = ask("/sparql", {"accept": BROWSER})
    assert (response.status, response.headers["location"]) == (303, f"{SITE}/query")
    assert ask("/sparql").headers["content-type"] == "text/turtle; charset=utf-8"
    assert ask("/sparql?query=ASK{}", {"accept": BROWSER}).status == 200


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK {}", '<p class="truth">Oui</p>'),
        ("SELECT * { ?s a <urn:none> }", "<p>Rien n’y répond dans ces données.</p>"),
        ("CONSTRUCT { ?s ?p 12 } { ?s ?p 'B' }", '<td class="figure">12</td>'),
        ("SELECT ('<b>&' AS ?x) {}", "<td>&lt;b&gt;&amp;</td>"),
        ("SELECT (<javascript:alert(1)> AS ?x) {}", "<td>javascript:alert(1)</td>"),
    ],
)
def test_each_kind_of_answer_is_shown(ask: Ask, query: str, shown: str) -> None:
    """In French, escaped, and with no address that runs anything."""
    page = ask(f"/results.fr.html?{urlencode({'query': query})}").body.decode()
    assert shown in page


@pytest.mark.parametrize(
    "sent", ["", "query=", "name=nothing", "query=CLEAR+ALL", "name=leads-by-actor&lang=x+y"]
)
def test_what_cannot_be_asked_is_refused(ask: Ask, sent: str) -> None:
    """With what is wrong, as the endpoint says it."""
    response = ask(f"/results.en.html?{sent}")
    assert response.status == 400
    assert json.loads(response.body)["remedy"]


def test_a_stored_query_takes_its_parameters_from_the_form(ask: Ask) -> None:
    """The language of the page is that of the answer, unless another is chosen."""
    page = ask("/results.fr.html?name=leads-by-actor").body.decode()
    assert "<h1>Engagements relevant de chaque acteur</h1>" in page
    assert "<p>Rien n’y répond dans ces données.</p>" in page


def test_a_stored_query_has_a_form_of_its_parameters(ask: Ask) -> None:
    """Which works without a script: a field that is left empty is one that was not sent."""
    page = ask("/query/commitments-by-actor.en.html").body.decode()
    assert '<form class="asking" action="../results.en.html" method="get">' in page
    assert '<input type="hidden" name="name" value="commitments-by-actor">' in page
    assert '<input id="choice-lang" name="lang" type="text" value="en" autocomplete="off">' in page
    answer = ask("/results.en.html?name=commitments-by-actor&actor=&lang=").body.decode()
    assert "<p>The query has no answer in these data.</p>" in answer
    assert '<a href="query.en.html?name=commitments-by-actor">' in answer


def test_a_vault_can_be_downloaded_in_each_form(tmp_path: Path) -> None:
    """Each file is made when it is asked for, and holds all of the data."""
    data = Here(Store())
    data.store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))
    data.downloads = Source(tmp_path, Settings()).downloads()
    site = Site(data, "https://example.org/", "urn:licence")
    response = got("/files/ds2026.nt", site)
    assert (response.status, response.body) == (200, b"<urn:a> <urn:b> <urn:c> .\n")
    assert [each.name for each in data.downloads] == [
        f"files/ds2026.{form}" for form in ("ttl", "jsonld", "nt", "rdf")
    ]


def test_the_files_of_a_build_are_sent_as_they_lie_there(tmp_path: Path) -> None:
    """With the tag that the manifest gives them, and only those that it names."""
    text = b"<urn:a> <urn:b> <urn:c> .\n"
    (tmp_path / "ds2026.nt").write_bytes(text)
    (tmp_path / "secret.txt").write_bytes(text)
    files = [
        {"name": "ds2026.nt", "mediaType": "text/plain", "bytes": len(text), "sha256": "5ac1"},
        {"name": "../secret.txt", "mediaType": "text/plain", "bytes": len(text), "sha256": "5ac1"},
        {"name": "index.en.html", "mediaType": "text/html", "bytes": len(text), "sha256": "5ac1"},
    ]
    (tmp_path / "manifest.json").write_text(json.dumps({"files": files}))
    data = Here(Store())
    data.downloads, data.folder = Source(tmp_path, Settings()).downloads(), tmp_path
    site = Site(data, "https://example.org/", "urn:licence")
    response = got("/files/ds2026.nt", site)
    assert (response.status, response.file) == (200, tmp_path / "ds2026.nt")
    assert (response.headers["etag"], response.headers["content-length"]) == ('"5ac1"', "26")
    again = got("/files/ds2026.nt", site, {"if-none-match": '"5ac1"'})
    assert (again.status, again.file) == (304, None)
    for path in ("/files/secret.txt", "/files/../secret.txt", "/files/manifest.json", "/files/"):
        assert got(path, site).status == 404
    (tmp_path / "ds2026.nt").write_bytes(text * 2)
    assert got("/files/ds2026.nt", site).status == 404


def test_a_manifest_that_no_build_wrote_is_refused(tmp_path: Path) -> None:
    """With its place, before anything is served."""
    (tmp_path / "manifest.json").write_text('{"files": [{}]}')
    with pytest.raises(DataError, match=r"the manifest cannot be read"):
        Source(tmp_path, Settings()).downloads()


def got(path: str, site: Site, headers: Mapping[str, str] | None = None) -> Response:
    """The response of `site` to GET."""
    return asyncio.run(respond(Request("GET", path, "", headers or {}), site))
