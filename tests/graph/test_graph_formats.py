"""Every format carries the same graph, byte for byte the same each time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

from ds2026kg.errors import OutputError
from ds2026kg.graph.canonical import canonical_nquads, isomorphic
from ds2026kg.graph.dataset import quads, union
from ds2026kg.graph.serialization import FORMATS, METADATA_FILE, write_context, write_csvw
from ds2026kg.graph.vocabulary import Vocabulary, load_vocabulary
from ds2026kg.strategy.model import Actor, StrategyGraph

HERE = Path(__file__).parent
REAL_ONTOLOGY = HERE.parents[1] / "ontology"
BASE = "https://w3id.org/ds2026/"
TRIPLE_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
QUAD_FORMATS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
RDFLIB_FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
RAPPER_FORMATS = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml"}

# Its own parsers use what it has deprecated.
rdflib_warns_of_itself = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:rdflib")

OneText = Callable[[str, str | None], StrategyGraph]


def written(name: str, graph: StrategyGraph, vocabulary: Vocabulary) -> bytes:
    """The whole file of one format."""
    return b"".join(FORMATS[name].writer(graph, vocabulary))


def in_default_graph(triples: Iterable[Triple]) -> list[Quad]:
    """Triples as the quads of a default graph."""
    return [Quad(t.subject, t.predicate, t.object) for t in triples]


def triples_read(data: bytes, syntax: RdfFormat = RdfFormat.N_TRIPLES) -> list[Quad]:
    """What pyoxigraph reads."""
    return list(parse(data, format=syntax))


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_written_as_it_was_approved(
    name: str, graph: StrategyGraph, vocabulary: Vocabulary, golden: Callable[[str], bytes]
) -> None:
    """The small strategy gives the golden file, to the byte."""
    assert written(name, graph, vocabulary) == golden(FORMATS[name].file)


def test_table_metadata_is_written_as_it_was_approved(
    vocabulary: Vocabulary, golden: Callable[[str], bytes]
) -> None:
    """The metadata of the table gives the golden file, to the byte."""
    assert b"".join(write_csvw(vocabulary)) == golden(METADATA_FILE)


@pytest.mark.parametrize("name", TRIPLE_FORMATS)
def test_pyoxigraph_reads_back_the_union(
    name: str, graph: StrategyGraph, vocabulary: Vocabulary
) -> None:
    """A format of triples holds both graphs as one."""
    read = triples_read(written(name, graph, vocabulary), TRIPLE_FORMATS[name])
    assert isomorphic(read, in_default_graph(union(graph, vocabulary)))


@pytest.mark.parametrize("name", QUAD_FORMATS)
def test_pyoxigraph_reads_back_the_named_graphs(
    name: str, graph: StrategyGraph, vocabulary: Vocabulary
) -> None:
    """A format of quads holds the two named graphs."""
    read = triples_read(written(name, graph, vocabulary), QUAD_FORMATS[name])
    assert isomorphic(read, quads(graph, vocabulary))


@rdflib_warns_of_itself
@pytest.mark.parametrize("name", RDFLIB_FORMATS)
def test_rdflib_reads_back_the_union(
    name: str, graph: StrategyGraph, vocabulary: Vocabulary
) -> None:
    """A second, independent reader finds the same triples."""
    store = rdflib.Graph().parse(data=written(name, graph, vocabulary), format=RDFLIB_FORMATS[name])
    read = triples_read(store.serialize(format="nt", encoding="utf-8"))
    assert isomorphic(read, in_default_graph(union(graph, vocabulary)))


@rdflib_warns_of_itself
@pytest.mark.parametrize("name", QUAD_FORMATS)
def test_rdflib_reads_back_the_named_graphs(
    name: str, graph: StrategyGraph, vocabulary: Vocabulary
) -> None:
    """A second, independent reader finds the same quads."""
    store = rdflib.Dataset()
    store.parse(
        data=written(name, graph, vocabulary), format={"nq": "nquads", "trig": "trig"}[name]
    )
    read = triples_read(store.serialize(format="nquads").encode(), RdfFormat.N_QUADS)
    assert isomorphic(read, quads(graph, vocabulary))


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (raptor2-utils) not installed")
@pytest.mark.parametrize("name", RAPPER_FORMATS)
def test_rapper_reads_back_the_union(
    name: str, graph: StrategyGraph, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """A third reader, in C, finds the same triples, and has nothing to warn of."""
    file = tmp_path / FORMATS[name].file
    file.write_bytes(written(name, graph, vocabulary))
    command = ["rapper", "-q", "-i", RAPPER_FORMATS[name], "-o", "ntriples", str(file)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    assert isomorphic(triples_read(done.stdout), in_default_graph(union(graph, vocabulary)))


@pytest.mark.parametrize("name", TRIPLE_FORMATS | QUAD_FORMATS)
def test_the_real_ontology_serves_every_format(name: str, graph: StrategyGraph) -> None:
    """With the project's own context and another base, every format still says the same."""
    vocabulary = load_vocabulary(REAL_ONTOLOGY, "https://example.org/data/")
    read = triples_read(written(name, graph, vocabulary), (TRIPLE_FORMATS | QUAD_FORMATS)[name])
    expected = (
        quads(graph, vocabulary)
        if name in QUAD_FORMATS
        else in_default_graph(union(graph, vocabulary))
    )
    assert isomorphic(read, expected)


def test_nquads_are_the_canonical_form(graph: StrategyGraph, vocabulary: Vocabulary) -> None:
    """The data set has no blank nodes, so its sorted N-Quads are its RDFC-1.0 form."""
    assert written("nq", graph, vocabulary) == canonical_nquads(quads(graph, vocabulary))


@settings(max_examples=150)
@given(value=st.text() | st.text('\x00\x08\x0b\x1f\x7f\x80\x9f\\"\t\ufffe\uffff\U0001ffff\u2028'))
def test_text_in_nquads_is_canonical(value: str, vocabulary: Vocabulary, one_text: OneText) -> None:
    """Exactly the characters are escaped that RDFC-1.0 escapes."""
    odd = one_text(value, "en")
    assert written("nq", odd, vocabulary) == canonical_nquads(quads(odd, vocabulary))


def test_only_prefixes_that_are_used_are_declared(
    graph: StrategyGraph, vocabulary: Vocabulary
) -> None:
    """Turtle declares each prefix that it uses, and no other."""
    turtle = written("ttl", graph, vocabulary).decode()
    declared = re.findall(r"^@prefix ([\w-]+):", turtle, re.MULTILINE)
    without_strings = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>|^[#@].*', "", turtle, flags=re.MULTILINE)
    assert set(declared) == set(re.findall(r"([\w-]+):", without_strings))


def test_no_name_is_escaped(graph: StrategyGraph, vocabulary: Vocabulary) -> None:
    """No local name holds an escape, which some stores take for a part of the IRI."""
    turtle = written("ttl", graph, vocabulary).decode()
    assert "\\" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", turtle)


def test_parents_come_before_children_in_natural_order(
    graph: StrategyGraph, vocabulary: Vocabulary
) -> None:
    """Turtle lists 3.2 and what belongs to it before 3.10."""
    turtle = written("ttl", graph, vocabulary).decode()
    assert re.findall(r"^((?:mission|commitment):\S+) a ", turtle, re.MULTILINE) == [
        "mission:3",
        "mission:3.2",
        "commitment:3.2a",
        "mission:3.10",
        "commitment:3.10a",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_graph_is_a_valid_file(name: str, vocabulary: Vocabulary) -> None:
    """A strategy without entities is written as a file without statements."""
    content = written(name, StrategyGraph(()), vocabulary)
    if name == "csv":
        assert content.count(b"\r\n") == 1
    else:
        assert triples_read(content, (TRIPLE_FORMATS | QUAD_FORMATS)[name]) == []


def test_the_context_is_published_as_the_files_carry_it(vocabulary: Vocabulary) -> None:
    """A document that names the context file instead reads the same."""
    content = b"".join(write_context(vocabulary))
    body = b'{"id": "mission/3", "label": {"fr": "Trois"}, "up": "strategy/x"}'
    document = content.rstrip()[:-1] + b', "@graph": [' + body + b"]}"
    assert [str(quad.triple.subject) for quad in triples_read(document, RdfFormat.JSON_LD)] == [
        f"<{BASE}id/mission/3>",
        f"<{BASE}id/mission/3>",
    ]


@settings(max_examples=150)
@given(value=st.text(), language=st.sampled_from(["en", "fr", None]))
@pytest.mark.parametrize("name", ["ttl", "jsonld", "nt", "nq", "trig"])
def test_any_text_survives(
    name: str, value: str, language: str | None, vocabulary: Vocabulary, one_text: OneText
) -> None:
    """Whatever characters a text has, reading it back gives it in NFC and otherwise unchanged."""
    content = written(name, one_text(value, language), vocabulary)
    read = triples_read(content, (TRIPLE_FORMATS | QUAD_FORMATS)[name])
    assert set(texts(read)) == {Literal(unicodedata.normalize("NFC", value), language=language)}


XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]).filter(
        lambda character: re.fullmatch(
            "[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", character
        )
    )
)


@settings(max_examples=150)
@given(value=XML_TEXT)
def test_any_text_of_xml_survives_in_rdfxml(
    value: str, vocabulary: Vocabulary, one_text: OneText
) -> None:
    """Two readers find the text in RDF/XML unchanged, carriage returns and all."""
    content = written("rdf", one_text(value, "en"), vocabulary)
    expected = unicodedata.normalize("NFC", value)
    read = [literal.value for literal in texts(triples_read(content, RdfFormat.RDF_XML))]
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    second = [str(o) for o in rdflib.Graph().parse(data=content, format="xml").objects(None, label)]
    assert (read, second) == ([expected, expected], [expected])


def texts(read: Iterable[Quad]) -> list[Literal]:
    """The labels and definitions, which hold the text under test."""
    return [
        quad.object
        for quad in read
        if isinstance(quad.object, Literal)
        and quad.predicate.value.endswith(("#prefLabel", "#definition"))
    ]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_carry_is_placed(
    character: str, vocabulary: Vocabulary, one_text: OneText
) -> None:
    """A control character ends RDF/XML with an error that names it and its line."""
    with pytest.raises(OutputError, match=f"U\\+{ord(character):04X}") as raised:
        written("rdf", one_text(f"a{character}b", "en"), vocabulary)
    assert raised.value.place == "Mission 3.md:1:1"


@settings(max_examples=150)
@given(key=st.text(min_size=1))
@example(key="x.")
@example(key="..")
@example(key="a/../b")
@example(key="a:b")
@example(key="-")
@pytest.mark.parametrize("name", TRIPLE_FORMATS)
def test_any_identifier_makes_one_valid_iri(name: str, key: str, vocabulary: Vocabulary) -> None:
    """However odd an identifier, every format writes the same valid IRI for it."""
    odd = StrategyGraph((Actor(f"actor/{key}", (), ()),))
    read = triples_read(written(name, odd, vocabulary), TRIPLE_FORMATS[name])
    assert read == in_default_graph(union(odd, vocabulary))


_IN_A_NEW_PROCESS = """
import runpy, sys, tempfile
from pathlib import Path
from ds2026kg.graph.serialization import FORMATS
from ds2026kg.graph.vocabulary import load_vocabulary
small = runpy.run_path(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    vocabulary = load_vocabulary(small["write_ontology"](Path(folder)), small["BASE"])
graph = small["build_graph"]()
for known in FORMATS.values():
    sys.stdout.buffer.writelines(known.writer(graph, vocabulary))
"""


def test_every_machine_writes_the_same_bytes() -> None:
    """Neither hash seed, locale, time zone nor encoding change a byte."""
    outputs = set()
    for seed, locale, zone in (("0", "C", "UTC"), ("42", "fr_CA.UTF-8", "Pacific/Auckland")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "TZ": zone,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        command = [sys.executable, "-c", _IN_A_NEW_PROCESS, str(HERE / "conftest.py")]
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs.pop().startswith(b"@base <https://w3id.org/ds2026/id/> .\n")
