"""The links of a whole vault: where each leads, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ds2026kg.vault import Arc, Counts, Link, Vault

Found = list[tuple[str, str, str]]


def opened(folder: Path, files: dict[str, str]) -> Vault:
    """A vault named "Strategy" with these files."""
    root = folder / "Strategy"
    root.mkdir()
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Vault(root)


def wrong(vault: Vault, *, private: bool = False) -> Found:
    """The rule, the place and the values of each finding about links."""
    return [
        (finding.rule.code, str(finding.span), ", ".join(map(str, finding.values.values())))
        for finding in vault.survey.findings(private=private)
    ]


def orphans(vault: Vault, *, private: bool = False) -> list[str]:
    """The notes that are said to be orphans."""
    codes = ((code, place) for code, place, _ in wrong(vault, private=private))
    return [place.partition(":")[0] for code, place in codes if code == "note-orphan"]


def arcs(vault: Vault) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    """Where each link of the vault leads."""
    return [(arc.source, arc.link.target, arc.target, arc.others) for arc in vault.links()]


def card(kind: str, **values: str) -> str:
    """A canvas with one card."""
    return json.dumps({"nodes": [{"id": "1", "type": kind, **values}]})


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[[B]] [[b.md|x]] [x](B.md) ![[B]] ![x](i.png) [[B#Part]] [[B#^id]] [[#Own]]", []),
        ("[[No]]", [("link-broken", "A.md:1:1", "No")]),
        ("x [no](No%20note.md#Part)", [("link-broken", "A.md:1:3", "No note.md")]),
        ("![[no.png|100]]", [("embed-broken", "A.md:1:1", "no.png")]),
        ("![](b/no.png)", [("embed-broken", "A.md:1:1", "b/no.png")]),
        ("[[B#No]]", [("heading-missing", "A.md:1:1", "No, B.md")]),
        ("[[B#Part#Own]]", [("heading-missing", "A.md:1:1", "Part#Own, B.md")]),
        ("![[B#^no]]", [("block-missing", "A.md:1:1", "^no, B.md")]),
        ("[x](B.md#^no)", [("block-missing", "A.md:1:1", "^no, B.md")]),
        ("[[#No]]", [("heading-missing", "A.md:1:1", "No, A.md")]),
        ("![[#^no]]", [("block-missing", "A.md:1:1", "^no, A.md")]),
        ("![[A]]", [("embed-of-itself", "A.md:1:1", "")]),
        ("![x](./A.md)", [("embed-of-itself", "A.md:1:1", "")]),
        ("[[A]] ![[#Own]]", []),
        ("![[r.pdf#page=3]] ![[q.base#View]] [[i.png#x]] [[plan.canvas#x]]", []),
        ("[w](https://no.example) <https://no.example> <mail@no.example> [f](file:///no)", []),
        ("`[[No]]` %%[[No]]%%", []),
    ],
)
def test_a_link_that_leads_nowhere_is_one_finding(
    tmp_path: Path, link: str, expected: Found
) -> None:
    """Notes, headings and blocks that are not there, embeds of nothing and of the note itself."""
    files = {
        "A.md": f"{link}\n\n# Own\n[[B]]\n",
        "B.md": "# Part\ntext ^id\n",
        "i.png": "",
        "r.pdf": "",
        "q.base": "",
        "plan.canvas": "{}",
    }
    assert wrong(opened(tmp_path, files)) == expected


def test_links_in_properties_and_fields_are_judged_too(tmp_path: Path) -> None:
    """Wherever a link stands, its finding names its place."""
    text = '---\nup: "[[No|x]]"\n---\nby:: [[Nobody]]\n\n| [[A#x\\|y]] |\n|---|\n'
    assert wrong(opened(tmp_path, {"A.md": text, "B.md": "[[A]]"})) == [
        ("link-broken", "A.md:2:6", "No"),
        ("link-broken", "A.md:4:6", "Nobody"),
        ("heading-missing", "A.md:6:3", "x, A.md"),
    ]


def test_an_ambiguous_link_says_which_note_obsidian_takes(tmp_path: Path) -> None:
    """Below the own folder first, then the shortest path; a whole path is never ambiguous."""
    files = {
        "A.md": "[[Twin]] [x](twin.md) [[x/Twin]] [[y/Twin]]",
        "x/Twin.md": "[[A]]",
        "y/Twin.md": "[[./Twin]]",
        "y/B.md": "[[Twin]] [[../x/Twin]]",
    }
    vault = opened(tmp_path, files)
    assert wrong(vault) == [
        ("link-ambiguous", "A.md:1:1", "Twin, x/Twin.md, y/Twin.md"),
        ("link-ambiguous", "A.md:1:10", "twin.md, x/Twin.md, y/Twin.md"),
        ("link-ambiguous", "y/B.md:1:1", "Twin, y/Twin.md, x/Twin.md"),
    ]
    assert arcs(vault) == [
        ("A.md", "Twin", "x/Twin.md", ("y/Twin.md",)),
        ("A.md", "twin.md", "x/Twin.md", ("y/Twin.md",)),
        ("A.md", "x/Twin", "x/Twin.md", ()),
        ("A.md", "y/Twin", "y/Twin.md", ()),
        ("x/Twin.md", "A", "A.md", ()),
        ("y/B.md", "Twin", "y/Twin.md", ("x/Twin.md",)),
        ("y/B.md", "../x/Twin", "x/Twin.md", ()),
        ("y/Twin.md", "./Twin", "y/Twin.md", ()),
    ]


def test_a_note_at_the_root_is_not_ambiguous(tmp_path: Path) -> None:
    """Its name is its whole path, wherever its namesakes are."""
    files = {"Twin.md": "[[A]]", "x/Twin.md": "[[A]]", "A.md": "[[Twin]]"}
    vault = opened(tmp_path, files)
    assert wrong(vault) == []
    assert [arc for arc in arcs(vault) if arc[0] == "A.md"] == [("A.md", "Twin", "Twin.md", ())]


def test_names_come_before_aliases_whatever_the_order_of_the_notes(tmp_path: Path) -> None:
    """An alias that a later note gives itself is known all the same; one of two is ambiguous."""
    files = {
        "A.md": "[[Area]] [[the area]] [[Both]] [[C]] [[3]]",
        "b/Area.md": "[[A]]",
        "C.md": "---\naliases: [Area, The Area, Both, 3]\n---\n[[A]]",
        "D.md": "---\nalias: both\naliases:\n---\n[[A]]",
        "E.md": "---\nAliases: C\n---\n[[A]]",
    }
    vault = opened(tmp_path, files)
    assert [arc for arc in arcs(vault) if arc[0] == "A.md"] == [
        ("A.md", "Area", "b/Area.md", ()),
        ("A.md", "the area", "C.md", ()),
        ("A.md", "Both", "C.md", ("D.md",)),
        ("A.md", "C", "C.md", ()),
        ("A.md", "3", "C.md", ()),
    ]
    assert wrong(vault) == [("link-ambiguous", "A.md:1:23", "Both, C.md, D.md")]


def test_an_orphan_neither_links_nor_is_linked(tmp_path: Path) -> None:
    """Links from properties and canvases count; links to nowhere, to the web or to itself do not."""
    files = {
        "linking.md": "[[linked]]",
        "linked.md": "",
        "by property.md": '---\nup: "[[linked]]"\n---\n',
        "by image.md": "![[i.png]]",
        "by alias.md": "[[other name]]",
        "aliased.md": "---\nalias: other name\n---\n",
        "on canvas.md": "",
        "on card.md": "",
        "file.canvas": card("file", file="on canvas.md"),
        "text.canvas": card("text", text="see [[on card]]"),
        "i.png": "",
        "x/alone.md": "",
        "x/broken.md": "[[nobody]]",
        "x/narcissus.md": "[[narcissus]]",
        "x/web.md": "[w](https://example.org)",
    }
    vault = opened(tmp_path, files)
    assert orphans(vault) == ["x/alone.md", "x/broken.md", "x/narcissus.md", "x/web.md"]


def test_a_note_that_cannot_be_read_is_no_orphan(tmp_path: Path) -> None:
    """Nothing is known of its links; that it cannot be read is said elsewhere."""
    vault = opened(tmp_path, {"A.md": "[[B]]", "B.md": ""})
    (tmp_path / "Strategy" / "bad.md").write_bytes(b"\xff")
    assert orphans(Vault(vault.root)) == []


class Registry:
    """What another room knows: that links to F-numbers are forms, and that F1 has its place."""

    def knows(self, link: Link, source: str) -> bool:
        """Whether the link is to a form, from a note that may say so."""
        return link.target.startswith("F") and source == "A.md"

    def places(self, path: str) -> bool:
        """Whether it is the first form."""
        return path == "F1.md"


def test_what_is_known_elsewhere_is_no_fault(tmp_path: Path) -> None:
    """A link that another room can resolve is not broken, a note that it placed no orphan."""
    files = {"A.md": "[[F7]] [[G7]] [[B]]", "B.md": "[[F8]]", "F1.md": "", "F2.md": ""}
    survey = opened(tmp_path, files).survey
    found = [(finding.rule.code, str(finding.span)) for finding in survey.findings(Registry())]
    assert found == [
        ("link-broken", "A.md:1:8"),
        ("link-broken", "B.md:1:1"),
        ("note-orphan", "F2.md:1:1"),
    ]


@pytest.mark.parametrize(
    ("canvas", "expected"),
    [
        (card("file", file="A.md"), []),
        (card("file", file="gone.md"), [("embed-broken", "gone.md", "gone.md")]),
        (card("file", file="A.md", subpath="#No"), [("heading-missing", "A.md", "No, A.md")]),
        (card("file", file="A.md", subpath="#^no"), [("block-missing", "A.md", "^no, A.md")]),
        (card("text", text='é "[[No]]"'), [("link-broken", "[[No]]", "No")]),
        (card("group", background="no.png"), [("embed-broken", "no.png", "no.png")]),
        (card("link", url="https://no.example"), []),
    ],
)
def test_the_links_of_a_canvas_are_judged_as_those_of_a_note(
    tmp_path: Path, canvas: str, expected: Found
) -> None:
    """Cards for files, Markdown in text cards and background images lead somewhere or nowhere."""
    vault = opened(tmp_path, {"A.md": "[[B]]", "B.md": "", "c.canvas": canvas})
    places = {source: f"c.canvas:1:{canvas.index(source) + 1}" for _, source, _ in expected}
    assert wrong(vault) == [(code, places[source], values) for code, source, values in expected]


def test_obsidian_addresses_lead_into_this_vault_alone(tmp_path: Path) -> None:
    """Those that name this vault or none resolve; those of other vaults and of commands do not."""
    addresses = [
        "obsidian://open?vault=Strategy&file=b%2FB",
        "obsidian://open?vault=strategy&file=b%2FB.md%23Part",
        "obsidian://open?file=B",
        "obsidian://vault/Strategy/b/B",
        "obsidian://open?vault=Other&file=b%2FB",
        "obsidian://search?query=B",
        "obsidian://",
    ]
    text = "\n".join(f"[x]({address})" for address in addresses)
    vault = opened(tmp_path, {"A.md": text, "b/B.md": "# Part"})
    found = [target for _, _, target, _ in arcs(vault)]
    assert found == ["b/B.md"] * 4 + [None] * 3
    assert wrong(vault) == []
    assert [arc.link.target for arc in vault.backlinks("B")] == addresses[:4]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("gone", [("link-broken", "A.md:1:1", "gone")]),
        ("b%2FB%23No", [("heading-missing", "A.md:1:1", "No, b/B.md")]),
        ("Twin", [("link-ambiguous", "A.md:1:1", "Twin, b/Twin.md, cc/Twin.md")]),
        ("b%2FTwin", []),
        ("B%23%5Eno", [("block-missing", "A.md:1:1", "^no, b/B.md")]),
    ],
)
def test_obsidian_addresses_are_judged_as_other_links(
    tmp_path: Path, file: str, expected: Found
) -> None:
    """By the file and the heading that they name."""
    files = {
        "A.md": f"[x](obsidian://open?vault=Strategy&file={file}) [[B]]",
        "b/B.md": "# Part",
        "b/Twin.md": "[[A]]",
        "cc/Twin.md": "[[A]]",
    }
    assert wrong(opened(tmp_path, files)) == expected


def test_nothing_is_missing_from_a_note_that_cannot_be_read(tmp_path: Path) -> None:
    """Its headings and blocks are not known, whoever asks."""
    vault = opened(tmp_path, {"A.md": "[[bad#H]] ![[bad#^x]] [[B#H]]", "B.md": "[[A]]"})
    (vault.root / "bad.md").write_bytes(b"# \xff")
    expected = [("heading-missing", "A.md:1:23", "H, B.md")]
    again = Vault(vault.root)
    assert (wrong(again), wrong(again, private=True)) == (expected, expected)


def test_backlinks_are_found_through_every_name(tmp_path: Path) -> None:
    """By name, path, alias and embed, from notes and canvases, each once, with its place."""
    files = {
        "A.md": "[[B]] and [x](x/B.md#H) not [[C]]",
        "C.md": "![[the area]]",
        "x/B.md": "---\naliases: the area\n---\n# H",
        "y.canvas": card("file", file="x/B.md"),
    }
    vault = opened(tmp_path, files)
    found = [(arc.source, str(arc.link.span), arc.target) for arc in vault.backlinks("b")]
    assert found == [
        ("A.md", "A.md:1:1", "x/B.md"),
        ("A.md", "A.md:1:11", "x/B.md"),
        ("C.md", "C.md:1:1", "x/B.md"),
        ("y.canvas", "y.canvas:1:49", "x/B.md"),
    ]
    assert list(vault.backlinks("nobody")) == []


PRIVATE = {
    "head.md": "---\npublish: false\naliases: MARK alias\n---\n# MARK heading\n[[MARK no]] ![[head]]",
    "tagged.md": "#private\n[[A#MARK part]] [[#MARK]] [[Twin]] [[B]]",
    "x/Twin.md": "---\nshare: no\n---\n",
    "y/MARK.md": "---\ntags: private\n---\n",
}
PUBLIC = {
    "A.md": "[[head]] [[head#nope]] ![[head#^nope]] [[MARK alias]] [[MARK]] [[Twin]] [[y/MARK#no]]",
    "B.md": "",
    "Twin.md": "[[A]]",
    "z/Twin.md": "[[A]] [[../x/Twin]]",
}


def test_nothing_that_names_a_private_note_or_comes_from_it_is_told(tmp_path: Path) -> None:
    """Neither its own links, nor links to its parts, nor that it has a namesake or stands alone."""
    assert wrong(opened(tmp_path, PRIVATE | PUBLIC)) == []


def test_the_owner_is_told_of_private_notes_too(tmp_path: Path) -> None:
    """With `private`, findings in and about private notes are as those of any other."""
    assert wrong(opened(tmp_path, PRIVATE | PUBLIC), private=True) == [
        ("heading-missing", "A.md:1:10", "nope, head.md"),
        ("block-missing", "A.md:1:24", "^nope, head.md"),
        ("heading-missing", "A.md:1:73", "no, y/MARK.md"),
        ("link-broken", "head.md:6:1", "MARK no"),
        ("embed-of-itself", "head.md:6:13", ""),
        ("heading-missing", "tagged.md:2:1", "MARK part, A.md"),
        ("heading-missing", "tagged.md:2:17", "MARK, tagged.md"),
    ]


def test_a_private_namesake_is_not_among_the_others(tmp_path: Path) -> None:
    """A link that could mean public notes and a private one is ambiguous between the public ones."""
    files = {
        "A.md": "[[Twin]] [[Pair]]",
        "a/Twin.md": "[[A]]",
        "bb/Twin.md": "[[A]]",
        "ccc/Twin.md": "#private\n[[A]]",
        "a/Pair.md": "[[A]]",
        "bb/Pair.md": "#private\n[[A]]",
    }
    vault = opened(tmp_path, files)
    assert wrong(vault) == [("link-ambiguous", "A.md:1:1", "Twin, a/Twin.md, bb/Twin.md")]
    assert wrong(vault, private=True) == [
        ("link-ambiguous", "A.md:1:1", "Twin, a/Twin.md, bb/Twin.md, ccc/Twin.md"),
        ("link-ambiguous", "A.md:1:10", "Pair, a/Pair.md, bb/Pair.md"),
    ]


def test_a_private_note_is_an_orphan_for_its_owner_alone(tmp_path: Path) -> None:
    """That a private note exists is not told; a public note that one links to is linked."""
    files = {"A.md": "#private\n[[B]]", "B.md": "", "C.md": "#private"}
    vault = opened(tmp_path, files)
    assert (orphans(vault), orphans(vault, private=True)) == ([], ["C.md"])


def test_notes_that_are_passed_over_are_held_to_be_private(tmp_path: Path) -> None:
    """They are not read, yet links lead to them; nothing is said of their inside."""
    files = {
        ".obsidian/app.json": '{"userIgnoreFilters": ["old/"]}',
        "A.md": "[[old/Note]] [[note#Anything]] ![[old/pic.png]] [[Twin]] [[MARK]]",
        "old/Note.md": "[[nowhere]]\n---\naliases: MARK\n---\n",
        "old/pic.png": "",
        "old/Twin.md": "",
        "new/Twin.md": "[[A]]",
    }
    vault = opened(tmp_path, files)
    broken = ("link-broken", "A.md:1:58", "MARK")
    ambiguous = ("link-ambiguous", "A.md:1:49", "Twin, new/Twin.md, old/Twin.md")
    assert (wrong(vault), wrong(vault, private=True)) == ([broken], [ambiguous, broken])
    assert vault.survey.is_private("old/Note.md")
    assert arcs(vault)[:4] == [
        ("A.md", "old/Note", "old/Note.md", ()),
        ("A.md", "note", "old/Note.md", ()),
        ("A.md", "old/pic.png", "old/pic.png", ()),
        ("A.md", "Twin", "new/Twin.md", ("old/Twin.md",)),
    ]


def test_the_survey_counts_what_it_saw(tmp_path: Path) -> None:
    """Notes, links that stay in the vault, embeds and external links, and the parts of notes."""
    files = {
        "A.md": "# H #t\n[[B]] [x](B.md) ![[i.png]] <https://example.org>\n\n- [ ] a [k:: v]\n- [x] b\n",
        "B.md": '---\nup: "[[A]]"\ntags: [private]\n---\nk:: v\n',
        "c.canvas": card("file", file="A.md"),
    }
    assert opened(tmp_path, files).survey.counts == Counts(
        notes=2,
        private=1,
        canvases=1,
        links=3,
        embeds=2,
        external=1,
        headings=1,
        tags=2,
        blocks=3,
        tasks=2,
        fields=2,
    )


def test_an_arc_is_a_link_with_its_ends(tmp_path: Path) -> None:
    """What `Vault.links` yields says where the link stands, where it leads and what it is."""
    vault = opened(tmp_path, {"A.md": "x [[B|see]]", "B.md": ""})
    (arc,) = vault.links()
    assert (arc, str(arc.link.span)) == (Arc("A.md", arc.link, "B.md"), "A.md:1:3")


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    """The links lead where they led, and what is wrong stays as it is, however often it is read."""
    vault = opened(tmp_path, {"A.md": "---\naliases: [Alpha]\n---\n[[B]]", "B.md": "[[Alpha]]"})
    first = (list(vault.links()), wrong(vault))
    assert (list(vault.links()), wrong(vault)) == first
    assert [(arc.target, arc.others) for arc in first[0]] == [("B.md", ()), ("A.md", ())]


def test_an_arrow_of_a_canvas_is_a_link_between_its_files(tmp_path: Path) -> None:
    """The file at its tip has a backlink from the file at its tail, placed in the canvas."""
    card = (
        '{{"id": "{0}", "type": "file", "file": "{0}.md", "x": 0, "y": 0, "width": 1, "height": 1}}'
    )
    cards = ", ".join(card.format(name) for name in ("A", "B", "gone"))
    arrows = '{"id": "1", "fromNode": "A", "toNode": "B", "label": "leads to"}, '
    arrows += '{"id": "2", "fromNode": "A", "toNode": "gone"}'
    board = f'{{"nodes": [{cards}], "edges": [{arrows}]}}'
    vault = opened(tmp_path, {"A.md": "", "B.md": "", "Board.canvas": board})
    back = [(arc.source, arc.link.label, arc.link.span.file) for arc in vault.backlinks("B")]
    assert back == [("Board.canvas", "B.md", "Board.canvas"), ("A.md", "leads to", "Board.canvas")]
    assert [place for place in wrong(vault) if place[0] != "embed-broken"] == []
