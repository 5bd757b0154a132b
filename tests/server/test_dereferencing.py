"""What opens under the IRIs of the data set, in every form, and the links that lead on from there."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from ds2026kg.config import Settings
from ds2026kg.query.describing import description_of
from ds2026kg.query.rdf import RDF_FORMATS
from ds2026kg.server.asking import About, answer
from ds2026kg.server.media import GRAPHS
from ds2026kg.server.message import Request, Response
from ds2026kg.server.routes import respond
from ds2026kg.server.site import Site
from ds2026kg.server.source import Source

from .conftest import Ask, Here

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://data.example"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# All that is said of :a, what points to it, and the name of what does.
ABOUT_A = {
    f'<https://example.org/id/a> <{LABEL}> "A"@en',
    f'<https://example.org/id/a> <{LABEL}> "A fr"@fr',
    "<https://example.org/id/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    " <https://example.org/id/Thing>",
    "<https://example.org/id/b> <https://example.org/id/of> <https://example.org/id/a>",
}


def triples(response: Response) -> set[str]:
    """The triples of a response, read by its own media type."""
    form = GRAPHS[response.headers["content-type"].partition(";")[0]]
    return {str(quad.triple) for quad in parse(response.body, format=RDF_FORMATS[form])}


def problem(response: Response) -> tuple[int, str, str]:
    """The status of a problem document, its language and its detail."""
    told = json.loads(response.body)
    return response.status, response.headers["content-language"], told["detail"]


def test_a_thing_leads_to_the_document_about_it(ask: Ask) -> None:
    """By 303, whatever form is wanted: the thing itself is no document."""
    for method in ("GET", "HEAD"):
        response = ask("/id/a", {"accept": "application/ld+json"}, method=method)
        assert (response.status, response.headers["location"], response.body) == (
            303,
            f"{SITE}/doc/a",
            b"",
        )
        assert response.headers["link"] == f'<{SITE}/doc/a>; rel="describedby"'


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "ttl"),
        ("*/*", "ttl"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/json;q=0.9, text/turtle;q=0.1", "jsonld"),
        ("text/turtle;q=0.3, application/rdf+xml;q=0.7", "rdf"),
    ],
)
def test_a_document_has_the_form_that_is_wanted(ask: Ask, accept: str | None, form: str) -> None:
    """It names the address of that form, says what chose it, and has a tag that spares it."""
    headers = {} if accept is None else {"accept": accept}
    response = ask("/doc/a", headers)
    told = response.headers
    assert (response.status, told["content-location"]) == (200, f"{SITE}/doc/a.{form}")
    assert told["vary"] == "Accept, Accept-Language, Accept-Encoding"
    direct = ask(f"/doc/a.{form}")
    assert triples(response) == triples(direct)
    assert ask("/doc/a", {**headers, "if-none-match": told["etag"]}).status == 304
    assert ask("/doc/a", headers, method="HEAD").headers == told


@pytest.mark.parametrize(("form", "media_type"), TYPES.items())
def test_a_direct_address_asks_nothing_of_accept(ask: Ask, form: str, media_type: str) -> None:
    """It gives its one form to a client that would rather have another."""
    response = ask(f"/doc/b.{form}", {"accept": "image/png"})
    told = response.headers
    assert (response.status, told["content-type"].partition(";")[0]) == (200, media_type)
    assert (told["vary"], "content-location" in told) == ("Accept-Encoding", False)
    assert triples(response) == {
        f'<https://example.org/id/b> <{LABEL}> "B"',
        "<https://example.org/id/b> <https://example.org/id/of> <https://example.org/id/a>",
        f'<https://example.org/id/a> <{LABEL}> "A"@en',
        f'<https://example.org/id/a> <{LABEL}> "A fr"@fr',
    }


@pytest.mark.parametrize("path", ["/id/zz", "/doc/zz", "/doc/zz.nt", "/linkset/zz"])
def test_what_the_data_do_not_know_is_not_found(ask: Ask, path: str) -> None:
    """It is told so in the language asked for, by the IRI that was meant."""
    iri = "https://example.org/id/zz"
    assert problem(ask(path)) == (404, "en", f"the data say nothing of this IRI: {iri}")
    assert problem(ask(path, {"accept-language": "fr-CA"})) == (
        404,
        "fr",
        f"les données ne disent rien de cet IRI\u00a0: {iri}",
    )


@pytest.mark.parametrize("path", ["/id/..", "/id/a b", "/id/<x>", "/id/é\x00", "/id/", "/doc/.ttl"])
def test_odd_names_are_not_found_and_break_nothing(ask: Ask, path: str) -> None:
    """They are encoded as the data’s own are, and nothing has such a name here."""
    assert ask(path).status == 404


def test_a_name_is_encoded_as_in_the_data(ask: Ask, data: Here) -> None:
    """A thing whose IRI has escapes is found by the address that a client sends for it."""
    iri = NamedNode("https://example.org/id/actor/d%C3%A9l%C3%A9gation")
    store = data.store
    quad = Quad(iri, NamedNode(LABEL), NamedNode("urn:x"), NamedNode("urn:g"))
    store.add(quad)
    try:
        response = ask("/id/actor/délégation")
    finally:
        store.remove(quad)
    assert response.headers["location"] == f"{SITE}/doc/actor/d%C3%A9l%C3%A9gation"


def test_writing_is_refused(ask: Ask) -> None:
    """A description cannot be put, changed or deleted."""
    for path in ("/id/a", "/doc/a", "/doc/a.ttl", "/linkset/a", "/ontology", "/query/x"):
        for method in ("PUT", "POST", "DELETE", "PATCH"):
            response = ask(path, method=method)
            assert (response.status, response.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_description_is_cut_at_the_limit(data: Here) -> None:
    """What is said of the thing itself comes first, and the cut is told."""
    store = data.store
    kept, cut = description_of(store, NamedNode("https://example.org/id/a"), 4)
    assert ({str(triple) for triple in kept}, cut) == (ABOUT_A, True)
    kept, cut = description_of(store, NamedNode("https://example.org/id/a"), 5)
    assert (len(kept), cut) == (5, False)


def test_a_cut_description_says_so(ask: Ask) -> None:
    """The site of these tests gives four triples at the most."""
    response = ask("/doc/a.nt")
    assert (triples(response), response.headers["result-cut"]) == (ABOUT_A, "rows=4")
    assert "result-cut" not in ask("/doc/b.nt").headers


def test_a_description_follows_records_blank_nodes_and_parts() -> None:
    """It has what records of a statement say, and what blank nodes and hash IRIs stand for."""
    store = Store()
    turtle = """
    @prefix : <urn:x:> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    :a :p [ :q [ :r 1 ] ] ; :part <urn:x:a#one> ; :next :other .
    <urn:x:a#one> :size 2 . :other :size 3 .
    :read rdf:subject :a ; :line 4 . :there rdf:object :a ; :line 5 .
    """
    store.load(turtle, format=RdfFormat.TURTLE)
    kept, _cut = description_of(store, NamedNode("urn:x:a"), 100)
    subjects = Counter(re.sub("^_:.*", "_:", str(triple.subject)) for triple in kept)
    assert subjects == {
        "<urn:x:a>": 3,
        "<urn:x:a#one>": 1,
        "<urn:x:read>": 2,
        "<urn:x:there>": 2,
        "_:": 2,
    }


def test_a_description_is_the_same_in_whatever_order_the_data_came() -> None:
    """Its thing comes first, and then all that is said of each other subject together."""
    lines = [
        f"<urn:{subject}> <urn:{predicate}> <urn:a> .\n" for subject in "bac" for predicate in "yxz"
    ]
    told = []
    for ordered in (lines, lines[::-1]):
        store = Store()
        for line in ordered:
            store.load(line, format=RdfFormat.N_TRIPLES)
        told.append(answer(store, About("urn:a", "application/n-triples", 100)).body.decode())
    by_subject = sorted(lines, key=lambda line: ("<urn:a> " not in line[:8], line))
    assert told == ["".join(by_subject)] * 2


@pytest.fixture(scope="module")
def vault() -> Store:
    """The data of the project’s own vault, as they are served."""
    return Source(ROOT / "vault", Settings()).opened()


def test_a_commitment_tells_where_each_of_its_statements_was_read(vault: Store) -> None:
    """Every record of a statement about it is there with note and line, and every name."""
    iri = NamedNode("https://w3id.org/ds2026/id/commitment/3.1a")
    kept, cut = description_of(vault, iri, 10_000)
    lines = {
        str(triple.subject).rpartition("3.1a/")[2]: str(triple.object).partition("^^")[0]
        for triple in kept
        if triple.predicate.value.endswith("ontology#line")
    }
    assert (cut, lines) == (
        False,
        {"1>": '"20"', "2>": '"8"', "hasParent/3.1>": '"3"', "ledBy/departments>": '"9"'},
    )
    named = {str(triple.subject) for triple in kept if triple.predicate.value.endswith("Label")}
    assert "<https://w3id.org/ds2026/id/actor/departments>" in named


def test_every_iri_of_the_data_opens(vault: Store) -> None:
    """Each subject under the base’s id/ has a description that begins with what is said of it."""
    subjects = {quad.subject.value for quad in vault if isinstance(quad.subject, NamedNode)}
    things = sorted(iri for iri in subjects if "/ds2026/id/" in iri)
    for iri in things:
        told = answer(vault, About(iri, "application/n-triples", 10_000))
        assert told.body.startswith(f"<{iri}> ".encode()), iri


def test_a_document_leads_on_by_signposts(ask: Ask) -> None:
    """Its links are those of FAIR Signposting, and those of its forms lead back."""
    assert ask("/doc/b").headers["link"].split(", ") == [
        '<https://example.org/id/b>; rel="cite-as"',
        '<https://schema.org/AboutPage>; rel="type"',
        f'<{SITE}/doc/b.ttl>; rel="describedby"; type="text/turtle"',
        f'<{SITE}/doc/b.jsonld>; rel="describedby"; type="application/ld+json"',
        f'<{SITE}/doc/b.nt>; rel="describedby"; type="application/n-triples"',
        f'<{SITE}/doc/b.rdf>; rel="describedby"; type="application/rdf+xml"',
        f'<{SITE}/>; rel="collection"',
        '<https://example.org/licence>; rel="license"',
        f'<{SITE}/linkset/b>; rel="linkset"; type="application/linkset+json"',
    ]
    assert ask("/doc/b.nt").headers["link"].split(", ") == [
        f'<{SITE}/doc/b>; rel="describes"',
        '<https://example.org/licence>; rel="license"',
        f'<{SITE}/linkset/b>; rel="linkset"; type="application/linkset+json"',
    ]


def test_a_link_set_says_what_the_headers_say(ask: Ask) -> None:
    """Each address is an anchor, and its links are those that it has in its own header."""
    response = ask("/linkset/b")
    assert response.headers["content-type"] == "application/linkset+json"
    contexts = json.loads(response.body)["linkset"]
    assert [context.pop("anchor") for context in contexts] == [
        f"{SITE}/doc/b",
        *(f"{SITE}/doc/b.{form}" for form in TYPES),
    ]
    for path, context in zip(["b", *(f"b.{form}" for form in TYPES)], contexts, strict=True):
        told = [
            f'<{target["href"]}>; rel="{relation}"'
            + (f'; type="{target["type"]}"' if "type" in target else "")
            for relation, targets in context.items()
            for target in targets
        ]
        assert told == ask(f"/doc/{path}").headers["link"].split(", ")


def test_a_link_set_has_one_form(ask: Ask) -> None:
    """JSON, under its own name or the general one; a client that takes neither is told so."""
    plain = ask("/linkset/b", {"accept": "application/json"})
    assert (plain.status, plain.headers["content-type"]) == (200, "application/json")
    assert ask("/linkset/b", {"accept": "text/turtle"}).status == 406


def test_the_data_set_has_signposts(ask: Ask) -> None:
    """Its page and its description name it for good, its licence, and where all of it can be had."""
    assert ask("/").headers["link"] == ask("/.well-known/void").headers["link"]
    links = ask("/").headers["link"].split(", ")
    assert links[:4] == [
        '<https://example.org/>; rel="cite-as"',
        '<https://schema.org/AboutPage>; rel="type"',
        '<https://schema.org/Dataset>; rel="type"',
        '<https://example.org/licence>; rel="license"',
    ]
    assert links[4:] == [
        *(
            f'<{SITE}/.well-known/void>; rel="describedby"; type="{each}"'
            for each in TYPES.values()
        ),
        f'<{SITE}/linkset>; rel="linkset"; type="application/linkset+json"',
        *(f'<{SITE}/graphs?default>; rel="item"; type="{each}"' for each in TYPES.values()),
    ]


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_the_vocabulary_is_one_document_in_every_form(ask: Ask, name: str) -> None:
    """Each form has as many triples as its files, at the plain address and at that of the version."""
    files = (ROOT / name).glob("*.ttl")
    count = sum(1 for file in files for _ in parse(file.read_bytes(), format=RdfFormat.TURTLE))
    for form, media_type in TYPES.items():
        for path in (f"/{name}", f"/{name}/0.1.0"):
            direct, chosen = ask(f"{path}.{form}"), ask(path, {"accept": media_type})
            assert direct.body == chosen.body
            assert chosen.headers["content-location"] == f"{SITE}{path}.{form}"
            assert len(list(parse(direct.body, format=RDF_FORMATS[form]))) == count
    assert ask(f"/{name}").headers["link"].split(", ")[:2] == [
        f'<https://w3id.org/ds2026/{name}>; rel="cite-as"',
        f'<{SITE}/{name}.ttl>; rel="alternate"; type="text/turtle"',
    ]


@pytest.mark.parametrize(
    "path", ["/ontology/0.0.0", "/ontology/", "/shapes.pdf", "/ontology.ttl/x"]
)
def test_other_versions_and_forms_of_the_vocabulary_are_not_found(ask: Ask, path: str) -> None:
    """What is served is what this program knows, and no more is claimed."""
    assert ask(path).status == 404


@pytest.fixture(scope="module")
def served_vault(vault: Store) -> Site:
    """A site of the project’s own vault."""
    return Site(Here(vault), "https://w3id.org/ds2026/", "https://example.org/licence")


def test_a_stored_query_opens_with_its_parameters(served_vault: Site) -> None:
    """Its text and its title are there in every form, and what its parameters are."""
    for form, media_type in TYPES.items():
        request = Request("GET", "/query/mission-tree", "", {"accept": media_type})
        response = asyncio.run(respond(request, served_vault))
        assert response.headers["content-location"] == (
            f"http://localhost/query/mission-tree.{form}"
        )
        told = " ".join(triples(response))
        assert "<http://www.w3.org/ns/shacl#select>" in told
        assert "<https://w3id.org/ds2026/query/mission-tree#lang>" in told
    missing = asyncio.run(respond(Request("GET", "/query/none"), served_vault))
    assert missing.status == 404


def test_editors_find_the_stored_queries_at_the_endpoint(served_vault: Site) -> None:
    """What SIB’s editor asks of an endpoint gives every file of `queries/`."""
    query = """
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT DISTINCT ?sq ?query WHERE {
          ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?query
        }"""
    headers = {"content-type": "application/sparql-query", "accept": "text/csv"}
    request = Request("POST", "/sparql", "", headers, query.encode())
    rows = asyncio.run(respond(request, served_vault)).body.decode()
    for file in (ROOT / "queries").glob("*.rq"):
        assert f"https://w3id.org/ds2026/query/{file.stem}," in rows


def test_a_build_is_served_with_its_stored_queries(tmp_path: Path) -> None:
    """They are those that the build has written, in a graph of their own."""
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "ds2026.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    (tmp_path / "queries.ttl").write_text("<urn:q> <urn:r> <urn:s> .\n", encoding="utf-8")
    quads = {str(quad) for quad in Source(tmp_path, Settings()).opened()}
    assert quads == {
        "<urn:a> <urn:b> <urn:c>",
        "<urn:q> <urn:r> <urn:s> <https://w3id.org/ds2026/graph/queries>",
    }
