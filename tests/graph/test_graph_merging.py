"""Several Turtle files published as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from ds2026kg.errors import ConfigurationError
from ds2026kg.graph.canonical import canonical_nquads, isomorphic
from ds2026kg.graph.serialization import merge_turtle

PROJECT = Path(__file__).parents[2]


def files(folder: Path, **contents: str) -> list[Path]:
    """Writes Turtle files, and lists them backwards."""
    for name, content in contents.items():
        (folder / f"{name}.ttl").write_bytes(content.encode())
    return [folder / f"{name}.ttl" for name in sorted(contents, reverse=True)]


def test_files_follow_each_other_by_name(tmp_path: Path) -> None:
    """The files stand under their names, whatever order and line ends they came with."""
    one = "\ufeff@prefix e: <http://e/> .\r\n# one\r\ne:a e:b e:c ."
    two = "\n@prefix e: <http://f/> .\n# two\ne:a e:b [ e:c e:d ] .\n\n"
    assert b"".join(merge_turtle(files(tmp_path, one=one, two=two))).decode() == (
        "# one.ttl\n\n@prefix e: <http://e/> .\n# one\ne:a e:b e:c .\n\n"
        "# two.ttl\n\n@prefix e: <http://f/> .\n# two\ne:a e:b [ e:c e:d ] .\n"
    )


def test_a_shared_blank_node_label_is_refused(tmp_path: Path) -> None:
    """Two files that each name a blank node alike cannot become one."""
    text = "_:x <http://e/a> <http://e/{}> ."
    with pytest.raises(ConfigurationError, match="share the label") as raised:
        list(merge_turtle(files(tmp_path, one=text.format(1), two=text.format(2))))
    assert raised.value.place == "one.ttl, two.ttl"


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """A file that cannot be read is named."""
    with pytest.raises(ConfigurationError, match="cannot be read") as raised:
        list(merge_turtle([tmp_path / "none.ttl"]))
    assert raised.value.place == str(tmp_path / "none.ttl")


@pytest.mark.parametrize("folder", ["ontology", "shapes"])
def test_the_project_s_own_files_can_be_joined(folder: str) -> None:
    """The merged file says what the files say."""
    paths = sorted((PROJECT / folder).glob("*.ttl"))
    merged = parse(b"".join(merge_turtle(paths)), format=RdfFormat.TURTLE)
    parts = (
        quad
        for path in paths
        for quad in parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    )
    assert isomorphic(merged, parts)


def test_blank_nodes_are_named_after_what_is_said_of_them() -> None:
    """The same graph with other blank nodes has the same canonical form; another graph has not."""
    says = NamedNode("http://e/says")
    one, two, three = (
        [Quad(BlankNode(a), says, BlankNode(b)), Quad(BlankNode(a), says, NamedNode("http://e/x"))]
        for a, b in (("a", "b"), ("z", "y"), ("z", "z"))
    )
    assert canonical_nquads(one) == canonical_nquads(two) != canonical_nquads(three)
    assert (isomorphic(one, two), isomorphic(one, three)) == (True, False)
