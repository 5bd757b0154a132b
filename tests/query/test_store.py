"""Data are opened from what a build makes, in memory or in files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from ds2026kg.errors import DataError
from ds2026kg.query.run import Truth, run
from ds2026kg.query.store import load_data

GRAPH = "https://w3id.org/ds2026/graph/"
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
}


def write(folder: Path, name: str, quads: list[Quad]) -> Path:
    """A file of `quads`, in the format of its suffix; without their graphs if it has none."""
    kind = FORMATS[name.rpartition(".")[2]]
    named = kind in (RdfFormat.N_QUADS, RdfFormat.TRIG)
    serialize(quads if named else [quad.triple for quad in quads], folder / name, format=kind)
    return folder / name


def graphs(store: Store) -> set[str]:
    """The names of the graphs of `store`, without what they have in common."""
    return {graph.value.removeprefix(GRAPH) for graph in store.named_graphs()}


def test_each_room_of_the_data_has_its_graph(store: Store) -> None:
    """Strategy and provenance keep their graphs, and the ontology gets one."""
    assert graphs(store) == {"strategy", "provenance", "ontology"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_published_format_is_read(
    suffix: str, tmp_path: Path, strategy_quads: list[Quad]
) -> None:
    """The same triples arrive from each of the six formats."""
    store = load_data(write(tmp_path, f"data.{suffix}", strategy_quads))
    assert {quad.triple for quad in store} == {quad.triple for quad in strategy_quads}
    found = run(store, "ASK { <https://w3id.org/ds2026/id/actor/tbs> ?p ?o }")
    assert found == Truth(True)


def test_a_build_is_read_with_its_ontology(tmp_path: Path, strategy_quads: list[Quad]) -> None:
    """Of a folder, the N-Quads and ontology.ttl are read, and nothing else."""
    for name in ("ds2026.nq", "ds2026.ttl", "aaa.nq", "void.ttl", "shapes.ttl", "queries.ttl"):
        quads = strategy_quads if name == "ds2026.nq" else []
        write(tmp_path, name, quads)
    concept = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))
    write(tmp_path, "ontology.ttl", [concept])
    store = load_data(tmp_path)
    assert graphs(store) == {"strategy", "provenance", "ontology"}
    assert len(store) == len(set(strategy_quads)) + 1


def test_a_build_without_named_graphs_is_read_too(
    tmp_path: Path, strategy_quads: list[Quad]
) -> None:
    """Where only Turtle was written, it is read, whatever the data set is called."""
    write(tmp_path, "plan.ttl", strategy_quads)
    assert len(load_data(tmp_path)) == len(set(strategy_quads))


@pytest.mark.parametrize(
    ("name", "content", "place", "message"),
    [
        ("none.ttl", None, "none.ttl", "there is no such file or folder"),
        ("none.xyz", None, "none.xyz", "there is no such file or folder"),
        ("data.csv", b"a,b", "data.csv", "this is not a known RDF format"),
        (
            "data.ttl",
            "<urn:a> <urn:b> 1 .\n<urn:é> a:b 2 .".encode(),
            "data.ttl:2:9",
            (
                "the data cannot be parsed: Parser error at line 2 between columns 9 and 12: "
                "The prefix a: has not been declared"
            ),
        ),
        (
            "data.nt",
            b'<urn:a> <urn:b> "\xff" .',
            "data.nt:1:18",
            (
                "the data cannot be parsed: Parser error at line 1 column 18: Invalid UTF-8: "
                "invalid utf-8 sequence of 1 bytes from index 0"
            ),
        ),
        (
            "data.jsonld",
            b'{"@context": "https://example.org/", "a": 1}',
            "data.jsonld",
            (
                "the data cannot be parsed: "
                "No LoadDocumentCallback has been set to load remote contexts"
            ),
        ),
    ],
)
def test_data_that_cannot_be_read_is_named(
    name: str, content: bytes | None, place: str, message: str, tmp_path: Path
) -> None:
    """Missing, unknown and faulty files are errors with the place in them."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        load_data(tmp_path / name)
    error = caught.value
    assert (error.place, error.message.en, error.status) == (str(tmp_path / place), message, 3)


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    """A folder with companions of a build, but no data set, says to build first."""
    (tmp_path / "void.ttl").touch()
    with pytest.raises(DataError) as caught:
        load_data(tmp_path)
    assert caught.value.render("fr") == (
        f"{tmp_path}: le dossier ne contient aucun jeu de données RDF\n"
        "  remède\u00a0: lancez d’abord ds2026kg build, ou nommez un fichier"
    )


def test_a_file_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    """A link that leads to itself cannot be read, which is not a crash."""
    (tmp_path / "loop.ttl").symlink_to("loop.ttl")
    with pytest.raises(DataError) as caught:
        load_data(tmp_path / "loop.ttl")
    assert str(caught.value) == (
        f"{tmp_path}/loop.ttl: the file cannot be read\n  remedy: check its permissions"
    )
