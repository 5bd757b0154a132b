"""The link set of the whole data set: every document is in it, and it is in the limits."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from ds2026kg.config import Settings
from ds2026kg.server.asking import answer
from ds2026kg.server.collection import named_under
from ds2026kg.server.message import Request
from ds2026kg.server.routes import respond
from ds2026kg.server.site import Site
from ds2026kg.server.source import Source

from .conftest import BASE, Ask, Here

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://data.example"


def test_every_document_is_an_item_and_leads_back(ask: Ask) -> None:
    """The data set has the links of its header and all its documents; each of these is in it."""
    response = ask("/linkset")
    assert (response.status, response.headers["content-type"]) == (200, "application/linkset+json")
    dataset, *documents = json.loads(response.body)["linkset"]
    assert dataset.pop("anchor") == f"{SITE}/"
    items = dataset["item"]
    assert items[-2:] == [{"href": f"{SITE}/doc/a"}, {"href": f"{SITE}/doc/b"}]
    dataset["item"] = items[:-2]
    told = [
        f'<{target["href"]}>; rel="{relation}"'
        + (f'; type="{target["type"]}"' if "type" in target else "")
        for relation, targets in dataset.items()
        for target in targets
    ]
    assert told == ask("/").headers["link"].split(", ")
    assert documents == [
        {"anchor": f"{SITE}/doc/{name}", "collection": [{"href": f"{SITE}/"}]} for name in "ab"
    ]


def test_what_it_lists_opens(ask: Ask) -> None:
    """Each address in it that is of this site gives 200."""
    contexts = json.loads(ask("/linkset").body)["linkset"]
    targets = {
        target["href"]
        for targets in contexts[0].values()
        if isinstance(targets, list)
        for target in targets
    }
    ours = sorted(target.removeprefix(SITE) for target in targets if target.startswith(SITE))
    assert ours == ["/.well-known/void", "/doc/a", "/doc/b", "/graphs?default", "/linkset"]
    assert [ask(each).status for each in ours] == [200] * 5


def test_it_has_the_forms_of_every_link_set(ask: Ask) -> None:
    """JSON under either name, for HEAD and again as 304; nothing else."""
    plain = ask("/linkset", {"accept": "application/json"})
    assert plain.headers["content-type"] == "application/json"
    assert ask("/linkset", {"accept": "text/turtle"}).status == 406
    assert ask("/linkset", method="HEAD").headers["etag"] == plain.headers["etag"]
    assert ask("/linkset", {"if-none-match": plain.headers["etag"]}).status == 304


def test_it_is_cut_after_max_rows_and_says_so() -> None:
    """Of five documents the first four are told."""
    store = Store()
    name = "<http://www.w3.org/2000/01/rdf-schema#label>"
    text = "".join(f'<{BASE}id/{letter}> {name} "{letter}" .\n' for letter in "edcba")
    store.load(text + f'<urn:elsewhere> {name} "not ours" .\n', format=RdfFormat.TURTLE)
    site = Site(Here(store), BASE, f"{BASE}licence", max_rows=4)
    response = asyncio.run(respond(Request("GET", "/linkset", "", {"host": "data.example"}), site))
    items = json.loads(response.body)["linkset"][0]["item"][4:]
    assert items == [{"href": f"{SITE}/doc/{letter}"} for letter in "abcd"]
    assert response.headers["result-cut"] == "rows=4"


def test_the_real_data_set_lists_what_has_a_name() -> None:
    """Missions, commitments and actors are in it; the records of where each was read are not."""
    store = Source(ROOT / "vault", Settings()).opened()
    start = "https://w3id.org/ds2026/id/"
    found = answer(store, named_under(start, 10_000)).body.decode().splitlines()[1:]
    kinds = Counter(iri.removeprefix(f"<{start}").partition("/")[0] for iri in found)
    entities = {kind: kinds[kind] for kind in ("strategy", "mission", "commitment", "actor")}
    assert entities == {"strategy": 1, "mission": 5, "commitment": 14, "actor": 11}
    assert {"statement", "passage"}.isdisjoint(kinds)
