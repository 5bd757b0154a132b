"""Notes of a megabyte that nobody writes: one shape, again and again, to find what takes too long."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """A `unit` to repeat between `before` and `after`; where `numbered`, each `{}` is its number."""

    name: str
    unit: str
    before: str = ""
    after: str = ""
    numbered: bool = False


_BODY = (
    ("lines", "a\n"),
    ("one line", "a"),
    ("one line, not ASCII", "é"),
    ("emoji", "\U0001f600"),
    ("carriage returns", "a\r"),
    ("NUL characters", "\0"),
    ("hard breaks", "a  \n"),
    ("escapes", r"\#"),
    ("entities", "&amp;"),
    ("ampersands", "&"),
    ("paragraphs", "a\n\n"),
    ("rules", "---\n"),
    ("fences and keys", "---\na: b\n"),
    ("headings", "# a\n"),
    ("underlined headings", "a\n=\n"),
    ("items", "- a\n"),
    ("numbered items", "1. a\n"),
    ("tasks", "- [x] a\n"),
    ("nested items", "- "),
    ("quotes", "> a\n\n"),
    ("nested quotes", ">"),
    ("quotes and items", "> - "),
    ("lines in 5,000 blocks, one in the other", "a\n", "> - " * 2500),
    ("callouts", "> [!note] a\n\n"),
    ("code", "`a` "),
    ("code, open", "`a"),
    ("code fences", "```\na\n```\n"),
    ("mathematics", "$a$ "),
    ("mathematics on its lines", "$$\na\n$$\n\n"),
    ("dollars", "$"),
    ("emphasis", "*a* "),
    ("emphasis, open", "*a _b "),
    ("asterisks", "*"),
    ("struck out", "~~a~~ "),
    ("highlights", "==a== "),
    ("highlights, open", "==a "),
    ("comments", "%%a%% "),
    ("percent signs", "%%"),
    ("HTML tags", "<b>"),
    ("HTML line breaks", "a<br>"),
    ("HTML comments, open", "<!-- "),
    ("HTML blocks", "<div>\n\n"),
    ("angle brackets", "<"),
    ("wikilinks", "[[a]]\n"),
    ("wikilinks in one line", "[[a]]"),
    ("wikilinks in one line, not ASCII", "é[[a]] "),
    ("wikilinks, open", "[[a"),
    ("wikilinks, labelled", "[[a#b|c]] "),
    ("embeds", "![[a]] "),
    ("embeds, open", "![["),
    ("Markdown links", "[a](b) "),
    ("Markdown links, open", "[a](b"),
    ("Markdown links, nested", "[![a](b)](c) "),
    ("brackets", "["),
    ("brackets, closed", "[]"),
    ("references, shortcut", "[a] ", "[a]: b\n\n"),
    ("addresses", "https://a.b "),
    ("addresses in one", "https://a.b,"),
    ("addresses in angle brackets", "<https://a.b> "),
    ("addresses of Obsidian", "obsidian://open?file=a "),
    ("tags", "#a "),
    ("tags, nested", "#a/"),
    ("hashes", "#"),
    ("block identifiers", "a ^b\n\n"),
    ("footnotes, marks", "[^a] ", "[^a]: b\n\n"),
    ("footnotes, inline", "^[a] "),
    ("footnotes, inline, open", "^["),
    ("fields", "a:: b\n"),
    ("fields with links", "a:: [[b]]\n"),
    ("fields in brackets", "[a:: b] "),
    ("fields in round brackets", "(a:: [[b]]) "),
    ("fields in brackets, open", "(a:: [b:: "),
    ("a field of many links", "[[b]], ", "a:: "),
    ("colons", "::"),
    ("table rows", "|a|b|\n", "|a|b|\n|-|-|\n"),
    ("table cells", "a|", "|a|\n|-|\n|"),
    ("table columns", "|a", "", "|\n|-|\n"),
    ("tables", "|a|\n|-|\n|[[b\\|c]]|\n\n"),
)
_NUMBERED = (
    ("headings, all different", "# a{}\n"),
    ("block identifiers, all different", "a ^b{}\n\n"),
    ("references", "[a{0}]\n\n[a{0}]: b\n\n"),
    ("footnotes, defined", "a[^{0}]\n\n[^{0}]: b\n\n"),
)
# Properties: what stands between the fences.
_PROPERTIES = (
    ("keys", "a{}: b\n", "", "", True),
    ("keys, not ASCII", "é{}: é\n", "", "", True),
    ("keys, all the same", "a: b\n"),
    ("keys without values", "a{}:\n", "", "", True),
    ("blank lines", "\n"),
    ("comments of YAML", "# a\n"),
    ("a list", "- a\n", "a:\n"),
    ("a list of links", '- "[[a]]"\n', "a:\n"),
    ("a list of tags", "- a\n", "tags:\n"),
    ("tags in one text", "a ", "tags: "),
    ("aliases in brackets", "a, ", "aliases: [", "a]"),
    ("links in one text", "[[a]] ", 'a: "', '"'),
    ("links in a folded text", "  [[a]]\n", "a: >\n"),
    ("a block of text", "  a\n", "a: |\n"),
    ("escapes of YAML", r"\n", 'a: "', '"'),
    ("lists in lists", "[", "a: ", ""),
    ("mappings in mappings", "{a: ", "a: ", ""),
    ("items in items", "- ", "a:\n  ", ""),
    ("explicit keys", "? a\n"),
    ("anchors", "a{}: &a b\n", "", "", True),
    ("aliases of YAML", "a{}: *a\n", "a: &a b\n", "", True),
    ("quotation marks", '"', "a: "),
    ("tabs", "\t"),
)

SHAPES: tuple[Shape, ...] = (
    *(Shape(*row) for row in _BODY),
    *(Shape(*row, numbered=True) for row in _NUMBERED),
    *(
        Shape(name, unit, f"---\n{before}", f"{after}\n---\n", numbered)
        for name, unit, before, after, numbered in (
            (*row, *("", "", False)[len(row) - 2 :]) for row in _PROPERTIES
        )
    ),
    Shape("properties, not closed", "a: b\n", before="---\n"),
)


def note_of(shape: Shape, size: int) -> bytes:
    """A note of that shape, of `size` bytes or a little more.

    >>> note_of(Shape("keys", "a{}: b\\n", "---\\n", "---\\n", numbered=True), 12)
    b'---\\na0: b\\na1: b\\n---\\n'
    """
    units = []
    length = 0
    if not shape.numbered:
        units.append(shape.unit * -(-size // len(shape.unit.encode())))
    while shape.numbered and length < size:
        units.append(shape.unit.format(len(units)))
        length += len(units[-1].encode())
    return "".join([shape.before, *units, shape.after]).encode()
