"""The lexer loses nothing, and tells strings from what only looks like them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.query.tokens import tokens


@given(st.text(alphabet=st.sampled_from("\"'\\<>#{}?:@ \n\rab0.é😀"), max_size=60))
def test_tokens_joined_are_the_text(text: str) -> None:
    """Whatever the text, each character is in exactly one token, at its offset."""
    found = list(tokens(text))
    assert "".join(token.text for token in found) == text
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]


def test_every_terminal_is_told_by_its_kind() -> None:
    """Comments, strings, IRIs, variables, names, language tags, words and numbers differ."""
    text = 'a <i#j> ?v "x\\"" \'y\' """z"\n""" \'\'\'w\'\'\'@en-CA ex:a.b _:b : 1.5 # c\r;'
    assert [(token.kind, token.text) for token in tokens(text) if token.kind != "space"] == [
        ("word", "a"),
        ("iri", "<i#j>"),
        ("variable", "?v"),
        ("string", '"x\\""'),
        ("string", "'y'"),
        ("string", '"""z"\n"""'),
        ("string", "'''w'''"),
        ("tag", "@en-CA"),
        ("name", "ex:a.b"),
        ("name", "_:b"),
        ("name", ":"),
        ("number", "1.5"),
        ("comment", "# c"),
        ("sign", ";"),
    ]
