"""The load on servers: what wrk printed is read as it is, and the table tells it."""

from __future__ import annotations

import pytest
from benchmarks.load import Load, parsed
from benchmarks.servers import REFERENCE, Question, Server, meaning, sparql
from benchmarks.serving import QUESTIONS, Turn, main, table

TOLD = """\
Running 3s test @ http://127.0.0.1:8102/query
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.57ms    1.15s    23.13ms   92.72%
    Req/Sec    10.51k     1.46k   12.66k    66.67%
  Latency Distribution
     50%  596.00us
     75%    1.75ms
     90%    2.45s
     99%    1.10m
  31416 requests in 3.00s, 77.14MB read
{faults}Requests/sec:  10456.38
Transfer/sec:     25.68MB
"""
FAULTS = """\
  Socket errors: connect 1, read 20, write 300, timeout 4000
  Non-2xx or 3xx responses: 50000
"""


def test_what_wrk_prints_is_read_in_any_unit() -> None:
    """Responses a second, and the median and the 99th percentile in milliseconds."""
    assert parsed(TOLD.format(faults="")) == Load(10456.38, 0.596, 66_000.0, 0)


def test_faults_are_counted() -> None:
    """A response that is no answer counts, and so does a connection that broke."""
    assert parsed(TOLD.format(faults=FAULTS)).failed == 54_321


@pytest.mark.parametrize("told", ["", "Requests/sec: 10.0\n", TOLD.partition("Requests/sec")[0]])
def test_what_wrk_would_not_print_is_refused(told: str) -> None:
    """Without a rate and both percentiles there is no figure."""
    with pytest.raises(ValueError, match="this is not what wrk"):
        parsed(told)


def test_each_server_is_asked_at_its_own_address() -> None:
    """Both have each query; a document is ours alone."""
    ours, theirs = Server("a", "http://a", is_ours=True), Server("b", "http://b", is_ours=False)
    ask = sparql("ASK", "ASK { ?s ?p 'ä' }", "text/csv")
    encoded = "?query=ASK%20%7B%20%3Fs%20%3Fp%20%27%C3%A4%27%20%7D"
    assert ours.url(ask) == f"http://a/sparql{encoded}"
    assert theirs.url(ask) == f"http://b/query{encoded}"
    document = Question("a document", "text/turtle", "/doc/a", None)
    assert (ours.url(document), theirs.url(document)) == ("http://a/doc/a", None)


def test_answers_are_compared_by_what_they_say() -> None:
    """The order of rows and of triples does not count; their content does."""
    rows = b'{"head":{"vars":["a"]},"results":{"bindings":[%s]}}'
    one, two = b'{"a":{"type":"literal","value":"1"}}', b'{"a":{"value":"2","type":"literal"}}'
    json = "application/sparql-results+json"
    assert meaning(rows % (one + b"," + two), json) == meaning(rows % (two + b"," + one), json)
    assert meaning(rows % one, json) != meaning(rows % two, json)
    assert meaning(b'{"head":{},"boolean":true}', json) is True
    first, second = b"<urn:a> <urn:b> <urn:c> . ", b"<urn:c> <urn:b> <urn:a> . "
    assert meaning(first + second, "text/turtle") == meaning(second + first, "text/turtle")
    assert meaning(first, "text/turtle") != meaning(second, "text/turtle")


def test_the_table_has_medians_and_ratios_within_a_turn() -> None:
    """A server’s ratio is the median of its rates divided by the reference’s of the same turn."""
    rates = {"ours": (200.0, 900.0, 300.0), REFERENCE: (100.0, 300.0, 200.0)}
    turns = [
        Turn("ASK", server, Load(1.0, 0.1 * number, 0.5, 0), Load(rate, 2.0, 3.0 * number, 0))
        for server, taken in rates.items()
        for number, rate in enumerate(taken, 1)
    ]
    alone = [turn._replace(question="a document") for turn in turns if turn.server == "ours"]
    assert table([*turns, *alone], 16).splitlines() == [
        "|  | p50, ms | p99, ms | 16 at once, req/s | × `oxigraph serve` | p50, ms | p99, ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| **ASK** |  |  |  |  |  |  |",
        "| ours | 0.20 | 0.50 | 300 | 2.00 | 2.00 | 6.00 |",
        "| `oxigraph serve` | 0.20 | 0.50 | 200 | 1.00 | 2.00 | 6.00 |",
        "| **a document** |  |  |  |  |  |  |",
        "| ours | 0.20 | 0.50 | 300 |  | 2.00 | 6.00 |",
    ]


@pytest.mark.parametrize(
    ("missing", "told"),
    [("wrk", "wrk is not installed"), ("oxigraph", "`oxigraph` is not installed")],
)
def test_what_is_missing_is_told(missing: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without wrk or Oxigraph’s server nothing is built; the way to have them is said."""
    for name in ("wrk", "oxigraph"):
        monkeypatch.setattr(f"benchmarks.serving.{name}", lambda name=name: name)
    monkeypatch.setattr(f"benchmarks.serving.{missing}", lambda: None)
    with pytest.raises(SystemExit) as ended:
        main(["no-such-vault"])
    assert str(ended.value.code).startswith(told)


def test_the_questions_have_names_of_their_own() -> None:
    """The table groups by them."""
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)
