"""Looking at a vault again and again finds what `validate` finds, and tells what has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest
from benchmarks.generator import write_vault

from ds2026kg.checking import Gates, check
from ds2026kg.config import load_settings
from ds2026kg.errors import ConfigurationError, VaultError
from ds2026kg.memory import Memory
from ds2026kg.watching import Watch, changes, wakes

_NOTE = "# Mission 9.9{0}\n\n{1} will act with [[{2}]].\n"
_CANVAS = '{{"nodes": [{{"id": "a", "type": "file", "file": "{0}", "x": 0, "y": 0}}]}}'
_OWN = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ds: <https://w3id.org/ds2026/ontology#> .
<https://example.org/#own> a sh:NodeShape ; sh:targetClass ds:Commitment ;
    sh:property <https://example.org/#own-count> .
<https://example.org/#own-count> a sh:PropertyShape ; sh:path {0} ; sh:minCount 1 ; sh:message "none" .
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A strategy of some hundred notes."""
    folder = tmp_path / "vault"
    write_vault(folder, 100)
    return folder


def watching(vault: Path, baseline: Path | None = None) -> Watch:
    """A watch over `vault`, by the settings in it."""
    return Watch(vault, partial(load_settings, vault), baseline)


class Keeper:
    """A note keeper who does anything to a vault, in an order that a seed decides."""

    def __init__(self, vault: Path, seed: int) -> None:
        self._vault, self._any = vault, Random(seed)  # noqa: S311 - it is no secret
        self._deeds: list[Callable[[], None]] = [
            self.add,
            self.append,
            self.cut,
            self.delete,
            self.rename,
            self.mark,
            self.alias,
            self.draw,
            self.attach,
            self.ignore,
            self.settle,
        ]

    def act(self) -> str:
        """Do something; says what."""
        deed = self._any.choice(self._deeds)
        deed()
        return deed.__name__

    def note(self) -> Path:
        """Some note that there is."""
        return self._any.choice(sorted(self._vault.rglob("*.md")))

    def add(self) -> None:
        """Write a note about a commitment."""
        key = self._any.choice("abcd")
        words = (key, self._any.choice(("TBS", "PCO and SSC", "XYZ")), self.note().stem)
        (self._vault / f"Mission 9.9{key}.md").write_text(_NOTE.format(*words), encoding="utf-8")

    def append(self) -> None:
        """Write on."""
        line = self._any.choice(
            (f"[[{self.note().stem}#Nowhere]]", "TBS will act.", "status:: Done", "[[No]]", "")
        )
        note = self.note()
        note.write_text(f"{note.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")

    def cut(self) -> None:
        """Leave off the end of a note, wherever that is."""
        note = self.note()
        data = note.read_bytes()
        note.write_bytes(data[: self._any.randrange(len(data) + 1)])

    def delete(self) -> None:
        """Take a note away."""
        self.note().unlink()

    def rename(self) -> None:
        """Give a note another name, or the name of another."""
        self.note().rename(self._vault / f"Note {self._any.randrange(5)}.md")

    def mark(self) -> None:
        """Make a note private, or a private one public."""
        self._property("publish: false\n")

    def alias(self) -> None:
        """Call a note what others are called too."""
        self._property("aliases: [TBS, Note 1, No]\n")

    def _property(self, line: str) -> None:
        note = self.note()
        text = note.read_text(encoding="utf-8")
        changed = (
            text.replace(line, "", 1) if line in text else text.replace("---\n", f"---\n{line}", 1)
        )
        note.write_text(changed, encoding="utf-8")

    def draw(self) -> None:
        """Put a note on a canvas."""
        text = _CANVAS.format(self.note().name)
        (self._vault / "Map.canvas").write_text(text, encoding="utf-8")

    def attach(self) -> None:
        """Bring what a link may lead to, or take it away."""
        file = self._vault / "No"
        if file.exists():
            file.unlink()
        else:
            file.write_bytes(b"\0")

    def ignore(self) -> None:
        """Leave notes out."""
        text = self._any.choice(("", "Note*\n", f"{self.note().name}\n"))
        (self._vault / ".ds2026kgignore").write_text(text, encoding="utf-8")

    def settle(self) -> None:
        """Change the settings, and by which shapes of one's own is judged."""
        path = self._any.choice(("ds:ledBy", "ds:status"))
        (self._vault / "own.ttl").write_text(_OWN.format(path), encoding="utf-8")
        text = self._any.choice(
            (
                "",
                '[strategy]\ntitle_words = ["Mission", "Note"]\n',
                "[vault]\nmax_note_bytes = 900\n",
                '[validation]\nshapes = ["own.ttl"]\n',
            )
        )
        (self._vault / "ds2026kg.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_a_look_finds_what_validate_finds(vault: Path, seed: int) -> None:
    """Whatever has happened to the vault since the last look."""
    watch, keeper = watching(vault), Keeper(vault, seed)
    watch.look()
    for _ in range(12):
        done = [keeper.act() for _ in range(2)]
        seen = watch.look().seen
        assert seen.findings == check(vault, seen.reading.settings).findings, done


def test_a_look_tells_what_is_new_and_what_is_gone(vault: Path) -> None:
    """A line that moves is neither."""
    note = vault / "A.md"
    note.write_text("# A\n\n[[One]]\n\n[[Two]]\n", encoding="utf-8")
    watch = watching(vault)
    watch.look()
    note.write_text("# A\n\n\n\n[[Two]]\n\n[[Three]]\n", encoding="utf-8")
    look = watch.look()
    assert [finding.values for finding in look.new] == [{"target": "Three"}]
    assert [finding.values for finding in look.gone] == [{"target": "One"}]
    assert (watch.look().new, watch.look().gone) == ((), ())


def test_what_is_known_is_not_new(vault: Path, tmp_path: Path) -> None:
    """A finding that the baseline comes to hold is gone; one that it holds no more is new."""
    baseline = tmp_path / "known.txt"
    empty = "# ds2026kg-baseline 1\n"
    baseline.write_text(empty, encoding="utf-8")
    watch = watching(vault, baseline)
    look = watch.look()
    assert look.new == look.seen.findings
    from ds2026kg.checking import make_known

    make_known(look.seen, baseline)
    assert watch.look().gone == look.new
    baseline.write_text(empty, encoding="utf-8")
    assert watch.look().new == look.new
    assert (
        watch.look().seen.findings == check(vault, load_settings(vault), Gates(baseline)).findings
    )


@pytest.mark.parametrize("broken", ["ds2026kg.toml", "own.ttl", "known.txt"])
def test_the_last_good_ones_serve_while_others_are_broken(vault: Path, broken: str) -> None:
    """Settings, shapes and baseline: the fault is told, and the notes are judged as before."""
    settings = '[validation]\nshapes = ["own.ttl"]\n'
    good = {
        "ds2026kg.toml": settings,
        "own.ttl": _OWN.format("<https://example.org/p>"),
        "known.txt": "# ds2026kg-baseline 1\n",
    }
    for name, text in good.items():
        (vault / name).write_text(text, encoding="utf-8")
    watch = watching(vault, vault / "known.txt")
    found = watch.look().seen.findings
    (vault / broken).write_text("[", encoding="utf-8")
    for _ in range(2):
        look = watch.look()
        assert look.seen.findings == found
        assert [type(fault) for fault in look.faults] == [ConfigurationError]
        assert broken in look.faults[0].place
    (vault / broken).write_text(good[broken], encoding="utf-8")
    assert watch.look().faults == ()


def test_the_first_look_needs_good_settings(vault: Path) -> None:
    """There are none to go on with."""
    (vault / "ds2026kg.toml").write_text("[", encoding="utf-8")
    with pytest.raises(ConfigurationError):
        watching(vault).look()


def test_a_vault_may_go_and_come_back(vault: Path) -> None:
    """Meanwhile that is an error; then it is as if it had never been away."""
    watch = watching(vault)
    watch.look()
    away = vault.rename(vault.parent / "away")
    with pytest.raises(VaultError):
        watch.look()
    away.rename(vault)
    look = watch.look()
    assert (look.new, look.gone) == ((), ())


def test_nothing_is_kept_of_notes_that_are_gone(vault: Path) -> None:
    """A memory has what the last two rounds asked for."""
    watch = watching(vault)
    watch.look()
    watch.look()
    held = len(watch._memory)
    for number in range(20):
        (vault / f"Mission 9.{number}.md").write_text(f"# Mission 9.{number}\n", encoding="utf-8")
        watch.look()
        (vault / f"Mission 9.{number}.md").unlink()
    watch.look()
    watch.look()
    assert len(watch._memory) == held


def test_a_memory_makes_nothing_twice() -> None:
    """Until what it is made from differs, or a round goes by without it."""
    memory, made = Memory(), []

    def recall(basis: str) -> None:
        memory.recall("key", (basis,), lambda: made.append(basis))

    recall("one")
    memory.next_round()
    recall("one")
    assert made == ["one"]
    recall("two")
    memory.next_round()
    memory.next_round()
    recall("two")
    assert made == ["one", "two", "two"]


@pytest.mark.parametrize(
    ("path", "changed", "come_or_gone"),
    [
        ("a/Note.MD", True, True),
        ("Map.canvas", True, True),
        ("map.png", False, True),
        ("folder", False, True),
        ("ds2026kg.toml", True, True),
        (".ds2026kgignore", True, True),
        (".obsidian/app.json", True, True),
        (".obsidian/workspace.json", False, False),
        (".trash/Note.md", False, False),
        (".Note.md.swp", False, False),
        ("Note.md~", False, False),
        ("Note.md.tmp", False, False),
        ("#Note.md#", False, False),
        ("~$report.docx", False, False),
    ],
)
def test_what_wakes(path: str, changed: bool, come_or_gone: bool) -> None:
    """What notes say, and which files there are; not what editors leave beside them."""
    assert (wakes(path, modified=True), wakes(path, modified=False)) == (changed, come_or_gone)


def test_changes_are_told_as_they_come(vault: Path, tmp_path: Path) -> None:
    """Those of notes, of the files named, and that the vault goes and comes back; no others."""
    shapes, report = tmp_path / "own.ttl", vault / "report.md"
    told = changes(vault, lambda: [shapes], [report])
    assert next(told) == ()  # watching has begun
    report.write_text("ours", encoding="utf-8")
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "workspace.json").write_text("{}", encoding="utf-8")
    (vault / "A.md").write_text("x", encoding="utf-8")
    assert next(told) == ("A.md",)
    shapes.write_text("x", encoding="utf-8")
    assert next(told) == ()
    away = vault.rename(tmp_path / "away")
    assert next(told) == ()
    away.rename(vault)
    assert next(told) == ()
    (vault / "A.md").unlink()
    assert next(told) == ("A.md",)
