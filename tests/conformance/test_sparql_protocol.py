"""The W3C's tests of the SPARQL Protocol, Service Description and Graph Store Protocol.

Requests that only read are sent to the pure part of the server and must get what the suite states.
This server changes nothing, so that every request that would is expected to get the documented
refusal, 403 or 405; what the suite states of the data after a change does not apply then. Where
the suite reads a graph that one of its own requests has put there, the graph is put into the store
beforehand.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from _pytest.mark import ParameterSet
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, Store, parse
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ds2026kg.pages import Download
from ds2026kg.server.asking import Answer, Asked, answer
from ds2026kg.server.facts import facts_of
from ds2026kg.server.message import Request, Response
from ds2026kg.server.routes import respond
from ds2026kg.server.site import Site, Standing

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = "http://www.w3.org/ns/sparql-service-description#"

# The suite is no part of the project: it lies beside it, where there is one.
SUITE = Path(__file__).parents[3] / "shared/suites/sparql/sparql11"

# What the tests that only read name without giving it: a graph of no triples.
EMPTY_GRAPH = "http://kasei.us/2009/09/sparql/data/data0.rdf"
WRITING = frozenset({"PUT", "POST", "DELETE", "PATCH"})
UPDATES = frozenset({"application/sparql-update"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of the suite, and what it states of the response.

    `statuses` are such as "2xx" or "404"; `graph` is what the content must say, as Turtle.
    """

    request: Request
    statuses: tuple[str, ...]
    boolean: bool | None = None
    form: str | None = None
    graph: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A test: its name, its exchanges, and the files of the graphs that it is about."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: tuple[tuple[str, Path], ...] = ()


class Data:
    """A store that is asked in this process."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.facts = facts_of(store)
        self.standing = Standing(current=True)
        self.downloads: tuple[Download, ...] = ()
        self.folder: Path | None = None

    async def ask(self, asked: Asked, client: str = "") -> Answer:
        """The answer of the store."""
        del client  # whoever it is
        return answer(self.store, asked)


def _cases(manifest: str) -> Iterator[Case]:
    file = SUITE / manifest
    graph = Graph().parse(file, publicID=file.as_uri(), format="turtle")
    for entry in Collection(graph, next(graph.objects(None, MF.entries))):
        requests = graph.value(graph.value(entry, MF.action), HT.requests)
        assert requests is not None
        exchanges = tuple(_exchange(graph, node) for node in Collection(graph, requests))
        graphs = tuple(
            (
                str(graph.value(part, URIRef("http://www.w3.org/2000/01/rdf-schema#label"))),
                SUITE
                / manifest.rpartition("/")[0]
                / str(graph.value(part, UT.graph)).rpartition("/")[2],
            )
            for part in graph.objects(entry, UT.graphData)
        )
        yield Case(str(entry).rpartition("#")[2], exchanges, graphs)


def _exchange(graph: Graph, node: Node) -> Exchange:
    target = str(graph.value(node, HT.absolutePath))
    # Where this server has them: /sparql as it is, the graph store at /graphs and below /graph/.
    target = target.replace("/gsp/", "/graph/").replace("/gsp", "/graphs")
    path, _, query = target.partition("?")
    body = str(graph.value(graph.value(node, HT.body), CNT.chars) or "")
    method = str(graph.value(node, HT.methodName))
    response = graph.value(node, HT.resp)
    statuses = graph.objects(response, MF.expectedStatus)
    boolean = graph.value(response, MF.expectedBoolean)
    form = graph.value(response, MF.expectedFormat)
    content = graph.value(graph.value(response, HT.body), CNT.chars)
    query = query.replace("%2Fgsp%2F", "%2Fgraph%2F")
    return Exchange(
        Request(
            method, path, query, {"host": "www.example", **_headers(graph, node)}, body.encode()
        ),
        tuple(sorted(_status(str(status)) for status in statuses)),
        bool(boolean.value) if isinstance(boolean, Literal) else None,
        str(form) if form else None,
        str(content) if content else None,
    )


def _headers(graph: Graph, node: Node) -> dict[str, str]:
    told = graph.value(node, HT.headers)
    return {
        str(graph.value(header, HT.fieldName)).lower(): str(graph.value(header, HT.fieldValue))
        for header in (Collection(graph, told) if told else ())
    }


_CODES = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


def _status(iri: str) -> str:
    name = iri.rpartition("#")[2]
    return _CODES.get(name) or name.removeprefix("StatusCode")


def _parameters(*manifests: str) -> list[ParameterSet]:
    if not SUITE.is_dir():
        absent = pytest.mark.skip(reason="the W3C's SPARQL 1.1 tests are not at ../shared/suites")
        return [pytest.param(None, id="suite", marks=absent)]
    return [pytest.param(case, id=case.name) for name in manifests for case in _cases(name)]


def _sent(request: Request, store: Store) -> Response:
    site = Site(Data(store), "http://www.example/", "http://www.example/licence")
    return asyncio.run(respond(request, site))


def _would_change(request: Request) -> bool:
    """Whether a request asks for an update, well formed or not."""
    names = {name for name, _ in parse_qsl(f"{request.query}&{request.body.decode()}")}
    media_type = request.headers.get("content-type", "").partition(";")[0]
    return media_type in UPDATES or "update" in names


@pytest.mark.parametrize("case", _parameters("protocol/manifest.ttl"))
def test_the_sparql_protocol_is_kept(case: Case) -> None:
    """Each query gets the status and the kind of answer stated; each update is refused."""
    store = Store()
    store.add_graph(NamedNode(EMPTY_GRAPH))
    for name, file in case.graphs:
        store.load(path=file, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(name))
    updating = case.name.startswith("update_")
    for exchange in case.exchanges:
        response = _sent(exchange.request, store)
        if _would_change(exchange.request):
            assert response.status in (403, 415)
            assert response.status == 403 or "4xx" in exchange.statuses
            continue
        if updating:
            continue  # what it asks depends on an update that was refused
        assert f"{response.status // 100}xx" in exchange.statuses
        if exchange.boolean is not None:
            assert json.loads(response.body)["boolean"] is exchange.boolean
        if exchange.form is not None:
            assert _kind(response) == exchange.form


def _kind(response: Response) -> str:
    media_type = response.headers["content-type"].partition(";")[0]
    if media_type == "text/turtle":
        return "RDF"
    return "boolean" if "boolean" in json.loads(response.body) else "tabular"


@pytest.mark.parametrize(
    "case",
    _parameters(
        "graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl"
    ),
)
def test_the_graph_store_protocol_is_kept(case: Case) -> None:
    """GET and HEAD get what is stated; PUT, POST and DELETE are refused with the methods there are."""
    store = Store()
    for exchange in case.exchanges:
        request = exchange.request
        response = _sent(request, store)
        if request.method in WRITING:
            assert response.status == 405
            assert response.headers["allow"] == "GET, HEAD, OPTIONS"
            _make_so(store, request)
        elif "LOCATION" not in request.path + request.query.upper():
            assert str(response.status) in exchange.statuses
            if exchange.graph is not None:
                stated = parse(exchange.graph, format=RdfFormat.TURTLE, base_iri=_base(request))
                told = parse(response.body, format=RdfFormat.TURTLE, base_iri=_base(request))
                assert _canonical(told) == _canonical(stated)


def _canonical(quads: Iterator[object]) -> str:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return "\n".join(sorted(map(str, dataset)))


def _base(request: Request) -> str:
    return _graph_of(request) or "http://www.example/graphs"


def _graph_of(request: Request) -> str | None:
    named: Mapping[str, str] = dict(parse_qsl(request.query, keep_blank_values=True))
    if request.path.startswith("/graph/"):
        return f"http://www.example{request.path}"
    return named.get("graph")


def _make_so(store: Store, request: Request) -> None:
    """Change the store as the refused request would have, for the reading that follows it."""
    name = _graph_of(request)
    graph = NamedNode(name) if name else None
    if request.method in ("PUT", "DELETE") and graph is not None:
        store.remove_graph(graph)
    media_type = request.headers.get("content-type", "").partition(";")[0]
    parts = [request.body.decode()]
    if media_type == "multipart/form-data":
        parts = [
            p.partition("\r\n\r\n")[2].partition("\r\n--")[0] for p in parts[0].split("--a6fe")
        ]
    if request.method != "DELETE":
        for part in parts:
            store.load(part, format=RdfFormat.TURTLE, base_iri=_base(request), to_graph=graph)


@pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C's SPARQL 1.1 tests are not there")
@pytest.mark.parametrize("name", ["returns-rdf", "has-endpoint-triple", "conforms-to-schema"])
def test_the_service_describes_itself(name: str) -> None:
    """The three tests of the suite, which are stated in words alone."""
    manifest = (SUITE / "service-description/manifest.ttl").read_text(encoding="utf-8")
    assert f":{name} rdf:type mf:ServiceDescriptionTest" in manifest
    store = Store()
    store.load("<urn:a> <urn:b> <urn:c> .", format=RdfFormat.TURTLE, to_graph=NamedNode("urn:g"))
    response = _sent(Request("GET", "/sparql", "", {"host": "www.example"}), store)
    assert (response.status, response.headers["content-type"]) == (
        200,
        "text/turtle; charset=utf-8",
    )
    graph = Graph().parse(data=response.body, format="turtle")
    endpoint = URIRef("http://www.example/sparql")
    assert list(graph.objects(None, URIRef(f"{SD}endpoint"))) == [endpoint]
    for term, kind in _RANGES.items():
        values = list(graph.objects(None, URIRef(SD + term)))
        assert values
        assert all((value, RDF.type, URIRef(SD + kind)) in graph for value in values)


# Terms of the vocabulary with the class of their values (SPARQL 1.1 Service Description §3).
_RANGES = {
    "defaultDataset": "Dataset",
    "availableGraphs": "GraphCollection",
    "defaultGraph": "Graph",
    "namedGraph": "NamedGraph",
    "graph": "Graph",
}
