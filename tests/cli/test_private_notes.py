"""Private notes: a word planted in one reaches no file, no report and no line on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from ds2026kg.checking import judge
from ds2026kg.config import Settings
from ds2026kg.findings import Standing
from ds2026kg.reading import read

from .conftest import Call

WORD = "zebrafish"
HEAD = "---\nlabel_fr: Le SCT agira.\ndefinition_fr: Le SCT agira.\n"
PRIVATE = """---
title: Secret zebrafish plan
aliases: [zebrafish alias, ZBR zebrafish]
publish: false
notation: 3.9
label_en: zebrafish label
status: zebrafish status
zebrafish_key: 1
zebrafish_key: 2
ds2026kg-ignore: ['zebrafish: code', 'link-broken: zebrafish reason']
created: zebrafish day
up: '[[zebrafish parent]]'
---
# zebrafish heading
The zebrafish body. [[zebrafish gone]] ![[Secret zebrafish plan]]
"""


def told(call: Call, vault: Path, dist: Path) -> dict[str, str]:
    """What the program says of a vault, by command and by file; reports are in both languages."""
    commands = {
        "build": ("build", vault, "--site", "-o", dist, "--fail-on", "never"),
        "explain": ("explain", "3.1a", "--vault", vault, "--format", "json"),
        "tree": ("query", "mission-tree", "--vault", vault, "--format", "csv"),
        "validate": ("validate", vault),
        "validate in French": ("validate", vault, "--lang", "fr"),
        "validate as JSON": ("validate", vault, "--format", "json"),
        "validate as Turtle": ("validate", vault, "--format", "turtle"),
        "validate as Markdown": ("validate", vault, "--format", "markdown"),
        "vault": ("vault", vault),
        "vault as JSON": ("vault", vault, "--json"),
    }
    said = {}
    for name, arguments in commands.items():
        outcome = call(*arguments)
        said[name] = outcome.out + outcome.err
    if dist.exists():
        said |= {
            path.relative_to(dist).as_posix(): f"{path.name}\n{path.read_text('utf-8')}"
            for path in sorted(dist.rglob("*"))
            if path.is_file()
        }
    return said


def leaks(said: dict[str, str]) -> list[str]:
    """Where the planted word can be read."""
    return [name for name, text in said.items() if WORD in text.casefold()]


def definition(text: str) -> dict[str, str]:
    """A commitment with this text."""
    return {"Mission 3.1a.md": f"{HEAD}---\n# Mission 3.1a\nTBS will act on {text} soon.\n"}


def properties(text: str, name: str = "Mission 3.1a.md") -> dict[str, str]:
    """A commitment with these further properties."""
    return {name: f"---\n{text}---\n# Mission 3.1a\nTBS will act.\n"}


CANVAS = """{"nodes": [
  {"id": "a", "type": "file", "file": "Secret zebrafish plan.md", "subpath": "#zebrafish heading",
   "x": 0, "y": 0, "width": 1, "height": 1},
  {"id": "b", "type": "text", "text": "[[zebrafish alias]] and [[gone]]",
   "x": 0, "y": 0, "width": 1, "height": 1},
  {"id": "c", "type": "group", "label": "all", "x": 0, "y": 0, "width": 1, "height": 1}],
  "edges": [{"id": "d", "fromNode": "a", "toNode": "gone"}]}"""
LINKED = {
    "label": definition("[[Secret zebrafish plan|zebrafish label]]"),
    "name": definition("[[Secret zebrafish plan]]"),
    "alias": definition("[[zebrafish alias]]"),
    "label of an alias": definition("**[[ZBR zebrafish|zebrafish]]**"),
    "heading": definition("[[Secret zebrafish plan#zebrafish heading]]"),
    "Markdown link": definition("[zebrafish](Secret%20zebrafish%20plan.md#zebrafish)"),
    "embed": definition("![[Secret zebrafish plan#zebrafish heading]]"),
    "Markdown embed": definition("![zebrafish](Secret%20zebrafish%20plan.md)"),
    "reference": {
        "Other.md": "[zebrafish] [[gone]]\n\n[zebrafish]: Secret%20zebrafish%20plan.md\n"
    },
    "reference of a definition": {
        "Mission 3.1a.md": f"{HEAD}---\n# Mission 3.1a\nTBS will act on [zebrafish][z].\n\n"
        "[z]: <Secret zebrafish plan.md> 'zebrafish'\n"
    },
    "double encoding": definition("[zebrafish](Secret%2520zebrafish%2520plan.md 'zebrafish')"),
    "obsidian address": definition(
        "[zebrafish](obsidian://open?vault=vault&file=Secret%20zebrafish%20plan)"
    ),
    "bare obsidian address": definition("obsidian://open?file=Secret%20zebrafish%20plan"),
    "block": definition("[[Secret zebrafish plan#^zebrafish]]"),
    "missing heading": definition("[[zebrafish alias#No such zebrafish]]"),
    "beside a broken link": definition("[[gone]] [[zebrafish alias]] [[gone]]"),
    "inline footnote": definition("this^[see [[zebrafish alias]]]"),
    "footnote": {
        "Mission 3.1a.md": f"{HEAD}---\n# Mission 3.1a\nTBS will act.[^1]\n\n[^1]: [[zebrafish alias]]"
    },
    "field in brackets": definition("this [status:: [[zebrafish alias]]]"),
    "field in round brackets": definition("this (see:: [[zebrafish alias]])"),
    "table": {"Other.md": "| a |\n|---|\n| [[Secret zebrafish plan\\|zebrafish]] [[gone]] |\n"},
    "callout": {"Other.md": "> [!note] [[zebrafish alias]]\n> [[gone]]\n"},
    "task": {"Other.md": "- [/] [[zebrafish alias]] [[gone]]\n"},
    "heading elsewhere": {"Other.md": "# On [[zebrafish alias]] [[gone]]\n[[#gone]]\n"},
    "canvas": {"Board.canvas": CANVAS},
    "one of two of a name": {
        "zebrafish/Twin.md": "---\nshare: false\n---\n",
        "Twin.md": "public",
        "a/Twin.md": "public",
        "Other.md": "[[a/Twin]] [[Twin]]",
        "b/Other.md": "[[Twin]]",
    },
    "list": {
        "Mission 3.1a.md": f"{HEAD}---\n# Mission 3.1a\nTBS will act.\n\n- [[zebrafish alias]]"
    },
    "own heading": {
        "Mission 3.1a.md": f"{HEAD}notation: 3.1a\n---\n"
        "# Mission 3.1a [[Secret zebrafish plan|zebrafish]]\nTBS will act.\n"
    },
    "heading that opens a section": {
        "All.md": "# [Mission 3.1 zebrafish](Secret%20zebrafish%20plan.md)\nTBS will zebrafish.\n"
    },
    "definition in the properties": properties(
        "definition: 'TBS will do [[Secret zebrafish plan|zebrafish]]'\n"
    ),
    "label in the properties": properties("label_en: 'The [[zebrafish alias|zebrafish]]'\n"),
    "list of labels": properties("acronym_en: ['A', '[[zebrafish alias]]']\n"),
    "title": properties("notation: 3.1a\ntitle: 'Mission 3.1a [[zebrafish alias]]'\n"),
    "source": properties("source: '[[zebrafish alias|zebrafish]]'\n"),
    "status": properties("status: '[[zebrafish alias|zebrafish]]'\n"),
    "parent": properties("up: '[[zebrafish alias|zebrafish]]'\n"),
    "one of two parents": properties("up: ['[[zebrafish alias]]', '[[Mission 3.1]]']\n"),
    "lead": properties("ledBy: '[[Secret zebrafish plan|zebrafish]]'\n"),
    "supporter": properties("supportedBy: [[Secret zebrafish plan|zebrafish]]\n"),
    "unknown key": properties("related: '[[zebrafish alias|zebrafish]]'\n"),
    "inline lead": {
        "Mission 3.1a.md": f"{HEAD}---\nTBS will act.\n\nledBy:: [[Secret zebrafish plan]]\n"
    },
    "inline text": {
        "Mission 3.1a.md": "TBS will act.\n\ndefinition_fr:: Le [[zebrafish alias|zebrafish]] va\n"
    },
    "heading of an actor": {
        "TBS.md": "---\nid: actor/tbs\nclassification: Group\nlabel_fr: SCT\ntags: gc_entity\n---\n"
        "# TBS [[Secret zebrafish plan|zebrafish]]\n"
    },
    "code that is silenced": properties("ds2026kg-ignore: ['[[zebrafish alias]]: x']\n"),
    "reason of a silence": properties(
        "related: 1\nds2026kg-ignore: ['key-unknown: see [[Secret zebrafish plan|zebrafish]]']\n"
    ),
    "reason of all silences": properties(
        "related: 1\nds2026kg-ignore: [key-unknown]\n"
        "ds2026kg-ignore-reason: '[[zebrafish alias]]'\n"
    ),
    "second place": {
        "All.md": "# [Mission 3.1a](Mission%203.1a.md)\nTBS will act on [[zebrafish alias]].\n"
    },
}


@pytest.mark.parametrize("case", LINKED)
def test_a_link_into_a_private_note_tells_nothing_of_it(
    vault: Path, call: Call, tmp_path: Path, case: str
) -> None:
    """Neither target nor label of a link into a private note is told, wherever it stands."""
    (vault / "Secret zebrafish plan.md").write_text(PRIVATE, encoding="utf-8")
    for name, text in LINKED[case].items():
        (vault / name).parent.mkdir(exist_ok=True)
        (vault / name).write_text(text, encoding="utf-8")
    assert leaks(told(call, vault, tmp_path / "dist")) == []


@pytest.mark.parametrize(
    "mark",
    [
        "publish: false",
        "Publish: False",
        "publish: 'no'",
        "publish: off",
        "publish: 0",
        "share: false",
        "tags: private",
        "tags: [a, private]",
        "tags:\n  - private/plans",
        "tag: '#private'",
        "publish: true\nshare: false",
    ],
)
def test_every_mark_makes_a_note_private(
    vault: Path, call: Call, tmp_path: Path, mark: str
) -> None:
    """Whichever mark says so, a note is private, its faults and its file name with it."""
    (vault / "Mission 3.2 zebrafish.md").write_text(
        f"---\n{mark}\nnotation: 3.2\n---\n# Mission 3.2 zebrafish\nzebrafish [[gone]]\n",
        encoding="utf-8",
    )
    assert leaks(told(call, vault, tmp_path / "dist")) == []


def test_a_tag_in_the_text_makes_a_note_private(vault: Path, call: Call, tmp_path: Path) -> None:
    """The tag may stand in the text."""
    (vault / "Mission 3.2.md").write_text("# Mission 3.2\nzebrafish #private\n", encoding="utf-8")
    assert leaks(told(call, vault, tmp_path / "dist")) == []


@pytest.mark.parametrize("mark", ["publish: true", "share: yes", "tags: [privately]"])
def test_other_values_do_not(vault: Path, call: Call, tmp_path: Path, mark: str) -> None:
    """A note that may be published is; the search for the word can find it."""
    (vault / "Mission 3.2.md").write_text(
        f"---\n{mark}\n---\n# Mission 3.2\nzebrafish\n", encoding="utf-8"
    )
    said = told(call, vault, tmp_path / "dist")
    site = {"missions.fr.html", "doc/mission/3.2.en.html", "doc/mission/3.2.ttl"}
    data = {"tree", "ds2026.ttl", "ds2026.jsonld", "ds2026.rdf"}
    assert data | site <= set(leaks(said))


def test_an_entity_whose_own_note_is_private_is_not_published(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """A composite note's section for a private note is left out, and that is said."""
    (vault / "Mission 3.2.md").write_text("---\npublish: false\n---\nx\n", encoding="utf-8")
    (vault / "All.md").write_text(
        "# [Mission 3.2](Mission%203.2.md)\nzebrafish\n", encoding="utf-8"
    )
    said = told(call, vault, tmp_path / "dist")
    assert leaks(said) == []
    assert "All.md:1:1: warning section-private: " in said["build"]


def test_a_private_note_with_broken_properties_stays_private(
    vault: Path, call: Call, tmp_path: Path
) -> None:
    """Where the properties cannot be read, a line that would make the note private counts."""
    (vault / "Mission 3.2.md").write_text(
        "---\ntitle: a: zebrafish\npublish: false\n---\n# Mission 3.2\nzebrafish\n",
        encoding="utf-8",
    )
    said = told(call, vault, tmp_path / "dist")
    assert leaks(said) == []
    assert "Mission 3.2.md:2:9: violation yaml-syntax: " in said["build"]
    assert not (tmp_path / "dist").exists()


def test_what_is_left_out_of_a_text_is_marked(vault: Path, call: Call, tmp_path: Path) -> None:
    """The published text has an ellipsis in brackets where the private words stood."""
    (vault / "Secret zebrafish plan.md").write_text(PRIVATE, encoding="utf-8")
    (vault / "Mission 3.1a.md").write_text(LINKED["label"]["Mission 3.1a.md"], encoding="utf-8")
    assert call("build", vault, "-o", tmp_path / "dist").status == 0
    triples = (tmp_path / "dist" / "ds2026.nt").read_text("utf-8")
    assert '#definition> "TBS will act on […] soon."@en .' in triples


def test_the_local_report_tells_of_private_notes_when_asked(vault: Path, call: Call) -> None:
    """`vault --private` shows what is wrong in private notes, and their parts as JSON."""
    (vault / "Secret zebrafish plan.md").write_text(PRIVATE, encoding="utf-8")
    said = call("vault", vault, "--private").out
    assert "warning link-broken: This link leads to no note or file: “zebrafish gone”." in said
    parts = call("vault", vault, "--private", "--json").out
    assert all(part in parts for part in ("zebrafish heading", "zebrafish alias", "zebrafish gone"))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".ds2026kgignore", "Secret*\n"),
        (".obsidian/app.json", '{"userIgnoreFilters": ["Secret"]}'),
        (".obsidian/templates.json", '{"folder": "Plans"}'),
    ],
)
def test_a_note_that_is_passed_over_is_held_to_be_private(
    vault: Path, call: Call, tmp_path: Path, file: str, text: str
) -> None:
    """What a note says that is not read cannot be known: links to it tell nothing."""
    (vault / ".obsidian").mkdir(exist_ok=True)
    (vault / "Plans").mkdir()
    (vault / file).write_text(text, encoding="utf-8")
    name = "Plans/Secret zebrafish plan.md" if "templates" in file else "Secret zebrafish plan.md"
    (vault / name).write_text("zebrafish", encoding="utf-8")
    (vault / "Mission 3.1a.md").write_text(LINKED["label"]["Mission 3.1a.md"], encoding="utf-8")
    assert leaks(told(call, vault, tmp_path / "dist")) == []


def test_a_reason_that_names_a_private_note_is_withheld(vault: Path) -> None:
    """The finding is silenced all the same; of the reason only […] is kept."""
    (vault / "Secret zebrafish plan.md").write_text(PRIVATE, encoding="utf-8")
    for name, text in LINKED["reason of a silence"].items():
        (vault / name).write_text(text, encoding="utf-8")
    silenced = [
        (finding.rule.code, finding.reason)
        for finding in judge(read(vault, Settings()))
        if finding.standing is Standing.SILENCED
    ]
    assert silenced == [("key-unknown", "[…]")]
