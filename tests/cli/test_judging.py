"""`--engine`, `--shapes` and the limit of statements, seen from the command line."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Call, Run, contents

OFFICE = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ds: <https://w3id.org/ds2026/ontology#> .
@prefix o: <https://office.example/shapes#> .
o:priority a sh:NodeShape ; sh:targetClass ds:Commitment ;
    sh:property [ sh:path ds:priority ; sh:minCount 9 ; sh:message "Nine"@en , "Neuf"@fr ] .
o:idle a sh:NodeShape ; sh:targetClass ds:Comitment .
"""
# Judging begins, says so, and never ends.
_ENDLESS = """
import sys, threading
from ds2026kg.cli import main
from ds2026kg.validation import shacl_engine

def judge(shapes, data):
    print("judging", flush=True)
    threading.Event().wait()

shacl_engine._report = judge
main(sys.argv[1:])
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Shapes of an office's own: one that every commitment breaks, one that matches nothing."""
    file = tmp_path / "office.ttl"
    file.write_text(OFFICE, encoding="utf-8")
    return file


def test_all_engines_write_the_same_bytes(
    vault: Path, call: Call, tmp_path: Path, office: Path
) -> None:
    """A build is the same, reports and all, whichever engine judged it."""
    built = []
    for engine in ("pyshacl", "shacl", "auto"):
        dist = tmp_path / engine
        outcome = call(
            *("build", vault, "-o", dist, "--engine", engine),
            *("--shapes", office, "--fail-on", "never"),
        )
        assert outcome.status == 0
        built.append((contents(dist), outcome.err.replace(str(dist), "")))
    assert built[0] == built[1] == built[2]


def test_own_shapes_judge_beside_ours(vault: Path, call: Call, office: Path) -> None:
    """What breaks an office's shape is told in its words; a shape that judges nothing as well."""
    outcome = call("validate", vault, "--shapes", office, "--lang", "fr")
    assert outcome.status == 1
    assert "violation priority\u00a0: Neuf" in outcome.out
    assert f"<https://office.example/shapes#idle> de {office} ne vise rien" in outcome.out


def test_shapes_of_the_settings_are_used_too(vault: Path, call: Call, office: Path) -> None:
    """`validation.shapes` is as good as `--shapes`, and lies beside the settings."""
    (office.parent / "s.toml").write_text('[validation]\nshapes = ["office.ttl"]\n', "utf-8")
    outcome = call("validate", vault, "--config", office.parent / "s.toml")
    assert outcome.status == 1
    assert "violation priority: Nine" in outcome.out


@pytest.mark.parametrize("command", ["validate", "build"])
def test_broken_shapes_are_a_fault_of_the_call(
    vault: Path, call: Call, tmp_path: Path, command: str
) -> None:
    """The file and line are named; nothing is judged or written."""
    file = tmp_path / "broken.ttl"
    file.write_text("@prefix a: <http://a/> .\na:b a:c . x\n", encoding="utf-8")
    outcome = call(command, vault, "--shapes", file)
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err.startswith(f"error: {file}:2: these SHACL shapes cannot be used: ")
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "error: validation.max_statements: the graph has more than 9 statements"),
        ("fr", "erreur\u00a0: validation.max_statements: le graphe a plus de 9 énoncés"),
    ],
)
def test_a_graph_that_is_too_large_is_not_judged(
    vault: Path, call: Call, language: str, told: str
) -> None:
    """More statements than the settings allow end a command before any engine is asked."""
    (vault / "ds2026kg.toml").write_text("[validation]\nmax_statements = 9\n", encoding="utf-8")
    outcome = call("build", vault, "--lang", language)
    assert outcome.status == 3
    assert outcome.err.startswith(told)
    assert not Path("dist").exists()
    assert call("build", vault, "--no-validate").status == 0


def test_debug_says_who_judged(vault: Path, run: Run) -> None:
    """The engine, and why the faster one did not judge, are for those who look for a fault."""
    told = run("validate", vault, "--engine", "shacl", "--debug").err
    assert "judged by shacl: " in told
    assert "judged by" not in run("validate", vault, "--engine", "shacl").err


def test_an_interrupt_ends_judging(vault: Path, call: Call, tmp_path: Path) -> None:
    """Ctrl-C while `shacl` judges ends with 130 and one line; the last build is there."""
    dist = tmp_path / "dist"
    assert call("build", vault, "-o", dist).status == 0
    before = contents(dist)
    words = ("build", vault, "-q", "-o", dist, "--engine", "shacl")
    process = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"judging\n"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130
    assert told.decode() == "error: interrupted; nothing was half-written\n"
    assert contents(dist) == before
