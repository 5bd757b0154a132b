"""How commands are called: help, languages, options and settings that are wrong, and lightness."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Call, Run, command_line

COMMANDS = ("build", "validate", "query", "serve", "portal", "explain")
HEAVY = (
    "ckanapi granian rdflib pyshacl pyoxigraph rich pyromark frontmatter yaml re2 pathspec".split()
)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_speaks_both_languages(run: Run, command: str) -> None:
    """--help of every command names the same options, each described in the language asked."""
    arguments = [command] if command else []
    english = run(*arguments, "--lang", "en", "--help")
    french = run(*arguments, "--lang", "fr", "--help")
    assert (english.status, english.err, french.status, french.err) == (0, "", 0, "")
    assert english.out.startswith("Usage: ds2026kg")
    assert french.out.startswith("Utilisation\u00a0: ds2026kg")
    assert options(english.out) == options(french.out) >= {"-h", "--help", "--lang"}
    # No sentence of help is the same in both languages.
    sentences = {line.strip() for line in english.out.splitlines() if line.endswith(".")}
    assert sentences & {line.strip() for line in french.out.splitlines()} == set()


def options(text: str) -> set[str]:
    """The options that a help text names."""
    return {word.rstrip(",") for word in text.split() if word.startswith("-")} - {"-"}


def test_the_program_alone_says_what_is_missing(call: Call) -> None:
    """Without a command there is nothing to do: status 2, and where to read on."""
    for language, message in (("en", "Missing command."), ("fr", "il manque une commande")):
        outcome = call("--lang", language)
        assert (outcome.status, outcome.out) == (2, "")
        assert message in outcome.err
        assert "`ds2026kg --help`" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "english", "french"),
    [
        (
            ("biuld",),
            "biuld: there is no such command\n  remedy: did you mean: build?",
            "biuld: cette commande n’existe pas\n  remède\u00a0: vouliez-vous dire\u00a0: build?",
        ),
        (
            ("build", "--nope"),
            "ds2026kg build: there is no option --nope\n  remedy: see `ds2026kg build --help`",
            "ds2026kg build: l’option --nope n’existe pas\n"
            "  remède\u00a0: voyez `ds2026kg build --help`",
        ),
        (
            ("build", "--format", "ttl,xls"),
            "ds2026kg build: --format: 'xls' is not one of ttl, jsonld, nt, nq, trig, rdf, csv\n"
            "  remedy: see `ds2026kg build --help`",
            "ds2026kg build: --format\u00a0: valeur non valide; choisissez parmi ttl, jsonld, nt, nq, "
            "trig, rdf, csv\n  remède\u00a0: voyez `ds2026kg build --help`",
        ),
        (
            ("validate", "--fail-on", "sometimes"),
            "ds2026kg validate: --fail-on: 'sometimes' is not one of 'violation', 'warning', "
            "'info', 'never'.\n  remedy: see `ds2026kg validate --help`",
            "ds2026kg validate: --fail-on\u00a0: valeur non valide; choisissez parmi violation, "
            "warning, info, never\n  remède\u00a0: voyez `ds2026kg validate --help`",
        ),
        (
            ("build", "a", "b"),
            "ds2026kg build: Got unexpected extra argument (b)\n"
            "  remedy: see `ds2026kg build --help`",
            "ds2026kg build: argument en trop (b)\n  remède\u00a0: voyez `ds2026kg build --help`",
        ),
        (
            ("explain",),
            "ds2026kg explain: ENTITY is missing\n  remedy: see `ds2026kg explain --help`",
            "ds2026kg explain: ENTITY manque\n  remède\u00a0: voyez `ds2026kg explain --help`",
        ),
        (
            ("query", "mission-tree", "--max-rows", "0"),
            "ds2026kg query: --max-rows: 0 is not in the range x>=1.\n"
            "  remedy: see `ds2026kg query --help`",
            "ds2026kg query: --max-rows\u00a0: 0 n’est pas dans l’intervalle x>=1\n"
            "  remède\u00a0: voyez `ds2026kg query --help`",
        ),
    ],
)
def test_wrong_usage_is_explained(
    call: Call, arguments: tuple[str, ...], english: str, french: str
) -> None:
    """What is wrong with a call is said with the right use, in either language, with status 2."""
    outcome = call(*arguments)
    assert (outcome.status, outcome.out, outcome.err) == (2, "", f"error: {english}\n")
    outcome = call(arguments[0], "--lang", "fr", *arguments[1:])
    assert (outcome.status, outcome.out, outcome.err) == (2, "", f"erreur\u00a0: {french}\n")


def test_an_option_without_its_value_is_named(call: Call) -> None:
    """An option at the end of the line lacks its value: the message names it."""
    outcome = call("build", "--output")
    assert (outcome.status, outcome.err) == (
        2,
        "error: ds2026kg: option --output is used wrongly\n  remedy: see `ds2026kg --help`\n",
    )


@pytest.mark.parametrize("seconds", ["nan", "inf", "0", "-1", "x"])
def test_a_time_limit_is_a_number_of_seconds(vault: Path, call: Call, seconds: str) -> None:
    """A limit that is none is wrong usage."""
    outcome = call("query", "mission-tree", "--vault", vault, "--timeout", seconds)
    assert outcome.status == 2
    assert outcome.err.startswith("error: ds2026kg query: --timeout: ")


@pytest.mark.parametrize("entity", ["9.9", "", "mission/", "https://example.org/x", "\u00e9", "*"])
def test_an_entity_that_is_not_there_is_said_to_be(vault: Path, call: Call, entity: str) -> None:
    """`explain` of nothing says so, names what was asked, and how to find what there is."""
    outcome = call("explain", entity, "--vault", vault)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(
        f"error: {entity or 'ENTITY'}: there is no such entity in this vault\n  remedy: "
    )


SETTINGS = [
    ("[vault]\nmax_notes = 3\n", "vault.max_notes: this setting is not known"),
    ("foo = 3\n", "foo: this setting is not known"),
    ('[vault]\nmax_note_bytes = "x"\n', "vault.max_note_bytes: this must be a number"),
    ("[vault]\nmax_note_bytes = true\n", "vault.max_note_bytes: this must be a number"),
    ("[vault]\nmax_note_bytes = 0\n", "vault.max_note_bytes: this must be at least 1"),
    ("[vault]\nmax_note_bytes = 99999999999999999999\n", "vault.max_note_bytes: "),
    ("vault = 3\n", "vault: this must be a table"),
    ('[strategy]\ntags = "x"\n', "strategy.tags: this must be a list of strings"),
    ("[strategy]\nactor_tags = []\n", "strategy.actor_tags: "),
    ("[strategy]\ntitle_words = []\n", "strategy.title_words: "),
    ('[dataset]\nbase = "x"\n', "dataset.base: "),
    ('[dataset]\nbase = "https://x/%zz/"\n', "dataset.base: "),
    ('[dataset]\nname = "../x"\n', "dataset.name: "),
    ('[dataset]\nname = "ontology"\n', "dataset.name: "),
    ('[dataset]\nname = "Report"\n', "dataset.name: "),
    ('[dataset]\nlicence = "<x> y"\n', "dataset.licence: "),
    ("source_date_epoch = 3\n", "source_date_epoch: this setting is not known"),
]


@pytest.mark.parametrize(("text", "message"), SETTINGS)
def test_a_wrong_setting_is_named(
    vault: Path, call: Call, tmp_path: Path, text: str, message: str
) -> None:
    """File, key and what it must be: each fault of the settings ends with 2 and writes nothing."""
    config = tmp_path / "settings.toml"
    config.write_text(text, encoding="utf-8")
    outcome = call("build", vault, "-o", tmp_path / "dist", "--config", config)
    assert outcome.status == 2
    assert outcome.err.startswith(f"error: {config}: {message}")
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("data", [b"[vault\n", b"\xff", b"a = \n", b"\0"])
def test_settings_that_are_no_toml_are_named(vault: Path, call: Call, data: bytes) -> None:
    """The vault's own file is named where it cannot be parsed."""
    (vault / "ds2026kg.toml").write_bytes(data)
    outcome = call("validate", vault)
    assert outcome.status == 2
    assert outcome.err.startswith(f"error: {vault / 'ds2026kg.toml'}: this is not TOML: ")


def test_settings_may_have_a_byte_order_mark(vault: Path, call: Call) -> None:
    """Windows editors begin a file with a mark; it is none of its text."""
    (vault / "ds2026kg.toml").write_bytes(b'\xef\xbb\xbf[dataset]\r\nname = "x"\r\n')
    assert call("validate", vault).status == 0


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_settings_that_are_not_there_are_named(vault: Path, call: Call, name: str) -> None:
    """--config of a missing file or a folder says so and what to give."""
    outcome = call("validate", vault, "--config", name)
    assert outcome.status == 2
    assert outcome.err.startswith(f"error: {name}: the settings cannot be read")
    assert "\n  remedy: " in outcome.err


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "\u0663", "9" * 20])
def test_an_epoch_that_is_none_is_named(
    vault: Path, call: Call, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """SOURCE_DATE_EPOCH must be a number of seconds."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    outcome = call("validate", vault)
    assert outcome.status == 2
    assert outcome.err.startswith("error: SOURCE_DATE_EPOCH: this must be a number of seconds")


@pytest.mark.parametrize(
    ("fail_on", "severity", "status"),
    [
        ("never", "violation", 0),
        ("violation", "violation", 1),
        ("warning", "violation", 1),
        ("info", "violation", 1),
        ("never", "warning", 0),
        ("violation", "warning", 0),
        ("warning", "warning", 1),
        ("info", "warning", 1),
        ("violation", "info", 0),
        ("warning", "info", 0),
        ("info", "info", 1),
    ],
)
def test_the_status_depends_on_the_worst_finding(
    vault: Path, call: Call, fail_on: str, severity: str, status: int
) -> None:
    """`validate` ends with 1 where a finding weighs as much as --fail-on, else with 0."""
    head = "---\nup: '[[Mission 3.1]]'\nlabel_fr: a\ndefinition_fr: a\n"
    note = {
        "violation": f"{head}status: Lost\n---\n# Mission 3.1a\nTBS will act.\n",
        "warning": f"{head}stattus: Lost\n---\n# Mission 3.1a\nTBS will act.\n",
        "info": f"{head}---\n# Mission 3.1a\nTBS will act.\n\n- soon\n",
    }[severity]
    (vault / "Mission 3.1a.md").write_text(note, encoding="utf-8")
    outcome = call("validate", vault, "--format", "json", "--fail-on", fail_on)
    (found,) = json.loads(outcome.out)["findings"]
    assert (found["severity"], outcome.status) == (severity, status)


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LC_ALL": "", "LANG": "fr_CA.UTF-8"}, "erreur"),
        ({"LC_ALL": "fr_CA.UTF-8", "LANG": "en_CA.UTF-8"}, "erreur"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_CA", "LANG": "en_CA"}, "erreur"),
        ({"LC_ALL": "en_CA.UTF-8", "LANG": "fr_CA.UTF-8"}, "error"),
        ({"LC_ALL": "C", "LANG": "fr_CA.UTF-8"}, "error"),
        ({"LC_ALL": "", "LANG": ""}, "error"),
    ],
)
def test_the_language_is_that_of_the_locale(
    call: Call, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], word: str
) -> None:
    """Messages come in the language of the locale, French or else English."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert call("validate", "missing").err.split("\u00a0")[0].split(":")[0] == word


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "", "LANG": "fr_CA.UTF-8", "PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "ASCII", "French on ASCII"],
)
def test_results_are_utf_8_whatever_the_locale(
    vault: Path, run: Run, environment: dict[str, str]
) -> None:
    """A result goes to stdout as UTF-8, its accents whole, even where the locale has none."""
    asked = ("query", "about-entity", "--vault", vault, "--param", "entity=tbs", "--format", "csv")
    outcome = run(*asked, environment=environment)
    assert (outcome.status, outcome.err) == (0, "")
    assert "Secrétariat du Conseil du Trésor" in outcome.out
    assert run("validate", "\u00e9", environment=environment).status == 3


def _on_terminal(environment: dict[str, str], *arguments: object) -> bytes:
    """What a command shows on a terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command_line(*arguments), stdout=slave, stderr=slave, env={**os.environ, **environment}
    )
    os.close(slave)
    shown = b""
    try:
        while piece := os.read(master, 65_536):
            shown += piece
    except OSError:  # Linux says so when the other side has closed
        pass
    os.close(master)
    process.wait()
    return shown


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    vault: Path, environment: dict[str, str], coloured: bool
) -> None:
    """Reports are coloured on a terminal, unless NO_COLOR is set or it is dumb."""
    (vault / "bad.md").write_bytes(b"\xff")
    shown = _on_terminal({"TERM": "xterm", **environment}, "validate", vault)
    assert b"note-encoding" in shown
    assert (re.search(rb"\x1b\[[\d;]*m", shown) is not None) == coloured


def test_a_pipe_is_not_coloured(vault: Path, run: Run) -> None:
    """Whatever the terminal behind it, what goes into a pipe is plain."""
    (vault / "bad.md").write_bytes(b"\xff")
    assert "\x1b" not in run("validate", vault, environment={"TERM": "xterm"}).out


def test_control_characters_of_a_note_do_not_reach_the_terminal(vault: Path, call: Call) -> None:
    """Names, values and lines are shown with their control characters made visible."""
    (vault / "a\x1b[31mb.md").write_bytes(b"\xff")
    (vault / "Mission 3.1a.md").write_text(
        '---\nstatus: "\\e[31mred"\n---\n# Mission 3.1a\nTBS will \u202eact.\n', encoding="utf-8"
    )
    outcome = call("validate", vault)
    assert "a␛[31mb.md:1:1: violation note-encoding: " in outcome.out
    assert {"\x1b", "\u202e"} & set(outcome.out) == set()


@pytest.mark.parametrize("arguments", [("--help",), *((name, "--help") for name in COMMANDS)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Neither the program nor the help of a command loads a library of the rooms."""
    code = (
        "import sys\n"
        "from ds2026kg.cli import main\n"
        "try:\n"
        "    main(sys.argv[1:])\n"
        "except SystemExit:\n"
        f"    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=True, text=True
    )
    assert ended.stderr == "[]\n"


def test_importing_the_package_imports_nothing_heavy() -> None:
    """`import ds2026kg` loads no other library than Python's own."""
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import ds2026kg\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ended.stdout == "['ds2026kg']\n"


def test_an_error_of_our_own_is_no_traceback(
    vault: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody foresaw ends with 70 and one line that says how to report it."""
    monkeypatch.setattr("ds2026kg.reading.read", lambda *_: 1 / 0)
    assert call("explain", "3", "--vault", vault).err == (
        "error: something went wrong inside ds2026kg (ZeroDivisionError: division by zero); "
        "run again with --debug and report it\n"
    )
