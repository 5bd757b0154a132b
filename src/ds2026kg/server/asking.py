"""One question and its answer: where a query meets the store.

Questions and answers are plain data, so that they can go to a process of their own and come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from ds2026kg.errors import Ds2026kgError, QueryError
from ds2026kg.findings import Language, Text
from ds2026kg.history import Changes
from ds2026kg.pages import Publication, rendered
from ds2026kg.query.describing import description_of, mentioned
from ds2026kg.query.formats import RESULTS, written
from ds2026kg.query.guard import Admitted, admit
from ds2026kg.query.rdf import graph_as
from ds2026kg.query.run import Rows
from ds2026kg.query.syntax import not_sparql
from ds2026kg.query.tokens import meaningful
from ds2026kg.server.media import GRAPHS, HTML, ROWS, TRUTH, Wanted
from ds2026kg.server.problems import RequestError, not_acceptable

_REMEMBERED = 256


class Question(NamedTuple):
    """A query, the graphs that the protocol names for it, and the form that the answer should have.

    Of a graph or of rows, at most `max_rows` are answered. `base` is the IRI that relative ones in
    the query are resolved against, if it has no BASE (SPARQL 1.1 Query §4.1.1.2).
    """

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    wanted: Wanted
    max_rows: int
    base: str | None = None


class WholeGraph(NamedTuple):
    """The wish for all of one graph, or of the default graph if it is None, in a media type."""

    graph: str | None
    media_type: str


class About(NamedTuple):
    """The wish for what the data say of `iri`, in at most `max_rows` triples.

    Where `media_type` is None, it is only asked whether they say anything of it.
    """

    iri: str
    media_type: str | None
    max_rows: int


class Page(NamedTuple):
    """The wish for the page at `path`, as `pages.addresses` has it, with what a form has sent."""

    path: str
    language: Language
    parameters: tuple[tuple[str, str], ...]
    publication: Publication


Asked = Question | WholeGraph | About | Page
"""What a worker can be asked."""


class Answer(NamedTuple):
    """The bytes of an answer; `cut` says that there was more than the limit let through."""

    body: bytes
    media_type: str
    cut: bool = False


def answer(store: Store, asked: Asked, changes: Changes | None = None) -> Answer:
    """The answer of `store`; pages tell of the `changes` in it since an earlier release.

    The default graph is the union of all graphs, unless graphs are named. Those named by the protocol
    take the place of those in FROM (SPARQL 1.1 Protocol §2.1.4).
    Raises `RequestError`: 400 for what is not SPARQL or not allowed (see `guard.admit`) and for a graph
    that the store does not hold, 404 for a whole graph, a thing or a page that there is not, 406 if
    no form fits.

    >>> from pyoxigraph import Store
    >>> from ds2026kg.server.media import wanted
    >>> answer(Store(), Question("ASK {}", (), (), wanted(None), 10)).body
    b'{"head":{},"boolean":true}'
    """
    if isinstance(asked, WholeGraph):
        return _whole_graph(store, asked)
    if isinstance(asked, About):
        return _about(store, asked)
    try:
        if isinstance(asked, Page):
            return _page(store, asked, changes)
        return _question(store, asked)
    except Ds2026kgError as error:
        if isinstance(error, RequestError):
            raise
        raise RequestError(400, error.message, place=error.place, remedy=error.remedy) from error


def unknown_graph(code: int, graph: str, known: Iterable[str]) -> RequestError:
    """The problem of a graph that the store does not hold. Nothing is ever fetched."""
    names = ", ".join(sorted(known)) or "-"
    shown = graph[:200]
    return RequestError(
        code,
        Text(
            f"this graph is not in the data: {shown}",
            f"ce graphe n’est pas dans les données\u00a0: {shown}",
        ),
        remedy=Text(f"name one of: {names}", f"nommez l’un de ceux-ci\u00a0: {names}"),
    )


@lru_cache(maxsize=_REMEMBERED)
def _admitted(text: str, graphs: frozenset[str], base: str | None) -> Admitted:
    """The same questions come again and again, and reading one takes longer than answering it."""
    return admit(text, graphs, base=base)


def _question(store: Store, asked: Question) -> Answer:
    graphs = frozenset(graph.value for graph in store.named_graphs())
    for graph in (*asked.default_graphs, *asked.named_graphs):
        if graph not in graphs:
            raise unknown_graph(400, graph, graphs)
    admitted = _admitted(asked.text, graphs, asked.base)
    text = admitted.text
    told = bool(asked.default_graphs or asked.named_graphs)
    default, named = (
        [NamedNode(iri) for iri in graphs] for graphs in (asked.default_graphs, asked.named_graphs)
    )
    try:
        found = store.query(
            text,
            base_iri=asked.base,
            use_default_graph_as_union=not (told or admitted.names_dataset),
            default_graph=[*default] if told else None,
            named_graphs=[*named] if told else None,
        )
        if isinstance(found, QueryBoolean):
            return _truth(found, asked.wanted.truth)
        if isinstance(found, QuerySolutions):
            return _rows(found, text, asked)
        return _triples(found, asked)
    except SyntaxError as error:
        raise not_sparql(text, None, base=asked.base) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(
            Text(f"the query failed: {error}", f"la requête a échoué\u00a0: {error}")
        ) from error


def _truth(found: QueryBoolean, media_type: str | None) -> Answer:
    if media_type is None:
        raise not_acceptable(TRUTH)
    return Answer(found.serialize(format=RESULTS[TRUTH[media_type]]) or b"", media_type)


def _rows(found: QuerySolutions, text: str, asked: Question) -> Answer:
    media_type = asked.wanted.rows
    if media_type is None:
        raise not_acceptable(ROWS)
    if own_limit(text, asked.max_rows):
        return Answer(found.serialize(format=RESULTS[ROWS[media_type]]) or b"", media_type)
    rows = tuple(tuple(solution) for solution in islice(found, asked.max_rows + 1))
    names = tuple(variable.value for variable in found.variables)
    kept = Rows(names, rows[: asked.max_rows])
    return Answer(written(kept, ROWS[media_type]), media_type, len(rows) > asked.max_rows)


@lru_cache(maxsize=_REMEMBERED)
def own_limit(text: str, most: int) -> bool:
    """Whether the query itself asks for no more than `most` rows: the engine may write them all.

    Outside of all braces, LIMIT can only be that of the whole query (SPARQL 1.1 Query §19.8, [18]).

    >>> own_limit("SELECT * { ?s ?p ?o } LIMIT 10", 10)
    True
    >>> own_limit("SELECT * {{ SELECT * {} LIMIT 1 }}", 9)
    False
    """
    depth, previous = 0, ""
    for token in meaningful(text):
        if token.kind == "sign":
            depth += (token.text == "{") - (token.text == "}")
        elif depth == 0 and token.kind == "number" and previous == "LIMIT":
            return token.text.isdecimal() and int(token.text) <= most
        previous = token.text.upper()
    return False


def _triples(found: QueryTriples, asked: Question) -> Answer:
    media_type = asked.wanted.graph
    if media_type is None:
        raise not_acceptable(GRAPHS)
    taken = tuple(islice(found, asked.max_rows + 1))
    body = _graph(taken[: asked.max_rows], media_type)
    return Answer(body, media_type, len(taken) > asked.max_rows)


def _whole_graph(store: Store, asked: WholeGraph) -> Answer:
    if asked.graph is None:
        found = {quad.triple for quad in store}
    else:
        graphs = {graph.value for graph in store.named_graphs()}
        if asked.graph not in graphs:
            raise unknown_graph(404, asked.graph, graphs)
        quads = store.quads_for_pattern(None, None, None, NamedNode(asked.graph))
        found = {quad.triple for quad in quads}
    return Answer(_graph(tuple(sorted(found, key=str)), asked.media_type), asked.media_type)


def _about(store: Store, asked: About) -> Answer:
    try:
        iri = NamedNode(asked.iri)
    except ValueError as error:
        raise unknown_thing(asked.iri) from error
    if not mentioned(store, iri):
        raise unknown_thing(asked.iri)
    if asked.media_type is None:
        return Answer(b"", "")
    triples, cut = description_of(store, iri, asked.max_rows)
    return Answer(_graph(triples, asked.media_type), asked.media_type, cut)


def _page(store: Store, asked: Page, changes: Changes | None) -> Answer:
    publication = asked.publication._replace(changes=changes)
    body = rendered(store, publication, asked.path, asked.language, dict(asked.parameters))
    if body is None:
        raise unknown_thing(asked.publication.base + asked.path.replace("doc/", "id/", 1))
    return Answer(body, HTML)


def unknown_thing(iri: str) -> RequestError:
    """The problem of an IRI of which the data say nothing."""
    shown = iri[:200]
    return RequestError(
        404,
        Text(
            f"the data say nothing of this IRI: {shown}",
            f"les données ne disent rien de cet IRI\u00a0: {shown}",
        ),
        remedy=Text(
            "check its spelling, or look for it by SPARQL",
            "vérifiez-en l’orthographe, ou cherchez-le par SPARQL",
        ),
    )


def _graph(triples: Sequence[Triple], media_type: str) -> bytes:
    try:
        return graph_as(triples, GRAPHS[media_type])
    except (OSError, ValueError) as error:  # a predicate that RDF/XML has no name for
        raise not_acceptable({name: f for name, f in GRAPHS.items() if f != "rdf"}) from error
