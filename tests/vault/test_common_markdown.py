"""The short way to read common Markdown agrees with the long one, through the CommonMark parser."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ds2026kg.vault import Note, read_note
from ds2026kg.vault.body import BodyReader
from ds2026kg.vault.common_markdown import CommonMarkdown


def read(text: str) -> tuple[Note, list[str]]:
    """The note that `text` is, and the parts of it that were left to the CommonMark parser."""
    left: list[str] = []
    long_way = BodyReader.read

    def leave(self: BodyReader, markdown: str, base: int) -> None:
        left.append(markdown)
        long_way(self, markdown, base)

    with patch.object(BodyReader, "read", leave):
        return read_note("n.md", text.encode()), left


def read_at_length(text: str) -> Note:
    """The note that `text` is, none of which was read the short way."""
    with patch.object(CommonMarkdown, "read", CommonMarkdown.leave):
        return read_note("n.md", text.encode())


# What people write: whole words, and the signs that Markdown, Obsidian and Dataview may read.
WORDS = st.sampled_from(
    [
        *"a TBS 3.1a will Mission été 数据 🎉 l’é “so” (and) R&D AT&amp;T 50% a_b _x_".split(),
        *"x:y 12:30 no! 1. 2) - + # > | = == $5 $x$ * ** ~ ~~x~~ ^a ^[n] #tag key:: e.g. Q3—Q4".split(),
        *"\\* `c` & < <b> [x] [ ] ]: ::".split(),
        *("\u00a0", "", "\t"),
    ]
)
PLAIN = st.sampled_from(
    "a TBS 3.1a will été 数据 🎉 l’é “so” R&D 50% a_b x:y no! e.g. $5 Q3—Q4 évaluation".split()
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
PLAIN_TEXT = st.lists(PLAIN, min_size=1, max_size=5).map(" ".join)
NAME = st.lists(
    st.sampled_from("Mission 3.1a Été 数据 x-y a/b My_note No:1".split()), min_size=1, max_size=2
).map(" ".join)
DESTINATION = st.sampled_from(
    [
        "A.md",
        "A%20b.md",
        "./A.md#part",
        "https://a.b/c_d(e)",
        "https://a.b/c?d=e#f",
        "obsidian://open?file=A",
        "<A b.md>",
        "été.md",
    ]
)
LINK = st.one_of(
    NAME.map("[[{}]]".format),
    NAME.map("![[{}]]".format),
    st.tuples(NAME, PLAIN_TEXT | TEXT).map("[[{0[0]}|{0[1]}]]".format),
    NAME.map("[[{}#Part of it]]".format),
    NAME.map("[[{}#^id]]".format),
    st.tuples(PLAIN_TEXT | TEXT, DESTINATION).map("[{0[0]}]({0[1]})".format),
    PLAIN_TEXT.map("**{}**".format),
    PLAIN_TEXT.map("*{}*".format),
    PLAIN_TEXT.map("***{}***".format),
    TEXT.map("**{}**".format),
)
PIECE = st.one_of(PLAIN_TEXT, PLAIN_TEXT, LINK, TEXT)
LINE = st.tuples(
    st.sampled_from(["", "", "", "", "# ", "## ", "###### ", "#", "- ", "  ", "> ", "1. ", "\t"]),
    st.lists(PIECE, max_size=4),
    st.sampled_from([" ", " ", "", ": ", ", ", "."]),
    st.sampled_from(["", "", ".", ":", " ", "  ", " ^id", " #", "\\", " \u00a0", "\u2028"]),
).map(lambda parts: parts[0] + parts[2].join(parts[1]) + parts[3])
OTHER = st.sampled_from(
    [
        "",
        "",
        "",
        "---",
        "===",
        "***",
        "```",
        "~~~",
        "# code",
        "    code",
        "%% x",
        "%%",
        "<!--",
        "-->",
        "[a]: b",
        "[[A]]: b",
        "[^1]: note",
        "| a | b |",
        "|-|-|",
        "$$",
        "- [ ] task",
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", "\n\t\n\n"])


def bodies(line: SearchStrategy[str]) -> SearchStrategy[str]:
    """Texts of such lines, with line ends of any kind between them, and perhaps properties before."""
    text = st.lists(st.tuples(line, ENDS), max_size=8).map(
        lambda lines: "".join(each for pair in lines for each in pair)
    )
    return st.tuples(st.sampled_from(["", "", "---\nup: é\n---\n", "\ufeff", "\n"]), text).map(
        "".join
    )


@settings(max_examples=400, derandomize=True)
@given(bodies(LINE | OTHER))
@example("# A\n\ntext [[B]]\n\n- item ^id\n\n# C\ntext")
@example("# A\n[a]: b\n\n# C\n[a]")
@example("# A\n\n*a*b\n\n" * 600)
@example("é" * 300 + " [[B]] " + "é" * 300)
@example("# A\n\n" + "é [[B|b]] " * 600 + "c\n\nd")
@example("# A\r\n- b\nc\nd\r\n# E\r\nf [[G]]\r\n")
@example("# A #tag\n\n# B # c\n\n## #tag\n\n## D ##\n\n### #\n")
@example("# \n\n# A \n\n#  B\n\n#\u00a0C\n")
@example("a [b[c]d] e\n\nf](g\n\n[[h]i]j\n\n[k](l m)\n\n[n](o(p)\n\n[[q]](r)\n")
@example("a * b ** c * d\n\n*e* f *g*\n\n**h** *i*\n\nj **“k”** l\n\n**m**n\n\n(**o**)\n")
@example("a:/b [[c]]\n\nd: [[ e]]\n\nf: [[g| h]]\n\ni! [[j]]\n\nk ![[l]](m)\n\nn\u2028o\x85p\n")
@example("a\n" * 9000 + "# B\n" + "c [[é]]\n" * 3000)
def test_both_ways_agree_on_any_note(text: str) -> None:
    """A note read the short way is the note that the CommonMark parser gives, places and all."""
    note, left = read(text)
    event("left" if left else "all of it read the short way")
    assert note == read_at_length(text)


@settings(max_examples=300, derandomize=True)
@given(bodies(st.lists(PLAIN_TEXT | LINK, max_size=4).map(" ".join)))
def test_both_ways_agree_on_common_notes(text: str) -> None:
    """So it is where nearly every line is of the common kind."""
    note, left = read(text)
    event("left" if left else "all of it read the short way")
    assert note == read_at_length(text)
