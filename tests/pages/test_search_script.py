"""The script that filters the list of everything folds and matches as the server does."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import ds2026kg.pages
from ds2026kg.pages.searching import fold, words_of

SCRIPT = Path(ds2026kg.pages.__file__).parent / "assets" / "search.js"
TEXTS = [
    "Équipe",
    "E\u0301QUIPE",
    "L’Œuvre (3.1a), v1.0.",
    "a_b  c-d",
    "Mission 3.1 A",
    "3.1 and",
    "ﬁn … 日本語",
    "\u00a0\u202f.",
    "x " * 300,
    "",
]
# A page as far as the script knows one: an input, a place for its message, and a list in two sections.
PAGE = """
const made = [];
const item = (text, words) => {
  const node = { textContent: text, dataset: { words }, hidden: false };
  made.push(node);
  return node;
};
const sections = [
  [item("3.1a Équipe", "team"), item("3.1b Données", "data")],
  [item("SCT", "secretariat du conseil du tresor | tbs")],
].map((items) => ({ hidden: false, querySelectorAll: () => items }));
const listeners = {};
const status = { textContent: "", dataset: { none: "Try fewer." } };
const input = {
  value: "",
  addEventListener: (name, listener) => (listeners[name] = listener),
  form: { addEventListener: (name, listener) => (listeners[name] = listener) },
};
const replaced = [];
start(
  {
    documentElement: { lang: LANGUAGE },
    getElementById: (id) => (id === "search-words" ? input : status),
    querySelectorAll: () => sections,
  },
  { search: "?q=" + encodeURIComponent(QUESTION) },
  { replaceState: (_state, _title, address) => replaced.push(address) },
);
const shown = () => [
  input.value,
  status.textContent,
  made.filter((each) => !each.hidden).map((each) => each.textContent),
  sections.map((each) => each.hidden),
];
const first = shown();
input.value = "tbs & \\u00e9";
listeners.submit({ preventDefault: () => {} });
console.log(JSON.stringify([first, replaced, status.textContent]));
"""


def run(body: str) -> object:
    """What `body` prints, run by node after the names that the script exports."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not on this machine")
    names = "const { fold, wordsOf, has, start } = require(process.argv[1]);\n"
    done = subprocess.run(
        [node, "-e", names + body, str(SCRIPT)], capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def test_it_folds_and_parts_as_the_server_does() -> None:
    """Any text folds to the same words in the script and in the program."""
    body = f"const texts = {json.dumps(TEXTS)};\n"
    body += "console.log(JSON.stringify(texts.map((text) => [fold(text), wordsOf(text)])));"

    assert run(body) == [[fold(text), list(words_of(text))] for text in TEXTS]


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("fr", "equipe", ["equipe", "1 résultat. ", ["3.1a Équipe"], [False, True]]),
        ("en", "3.1", ["3.1", "2 results. ", ["3.1a Équipe", "3.1b Données"], [False, True]]),
        ("en", "conseil TBS", ["conseil TBS", "1 result. ", ["SCT"], [True, False]]),
        ("fr", "zzz", ["zzz", "0 résultat. Try fewer.", [], [True, True]]),
        ("en", "", ["", "", ["3.1a Équipe", "3.1b Données", "SCT"], [False, False]]),
    ],
)
def test_it_shows_what_the_address_asks_for(
    language: str, question: str, expected: list[object]
) -> None:
    """Items that lack a word are hidden, and sections without items; the number is announced."""
    body = f"const LANGUAGE = {json.dumps(language)};\nconst QUESTION = {json.dumps(question)};\n"
    found = run(body + PAGE)
    assert isinstance(found, list)

    assert found[0] == expected
    assert found[1] == ["?q=tbs+%26+%C3%A9"]


def test_it_is_small_and_asks_for_nothing() -> None:
    """The script is under 3 KB, and neither fetches, evaluates nor writes markup."""
    text = SCRIPT.read_text(encoding="utf-8")

    assert len(text.encode()) < 3000
    assert not [word for word in ("fetch", "eval", "innerHTML", "import", "http") if word in text]
