"""The query operation of the SPARQL 1.1 Protocol: how a question comes, and how it is answered."""

from __future__ import annotations

import gzip
import json
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse

from ds2026kg.server.routes import ROUTES
from ds2026kg.server.site import Site

from .conftest import Ask

LABELS = "SELECT ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l LIMIT 2"
JSON = (
    b'{"head":{"vars":["l"]},"results":{"bindings":['
    b'{"l":{"type":"literal","value":"A","xml:lang":"en"}},'
    b'{"l":{"type":"literal","value":"A fr","xml:lang":"fr"}}]}}'
)
ONE = quote("https://example.org/graph/one")
TWO = quote("https://example.org/graph/two")
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}


def test_a_query_comes_in_each_of_three_ways(ask: Ask) -> None:
    """GET, a form and plain content bring the same question, and the same bytes answer it."""
    told = [
        ask(f"/sparql?query={quote(LABELS)}"),
        ask("/sparql", FORM, method="POST", body=f"query={quote(LABELS)}".encode()),
        ask("/sparql/", DIRECT, method="POST", body=LABELS.encode()),
    ]
    assert [(r.status, r.headers["content-type"], r.body) for r in told] == [
        (200, "application/sparql-results+json", JSON)
    ] * 3


@pytest.mark.parametrize(
    ("accept", "media_type", "body"),
    [
        ("application/json", "application/json", JSON),
        ("text/csv", "text/csv; charset=utf-8", b"l\r\nA\r\nA fr\r\n"),
        (
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
            b'?l\n"A"@en\n"A fr"@fr\n',
        ),
        (
            "application/sparql-results+xml",
            "application/sparql-results+xml",
            b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
            b'<variable name="l"/></head><results><result><binding name="l">'
            b'<literal xml:lang="en">A</literal></binding></result><result><binding name="l">'
            b'<literal xml:lang="fr">A fr</literal></binding></result></results></sparql>',
        ),
    ],
)
def test_rows_come_in_every_result_format(
    ask: Ask, accept: str, media_type: str, body: bytes
) -> None:
    """SELECT is answered in the format that Accept asks for, limited by the query or by us."""
    for text in (
        LABELS,
        LABELS.replace("LIMIT 2", "OFFSET 0").replace("?l }", "?l FILTER(LANG(?l) != '') }"),
    ):
        answer = ask(f"/sparql?query={quote(text)}", {"accept": accept})
        assert (answer.status, answer.headers["content-type"], answer.body) == (
            200,
            media_type,
            body,
        )


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("application/trig", RdfFormat.TRIG),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_graphs_come_in_every_rdf_format(ask: Ask, accept: str, form: RdfFormat) -> None:
    """CONSTRUCT, the service description, VoID and graphs are RDF in the format asked for."""
    construct = quote("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s a <https://example.org/id/Thing> }")
    sizes = []
    for target in (f"/sparql?query={construct}", "/sparql", "/.well-known/void", "/graph/two"):
        answer = ask(target, {"accept": accept})
        assert answer.status == 200
        assert answer.headers["content-type"].partition(";")[0] == accept
        sizes.append(len(list(parse(answer.body, format=form))))
    assert sizes == [3, 33, 27, 2]


def test_a_boolean_has_no_csv(ask: Ask) -> None:
    """ASK is answered in JSON or XML, and a client that takes neither is told so."""
    answer = ask("/sparql?query=ASK%20%7B%7D", {"accept": "text/csv;q=1, text/xml;q=0.1"})
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert b"<boolean>true</boolean>" in answer.body
    refused = ask("/sparql?query=ASK%20%7B%7D", {"accept": "text/csv"})
    assert (refused.status, refused.headers["content-type"]) == (406, "application/problem+json")


@pytest.mark.parametrize(
    ("graphs", "labels"),
    [
        ("", ["A", "A fr", "B"]),
        (f"&default-graph-uri={TWO}", ["B"]),
        (f"&default-graph-uri={ONE}&default-graph-uri={TWO}", ["A", "A fr", "B"]),
        (f"&named-graph-uri={ONE}", []),
        (f"&default-graph-uri={TWO}&named-graph-uri={ONE}", ["B"]),
    ],
)
@pytest.mark.parametrize("clause", ["", "FROM <https://example.org/graph/one>"])
def test_graphs_named_by_the_protocol_come_before_from(
    ask: Ask, graphs: str, labels: list[str], clause: str
) -> None:
    """The data set is that of the request, or else that of the query, or else the union of all."""
    text = (
        f"SELECT ?l {clause} {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }} ORDER BY ?l"
    )
    answer = ask(f"/sparql?query={quote(text)}{graphs}", {"accept": "text/csv"})
    told = labels if graphs or not clause else ["A", "A fr"]
    assert answer.body.decode().split("\r\n")[1:-1] == told


def test_named_graphs_are_those_that_the_request_names(ask: Ask) -> None:
    """GRAPH ranges over the graphs named, and over none if only default graphs are named."""
    text = quote("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    told = [
        ask(f"/sparql?query={text}{graphs}", {"accept": "text/csv"}).body
        for graphs in (f"&named-graph-uri={ONE}", f"&default-graph-uri={ONE}")
    ]
    assert told == [b"g\r\nhttps://example.org/graph/one\r\n", b"g\r\n"]


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, b"", 400),
        ("GET", "/sparql?query=%FF", {}, b"", 400),
        ("GET", "/sparql?query=%7", {}, b"", 400),
        ("GET", "/sparql?query=", {}, b"", 400),
        ("GET", "/sparql?update=CLEAR%20ALL", {}, b"", 403),
        ("GET", "/sparql?query=CLEAR%20ALL", {}, b"", 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=file:///etc/passwd", {}, b"", 400),
        ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=http://example.com/x", {}, b"", 400),
        ("GET", "/sparql?query=ASK%7B%7D" + "&named-graph-uri=u:x" * 101, {}, b"", 400),
        ("GET", "/sparql?query=" + "x" * 5000, {}, b"", 414),
        ("POST", "/sparql", FORM, b"", 400),
        ("POST", "/sparql", FORM, b"query=ASK{}&query=ASK{}", 400),
        ("POST", "/sparql?query=ASK%7B%7D", DIRECT, b"ASK {}", 400),
        ("POST", "/sparql", FORM, b"update=CLEAR+ALL", 403),
        ("POST", "/sparql", {"content-type": "application/sparql-update"}, b"CLEAR ALL", 403),
        ("POST", "/sparql", {}, b"ASK {}", 415),
        ("POST", "/sparql", {"content-type": "text/plain"}, b"ASK {}", 415),
        ("POST", "/sparql", {"content-type": "application/sparql-query; charset=utf-16"}, b"", 415),
        ("POST", "/sparql", DIRECT, b"\xff\xfe", 400),
        ("POST", "/sparql", DIRECT, b"x" * 5000, 413),
        ("PUT", "/sparql?query=ASK%7B%7D", {}, b"", 405),
        ("BREW", "/sparql", {}, b"", 405),
        ("PUT", "/graphs?default", {}, b"", 405),
        ("DELETE", "/graph/one", {}, b"", 405),
        ("GET", "/graphs", {}, b"", 400),
        ("GET", "/graphs?default&graph=x", {}, b"", 400),
        ("GET", "/graphs?graph=not%20an%20iri", {}, b"", 404),
        ("GET", "/graph/three", {}, b"", 404),
        ("GET", "/nowhere", {}, b"", 404),
        ("GET", "/sparql", {"accept": "image/png"}, b"", 406),
        ("GET", "/sparql", {"host": "evil.example/<x>"}, b"", 400),
    ],
)
def test_what_is_wrong_is_told_in_both_languages(
    ask: Ask, method: str, target: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    """Each fault has its status and a problem document (RFC 9457) in the language asked for."""
    told = []
    for language in ("en", "fr"):
        answer = ask(target, {**headers, "accept-language": language}, method=method, body=body)
        document = json.loads(answer.body)
        assert (answer.status, document["status"]) == (status, status)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == language
        assert answer.headers["cache-control"] == "no-store"
        assert ("allow" in answer.headers) == (status == 405)
        told.append({document["title"], document["detail"], document.get("remedy", language)})
    assert told[0].isdisjoint(told[1])


def test_a_malformed_query_is_told_with_line_and_column(ask: Ask) -> None:
    """The place of the fault is in the document, counted from 1."""
    answer = ask("/sparql?query=" + quote("ASK {\n  ?s ?p\n}"))
    document = json.loads(answer.body)
    assert (document["status"], document["line"], document["column"]) == (400, 2, 3)
    assert document["detail"].startswith("this is not a SPARQL 1.1 query")
    relative = json.loads(ask("/sparql?query=" + quote("ASK {\n ?s <id/of> }")).body)
    assert (relative["line"], relative["column"]) == (2, 13)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVICE <http://localhost/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://example.com/> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <http://example.com/>",
    ],
)
def test_no_query_leads_elsewhere(ask: Ask, text: str) -> None:
    """What would read another place, or write, is refused with 400."""
    assert ask(f"/sparql?query={quote(text)}").status == 400


def test_more_rows_than_the_limit_are_cut_and_said_to_be(ask: Ask) -> None:
    """Rows and triples over the limit are left off, and a header says so; four of four are whole."""
    for text, cut in (
        ("SELECT * { ?s ?p ?o }", True),
        ("SELECT * { ?s ?p ?o } LIMIT 4", False),
        ("SELECT * { ?s ?p ?o } OFFSET 1", False),
        ("SELECT * { ?s ?p ?o } LIMIT 5", True),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 1 } UNION { ?s ?p ?o } }", True),
    ):
        answer = ask(f"/sparql?query={quote(text)}", {"accept": "text/csv"})
        assert (answer.status, answer.body.count(b"\r\n")) == (200, 5)
        assert answer.headers.get("result-cut") == ("rows=4" if cut else None)
    triples = ask(
        f"/sparql?query={quote('CONSTRUCT WHERE { ?s ?p ?o }')}",
        {"accept": "application/n-triples"},
    )
    assert (triples.body.count(b" .\n"), triples.headers["result-cut"]) == (4, "rows=4")


def test_relative_iris_are_taken_from_the_base_of_the_data(ask: Ask) -> None:
    """A query may name an entity by its local identifier."""
    answer = ask(f"/sparql?query={quote('ASK { <id/b> <id/of> <id/a> }')}")
    assert json.loads(answer.body)["boolean"] is True


def test_a_graph_is_never_cut(ask: Ask) -> None:
    """The Graph Store Protocol gives whole graphs, by ?default, by ?graph= and by address."""
    plain = {"accept": "application/n-triples"}
    default = ask("/graphs?default", plain)
    one, direct = ask(f"/graphs?graph={ONE}", plain), ask("/graph/one", plain)
    assert (default.body.count(b" .\n"), one.body.count(b" .\n")) == (5, 3)
    assert direct.body == one.body
    assert "result-cut" not in default.headers


def test_head_has_the_headers_of_get(ask: Ask) -> None:
    """HEAD differs from GET in nothing but its content, on every address."""
    for target in ("/sparql", f"/sparql?query={quote(LABELS)}", "/graph/one", "/.well-known/void"):
        got, head = ask(target), ask(target, method="HEAD")
        assert (head.status, head.headers, head.body) == (200, got.headers, b"")
        assert head.headers["content-length"] == str(len(got.body))


def test_what_a_client_has_is_not_sent_again(ask: Ask) -> None:
    """If-None-Match with the tag of the answer gives 304 and no content; with another, the answer."""
    target = f"/sparql?query={quote(LABELS)}"
    tag = ask(target).headers["etag"]
    for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = ask(target, {"if-none-match": header})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert ask(target, {"if-none-match": '"other"'}).status == 200
    assert ask(target, {"accept": "text/csv"}).headers["etag"] != tag


def test_long_answers_are_compressed_on_request(ask: Ask) -> None:
    """Gzip gives the same bytes after decompression, under a tag of its own; short ones stay plain."""
    plain, packed = ask("/sparql"), ask("/sparql", {"accept-encoding": "gzip"})
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    assert packed.headers["content-length"] == str(len(packed.body))
    short = ask("/sparql?query=ASK%7B%7D", {"accept-encoding": "gzip"})
    assert "content-encoding" not in short.headers


@pytest.mark.parametrize("target", ["/sparql", "/nowhere", "/health", "/graph/one"])
def test_every_response_is_safe_for_browsers(ask: Ask, target: str) -> None:
    """Reading is for all origins; nothing may be sniffed, framed or run; no cookie is ever set."""
    headers = ask(target).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_a_browser_may_ask_beforehand(ask: Ask, path: str) -> None:
    """OPTIONS tells the methods of every address (the preflight of CORS)."""
    answer = ask(path, method="OPTIONS")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == answer.headers["allow"]
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))


def test_the_description_names_the_address_that_was_asked(ask: Ask, site: Site) -> None:
    """sd:endpoint is made of the Host of the request."""
    triples = ask("/sparql", {"accept": "application/n-triples"}).body.decode()
    endpoint = "<http://data.example/sparql>"
    assert (
        f"{endpoint} <http://www.w3.org/ns/sparql-service-description#endpoint> {endpoint}"
        in triples
    )
    assert site.url == ""


def test_health_says_how_much_is_served(ask: Ask) -> None:
    """/health is a small JSON document."""
    assert json.loads(ask("/health").body) == {"status": "current", "triples": 5}
