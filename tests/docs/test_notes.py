"""What docs/notes.md says is read, is read so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ds2026kg.checking import judge
from ds2026kg.config import load_settings
from ds2026kg.findings import Severity
from ds2026kg.reading import Reading, read
from ds2026kg.strategy import Basis
from ds2026kg.vault import read_note
from ds2026kg.vault.silences import read_silences

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def table(document: Path, header: str) -> list[list[str]]:
    """The rows of the table whose header row begins with `header`, as cells."""
    lines = document.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {header}"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        rows.append([cell.strip().replace("\\|", "|") for cell in cells])
    return rows


def read_with(vault: Path, notes: dict[str, str]) -> Reading:
    """What the vault says with these notes added: text by path."""
    for path, text in notes.items():
        (vault / path).write_text(text, encoding="utf-8")
    return read(vault, load_settings(vault))


def values(reading: Reading, entity: str, term: str) -> list[str]:
    """The values of `term` that are stated of an entity, actors by their short identifier."""
    (found,) = (each for each in reading.graph if each.id == entity)
    return [fact.value.removeprefix("actor/") for fact in found.values(term)]


@pytest.fixture
def notes(root: Path) -> Path:
    """The document."""
    return root / "docs" / "notes.md"


def test_sentences_are_read_as_the_table_says(checkout: Path, notes: Path) -> None:
    """Each sentence gives the leads and supporters in its row."""
    rows = table(notes, "sentence")
    ids = [f"8.1{letter}" for letter in _LETTERS[: len(rows)]]
    written = {f"Mission {key}.md": row[0] for key, row in zip(ids, rows, strict=True)}
    reading = read_with(checkout / "vault", written)
    found = [
        [row[0], *(", ".join(values(reading, f"commitment/{key}", t)) for t in _ROLES)]
        for key, row in zip(ids, rows, strict=True)
    ]
    assert found == rows


_ROLES = ("ledBy", "supportedBy")


def test_every_form_of_link_leads_to_its_note(checkout: Path, notes: Path) -> None:
    """A link in each form, in the text and in the properties, names the same parent."""
    forms = [row[0].strip("`") for row in table(notes, "form | |")]
    # In the text an embed means the child, so that form is tried in the properties alone.
    in_text = [form for form in forms if not form.startswith("!")]
    written = {
        f"Mission 8.1{letter}.md": f"up:: {form}\n"
        for letter, form in zip(_LETTERS, in_text, strict=False)
    } | {
        f"Mission 8.2{letter}.md": f"---\nup: '{form}'\n---\n"
        for letter, form in zip(_LETTERS, forms, strict=False)
    }
    reading = read_with(checkout / "vault", written)
    parents = {
        path: values(reading, f"commitment/{path[8:-3]}", "hasParent")[0] for path in written
    }
    assert parents == dict.fromkeys(written, "mission/3.1")


def test_every_form_of_parent_is_read(tmp_path: Path, notes: Path) -> None:
    """A commitment under 3.1 is found to be so however its note or its parent's says it."""
    found = {}
    for number, (form, place) in enumerate(table(notes, "form | where")):
        text = "" if form == "nothing at all" else form.strip("`")
        in_child = "child" in place and "parent" not in place
        in_properties = place.startswith("in the properties")
        child = f"---\n{text}\n---\n" if in_properties else text if in_child else ""
        parent = "" if in_child else text if text.startswith(("-", "!")) else ""
        vault = tmp_path / str(number)
        vault.mkdir()
        reading = read_with(
            vault,
            {"Mission 3.1d.md": f"{child}\n", "Mission 3.1.md": f"# Mission 3.1\n\n{parent}\n"},
        )
        (commitment,) = (each for each in reading.graph if each.id == "commitment/3.1d")
        found[form] = [(fact.value, fact.basis) for fact in commitment.values("hasParent")]
    # Had a form not been read, its parent would have been worked out from the notation.
    assert found == {
        form: [("mission/3.1", Basis.DERIVED if form == "nothing at all" else Basis.ASSERTED)]
        for form, _ in table(notes, "form | where")
    }


def test_inline_fields_leave_of_a_text_what_the_table_says(checkout: Path, notes: Path) -> None:
    """Beside a sentence, each field leaves the text in its row, and states its value."""
    rows = table(notes, "form | what")
    ids = [f"8.1{letter}" for letter in _LETTERS[: len(rows)]]
    texts = [row[0].strip("`") for row in rows]
    written = {
        f"Mission {key}.md": f"{'' if ' [' in text or ' (' in text else 'TBS acts.'}\n{text}\n"
        for key, text in zip(ids, texts, strict=True)
    }
    reading = read_with(checkout / "vault", written)
    left = [values(reading, f"commitment/{key}", "definition") for key in ids]
    told = [re.findall("“(.*)”", row[1]) or ["TBS acts."] for row in rows]
    stated = [
        values(reading, f"commitment/{key}", term)
        for key, term in zip(ids, ("status", "ledBy", "modified"), strict=True)
    ]
    assert (left, stated) == (told, [["status/completed"], ["tbs"], ["2026-03-01"]])


# What the examples link to or name.
_BESIDE = {
    "Mission 3 Enabling data-driven services.md": "---\ntags: ds2026\n---\n",
    "Mission 3.1.md": "",
    "Mission 3.1d.md": "",
    "TBS.md": "---\nid: actor/tbs\ntags: gc_entity\n---\n",
    "Departments.md": "---\nid: actor/departments\ntags: gc_entity\n---\n",
}


def test_examples_are_notes_without_fault(root: Path, notes: Path, tmp_path: Path) -> None:
    """Each example note is read without a violation of its own."""
    examples = re.findall(
        r"^```markdown\n(.*?)^```$",
        notes.read_text(encoding="utf-8") + (root / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert len(examples) == 5
    faults = {}
    for number, example in enumerate(examples):
        vault = tmp_path / str(number)
        vault.mkdir()
        (heading,) = re.findall(r"^# ([^\[].*)$", example, re.MULTILINE)
        reading = read_with(vault, {**_BESIDE, f"{heading}.md": example})
        faults[number] = [
            finding.rule.code
            for finding in reading.findings
            if finding.severity is Severity.VIOLATION
        ]
    assert list(faults.values()) == [[]] * 5


def test_the_example_of_silences_silences_what_it_says(checkout: Path, notes: Path) -> None:
    """In the vault of the project it lets pass two findings, with their reasons, and no other."""
    (example,) = (
        each
        for each in re.findall(r"```markdown\n(.*?)```", notes.read_text("utf-8"), re.DOTALL)
        if "ds2026kg-ignore" in each
    )
    found = judge(read_with(checkout / "vault", {"Mission 3.1f.md": example}))
    told = {
        (each.rule.code, each.standing.value, each.reason)
        for each in found
        if each.span is not None and each.span.file == "Mission 3.1f.md"
        if "fr-missing" not in each.rule.code
    }
    assert told == {
        ("link-broken", "silenced", "the page is published next year"),
        ("key-unknown", "silenced", "our own planning tool reads it"),
    }


def test_every_form_of_silence_is_read(notes: Path) -> None:
    """The forms of the table name the same rule; where a reason is beside it, it is taken."""
    read = {}
    for form, beside in table(notes, "silence"):
        more = next(iter(re.findall("`(.*)`", beside)), "")
        form = form.strip("`")
        note = read_note("a.md", f"---\n{form}\n{more}\n---\n".encode())
        read[form] = [(each.code, each.reason) for each in read_silences(note)]
    assert list(read.values()) == [[("link-broken", "to come")]] * 2
