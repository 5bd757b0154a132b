"""Which paths of a vault are not notes, and what is said of settings that cannot be taken."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.findings import Finding, Span
from ds2026kg.vault import exclusions
from ds2026kg.vault.exclusion_rules import EXCLUSION_PATTERN
from ds2026kg.vault.exclusions import Exclusions, read_exclusions

APP = ".obsidian/app.json"
TEMPLATES = ".obsidian/templates.json"
TEMPLATER = ".obsidian/plugins/templater-obsidian/data.json"
IGNORE = ".ds2026kgignore"


def put(root: Path, file: str, content: bytes | str) -> None:
    """A file of the vault."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def excluding(root: Path, *filters: object) -> Exclusions:
    """What a vault excludes whose "Excluded files" are these."""
    put(root, APP, json.dumps({"userIgnoreFilters": filters}, indent=2, ensure_ascii=False))
    return read_exclusions(root)


def ignoring(root: Path, content: bytes | str) -> Exclusions:
    """What a vault excludes whose ignore file is this."""
    put(root, IGNORE, content)
    return read_exclusions(root)


def reasons(found: Exclusions, *paths: str) -> list[str | None]:
    """The reason for each path, a folder if a slash ends it."""
    return [found.reason(path.removesuffix("/"), folder=path.endswith("/")) for path in paths]


def said(found: Exclusions) -> list[tuple[str, str, str]]:
    """Place, code and English message of every finding."""
    return [(str(each.span), each.rule.code, each.message("en")) for each in found.findings]


def test_a_vault_without_settings_excludes_what_is_hidden(tmp_path: Path) -> None:
    """Names that begin with a dot are hidden at any depth; a dot elsewhere says nothing."""
    found = read_exclusions(tmp_path)
    paths = (
        ".obsidian/",
        ".trash/",
        ".x.md",
        "a/.b/",
        "a/.b/c.md",
        "a.b/c.md",
        "a/b.md",
        "a./b.md",
    )
    assert reasons(found, *paths) == ["hidden"] * 5 + [None] * 3
    assert found.findings == ()


@pytest.mark.parametrize(("file", "key"), [(TEMPLATES, "folder"), (TEMPLATER, "templates_folder")])
@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("Meta/Templates", ("Meta/Templates/",)),
        ("/Meta/Templates/", ("Meta/Templates/",)),
        (" Meta\\Templates ", ("Meta/Templates/",)),
        ("Mode\u0300les", ("Mod\u00e8les/",)),
        ("", ()),
        ("/", ()),
        (None, ()),
    ],
)
def test_a_templates_folder_is_read_as_obsidian_writes_it(
    tmp_path: Path, file: str, key: str, folder: str | None, expected: tuple[str, ...]
) -> None:
    """Slashes around the path do not count, nor does how its accents are stored; "/" is none."""
    put(tmp_path, file, json.dumps({key: folder, "other": 1}))
    found = read_exclusions(tmp_path)
    assert (found.templates, found.findings) == (expected, ())


def test_a_templates_folder_is_a_folder_and_what_is_in_it(tmp_path: Path) -> None:
    """A file of the same name, and a folder whose name only begins so, are not templates."""
    put(tmp_path, TEMPLATES, '{"folder": "Modèles"}')
    put(tmp_path, TEMPLATER, '{"templates_folder": "b/t"}')
    paths = ("Modèles/", "Modèles/a.md", "b/t/", "Modèles", "Modèles 2/", "a/Modèles/", "b/")
    stored_apart = unicodedata.normalize("NFD", "Modèles/")
    assert reasons(read_exclusions(tmp_path), *paths, stored_apart) == [
        *["templates"] * 3,
        *[None] * 4,
        "templates",
    ]


@pytest.mark.parametrize(
    ("entry", "excluded", "kept"),
    [
        ("Archive/", ("Archive/", "archive/a.md"), ("Archive", "Archives/", "x/Archive/")),
        ("Draft", ("Draft.md", "drafts/", "Drafts/a.md"), ("My Draft.md", "a/Draft.md")),
        ("  a (1).md ", ("a (1).md", "A (1).md"), ("a 1.md", "a (1)xmd")),
        ("Été/", ("été/", "E\u0301te\u0301/a.md"), ("Ete/",)),
        ("E\u0301te\u0301/", ("été/", "Été/a.md"), ("Ete/",)),
        ("/", (), ("a.md", "a/")),
        ("//", (), ("a.md", "a/")),
        ("/a", (), ("a", "b/a")),
        (r"/\.pdf$/", ("a.PDF", "b/a.pdf"), ("a.pdf/", "a.pdf.md")),
        ("/draft/", ("My Draft.md", "drafts/a.md"), ("drafts/",)),
        (r"/^Journal\/\d{4}/", ("journal/2024.md",), ("Journal/x.md", "a/Journal/2024.md")),
        (r"/^[\u00C0-\u017F]/", ("Été.md", "été.md"), ("a.md", "u00c0.md")),
        (r"/^(?!Public\/)/", ("a.md", "x/Public/a.md"), ("Public/a.md", "Public/", "x/")),
        (r"/^(?!(?:a|b)\/)(?=.*x).*\.md$/", ("c/x.md",), ("a/x.md", "b/x.md", "c/y.md", "c/x.pdf")),
        (r"/^(?![(|]).*|z/", (), ("(.md",)),
    ],
)
def test_an_excluded_files_entry_is_matched_as_in_obsidian(
    tmp_path: Path, entry: str, excluded: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    """Blind to case; the beginning of a path, or an expression anywhere in the path of a file."""
    found = excluding(tmp_path, "nowhere/", entry)
    assert reasons(found, *excluded, *kept) == [
        *["excluded-files"] * len(excluded),
        *[None] * len(kept),
    ]


@pytest.mark.parametrize("content", ["{}", '{"userIgnoreFilters": null}', "[", "", "\n"])
def test_without_filters_nothing_is_excluded(tmp_path: Path, content: str) -> None:
    """Obsidian writes null for an empty list, and leaves out what was never set."""
    put(tmp_path, APP, content)
    assert reasons(read_exclusions(tmp_path), "a.md", "a/") == [None, None]


IGNORED = """\
# notes to self
*.tmp.md
/only here.md
drafts/
!/drafts/
a/**/z.md
\\#1.md
É.md
o\u0302.md
"""


@pytest.mark.parametrize(
    "content",
    [IGNORED, IGNORED.replace("\n", "\r\n"), "\ufeff" + IGNORED, IGNORED.rstrip("\n")],
    ids=["lf", "crlf", "bom", "no-last-line-end"],
)
def test_the_ignore_file_is_read_as_git_reads_one(tmp_path: Path, content: str) -> None:
    """Comments, anchors, folders, negation and stars, whatever the line ends."""
    found = ignoring(tmp_path, content)
    excluded = (
        "x.tmp.md",
        "b/x.tmp.md",
        "only here.md",
        "b/drafts/",
        "a/z.md",
        "a/b/c/z.md",
        "#1.md",
    )
    kept = ("b/only here.md", "drafts/", "b/drafts", "z.md", "e.md", "é.md", "notes to self")
    assert reasons(found, *excluded, "b/É.md", "E\u0301.md", "ô.md", *kept) == [
        *["ignore-file"] * (len(excluded) + 3),
        *[None] * len(kept),
    ]
    assert found.findings == ()


def test_the_first_reason_counts(tmp_path: Path) -> None:
    """Hidden before templates, those before "Excluded files", and these before the ignore file."""
    put(tmp_path, TEMPLATES, '{"folder": "t"}')
    put(tmp_path, IGNORE, "*")
    found = excluding(tmp_path, "t", "e")
    assert reasons(found, ".t/", "t/", "t.md", "e.md", "a.md") == [
        "hidden",
        "templates",
        "excluded-files",
        "excluded-files",
        "ignore-file",
    ]


def test_a_name_that_is_not_utf8_is_matched_all_the_same(tmp_path: Path) -> None:
    """Its bytes stand as replacement characters."""
    put(tmp_path, IGNORE, "*.txt")
    found = excluding(tmp_path, "a")
    assert reasons(found, "a\udcff.md", "b\udcff.txt", "b\udcff.md") == [
        "excluded-files",
        "ignore-file",
        None,
    ]


ASSERTS = "it looks ahead or behind, or refers back to a group"
LARGE = "it is too large, alone or with those before it"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("/é(/", "it is not valid"),
        ("/[z-a]/", "it is not valid"),
        ("/a++/", "it is not valid"),
        ("/(a)\\1/", ASSERTS),
        ("/(?<=a)b/", ASSERTS),
        ("/^(?!a)b|c/", ASSERTS),
        ("/^(?!a)*b/", ASSERTS),
        ("/a{1001}/", "it is not valid"),
        ("/((a{1,100}){1,100}){1,100}/", "it is not valid"),
        (7, "it is not valid"),
        (["x"], "it is not valid"),
        ("\ud800", "it is not valid"),
        ("x" * 2000, LARGE),
        ("/" + "[a-zà-ÿ]{900}" * 30 + "/", LARGE),
    ],
)
def test_a_filter_that_cannot_be_used_is_reported_where_it_stands(
    tmp_path: Path, entry: object, reason: str
) -> None:
    """It excludes nothing, and those around it still do."""
    put(
        tmp_path,
        APP,
        '{\n  "é": "userIgnoreFilter",\n  "userIgnoreFilters": [\n    "a",\n    '
        + json.dumps(entry, ensure_ascii=isinstance(entry, str) and entry == "\ud800")
        + ',\n    "b"\n  ]\n}\n',
    )
    found = read_exclusions(tmp_path)
    shown = json.dumps(entry, ensure_ascii=False).strip('"')
    shown = shown if len(shown) <= 80 else shown[:80] + "…"
    place = f"{APP}:1:1" if entry == "\ud800" else f"{APP}:5:5"
    assert said(found) == [
        (place, "exclusion-pattern", f"The pattern “{shown}” excludes nothing: {reason}.")
    ]
    assert reasons(found, "a.md", "b.md", "é(", "c.md") == ["excluded-files"] * 2 + [None] * 2


def test_the_span_of_a_filter_covers_it_and_counts_a_byte_order_mark(tmp_path: Path) -> None:
    """The bytes of the span are the entry, quotes included."""
    put(tmp_path, APP, "\ufeff" + '{"é": 0, "userIgnoreFilters": ["b", "/(/"]}')
    found = read_exclusions(tmp_path)
    assert found.findings == (
        Finding(
            EXCLUSION_PATTERN,
            Span(APP, 40, 45, 1, 37, 1, 42),
            {"pattern": "/(/", "reason": exclusions._INVALID},
        ),
    )
    assert (tmp_path / APP).read_bytes()[40:45] == b'"/(/"'
    assert reasons(found, "b.md") == ["excluded-files"]


@pytest.mark.parametrize(
    "pattern",
    ["/(a+)+$/", "/(a|a)*b/", "/(a|aa)+$/", "/(.*a){20}b/", "/" + "a?" * 200 + "a" * 200 + "b/"],
)
def test_an_expression_made_to_hang_does_not(tmp_path: Path, pattern: str) -> None:
    """What takes a backtracking engine longer than anyone waits is answered, and rightly."""
    found = excluding(tmp_path, pattern)
    assert reasons(found, "a" * 250 + "!") == [None]
    assert found.findings == ()


def test_an_ignore_pattern_made_to_hang_does_not(tmp_path: Path) -> None:
    """Stars upon stars are matched in linear time too."""
    found = ignoring(tmp_path, "*a" * 30 + "*b\n")
    assert reasons(found, "a" * 250, "a" * 250 + "b") == [None, "ignore-file"]


def test_a_list_without_end_is_cut_short_and_said_to_be(tmp_path: Path) -> None:
    """The patterns of a file may cost so much; the last finding says that the rest was left out."""
    for found in (
        excluding(tmp_path / "a", *["/(/"] * 2000),
        ignoring(tmp_path / "b", "/\n" * 2000),
    ):
        first, *_, last = (each.message("en") for each in found.findings)
        assert len(found.findings) == 1000
        assert (first.split(": ")[1], last.split(": ")[1]) == (
            "it is not valid.",
            "it and all that follow are too many.",
        )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[a", "it is not valid"),
        (b"[z-a]", "it is not valid"),
        (b"[[:alpha:]]", "it is not valid"),
        (b"a\\", "it is not valid"),
        (b"!", "it is not valid"),
        (b"/", "it is not valid"),
        (b"caf\xe9", "it is not UTF-8 text"),
        (b"x" * 2000, LARGE),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_bad_line_of_the_ignore_file_is_reported_where_it_stands(
    tmp_path: Path, line: bytes, reason: str, end: bytes
) -> None:
    """The whole line is the place, and the other lines hold."""
    found = ignoring(tmp_path, end.join((b"\xef\xbb\xbf# \xc3\xa9", b"a.md", line, b"b.md", b"")))
    start = 7 + 2 * len(end) + 4
    columns = len(line.decode("utf-8", "replace"))
    shown = line.decode("utf-8", "replace") if columns < 80 else "x" * 80 + "…"
    assert [(each.span, each.message("en")) for each in found.findings] == [
        (
            Span(IGNORE, start, start + len(line), 3, 1, 3, 1 + columns),
            f"The pattern “{shown}” excludes nothing: {reason}.",
        )
    ]
    assert reasons(found, "a.md", "b.md", "c.md") == ["ignore-file", "ignore-file", None]


NOT_JSON = "from here on, it is not JSON"


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (b'{\n  "\xc3\xa9": [1,\n}', "3:1", NOT_JSON),
        (b'\xef\xbb\xbf{"\xc3\xa9" 1}', "1:6", NOT_JSON),
        (b'{"a": "\xe9"}', "1:8", "it is not UTF-8 text"),
        (b"[" * 100_000, "1:1", NOT_JSON),
        (b"[" + b"9" * 5000 + b"]", "1:1", NOT_JSON),
        (b" " * (1024 * 1024 + 1), "1:1", "it is larger than 1 MiB"),
    ],
    ids=["comma", "bom", "latin-1", "nested", "number", "large"],
)
@pytest.mark.parametrize("file", [APP, TEMPLATES, TEMPLATER])
def test_settings_that_are_not_json_are_reported_where_they_break(
    tmp_path: Path, file: str, content: bytes, place: str, reason: str
) -> None:
    """One finding a file, and the other files are read all the same."""
    put(tmp_path, IGNORE, "a.md")
    put(tmp_path, file, content)
    found = read_exclusions(tmp_path)
    assert said(found) == [
        (
            f"{file}:{place}",
            "exclusions-unreadable",
            f"This file can say what is not a note, and was not read: {reason}.",
        )
    ]
    assert reasons(found, "a.md", "b.md") == ["ignore-file", None]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (APP, '{"userIgnoreFilters": "a"}', "Here “userIgnoreFilters” should be a list of texts"),
        (APP, "[]", f"Here “{APP}” should be an object"),
        (TEMPLATES, '{"folder": ["t"]}', "Here “folder” should be the path of a folder"),
        (
            TEMPLATER,
            '{"templates_folder": 1}',
            "Here “templates_folder” should be the path of a folder",
        ),
    ],
)
def test_settings_of_another_shape_are_reported(
    tmp_path: Path, file: str, content: str, message: str
) -> None:
    """They exclude nothing."""
    put(tmp_path, file, content)
    found = read_exclusions(tmp_path)
    assert said(found) == [
        (f"{file}:1:1", "exclusions-unexpected", f"{message}; its value excludes nothing.")
    ]
    assert reasons(found, "a.md", "t/") == [None, None]


def _link_file(root: Path) -> None:
    put(root.parent, "outside.json", '{"userIgnoreFilters": ["a"]}')
    (root / ".obsidian").mkdir()
    (root / APP).symlink_to(root.parent / "outside.json")


def _link_settings(root: Path) -> None:
    put(root.parent, "outside/app.json", '{"userIgnoreFilters": ["a"]}')
    (root / ".obsidian").symlink_to(root.parent / "outside")


def _link_plugins(root: Path) -> None:
    put(root.parent, "outside/templater-obsidian/data.json", '{"templates_folder": "a"}')
    (root / ".obsidian").mkdir()
    (root / ".obsidian/plugins").symlink_to(root.parent / "outside")


def _dangling(root: Path) -> None:
    (root / IGNORE).symlink_to("nowhere")


def _pipe(root: Path) -> None:
    os.mkfifo(root / IGNORE)


def _folder(root: Path) -> None:
    (root / IGNORE).mkdir()


NO_FILE = "it is not a regular file, or lies behind a symbolic link"


@pytest.mark.parametrize(
    ("make", "files"),
    [
        (_link_file, [APP]),
        (_link_settings, [TEMPLATES, TEMPLATER, APP]),
        (_link_plugins, [TEMPLATER]),
        (_dangling, [IGNORE]),
        (_pipe, [IGNORE]),
        (_folder, [IGNORE]),
    ],
)
def test_what_is_no_plain_file_is_not_read(
    tmp_path: Path, make: Callable[[Path], None], files: list[str]
) -> None:
    """Links are not followed, pipes do not hold up the reading; each is reported."""
    root = tmp_path / "vault"
    root.mkdir()
    make(root)
    found = read_exclusions(root)
    assert said(found) == [
        (
            f"{file}:1:1",
            "exclusions-unreadable",
            f"This file can say what is not a note, and was not read: {NO_FILE}.",
        )
        for file in files
    ]
    assert reasons(found, "a.md", "a/") == [None, None]


def test_a_refusal_of_the_system_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Permission has its own words; other troubles have the system's."""
    put(tmp_path, IGNORE, "a")
    troubles = iter(
        (FileNotFoundError(), FileNotFoundError(), PermissionError(), OSError(5000, "Bad"))
    )

    def refuse(*_: object) -> int:
        raise next(troubles)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        findings = read_exclusions(tmp_path).findings
    assert [each.message("fr") for each in findings] == [
        f"Ce fichier peut dire ce qui n’est pas une note, et n’a pas été lu\u00a0: {reason}."
        for reason in ("accès refusé", "Bad")
    ]


def test_a_path_that_no_system_takes_is_reported_and_raises_nothing() -> None:
    """A root with a NUL byte, and settings below a file, exclude nothing."""
    assert {each.rule.code for each in read_exclusions(Path("a\0b")).findings} <= {
        "exclusions-unreadable"
    }
    assert read_exclusions(Path(sys.executable)).findings == ()


@given(st.binary(max_size=60), st.lists(st.text(max_size=12), max_size=4), st.text(max_size=20))
def test_nothing_raises(
    tmp_path_factory: pytest.TempPathFactory, ignored: bytes, filters: list[str], path: str
) -> None:
    """Whatever the files hold and whatever path is asked, there is an answer."""
    root = tmp_path_factory.mktemp("vault")
    put(root, IGNORE, ignored)
    found = excluding(root, *filters, *(f"/{each}/" for each in filters))
    for folder in (False, True):
        assert found.reason(path, folder=folder) in {
            None,
            "hidden",
            "excluded-files",
            "ignore-file",
        }
