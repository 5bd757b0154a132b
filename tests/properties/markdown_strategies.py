"""Whole notes as people write them in Obsidian, and worse, for property tests of the reader.

A note is made of pieces that can each be drawn alone: names, links, embeds, fields, properties,
blocks. All are made with LF; `notes` gives each note its own line ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy


def _form(template: str, **pieces: SearchStrategy[str]) -> SearchStrategy[str]:
    """The template with each piece in its place, the same wherever it stands twice."""

    @st.composite
    def filled(draw: DrawFn) -> str:
        return template.format_map({name: draw(piece) for name, piece in pieces.items()})

    return filled()


def _joined(
    pieces: SearchStrategy[str], separator: str, least: int, most: int
) -> SearchStrategy[str]:
    return st.lists(pieces, min_size=least, max_size=most).map(separator.join)


def _lines(text: str, first: str, rest: str) -> str:
    """The text with its lines set in: by `first`, and the others by `rest`."""
    return first + text.replace("\n", "\n" + rest)


# --- Words -------------------------------------------------------------------------------------

# é twice, composed and not; an emoji of several code points; no-break and zero-width spaces.
WORDS = st.sampled_from((
    *"a TBS Mission 3.1a departments 2026 été e\u0301te\u0301 données 数据 🇨🇦 👩\u200d💻 ß İ".split(),
    "A\u00a0B", "a\tb", "\u200b", "l’accès", "R&D", "&amp;", "&#0;", "\\*", "*", "_x_", "<", "~",
))  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0")
TEXTS = _joined(WORDS, " ", 1, 4) | st.text(CHARACTERS, max_size=8)
NAMES = _joined(st.sampled_from("Mission 3.1a Été 数据 🎉 B&C x-y a.b".split()), " ", 1, 3)
PATHS = NAMES | _form("{a}/{b}", a=NAMES, b=NAMES) | _form("../{a}.md", a=NAMES)
SLUGS = st.sampled_from("a1 mission-31a data x/y Été 2026-03 émoji🎉".split())
TAGS = _form("#{s}", s=SLUGS | _form("{a}/{b}", a=SLUGS, b=SLUGS)) | st.sampled_from(
    ("#123", "##", "#")
)
FRAGMENTS = st.one_of(
    st.just(""),
    _form("#{a}", a=TEXTS),
    _form("#{a}#{b}", a=NAMES, b=NAMES),
    _form("#^{a}", a=SLUGS),
)

# --- Links -------------------------------------------------------------------------------------

WIKILINKS = st.one_of(
    _form("[[{n}{f}]]", n=PATHS, f=FRAGMENTS),
    _form("[[{n}{f}|{t}]]", n=PATHS, f=FRAGMENTS, t=TEXTS),
    _form("[[#{t}]]", t=TEXTS),
    st.sampled_from(
        ("[[]]", "[[|]]", "[[a|]]", "[[ ]]", "[[a]", "[[a\nb]]", "[[[a]]]", "[[a[b]]]")
    ),
)
ADDRESSES = st.one_of(
    st.sampled_from(("https://example.org/a%20b?c=1#d", "www.example.org", "mailto:a@example.org")),
    _form("obsidian://open?vault=v&file={n}", n=NAMES.map(quote)),
)
DESTINATIONS = st.one_of(
    ADDRESSES,
    _form("{n}.md{f}", n=PATHS.map(quote), f=FRAGMENTS.map(lambda text: quote(text, safe="#^"))),
    _form("{n}", n=PATHS.map(quote).map(quote)),  # encoded twice, as some exporters do
    _form("<{n}{f}>", n=PATHS, f=FRAGMENTS),
    _form('{n} "{t}"', n=NAMES.map(quote), t=TEXTS),
    st.sampled_from(("", "#", "<>", "a%2", "%FF", "%00", "(a)")),
)
MARKDOWN_LINKS = st.one_of(
    _form("[{t}]({d})", t=TEXTS, d=DESTINATIONS),
    st.sampled_from(("[ref]", "[ref][]", "[text][ref]", "[no][such]", "![ref]")),
)
EMBEDS = st.one_of(
    _form("!{k}", k=WIKILINKS),
    _form("![[{n}.png|{s}]]", n=NAMES, s=st.sampled_from(("100", "100x50", "alt|100", "x"))),
    _form("![[{n}.pdf#page={p}]]", n=NAMES, p=st.sampled_from(("1", "12", "x"))),
    _form("![{t}|100x50]({d})", t=TEXTS, d=DESTINATIONS),
)
AUTOLINKS = ADDRESSES | _form("<{a}>", a=ADDRESSES)

# --- Within a line -----------------------------------------------------------------------------

KEYS = st.sampled_from("up key Key Été label_fr due-date 数据 **bold** 2026".split()) | TEXTS
FIELDS = st.one_of(
    _form("[{k}:: {v}]", k=KEYS, v=TEXTS | WIKILINKS),
    _form("({k}:: {v})", k=KEYS, v=TEXTS | MARKDOWN_LINKS),
)
VERBATIM = st.one_of(
    _form("`{t}`", t=WIKILINKS | TEXTS),
    _form("``{a}\n{b}``", a=TEXTS, b=TAGS),
    _form("${t}$", t=WIKILINKS | TEXTS),
    _form("%% {t} %%", t=WIKILINKS | TEXTS),
    _form("<!-- {t} -->", t=WIKILINKS),
    _form('<a href="{t}">{t}</a>', t=WIKILINKS),
)
PIECES = st.one_of(
    TEXTS, WIKILINKS, MARKDOWN_LINKS, EMBEDS, AUTOLINKS, FIELDS, VERBATIM, TAGS,
    st.sampled_from(("[^1]", "[^note]", "^[inline]", "%%", "$", "$$", "`", "\\", "==marked==", "~~x~~")),
)  # fmt: skip
INLINES = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        _form("**{t}**", t=inner),
        _form("*{t}*", t=inner),
        _form("[{t}](a.md)", t=inner),
        _joined(inner, " ", 2, 4),
    ),
    max_leaves=6,
)
LINES = INLINES | _form("{t} ^{s}", t=INLINES, s=SLUGS)

# --- Blocks ------------------------------------------------------------------------------------

HEADINGS = st.one_of(
    _form("{h} {t}", h=st.sampled_from(("#", "##", "###", "######", "#######", "   #")), t=INLINES),
    _form("# {t} #", t=INLINES),
    _form("{t}\n{u}", t=INLINES, u=st.sampled_from(("===", "---", "="))),
    st.just("#"),
)
PARAGRAPHS = st.one_of(
    _joined(LINES, "\n", 1, 3),
    _joined(LINES, "  \n", 2, 3),
    _form("{k}:: {v}", k=KEYS, v=INLINES),
    _form("{k}::", k=KEYS),
    _form("^{s}", s=SLUGS),
)
CELLS = INLINES.map(lambda text: text.replace("|", "\\|").replace("\n", " "))
TABLES = st.one_of(
    _form("| {a} | {b} |\n|---|:-:|\n| {b} | {c} |\n| {a} |", a=CELLS, b=CELLS, c=CELLS),
    _form("{a} | {b}\n--|--\n{c} | {a} | {b}", a=CELLS, b=CELLS, c=INLINES),
)
FENCES = st.sampled_from(("```", "````", "~~~"))
LEAVES = st.one_of(
    HEADINGS,
    PARAGRAPHS,
    TABLES,
    _form("{f}python\n{t}\n{f}", f=FENCES, t=INLINES),
    _form("```\n{t}", t=INLINES),  # not closed
    INLINES.map(lambda text: _lines(text, "    ", "    ")),
    _form("$$\n{t}\n$$", t=TEXTS),
    _form("%%\n{t}\n\n{t}\n%%", t=INLINES),
    _form("<div>\n{t}\n</div>", t=INLINES),
    _form("<div>\n\n{t}\n\n</div>", t=INLINES),
    _form("[^1]: {t}\n\n    {t}", t=INLINES),
    _form("[ref]: {d}", d=DESTINATIONS),
    st.sampled_from(("---", "***", "", " ", "\t")),
)
BULLETS = st.sampled_from(
    ("- ", "* ", "+ ", "1. ", "10) ", "-\t", "- [ ] ", "- [x] ", "- [/] ", "* [🎉] ")
)
CALLOUTS = _form(
    "> [!{k}{t}", k=st.sampled_from(("note] ", "Warning]- ", "x|y]+ ", "] ", "tip]")), t=INLINES
)


def _nested(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    """Lists, quotes and callouts of blocks."""
    items = st.tuples(BULLETS, inner).map(lambda item: _lines(item[1], item[0], " " * len(item[0])))
    quotes = inner.map(lambda text: _lines(text, "> ", "> "))
    return st.one_of(
        _joined(items, "\n", 1, 3),
        _joined(items, "\n\n", 2, 3),
        quotes,
        inner.map(lambda text: _lines(text, ">", "")),  # its other lines go on lazily
        _form("{c}\n{q}", c=CALLOUTS, q=quotes),
    )


BLOCKS = st.recursive(LEAVES, _nested, max_leaves=5)

# --- Properties --------------------------------------------------------------------------------

_PLAIN = """
2026-03-01 2026-03-01T09:30:00 010 1e3 -0.5 true no null ~ .inf 数据 é🎉 a#b [] {} ? - : | > @x
""".split()
SOUND_SCALARS = st.one_of(
    NAMES,
    st.sampled_from(_PLAIN[:15]),
    _form('"[[{n}{f}|{m}]]"', n=NAMES, f=FRAGMENTS.filter(str.isascii), m=NAMES),
    _form("'{t}'", t=MARKDOWN_LINKS.map(lambda text: text.replace("'", "''"))),
    _form("[[{n}]]", n=NAMES),  # to YAML a list in a list
    _form("{t} # comment", t=NAMES),
)
SCALARS = st.one_of(
    SOUND_SCALARS,
    TEXTS,
    st.sampled_from(_PLAIN),
    _form('"{t}"', t=TEXTS | WIKILINKS | MARKDOWN_LINKS),
    _form("'{t}'", t=TEXTS | WIKILINKS | EMBEDS),
    WIKILINKS,
)


def _values(scalars: SearchStrategy[str]) -> SearchStrategy[str]:
    """What follows a key's colon: scalars, lists and mappings, in the flow and in blocks."""
    flow = _form("[{a}, {b}]", a=scalars, b=scalars) | _form("{{a: {a}, b: [{a}]}}", a=scalars)
    return st.one_of(
        _form(" {v}", v=scalars | flow),
        _joined(_form("\n  - {v}", v=scalars | flow), "", 1, 3),
        _joined(_form("\n- {v}", v=scalars), "", 1, 3),
        _form("\n  a: {a}\n  b:\n    - {b}\n    - c: {a}", a=scalars, b=scalars),
        _form(" |\n  {a}\n\n  {b}", a=TEXTS, b=INLINES.map(lambda text: _lines(text, "", "  "))),
        _form(" >-\n  {a}\n  {b}", a=NAMES, b=scalars),
        st.just(""),
    )


PROPERTY_KEYS = st.sampled_from(
    'title aliases alias tags tag up publish cssclasses Été 数据 a.b "quoted"'.split()
)
COMMENTS = st.sampled_from(("# comment", "", "  "))
SOUND_PROPERTIES = COMMENTS | _form("{k}:{v}", k=PROPERTY_KEYS, v=_values(SOUND_SCALARS))
PROPERTIES = SOUND_PROPERTIES | _form("{k}:{v}", k=PROPERTY_KEYS, v=_values(SCALARS))
BROKEN_PROPERTIES = st.sampled_from((
    "a: b: c", 'a: "b', "\ta: b", "a:\n\t- b", "- a", "a", "? a", "a: [b", "a: {b", "a: *x", "a: &x [*x]",
    "a: !!python/none", "<<: 1", "a: %", "--- b", "...", "a: @b", ": b", "a: \x07",
))  # fmt: skip
FRONTMATTER = st.one_of(
    _form("---\n{p}\n---", p=_joined(SOUND_PROPERTIES, "\n", 1, 5)),
    _form("---\n{p}\n---", p=_joined(PROPERTIES, "\n", 0, 3)),
    _form(
        "{a}\n{p}\n{b}",
        a=st.sampled_from(("---", "--- ", "----", " ---")),
        p=_joined(PROPERTIES | BROKEN_PROPERTIES, "\n", 0, 3),
        b=st.sampled_from(("---", "--- ", "...", "")),
    ),
)

# --- Notes -------------------------------------------------------------------------------------

ENDS = st.one_of(
    st.sampled_from((("\n",), ("\r\n",), ("\r",))),
    st.lists(st.sampled_from(("\n", "\r\n", "\r")), min_size=2, max_size=5).map(tuple),
)


def _with_ends(text: str, ends: Sequence[str]) -> str:
    """The text with its line ends taken in turn from `ends`."""
    first, *rest = text.split("\n")
    return first + "".join(end + line for end, line in zip(cycle(ends), rest, strict=False))


@st.composite
def notes(draw: DrawFn) -> str:
    """Whole notes: perhaps a byte order mark and properties, then blocks; any line ends."""
    mark = draw(st.sampled_from(("", "", "", "\ufeff")))
    head = draw(st.just("") | FRONTMATTER.map(lambda text: text + "\n"))
    body = draw(_joined(BLOCKS, "\n\n", 0, 6) | _joined(BLOCKS, "\n", 2, 6))
    tail = draw(st.sampled_from(("\n", "", "\n\n", " ")))
    return mark + _with_ends(head + body + tail, draw(ENDS))


# What means something to one of the languages of a note, and what no UTF-8 text holds.
_MARKS = """
[[ ]] [ ] ( ) ![ | \\ # ^ :: : %% $ $$ ` ``` ~~~ > - * 1. [x] [^ ]: < > <!-- --> & ; % é 🎉
""".split()
_SPACES = (
    "---\n", "\n", "\r", "\r\n", " ", "    ", "\t", "\ufeff", "\u0301", "\u2028", "\x0b", "\0",
)  # fmt: skip
_NOT_UTF8 = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80")
_SOUP = (*(token.encode() for token in (*_MARKS, *_SPACES)), *_NOT_UTF8)


@st.composite
def damaged(draw: DrawFn, texts: SearchStrategy[str]) -> bytes:
    """The texts as UTF-8, with bytes put in, taken out and replaced at one to eight places."""
    data = draw(texts).encode()
    for _ in range(draw(st.integers(min_value=1, max_value=8))):
        start = draw(st.integers(min_value=0, max_value=len(data)))
        removed = draw(st.integers(min_value=0, max_value=3))
        added = draw(st.binary(max_size=3) | st.sampled_from(_SOUP))
        data = data[:start] + added + data[start + removed :]
    return data


def any_bytes() -> SearchStrategy[bytes]:
    """Bytes of any kind: noise, the marks of a note's languages in any order, other encodings."""
    return st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(_SOUP), max_size=60).map(b"".join),
        notes().map(lambda text: text.encode("utf-16")),
        notes().map(lambda text: text.encode("latin-1", errors="replace")),
    )
